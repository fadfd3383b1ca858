// Globs over Terraform addresses: `module.cdn["eu"].**`, `aws_lb_listener.front`, `aws_s3_bucket.logs["eu-*"]`.

/**
 * Tells which addresses a glob matches. `*` stands for any text within one name or key, `[*]` for any key, `**` for any
 * number of steps. Without a key at its end, a resource means all of its instances, as it does for Terraform's -target.
 *
 * All positions that a part of the glob can end at are followed together: a match takes no longer than the length of the
 * glob times that of the address, whoever has written them.
 */
export function addressMatcher(glob: string): (address: string) => boolean {
  const parts = partsOf(glob);
  const [first] = parts;
  return (address) => {
    // So most globs are told from most addresses.
    if (typeof first === "object" && !address.startsWith(first.text)) return false;
    let ends: readonly number[] = [0];
    for (let at = 0; at < parts.length && ends.length > 0; at++) {
      const part = parts[at] as Part;
      const next = parts[at + 1];
      // All of the positions after `**` need not be listed where a search finds the text that comes next.
      if (part === "**" && typeof next === "object") {
        ends = occurrences(address, next.text, ends[0] as number);
        at++;
      } else ends = endsOf(part, ends, address);
    }
    return ends.some((end) => end === address.length || keyEnd(address, end) === address.length);
  };
}

/** Any text; any key; any text within a name; any text within a key in quotation marks; or itself. */
type Part = "**" | "[*]" | "*" | '"*"' | { readonly text: string };

function partsOf(glob: string): Part[] {
  const parts: Part[] = [];
  for (const { text, isString } of piecesOf(glob)) {
    for (const part of text.split(isString ? /(\*+)/ : /((?:\*\*)+|\[\*\]|\*)/)) {
      const last = parts.at(-1);
      if (part.includes("*")) parts.push(isString ? '"*"' : part === "[*]" || part === "*" ? part : "**");
      else if (typeof last === "object") parts.splice(-1, 1, { text: last.text + part });
      else if (part !== "") parts.push({ text: part });
    }
  }
  return parts;
}

/** Splits a glob into strings in quotation marks and what stands between them. */
function piecesOf(glob: string): { readonly text: string; readonly isString: boolean }[] {
  const pieces: { text: string; isString: boolean }[] = [];
  let from = 0;
  for (let at = glob.indexOf('"'); at !== -1; at = glob.indexOf('"', from)) {
    const end = stringEnd(glob, at);
    // Without its other quotation mark, the rest is no string.
    if (end === undefined) break;
    pieces.push({ text: glob.slice(from, at), isString: false }, { text: glob.slice(at, end), isString: true });
    from = end;
  }
  return [...pieces, { text: glob.slice(from), isString: false }];
}

/** Where a part can end that begins at one of these positions, in order. */
function endsOf(part: Part, starts: readonly number[], address: string): number[] {
  if (typeof part === "object") {
    return starts.flatMap((start) => (address.startsWith(part.text, start) ? [start + part.text.length] : []));
  }
  if (part === "[*]") return starts.flatMap((start) => keyEnd(address, start) ?? []);
  const next = part === "**" ? nextCharacter : part === "*" ? nextOfName : nextOfString;
  const isEnd = new Uint8Array(address.length + 1);
  for (const start of starts) isEnd[start] = 1;
  const ends: number[] = [];
  for (let at = starts[0] ?? 0; at <= address.length; at++) {
    if (isEnd[at] === 0) continue;
    ends.push(at);
    isEnd[next(address, at) ?? at] = 1;
  }
  return ends;
}

/** Where a text ends, wherever it stands from a position on. */
function occurrences(address: string, text: string, from: number): number[] {
  const ends: number[] = [];
  for (let at = address.indexOf(text, from); at !== -1; at = address.indexOf(text, at + 1)) ends.push(at + text.length);
  return ends;
}

const nextCharacter = (text: string, at: number): number | undefined => (at < text.length ? at + 1 : undefined);

const nextOfName = (text: string, at: number): number | undefined =>
  at < text.length && !'.[]"'.includes(text.charAt(at)) ? at + 1 : undefined;

/** After one character between quotation marks, an escaped one as a whole. */
function nextOfString(text: string, at: number): number | undefined {
  const character = text.charAt(at);
  if (character === "" || character === '"') return undefined;
  const next = character === "\\" ? at + 2 : at + 1;
  return next <= text.length ? next : undefined;
}

/** Where the string ends whose opening quotation mark stands at a position. */
function stringEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  for (let next: number | undefined = at; next !== undefined; next = nextOfString(text, at)) at = next;
  return text.charAt(at) === '"' ? at + 1 : undefined;
}

/** Where the key ends that begins at a position: `[0]` or `["eu"]`. */
function keyEnd(text: string, start: number): number | undefined {
  if (text.charAt(start) !== "[") return undefined;
  let at: number | undefined = start + 1;
  if (text.charAt(at) === '"') at = stringEnd(text, at);
  else while (/^\d$/.test(text.charAt(at))) at++;
  return at !== undefined && at > start + 1 && text.charAt(at) === "]" ? at + 1 : undefined;
}

/** The address of a resource, of that of one of its instances: `aws_lb.a` of `aws_lb.a["eu"]`. */
export function withoutKey(address: string): string {
  if (!address.endsWith("]")) return address;
  for (let at = address.indexOf("["); at !== -1; at = address.indexOf("[", at + 1)) {
    if (keyEnd(address, at) === address.length) return address.slice(0, at);
  }
  return address;
}

/** Whether a glob is no exception but a rule: it names neither a module nor a resource by its type and name. */
export function isTooWide(glob: string): boolean {
  // A step that parseAddress leaves out, a lone `*`, names nothing.
  const names = piecesOf(glob).flatMap(({ text, isString }) => (isString ? [] : (text.match(/[^.[\]"]+/g) ?? [])));
  for (let at = 0; at < names.length; at++) {
    const [name = "", next = ""] = names.slice(at, at + 2);
    if (name === "module") {
      if (next !== "" && !next.includes("*")) return false;
      at++;
    } else if (!/^\*+$/.test(name)) return name.includes("*") || next === "" || next.includes("*");
  }
  return true;
}

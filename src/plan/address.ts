// Terraform addresses and references, split at dots and brackets outside of quotes.

/** One step of an address: a name, or the key of an instance. */
export type Step = { readonly name: string } | { readonly key: string | number };

/**
 * Splits `module.a["x.y"].aws_x.b[0].arn` into its steps. Keys may hold dots, brackets and escaped quotes.
 * A splat, `[*]` or `.*`, is no step. A text that is no address comes back as far as it could be read.
 */
export function parseAddress(text: string): Step[] {
  const steps: Step[] = [];
  const pattern = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[\*\]|\.?([^.[\]"]+)/gy;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, quoted, number, name] = match;
    if (quoted !== undefined) steps.push({ key: unquote(quoted) });
    else if (number !== undefined) steps.push({ key: Number(number) });
    else if (name !== undefined && name !== "*") steps.push({ name });
  }
  return steps;
}

function unquote(quoted: string): string {
  if (!/[\\$%]/.test(quoted)) return quoted;
  try {
    return JSON.parse(`"${quoted.replaceAll("$${", "${").replaceAll("%%{", "%{")}"`);
  } catch {
    return quoted;
  }
}

/** One module call on the way from the root module, with the key of its instance where it has count or for_each. */
export interface ModuleStep {
  readonly name: string;
  readonly key: string | number | undefined;
}

/** The module calls of a module address such as `module.a["x"].module.b[0]`; none for the root module. */
export function parseModuleAddress(address: string | undefined): ModuleStep[] {
  const path: ModuleStep[] = [];
  const steps = parseAddress(address ?? "");
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (!step || !("name" in step) || step.name !== "module") continue;
    const name = steps[++at];
    const key = steps[at + 1];
    if (!name || !("name" in name)) break;
    path.push({ name: name.name, key: key && "key" in key ? key.key : undefined });
    if (key && "key" in key) at++;
  }
  return path;
}

/** `module.a["x"].module.b` of a path, with the trailing dot that an address inside it needs; "" for the root module. */
export const modulePrefix = (path: readonly ModuleStep[]): string =>
  path.map(({ name, key }) => `module.${name}${keySuffix(key)}.`).join("");

/** `["x"]`, `[0]` or nothing. Terraform doubles what would begin a template. */
export const keySuffix = (key: string | number | undefined): string =>
  key === undefined ? "" : `[${JSON.stringify(key).replace(/[$%](?=\{)/g, "$&$&")}]`;

/** Whether `prefix` is the same reference as `reference`, or one that it extends. */
export const extendsReference = (reference: string, prefix: string): boolean =>
  reference.startsWith(prefix) && (reference.length === prefix.length || /[.[]/.test(reference[prefix.length] ?? ""));

/** All references that a reference extends, in the sense of extendsReference: `a`, `a.b` and `a.b[0]` of `a.b[0]`. */
export const extended = (reference: string): string[] =>
  [...reference.matchAll(/[.[]|$/g)].map(({ index }) => reference.slice(0, index));

// Where things stand in a Terraform file: a tolerant scanner of HCL and of its JSON syntax. What it cannot read, it skips.

/**
 * A block, a label, an attribute, a key of an object or an element of a list. HCL and JSON come out alike:
 * `resource "a" "b" {…}` is three entries, each in the one before, and a list of objects is one entry an object, as
 * repeated blocks are. The elements of any other list are named by their index.
 */
export interface Entry {
  readonly name: string;
  /** Offset in the text. */
  readonly at: number;
  /** A value that is written out; nothing for an expression. */
  readonly literal: Literal | undefined;
  readonly entries: readonly Entry[];
}

export type Literal = string | number | boolean | null;

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

// Made once: a file is thousands of tokens.
const space = /\s+/y;
const spaceInLine = /[^\S\n]+/y;
const lineComment = /(#|\/\/)[^\n]*/y;
const comment = /\/\*[\s\S]*?(\*\/|$)/y;
const closingBrace = /\}/y;
const assignment = /[=:]/y;
const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const forKeyword = /for\s/y;
const closingBracket = /\]/y;
const comma = /,/y;
const constantWord = /(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\p{L}\p{N}_.(-])/uy;
const word = /[\p{L}\p{N}_.-]+/uy;
const opening = /[{[(]/y;
const closing = /[}\])]/y;
const heredocStart = /<<-?[\p{L}\p{N}_-]+[^\S\n]*\n/uy;
const plainText = /[^"\\$%\n]+/y;
const escapedCharacter = /\\[\s\S]/y;
const escapedTemplate = /\$\$(?=\{)|%%(?=\{)/y;
const loneSign = /[$%](?!\{)/y;
const quote = /"/y;

/** Whether white space or a comment may begin here; most characters settle it. */
const mayBeBlank = (character: string): boolean =>
  character <= " " || character === "#" || character === "/" || character > "\u007f";

/** Deeper than anything that people write; what is deeper is only skipped. */
const maxDepth = 100;

/** Everything that stands in a file. */
export function scan(text: string, syntax: "hcl" | "json" = "hcl"): readonly Entry[] {
  let at = 0;
  let templates = 0;
  if (syntax === "hcl") return body("", 0);
  blank();
  return text[at] === "{" ? block(0) : [];

  /** What matches here, if anything does; then it is behind us. */
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const [match] = pattern.exec(text) ?? [];
    if (match !== undefined) at += match.length;
    return match;
  }

  function isAt(...characters: readonly string[]): boolean {
    return characters.includes(text[at] ?? "");
  }

  /** Comments and white space, with the ends of lines or without. */
  function blank(lines = true): void {
    while (
      at < text.length &&
      mayBeBlank(text[at] ?? "") &&
      (take(lines ? space : spaceInLine) || take(lineComment) || take(comment))
    );
  }

  /** The blocks and attributes up to a closing bracket, which is taken too. */
  function body(close: "" | "}", depth: number): Entry[] {
    const entries: Entry[] = [];
    for (;;) {
      blank();
      if (at >= text.length) return entries;
      if (close && take(closingBrace)) return entries;
      const start = at;
      const names = labels();
      const [name] = names;
      if (name === undefined) skip();
      // `{ for key, value in x : key => value }` has no keys that are written out.
      else if (name === "for" && names.length > 1) while (at < text.length && !isAt("}")) skip();
      else if (isAt("{")) entries.push(labelled(names, start, block(depth)));
      else if (take(assignment)) entries.push(...value(name, start, depth));
    }
  }

  function labels(): string[] {
    const names: string[] = [];
    for (;;) {
      const name = isAt('"') ? quoted().text : take(identifier);
      if (name === undefined) return names;
      names.push(name);
      blank(syntax === "json");
    }
  }

  function block(depth: number): Entry[] {
    if (depth < maxDepth) {
      at++;
      return body("}", depth + 1);
    }
    skip();
    return [];
  }

  /** What is written behind a name. */
  function value(name: string, start: number, depth: number): Entry[] {
    blank(syntax === "json");
    if (isAt("{")) {
      const entries = block(depth);
      return [{ name, at: start, literal: undefined, entries: rest() ? [] : entries }];
    }
    if (isAt("[") && depth < maxDepth) {
      const elements = list(name, depth + 1);
      const isComputed = rest();
      if (!isComputed && elements.some((one) => one.entries.length > 0)) return elements;
      const entries = isComputed ? [] : elements.map((one, index) => ({ ...one, name: String(index) }));
      return [{ name, at: start, literal: undefined, entries }];
    }
    const literal = constant();
    return [{ name, at: start, literal: rest() ? undefined : literal, entries: [] }];
  }

  function list(name: string, depth: number): Entry[] {
    const elements: Entry[] = [];
    at++;
    blank();
    // `[for value in x : value]` has no elements that are written out.
    if (take(forKeyword)) while (at < text.length && !isAt("]")) skip();
    for (;;) {
      blank();
      if (at >= text.length || take(closingBracket)) return elements;
      const start = at;
      elements.push(...value(name, start, depth));
      take(comma);
      // A bracket that closes nothing.
      if (at === start) at++;
    }
  }

  /** Skips what is left of an expression: to the end of its line, or of its item. Whether there was any. */
  function rest(): boolean {
    for (let any = false; ; any = true) {
      blank(false);
      if (at >= text.length || isAt("\n", ",", "}", "]", ")")) return any;
      skip();
    }
  }

  function constant(): Literal | undefined {
    if (isAt('"')) return quoted().constant;
    const word = take(constantWord);
    return word === undefined ? undefined : (JSON.parse(word) as Literal);
  }

  /** Skips one thing of an expression: a string, a heredoc, all that is between brackets, a word, or a sign. */
  function skip(): void {
    if (isAt('"')) quoted();
    else if (isAt("{", "[", "(")) brackets();
    else if (!heredoc() && !take(word)) at++;
  }

  function brackets(): void {
    for (let open = 0; at < text.length; ) {
      if (take(opening)) open++;
      else if (take(closing)) open--;
      else skip();
      if (open === 0) return;
      blank();
    }
  }

  function heredoc(): boolean {
    const word = take(heredocStart)?.replace(/^<<-?/, "").trim();
    if (word === undefined) return false;
    const end = new RegExp(`^[^\\S\\n]*${word}[^\\S\\n]*$`, "gm");
    end.lastIndex = at;
    const found = end.exec(text);
    at = found ? found.index + found[0].length : text.length;
    return true;
  }

  /** A string: what is between its quotes, and its value where that is no template. */
  function quoted(): { readonly text: string; readonly constant: string | undefined } {
    const start = ++at;
    let isTemplate = false;
    for (;;) {
      take(plainText);
      // Without its other quote, a string ends with its line.
      if (at >= text.length || isAt('"', "\n")) break;
      if (take(escapedCharacter)) continue;
      const isEscaped = take(escapedTemplate) !== undefined;
      if (isEscaped || take(loneSign)) continue;
      isTemplate = true;
      at++;
      if (syntax === "json" || templates >= maxDepth) continue;
      templates++;
      brackets();
      templates--;
    }
    const inside = text.slice(start, at);
    take(quote);
    const unquoted = unquote(inside);
    return { text: unquoted, constant: isTemplate ? undefined : unquoted };
  }
}

function unquote(inside: string): string {
  try {
    return JSON.parse(`"${inside.replaceAll(/([$%])\1(?=\{)/g, "$1")}"`);
  } catch {
    return inside;
  }
}

function labelled([name = "", ...labels]: readonly string[], at: number, entries: readonly Entry[]): Entry {
  return { name, at, literal: undefined, entries: labels.length > 0 ? [labelled(labels, at, entries)] : entries };
}

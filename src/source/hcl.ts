// Where things stand in a Terraform file: a tolerant scanner of HCL and of its JSON syntax. What it cannot read, it skips.

import { once } from "../plan/once.ts";

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
const identifier: Word = { ascii: /[A-Za-z_][\w-]*/y, any: once(() => /[\p{L}_][\p{L}\p{N}_-]*/uy) };
const forKeyword = /for\s/y;
const word: Word = { ascii: /[\w.-]+/y, any: once(() => /[\p{L}\p{N}_.-]+/uy) };
const constantWord = /(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\w.(-]|[^\0-\x7f])/y;
const heredocStart = once(() => /<<-?[\p{L}\p{N}_-]+[^\S\n]*\n/uy);
/** Nothing that opens or closes a bracket: words and signs, strings that are no templates, comments of one line. */
const betweenBrackets = /(?:[^{}[\]()"<#/]+|"(?:[^"\\$%\n]|\\[^\n])*"|(?:#|\/\/)[^\n]*|<(?!<)|\/(?![/*]))+/y;
/** Most lines: a name, and a text, a number, a word or a reference. */
const assignmentLine =
  /([A-Za-z_][\w-]*)[ \t]*=[ \t]*(?:"([^"\\$%\n]*)"|(true|false|null|0|[1-9]\d*)|[A-Za-z_][\w.]*)[ \t\r]*(?=\n)/y;
const plainText = /[^"\\$%\n]+/y;
const escapedCharacter = /\\[\s\S]/y;
const escapedTemplate = /\$\$(?=\{)|%%(?=\{)/y;
const loneSign = /[$%](?!\{)/y;

/** V8 takes its time to read a class of all letters, which few files need. */
interface Word {
  readonly ascii: RegExp;
  readonly any: () => RegExp;
}

/** Whether white space or a comment may begin here; most characters settle it. */
const mayBeBlank = (character: string): boolean =>
  character <= " " || character === "#" || character === "/" || character > "\x7f";

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
    if (!pattern.test(text)) return undefined;
    const start = at;
    at = pattern.lastIndex;
    return text.slice(start, at);
  }

  function takeWord({ ascii, any }: Word): string | undefined {
    const start = at;
    const match = take(ascii);
    if ((text[at] ?? "") <= "\x7f") return match;
    at = start;
    return take(any());
  }

  function takeOne(characters: string): boolean {
    const isThere = isAt(characters);
    if (isThere) at++;
    return isThere;
  }

  function isAt(characters: string): boolean {
    return at < text.length && characters.includes(text.charAt(at));
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
      if (close && takeOne("}")) return entries;
      const start = at;
      const line = assigned();
      if (line) {
        entries.push(line);
        continue;
      }
      const names = labels();
      const [name] = names;
      if (name === undefined) skip();
      // `{ for key, value in x : key => value }` has no keys that are written out.
      else if (name === "for" && names.length > 1) while (at < text.length && !isAt("}")) skip();
      else if (isAt("{")) entries.push(labelled(names, start, later(depth)));
      else if (takeOne("=:")) entries.push(...value(name, start, depth));
    }
  }

  /** The same as all that follows would say of such a line, at once. */
  function assigned(): Entry | undefined {
    assignmentLine.lastIndex = at;
    const match = syntax === "hcl" ? assignmentLine.exec(text) : null;
    if (!match) return undefined;
    const [line, name = "", quoted, word] = match;
    const entry = { name, at, literal: quoted ?? (word === undefined ? undefined : JSON.parse(word)), entries: [] };
    at += line.length;
    return entry;
  }

  function labels(): string[] {
    const names: string[] = [];
    for (;;) {
      const name = isAt('"') ? quoted().text : takeWord(identifier);
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

  /** A block is read when it is asked for: a finding is in one of many. */
  function later(depth: number): () => readonly Entry[] {
    const start = at;
    if (depth > 0 || !formattedBlock()) brackets();
    let entries: readonly Entry[] | undefined;
    return () => {
      at = start;
      entries ??= block(depth);
      return entries;
    };
  }

  /** Skips a block of several lines at once if it ends where a line begins with its bracket, as in a formatted file. */
  function formattedBlock(): boolean {
    if (syntax !== "hcl" || !text.startsWith("{\n", at)) return false;
    const end = text.indexOf("\n}", at) + "\n}".length;
    const inside = text.slice(at, end);
    const count = (bracket: string) => inside.split(bracket).length;
    if (end < at || inside.includes("<<") || inside.includes("/*") || count("{") !== count("}")) return false;
    at = end;
    return true;
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
      if (at >= text.length || takeOne("]")) return elements;
      const start = at;
      elements.push(...value(name, start, depth));
      takeOne(",");
      // A bracket that closes nothing.
      if (at === start) at++;
    }
  }

  /** Skips what is left of an expression: to the end of its line, or of its item. Whether there was any. */
  function rest(): boolean {
    for (let any = false; ; any = true) {
      blank(false);
      if (at >= text.length || isAt("\n,}])")) return any;
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
    else if (isAt("{[(")) brackets();
    else if (!heredoc() && !takeWord(word)) at++;
  }

  function brackets(): void {
    for (let open = 0; at < text.length; ) {
      if (takeOne("{[(")) open++;
      else if (takeOne("}])")) open--;
      else if (!take(betweenBrackets)) skip();
      if (open === 0) return;
      blank();
    }
  }

  function heredoc(): boolean {
    if (!text.startsWith("<<", at)) return false;
    const word = take(heredocStart())?.replace(/^<<-?/, "").trim();
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
      if (at >= text.length || isAt('"\n')) break;
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
    takeOne('"');
    const unquoted = unquote(inside);
    return { text: unquoted, constant: isTemplate ? undefined : unquoted };
  }
}

function unquote(inside: string): string {
  if (!/[\\$%]/.test(inside)) return inside;
  try {
    return JSON.parse(`"${inside.replaceAll(/([$%])\1(?=\{)/g, "$1")}"`);
  } catch {
    return inside;
  }
}

function labelled([name = "", ...labels]: readonly string[], at: number, inside: () => readonly Entry[]): Entry {
  if (labels.length > 0) return { name, at, literal: undefined, entries: [labelled(labels, at, inside)] };
  return {
    name,
    at,
    literal: undefined,
    get entries() {
      return inside();
    },
  };
}

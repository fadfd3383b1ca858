// Terraform's functions of strings.

import { templateOf } from "../distribute.ts";
import { trimEnd, trimStart } from "../template.ts";
import {
  bool,
  candidates,
  compareText,
  computed,
  derived,
  failure,
  isIdentifier,
  isWhollyKnown,
  limitReached,
  maxLength,
  nothing,
  object,
  sequence,
  string,
  tuple,
  type Value,
} from "../value.ts";
import { define, elementsOf, type FunctionTable, integerOf, textOf } from "./definition.ts";
import { encodedParts } from "./encoding.ts";
import { graphemesOf } from "./graphemes.ts";
import { compileRegex, matchesOf, type Regex } from "./regex.ts";

const ofText = (change: (text: string, ...more: readonly string[]) => string, count = 1) =>
  define(
    Array.from({ length: count }, () => "string" as const),
    (values) => string(change(textOf(values[0]), ...values.slice(1).map(textOf))),
    { returns: "string" },
  );

const test = (holds: (text: string, part: string) => boolean) =>
  define(["string", "string"], ([text, part]) => bool(holds(textOf(text), textOf(part))), { returns: "bool" });

const strings = (texts: readonly string[]): Value => sequence("list", texts.map(string), "string");

/** Each code point alone, as Go does: what would become several stays as it is. */
const mapped = (text: string, change: (char: string) => string): string =>
  Array.from(text, (char) => {
    const changed = change(char);
    return [...changed].length === 1 ? changed : char;
  }).join("");

/** Go's strings.Title: upper case after anything that is neither letter, digit nor underscore. */
function titled(text: string): string {
  let before = " ";
  return [...text]
    .map((char) => {
      const isStart = !/[\p{L}\p{N}_]/u.test(before) && (before <= "\x7f" || /\s/u.test(before));
      before = char;
      const upper = char.toUpperCase();
      return isStart && [...upper].length === 1 ? upper : char;
    })
    .join("");
}

function trimmed(text: string, cutset: string): string {
  const cut = new Set(cutset);
  const chars = [...text];
  let [start, end] = [0, chars.length];
  while (start < end && cut.has(chars[start] as string)) start++;
  while (end > start && cut.has(chars[end - 1] as string)) end--;
  return chars.slice(start, end).join("");
}

function substring(text: string, offset: number, length: number): string {
  const chars = graphemesOf(text);
  const from = offset < 0 ? Math.max(0, offset + chars.length) : offset;
  if (length === 0 && offset >= 0) return "";
  // A length of zero after a negative offset takes all: so does Terraform.
  return chars.slice(from, length <= 0 ? undefined : from + length).join("");
}

/** The value of a regular expression, or what is wrong with it. */
function withRegex(pattern: string, use: (regex: Regex) => Value): Value {
  try {
    return use(compileRegex(pattern));
  } catch (error) {
    const { problem } = error as { problem?: string };
    if (problem === "invalid") return failure("the pattern is not valid");
    if (problem === "limit") return limitReached;
    throw error;
  }
}

const captured = (chars: readonly string[], match: readonly number[], index: number): Value => {
  const [start = -1, end = -1] = [match[index * 2], match[index * 2 + 1]];
  return start < 0 || end < 0 ? { ...nothing, type: "string" } : string(chars.slice(start, end).join(""));
};

/** All of the match, a tuple of its groups, or an object of its named groups. */
function captures(regex: Regex, chars: readonly string[], match: readonly number[]): Value {
  const { groups } = regex;
  if (groups.length === 0) return captured(chars, match, 0);
  const values = groups.map((_, index) => captured(chars, match, index + 1));
  if (groups.every((name) => name === undefined)) return tuple(values);
  if (groups.some((name) => name === undefined)) return failure("a pattern cannot have groups with and without names");
  return object(groups.map((name, index) => [name ?? "", values[index] ?? nothing] as const));
}

/** Go's templates for replacements: `$1`, `${1}`, `$name`, and `$$` for a dollar. */
function expanded(template: string, regex: Regex, chars: readonly string[], match: readonly number[]): string {
  const group = (name: string): string => {
    // Several groups can have one name: the first that took part counts.
    const named = regex.groups.findIndex((one, at) => one === name && (match[at * 2 + 2] ?? -1) >= 0) + 1;
    const index = /^[0-9]+$/.test(name) ? Number(name) : named;
    if (index > regex.groups.length || (index === 0 && name !== "0")) return "";
    const value = captured(chars, match, index);
    return value.kind === "string" ? value.text : "";
  };
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) =>
    whole === "$$" ? "$" : group(braced ?? plain ?? ""),
  );
}

function replacedBy(text: string, pattern: string, replacement: string): Value {
  const isPattern = pattern.length > 1 && pattern.startsWith("/") && pattern.endsWith("/");
  // Nothing is found before and after each character.
  const parts = pattern === "" ? ["", ...text, ""] : isPattern ? [] : text.split(pattern);
  if (text.length + (parts.length - 1) * replacement.length > maxLength) return limitReached;
  if (!isPattern) return string(parts.join(replacement));
  return withRegex(pattern.slice(1, -1), (regex) => {
    const chars = [...text];
    let result = "";
    let from = 0;
    for (const match of matchesOf(regex, chars)) {
      const [start = 0, end = 0] = match;
      result += chars.slice(from, start).join("") + expanded(replacement, regex, chars, match);
      from = end;
      if (result.length > maxLength) return limitReached;
    }
    return string(result + chars.slice(from).join(""));
  });
}

/** Patterns that match any text of one line as a whole. */
const wholeLine = new Set(["^.*$", ".*", "^.+$", ".+", "^(.*)$", "(.*)", "^(.+)$", "(.+)"].map((one) => `/${one}/`));

/** The same in a text of which parts are unknown. */
function replacedIn([text = nothing, pattern = nothing, replacement = nothing]: readonly Value[]): Value {
  const all = [text, pattern, replacement];
  const open: Value = { ...computed("replace", all), type: "string" };
  if (pattern.kind !== "string" || replacement.kind !== "string") return open;
  if (text.kind === "candidates") return candidates(text.values.map((one) => replacedIn([one, pattern, replacement])));
  if (text.kind === "string") return derived(replacedBy(text.text, pattern.text, replacement.text), all);
  if (isIdentifier(text) && wholeLine.has(pattern.text) && !replacement.text.includes("$")) {
    return derived(replacement, all);
  }
  if (text.kind === "encoded") return replacedIn([templateOf(encodedParts(text.value)), pattern, replacement]);
  const parts = text.kind === "template" ? text.parts : [];
  if (parts.length === 0 || pattern.text === "" || /^\/.+\/$/s.test(pattern.text)) return open;
  // Each pair of lengths at the ends of a pattern is looked at.
  if (pattern.text.length > maxPattern) return open;
  const textAt = (index: number): string | undefined => {
    const part = parts[index] ?? string("");
    return part.kind === "string" ? part.text : undefined;
  };
  // One match may take the end of a text and the beginning of the next.
  const longest = (lengthsIn: typeof startsIn) =>
    Math.max(0, ...parts.flatMap((part) => (part.kind === "string" ? lengthsIn(part.text, pattern.text) : [])));
  const isLong = longest(startsIn) + longest(endsIn) <= replacement.text.length;
  const replaced = parts.map((part, index) => {
    if (part.kind === "string") {
      const [isAfter, isBefore] = [index > 0, index < parts.length - 1];
      return mayReachOver(part.text, [pattern.text, isLong ? replacement.text : ""], isAfter, isBefore)
        ? undefined
        : replacedBy(part.text, pattern.text, replacement.text);
    }
    return mayHoldMatch(part, [textAt(index - 1), textAt(index + 1)], pattern.text)
      ? computed("replace", [part])
      : part;
  });
  return replaced.includes(undefined) ? open : derived(templateOf(replaced as readonly Value[]), all);
}

/** Longer than what anyone replaces. */
const maxPattern = 1000;

/** How many characters of a pattern a text can end with, and still go on with the rest of it. */
const startsIn = (text: string, pattern: string): readonly number[] =>
  Array.from({ length: pattern.length - 1 }, (_, index) => index + 1).filter((length) =>
    text.endsWith(pattern.slice(0, length)),
  );

/** How many characters at the end of a pattern a text can begin with. */
const endsIn = (text: string, pattern: string): readonly number[] =>
  Array.from({ length: pattern.length - 1 }, (_, index) => index + 1).filter((length) =>
    text.startsWith(pattern.slice(-length)),
  );

/**
 * Whether a match that begins or ends in what is unknown beside a text can change the text. Where the replacement begins or
 * ends with the same characters as the pattern, that part of the text stays as it is.
 */
function mayReachOver(
  text: string,
  [pattern, replacement]: readonly [string, string],
  isAfter: boolean,
  isBefore: boolean,
): boolean {
  if (isAfter && isBefore && pattern.includes(text)) return true;
  const start = isBefore ? Math.max(0, ...startsIn(text, pattern)) : 0;
  const end = isAfter ? Math.max(0, ...endsIn(text, pattern)) : 0;
  if (start === 0 && end === 0) return false;
  const isKept =
    replacement.startsWith(pattern.slice(0, start)) && replacement.endsWith(pattern.slice(pattern.length - end));
  const first = text.indexOf(pattern);
  const last = text.lastIndexOf(pattern);
  // What such a match takes is not part of a match within the text.
  const isApart =
    start + end <= text.length && (first < 0 || (first >= end && last + pattern.length <= text.length - start));
  return !isKept || !isApart;
}

/**
 * Whether an unknown part of a text can hold a match, or a part of one. An identifier has no quotation mark and no line break
 * in it, and of an ARN the beginning is known.
 */
function mayHoldMatch(
  part: Value,
  [before, after]: readonly [string | undefined, string | undefined],
  pattern: string,
): boolean {
  if (!isIdentifier(part) || before === undefined || after === undefined) return true;
  const isArn = part.reference?.path[0] === "arn";
  return [0, ...startsIn(before, pattern)].some((start) =>
    [0, ...endsIn(after, pattern)].some((end) => {
      const inner = pattern.slice(start, Math.max(start, pattern.length - end));
      if (/["\n]/.test(inner) || start + end > pattern.length) return false;
      return !(isArn && start > 0 && inner !== "" && !inner.startsWith("arn:") && !"arn:".startsWith(inner));
    }),
  );
}

/** Elements and separators in one row; an unknown element leaves the rest of the text known. */
function joined([separator, ...lists]: readonly Value[]): Value {
  if (separator?.kind !== "string") return computed("join", [separator ?? nothing, ...lists]);
  const parts: Value[] = [];
  for (const list of lists) {
    if (list.kind !== "sequence" || (list.form === "set" && !isWhollyKnown(list)))
      return { ...computed("join", [separator, ...lists]), type: "string" };
    for (const element of list.elements) {
      if (element.kind === "null") return failure("join cannot join null");
      if (parts.length > 0) parts.push(separator);
      parts.push(element);
    }
  }
  return parts.length === 0 ? string("") : templateOf(parts);
}

export const stringFunctions: FunctionTable = {
  chomp: ofText((text) => text.replace(/[\r\n]+$/, "")),
  endswith: test((text, part) => text.endsWith(part)),
  indent: define(
    ["number", "string"],
    ([spaces, text]) => {
      const count = integerOf(spaces);
      if (count === undefined || count < 0) return failure("indent needs a whole number");
      const lines = textOf(text).split("\n");
      return count * lines.length > 1 << 24 ? limitReached : string(lines.join(`\n${" ".repeat(count)}`));
    },
    { returns: "string" },
  ),
  join: define(["string"], joined, { rest: { list: "string" }, acceptsUnknown: true, returns: "string" }),
  lower: ofText((text) => mapped(text, (char) => [...char.toLowerCase()][0] ?? "")),
  regex: define(["string", "string"], ([pattern, text]) =>
    withRegex(textOf(pattern), (regex) => {
      const chars = [...textOf(text)];
      const match = regex.match(chars, 0);
      return match ? captures(regex, chars, match) : failure("the pattern does not match");
    }),
  ),
  regexall: define(["string", "string"], ([pattern, text]) =>
    withRegex(textOf(pattern), (regex) => {
      const chars = [...textOf(text)];
      const found = matchesOf(regex, chars).map((match) => captures(regex, chars, match));
      return found.find(({ kind }) => kind === "error") ?? sequence("list", found);
    }),
  ),
  replace: define(["string", "string", "string"], replacedIn, { acceptsUnknown: true, returns: "string" }),
  split: define(
    ["string", "string"],
    ([separator, text]) =>
      textOf(text) === "" && textOf(separator) === ""
        ? strings([])
        : strings(textOf(separator) === "" ? [...textOf(text)] : textOf(text).split(textOf(separator))),
    { returns: { list: "string" } },
  ),
  startswith: test((text, part) => text.startsWith(part)),
  strcontains: test((text, part) => text.includes(part)),
  strrev: ofText((text) => [...graphemesOf(text)].reverse().join("")),
  substr: define(
    ["string", "number", "number"],
    ([text, offset, length]) => {
      const [from, count] = [integerOf(offset), integerOf(length)];
      if (from === undefined || count === undefined) return failure("substr needs whole numbers");
      return string(substring(textOf(text), from, count));
    },
    { returns: "string" },
  ),
  title: ofText(titled),
  trim: ofText((text, cutset = "") => trimmed(text, cutset), 2),
  trimprefix: ofText((text, prefix = "") => (text.startsWith(prefix) ? text.slice(prefix.length) : text), 2),
  trimsuffix: ofText(
    (text, suffix = "") => (suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text),
    2,
  ),
  trimspace: ofText((text) => trimEnd(trimStart(text))),
  upper: ofText((text) => mapped(text, (char) => char.toUpperCase())),
  // Paths are texts: these two read no file.
  basename: ofText((text) => {
    const path = text.replace(/\/+$/, "");
    return path === "" ? (text === "" ? "." : "/") : path.slice(path.lastIndexOf("/") + 1);
  }),
  dirname: ofText((text) => {
    const directory = text.slice(0, text.lastIndexOf("/") + 1);
    const kept: string[] = [];
    const isAbsolute = directory.startsWith("/");
    for (const part of directory.split("/")) {
      if (part === "" || part === ".") continue;
      if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
      else if (part !== ".." || !isAbsolute) kept.push(part);
    }
    return (isAbsolute ? "/" : "") + kept.join("/") || ".";
  }),
  sort: define(
    [{ list: "string" }],
    ([list]) => {
      const elements = elementsOf(list);
      if (elements.some(({ kind }) => kind === "null")) return failure("sort cannot sort null");
      return sequence(
        "list",
        [...elements].sort((one, other) => compareText(textOf(one), textOf(other))),
        "string",
      );
    },
    { returns: { list: "string" } },
  ),
};

// A string of Terraform's JSON syntax, which is a template, as an expression of the native syntax.
// https://developer.hashicorp.com/terraform/language/syntax/json#expressions

import { parserOf } from "../hcl/expression-parser.ts";
import { partsOf } from "../hcl/references.ts";
import type { Expression } from "../hcl/syntax.ts";
import type { TemplateToken } from "../hcl/template.ts";

/** New names by the address of a resource without its keys: `aws_lb.web`, `data.aws_vpc.main`, `module.app`. */
export type NewNames = ReadonlyMap<string, string>;

/** A part of a template as it is written: plain text, or an interpolation or directive with its braces. */
interface Span {
  readonly text: string;
  readonly isCode: boolean;
}

/** The expression for a string of JSON syntax. Throws a syntax failure where it is no template. */
export function expressionOfTemplate(template: string, names: NewNames): string {
  const spans = spansOf(template, names);
  const [only] = spans;
  if (spans.length === 1 && only?.isCode && only.text.startsWith("${")) return alone(only.text.slice(2, -1));
  return heredoc(spans) ?? quoted(spans);
}

/** Line ends mean nothing in an interpolation, and in parentheses. */
function alone(interpolated: string): string {
  const expression = interpolated.replace(/^~|~$/g, "").trim();
  return /[\n#]/.test(expression) ? `(${expression}\n)` : expression;
}

/** An expression that JSON syntax holds in a string, with `${…}` or without: a condition, or what is referred to. */
export function expressionOfReference(reference: string, names: NewNames): string {
  return expressionOfTemplate(
    reference.startsWith("${") && reference.endsWith("}") ? reference : `\${${reference}}`,
    names,
  );
}

function spansOf(template: string, names: NewNames): Span[] {
  const parts = parserOf(template).templateParts();
  return parts.map((part, index) => {
    const end = parts[index + 1]?.at ?? template.length;
    if (part.kind === "literal") return { text: template.slice(part.at, end), isCode: false };
    return { text: withNewNames(template, { start: part.at, end }, expressionsOf(part), names), isCode: true };
  });
}

const expressionsOf = (part: TemplateToken): readonly Expression[] => {
  switch (part.kind) {
    case "value":
      return [part.expression];
    case "if":
      return [part.condition];
    case "for":
      return [part.collection];
    default:
      return [];
  }
};

// --- names

function withNewNames(
  template: string,
  { start, end }: { readonly start: number; readonly end: number },
  expressions: readonly Expression[],
  names: NewNames,
): string {
  let text = "";
  let from = start;
  const places = expressions.flatMap((expression) => placesIn(expression, template, names, new Set()));
  for (const place of places.sort((one, other) => one.start - other.start)) {
    text += template.slice(from, place.start) + place.name;
    from = place.end;
  }
  return text + template.slice(from, end);
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Where names stand that are new. `declared`: names that `for` declares, which hide those of resource types. */
function placesIn(
  expression: Expression,
  template: string,
  names: NewNames,
  declared: ReadonlySet<string>,
): readonly Place[] {
  if (expression.kind === "variable") {
    const place = declared.has(expression.name) ? undefined : placeOf(template, expression.at, names);
    return place ? [place] : [];
  }
  const within = new Set(declared);
  if (expression.kind === "for") {
    within.add(expression.valueName);
    if (expression.keyName !== undefined) within.add(expression.keyName);
  }
  return partsOf(expression).flatMap((part) => {
    const isOutside = expression.kind === "for" && part === expression.collection;
    return placesIn(part, template, names, isOutside ? declared : within);
  });
}

const reference =
  /(?:resource\s*\.\s*)?((?:data|ephemeral)\s*\.\s*)?([\p{L}_][\p{L}\p{N}_-]*)\s*\.\s*([\p{L}_][\p{L}\p{N}_-]*)/uy;

function placeOf(template: string, at: number, names: NewNames): Place | undefined {
  reference.lastIndex = at;
  const [all = "", mode = "", type = "", old = ""] = reference.exec(template) ?? [];
  const name = names.get(`${mode.replace(/\s/g, "")}${type}.${old}`);
  const end = at + all.length;
  return name === undefined ? undefined : { start: end - old.length, end, name };
}

// --- the two notations of a template

/** What a heredoc can hold as it is, which escapes nothing but `$${` and `%%{`. */
const isPrintable = (text: string): boolean => /^[\t\n\x20-\x7e\u00a0-\u2027\u202a-\ufffd]*$/.test(text);

/** Text of several lines; nothing where another notation is needed, or plainer. */
function heredoc(spans: readonly Span[]): string | undefined {
  const text = spans.map((span) => span.text).join("");
  // A strip marker would take the line end that a heredoc adds.
  const strips = spans.some(({ text, isCode }) => isCode && /^.\{~|~\}$/.test(text));
  if (!/\n./.test(text) || !isPrintable(text) || strips) return undefined;
  let marker = "EOT";
  while (text.split("\n").some((line) => line.trim() === marker)) marker += "T";
  // A heredoc ends with a line end.
  return text.endsWith("\n") ? `<<${marker}\n${text}${marker}` : `trimsuffix(<<${marker}\n${text}\n${marker}\n, "\\n")`;
}

const quoted = (spans: readonly Span[]): string =>
  `"${spans.map(({ text, isCode }) => (isCode ? text : escaped(text))).join("")}"`;

/** As it stands in quotation marks; `$${` and `%%{` mean the same there. */
export const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\(.)/g, (whole, letter: string) => controls[letter] ?? whole);

/** What JSON has a short form for, and the native syntax has not. */
const controls: { readonly [letter: string]: string } = { b: "\\u0008", f: "\\u000c" };

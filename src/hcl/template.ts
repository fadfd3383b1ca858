// Templates: from the literals, interpolations and directives of a string to one expression.
// https://developer.hashicorp.com/terraform/language/expressions/strings

import { type Expression, syntaxFailure } from "./syntax.ts";

export type TemplateToken = { readonly at: number } & (
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "value"; readonly expression: Expression }
  | { readonly kind: "if"; readonly condition: Expression }
  | { readonly kind: "for"; readonly keyName?: string; readonly valueName: string; readonly collection: Expression }
  | { readonly kind: "else" | "endif" | "endfor" }
);

/** Directives in directives. */
const maxDepth = 100;

/** Go's unicode.IsSpace, which is not what \s is: a byte order mark is no space. */
const space = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const spacesBefore = new RegExp(`^${space}+`);
const spacesAfter = new RegExp(`${space}$`);

export const trimStart = (text: string): string => text.replace(spacesBefore, "");

/** Without a pattern for the run of spaces, which would take quadratic time. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && spacesAfter.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** `<<-`: takes the smallest indentation of all lines away from each. */
export function flushIndentation(tokens: readonly TemplateToken[]): TemplateToken[] {
  const indented = new Set<number>();
  let smallest = Number.POSITIVE_INFINITY;
  let isLineStart = true;
  tokens.forEach((token, index) => {
    if (isLineStart) {
      const literal = token.kind === "literal" ? token.text : "";
      const rest = trimStart(literal);
      // A blank line has no indentation.
      const isBlank = token.kind === "literal" && rest === "" && literal.endsWith("\n");
      if (!isBlank) {
        smallest = Math.min(smallest, literal.length - rest.length);
        if (token.kind === "literal") indented.add(index);
      }
    }
    isLineStart = token.kind === "literal" && token.text.endsWith("\n");
  });
  return tokens.map((token, index) =>
    token.kind === "literal" && indented.has(index) ? { ...token, text: token.text.slice(smallest) } : token,
  );
}

/** One expression for all tokens: a literal, the only interpolation itself, or a template. */
export function treeOf(tokens: readonly TemplateToken[], at: number): Expression {
  const [only] = tokens;
  if (tokens.length === 1 && only?.kind === "value") return only.expression;
  const queue = [...tokens].reverse();
  const parts = partsUntil(queue, []);
  if (queue.length > 0) throw syntaxFailure("a template's directives are not balanced", queue.at(-1)?.at ?? at);
  return templateOf(parts, at);
}

/** A part of a template: its own text, or what stands in an interpolation. */
type Part = { readonly at: number } & ({ readonly text: string } | { readonly expression: Expression });

function templateOf(parts: readonly Part[], at: number): Expression {
  const melded: Part[] = [];
  for (const part of parts) {
    const last = melded.at(-1);
    if ("text" in part && last && "text" in last)
      melded[melded.length - 1] = { text: last.text + part.text, at: last.at };
    else melded.push(part);
  }
  const expressions = melded.map(
    (part): Expression => ("text" in part ? { kind: "literal", value: part.text, at: part.at } : part.expression),
  );
  const [only] = melded;
  if (only === undefined) return { kind: "literal", value: "", at };
  if (melded.length === 1 && "text" in only) return { kind: "literal", value: only.text, at };
  return { kind: "template", parts: expressions, at };
}

/** Takes parts off the queue, up to one of the ends, which stays. */
function partsUntil(queue: TemplateToken[], ends: readonly string[], depth = 0): Part[] {
  if (depth > maxDepth) throw syntaxFailure("the nesting is too deep", queue.at(-1)?.at ?? 0);
  const parts: Part[] = [];
  for (let token = queue.at(-1); token && !ends.includes(token.kind); token = queue.at(-1)) {
    queue.pop();
    const { at } = token;
    switch (token.kind) {
      case "literal":
        parts.push({ text: token.text, at });
        break;
      case "value":
        parts.push({ expression: token.expression, at });
        break;
      case "if": {
        const whenTrue = asText(partsUntil(queue, ["else", "endif"], depth + 1), at);
        const hasElse = queue.at(-1)?.kind === "else";
        if (hasElse) queue.pop();
        const whenFalse = asText(hasElse ? partsUntil(queue, ["endif"], depth + 1) : [], at);
        end(queue, "endif", at);
        parts.push({ expression: { kind: "conditional", condition: token.condition, whenTrue, whenFalse, at }, at });
        break;
      }
      case "for": {
        const { keyName, valueName, collection } = token;
        const value = asText(partsUntil(queue, ["endfor"], depth + 1), at);
        end(queue, "endfor", at);
        const names = { valueName, ...(keyName === undefined ? {} : { keyName }) };
        const items: Expression = { kind: "for", ...names, collection, value, isGrouped: false, at };
        parts.push({ expression: { kind: "join", items, at }, at });
        break;
      }
      default:
        throw syntaxFailure("a template's directives are not balanced", at);
    }
  }
  return parts;
}

/** The content of a directive is a string, even if it is one interpolation alone. */
function asText(parts: readonly Part[], at: number): Expression {
  const tree = templateOf(parts, at);
  return tree.kind === "literal" || tree.kind === "template" ? tree : { kind: "template", parts: [tree], at };
}

function end(queue: TemplateToken[], kind: "endif" | "endfor", at: number): void {
  if (queue.pop()?.kind !== kind) throw syntaxFailure(`a template's ${kind} is missing`, at);
}

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

function templateOf(parts: readonly Expression[], at: number): Expression {
  const melded: Expression[] = [];
  for (const part of parts) {
    const last = melded.at(-1);
    if (part.kind === "literal" && last?.kind === "literal" && isLiteral.has(part) && isLiteral.has(last)) {
      const joined: Expression = { kind: "literal", value: `${last.value}${part.value}`, at: last.at };
      isLiteral.add(joined);
      melded[melded.length - 1] = joined;
    } else melded.push(part);
  }
  const [only] = melded;
  if (only === undefined) return { kind: "literal", value: "", at };
  if (melded.length === 1 && only.kind === "literal" && typeof only.value === "string") return only;
  return { kind: "template", parts: melded, at };
}

/** Parts that are text of the template, not literals in its interpolations. */
const isLiteral = new WeakSet<Expression>();

/** Takes parts off the queue, up to one of the ends, which stays. */
function partsUntil(queue: TemplateToken[], ends: readonly string[], depth = 0): Expression[] {
  if (depth > maxDepth) throw syntaxFailure("the nesting is too deep", queue.at(-1)?.at ?? 0);
  const parts: Expression[] = [];
  for (let token = queue.at(-1); token && !ends.includes(token.kind); token = queue.at(-1)) {
    queue.pop();
    const { at } = token;
    switch (token.kind) {
      case "literal": {
        const literal: Expression = { kind: "literal", value: token.text, at };
        isLiteral.add(literal);
        parts.push(literal);
        break;
      }
      case "value":
        parts.push(token.expression);
        break;
      case "if": {
        const whenTrue = asText(partsUntil(queue, ["else", "endif"], depth + 1), at);
        const hasElse = queue.at(-1)?.kind === "else";
        if (hasElse) queue.pop();
        const whenFalse = asText(hasElse ? partsUntil(queue, ["endif"], depth + 1) : [], at);
        end(queue, "endif", at);
        parts.push({ kind: "conditional", condition: token.condition, whenTrue, whenFalse, at });
        break;
      }
      case "for": {
        const { keyName, valueName, collection } = token;
        const value = asText(partsUntil(queue, ["endfor"], depth + 1), at);
        end(queue, "endfor", at);
        const names = { valueName, ...(keyName === undefined ? {} : { keyName }) };
        parts.push({ kind: "join", items: { kind: "for", ...names, collection, value, isGrouped: false, at }, at });
        break;
      }
      default:
        throw syntaxFailure("a template's directives are not balanced", at);
    }
  }
  return parts;
}

/** The content of a directive is a string, even if it is one interpolation alone. */
function asText(parts: readonly Expression[], at: number): Expression {
  const tree = templateOf(parts, at);
  return tree.kind === "literal" || tree.kind === "template" ? tree : { kind: "template", parts: [tree], at };
}

function end(queue: TemplateToken[], kind: "endif" | "endfor", at: number): void {
  if (queue.pop()?.kind !== kind) throw syntaxFailure(`a template's ${kind} is missing`, at);
}

// The ways through statements of VCL: what a request over HTTP or HTTPS may run, and where it may end.
// https://www.fastly.com/documentation/reference/vcl/subroutines/

import { because, type Cause } from "../../cause.ts";
import type { Branch, Statement, Word } from "./vcl.ts";

/** What code does; only what is surely recognised counts, and the rest is unclear. */
export type Unclear = { readonly unclear: Cause };

export const unclear = (why: Cause): Unclear => ({ unclear: why });

export const textOf = (words: readonly Word[]): string =>
  words.map(({ text, isString }) => (isString ? JSON.stringify(text) : text)).join(" ");

/** A test in small letters: names of headers are the same in any. */
export const normal = (test: readonly Word[] | undefined): string | undefined => test && textOf(test).toLowerCase();

// https://www.fastly.com/documentation/reference/http/http-headers/Fastly-SSL/
const plainTests = ["! req.http.fastly-ssl", "! req.is_ssl", 'req.protocol != "https"', 'req.protocol == "http"'];
const httpsTests = ["req.http.fastly-ssl", "req.is_ssl", 'req.protocol == "https"', 'req.protocol != "http"'];

const isOneOf = (tests: readonly string[], test: readonly Word[] | undefined): boolean =>
  tests.includes(normal(test) ?? "");

/** The branches that a request of a protocol may take, and whether it takes the first of them for sure. */
export function taken(branches: readonly Branch[], isHttps: boolean): { isSure: boolean; branches: readonly Branch[] } {
  const [first, ...others] = branches;
  if (!first?.test) return { isSure: true, branches };
  const isAsked = isOneOf([...plainTests, ...httpsTests], first.test);
  if (!isAsked) return { isSure: false, branches };
  if (isOneOf(isHttps ? httpsTests : plainTests, first.test)) return { isSure: true, branches: [first] };
  return others.length > 0 ? taken(others, isHttps) : { isSure: true, branches: [] };
}

export const firstWord = (statement: Statement): string | undefined =>
  statement.kind === "line" ? statement.words[0]?.text : undefined;

const exits = ["error", "return", "restart", "goto", "call"];

/** Whether a statement may end the subroutine. */
export const mayLeave = (statement: Statement): boolean =>
  statement.kind === "hidden" ||
  exits.includes(firstWord(statement) ?? "") ||
  (statement.kind === "if" && statement.branches.some(({ body }) => body.some(mayLeave)));

const tooMuch: Statement = { kind: "hidden", why: because`its VCL calls more subroutines than can be followed` };

/** Puts code in the place of macros and of calls; a call that leads nowhere stays. */
export function expanded(
  statements: readonly Statement[],
  macros: { readonly [name: string]: readonly Statement[] },
  subroutines: ReadonlyMap<string, readonly Statement[]>,
): readonly Statement[] {
  // Fastly refuses recursion; a plan comes from anybody.
  let left = 10_000;
  return expand(statements, 0, macros);

  /** What stands in the place of a macro has none itself. */
  function expand(body: readonly Statement[], depth: number, here: typeof macros): Statement[] {
    return body.flatMap((statement): readonly Statement[] => {
      if (left-- <= 0 || depth > 20) return [tooMuch];
      if (statement.kind === "macro") {
        return Object.hasOwn(here, statement.name) ? expand(here[statement.name] ?? [], depth, {}) : [];
      }
      if (statement.kind === "if") {
        const branches = statement.branches.map(({ test, body }) => ({ test, body: expand(body, depth, here) }));
        return [{ kind: "if", branches }];
      }
      const [call, name] = statement.kind === "line" ? statement.words : [];
      const called = call?.text === "call" ? subroutines.get(name?.text ?? "") : undefined;
      return called ? expand(called, depth + 1, here) : [statement];
    });
  }
}

/** What a line gives to a variable, whose name is in small letters here. */
export function assignment(words: readonly Word[]): { variable: string; value: readonly Word[] } | undefined {
  const [set, variable, equals, ...value] = words;
  if (set?.text !== "set" || variable?.isString !== false || equals?.text !== "=") return undefined;
  return { variable: variable.text.toLowerCase(), value };
}

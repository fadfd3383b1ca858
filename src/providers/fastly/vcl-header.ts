// VCL of vcl_fetch or vcl_deliver → the Strict-Transport-Security header of an HTTPS answer.
// https://www.fastly.com/documentation/guides/full-site-delivery/domains-and-origins/forcing-an-https-redirect

import { because } from "../../cause.ts";
import type { Branch, Statement, Word } from "./vcl.ts";
import { assignment, mayLeave, normal, taken, type Unclear, unclear } from "./vcl-flow.ts";

export type HeaderCode = { readonly sets: string } | "none" | Unclear;

const onlySometimes = unclear(because`its VCL sets the header only under a condition`);
const computed = unclear(because`its VCL computes the header, or treats it in a way that reading it does not decide`);
const manifold = unclear(because`it sets the header in more than one way`);

/** The header of an HTTPS answer after some code: of vcl_fetch, on "beresp", or of vcl_deliver, on "resp". */
export function headerAfter(
  statements: readonly Statement[],
  object: "beresp" | "resp",
  before: HeaderCode = "none",
): HeaderCode {
  const header = `${object}.http.strict-transport-security`;
  let found = before;
  follow(statements, true);
  return found;

  /** Whether what comes after is still sure to run. */
  function follow(body: readonly Statement[], isSure: boolean): boolean {
    let sure = isSure;
    for (const statement of body) {
      if (statement.kind === "hidden") found = unclear(statement.why);
      else if (statement.kind === "line") {
        apply(statement.words, sure);
        if (mayLeave(statement)) return false;
      } else if (statement.kind === "if") sure = choose(statement.branches, sure);
    }
    return sure;
  }

  function choose(all: readonly Branch[], isSure: boolean): boolean {
    const [first, another] = all;
    const asksMissing = !another && normal(first?.test) === `! ${header}`;
    const way = asksMissing ? { isSure: true, branches: all } : taken(all, true);
    const [only] = way.branches;
    // A header that is there already is not touched by code for the case that it is missing.
    if (way.isSure && only) {
      if (asksMissing && found !== "none") return isSure;
      return follow(only.body, isSure) && isSure;
    }
    for (const { body } of way.branches) follow(body, false);
    return isSure && !way.branches.some(({ body }) => body.some(mayLeave));
  }

  function apply(words: readonly Word[], isSure: boolean): void {
    if (!words.some(({ text }) => /strict-transport-security/i.test(text))) return;
    const set = assignment(words);
    const [unset, name] = words;
    if (set?.variable === header) {
      const text = literal(set.value);
      const isSame = typeof found === "object" && "sets" in found && found.sets === text;
      if (isSame) return;
      const isOther = typeof found === "object" && "sets" in found;
      found = text === undefined ? computed : isOther ? manifold : isSure ? { sets: text } : onlySometimes;
    } else if (/^(unset|remove)$/.test(unset?.text ?? "") && name?.text.toLowerCase() === header) {
      if (isSure || found === "none") found = "none";
      else found = unclear(because`its VCL removes the header under a condition`);
    } else found = computed;
  }
}

/** The text of strings that stand beside each other; in one of quotes `%` begins an escape. */
const literal = (value: readonly Word[]): string | undefined => {
  const parts = value.filter(({ text, isString }) => isString || text !== "+");
  const isText = parts.length > 0 && parts.every(({ text, isString }) => isString && !text.includes("%"));
  return isText ? parts.map(({ text }) => text).join("") : undefined;
};

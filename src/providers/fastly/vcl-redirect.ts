// VCL of vcl_recv and vcl_error → what a request over plain HTTP gets.
// https://www.fastly.com/documentation/reference/http/http-statuses/

import { because } from "../../cause.ts";
import type { Statement, Word } from "./vcl.ts";
import { assignment, firstWord, mayLeave, normal, taken, textOf, type Unclear, unclear } from "./vcl-flow.ts";

/** What a request over plain HTTP gets; "none": nothing that would keep it from being served. */
export type PlainHttpCode = "redirected" | "refused" | "none" | Unclear;

const conditional = unclear(because`its VCL redirects plain HTTP only under a condition`);
const mayAnswerFirst = unclear(because`its VCL may answer plain HTTP before it is redirected`);
const disguised = unclear(because`its VCL sets Fastly-SSL itself, which tells HTTPS from plain HTTP`);
const unknownAnswer = unclear(because`its VCL answers plain HTTP in a way that reading it does not decide`);

/** By vcl_recv, and by what vcl_error makes of the errors that it raises. */
export function plainHttpBy(receive: readonly Statement[], error: readonly Statement[]): PlainHttpCode {
  /** What may answer first, and what may redirect. */
  let before: Unclear | undefined;
  let candidate: Unclear | undefined;
  return follow(receive) ?? candidate ?? "none";

  /** Nothing where the request goes on after the code. */
  function follow(statements: readonly Statement[]): PlainHttpCode | undefined {
    for (const statement of statements) {
      if (disguises(statement)) before ??= disguised;
      const answer = statement.kind === "if" ? choose(statement) : answerOf(statement);
      if (answer) return answer;
    }
    return undefined;
  }

  function choose(statement: Statement & { kind: "if" }): PlainHttpCode | undefined {
    const { isSure, branches } = taken(statement.branches, false);
    if (isSure) return follow(branches[0]?.body ?? []);
    if (!branches.some(({ body }) => body.some(mayLeave))) return undefined;
    before ??= mayAnswerFirst;
    if (asksProtocol(statement)) candidate ??= conditional;
    return undefined;
  }

  function answerOf(statement: Exclude<Statement, { kind: "if" }>): PlainHttpCode | undefined {
    if (!mayLeave(statement)) return undefined;
    if (statement.kind !== "line" || firstWord(statement) === "call") {
      before ??= statement.kind === "hidden" ? unclear(statement.why) : mayAnswerFirst;
      candidate ??= statement.kind === "hidden" ? unclear(statement.why) : unknownAnswer;
      return undefined;
    }
    const [exit, code] = statement.words;
    if (exit?.text === "error") return before ?? errorAnswer(code?.text ?? "503", error);
    const goesOn = exit?.text === "return" && !/error|restart/.test(textOf(statement.words));
    return goesOn ? (candidate ?? "none") : unknownAnswer;
  }
}

/** Whether a line changes what later tests ask for; one in a branch for HTTPS alone does no harm. */
function disguises(statement: Statement): boolean {
  if (statement.kind === "if") {
    return taken(statement.branches, false).branches.some(({ body }) => body.some(disguises));
  }
  const [verb, variable] = statement.kind === "line" ? statement.words : [];
  return /^(set|add|unset|remove)$/.test(verb?.text ?? "") && /^req\.http\.fastly-ssl/i.test(variable?.text ?? "");
}

const asksProtocol = (statement: Statement): boolean =>
  /fastly-ssl|is_ssl|req\.protocol|forwarded-proto|"801"|\b801\b/i.test(JSON.stringify(statement));

/** What vcl_error makes of a status. */
function errorAnswer(code: string, error: readonly Statement[]): "redirected" | "refused" | Unclear {
  for (const statement of error) {
    if (statement.kind === "hidden") return unclear(statement.why);
    if (statement.kind !== "if") {
      if (mayLeave(statement) || changesAnswer(statement)) return unknownAnswer;
      continue;
    }
    for (const { test, body } of statement.branches) {
      const status = /^obj\.status == (\d+)$/.exec(normal(test) ?? "")?.[1];
      if (status === code) return answerWith(body);
      if (status === undefined && body.some((one) => mayLeave(one) || changesAnswer(one))) return unknownAnswer;
    }
  }
  return /^[45]\d\d$/.test(code) ? "refused" : unknownAnswer;
}

const changesAnswer = (statement: Statement): boolean =>
  /"obj\.(status|http\.location)"/i.test(JSON.stringify(statement));

/** `set obj.status = 301; set obj.http.Location = "https://" req.http.host req.url;` */
function answerWith(body: readonly Statement[]): "redirected" | "refused" | Unclear {
  const status = assigned(body, "obj.status")?.[0]?.text ?? "";
  const target = assigned(body, "obj.http.location")?.[0];
  if (body.some((one) => one.kind === "if" || one.kind === "hidden" || firstWord(one) === "restart")) {
    return unknownAnswer;
  }
  if (/^[45]\d\d$/.test(status)) return "refused";
  const isHttps = target?.isString === true && /^https:\/\//i.test(target.text);
  return /^30[12378]$/.test(status) && isHttps ? "redirected" : unknownAnswer;
}

/** The last value that lines give to a variable. */
function assigned(body: readonly Statement[], variable: string): readonly Word[] | undefined {
  const values = body.map((one) => (one.kind === "line" ? assignment(one.words) : undefined));
  return values.findLast((one) => one?.variable === variable)?.value;
}

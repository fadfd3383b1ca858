// Which findings are told: all, or those that a plan introduces or fixes; of the rest, how many there are.

import type { Finding } from "./finding.ts";
import type { NotJudged } from "./not-judged.ts";

export type Scope = "all" | "changed";

/** Findings that are not told, by their outcome. */
export interface LeftOut {
  readonly pass: number;
  /** Existing violations. */
  readonly fail: number;
  readonly unknown: number;
  /** Resources that are not judged and existed before. */
  readonly notJudged?: number | undefined;
}

export interface Told {
  readonly findings: readonly Finding[];
  /** undefined where all are told. */
  readonly leftOut: LeftOut | undefined;
}

export function told(findings: readonly Finding[], scope: Scope): Told {
  if (scope === "all") return { findings, leftOut: undefined };
  const left = findings.filter((one) => !isOfChange(one));
  const count = (outcome: Finding["outcome"]) => left.filter((one) => one.outcome === outcome).length;
  return {
    findings: findings.filter(isOfChange),
    leftOut: { pass: count("pass"), fail: count("fail"), unknown: count("unknown") },
  };
}

/** What is to be said of a waiver has no before, and is told in any case. */
const isOfChange = ({ change, outcome }: Finding): boolean =>
  change === "introduced" || change === "fixed" || (change === "none" && outcome !== "pass");

/** Resources that are not judged are reported beside findings, in the same scope. */
export function withNotJudged(
  { findings, leftOut }: Told,
  notJudged: readonly NotJudged[],
  scope: Scope,
): Told & { readonly notJudged: readonly NotJudged[] } {
  if (scope === "all" || !leftOut) return { findings, leftOut, notJudged };
  const reported = notJudged.filter(({ change }) => change === "introduced");
  const left = notJudged.length - reported.length;
  return { findings, leftOut: left > 0 ? { ...leftOut, notJudged: left } : leftOut, notJudged: reported };
}

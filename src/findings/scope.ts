// Which findings are told: all, or those that a plan introduces or fixes; of the rest, how many there are.

import type { Finding } from "./finding.ts";

export type Scope = "all" | "changed";

/** Findings that are not told, by their outcome. */
export interface LeftOut {
  readonly pass: number;
  /** Existing violations. */
  readonly fail: number;
  readonly unknown: number;
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

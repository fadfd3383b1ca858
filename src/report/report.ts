// The report: what every reporter tells, and what the JSON format is.

import type { Endpoint } from "../facts/endpoint.ts";
import type { Evaluation } from "../findings/evaluate.ts";
import type { Finding } from "../findings/finding.ts";
import type { Verdict } from "../findings/gate.ts";
import type { NotJudged } from "../findings/not-judged.ts";
import type { LeftOut } from "../findings/scope.ts";
import { refusalReason } from "./not-judged.ts";

export interface Report {
  readonly tool: { readonly name: "tlsgate"; readonly version: string };
  readonly verdict: Verdict;
  readonly summary: Summary;
  readonly plans: readonly PlanReport[];
}

export interface PlanReport {
  readonly path: string;
  /**
   * "configuration": what CDKTF has synthesised, without what only a plan can tell; "waivers": no plan, but what is to be
   * said of the waivers of a file; null where the input could not be read.
   */
  readonly kind: "plan" | "state" | "configuration" | "waivers" | null;
  /** null where the input could not be read. */
  readonly formatVersion: string | null;
  readonly terraformVersion: string | null;
  /** False when the plan leaves changes out (-target, deferrals), so that the verdict covers only a part. */
  readonly complete: boolean;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Findings that are not among them; only with --scope changed. */
  readonly leftOut?: LeftOut | undefined;
  readonly endpoints: number;
  /** Addresses of endpoints from the one that viewers reach to the last behind it, where one is behind another. */
  readonly chains: readonly (readonly string[])[];
  /** Resources that may serve HTTPS and are not judged. */
  readonly notJudged?: readonly NotJudged[] | undefined;
  /** What the endpoints are today and will be; only where a format draws them. */
  readonly inventory?: { readonly before: readonly Endpoint[]; readonly after: readonly Endpoint[] } | undefined;
}

export interface Summary {
  readonly plans: number;
  readonly endpoints: number;
  /** All judgements: passes, failures and unknowns. */
  readonly checks: number;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  /** Failures and unknowns that keep the plan from being applied. */
  readonly refusing: number;
  readonly introduced: number;
  readonly existing: number;
  readonly fixed: number;
  /** Violations that are accepted by a waiver. */
  readonly waived: number;
  /** Violations that the baseline does not know, and those that it knows. */
  readonly new: number;
  readonly known: number;
  /** How many violations of the baseline are gone; null where there is no baseline. */
  readonly gone: number | null;
  /** Resources that may serve HTTPS and are not judged. */
  readonly notJudged: number;
  /** Findings that are not told, nor counted above; only with --scope changed. */
  readonly leftOut?: LeftOut | undefined;
}

export type Reporter = (report: Report) => string;

/** What is reported of a plan: what it is, and what was found. */
export const judgedPlan = (
  { path, kind, formatVersion, terraformVersion, complete }: PlanHead,
  { findings, inventory, leftOut, notJudged = [] }: Reported,
  verdict: Verdict,
): PlanReport => ({
  path,
  kind,
  formatVersion,
  terraformVersion,
  complete,
  verdict,
  findings,
  leftOut,
  endpoints: inventory.endpoints.length,
  chains: inventory.chains,
  notJudged,
});

type Reported = Pick<Evaluation, "findings" | "inventory"> & Pick<PlanReport, "leftOut" | "notJudged">;

type PlanHead = Pick<PlanReport, "path" | "kind" | "formatVersion" | "terraformVersion" | "complete">;

/** What is reported of an input that could not be judged. */
export const unjudged = (path: string): PlanReport => ({
  path,
  kind: null,
  formatVersion: null,
  terraformVersion: null,
  complete: false,
  verdict: "error",
  findings: [],
  endpoints: 0,
  chains: [],
});

export function reportOf(
  plans: readonly PlanReport[],
  verdict: Verdict,
  version: string,
  gone: number | null = null,
): Report {
  const findings = plans.flatMap((plan) => plan.findings);
  const count = (test: (finding: Finding) => boolean) => findings.filter(test).length;
  return {
    tool: { name: "tlsgate", version },
    verdict,
    summary: {
      plans: plans.filter(({ kind }) => kind !== "waivers").length,
      endpoints: plans.reduce((sum, plan) => sum + plan.endpoints, 0),
      checks: findings.length,
      pass: count((one) => one.outcome === "pass"),
      fail: count((one) => one.outcome === "fail"),
      unknown: count((one) => one.outcome === "unknown"),
      refusing: count((one) => one.refuses),
      introduced: count((one) => one.change === "introduced"),
      existing: count((one) => one.change === "existing"),
      fixed: count((one) => one.change === "fixed"),
      waived: count((one) => one.waiver !== null),
      new: count((one) => one.baseline === "new"),
      known: count((one) => one.baseline === "known"),
      gone,
      notJudged: notJudgedOf({ plans }).length,
      leftOut: leftOutOf(plans),
    },
    plans,
  };
}

function leftOutOf(plans: readonly PlanReport[]): LeftOut | undefined {
  const all = plans.flatMap(({ leftOut }) => leftOut ?? []);
  if (all.length === 0) return undefined;
  const sum = (outcome: keyof LeftOut) => all.reduce((total, one) => total + (one[outcome] ?? 0), 0);
  const notJudged = sum("notJudged");
  return {
    pass: sum("pass"),
    fail: sum("fail"),
    unknown: sum("unknown"),
    ...(notJudged > 0 && { notJudged }),
  };
}

export const notJudgedOf = ({ plans }: Pick<Report, "plans">): NotJudged[] =>
  plans.flatMap(({ notJudged }) => notJudged ?? []);

/** Whether anything refuses, beside inputs that could not be judged. */
export const isRefused = (report: Pick<Report, "plans" | "summary">): boolean =>
  report.summary.refusing > 0 || notJudgedOf(report).some((one) => one.refuses);

/** "refused for 2 findings and 1 resource that is not judged" */
export const refusalText = (report: Pick<Report, "plans" | "summary">): string =>
  `refused for ${refusalReason(report.summary.refusing, notJudgedOf(report).filter((one) => one.refuses).length)}`;

/** "3 not judged"; "" where there are none. */
export const notJudgedCount = ({ notJudged }: Summary): string => (notJudged > 0 ? `${notJudged} not judged` : "");

/** "12 existing violations, 1 unknown and 2 not judged are not shown (--scope changed)"; "" where all is told. */
export function leftOutText({ leftOut }: Summary): string {
  if (!leftOut) return "";
  const { fail, unknown, notJudged = 0 } = leftOut;
  const left = [
    `${fail} existing violation${fail === 1 ? "" : "s"}`,
    unknown > 0 ? `${unknown} unknown` : "",
    notJudged > 0 ? `${notJudged} not judged` : "",
  ].filter(Boolean);
  const listed = [left.slice(0, -1).join(", "), ...left.slice(-1)].filter(Boolean).join(" and ");
  return `${listed} ${fail === 1 && left.length === 1 ? "is" : "are"} not shown (--scope changed)`;
}

// Reports on plans of test/plans, made as the command makes them.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { evaluate, type Selection } from "../../src/findings/evaluate.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { verdictOf, worst } from "../../src/findings/gate.ts";
import { parsePlan } from "../../src/plan/parse.ts";
import { adapters } from "../../src/providers/registry.ts";
import { judgedPlan, type PlanReport, type Report, reportOf } from "../../src/report/report.ts";
import { planPath } from "./plans.ts";

/** The names of all plans. */
export const planNames: readonly string[] = readdirSync(new URL("../plans", import.meta.url)).filter((name) =>
  existsSync(planPath(name)),
);

/** With a path that is the same on every machine. */
export const planNamed = (name: string) => parsePlan(readFileSync(planPath(name)), `${name}/plan.json`);

export function planReport(name: string, selection: Partial<Selection> = {}): PlanReport {
  const { enforcement } = profiles.recommended;
  const plan = planNamed(name);
  const evaluation = evaluate(plan, { policies, adapters, enforcement, ...selection });
  return judgedPlan(plan, evaluation, verdictOf(evaluation.findings));
}

export const reportOn = (...plans: (string | PlanReport)[]): Report => {
  const reports = plans.map((plan) => (typeof plan === "string" ? planReport(plan) : plan));
  return reportOf(reports, worst(reports.map((report) => report.verdict)), "1.2.3");
};

/** A plan's report with findings made up. */
export const planWith = (findings: readonly Finding[], changes: Partial<PlanReport> = {}): PlanReport => ({
  path: "plan.json",
  kind: "plan",
  formatVersion: "1.2",
  terraformVersion: "1.11.4",
  complete: true,
  verdict: verdictOf(findings),
  findings,
  endpoints: 1,
  chains: [],
  ...changes,
});

export const finding = (changes: Partial<Finding> = {}): Finding => ({
  policy: "minimum-tls-1-2",
  severity: "high",
  enforcement: "mandatory",
  address: "test_endpoint.sample",
  at: "tls[0].floor",
  outcome: "fail",
  change: "introduced",
  message: "accepts TLS 1.0",
  unknown: null,
  noFix: null,
  assumed: null,
  fix: "Raise the floor.",
  remedy: null,
  related: [],
  waiver: null,
  fingerprint: "",
  baseline: null,
  source: null,
  refuses: true,
  ...changes,
});

/** Characters that move, colour or reorder what a terminal shows, but for line ends. */
export const controlsIn = (text: string): string[] =>
  [...text].filter(
    (character) => character !== "\n" && /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(character),
  );

// A plan judged, and what is accepted of it: its violations by fingerprint, baseline and waivers.

import type { Plan } from "../plan/plan.ts";
import { type Baseline, compared, fingerprinted } from "./baseline.ts";
import { type Evaluation, evaluate, type Selection } from "./evaluate.ts";
import { valuesOf } from "./fingerprint.ts";
import { type NotJudged, notJudgedIn } from "./not-judged.ts";
import { planWaivers } from "./planned-waivers.ts";
import { type Scope, type Told, told, withNotJudged } from "./scope.ts";
import { waiverNotices } from "./waiver-notices.ts";
import { applyWaivers, type Waiver, type Waivers } from "./waivers.ts";

export interface Acceptance {
  /** Of the configuration and its files; nothing with --no-waivers. */
  readonly waivers: readonly Waiver[];
  /**
   * Which waivers of the plan itself count: those that it holds, or, where a change must not excuse itself, those that
   * have been applied before. "none" with --no-waivers.
   */
  readonly ofPlan: "planned" | "applied" | "none";
  readonly baseline: Baseline | undefined;
  /** The ids of all policies that there are, judged or not. */
  readonly policies: readonly string[];
  readonly today: Date;
  /** What is told; waivers and the baseline are held against all. */
  readonly scope: Scope;
}

export interface Decision extends Evaluation, Told {
  /** Waivers of the configuration that accept something of this plan. */
  readonly used: readonly Waiver[];
  /** Fingerprints of the baseline that are still there. */
  readonly met: readonly string[];
  /** Resources that may serve HTTPS and are not judged. */
  readonly notJudged: readonly NotJudged[];
}

const noWaivers: Waivers = { waivers: [], malformed: [] };

/** Waivers of the plan itself, for policies that are judged. */
function ownWaivers(plan: Plan, selection: Selection, { ofPlan, policies }: Acceptance): Waivers {
  const { waivers, malformed } = planWaivers(plan, policies, ofPlan === "planned" ? "after" : "before");
  const isJudged = ({ policy }: Waiver) =>
    selection.enforcement[policy] !== undefined && selection.policies.some(({ id }) => id === policy);
  return { waivers: waivers.filter(isJudged), malformed };
}

/** Nothing is accepted. */
export const nothingAccepted: Acceptance = {
  waivers: [],
  ofPlan: "none",
  baseline: undefined,
  policies: [],
  today: new Date(0),
  scope: "all",
};

/** `isNamed`: whether each violation gets its fingerprint; a baseline needs it. */
export function decide(plan: Plan, selection: Selection, acceptance: Acceptance, isNamed = true): Decision {
  const { baseline, ofPlan, today, scope } = acceptance;
  const evaluation = evaluate(plan, { today, ...selection });
  const valueAt = valuesOf(plan);
  const named = isNamed || baseline ? fingerprinted(evaluation.findings, valueAt) : evaluation.findings;
  const known = baseline ? compared(named, baseline, { plan, valueAt }) : { findings: named, met: [] };
  const own = ofPlan === "none" ? noWaivers : ownWaivers(plan, selection, acceptance);
  const ofConfiguration = new Set(acceptance.waivers);
  const { findings, used } = applyWaivers(known.findings, [...acceptance.waivers, ...own.waivers], { today, valueAt });
  const reported = told([...findings, ...waiverNotices(own, used, today)], scope);
  return {
    ...withNotJudged(reported, notJudgedIn(plan, selection), scope),
    inventory: evaluation.inventory,
    assumptionsUsed: evaluation.assumptionsUsed,
    used: used.filter((one) => ofConfiguration.has(one)),
    met: known.met,
  };
}

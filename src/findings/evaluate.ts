// Endpoints × policies, before and after → findings.

import type { Adapter } from "../facts/adapter.ts";
import { collect, type Inventory } from "../facts/collect.ts";
import type { Plan } from "../plan/plan.ts";
import { viewPlan } from "../plan/view.ts";
import type { Judgement, Policy } from "../policy.ts";
import type { Finding, Outcome } from "./finding.ts";

export interface Selection {
  readonly policies: readonly Policy[];
  /** By policy id; a policy that is not named is off. */
  readonly enforcement: { readonly [policy: string]: Finding["enforcement"] };
  readonly adapters: readonly Adapter[];
  /** What the gate does with "unknown"; each policy says so itself unless it is set. */
  readonly unknown?: "refuse" | "warn" | undefined;
  /** Which violations refuse a plan: any (the default), or those that it introduces. */
  readonly failOn?: "any" | "introduced" | undefined;
}

export interface Evaluation {
  readonly findings: readonly Finding[];
  /** What will exist. */
  readonly inventory: Inventory;
}

export function evaluate(plan: Plan, selection: Selection): Evaluation {
  const before = collect(viewPlan(plan, "before"), selection.adapters);
  const after = collect(viewPlan(plan, "after"), selection.adapters);
  const findings = selection.policies.flatMap((policy) => {
    const enforcement = selection.enforcement[policy.id];
    if (!enforcement) return [];
    const today = new Map(judgements(policy, before).map((one) => [identity(one), one]));
    const planned = judgements(policy, after);
    const kept = new Set(planned.map(identity));
    const gone = [...today.values()].filter((one) => one.outcome === "fail" && !kept.has(identity(one)));
    const context = { policy, enforcement, selection };
    return [
      ...planned.map((one) => findingOf(one, changeOf(today.get(identity(one))?.outcome, one.outcome), context)),
      // What is deleted, or no longer there to be judged, was a violation and will be none.
      ...gone.map((one) => findingOf({ ...one, outcome: "pass" }, "fixed", context)),
    ];
  });
  return { findings, inventory: after };
}

function judgements(policy: Policy, { endpoints, certificates }: Inventory): Judgement[] {
  const found = "evaluate" in policy ? endpoints.map(policy.evaluate) : certificates.map(policy.evaluateCertificate);
  return found.flat().filter((one) => one !== undefined);
}

const identity = ({ place, subject }: Judgement): string => JSON.stringify([place.address, subject]);

function changeOf(before: Outcome | undefined, after: Outcome): Finding["change"] {
  if (after === "pass") return before === "fail" ? "fixed" : "none";
  return before === undefined || before === "pass" ? "introduced" : "existing";
}

interface Context {
  readonly policy: Policy;
  readonly enforcement: Finding["enforcement"];
  readonly selection: Selection;
}

function findingOf(one: Judgement, change: Finding["change"], { policy, enforcement, selection }: Context): Finding {
  const passes = one.outcome === "pass";
  const { address, at } = one.place;
  const weighs = one.outcome === "fail" || (selection.unknown ?? policy.whenUnknown) === "refuse";
  const counts = selection.failOn !== "introduced" || change === "introduced";
  return {
    policy: policy.id,
    severity: policy.severity,
    enforcement,
    address,
    at,
    outcome: one.outcome,
    change,
    message: passes ? policy.requires : one.message,
    fix: passes ? null : policy.fix,
    remedy: passes ? null : (one.remedy ?? null),
    related: one.related,
    waiver: null,
    refuses: !passes && enforcement === "mandatory" && weighs && counts,
  };
}

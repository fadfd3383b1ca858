// The plans of test/plans, each made by the real Terraform with the real provider.

import { policies } from "../../policies/registry.ts";
import { evaluate, type Selection } from "../../src/findings/evaluate.ts";
import type { Finding } from "../../src/findings/finding.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { readPlan } from "../../src/plan/read.ts";
import { adapters } from "../../src/providers/registry.ts";

export const planPath = (name: string): string => new URL(`../plans/${name}/plan.json`, import.meta.url).pathname;

export const fixture = (name: string): Plan => readPlan(planPath(name));

const mandatory = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));

/** Judges by all policies, each mandatory. */
export const findings = (plan: Plan | string, selection: Partial<Selection> = {}): readonly Finding[] =>
  evaluate(typeof plan === "string" ? fixture(plan) : plan, {
    policies,
    adapters,
    enforcement: mandatory,
    ...selection,
  }).findings;

const rank = { pass: 0, unknown: 1, fail: 2 };

/** The worst outcome of a policy at each address of a plan. */
export function outcomes(plan: Plan | string, policy: string): { readonly [address: string]: Finding["outcome"] } {
  const worst: { [address: string]: Finding["outcome"] } = {};
  for (const { address, outcome } of findings(plan).filter((one) => one.policy === policy)) {
    const before = worst[address];
    if (before === undefined || rank[outcome] > rank[before]) worst[address] = outcome;
  }
  return worst;
}

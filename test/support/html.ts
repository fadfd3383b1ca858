// Reports to look at, made of plans of test/plans with what their endpoints are before and after.

import { policies } from "../../policies/registry.ts";
import { inventoryOf } from "../../src/facts/collect.ts";
import type { Endpoint } from "../../src/facts/endpoint.ts";
import { adapters } from "../../src/providers/registry.ts";
import { html } from "../../src/report/html.ts";
import type { PlanReport } from "../../src/report/report.ts";
import { planNamed, planReport, reportOn } from "./report.ts";

type Inventory = NonNullable<PlanReport["inventory"]>;

export function drawnPlan(name: string): PlanReport & { readonly inventory: Inventory } {
  const plan = planNamed(name);
  const at = (moment: "before" | "after"): readonly Endpoint[] => inventoryOf(plan, moment, adapters).endpoints;
  return { ...planReport(name), inventory: { before: at("before"), after: at("after") } };
}

export const pageOf = (...plans: (string | PlanReport)[]): string =>
  html({ policies })(reportOn(...plans.map((plan) => (typeof plan === "string" ? drawnPlan(plan) : plan))));

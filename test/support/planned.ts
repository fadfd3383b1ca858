// What a plan's JSON says about instances, as the evaluator of the configuration asks for it.

import type { Json, Mask } from "../../src/hcl/json.ts";
import type { InstanceId, PlannedInstance, PlannedValues } from "../../src/hcl/planned.ts";
import { parseModuleAddress } from "../../src/plan/address.ts";
import { plannedValuesOf as valuesOf } from "../../src/plan/configured.ts";
import { type PlanJson, planFromJson } from "../../src/plan/plan.ts";

/** The JSON of a plan, of which tests make up no more than they need. */
export type RawPlan = Partial<PlanJson> & {
  readonly output_changes?: { readonly [name: string]: { readonly after?: Json; readonly after_unknown?: Mask } };
};

/** An instance of a plan, and the identity by which the evaluator knows it. */
export interface IdentifiedInstance {
  readonly id: InstanceId;
  readonly planned: PlannedInstance;
}

const planOf = (plan: RawPlan) => planFromJson({ format_version: "1.2", ...plan }, "made by hand");

export const instancesOf = (plan: RawPlan): readonly IdentifiedInstance[] =>
  planOf(plan).instances.flatMap(({ address, moduleAddress, mode, type, name, key, after }) => {
    const module = parseModuleAddress(moduleAddress);
    return after ? [{ id: { module, mode, type, name, key }, planned: { address, key, ...after } }] : [];
  });

export const plannedValuesOf = (plan: RawPlan): PlannedValues => valuesOf(planOf(plan));

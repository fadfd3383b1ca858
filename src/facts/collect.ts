// A view of the plan and the adapters → all endpoints, certificates and object stores in it.

import type { Plan } from "../plan/plan.ts";
import { type View, viewPlan } from "../plan/view.ts";
import type { Adapter } from "./adapter.ts";
import { chainsOf } from "./chain.ts";
import type { Certificate, Endpoint } from "./endpoint.ts";
import type { ObjectStore } from "./object-store.ts";

export interface Inventory {
  readonly endpoints: readonly Endpoint[];
  /** Each once: those that resources make, and those from outside the plan that an endpoint names. */
  readonly certificates: readonly Certificate[];
  readonly objectStores: readonly ObjectStore[];
  /** Endpoints behind endpoints, by their addresses. */
  readonly chains: readonly (readonly string[])[];
}

/** What exists before the apply of a plan, or after it. */
export const inventoryOf = (plan: Plan, moment: View["moment"], adapters: readonly Adapter[]): Inventory =>
  collect(viewPlan(plan, moment), adapters);

export function collect(view: View, adapters: readonly Adapter[]): Inventory {
  const endpoints: Endpoint[] = [];
  const certificates: Certificate[] = [];
  const objectStores: ObjectStore[] = [];
  for (const adapter of adapters) {
    for (const resource of adapter.resourceTypes.flatMap((type) => view.resources(type))) {
      endpoints.push(...(adapter.endpoints?.(resource) ?? []));
      certificates.push(...(adapter.certificates?.(resource) ?? []));
      objectStores.push(...(adapter.objectStores?.(resource) ?? []));
    }
  }
  const used = endpoints.flatMap((endpoint) => endpoint.certificates.map((use) => use.certificate));
  return {
    endpoints,
    certificates: [...certificates, ...used.filter((one) => one.address === undefined)],
    objectStores,
    chains: chainsOf(endpoints),
  };
}

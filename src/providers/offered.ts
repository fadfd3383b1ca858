// Whether the provider version of a plan has an attribute: a plan holds each attribute of a resource, set or not.

import { groupedBy, oncePer } from "../plan/once.ts";
import type { Mask, Plan, Snapshot } from "../plan/plan.ts";
import type { Resource } from "../plan/view.ts";

const instancesOf = oncePer((plan: Plan) => groupedBy(plan.instances, ({ address }) => address));

/** True where it can't be determined: a synthesized configuration holds what is written alone. */
export function isOffered(resource: Resource, attribute: string): boolean {
  const { plan, moment } = resource.scope.view;
  if (plan.kind === "configuration") return true;
  const instances = instancesOf(plan).get(resource.address) ?? [];
  const snapshots = instances.flatMap((one) => one[moment] ?? []);
  return snapshots.length === 0 || snapshots.some((one) => holds(one, attribute));
}

const holds = ({ values, unknown }: Snapshot, attribute: string): boolean =>
  Object.hasOwn(values, attribute) || isMasked(unknown, attribute);

const isMasked = (mask: Mask, attribute: string): boolean =>
  typeof mask === "object" ? Object.hasOwn(mask, attribute) : mask;

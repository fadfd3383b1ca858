// Names of rule sets, backend sets and cipher suites count within one load balancer.

import { isShown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";

const attribute = "load_balancer_id";
const balancers = { oci_load_balancer: ["id"], oci_load_balancer_load_balancer: ["id"] };

/** Those that are not surely of another load balancer. */
export const ofSameBalancer = (one: Resource, others: readonly Resource[]): readonly Resource[] =>
  others.filter((other) => !areApart(one, other));

function areApart(one: Resource, other: Resource): boolean {
  const ids = [one.value(attribute), other.value(attribute)] as const;
  if (isShown(ids[0]) && isShown(ids[1])) return ids[0].value !== ids[1].value;
  const links = [one.link(attribute, balancers), other.link(attribute, balancers)] as const;
  if (links[0].state !== "found" || links[1].state !== "found") return false;
  const { resources } = links[1];
  return !links[0].resources.some((balancer) => resources.includes(balancer));
}

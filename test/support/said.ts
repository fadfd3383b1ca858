// What facts say, in a word, for tables of expectations.

import { describeCause } from "../../src/cause.ts";
import { collect } from "../../src/facts/collect.ts";
import type { Certificate, Endpoint } from "../../src/facts/endpoint.ts";
import type { Fact } from "../../src/facts/fact.ts";
import type { ObjectStore } from "../../src/facts/object-store.ts";
import type { AnnouncedSecurity, Security } from "../../src/facts/service.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { viewPlan } from "../../src/plan/view.ts";
import { adapters } from "../../src/providers/registry.ts";
import { fixture } from "./plans.ts";

/** The value, `secret(value)` where it is sensitive, or `?` before the cause of its not being known. */
export function said(fact: Fact | undefined): unknown {
  if (!fact) return undefined;
  if (fact.state === "unknown") return `? ${describeCause(fact.cause)}`;
  return fact.sensitive ? { secret: fact.value } : fact.value;
}

/** What a table says of a security policy, as its facts say it. */
export const saidBy = (security: Security | AnnouncedSecurity): unknown[] => {
  const open = "? the cipher suites of this security policy are not published";
  const suites = "forwardSecrecy" in security ? [security.forwardSecrecy, security.aeadOnly] : [open, open];
  return [security.minimumTls, ...suites];
};

/** All endpoints after the apply, by address. */
export const endpointsOf = (plan: Plan | string): ReadonlyMap<string, Endpoint> =>
  new Map(inventoryOf(plan).endpoints.map((one) => [one.address, one]));

/** All certificates of this plan's own after the apply, by address. */
export const certificatesOf = (plan: Plan | string): ReadonlyMap<string, Certificate> =>
  new Map(inventoryOf(plan).certificates.flatMap((one) => (one.address === undefined ? [] : [[one.address, one]])));

/** All object stores after the apply, by address. */
export const objectStoresOf = (plan: Plan | string): ReadonlyMap<string, ObjectStore> =>
  new Map(inventoryOf(plan).objectStores.map((one) => [one.address, one]));

const inventoryOf = (plan: Plan | string) =>
  collect(viewPlan(typeof plan === "string" ? fixture(plan) : plan, "after"), adapters);

/** Something that must be there. */
export function at<T>(map: ReadonlyMap<string, T>, address: string): T {
  const found = map.get(address);
  if (found === undefined) throw new Error(`There is no ${address} among ${[...map.keys()].join(", ")}`);
  return found;
}

// The names that viewers reach a listener by: records that lead to its load balancer, and the hosts of its rules.

import { covers } from "../../facts/domain-name.ts";
import type { CertificateUse } from "../../facts/endpoint.ts";
import { type Fact, isShown, standAt } from "../../facts/fact.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { distinctNames, namesLeadingTo } from "../dns-names.ts";
import { linkedBy } from "../users.ts";
import { groupsOf } from "./load-balancer-action.ts";
import { balancers, listenersBehind } from "./load-balancer-listeners.ts";
import { hostHeaders, listenerTargets } from "./load-balancer-rule.ts";

/** `rules`: those that requests come to. */
export function namesOf(
  listener: Resource,
  rules: readonly Resource[],
  certificates: readonly CertificateUse[],
): Fact<string>[] {
  const fronts = [listener, ...(listenersBefore(listener.scope.view).get(listener) ?? [])];
  const recorded = fronts.flatMap(balancerOf).flatMap(namesLeadingTo);
  const certain = rules.filter((rule) => linkedBy(rule, "listener_arn", listenerTargets).length === 1);
  const certified = certificates.flatMap(({ certificate }) => certificate.names);
  return distinctNames([...recorded, ...certain.flatMap((rule) => hostsOf(rule, certified))]);
}

function balancerOf(listener: Resource): readonly Resource[] {
  const found = linkedBy(listener, "load_balancer_arn", balancers);
  return found.length === 1 ? found : [];
}

/** Listeners of network load balancers whose TCP comes to a listener. */
const listenersBefore = oncePer((view: View): ReadonlyMap<Resource, readonly Resource[]> => {
  const before = new Map<Resource, Resource[]>();
  for (const front of Object.keys(listenerTargets).flatMap((type) => view.resources(type))) {
    for (const listener of groupsOf(front).flatMap(listenersBehind)) {
      before.set(listener, [...(before.get(listener) ?? []), front]);
    }
  }
  return before;
});

function hostsOf(rule: Resource, certified: readonly Fact<string>[]): Fact<string>[] {
  return hostHeaders(rule).flatMap(({ block, values }) =>
    values.flatMap((value, index): Fact<string>[] => {
      if (!isShown(value)) return [];
      const host = { ...value, value: String(value.value), ...standAt(block, `values[${index}]`) };
      return isName(host.value) || isUncovered(host.value, certified) ? [host] : [];
    }),
  );
}

/** A host that certificates are issued for: no address, no single label, and no pattern. */
const isName = (host: string): boolean => /^[^*?:]+\.[^*?:]*[a-z][^*?:]*$/i.test(host);

/** A pattern is no name; but where no certificate is for any host that it matches, none of them can be served. */
function isUncovered(pattern: string, certified: readonly Fact<string>[]): boolean {
  const [, domain] = /^\*(\.[^*?]+)$/.exec(pattern) ?? [];
  if (domain === undefined || certified.length === 0) return false;
  return certified.every(
    (name) => isShown(name) && !covers(name.value, pattern) && !name.value.toLowerCase().endsWith(domain.toLowerCase()),
  );
}

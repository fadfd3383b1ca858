// The pools of a load balancer, and the monitors that ask their origins whether they are well.

import { isShown } from "../../facts/fact.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";

/** One that is not proxied, which is the default, answers DNS queries, and no more. */
export function isProxied(balancer: Resource): boolean {
  const proxied = balancer.flag("proxied");
  return proxied.state !== "absent" && !(isShown(proxied) && proxied.value === false);
}

/** Provider 4 says default_pool_ids and fallback_pool_id. */
export function poolsOf(balancer: Resource): Resource[] {
  const attributes = ["default_pools", "default_pool_ids", "fallback_pool", "fallback_pool_id"];
  const pools = attributes.flatMap((attribute) => {
    const link = balancer.link(attribute, { cloudflare_load_balancer_pool: ["id"] });
    if (link.state === "found") return link.resources;
    const ids = balancer.elements(attribute).filter(isShown);
    return ids.flatMap(({ value }) => balancer.scope.view.identified("cloudflare_load_balancer_pool", "id", value));
  });
  return [...new Set(pools)];
}

/** Those that this plan manages. */
export function monitorsOf(balancer: Resource): Resource[] {
  const monitors = poolsOf(balancer).flatMap((pool) => {
    const link = pool.link("monitor", { cloudflare_load_balancer_monitor: ["id"] });
    return link.state === "found" ? link.resources.filter(({ mode }) => mode === "managed") : [];
  });
  return [...new Set(monitors)];
}

/** The monitors of all load balancers that are endpoints. */
export const monitorsIn = oncePer(
  (view: View): ReadonlySet<Resource> =>
    new Set(view.resources("cloudflare_load_balancer").filter(isProxied).flatMap(monitorsOf)),
);

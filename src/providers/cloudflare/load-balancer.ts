// cloudflare_load_balancer → endpoint: its name, with the settings of its zone, and its pools as upstreams.
// https://developers.cloudflare.com/load-balancing/load-balancers/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import { isShown, standAt, unknown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { endpointBehind } from "./endpoint-behind.ts";
import type { Hop } from "./next-hop.ts";
import { sharedBy } from "./zone.ts";
import { orderedFor } from "./zone-certificate.ts";
import { hostOf } from "./zone-names.ts";
import { type Zone, zoneOf } from "./zones.ts";

export default defineAdapter({
  id: "cloudflare/load-balancer",
  resourceTypes: ["cloudflare_load_balancer"],
  cannotShow: ["The protocol to an origin beside the zone's encryption mode: a monitor's is that of its probes alone"],
  endpoints(balancer) {
    // One that is not proxied, which is the default, answers DNS queries, and no more.
    const proxied = balancer.value("proxied");
    const isPlainDns = proxied.state === "absent" || (isShown(proxied) && proxied.value === false);
    return isPlainDns ? [] : [endpointOf(balancer, zoneOf(balancer))];
  },
});

function endpointOf(balancer: Resource, zone: Zone | undefined): Endpoint {
  const { tls, routes, hop } = zone ? sharedBy(zone) : { tls: {}, routes: [], hop: undefined };
  return {
    address: balancer.address,
    kind: "Cloudflare load balancer",
    names: [hostOf(balancer, zone)],
    ...certifiedFor(balancer, zone),
    ...tls,
    routes,
    upstreams: hop ? poolsOf(balancer).map((pool) => upstreamTo(pool, hop)) : [],
  };
}

/** Universal SSL does not cover load balancers (https://developers.cloudflare.com/ssl/edge-certificates/universal-ssl/limitations/). */
function certifiedFor(balancer: Resource, zone: Zone | undefined): Pick<Endpoint, "certificate" | "certificates"> {
  const ordered = zone ? orderedFor(zone) : { certificates: [] };
  if (ordered.certificate || !zone?.isNew) return ordered;
  const cause = "Universal SSL does not cover load balancers by default, and no other certificate is in this plan";
  return { certificate: { ...unknown(cause), ...standAt(balancer, "name") }, certificates: [] };
}

/** Provider 4 says default_pool_ids and fallback_pool_id. */
function poolsOf(balancer: Resource): Resource[] {
  const attributes = ["default_pools", "default_pool_ids", "fallback_pool", "fallback_pool_id"];
  const pools = attributes.flatMap((attribute) => {
    const link = balancer.link(attribute, { cloudflare_load_balancer_pool: ["id"] });
    if (link.state === "found") return link.resources;
    const ids = balancer.elements(attribute).filter(isShown);
    return ids.flatMap(({ value }) => balancer.scope.view.identified("cloudflare_load_balancer_pool", "id", value));
  });
  return [...new Set(pools)];
}

function upstreamTo(pool: Resource, hop: Hop): Upstream {
  const origins = pool.blocks("origins", { set: true }).map((origin) => endpointBehind(origin, "address"));
  const endpoint = origins.length === 1 ? origins[0] : undefined;
  return { name: endpoint ?? pool.address, ...hop, endpoint, routes: [] };
}

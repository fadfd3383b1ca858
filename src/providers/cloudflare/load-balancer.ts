// cloudflare_load_balancer → endpoint: its name, with the settings of its zone; its pools and their probes as upstreams.
// https://developers.cloudflare.com/load-balancing/load-balancers/

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import { standAt, unknown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import { endpointBehind } from "./endpoint-behind.ts";
import { probesOf } from "./load-balancer-monitor.ts";
import { isProxied, monitorsOf, poolsOf } from "./load-balancer-pool.ts";
import type { Hop } from "./next-hop.ts";
import { sharedBy } from "./zone.ts";
import { orderedFor } from "./zone-certificate.ts";
import { hostOf } from "./zone-names.ts";
import { type Zone, zoneOf } from "./zones.ts";

export default defineAdapter({
  id: "cloudflare/load-balancer",
  resourceTypes: ["cloudflare_load_balancer"],
  cannotShow: ["The protocol to an origin beside the zone's encryption mode: a monitor's is that of its probes alone"],
  endpoints: (balancer) => (isProxied(balancer) ? [endpointOf(balancer, zoneOf(balancer))] : []),
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
    upstreams: [
      ...(hop ? poolsOf(balancer).map((pool) => upstreamTo(pool, hop)) : []),
      ...monitorsOf(balancer).flatMap(probesOf),
    ],
  };
}

/** Universal SSL does not cover load balancers (https://developers.cloudflare.com/ssl/edge-certificates/universal-ssl/limitations/). */
function certifiedFor(balancer: Resource, zone: Zone | undefined): Pick<Endpoint, "certificate" | "certificates"> {
  const ordered = zone ? orderedFor(zone) : { certificates: [] };
  if (ordered.certificate || !zone?.isNew) return ordered;
  const cause = because`Universal SSL does not cover load balancers by default, and no other certificate is in this plan`;
  return { certificate: { ...unknown(cause), ...standAt(balancer, "name") }, certificates: [] };
}

function upstreamTo(pool: Resource, hop: Hop): Upstream {
  const origins = pool.blocks("origins", { set: true }).map((origin) => endpointBehind(origin, "address"));
  const endpoint = origins.length === 1 ? origins[0] : undefined;
  return { name: nameText(endpoint ?? pool.address), reach: "public", ...hop, endpoint, routes: [] };
}

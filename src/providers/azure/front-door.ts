// azurerm_cdn_frontdoor_* → endpoints: each custom domain, the endpoint's own name, and what has neither in this plan.
// https://learn.microsoft.com/azure/frontdoor/end-to-end-tls

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { atLeast, type Endpoint, type TlsVersion } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { always, fixed, nameOf } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certificateOf } from "./front-door-certificate.ts";
import { placedRoutes } from "./front-door-links.ts";
import { isReached, originOf, upstreamsOf } from "./front-door-origin.ts";
import { routeOf } from "./front-door-route.ts";
import { cipherSuitesOf } from "./front-door-suites.ts";
import { tlsVersions } from "./front-door-values.ts";

export default defineAdapter({
  id: "azure/front-door",
  resourceTypes: [
    "azurerm_cdn_frontdoor_custom_domain",
    "azurerm_cdn_frontdoor_endpoint",
    "azurerm_cdn_frontdoor_route",
    "azurerm_cdn_frontdoor_origin",
  ],
  cannotShow: [
    "Headers that the origin sends by itself: a route without a rule for it counts as one that sends no HSTS.",
    "Rule sets, origins and custom domains that another configuration manages.",
  ],
  endpoints(resource) {
    if (resource.type === "azurerm_cdn_frontdoor_custom_domain") return [domainOf(resource)];
    if (resource.type === "azurerm_cdn_frontdoor_endpoint") return defaultDomainOf(resource);
    if (resource.type === "azurerm_cdn_frontdoor_route") return routeAlone(resource);
    return isReached(resource) ? [] : [originAlone(resource)];
  },
});

type Behind = Pick<Endpoint, "routes" | "upstreams">;

const behind = (routes: readonly Resource[]): Behind => ({
  routes: routes.map(routeOf),
  upstreams: routes.flatMap(upstreamsOf),
});

/** Front Door speaks HTTP/2 with clients: https://learn.microsoft.com/azure/frontdoor/front-door-http2 */
const httpVersions = (resource: Resource): Endpoint["httpVersions"] =>
  always<readonly string[]>(resource, ["HTTP/1.1", "HTTP/2"], text`Front Door always does`);

function domainOf(domain: Resource): Endpoint {
  const tls = domain.block("tls");
  const routes = placedRoutes(domain.scope.view).filter(({ domains }) => domains.includes(domain));
  return {
    address: domain.address,
    kind: "Front Door custom domain",
    names: [nameOf(domain, "host_name")],
    ...certificateOf(domain, tls),
    minimumTls: floorOf(tls),
    ...cipherSuitesOf(tls),
    httpVersions: httpVersions(domain),
    ...behind(routes.map(({ route }) => route)),
  };
}

/** azurerm 4 has two names for it, and of the one that is not written it plans what is there today: the weaker decides. */
function floorOf(tls: Block): Endpoint["minimumTls"] {
  const read = (attribute: string): Fact<TlsVersion> =>
    fact(tls, attribute, {
      read: (value) => lookUp(tlsVersions, value),
      suggests: suggestTls,
      absent: "TLS 1.2",
      remedy: "TLS12",
    });
  const names = ["minimum_version", "minimum_tls_version"].filter((one) => tls.value(one).state !== "absent");
  const floors = names.map(read);
  const open = floors.find(({ state }) => state === "unknown");
  const weaker = (one: Fact<TlsVersion>, other: Fact<TlsVersion>) =>
    isShown(one) && isShown(other) && atLeast(one.value, other.value) ? other : one;
  return open ?? (floors.length > 0 ? floors.reduce(weaker) : read("minimum_version"));
}

/** NAME.azurefd.net, with Azure's certificate; without a route for it there is nothing behind it. */
function defaultDomainOf(endpoint: Resource): Endpoint[] {
  const placed = placedRoutes(endpoint.scope.view).filter(({ endpoints }) => endpoints.includes(endpoint));
  if (placed.length === 0) return [];
  const note = text`Front Door's own names take TLS 1.2 and newer`;
  return [
    {
      address: endpoint.address,
      kind: "Front Door endpoint",
      names: [],
      certificate: { ...known("provider"), ...standAt(endpoint, "") },
      certificates: [],
      minimumTls: fixed(endpoint, "TLS 1.2", note),
      forwardSecrecy: always(endpoint, true, note),
      // TLS_AES_256_GCM_SHA384 and others (same page)
      ecdheAes: always(endpoint, true, note),
      httpVersions: httpVersions(endpoint),
      ...behind(placed.map(({ route }) => route)),
    },
  ];
}

/** A route whose names are all defined outside this plan. */
function routeAlone(route: Resource): Endpoint[] {
  const place = placedRoutes(route.scope.view).find((one) => one.route === route);
  if (place && (place.domains.length > 0 || place.endpoints.length > 0)) return [];
  return [{ address: route.address, kind: "Front Door route", names: [], certificates: [], ...behind([route]) }];
}

/** An origin to which routes may lead that this plan does not hold. */
function originAlone(origin: Resource): Endpoint {
  const cause = because`the routes that lead to it are defined outside this plan`;
  const protocol = { ...unknown(cause), ...standAt(origin, "cdn_frontdoor_origin_group_id") };
  return {
    address: origin.address,
    kind: "Front Door origin",
    names: [],
    certificates: [],
    routes: [],
    upstreams: [{ ...originOf(origin), protocol, routes: [] }],
  };
}

// google_compute_target_https_proxy, …_ssl_proxy, …_http_proxy, and their regional kin → endpoints.
// https://cloud.google.com/load-balancing/docs/target-proxies

import { ambiguous, because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Hsts, PlainHttp, Route } from "../../facts/endpoint.ts";
import { agreed, type Fact, fact, isShown, known, lookUp, mapped, standAt, unknown } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { directives, everything } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { upstreamsBy, upstreamsOf } from "./backend.ts";
import { certificatesOf } from "./certificate-use.ts";
import { headersOf, hstsOf } from "./hsts.ts";
import { backends, bySelfLink, referencesOf, resourcesOf, unknownTarget, urlMaps, usersOf } from "./reference.ts";
import { negotiated } from "./ssl-policy.ts";
import { newestHttp } from "./target-proxy-values.ts";
import { type Branch, branchesOf, namesOf, plainHttpOf } from "./url-map.ts";

const httpsProxies = ["google_compute_target_https_proxy", "google_compute_region_target_https_proxy"];
const httpProxies = ["google_compute_target_http_proxy", "google_compute_region_target_http_proxy"];
const sslProxies = ["google_compute_target_ssl_proxy"];
const grpcProxies = ["google_compute_target_grpc_proxy"];

export default defineAdapter({
  id: "google/target-proxy",
  resourceTypes: [...httpsProxies, ...httpProxies, ...sslProxies, ...Object.keys(urlMaps)],
  cannotShow: [
    "Proxies and URL maps outside the plan: a URL map that no proxy of the plan uses is judged for its headers alone.",
  ],
  endpoints(resource) {
    if (resource.type in urlMaps) return isUsed(resource) ? [] : mapAlone(resource);
    if (isOfMesh(resource)) return [];
    if (httpProxies.includes(resource.type)) return [httpEndpoint(resource)];
    return [httpsProxies.includes(resource.type) ? httpsEndpoint(resource) : sslEndpoint(resource)];
  },
});

const mapUsers = { types: [...httpsProxies, ...httpProxies, ...grpcProxies], attribute: "url_map", targets: urlMaps };

const isUsed = (map: Resource): boolean => usersOf(map, mapUsers).length > 0;

const proxies = [...httpsProxies, ...httpProxies, ...sslProxies];
const rules = {
  types: ["google_compute_global_forwarding_rule", "google_compute_forwarding_rule"],
  attribute: "target",
  targets: Object.fromEntries(proxies.map((type) => [type, bySelfLink])),
};

/** A proxy of a service mesh is a sidecar beside its client, and no server. */
function isOfMesh(proxy: Resource): boolean {
  const schemes = usersOf(proxy, rules).map((rule) => rule.value("load_balancing_scheme"));
  return schemes.length > 0 && schemes.every((one) => isShown(one) && one.value === "INTERNAL_SELF_MANAGED");
}

/** The URL map of a proxy, or why the plan does not tell; several where it may be one of them. */
function mapsOf(proxy: Resource): { readonly maps: readonly Resource[]; readonly open: Fact<never> } {
  const [link] = referencesOf(proxy, "url_map", urlMaps);
  const open = link ? unknownTarget(link, "URL map") : unknown(because`no URL map is set`);
  return { maps: resourcesOf(proxy, "url_map", urlMaps), open: { ...open, ...standAt(proxy, "url_map") } };
}

function httpEndpoint(proxy: Resource): Endpoint {
  const { maps, open } = mapsOf(proxy);
  const branches = maps.flatMap(branchesOf);
  const routes = branches.map((branch): Route => ({ path: branch.path, plainHttp: plainHttpOf(branch) }));
  return {
    address: proxy.address,
    kind: "target HTTP proxy",
    names: [],
    certificates: [],
    httpsBeside: besideOf(proxy, maps),
    routes: maps.length === 1 ? routes : [oneOf(proxy, maps, routes) ?? { path: everything, plainHttp: open }],
    upstreams: maps.length === 1 ? upstreamsOf(branches.filter(({ redirect }) => !redirect)) : [],
  };
}

/** A proxy that speaks TLS for the same URL map, or under the same address. */
function besideOf(proxy: Resource, maps: readonly Resource[]): Fact<boolean> {
  const stand = standAt(proxy, "");
  const { view } = proxy.scope;
  const encrypted = [...httpsProxies, ...sslProxies].flatMap((type) => view.resources(type));
  const own = addressesOf(proxy);
  const isSame = (other: Resource): boolean | undefined => {
    if (mapsOf(other).maps.some((map) => maps.includes(map))) return true;
    const theirs = addressesOf(other);
    if (own.some((one) => one !== undefined && theirs.includes(one))) return true;
    return [...own, ...theirs].includes(undefined) ? undefined : false;
  };
  const answers = encrypted.map(isSame);
  if (answers.includes(true)) return { ...known(true), ...stand };
  const open = encrypted[answers.indexOf(undefined)];
  if (!open) return noHttps(stand);
  return { ...unknown(because`it may have the address of ${nameText(open.address)}`), ...stand };
}

const addresses = {
  google_compute_global_address: ["address", ...bySelfLink],
  google_compute_address: ["address", ...bySelfLink],
};

/** Of its forwarding rules: undefined for one that the plan does not show. A rule without one gets an address of its own. */
function addressesOf(proxy: Resource): (string | undefined)[] {
  return usersOf(proxy, rules).map((rule) => {
    const [made] = resourcesOf(rule, "ip_address", addresses);
    if (made) return made.address;
    const address = rule.value("ip_address");
    if (isShown(address)) return String(address.value);
    return address.state === "absent" ? rule.address : undefined;
  });
}

/** The plan leaves open which URL map it is: what all of them say is known. */
function oneOf(proxy: Resource, maps: readonly Resource[], routes: readonly Route[]): Route | undefined {
  const treatments = routes.flatMap(({ plainHttp }) => plainHttp ?? []);
  if (treatments.length === 0) return undefined;
  const stand = { ...standAt(proxy, "url_map"), related: maps.map(({ address }) => address) };
  return { path: everything, plainHttp: { ...agreed(treatments, ambiguous(maps)), ...stand } };
}

function httpsEndpoint(proxy: Resource): Endpoint {
  const { maps, open } = mapsOf(proxy);
  const [map, another] = maps;
  const refused = refusedBy(proxy, text`a target HTTPS proxy takes TLS alone`);
  const branches = map && !another ? branchesOf(map) : [];
  const routes = hstsRoutesOf(branches).map((route) => ({ ...route, plainHttp: refused }));
  const untold = { path: everything, plainHttp: refused, hsts: directives(open) };
  return {
    address: proxy.address,
    kind: "target HTTPS proxy",
    names: map && !another ? namesOf(map) : [],
    ...certificatesOf(proxy),
    ...negotiated(proxy),
    httpVersions: httpVersionsOf(proxy),
    routes: map && !another ? routes : [untold],
    upstreams: upstreamsOf(branches),
  };
}

function httpVersionsOf(proxy: Resource): Fact<readonly string[]> {
  const newest = fact(proxy, "quic_override", { read: (value) => lookUp(newestHttp, value), absent: "HTTP/2" });
  return mapped(newest, (one) => [...new Set(["HTTP/1.1", "HTTP/2", one])]);
}

const refusedBy = (proxy: Resource, note: DisplayText): PlainHttp => ({
  ...known("refused"),
  ...standAt(proxy, ""),
  note,
});

const hstsRoutesOf = (branches: readonly Branch[]): { path: DisplayText; hsts: Hsts }[] =>
  branches.flatMap((branch) => headersOf(branch).map((header) => ({ path: branch.path, hsts: hstsOf(header) })));

/** It decrypts, and does not look into what comes out. */
function sslEndpoint(proxy: Resource): Endpoint {
  const links = referencesOf(proxy, "backend_service", backends);
  return {
    address: proxy.address,
    kind: "target SSL proxy",
    names: [],
    ...certificatesOf(proxy),
    ...negotiated(proxy),
    routes: [{ path: everything, plainHttp: refusedBy(proxy, text`a target SSL proxy takes TLS alone`) }],
    upstreams: links.flatMap((link) => upstreamsBy(link, standAt(proxy, "backend_service"))),
  };
}

/** Without a proxy: redirects to HTTPS are for plain HTTP, and where its backends' headers go is surely HTTPS too. */
function mapAlone(map: Resource): Endpoint[] {
  const branches = branchesOf(map).filter(({ redirect }) => !redirect);
  const alone = { kind: "URL map", names: [], certificates: [] };
  const upstreams = upstreamsOf(branches);
  return branches.length > 0 ? [{ address: map.address, ...alone, routes: hstsRoutesOf(branches), upstreams }] : [];
}

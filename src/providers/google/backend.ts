// google_compute_backend_service, google_compute_backend_bucket → the next hop of a load balancer; alone where no URL map is.
// https://cloud.google.com/load-balancing/docs/backend-service

import { ambiguous } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Reach, Upstream } from "../../facts/endpoint.ts";
import {
  agreed,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  type Stand,
  standAt,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import { everything } from "../../facts/service.ts";
import type { Targets } from "../../plan/link.ts";
import type { Resource, View } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { answersHttp, backendProtocols, schemesWithProxy } from "./backend-values.ts";
import { headerOfBackend, hstsOf } from "./hsts.ts";
import {
  backendBuckets,
  backends,
  endpointGroups,
  lastName,
  type Reference,
  referencesOf,
  regionalEndpointGroups,
  resourcesOf,
  unknownTarget,
  urlMaps,
} from "./reference.ts";
import { type Branch, branchesOf } from "./url-map.ts";

export default defineAdapter({
  id: "google/backend",
  resourceTypes: Object.keys(backends),
  cannotShow: [
    "What applications send: of Strict-Transport-Security it shows custom_response_headers and header actions alone.",
    "URL maps and proxies outside the plan: a backend that none of the plan uses is judged alone.",
  ],
  endpoints: (backend) => (isUsed(backend) || !standsBehindProxy(backend) ? [] : [endpointOf(backend)]),
});

const endpointOf = (backend: Resource): Endpoint => ({
  address: backend.address,
  kind: isBucket(backend) ? "backend bucket" : "backend service",
  names: [],
  certificates: [],
  routes: [{ path: everything, hsts: hstsOf(headerOfBackend(backend)) }],
  upstreams: isBucket(backend) ? [] : [upstreamOf(backend, [])],
});

const isBucket = (backend: Resource): boolean => backend.type in backendBuckets;

/** Backends that a URL map, a proxy or a forwarding rule of this plan leads to. */
const used = new WeakMap<View, ReadonlySet<Resource>>();

const otherUsers = [
  "google_compute_target_ssl_proxy",
  "google_compute_target_tcp_proxy",
  "google_compute_region_target_tcp_proxy",
  "google_compute_forwarding_rule",
];

function isUsed(backend: Resource): boolean {
  const { view } = backend.scope;
  let found = used.get(view);
  if (!found) {
    const branches = Object.keys(urlMaps).flatMap((type) => view.resources(type).flatMap(branchesOf));
    const services = branches.flatMap((branch) => branch.services);
    found = new Set([
      ...services.flatMap(({ block, attribute }) => resourcesOf(block, attribute, backends)),
      ...otherUsers
        .flatMap((type) => view.resources(type))
        .flatMap((user) => resourcesOf(user, "backend_service", backends)),
    ]);
    used.set(view, found);
  }
  return found.has(backend);
}

/** Whether it answers a load balancer's HTTP, as far as the plan tells. */
function standsBehindProxy(backend: Resource): boolean {
  if (isBucket(backend)) return true;
  const scheme = backend.value("load_balancing_scheme");
  // https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_region_backend_service
  if (scheme.state === "absent" && backend.type === "google_compute_region_backend_service") return false;
  return !isRuledOut(scheme, schemesWithProxy) && !isRuledOut(backend.value("protocol"), answersHttp);
}

const isRuledOut = (value: Value, table: { readonly [name: string]: boolean }): boolean =>
  isShown(value) && lookUp(table, value.value) === false;

/** The backend services that branches lead to, each once, with the routes that do. */
export function upstreamsOf(branches: readonly Branch[]): Upstream[] {
  const upstreams = new Map<DisplayText, Upstream>();
  for (const { path, services } of branches) {
    for (const { block, attribute } of services) {
      for (const link of referencesOf(block, attribute, backends)) {
        for (const upstream of upstreamsBy(link, standAt(block, attribute))) {
          const before = upstreams.get(upstream.name)?.routes ?? [];
          upstreams.set(upstream.name, { ...upstream, routes: [...new Set([...before, path])] });
        }
      }
    }
  }
  return [...upstreams.values()];
}

/** What a reference to a backend leads to. Buckets are reached inside of Google, and nothing can be set for that. */
export function upstreamsBy(link: Reference, stand: Stand): Upstream[] {
  const resources = link.state === "found" ? link.resources.filter((one) => !isBucket(one)) : [];
  const [service, ...others] = resources;
  if (service && others.length === 0) return [upstreamOf(service, [])];
  if (service) {
    const name = nameText(resources.map(({ address }) => address).join(" or "));
    const protocol = { ...agreed(resources.map(protocolOf), ambiguous(resources)), ...stand };
    const reach = resources.every((one) => reachOf(one) === "private") ? "private" : "public";
    return [{ name, reach, protocol, routes: [] }];
  }
  if (link.state === "found" || (link.state === "outside" && /\/backendBuckets\//.test(textOf(link.value)))) return [];
  const name = (link.state === "outside" && lastName(link.value)) || nameText(stand.place.at);
  return [{ name, reach: "private", protocol: { ...unknownTarget(link, "backend service"), ...stand }, routes: [] }];
}

const textOf = (value: Value): string => (isShown(value) ? String(value.value) : "");

function upstreamOf(service: Resource, routes: readonly DisplayText[]): Upstream {
  const behind = groupsOf(service).map(runBehind);
  const [endpoint, ...others] = behind;
  return {
    name: nameText(service.address),
    reach: reachOf(service),
    protocol: protocolOf(service),
    certificate: verification(service),
    endpoint: others.length > 0 ? undefined : endpoint,
    routes,
  };
}

/**
 * Backends are in a network of the project, or of its own cloud, but for internet network endpoint groups.
 * https://cloud.google.com/load-balancing/docs/negs/internet-neg-concepts
 */
const reachOf = (service: Resource): Reach =>
  backendsOf(service, endpointGroups).some((group) =>
    String(group.planned("network_endpoint_type")).startsWith("INTERNET_"),
  )
    ? "public"
    : "private";

function protocolOf(service: Resource): Fact<"https" | "http"> {
  const protocol = fact<"https" | "http">(service, "protocol", {
    read: (value) => lookUp(backendProtocols, value),
    absent: "http",
    remedy: "HTTPS",
  });
  const isServerless = groupsOf(service).some(serverlessType);
  if (!isShown(protocol) || protocol.value === "https" || !isServerless) return protocol;
  const note = text`its backend is serverless, and Google does not say what the protocol means to that`;
  return { ...unknown({ reason: "undocumented", note }), place: protocol.place };
}

/** SERVERLESS is the default of network_endpoint_type. */
const serverlessType = (group: Resource): boolean => {
  const type = group.value("network_endpoint_type");
  return type.state === "absent" || (isShown(type) && type.value === "SERVERLESS");
};

const backendsOf = (service: Resource, groups: Targets): Resource[] => [
  ...new Set(service.blocks("backend", { set: true }).flatMap((backend) => resourcesOf(backend, "group", groups))),
];

const groupsOf = (service: Resource): Resource[] => backendsOf(service, regionalEndpointGroups);

const runServices = {
  google_cloud_run_v2_service: ["name"],
  google_cloud_run_service: ["name"],
  google_cloudfunctions2_function: ["name"],
};
const functions = { google_cloudfunctions_function: ["name"] };

/** What a serverless group leads to, where this plan makes that. */
function runBehind(group: Resource): string | undefined {
  const found = [
    ...resourcesOf(group.block("cloud_run"), "service", runServices),
    ...resourcesOf(group.block("cloud_function"), "function", functions),
  ];
  return found.length === 1 ? found[0]?.address : undefined;
}

/**
 * By default a load balancer takes any certificate that a backend within Google Cloud shows.
 * https://cloud.google.com/load-balancing/docs/backend-authenticated-tls-backend-mtls
 */
function verification(service: Resource): Upstream["certificate"] {
  const settings = service.block("tls_settings");
  if (settings.presence !== "present" || settings.value("authentication_config").state === "absent") return undefined;
  return { ...known("verified"), ...standAt(settings, "authentication_config") };
}

// cloudflare_load_balancer_monitor → upstream of the load balancer whose origins it probes, or else of an endpoint of its own.
// https://developers.cloudflare.com/load-balancing/monitors/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import { fact, isShown, lookUp, mapped } from "../../facts/fact.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { monitorsIn } from "./load-balancer-pool.ts";
import { monitorTypes } from "./load-balancer-values.ts";

export default defineAdapter({
  id: "cloudflare/load-balancer-monitor",
  resourceTypes: ["cloudflare_load_balancer_monitor"],
  cannotShow: ["Where an origin redirects a probe to, with follow_redirects"],
  endpoints: (monitor) => (monitorsIn(monitor.scope.view).has(monitor) ? [] : probesOf(monitor).map(endpointOf)),
});

const endpointOf = (probe: Upstream): Endpoint => ({
  address: probe.protocol.place.address,
  kind: "Cloudflare load balancer monitor",
  names: [],
  certificates: [],
  routes: [],
  upstreams: [probe],
});

/** Nothing where it speaks no HTTP. */
export function probesOf(monitor: Resource): Upstream[] {
  const type = fact<(typeof monitorTypes)[string]>(monitor, "type", {
    read: (value) => lookUp(monitorTypes, String(value).toLowerCase()),
    // https://registry.terraform.io/providers/cloudflare/cloudflare/4.52.8/docs/resources/load_balancer_monitor
    absent: "http",
    remedy: "https",
    suggests: suggestProtocol,
  });
  if (isShown(type) && type.value === "other") return [];
  const name = text`an origin that ${nameText(monitor.address)} probes`;
  const protocol = mapped(type, (one) => (one === "https" ? "https" : "http"));
  const isHttps = isShown(type) && type.value === "https";
  return [{ name, reach: "public", protocol, certificate: isHttps ? checkOf(monitor) : undefined, routes: [] }];
}

const checkOf = (monitor: Resource): Upstream["certificate"] =>
  fact<"verified" | "not verified">(monitor, "allow_insecure", {
    read: (value) => (value === true ? "not verified" : value === false ? "verified" : undefined),
    // false: https://github.com/cloudflare/api-schemas (load-balancing_allow_insecure)
    absent: "verified",
    remedy: false,
  });

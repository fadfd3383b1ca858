// digitalocean_loadbalancer of type GLOBAL → endpoint: its domains with their certificates, and what it forwards to.
// https://docs.digitalocean.com/products/networking/load-balancers/how-to/create-global-load-balancer/

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, replaced, restated, standAt, unknown } from "../../facts/fact.ts";
import { always, everything, fixed, nameOf, onlyRoute, undocumented } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { certified, together } from "./certificate.ts";
import { hopOf, isGlobal, oldestNote } from "./load-balancer.ts";

export default defineAdapter({
  id: "digitalocean/global-load-balancer",
  resourceTypes: ["digitalocean_loadbalancer"],
  cannotShow: [
    "what plain HTTP gets from a global load balancer that does not redirect it",
    "the cipher suites of a global load balancer",
  ],
  endpoints: (balancer) => (isGlobal(balancer) ? [endpointOf(balancer)] : []),
});

function endpointOf(balancer: Resource): Endpoint {
  const domains = balancer.blocks("domains", { set: true, computed: true });
  const suites = undocumented(
    balancer,
    text`DigitalOcean publishes no list of the cipher suites of its global load balancers`,
  );
  return {
    address: balancer.address,
    kind: "DigitalOcean global load balancer",
    names: domains.map((domain) => nameOf(domain, "name")),
    ...together(domains.map(certificateOf)),
    // https://docs.digitalocean.com/products/networking/load-balancers/details/limits/
    minimumTls: fixed(balancer, "TLS 1.2", oldestNote),
    forwardSecrecy: suites,
    aeadOnly: suites,
    ecdheAes: always(balancer, true, oldestNote),
    routes: [onlyRoute(balancer, plainHttpOf(balancer), text`the backend`)],
    upstreams: upstreamsOf(balancer),
  };
}

/** DigitalOcean requests the certificates of the domains that it manages. */
function certificateOf(domain: Block): ReturnType<typeof certified> {
  const managed = fact(domain, "is_managed", {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: false,
  });
  const named = certified(domain);
  if (isShown(named.certificate) && named.certificate.value === "own") return named;
  if (!isShown(managed)) return { certificate: managed, certificates: [] };
  if (!managed.value) return named;
  const note = text`DigitalOcean requests it for a domain that it manages`;
  return { certificate: { ...known("own"), ...standAt(domain, "is_managed"), note }, certificates: [] };
}

function plainHttpOf(balancer: Resource): PlainHttp {
  const redirect: Fact<boolean> = fact(balancer, "redirect_http_to_https", {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: false,
    remedy: true,
  });
  if (!isShown(redirect)) return redirect;
  if (redirect.value) return restated(redirect, "redirected");
  const cause = because`DigitalOcean does not say what plain HTTP gets where redirect_http_to_https is off`;
  return replaced(redirect, unknown(cause));
}

/** Its edge locations ask those of regions by their public addresses. */
const reach = "public";

/** Droplets, or the regional load balancers of this plan. */
function upstreamsOf(balancer: Resource): Upstream[] {
  const hop = hopOf(balancer.block("glb_settings"));
  const link = balancer.link("target_load_balancer_ids", { digitalocean_loadbalancer: ["id"] });
  const behind = link.state === "found" ? link.resources : [];
  if (behind.length === 0) return [{ name: text`the backends`, reach, ...hop, routes: [everything] }];
  return behind.map(({ address }) => ({
    name: nameText(address),
    reach,
    endpoint: address,
    ...hop,
    routes: [everything],
  }));
}

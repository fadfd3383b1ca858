// aws_lb_listener, aws_lb_listener_rule → endpoint: one per listener; in plain HTTP each of its rules is a route.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Hsts, Route } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  mapped,
  standAt,
  unknown,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource, View } from "../../plan/view.ts";
import { regionOf, regionOfArn } from "./acm.ts";
import { plainHttpOf, upstreamsOf } from "./load-balancer-action.ts";
import {
  defaultPolicy,
  type ListenerProtocol,
  listenerProtocols,
  recommendedPolicy,
  securityPolicies,
  suggestPolicy,
} from "./load-balancer-values.ts";
import { certified, withServerCertificates } from "./service-endpoint.ts";

const listeners = { aws_lb_listener: ["arn", "id"], aws_alb_listener: ["arn", "id"] };
const rules = ["aws_lb_listener_rule", "aws_alb_listener_rule"];
const furtherCertificates = ["aws_lb_listener_certificate", "aws_alb_listener_certificate"];
const balancers = { aws_lb: ["arn", "id"], aws_alb: ["arn", "id"] };

export default defineAdapter({
  id: "aws/load-balancer",
  resourceTypes: [...Object.keys(listeners), ...rules],
  endpoints: (resource) => (rules.includes(resource.type) ? endpointsOfRule(resource) : endpointsOf(resource)),
});

function endpointsOf(listener: Resource): Endpoint[] {
  const holders = [listener, ...attached(listener, rules)];
  const protocol = protocolOf(listener);
  const base = { address: listener.address, kind: "load balancer listener", names: [], certificates: [] };
  if (protocol.state === "unknown") {
    const tls = { certificate: protocol, minimumTls: protocol, forwardSecrecy: protocol, aeadOnly: protocol };
    const routes = holders.map((holder) => routeOf(holder, protocol));
    return [{ ...base, ...tls, routes, upstreams: upstreamsOf(holders) }];
  }
  if (protocol.value === "other") return [];
  if (protocol.value === "http") return [{ ...base, routes: holders.map((one) => routeOf(one)), upstreams: [] }];
  const isHttps = protocol.value === "https";
  const route: Route = { path: "*", plainHttp: { ...known("refused"), ...standAt(listener, "protocol") } };
  return [
    {
      ...base,
      certificate: certifiedBy(listener, listener).certificate,
      certificates: [listener, ...attached(listener, furtherCertificates)].flatMap(
        (one) => certifiedBy(one, listener).certificates,
      ),
      ...securityOf(listener),
      httpVersions: isHttps ? httpVersionsOf(listener) : undefined,
      // A network load balancer does not look into what it decrypts.
      routes: [isHttps ? { ...route, hsts: hstsOf(listener) } : route],
      upstreams: upstreamsOf(holders),
    },
  ];
}

/** A rule whose listener another plan makes; those of this plan's listeners are their routes. */
function endpointsOfRule(rule: Resource): Endpoint[] {
  const link = rule.link("listener_arn", listeners);
  const found = link.state === "found" ? link.resources : [];
  if (found.some(({ mode }) => mode === "managed")) return [];
  const [listener, another] = found;
  const cause = link.state === "unknown" ? link.cause : "its listener is defined outside this plan";
  const stand = standAt(rule, "listener_arn");
  const protocol = listener && !another ? { ...protocolOf(listener), ...stand } : { ...unknown(cause), ...stand };
  if (isShown(protocol) && protocol.value === "other") return [];
  const base = { address: rule.address, kind: "load balancer listener rule", names: [], certificates: [] };
  if (isShown(protocol) && protocol.value === "http") return [{ ...base, routes: [routeOf(rule)], upstreams: [] }];
  return [{ ...base, routes: isShown(protocol) ? [] : [routeOf(rule, protocol)], upstreams: upstreamsOf([rule]) }];
}

const attachments = new WeakMap<View, Map<Resource, Resource[]>>();

/** Rules, or further certificates, that name a listener. */
function attached(listener: Resource, types: readonly string[]): Resource[] {
  const { view } = listener.scope;
  let found = attachments.get(view);
  if (!found) {
    found = new Map();
    for (const one of [...rules, ...furtherCertificates].flatMap((type) => view.resources(type))) {
      const link = one.link("listener_arn", listeners);
      for (const target of link.state === "found" ? link.resources : []) {
        found.set(target, [...(found.get(target) ?? []), one]);
      }
    }
    attachments.set(view, found);
  }
  return (found.get(listener) ?? []).filter(({ type }) => types.includes(type));
}

/** What the provider does where no protocol is written: HTTP on an application load balancer, none elsewhere. */
function protocolOf(listener: Resource): Fact<ListenerProtocol> {
  const kind = balancerKind(listener);
  const fallback = isShown(kind) && kind.value === "application" ? "http" : "other";
  return fact<ListenerProtocol>(listener, "protocol", {
    read: (value) => lookUp(listenerProtocols, value),
    absent: isShown(kind) ? fallback : { unknown: kind.cause },
    remedy: "HTTPS",
  });
}

/** `load_balancer_type`, or what an ARN says: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/… */
function balancerKind(listener: Resource): Decided<string> {
  const link = listener.link("load_balancer_arn", balancers);
  const [balancer, another] = link.state === "found" ? link.resources : [];
  if (balancer && !another) {
    return fact(balancer, "load_balancer_type", {
      read: (value) => (typeof value === "string" ? value : undefined),
      absent: "application",
    });
  }
  const arn = listener.value("load_balancer_arn");
  const kind = isShown(arn) ? /:loadbalancer\/(app|net|gwy)\//.exec(String(arn.value))?.[1] : undefined;
  if (kind) return known(kind === "app" ? "application" : kind);
  return unknown("protocol is not set, and the plan does not tell what kind of load balancer it is");
}

/** A request over plain HTTP; where the plan does not tell that the listener speaks it, what would be served is open. */
function routeOf(holder: Resource, protocol?: Fact<never>): Route {
  const isRule = rules.includes(holder.type);
  const plainHttp = plainHttpOf(holder);
  const isServed = isShown(plainHttp) && plainHttp.value === "served";
  const open = isRule ? (openListener(holder) ?? protocol) : protocol;
  return { path: isRule ? pathOf(holder) : "*", plainHttp: isServed && open ? open : plainHttp };
}

function openListener(rule: Resource): Fact<never> | undefined {
  const link = rule.link("listener_arn", listeners);
  if (link.state !== "found" || link.resources.length === 1) return undefined;
  const all = link.resources.map(({ address }) => address).join(", ");
  return { ...unknown(`the plan does not tell which it is of ${all}`), ...standAt(rule, "listener_arn") };
}

/** The path patterns of a rule, or its address. */
function pathOf(rule: Resource): string {
  const patterns = rule
    .blocks("condition", { set: true })
    .flatMap((condition) => condition.block("path_pattern").elements("values"));
  const shown = patterns.flatMap((one) => (one.state === "known" ? [String(one.value)] : []));
  return shown.length > 0 ? shown.join(", ") : rule.address;
}

/** The certificate that a listener, or a resource that adds one, names. */
const certifiedBy = (block: Block, listener: Resource): ReturnType<typeof certified> =>
  certified(block, "certificate_arn", balancerRegion(listener), withServerCertificates);

function balancerRegion(listener: Resource): Decided<string> {
  const balancer = listener.value("load_balancer_arn");
  return isShown(balancer) ? regionOfArn(balancer, "elasticloadbalancing") : regionOf(listener, "elasticloadbalancing");
}

function securityOf(listener: Resource): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly"> {
  const security = fact(listener, "ssl_policy", {
    read: (value) => lookUp(securityPolicies, value),
    suggests: suggestPolicy,
    absent: securityPolicies[defaultPolicy] as (typeof securityPolicies)[string],
    remedy: recommendedPolicy,
  });
  return {
    minimumTls: mapped(security, (policy) => policy.minimumTls),
    forwardSecrecy: mapped(security, (policy) => policy.forwardSecrecy),
    aeadOnly: mapped(security, (policy) => policy.aeadOnly),
  };
}

/** The header that an application load balancer puts into every answer, in the place of its targets'. */
function hstsOf(listener: Resource): Hsts {
  const directive = <T>(choose: (one: HstsDirectives) => T, none: T, remedy: string): Fact<T> =>
    fact(listener, "routing_http_response_strict_transport_security_header_value", {
      read: (value) => (typeof value === "string" ? choose(parseHsts(value)) : undefined),
      absent: none,
      remedy,
    });
  return {
    maxAge: directive((one) => one.maxAge, 0, "max-age=31536000"),
    includeSubDomains: directive((one) => one.includeSubDomains, false, "max-age=31536000; includeSubDomains"),
    preload: directive((one) => one.preload, false, "max-age=31536000; includeSubDomains; preload"),
  };
}

const withHttp2 = ["HTTP/1.1", "HTTP/2"];

function httpVersionsOf(listener: Resource): Fact<readonly string[]> {
  const link = listener.link("load_balancer_arn", balancers);
  const [balancer, another] = link.state === "found" ? link.resources : [];
  if (!balancer || another) {
    const cause = link.state === "unknown" ? causeOf(link) : "the load balancer is defined outside this plan";
    return { ...unknown(cause), ...standAt(listener, "load_balancer_arn") };
  }
  return fact<readonly string[]>(balancer, "enable_http2", {
    read: (value) => (value === true ? withHttp2 : value === false ? ["HTTP/1.1"] : undefined),
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
    absent: withHttp2,
    remedy: true,
  });
}

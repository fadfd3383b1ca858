// aws_lb_listener, aws_lb_listener_rule → endpoint: one per listener; in plain HTTP each of its rules is a route.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html

import { ambiguous, because, definedElsewhere } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Route } from "../../facts/endpoint.ts";
import {
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { everything, secured } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, joinText, nameText } from "../../text.ts";
import { usersOf } from "../users.ts";
import { plainHttpOf, upstreamsOf } from "./load-balancer-action.ts";
import { balancerOf, certifiedBy, hstsOf, httpVersionsOf, securityOf } from "./load-balancer-tls.ts";
import { type ListenerProtocol, listenerProtocols } from "./load-balancer-values.ts";

const listeners = { aws_lb_listener: ["arn", "id"], aws_alb_listener: ["arn", "id"] };
const rules = ["aws_lb_listener_rule", "aws_alb_listener_rule"];
const furtherCertificates = ["aws_lb_listener_certificate", "aws_alb_listener_certificate"];

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
    const tls = { certificate: protocol, ...secured(protocol) };
    const routes = holders.map((holder) => routeOf(holder, protocol));
    return [{ ...base, ...tls, routes, upstreams: upstreamsOf(holders) }];
  }
  if (protocol.value === "other") return [];
  if (protocol.value === "http") return [{ ...base, routes: holders.map((one) => routeOf(one)), upstreams: [] }];
  const isHttps = protocol.value === "https";
  const route: Route = { path: everything, plainHttp: { ...known("refused"), ...standAt(listener, "protocol") } };
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
  const open = link.state === "unknown" ? link : unknown(definedElsewhere("its listener"));
  const protocol = { ...(listener && !another ? protocolOf(listener) : open), ...standAt(rule, "listener_arn") };
  if (isShown(protocol) && protocol.value === "other") return [];
  const base = { address: rule.address, kind: "load balancer listener rule", names: [], certificates: [] };
  if (isShown(protocol) && protocol.value === "http") return [{ ...base, routes: [routeOf(rule)], upstreams: [] }];
  return [{ ...base, routes: isShown(protocol) ? [] : [routeOf(rule, protocol)], upstreams: upstreamsOf([rule]) }];
}

/** Rules, or further certificates, that name a listener. */
const attached = (listener: Resource, types: readonly string[]): readonly Resource[] =>
  usersOf(listener, { types, attribute: "listener_arn", targets: listeners });

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
  const balancer = balancerOf(listener);
  if (!("state" in balancer)) {
    return fact(balancer, "load_balancer_type", {
      read: (value) => (typeof value === "string" ? value : undefined),
      absent: "application",
    });
  }
  const arn = listener.value("load_balancer_arn");
  const kind = isShown(arn) ? /:loadbalancer\/(app|net|gwy)\//.exec(String(arn.value))?.[1] : undefined;
  if (kind) return known(kind === "app" ? "application" : kind);
  return unknown(because`protocol is not set, and the plan does not tell what kind of load balancer it is`);
}

/** A request over plain HTTP; where the plan does not tell that the listener speaks it, what would be served is open. */
function routeOf(holder: Resource, protocol?: Fact<never>): Route {
  const isRule = rules.includes(holder.type);
  const plainHttp = plainHttpOf(holder);
  const isServed = isShown(plainHttp) && plainHttp.value === "served";
  const open = isRule ? (openListener(holder) ?? protocol) : protocol;
  return { path: isRule ? pathOf(holder) : everything, plainHttp: isServed && open ? open : plainHttp };
}

function openListener(rule: Resource): Fact<never> | undefined {
  const link = rule.link("listener_arn", listeners);
  if (link.state !== "found" || link.resources.length === 1) return undefined;
  return { ...unknown(ambiguous(link.resources)), ...standAt(rule, "listener_arn") };
}

/** The path patterns of a rule, or its address. */
function pathOf(rule: Resource): DisplayText {
  const patterns = rule
    .blocks("condition", { set: true })
    .flatMap((condition) => condition.block("path_pattern").elements("values"));
  const shown = patterns.flatMap((one) => valueText(one, []));
  return shown.length > 0 ? joinText(shown, ", ") : nameText(rule.address);
}

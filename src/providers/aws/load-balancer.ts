// aws_lb_listener, aws_lb_listener_rule → endpoint: one per listener; in plain HTTP each of its rules is a route.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html

import { ambiguous, because, definedElsewhere } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Route, Upstream } from "../../facts/endpoint.ts";
import { type Decided, type Fact, fact, isShown, known, lookUp, replaced, standAt, unknown } from "../../facts/fact.ts";
import { httpsBeside, neighboursElsewhere } from "../../facts/https-beside.ts";
import { everything, passedOnHttp, secured } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { usersOf } from "../users.ts";
import { groupsOf, plainHttpOf, redirectOf, upstreamsOf } from "./load-balancer-action.ts";
import { listenersBehind, listenersOf } from "./load-balancer-listeners.ts";
import { namesOf } from "./load-balancer-names.ts";
import { catchAllOf, isHidden, listenerTargets, pathOf } from "./load-balancer-rule.ts";
import { certifiedBy, hstsOf, httpVersionsOf, ofBalancer, securityOf } from "./load-balancer-tls.ts";
import { type ListenerProtocol, listenerProtocols } from "./load-balancer-values.ts";

const rules = ["aws_lb_listener_rule", "aws_alb_listener_rule"];
const furtherCertificates = ["aws_lb_listener_certificate", "aws_alb_listener_certificate"];

export default defineAdapter({
  id: "aws/load-balancer",
  resourceTypes: [...Object.keys(listenerTargets), ...rules],
  cannotShow: ["whether what answers TCP on port 80, behind a network load balancer, redirects plain HTTP"],
  endpoints: (resource) => (rules.includes(resource.type) ? endpointsOfRule(resource) : endpointsOf(resource)),
});

const listenerKind = { kind: "load balancer listener", names: [], certificates: [] };

function endpointsOf(listener: Resource): Endpoint[] {
  const attachedRules = attached(listener, rules);
  const catchAll = catchAllOf(attachedRules);
  const holders = [listener, ...attachedRules].filter((one) => !isHidden(one, catchAll));
  const protocol = protocolOf(listener);
  const base = { address: listener.address, ...listenerKind };
  if (protocol.state === "unknown") {
    const tls = { certificate: protocol, ...secured(protocol) };
    const routes = holders.map((holder) => routeOf(holder, protocol));
    return [{ ...base, ...tls, routes, upstreams: upstreamsOf(holders) }];
  }
  if (protocol.value === "other") return [];
  if (protocol.value === "tcp") return passedOnBy(listener);
  if (protocol.value === "http") {
    const hidden = [listener, ...attachedRules].filter((one) => isHidden(one, catchAll));
    const routes = [
      ...holders.map((one) => routeOf(one)),
      ...hidden.flatMap((one) => (catchAll ? hiddenRoute(one, catchAll) : [])),
    ];
    return [{ ...base, httpsBeside: besideOf(listener), routes, upstreams: [] }];
  }
  const isHttps = protocol.value === "https";
  const route: Route = { path: everything, plainHttp: { ...known("refused"), ...standAt(listener, "protocol") } };
  const certificates = [listener, ...attached(listener, furtherCertificates)].flatMap(
    (one) => certifiedBy(one, listener).certificates,
  );
  return [
    {
      ...base,
      names: namesOf(
        listener,
        holders.filter((one) => one !== listener),
        certificates,
      ),
      certificate: certifiedBy(listener, listener).certificate,
      certificates,
      ...securityOf(listener),
      httpVersions: isHttps ? httpVersionsOf(listener) : undefined,
      // A network load balancer does not look into what it decrypts.
      routes: isHttps ? secureRoutes(listener, holders, { ...route, hsts: hstsOf(listener) }) : [route],
      upstreams: upstreamsOf(holders),
    },
  ];
}

/** The listeners of the load balancer: those that lead to it, or that name the same ARN. */
function besideOf(listener: Resource): Fact<boolean> {
  const stand = standAt(listener, "protocol", "HTTPS");
  const beside = (listeners: readonly Resource[]) =>
    httpsBeside(
      listeners.map((one) => ({ protocol: protocolOf(one) })),
      stand,
    );
  const linked = ofBalancer(listener, (balancer) => orElsewhere(beside(listenersOf(balancer)), balancer.mode));
  if (linked.state !== "unknown") return { ...linked, ...stand };
  const arn = listener.value("load_balancer_arn");
  const hasArn = (one: Resource) => {
    const other = one.value("load_balancer_arn");
    return isShown(arn) && isShown(other) && other.value === arn.value;
  };
  const listeners = Object.keys(listenerTargets).flatMap((type) => listener.scope.view.resources(type));
  return orElsewhere(beside(listeners.filter(hasArn)), "data");
}

/** What is made by another configuration can have listeners there. */
const orElsewhere = (beside: Fact<boolean>, mode: Resource["mode"]): Fact<boolean> =>
  mode === "data" && isShown(beside) && !beside.value ? replaced(beside, unknown(neighboursElsewhere)) : beside;

/** A rule whose listener another plan makes; those of this plan's listeners are their routes. */
function endpointsOfRule(rule: Resource): Endpoint[] {
  const link = rule.link("listener_arn", listenerTargets);
  const found = link.state === "found" ? link.resources : [];
  if (found.some(({ mode }) => mode === "managed")) return [];
  const [listener, another] = found;
  const open = link.state === "unknown" ? link : unknown(definedElsewhere("its listener"));
  const protocol = { ...(listener && !another ? protocolOf(listener) : open), ...standAt(rule, "listener_arn") };
  const base = { address: rule.address, kind: "load balancer listener rule", names: [], certificates: [] };
  if (!isShown(protocol)) return [{ ...base, routes: [routeOf(rule, protocol)], upstreams: upstreamsOf([rule]) }];
  if (protocol.value === "http") return [{ ...base, routes: [routeOf(rule)], upstreams: [] }];
  if (protocol.value === "tcp" || protocol.value === "other") return [];
  return [{ ...base, routes: redirectRoutes([rule]), upstreams: upstreamsOf([rule]) }];
}

/** TCP leads to an application load balancer of this plan; or to what no plan shows, and that is HTTP on its port alone. */
function passedOnBy(listener: Resource): Endpoint[] {
  const base = { address: listener.address, ...listenerKind };
  const stand = standAt(listener, "protocol");
  const note = text`a network load balancer passes TCP on as it comes, and decrypts nothing`;
  const upstreams = groupsOf(listener)
    .flatMap(listenersBehind)
    .map(({ address }): Upstream => {
      return {
        name: nameText(address),
        reach: "private",
        protocol: { ...known("viewer"), ...stand, note },
        endpoint: address,
        routes: [],
      };
    });
  if (upstreams.length > 0) return [{ ...base, routes: [], upstreams }];
  if (String(listener.planned("port")) !== "80") return [];
  return [
    { ...base, routes: [{ path: text`port 80`, plainHttp: { ...unknown(passedOnHttp), ...stand } }], upstreams: [] },
  ];
}

/** Rules, or further certificates, that name a listener. */
const attached = (listener: Resource, types: readonly string[]): readonly Resource[] =>
  usersOf(listener, { types, attribute: "listener_arn", targets: listenerTargets });

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
  const told = ofBalancer(listener, (balancer) =>
    fact(balancer, "load_balancer_type", {
      read: (value) => (typeof value === "string" ? value : undefined),
      absent: "application",
    }),
  );
  if (isShown(told)) return told;
  const arn = listener.value("load_balancer_arn");
  const kind = isShown(arn) ? /:loadbalancer\/(app|net|gwy)\//.exec(String(arn.value))?.[1] : undefined;
  if (kind) return known(kind === "app" ? "application" : kind);
  return unknown(because`protocol is not set, and the plan does not tell what kind of load balancer it is`);
}

const pathBy = (holder: Resource): DisplayText => (rules.includes(holder.type) ? pathOf(holder) : everything);

/** A request over plain HTTP; where the plan does not tell that the listener speaks it, what would be served is open. */
function routeOf(holder: Resource, protocol?: Fact<never>): Route {
  const plainHttp = plainHttpOf(holder);
  const isServed = isShown(plainHttp) && plainHttp.value === "served";
  const open = rules.includes(holder.type) ? (openListener(holder) ?? protocol) : protocol;
  return { path: pathBy(holder), plainHttp: isServed && open ? open : plainHttp };
}

/** Where a rule before it takes every request, that rule says what becomes of them. What it serves is said of itself. */
function hiddenRoute(holder: Resource, catchAll: Resource): Route[] {
  const { place } = plainHttpOf(holder);
  const treatment = plainHttpOf(catchAll);
  if (!isShown(treatment) || treatment.value === "served") return [];
  return [{ path: pathBy(holder), plainHttp: { ...known(treatment.value), place, related: [catchAll.address] } }];
}

/** All of a listener's HTTPS in one route, which the default action may redirect, and one for each rule that redirects. */
function secureRoutes(listener: Resource, holders: readonly Resource[], route: Route): Route[] {
  const redirectsTo = holders.includes(listener) ? redirectOf(listener) : undefined;
  return [{ ...route, redirectsTo }, ...redirectRoutes(holders.filter((one) => one !== listener))];
}

/** Where requests over HTTPS are redirected to. */
const redirectRoutes = (holders: readonly Resource[]): Route[] =>
  holders.flatMap((holder) => {
    const redirectsTo = redirectOf(holder);
    return redirectsTo ? [{ path: pathBy(holder), redirectsTo }] : [];
  });

/** Nothing where each of the listeners that it can belong to speaks plain HTTP. */
function openListener(rule: Resource): Fact<never> | undefined {
  const link = rule.link("listener_arn", listenerTargets);
  if (link.state !== "found" || link.resources.length === 1) return undefined;
  const protocols = link.resources.map(protocolOf);
  if (protocols.every((one) => isShown(one) && one.value === "http")) return undefined;
  return { ...unknown(ambiguous(link.resources)), ...standAt(rule, "listener_arn") };
}

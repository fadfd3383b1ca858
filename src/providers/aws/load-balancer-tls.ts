// What a listener does that speaks TLS: its certificates, its security policy, HSTS, versions of HTTP.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html

import type { Hsts } from "../../facts/endpoint.ts";
import { type Fact, fact, factAt, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { eachDirective, headerOf, type Secured, type Security, secured, throughLink } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { placementOf, regionOfArn } from "./acm.ts";
import type { RequiredRegion } from "./certificate-use.ts";
import { balancers } from "./load-balancer-listeners.ts";
import {
  defaultPolicy,
  recommendedPolicy,
  securityPolicies,
  strictestPolicy,
  suggestPolicy,
} from "./load-balancer-values.ts";
import { certified, withServerCertificates } from "./service-endpoint.ts";

/** What a listener's load balancer says. */
export const ofBalancer = <T>(listener: Resource, read: (balancer: Resource) => Fact<T>): Fact<T> =>
  throughLink(listener, "load_balancer_arn", balancers, text`the load balancer`, read);

/** The certificate that a listener, or a resource that adds one, names. */
export const certifiedBy = (block: Block, listener: Resource): ReturnType<typeof certified> =>
  certified(block, "certificate_arn", balancerPlacement(listener), { targets: withServerCertificates });

function balancerPlacement(listener: Resource): RequiredRegion {
  const balancer = listener.value("load_balancer_arn");
  return isShown(balancer)
    ? regionOfArn(balancer, "elasticloadbalancing")
    : placementOf(listener, "elasticloadbalancing");
}

export const securityOf = (listener: Resource): Secured =>
  secured(
    fact(listener, "ssl_policy", {
      read: (value) => lookUp(securityPolicies, value),
      absent: securityPolicies[defaultPolicy] as Security,
      remedy: recommendedPolicy,
      stricter: [strictestPolicy],
      suggests: suggestPolicy,
    }),
  );

const hstsHeader = "routing_http_response_strict_transport_security_header_value";

/**
 * The header that an application load balancer puts into every answer, in the place of its targets'; without one of its
 * own it passes on theirs. Providers before 5.83 have no attribute for it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export const hstsOf = (listener: Resource): Hsts =>
  eachDirective((choose, header) => {
    const isKnown = listener.has(hstsHeader);
    const stand = isKnown ? standAt(listener, hstsHeader, header) : standAt(listener, "");
    const blank = listener.blank(hstsHeader);
    if (blank === "unset") return { ...unknown(headerOf(text`the application`)), ...stand };
    return factAt(blank === "empty" ? known("") : listener.value(hstsHeader), stand, {
      read: (value) => (typeof value === "string" ? choose(parseHsts(value)) : undefined),
      absent: choose(parseHsts("")),
    });
  });

const withHttp2 = ["HTTP/1.1", "HTTP/2"];

export const httpVersionsOf = (listener: Resource): Fact<readonly string[]> =>
  ofBalancer(listener, (balancer) =>
    fact<readonly string[]>(balancer, "enable_http2", {
      read: (value) => (value === true ? withHttp2 : value === false ? ["HTTP/1.1"] : undefined),
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
      absent: withHttp2,
      remedy: true,
    }),
  );

// What CloudFront does for viewers: a route per cache behavior, and what a connection negotiates.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html

import { type Cause, notSet } from "../../cause.ts";
import type { Endpoint, Route } from "../../facts/endpoint.ts";
import { type Fact, fact, lookUp, valueText } from "../../facts/fact.ts";
import { everything, type Security } from "../../facts/service.ts";
import { suggestSecurity } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { hstsOf, hstsOnErrorPages } from "./cloudfront-hsts.ts";
import {
  defaultCertificatePolicy,
  httpVersions,
  recommendedPolicy,
  securityPolicies,
  sniMethods,
  strictestPolicy,
  viewerProtocols,
} from "./cloudfront-values.ts";

/** CloudFront takes ACM certificates from this region only (AWS, "Requirements for using SSL/TLS certificates with CloudFront"). */
export const certificateRegion = "us-east-1";

/** The security policy beside a certificate of the owner's. */
export const securityPolicyOf = (viewer: Block): Fact<Security> =>
  fact(viewer, "minimum_protocol_version", {
    read: (value) => lookUp(securityPolicies, value),
    absent: securityPolicies[defaultCertificatePolicy] as Security,
    remedy: recommendedPolicy,
    stricter: [strictestPolicy],
    suggests: suggestSecurity,
  });

export const sniOf = (viewer: Block, unset: Cause = notSet("ssl_support_method")): Endpoint["sni"] =>
  fact(viewer, "ssl_support_method", {
    read: (value) => lookUp(sniMethods, value),
    absent: { unknown: unset },
    remedy: "sni-only",
  });

export const httpVersionsOf = (distribution: Resource): Endpoint["httpVersions"] =>
  fact(distribution, "http_version", {
    read: (value) => lookUp(httpVersions, value),
    absent: ["HTTP/1.1", "HTTP/2"],
    remedy: "http2and3",
  });

function pathOf(behavior: Block): DisplayText {
  const instead = behavior.at.startsWith("default") ? everything : nameText(behavior.at);
  return valueText(behavior.value("path_pattern"), instead);
}

/** Errors that viewers see as ordinary pages, where their header is not that of the other answers. */
export const errorRoutesOf = (behaviors: readonly Block[]): Route[] =>
  behaviors.flatMap((behavior) => {
    const hsts = hstsOnErrorPages(behavior);
    return hsts ? [{ path: text`${pathOf(behavior)} (error pages)`, hsts }] : [];
  });

export function routeOf(behavior: Block): Route {
  return {
    path: pathOf(behavior),
    plainHttp: fact(behavior, "viewer_protocol_policy", {
      read: (value) => lookUp(viewerProtocols, value),
      absent: { unknown: notSet("viewer_protocol_policy") },
      remedy: "redirect-to-https",
    }),
    hsts: hstsOf(behavior),
  };
}

// aws_cloudfront_distribution → endpoint: one route per cache behavior, one upstream per origin.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Route } from "../../facts/endpoint.ts";
import { causeOf, type Fact, fact, known, lookUp, mapped, standAt, unknown } from "../../facts/fact.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { certificateTargets, certificateUse, type OwnCertificate } from "./certificate-use.ts";
import { hstsOf } from "./cloudfront-hsts.ts";
import { upstreamsOf } from "./cloudfront-origin.ts";
import {
  defaultCertificatePolicy,
  httpVersions,
  recommendedPolicy,
  securityPolicies,
  sniMethods,
  viewerProtocols,
} from "./cloudfront-values.ts";

/** CloudFront takes ACM certificates from this region only (AWS, "Requirements for using SSL/TLS certificates with CloudFront"). */
const certificateRegion = "us-east-1";

export default defineAdapter({
  id: "aws/cloudfront",
  resourceTypes: ["aws_cloudfront_distribution"],
  endpoints: (distribution) => [endpointOf(distribution)],
});

function endpointOf(distribution: Resource): Endpoint {
  const viewer = distribution.block("viewer_certificate");
  const names = namesOf(distribution);
  const own = ownCertificate(viewer);
  const security = securityPolicyOf(viewer, own !== undefined);
  const behaviors = [
    ...distribution.blocks("default_cache_behavior"),
    ...distribution.blocks("ordered_cache_behavior"),
  ];
  const routes = behaviors.map(routeOf);
  return {
    address: distribution.address,
    kind: "CloudFront distribution",
    names,
    certificate: certificatePresence(viewer, names, own),
    certificates: own ? [certificateUse(own, certificateRegion)] : [],
    minimumTls: mapped(security, (policy) => policy.minimumTls),
    forwardSecrecy: mapped(security, (policy) => policy.forwardSecrecy),
    aeadOnly: mapped(security, (policy) => policy.aeadOnly),
    sni: own && sniOf(viewer),
    httpVersions: fact(distribution, "http_version", {
      read: (value) => lookUp(httpVersions, value),
      absent: ["HTTP/1.1", "HTTP/2"],
      remedy: "http2and3",
    }),
    routes,
    upstreams: upstreamsOf(distribution, behaviors, routes),
  };
}

function namesOf(distribution: Resource): Fact<string>[] {
  return distribution.elements("aliases").map((value, index): Fact<string> => {
    const stand = standAt(distribution, `aliases[${index}]`);
    if (value.state === "unknown" || value.state === "absent") return { ...unknown(causeOf(value)), ...stand };
    return { ...value, value: String(value.value), ...stand };
  });
}

/** The provider takes an IAM certificate before an ACM one, and either before CloudFront's own. */
function ownCertificate(block: Block): OwnCertificate | undefined {
  const iam = block.link("iam_certificate_id", { aws_iam_server_certificate: ["id"] });
  if (iam.state !== "absent") return { block, attribute: "iam_certificate_id", link: iam };
  const acm = block.link("acm_certificate_arn", certificateTargets);
  return acm.state === "absent" ? undefined : { block, attribute: "acm_certificate_arn", link: acm };
}

function certificatePresence(
  viewer: Block,
  names: readonly Fact<string>[],
  own: OwnCertificate | undefined,
): Endpoint["certificate"] {
  if (own) {
    const stand = standAt(viewer, own.attribute);
    return own.link.state === "unknown" ? { ...unknown(own.link.cause), ...stand } : { ...known("own"), ...stand };
  }
  const stand = standAt(viewer, "acm_certificate_arn");
  if (names.some((name) => name.state !== "unknown")) return { ...known("missing"), ...stand };
  const [open] = names;
  if (open?.state === "unknown") return { ...unknown(`it depends on aliases, which are ${open.cause}`), ...stand };
  return { ...known("provider"), ...stand };
}

type SecurityPolicy = (typeof securityPolicies)[string];

function securityPolicyOf(viewer: Block, hasOwnCertificate: boolean): Fact<SecurityPolicy> {
  const weakest = securityPolicies[defaultCertificatePolicy] as SecurityPolicy;
  if (hasOwnCertificate) {
    return fact(viewer, "minimum_protocol_version", {
      read: (value) => lookUp(securityPolicies, value),
      suggests: suggestTls,
      absent: weakest,
      remedy: recommendedPolicy,
    });
  }
  const note = "CloudFront's own certificate takes security policy TLSv1, whatever minimum_protocol_version says";
  return { ...known(weakest), ...standAt(viewer, "acm_certificate_arn"), note };
}

const sniOf = (viewer: Block): Fact<boolean> =>
  fact(viewer, "ssl_support_method", {
    read: (value) => lookUp(sniMethods, value),
    absent: { unknown: "ssl_support_method is not set, and CloudFront needs it beside a certificate" },
    remedy: "sni-only",
  });

function routeOf(behavior: Block): Route {
  const pattern = behavior.value("path_pattern");
  return {
    path: pattern.state === "known" ? String(pattern.value) : behavior.at.startsWith("default") ? "*" : behavior.at,
    plainHttp: fact(behavior, "viewer_protocol_policy", {
      read: (value) => lookUp(viewerProtocols, value),
      absent: { unknown: "viewer_protocol_policy is not set" },
      remedy: "redirect-to-https",
    }),
    hsts: hstsOf(behavior),
  };
}

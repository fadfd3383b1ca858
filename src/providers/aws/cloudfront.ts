// aws_cloudfront_distribution → endpoint: one route per cache behavior, one upstream per origin.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html

import { because, describeCause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, failsSafe, known, standAt, unknown } from "../../facts/fact.ts";
import { namesIn, type Security, secured } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certificateTargets, certificateUse, type OwnCertificate } from "./certificate-use.ts";
import {
  certificateRegion,
  errorRoutesOf,
  httpVersionsOf,
  routeOf,
  securityPolicyOf,
  sniOf,
} from "./cloudfront-behavior.ts";
import { upstreamsOf } from "./cloudfront-origin.ts";
import { defaultCertificatePolicy, securityPolicies } from "./cloudfront-values.ts";

export default defineAdapter({
  id: "aws/cloudfront",
  resourceTypes: ["aws_cloudfront_distribution"],
  cannotShow: ["What Lambda@Edge functions do to the headers of a CloudFront distribution."],
  endpoints: (distribution) => [endpointOf(distribution)],
});

function endpointOf(distribution: Resource): Endpoint {
  const viewer = distribution.block("viewer_certificate");
  const names = namesIn(distribution, "aliases");
  const own = ownCertificate(viewer);
  const behaviors = ["default_cache_behavior", "ordered_cache_behavior"].flatMap((name) => distribution.blocks(name));
  const routes = behaviors.map(routeOf);
  return {
    address: distribution.address,
    kind: "CloudFront distribution",
    names,
    certificate: certificatePresence(viewer, names, own),
    certificates: own ? [certificateUse(own, certificateRegion)] : [],
    ...secured(own ? securityPolicyOf(viewer) : withoutCertificate(viewer)),
    sni: own && sniOf(viewer, because`ssl_support_method is not set, and CloudFront needs it beside a certificate`),
    httpVersions: httpVersionsOf(distribution),
    routes: [...routes, ...errorRoutesOf(behaviors)],
    upstreams: upstreamsOf(distribution, behaviors, routes),
  };
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
    // CloudFront rejects aliases without a certificate (same page).
    return own.link.state === "unknown" ? failsSafe({ ...own.link, ...stand }) : { ...known("own"), ...stand };
  }
  const stand = standAt(viewer, "acm_certificate_arn");
  if (names.some((name) => name.state !== "unknown")) return { ...known("missing"), ...stand };
  const [open] = names;
  if (open?.state === "unknown") {
    const cause = because`it depends on aliases, which are ${describeCause(open.cause)}`;
    return failsSafe({ ...unknown(cause, open.kind), ...stand });
  }
  return { ...known("provider"), ...stand };
}

function withoutCertificate(viewer: Block): Fact<Security> {
  const note = text`CloudFront's own certificate takes security policy TLSv1, whatever minimum_protocol_version says`;
  return {
    ...known(securityPolicies[defaultCertificatePolicy] as Security),
    ...standAt(viewer, "acm_certificate_arn"),
    note,
  };
}

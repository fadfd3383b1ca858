// Requires HTTPS on the hop to every origin.

import type { Endpoint, Upstream } from "../src/facts/endpoint.ts";
import { all, type Fact, isShown, mapped, unknown } from "../src/facts/fact.ts";
import { definePolicy, judge } from "../src/policy.ts";

export default definePolicy({
  id: "origin-https-only",
  requires: "Use HTTPS to every origin",
  severity: "high",
  whenUnknown: "warn",
  why: "HTTPS to the viewer is no use where the next hop carries the same requests, cookies and answers in plain text across the internet.",
  fix: "Use HTTPS to the origin, whatever protocol the viewer used.",
  references: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.9"],
    "NIST SP 800-53 r5": ["SC-8", "SC-8(1)"],
    "OWASP ASVS 5.0": ["12.3.1"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluate: (endpoint) =>
    endpoint.upstreams.flatMap((upstream) => [
      judge(
        isHttps(upstream, endpoint),
        (secure) =>
          secure || `uses plain HTTP to ${upstream.name}${followsViewer(upstream) ? ", as some viewers do" : ""}`,
        upstream.name,
      ),
      judge(
        encrypts(upstream) ? upstream.certificate : undefined,
        (check) => check === "verified" || `does not check whose certificate ${upstream.name} shows`,
        `certificate of ${upstream.name}`,
      ),
    ]),
});

const followsViewer = ({ protocol }: Upstream): boolean => isShown(protocol) && protocol.value === "viewer";

/** Plain HTTP shows no certificate, and is told of already. */
const encrypts = ({ protocol }: Upstream): boolean => !isShown(protocol) || protocol.value !== "http";

/** What goes to the origin depends on the viewer only where the hop follows the viewer's protocol. */
function isHttps(upstream: Upstream, endpoint: Endpoint): Fact<boolean> {
  const { protocol, routes } = upstream;
  const notHttp = mapped(protocol, (one): boolean => one !== "http");
  if (!followsViewer(upstream)) return notHttp;
  const leading = endpoint.routes.filter(({ path }) => routes.length === 0 || routes.includes(path));
  const untold: Fact<never> = {
    ...unknown("the plan does not tell what becomes of plain HTTP"),
    place: protocol.place,
  };
  const treatments = leading.map(({ plainHttp }) => plainHttp ?? untold);
  return all(notHttp, ...treatments.map((one) => mapped(one, (treatment) => treatment !== "served")));
}

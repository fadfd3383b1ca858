// Requires HTTPS on the hop to every origin, but for those in a private network: private-hop-https judges them.
import { followsViewer, isHttps } from "../src/facts/hop.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

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
    endpoint.upstreams
      .filter(({ reach }) => reach === "public")
      .flatMap((upstream) => [
        judge(
          isHttps(upstream, endpoint),
          (secure) =>
            secure ||
            text`uses plain HTTP to ${upstream.name}${followsViewer(upstream) ? text`, as some viewers do` : ""}`,
          upstream.name,
        ),
        judge(
          upstream.certificate,
          (check) => check === "verified" || text`does not check whose certificate ${upstream.name} shows`,
          text`certificate of ${upstream.name}`,
        ),
      ]),
});

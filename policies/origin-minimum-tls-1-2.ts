// Requires TLS 1.2 or newer on the hop to every origin, but for those in a private network: private-hop-https judges them.
import { atLeast } from "../src/facts/endpoint.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "origin-minimum-tls-1-2",
  requires: "Require TLS 1.2 or newer to every origin",
  severity: "medium",
  whenUnknown: "warn",
  why: "An attacker between the endpoint and its origin can push both down to the oldest version that they share; TLS 1.0 and 1.1 are deprecated (RFC 8996).",
  fix: "Offer only TLS 1.2 and newer to the origin.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc8996",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-ciphers-cloudfront-to-origin.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.10"],
    "NIST SP 800-53 r5": ["SC-8", "SC-13"],
    "OWASP ASVS 5.0": ["12.3.1"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluate: ({ upstreams }) =>
    upstreams
      .filter(({ reach }) => reach === "public")
      .map(({ name, minimumTls }) =>
        judge(minimumTls, (version) => atLeast(version, "TLS 1.2") || text`offers ${version} to ${name}`, name),
      ),
});

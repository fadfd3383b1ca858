// Requires SNI in place of dedicated IP addresses.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "sni-only",
  requires: "Tell clients apart by SNI, not by dedicated IP addresses",
  severity: "low",
  whenUnknown: "warn",
  why: "A dedicated address serves clients that are too old for SNI (RFC 6066), holds the endpoint at their TLS versions, and is billed by the month.",
  fix: "Serve the certificate by SNI.",
  references: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-https-dedicated-ip-or-sni.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.8"],
  },

  evaluate: ({ sni }) => [judge(sni, (byName) => byName || text`serves its certificate from dedicated IP addresses`)],
});

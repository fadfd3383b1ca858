// Requires HTTP/2 or newer.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "modern-http",
  requires: "Offer HTTP/2 or HTTP/3",
  severity: "low",
  whenUnknown: "warn",
  why: "HTTP/2 and 3 are faster, and stricter: HTTP/2 forbids weak cipher suites (RFC 9113), HTTP/3 has no TLS below 1.3 (RFC 9114).",
  fix: "Enable HTTP/2, or HTTP/2 and 3.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc9113#section-9.2",
    "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html",
  ],
  controls: {},

  evaluate: ({ httpVersions }) => [
    judge(httpVersions, (versions) => versions.some((one) => one !== "HTTP/1.1") || text`offers HTTP/1.1 only`),
  ],
});

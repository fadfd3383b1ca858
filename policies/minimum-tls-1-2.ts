// Requires TLS 1.2 or newer on every endpoint.
import { atLeast, type TlsVersion } from "../src/facts/endpoint.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "minimum-tls-1-2",
  requires: "Require TLS 1.2 or newer on every endpoint",
  severity: "high",
  whenUnknown: "refuse",
  why: "TLS 1.0 and 1.1 are deprecated (RFC 8996), and App Transport Security refuses to connect with them.",
  fix: "Raise the endpoint's minimum protocol version to TLS 1.2 or newer.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc8996",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.15"],
    "NIST SP 800-52 r2": ["3.1"],
    "NIST SP 800-53 r5": ["SC-8", "SC-13"],
    "OWASP ASVS 5.0": ["12.1.1"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  options: {
    minimum: { description: "The oldest version that passes", default: "TLS 1.2", allowed: ["TLS 1.2", "TLS 1.3"] },
  },

  evaluate: ({ minimumTls }, { minimum }) => [
    judge(minimumTls, (version) => atLeast(version, minimum as TlsVersion) || text`accepts ${version}`),
  ],
});

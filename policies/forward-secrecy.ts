// Requires forward secrecy of every cipher suite.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "forward-secrecy",
  requires: "Offer only cipher suites with forward secrecy",
  severity: "high",
  whenUnknown: "warn",
  why: "Without an ephemeral key exchange (ECDHE), whoever gets the private key one day can read all traffic recorded before. App Transport Security connects only with such suites.",
  fix: "Choose a security policy without RSA key transport.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc9325#section-4.1",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.15"],
    "NIST SP 800-53 r5": ["SC-8", "SC-13"],
    "OWASP ASVS 5.0": ["12.1.2"],
  },

  evaluate: ({ forwardSecrecy }) => [
    judge(forwardSecrecy, (secret) => secret || text`offers cipher suites without forward secrecy`),
  ],
});

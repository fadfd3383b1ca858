// Requires authenticated encryption (AEAD) of every cipher suite.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "strong-ciphers",
  requires: "Offer only cipher suites with authenticated encryption",
  severity: "medium",
  whenUnknown: "warn",
  why: "CBC suites have been broken time and again (Lucky 13, POODLE); HTTP/2 forbids them, and current guidance (RFC 9325) recommends AEAD alone.",
  fix: "Choose a security policy that offers only AES-GCM or ChaCha20-Poly1305.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.15"],
    "NIST SP 800-53 r5": ["SC-13"],
    "OWASP ASVS 5.0": ["12.1.2"],
  },

  evaluate: ({ aeadOnly }) => [
    judge(aeadOnly, (strong) => strong || text`offers cipher suites without authenticated encryption (CBC or older)`),
  ],
});

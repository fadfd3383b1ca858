// Requires keys of RSA 2048, ECDSA 256 or stronger.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

const leastBits = { RSA: 2048, ECDSA: 256 };

export default definePolicy({
  id: "certificate-key-strength",
  requires: "Use keys of at least RSA 2048 or ECDSA 256 bits",
  severity: "high",
  whenUnknown: "warn",
  why: "Shorter keys can be broken; certificate authorities no longer sign them, and App Transport Security refuses them.",
  fix: "Request or import a certificate with an RSA key of 2048 bits or more, or an ECDSA key of 256 bits or more.",
  references: ["https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html"],
  controls: {
    "AWS FSBP": ["ACM.2"],
    "NIST SP 800-52 r2": ["3.2"],
    "NIST SP 800-53 r5": ["SC-12(3)", "SC-17"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluateCertificate: ({ key }) => [
    judge(
      key,
      ({ algorithm, size }) => size >= leastBits[algorithm] || text`has ${algorithm} key of only ${size} bits`,
    ),
  ],
});

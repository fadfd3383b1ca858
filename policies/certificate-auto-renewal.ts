// Requires certificates that renew themselves.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-auto-renewal",
  requires: "Use certificates that renew themselves",
  severity: "medium",
  whenUnknown: "warn",
  why: "A certificate that waits for a person expires one day: one validated by email needs an answer to a mail, an imported one a new import.",
  fix: "Request the certificate from the provider and validate it by DNS.",
  references: ["https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html"],
  controls: {
    "AWS FSBP": ["ACM.1"],
    "NIST SP 800-53 r5": ["SC-17"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluateCertificate: ({ renewal }) => [judge(renewal, (how) => how === "automatic" || text`is renewed only ${how}`)],
});

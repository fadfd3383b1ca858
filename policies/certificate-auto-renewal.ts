// Requires certificates that renew themselves.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-auto-renewal",
  requires: "Use certificates that renew themselves",
  severity: "medium",
  whenUnknown: "warn",
  why: "A certificate that waits for a person expires one day: one validated by email needs an answer to a mail, an imported one a new import. It comes up ever more often: public certificates last at most 200 days since March 2026, 100 from March 2027 and 47 from March 2029 (CA/Browser Forum, SC-081v3).",
  fix: "Request the certificate from the provider and validate it by DNS.",
  references: [
    "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
    "https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/",
  ],
  controls: {
    "AWS FSBP": ["ACM.1"],
    "NIST SP 800-53 r5": ["SC-17"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluateCertificate: ({ renewal }) => [judge(renewal, (how) => how === "automatic" || text`is renewed only ${how}`)],
});

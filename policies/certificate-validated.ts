// Requires that the certificate is issued before it is used.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-validated",
  requires: "Use a certificate only once it is issued",
  severity: "medium",
  whenUnknown: "warn",
  why: "A certificate that is still pending validation cannot be attached: the apply fails, or passes only on its second run.",
  fix: "Take the certificate's ARN from the resource that waits for its validation.",
  references: ["https://docs.aws.amazon.com/acm/latest/userguide/domain-ownership-validation.html"],
  controls: {
    "NIST SP 800-53 r5": ["SC-17"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluate: ({ certificates }) =>
    certificates.map(({ ready }) =>
      judge(ready, (issued) => issued || text`uses a certificate that may not be issued yet`),
    ),
});

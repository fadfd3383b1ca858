// Requires certificates to be logged to Certificate Transparency logs.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-transparency",
  requires: "Log certificates to Certificate Transparency logs",
  severity: "medium",
  whenUnknown: "warn",
  why: "Browsers and App Transport Security distrust a public certificate without proof of logging, and an unlogged one issued behind its owner's back stays unseen. ACM logs every public certificate that it issues; opting out is no longer available.",
  fix: "Take the certificate from an issuer that logs it, and leave logging enabled.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc9162",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html",
  ],
  controls: {
    "NIST SP 800-53 r5": ["SC-17"],
  },

  evaluateCertificate: ({ transparency }) => [
    judge(
      transparency,
      (logged) => logged || text`keeps the certificate out of the transparency logs, so browsers distrust it`,
    ),
  ],
});

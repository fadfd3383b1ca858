// Requires a certificate for the endpoint's own names.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-present",
  requires: "Show a certificate of your own wherever the endpoint has names of its own",
  severity: "critical",
  whenUnknown: "refuse",
  why: "Without a certificate for its names no client can trust the endpoint: browsers and App Transport Security refuse the connection, and CloudFront refuses the apply.",
  fix: "Attach a certificate that covers the endpoint's names.",
  references: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"],
  controls: {
    "AWS FSBP": ["CloudFront.7"],
    "NIST SP 800-53 r5": ["SC-8", "SC-17"],
    "OWASP ASVS 5.0": ["12.2.2"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluate: ({ certificate }) => [
    judge(certificate, (whose) => whose !== "missing" || text`has names of its own, but no certificate for them`),
  ],
});

// Requires that no route answers plain HTTP.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "https-only",
  requires: "Redirect or refuse plain HTTP on every route",
  severity: "critical",
  whenUnknown: "refuse",
  why: "One route that answers plain HTTP is enough: whoever sits on the network path reads and changes what it carries, cookies of the whole host included.",
  fix: "Redirect plain HTTP to HTTPS, or refuse it, on every route.",
  references: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
  ],
  controls: {
    "AWS FSBP": ["CloudFront.3"],
    "NIST SP 800-53 r5": ["SC-8", "SC-8(1)", "SC-23"],
    "OWASP ASVS 5.0": ["12.2.1"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluate: ({ routes }) =>
    routes.flatMap(({ path, plainHttp, redirectsTo }) => [
      judge(plainHttp, (treatment) => treatment !== "served" || text`answers plain HTTP on ${path}`, path),
      judge(
        redirectsTo,
        (protocol) => protocol === "https" || text`redirects HTTPS to plain HTTP on ${path}`,
        text`redirect of ${path}`,
      ),
    ]),
});

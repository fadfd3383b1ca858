// Requires the certificate to be where the endpoint can take it from.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "certificate-region",
  requires: "Keep the certificate in the region where the endpoint takes it from",
  severity: "high",
  whenUnknown: "refuse",
  why: "CloudFront takes certificates of ACM from us-east-1 only. Neither validate nor plan notices one elsewhere; the apply fails, half done.",
  fix: "Request or import the certificate in the region that the endpoint needs, with a provider alias or the region argument.",
  references: ["https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"],
  controls: {
    "NIST SP 800-53 r5": ["SC-17"],
  },

  options: {
    allowed: { description: "Regions that certificates may be in; any where there are none", default: [] },
  },

  evaluate: ({ certificates }, { allowed }) =>
    certificates.map(({ region, sameRegion }) => {
      if (sameRegion && allowed.length === 0) return judge(sameRegion, () => true);
      return judge(region, ({ actual, required }, show) => {
        if (actual !== required)
          return text`takes its certificate from ${show(required)}, but it is in ${show(actual)}`;
        return allowed.length === 0 || allowed.includes(actual) || text`has its certificate in ${show(actual)}`;
      });
    }),
});

// Requires an HSTS header of a year or more on every route.
import { hstsRoutes, oneYear } from "../src/facts/hsts.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "hsts-enabled",
  requires: "Send Strict-Transport-Security with a max-age of at least a year on every route",
  severity: "high",
  whenUnknown: "refuse",
  why: "Without HSTS (RFC 6797) a browser's first request can be plain HTTP, where an attacker answers it in place of the redirect. A function at the edge can set the header too, but may not run on errors: a policy for response headers reaches every answer.",
  fix: "Send Strict-Transport-Security with max-age=31536000 or more on every route.",
  references: [
    "https://www.rfc-editor.org/rfc/rfc6797",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
  ],
  controls: {
    "NIST SP 800-53 r5": ["SC-8", "SC-23"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  options: {
    minimumMaxAge: { description: "The shortest max-age that passes, in seconds", default: oneYear, minimum: 1 },
  },

  evaluate: ({ routes }, { minimumMaxAge }) =>
    hstsRoutes(routes).map(({ path, hsts }) =>
      judge(
        hsts.maxAge,
        (seconds) =>
          seconds >= minimumMaxAge ||
          (seconds > 0 ? text`sends HSTS for only ${seconds} seconds on ${path}` : text`sends no HSTS on ${path}`),
        path,
      ),
    ),
});

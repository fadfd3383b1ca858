// Requires what browsers' HSTS preload lists ask for.
import { all, mapped } from "../src/facts/fact.ts";
import { hstsRoutes, oneYear } from "../src/facts/hsts.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "hsts-preload",
  requires: "Meet the requirements of the browsers' HSTS preload list",
  severity: "low",
  whenUnknown: "warn",
  why: "Only a preloaded host is safe on a browser's very first visit. Removal from the list takes months, so preload only what will stay on HTTPS with all its subdomains.",
  fix: "Send max-age=31536000 or more with includeSubDomains and preload, then submit the domain at hstspreload.org.",
  references: ["https://hstspreload.org"],
  controls: {
    "NIST SP 800-53 r5": ["SC-8", "SC-23"],
  },

  evaluate: ({ routes }) =>
    hstsRoutes(routes).map(({ path, hsts: { maxAge, includeSubDomains, preload } }) =>
      judge(
        all(
          mapped(maxAge, (seconds) => seconds >= oneYear),
          includeSubDomains,
          preload,
        ),
        (ready) => ready || text`HSTS is not ready for preloading on ${path}`,
        path,
      ),
    ),
});

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
  why: "A browser that ships the list uses HTTPS on the very first visit, where the header comes too late. The list's own site does not recommend it in general: removal takes months, and until then no subdomain is reached without HTTPS. Preload only what will stay on HTTPS with all its subdomains.",
  fix: "Raise max-age step by step (300, 604800, 2592000 seconds, under a waiver that expires), then send max-age=31536000 or more with includeSubDomains and preload, and submit the domain at hstspreload.org.",
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

// Requires that HSTS covers subdomains.

import { hstsRoutes, withHsts } from "../src/facts/hsts.ts";
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "hsts-include-subdomains",
  requires: "Let HSTS cover the subdomains",
  severity: "low",
  whenUnknown: "warn",
  why: "Without includeSubDomains an attacker can answer plain HTTP under a subdomain that does not exist, and plant cookies for the whole domain.",
  fix: "Add includeSubDomains once every subdomain answers HTTPS.",
  references: ["https://www.rfc-editor.org/rfc/rfc6797#section-14.4"],
  controls: {
    "NIST SP 800-53 r5": ["SC-8", "SC-23"],
  },

  evaluate: ({ routes }) =>
    hstsRoutes(routes)
      .filter(withHsts)
      .map(({ path, hsts }) =>
        judge(hsts.includeSubDomains, (included) => included || text`HSTS leaves out subdomains on ${path}`, path),
      ),
});

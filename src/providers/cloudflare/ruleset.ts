// cloudflare_ruleset → endpoint: redirect rules, response header rules for HSTS, and configuration rules with an encryption mode.
// https://developers.cloudflare.com/ruleset-engine/reference/phases-list/

import { defineAdapter } from "../../facts/adapter.ts";
import { endpointsOfRules } from "./rule-endpoint.ts";
import { rulesOf } from "./ruleset-rules.ts";

export default defineAdapter({
  id: "cloudflare/ruleset",
  resourceTypes: ["cloudflare_ruleset"],
  cannotShow: [
    "Which requests an expression takes, but for those of all requests and of all plain HTTP requests",
    "What a Worker or a snippet does to a request or an answer",
  ],
  endpoints: (ruleset) => endpointsOfRules(ruleset, "Cloudflare ruleset", rulesOf(ruleset)),
});

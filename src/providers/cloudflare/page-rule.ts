// cloudflare_page_rule → endpoint: the requests that it redirects or forwards, and the encryption mode of its own.
// https://developers.cloudflare.com/rules/page-rules/

import { defineAdapter } from "../../facts/adapter.ts";
import { pageRulesOf } from "./page-rule-actions.ts";
import { endpointsOfRules } from "./rule-endpoint.ts";

export default defineAdapter({
  id: "cloudflare/page-rule",
  resourceTypes: ["cloudflare_page_rule"],
  endpoints: (rule) => endpointsOfRules(rule, "Cloudflare page rule", pageRulesOf(rule)),
});

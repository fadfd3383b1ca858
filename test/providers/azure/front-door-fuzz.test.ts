// Random Front Doors: nothing throws, and nothing passes but by the tables.

import { fuzz } from "../../support/fuzz.ts";

const header = { header_name: "text", operator: "text", header_value: "text" } as const;
const condition = { operator: "text", values: ["text"], negate_condition: "flag" } as const;

fuzz({
  resources: {
    "azurerm_cdn_frontdoor_custom_domain.made": {
      id: "text",
      host_name: "text",
      tls: [
        {
          certificate_type: "text",
          minimum_version: "text",
          cdn_frontdoor_secret_id: "text",
          cipher_suite: [{ type: "text", custom_ciphers: [{ tls12: ["text"] }] }],
        },
      ],
    },
    "azurerm_cdn_frontdoor_endpoint.made": { id: "text" },
    "azurerm_cdn_frontdoor_origin.made": {
      id: "text",
      host_name: "text",
      certificate_name_check_enabled: "flag",
      cdn_frontdoor_origin_group_id: "text",
    },
    "azurerm_cdn_frontdoor_rule_set.made": { id: "text" },
    "azurerm_cdn_frontdoor_rule.made": {
      cdn_frontdoor_rule_set_id: "text",
      order: "number",
      behaviour_on_match: "text",
      conditions: [{ request_scheme: [condition], host_name: [condition] }],
      actions: [{ modify_response_header: [header], url_redirect: [{ redirect_protocol: "text" }] }],
    },
    "azurerm_cdn_frontdoor_route.made": {
      patterns_to_match: ["text"],
      supported_protocols: ["text"],
      https_redirect_enabled: "flag",
      forwarding_protocol: "text",
      link_to_default_domain: "flag",
      cdn_frontdoor_custom_domain_ids: ["text"],
      cdn_frontdoor_endpoint_id: "text",
      cdn_frontdoor_origin_group_id: "text",
      cdn_frontdoor_rule_set_ids: ["text"],
    },
  },
  words: [
    ...["/one", "/two", "Http", "Https", "HTTP", "HTTPS", "HttpOnly", "HttpsOnly", "MatchRequest"],
    ...[
      "TLS10",
      "TLS12",
      "TLS12_2022",
      "TLS12_2023",
      "Customized",
      "ECDHE_RSA_AES128_GCM_SHA256",
      "ManagedCertificate",
    ],
    ...["CustomerCertificate", "Equal", "Any", "Continue", "Stop", "Overwrite", "Append", "Delete"],
    ...["Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload", "max-age=60", "constructor", ""],
  ],
  passing: {
    "https-only": (value, path) =>
      ["https_redirect_enabled", "supported_protocols"].includes(path) || value === "Https",
    // Of the endpoint's own name Azure decides.
    "minimum-tls-1-2": (value, path) => path === "" || ["TLS12", null, undefined, ""].includes(value as string),
    "forward-secrecy": (value, path) =>
      path === "" ||
      ["TLS12_2022", "TLS12_2023", null, undefined, ""].includes(value as string) ||
      Array.isArray(value),
    "ats-connection": (value, path) =>
      path === "" ||
      ["TLS12_2022", "TLS12_2023", null, undefined, ""].includes(value as string) ||
      Array.isArray(value),
    "strong-ciphers": (value) => value === "TLS12_2023" || Array.isArray(value),
    "origin-https-only": (value) => ["HttpsOnly", "MatchRequest", "", null, true].includes(value as string),
    "certificate-present": () => true,
    "certificate-covers-domains": () => true,
    "certificate-auto-renewal": () => true,
    "modern-http": () => true,
  },
});

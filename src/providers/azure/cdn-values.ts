// What Azure's two CDNs, Front Door and classic CDN, have in common: the words of their rules; and classic CDN's own.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `redirect_protocol` of Front Door's rules, `protocol` of classic CDN's; MatchRequest keeps the request's
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_rule
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_endpoint
 */
export const redirectProtocols: { readonly [name: string]: "served" | "redirected" } = {
  Https: "redirected",
  Http: "served",
  MatchRequest: "served",
};

/**
 * `header_action`, `operator` or `action` of what a rule does with a response header
 * https://learn.microsoft.com/azure/frontdoor/front-door-rules-engine-actions
 */
export const headerActions: { readonly [name: string]: "set" | "append" | "remove" } = {
  Overwrite: "set",
  Append: "append",
  Delete: "remove",
};

/**
 * `tls_version` of a classic CDN's custom domain; None stands for no minimum
 * https://registry.terraform.io/providers/hashicorp/azurerm/4.81.0/docs/resources/cdn_endpoint_custom_domain
 */
export const domainTlsVersions: { readonly [name: string]: TlsVersion } = {
  None: "TLS 1.0",
  TLS10: "TLS 1.0",
  TLS12: "TLS 1.2",
};

/**
 * `protocol_type` of a classic CDN's custom domain: whether clients are told apart by the name they ask for
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_endpoint_custom_domain
 */
export const sniTypes: { readonly [name: string]: boolean } = {
  ServerNameIndication: true,
  IPBased: false,
};

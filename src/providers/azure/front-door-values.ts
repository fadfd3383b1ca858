// Front Door's names for what it negotiates with clients, and for how it reaches an origin.

import type { TlsVersion } from "../../facts/endpoint.ts";
import { suggestSuite } from "../../facts/suggest.ts";

/**
 * `tls.minimum_version` (`tls.minimum_tls_version` before azurerm 5) of a custom domain
 * https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy
 */
export const tlsVersions: { readonly [name: string]: TlsVersion } = {
  TLS10: "TLS 1.0",
  TLS12: "TLS 1.2",
  // In the API's list alone: https://learn.microsoft.com/rest/api/frontdoor/azurefrontdoorstandardpremium/afd-custom-domains/create
  TLS13: "TLS 1.3",
};

/**
 * `tls.certificate_type` of a custom domain: Azure's, for the domain's name, or its owner's
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_custom_domain
 */
export const certificateTypes: { readonly [name: string]: "managed" | "customer" } = {
  ManagedCertificate: "managed",
  CustomerCertificate: "customer",
};

interface Suites {
  readonly forwardSecrecy: boolean;
  readonly aeadOnly: boolean;
  readonly ecdheAes: boolean;
}

/**
 * `tls.cipher_suite.type` of a custom domain; Customized lists its own
 * https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy
 */
export const cipherSuiteTypes: { readonly [name: string]: Suites } = {
  TLS12_2023: { forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  // ECDHE with CBC too.
  TLS12_2022: { forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
  // Retired; RSA key transport and CBC beside ECDHE: the same page, before April 2025.
  TLS10_2019: { forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
};

/** What Azure takes where none is named, which the provider does not show (its source, cdn_frontdoor_custom_domain_resource.go). */
export const defaultSuites = "TLS12_2022";

/** The type that the remedies name. */
export const recommendedSuites = "TLS12_2023";

/**
 * `tls.cipher_suite.custom_ciphers.tls12` of a custom domain
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_custom_domain
 */
export const customCiphers: { readonly [name: string]: Suites } = {
  ECDHE_RSA_AES128_GCM_SHA256: { forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  ECDHE_RSA_AES256_GCM_SHA384: { forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  // CBC, which the name leaves out.
  ECDHE_RSA_AES128_SHA256: { forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
  ECDHE_RSA_AES256_SHA384: { forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
  // Front Door takes no DHE in lists any more: the provider's source.
  DHE_RSA_AES128_GCM_SHA256: { forwardSecrecy: true, aeadOnly: true, ecdheAes: false },
  DHE_RSA_AES256_GCM_SHA384: { forwardSecrecy: true, aeadOnly: true, ecdheAes: false },
};

/** OpenSSL's names, with other lines between their words. */
export const suggestCustom = (name: string): string | undefined => suggestSuite(name.replaceAll("_", "-"));

/**
 * `forwarding_protocol` of a route, a rule, or a rule of Front Door (classic): how requests go on to an origin
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_route
 */
export const forwardingProtocols: { readonly [name: string]: "http" | "https" | "viewer" } = {
  HttpOnly: "http",
  HttpsOnly: "https",
  MatchRequest: "viewer",
};

/**
 * `redirect_protocol` of a routing rule of Front Door (classic); MatchRequest keeps the request's
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/frontdoor
 */
export const classicRedirectProtocols: { readonly [name: string]: "served" | "redirected" } = {
  HttpsOnly: "redirected",
  HttpOnly: "served",
  MatchRequest: "served",
};

/**
 * `custom_https_configuration.minimum_tls_version`, which Azure alone sets, of Front Door (classic)
 * https://learn.microsoft.com/rest/api/frontdoorservice/frontdoor/frontdoors/createorupdate#minimumtlsversion
 */
export const classicTlsVersions: { readonly [name: string]: TlsVersion } = {
  "1.0": "TLS 1.0",
  "1.2": "TLS 1.2",
};

// API Management's switches for protocols and cipher suites, each in the words of its attribute.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `security.frontend_…_enabled`, oldest first: TLS 1.2 and newer are always on
 * https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/api_management
 */
export const frontendProtocols: { readonly [attribute: string]: TlsVersion } = {
  frontend_ssl30_enabled: "SSLv3",
  frontend_tls10_enabled: "TLS 1.0",
  frontend_tls11_enabled: "TLS 1.1",
};

/**
 * `security.backend_…_enabled`, oldest first, for connections to backends: TLS 1.2 is always on
 * https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/api_management
 */
export const backendProtocols: { readonly [attribute: string]: TlsVersion } = {
  backend_ssl30_enabled: "SSLv3",
  backend_tls10_enabled: "TLS 1.0",
  backend_tls11_enabled: "TLS 1.1",
};

/**
 * `tls…_enabled` of a self-hosted gateway's host name, oldest first
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/api_management_gateway_host_name_configuration
 */
export const gatewayProtocols: { readonly [attribute: string]: TlsVersion } = {
  tls10_enabled: "TLS 1.0",
  tls11_enabled: "TLS 1.1",
};

/**
 * `security.…_ciphers_enabled`: suites that can be switched off. Those that cannot are all forward secret, some with CBC
 * https://learn.microsoft.com/rest/api/apimanagement/api-management-service/create-or-update
 */
export const cipherSwitches: { readonly [attribute: string]: string } = {
  triple_des_ciphers_enabled: "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
  tls_rsa_with_aes128_cbc_sha_ciphers_enabled: "TLS_RSA_WITH_AES_128_CBC_SHA",
  tls_rsa_with_aes128_cbc_sha256_ciphers_enabled: "TLS_RSA_WITH_AES_128_CBC_SHA256",
  tls_rsa_with_aes128_gcm_sha256_ciphers_enabled: "TLS_RSA_WITH_AES_128_GCM_SHA256",
  tls_rsa_with_aes256_cbc_sha_ciphers_enabled: "TLS_RSA_WITH_AES_256_CBC_SHA",
  tls_rsa_with_aes256_cbc_sha256_ciphers_enabled: "TLS_RSA_WITH_AES_256_CBC_SHA256",
  // The provider's own: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/api_management
  tls_rsa_with_aes256_gcm_sha384_ciphers_enabled: "TLS_RSA_WITH_AES_256_GCM_SHA384",
  tls_ecdhe_ecdsa_with_aes128_cbc_sha_ciphers_enabled: "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
  tls_ecdhe_ecdsa_with_aes256_cbc_sha_ciphers_enabled: "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
  tls_ecdhe_rsa_with_aes128_cbc_sha_ciphers_enabled: "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
  tls_ecdhe_rsa_with_aes256_cbc_sha_ciphers_enabled: "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
};

/**
 * `protocols` of an API: whether the gateway answers it over plain HTTP
 * https://learn.microsoft.com/rest/api/apimanagement/apis/create-or-update
 */
export const apiProtocols: { readonly [protocol: string]: "plain" | "encrypted" } = {
  http: "plain",
  ws: "plain",
  https: "encrypted",
  wss: "encrypted",
};

/**
 * `sku_name`, before its underscore: tiers whose cipher suites cannot be switched, in Microsoft's words
 * https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers
 */
export const fixedTiers: { readonly [tier: string]: string } = {
  Consumption: "Consumption",
  BasicV2: "Basic v2",
  StandardV2: "Standard v2",
  PremiumV2: "Premium v2",
};

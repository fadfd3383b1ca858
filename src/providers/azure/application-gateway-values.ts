// Application gateways' names for what they negotiate, and for what they speak with clients and backends.

import type { TlsVersion } from "../../facts/endpoint.ts";
import type { Security } from "../../facts/service.ts";

/** Each offers TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (page of the policies). */
const of = (minimumTls: TlsVersion, forwardSecrecy: boolean, aeadOnly: boolean): Security => ({
  minimumTls,
  forwardSecrecy,
  aeadOnly,
  ecdheAes: true,
});

/**
 * `ssl_policy.policy_name`, of a gateway or of one of its SSL profiles
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
 */
export const predefinedPolicies: { readonly [name: string]: Security } = {
  // RSA key transport, 3DES.
  AppGwSslPolicy20150501: of("TLS 1.0", false, false),
  // RSA key transport.
  AppGwSslPolicy20170401: of("TLS 1.1", false, false),
  AppGwSslPolicy20170401S: of("TLS 1.2", false, false),
  // ECDHE with CBC.
  AppGwSslPolicy20220101: of("TLS 1.2", true, false),
  AppGwSslPolicy20220101S: of("TLS 1.2", true, true),
};

/** Where no policy is written, for gateways that an API from 2023-02-01 on makes (same page), as azurerm 4 and 5 do. */
export const defaultPolicy = "AppGwSslPolicy20220101";

/** The policy that the remedies name: the best of those predefined. */
export const recommendedPolicy = "AppGwSslPolicy20220101S";

/**
 * `ssl_policy.policy_type`: a policy of Azure's by its name, or a version and cipher suites of one's own
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
 */
export const policyTypes: { readonly [name: string]: "predefined" | "custom" } = {
  Predefined: "predefined",
  Custom: "custom",
  CustomV2: "custom",
};

/**
 * `ssl_policy.min_protocol_version` and `ssl_policy.disabled_protocols`
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
 */
export const protocolVersions: { readonly [name: string]: TlsVersion } = {
  TLSv1_0: "TLS 1.0",
  TLSv1_1: "TLS 1.1",
  TLSv1_2: "TLS 1.2",
  TLSv1_3: "TLS 1.3",
};

/**
 * `protocol` of an `http_listener`, or of a `listener`, which passes on what it decrypts without looking into it
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/application_gateway
 */
export const listenerProtocols: { readonly [name: string]: "http" | "https" | "tls" | "other" } = {
  Http: "http",
  Https: "https",
  Tls: "tls",
  Tcp: "other",
};

/**
 * `protocol` of `backend_http_settings`, or of a `backend`
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/application_gateway
 */
export const backendProtocols: { readonly [name: string]: "http" | "https" } = {
  Http: "http",
  Https: "https",
  Tls: "https",
  // What the gateway decrypts goes on in plain text.
  Tcp: "http",
};

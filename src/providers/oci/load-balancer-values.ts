// Oracle Cloud's names for what its load balancers do: TLS versions, cipher suites, protocols.

import type { TlsVersion } from "../../facts/endpoint.ts";
import type { Security } from "../../facts/service.ts";

/**
 * `ssl_configuration.protocols`; TLSv1.2 where none is written
 * https://docs.oracle.com/en-us/iaas/tools/terraform-provider-oci/latest/docs/r/load_balancer_listener.html
 */
export const tlsProtocols: { readonly [name: string]: TlsVersion } = {
  TLSv1: "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
  "TLSv1.3": "TLS 1.3",
};

export type Suites = Omit<Security, "minimumTls">;

// ECDHE-RSA-AES128-GCM-SHA256 or a suite of TLS 1.3 is in each of them.
const gcm: Suites = { forwardSecrecy: true, aeadOnly: true, ecdheAes: true };
const cbc: Suites = { forwardSecrecy: true, aeadOnly: false, ecdheAes: true };
const rsa: Suites = { forwardSecrecy: false, aeadOnly: false, ecdheAes: true };

/**
 * `ssl_configuration.cipher_suite_name`, those that Oracle defines
 * https://docs.oracle.com/iaas/Content/Balance/Tasks/managingciphersuites_topic-Predefined_Cipher_Suites.htm
 */
export const cipherSuites: { readonly [name: string]: Suites } = {
  "oci-tls-12-ssl-cipher-suite-v3": gcm,
  "oci-fips-tls-12-ssl-cipher-suite-v3": gcm,
  "oci-tls-13-ssl-cipher-suite-v3": gcm,
  "oci-fips-tls-13-ssl-cipher-suite-v3": gcm,
  "oci-default-http2-tls-13-ssl-cipher-suite-v1": gcm,
  "oci-default-http2-tls-12-13-ssl-cipher-suite-v1": gcm,
  "oci-tls-13-recommended-ssl-cipher-suite-v1": gcm,
  // DHE and ECDHE, with CBC: ECDHE-RSA-AES128-SHA256 and others.
  "oci-default-ssl-cipher-suite-v1": cbc,
  // RSA key transport too: AES128-GCM-SHA256 and others.
  "oci-modern-ssl-cipher-suite-v1": rsa,
  "oci-compatible-ssl-cipher-suite-v1": rsa,
  "oci-wider-compatible-ssl-cipher-suite-v1": rsa,
  "oci-tls-12-13-wider-ssl-cipher-suite-v1": rsa,
  "oci-tls-11-12-13-wider-ssl-cipher-suite-v1": rsa,
};

/** What the names say of key exchange: the wider and the compatible ones offer RSA's too, those of TLS 1.3 alone do not. */
export function suggestSuites(name: string): string | undefined {
  if (/^oci-.*(wider|compatible)/.test(name)) return "suites without forward secrecy";
  return /^oci-.*(?<!-\d\d-)tls-13-/.test(name) ? "suites with forward secrecy" : undefined;
}

/** Where none is written (the page of the listener). */
export const defaultSuite = "oci-default-ssl-cipher-suite-v1";

/** The suite that the remedies name: Oracle recommends version 3 where there is one. */
export const recommendedSuite = "oci-tls-12-ssl-cipher-suite-v3";

/**
 * `protocol` of a listener; what is TCP, the load balancer passes on as it comes, decrypted or not
 * https://docs.oracle.com/iaas/Content/Balance/Tasks/managinglisteners.htm
 */
export const listenerProtocols: { readonly [name: string]: "http" | "other" } = {
  HTTP: "http",
  HTTP2: "http",
  GRPC: "http",
  TCP: "other",
};

/**
 * `items.redirect_uri.protocol` of a redirect; `{protocol}`, the default, keeps that of the request
 * https://docs.oracle.com/iaas/Content/Balance/Tasks/managingrulesets.htm
 */
export const redirectProtocols: { readonly [name: string]: "served" | "redirected" } = {
  HTTPS: "redirected",
  HTTP: "served",
  "{protocol}": "served",
};

/**
 * `items.conditions.operator` on the path "/": whether it takes every request (same page)
 */
export const pathOperators: { readonly [name: string]: boolean } = {
  FORCE_LONGEST_PREFIX_MATCH: true,
  PREFIX_MATCH: true,
  EXACT_MATCH: false,
  SUFFIX_MATCH: false,
};

// App Service's names for what its sites negotiate: web apps, function apps, their slots, logic apps.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `site_config.minimum_tls_version`, and `site_config.scm_minimum_tls_version` for the deployment site
 * https://learn.microsoft.com/azure/app-service/overview-tls
 */
export const minimumTlsVersions: { readonly [version: string]: TlsVersion } = {
  "1.0": "TLS 1.0",
  "1.1": "TLS 1.1",
  "1.2": "TLS 1.2",
  "1.3": "TLS 1.3",
};

/** What a site offers up to TLS 1.2. */
interface Suites {
  readonly forwardSecrecy: boolean;
  readonly aeadOnly: boolean;
  readonly ecdheAes: boolean;
}

// The first of App Service's order are the suites of TLS 1.3, and of TLS 1.2 those with ECDHE and AES.
const aead: Suites = { forwardSecrecy: true, aeadOnly: true, ecdheAes: true };
const cbc: Suites = { forwardSecrecy: true, aeadOnly: false, ecdheAes: true };
/** RSA key transport too. */
export const allSuites: Suites = { forwardSecrecy: false, aeadOnly: false, ecdheAes: true };

/**
 * `site_config.minimum_tls_cipher_suite`: the suite and all that stand before it in App Service's order, which is that
 * of these rows, and has one suite with CBC near its top; with none, all of them
 * https://azure.github.io/AppService/2022/10/11/Public-preview-min-tls-cipher-suite.html
 */
export const minimumCipherSuites: { readonly [suite: string]: Suites } = {
  // The two of TLS 1.3 came later: https://learn.microsoft.com/azure/app-service/overview-tls
  TLS_AES_256_GCM_SHA384: aead,
  TLS_AES_128_GCM_SHA256: aead,
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: aead,
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256: cbc,
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: cbc,
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: cbc,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: cbc,
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384: cbc,
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: cbc,
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: cbc,
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: cbc,
  TLS_RSA_WITH_AES_256_GCM_SHA384: allSuites,
  TLS_RSA_WITH_AES_128_GCM_SHA256: allSuites,
  TLS_RSA_WITH_AES_256_CBC_SHA256: allSuites,
  TLS_RSA_WITH_AES_128_CBC_SHA256: allSuites,
  TLS_RSA_WITH_AES_256_CBC_SHA: allSuites,
  TLS_RSA_WITH_AES_128_CBC_SHA: allSuites,
};

/** The suite that the remedies name: everything before it is forward secret, and it serves certificates of both kinds. */
export const recommendedSuite = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

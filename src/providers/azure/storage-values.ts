// Azure Storage's names for TLS versions.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `min_tls_version`
 * https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version
 */
export const minimumTlsVersions: { readonly [version: string]: TlsVersion } = {
  TLS1_0: "TLS 1.0",
  TLS1_1: "TLS 1.1",
  TLS1_2: "TLS 1.2",
  TLS1_3: "TLS 1.3",
};

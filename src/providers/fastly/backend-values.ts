// Fastly's names for TLS versions.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `min_tls_version` and `max_tls_version` of a backend
 * https://github.com/fastly/terraform-provider-fastly/blob/main/docs/resources/service_vcl.md
 */
export const backendTlsVersions: { readonly [name: string]: TlsVersion } = {
  "1.0": "TLS 1.0",
  "1.1": "TLS 1.1",
  "1.2": "TLS 1.2",
  "1.3": "TLS 1.3",
};

// Fastly's names for what a TLS configuration offers.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `tls_protocols` of a TLS configuration
 * https://github.com/fastly/terraform-provider-fastly/blob/main/docs/data-sources/tls_configuration.md
 */
export const tlsProtocols: { readonly [name: string]: TlsVersion } = {
  "1.0": "TLS 1.0",
  "1.1": "TLS 1.1",
  "1.2": "TLS 1.2",
  "1.3": "TLS 1.3",
};

/**
 * `http_protocols` of a TLS configuration
 * https://github.com/fastly/terraform-provider-fastly/blob/main/docs/data-sources/tls_configuration.md
 */
export const httpProtocols: { readonly [name: string]: string } = {
  "http/1.1": "HTTP/1.1",
  "http/2": "HTTP/2",
  "http/3": "HTTP/3",
};

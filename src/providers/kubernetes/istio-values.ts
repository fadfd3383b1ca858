// Istio's names for what its gateways and proxies do.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `protocol` of a Gateway's port: "other" is passed on as it comes
 * https://istio.io/latest/docs/reference/config/networking/gateway/#Port
 */
export const serverProtocols: { readonly [name: string]: "http" | "https" | "tls" | "other" } = {
  HTTP: "http",
  HTTP2: "http",
  GRPC: "http",
  "GRPC-WEB": "http",
  HTTPS: "https",
  TLS: "tls",
  TCP: "other",
  MONGO: "other",
};

/**
 * `tls.mode` of a Gateway's server
 * https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode
 */
export const serverModes: { readonly [name: string]: "here" | "behind" | "mesh" } = {
  SIMPLE: "here",
  MUTUAL: "here",
  OPTIONAL_MUTUAL: "here",
  PASSTHROUGH: "behind",
  AUTO_PASSTHROUGH: "behind",
  // By the mesh's own certificates.
  ISTIO_MUTUAL: "mesh",
};

/**
 * `tls.minProtocolVersion` of a Gateway's server
 * https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSProtocol
 */
export const minimumVersions: { readonly [name: string]: TlsVersion } = {
  // "By default, it is TLSV1_2": https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings
  TLS_AUTO: "TLS 1.2",
  TLSV1_0: "TLS 1.0",
  TLSV1_1: "TLS 1.1",
  TLSV1_2: "TLS 1.2",
  TLSV1_3: "TLS 1.3",
};

/**
 * `tls.maxProtocolVersion` of a Gateway's server (same page); TLS_AUTO is TLS 1.3
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
 */
export const maximumVersions: { readonly [name: string]: TlsVersion } = { ...minimumVersions, TLS_AUTO: "TLS 1.3" };

/**
 * `tls.mode` of a DestinationRule
 * https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode
 */
export const clientModes: { readonly [name: string]: "http" | "https" } = {
  DISABLE: "http",
  SIMPLE: "https",
  MUTUAL: "https",
  ISTIO_MUTUAL: "https",
};

/**
 * `mtls.mode` of a PeerAuthentication: what becomes of plain text
 * https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode
 */
export const peerModes: { readonly [name: string]: "served" | "refused" } = {
  STRICT: "refused",
  PERMISSIVE: "served",
  DISABLE: "served",
};

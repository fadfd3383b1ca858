// The Gateway API's names for what a listener does.

/**
 * `protocol` of a listener: "other" is passed on as it comes
 * https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.ProtocolType
 */
export const listenerProtocols: { readonly [name: string]: "http" | "https" | "tls" | "other" } = {
  HTTP: "http",
  HTTPS: "https",
  TLS: "tls",
  TCP: "other",
  UDP: "other",
};

/**
 * `tls.mode` of a listener
 * https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.TLSModeType
 */
export const tlsModes: { readonly [name: string]: "here" | "behind" } = {
  Terminate: "here",
  Passthrough: "behind",
};

/**
 * `scheme` of a RequestRedirect filter
 * https://gateway-api.sigs.k8s.io/reference/spec/#gateway.networking.k8s.io/v1.HTTPRequestRedirectFilter
 */
export const redirectSchemes: { readonly [name: string]: "redirected" | "served" } = {
  https: "redirected",
  http: "served",
};

// Google Cloud's names for how its load balancers speak to their backends.

/**
 * `protocol` of a backend service that a proxy uses
 * https://cloud.google.com/compute/docs/reference/rest/v1/backendServices
 */
export const backendProtocols: { readonly [name: string]: "http" | "https" } = {
  HTTP: "http",
  HTTPS: "https",
  // HTTP/2 with SSL.
  HTTP2: "https",
  // HTTP/2 in plain text.
  H2C: "http",
  // TCP proxying with SSL, and without.
  SSL: "https",
  TCP: "http",
};

/**
 * `protocol` of a backend service that answers HTTP; the others carry bytes
 * https://cloud.google.com/compute/docs/reference/rest/v1/backendServices
 */
export const answersHttp: { readonly [name: string]: boolean } = {
  HTTP: true,
  HTTPS: true,
  HTTP2: true,
  H2C: true,
  SSL: false,
  TCP: false,
  UDP: false,
  UNSPECIFIED: false,
  // Spoken without a browser.
  GRPC: false,
};

/**
 * `load_balancing_scheme`: whether a proxy of Google's stands before the backend, or packets and sidecars reach it directly
 * https://cloud.google.com/compute/docs/reference/rest/v1/backendServices
 */
export const schemesWithProxy: { readonly [name: string]: boolean } = {
  EXTERNAL: true,
  EXTERNAL_MANAGED: true,
  INTERNAL_MANAGED: true,
  INTERNAL: false,
  INTERNAL_SELF_MANAGED: false,
};

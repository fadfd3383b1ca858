// Google Cloud's names for what its HTTPS proxies speak.

/**
 * `quic_override` of a target HTTPS proxy → the newest version of HTTP that it surely offers; HTTP/2 it always does
 * https://cloud.google.com/compute/docs/reference/rest/v1/targetHttpsProxies
 */
export const newestHttp: { readonly [name: string]: "HTTP/2" | "HTTP/3" } = {
  ENABLE: "HTTP/3",
  DISABLE: "HTTP/2",
  // What Google offers then has changed over the years.
  NONE: "HTTP/2",
};

// ingress-nginx's names for what it does: protocols of TLS and of its backends.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `ssl-protocols` of the ConfigMap, `proxy-ssl-protocols` of an Ingress: words of the list
 * https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols
 */
export const protocols: { readonly [name: string]: TlsVersion } = {
  SSLv2: "SSLv3",
  SSLv3: "SSLv3",
  TLSv1: "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
  "TLSv1.3": "TLS 1.3",
};

/**
 * `nginx.ingress.kubernetes.io/backend-protocol`, in small or capital letters
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol
 */
export const backendProtocols: { readonly [name: string]: "https" | "http" | "viewer" } = {
  HTTP: "http",
  HTTPS: "https",
  GRPC: "http",
  GRPCS: "https",
  FCGI: "http",
  // "proxy_pass $scheme://…": as the viewer came.
  AUTO_HTTP: "viewer",
};

/**
 * `nginx.ingress.kubernetes.io/proxy-ssl-verify`
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-certificate-authentication
 */
export const verification: { readonly [name: string]: "verified" | "not verified" } = {
  on: "verified",
  off: "not verified",
};

/**
 * `ssl-ciphers` where the ConfigMap says nothing
 * https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#ssl-ciphers
 */
export const defaultCiphers =
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256";

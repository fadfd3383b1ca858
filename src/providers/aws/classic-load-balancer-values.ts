// The names of classic load balancers for what they do: protocols, predefined and custom security policies.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `lb_protocol`, in small or capital letters; TCP is passed on as it comes
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html
 */
export const listenerProtocols: { readonly [name: string]: "http" | "https" | "tls" | "tcp" } = {
  http: "http",
  https: "https",
  ssl: "tls",
  tcp: "tcp",
};

/** `instance_protocol` (same page): of what the load balancer decrypts, TCP goes on in plain text. */
export const instanceProtocols: { readonly [name: string]: "http" | "https" } = {
  http: "http",
  https: "https",
  ssl: "https",
  tcp: "http",
};

/**
 * `Reference-Security-Policy`: all of them offer RSA key transport and CBC, and TLS 1.2 with ECDHE-RSA-AES128-GCM-SHA256
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html
 */
export const predefinedPolicies: { readonly [name: string]: TlsVersion } = {
  "ELBSecurityPolicy-TLS-1-2-2017-01": "TLS 1.2",
  "ELBSecurityPolicy-TLS-1-1-2017-01": "TLS 1.1",
  "ELBSecurityPolicy-2016-08": "TLS 1.0",
  "ELBSecurityPolicy-2015-05": "TLS 1.0",
  "ELBSecurityPolicy-2015-03": "TLS 1.0",
  "ELBSecurityPolicy-2015-02": "TLS 1.0",
};

/**
 * Where no policy is attached
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/ssl-config-update.html
 */
export const defaultPolicy = "ELBSecurityPolicy-2016-08";

/** The policy that the remedies name. */
export const recommendedPolicy = "ELBSecurityPolicy-TLS-1-2-2017-01";

/**
 * `attribute.name` of a custom policy: what switches a version on or off; there is no TLS 1.3
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-ssl-security-policy.html
 */
export const protocolAttributes: { readonly [name: string]: TlsVersion } = {
  "Protocol-SSLv3": "SSLv3",
  "Protocol-TLSv1": "TLS 1.0",
  "Protocol-TLSv1.1": "TLS 1.1",
  "Protocol-TLSv1.2": "TLS 1.2",
};

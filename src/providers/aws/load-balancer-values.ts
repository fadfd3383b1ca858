// Elastic Load Balancing's names for what it does: security policies, protocols, what becomes of a plain HTTP request.

import type { TlsVersion } from "../../facts/endpoint.ts";
import type { AnnouncedSecurity, Security } from "../../facts/service.ts";

/** Each offers TLS 1.2 with ECDHE and AES-GCM, or TLS 1.3 (pages of the policies). */
const policy = (minimumTls: TlsVersion, forwardSecrecy: boolean, aeadOnly: boolean): Security => ({
  minimumTls,
  forwardSecrecy,
  aeadOnly,
  ecdheAes: true,
});

const tls13 = policy("TLS 1.3", true, true);
const gcm = policy("TLS 1.2", true, true);
/** ECDHE with CBC: ECDHE-RSA-AES128-SHA256 and others. */
const ecdhe = policy("TLS 1.2", true, false);
/** RSA key transport too: AES128-GCM-SHA256 and others. */
const rsa = policy("TLS 1.2", false, false);
const rsa11 = policy("TLS 1.1", false, false);
const rsa10 = policy("TLS 1.0", false, false);

/**
 * `ssl_policy` of application and network load balancers, "Protocols by policy" and "Ciphers by policy"
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export const securityPolicies: { readonly [name: string]: Security | AnnouncedSecurity } = {
  "ELBSecurityPolicy-TLS13-1-3-2021-06": tls13,
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09": tls13,
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04": tls13,
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09": tls13,
  "ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07": tls13,
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06": gcm,
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09": gcm,
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04": gcm,
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09": gcm,
  "ELBSecurityPolicy-TLS13-1-2-2021-06": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-PQ-2025-09": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04": rsa,
  "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09": rsa,
  // RFC 9151 (CNSA 1.0) asks for AES-256-GCM alone.
  "ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07": gcm,
  // The interoperable ones offer more beside it: held to be CBC until AWS's tables are shown to say otherwise.
  "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07": ecdhe,
  "ELBSecurityPolicy-TLS13-1-2-Ext0-RFC9151-FIPS-2023-07": rsa,
  "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07": rsa,
  // In AWS's TLS library, and not on the pages yet: https://github.com/aws/s2n-tls/blob/main/tls/s2n_security_policies.c
  "ELBSecurityPolicy-TLS13-1-3-CNSA2-INTEROP1-FIPS-PQ-2026-07": tls13,
  "ELBSecurityPolicy-TLS13-1-2-CNSA2-INTEROP2-FIPS-PQ-2026-07": { minimumTls: "TLS 1.2" },
  "ELBSecurityPolicy-TLS13-1-2-CNSA2-INTEROP3-FIPS-PQ-2026-07": { minimumTls: "TLS 1.2" },
  "ELBSecurityPolicy-TLS13-1-1-2021-06": rsa11,
  "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04": rsa11,
  "ELBSecurityPolicy-TLS13-1-0-2021-06": rsa10,
  "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09": rsa10,
  "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04": rsa10,
  "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09": rsa10,
  "ELBSecurityPolicy-FS-1-2-Res-2020-10": gcm,
  "ELBSecurityPolicy-FS-1-2-Res-2019-08": ecdhe,
  "ELBSecurityPolicy-FS-1-2-2019-08": ecdhe,
  "ELBSecurityPolicy-FS-1-1-2019-08": policy("TLS 1.1", true, false),
  "ELBSecurityPolicy-FS-2018-06": policy("TLS 1.0", true, false),
  "ELBSecurityPolicy-TLS-1-2-Ext-2018-06": rsa,
  "ELBSecurityPolicy-TLS-1-2-2017-01": rsa,
  "ELBSecurityPolicy-TLS-1-1-2017-01": rsa11,
  "ELBSecurityPolicy-2016-08": rsa10,
  "ELBSecurityPolicy-2015-05": rsa10,
};

/** What the grammar of a newer name says: its version, and whether it is one of those that keep RSA key transport. */
export function suggestPolicy(name: string): string | undefined {
  const [, family, minor] = /^ELBSecurityPolicy-(TLS13|TLS|FS)-1-([0-3])(?:-|$)/.exec(name) ?? [];
  if (!family) return undefined;
  const hasRsa = family === "TLS" || /-Ext(?:[12]?-|0-RFC)|-1-[01]-/.test(name);
  return `TLS 1.${minor} ${hasRsa && family !== "FS" ? "without" : "with"} forward secrecy`;
}

/** Where no policy is named, by any way but the console (same page). */
export const defaultPolicy = "ELBSecurityPolicy-2016-08";

/** The policy that the remedies name: the console's own choice. */
export const recommendedPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** Its like that takes TLS 1.3 alone. */
export const strictestPolicy = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";

/** "tcp" and "other" are passed on as they come, and the load balancer sees nothing of them. */
export type ListenerProtocol = "http" | "https" | "tls" | "tcp" | "other";

/**
 * `protocol` of a listener
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
 */
export const listenerProtocols: { readonly [name: string]: ListenerProtocol } = {
  HTTP: "http",
  HTTPS: "https",
  TLS: "tls",
  TCP: "tcp",
  UDP: "other",
  TCP_UDP: "tcp",
  QUIC: "other",
  TCP_QUIC: "other",
  GENEVE: "other",
};

/**
 * `type` of an action that ends what happens to a request; the others only look at it before
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export const finalActions: { readonly [name: string]: "forward" | "redirect" | "answer" } = {
  forward: "forward",
  redirect: "redirect",
  "fixed-response": "answer",
};

/**
 * `protocol` of a redirect: "#{protocol}", the default, keeps that of the request
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export const redirectProtocols: { readonly [name: string]: "served" | "redirected" } = {
  HTTPS: "redirected",
  HTTP: "served",
  "#{protocol}": "served",
};

/**
 * `redirect.protocol`: where a redirect of an HTTPS request leads
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export const secureRedirectProtocols: { readonly [name: string]: "https" | "http" } = {
  HTTPS: "https",
  HTTP: "http",
  "#{protocol}": "https",
};

/**
 * `protocol` of a target group
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export const targetProtocols: { readonly [name: string]: "http" | "https" } = {
  HTTP: "http",
  HTTPS: "https",
  TLS: "https",
  // What the load balancer decrypts goes on in plain text.
  TCP: "http",
};

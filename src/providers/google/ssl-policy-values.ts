// Google Cloud's names for what its load balancers negotiate: the versions and profiles of SSL policies.

import type { TlsVersion } from "../../facts/endpoint.ts";
import type { Security } from "../../facts/service.ts";

/**
 * `min_tls_version` of an SSL policy
 * https://cloud.google.com/load-balancing/docs/ssl-policies-concepts
 */
export const minimumVersions: { readonly [name: string]: TlsVersion } = {
  TLS_1_0: "TLS 1.0",
  TLS_1_1: "TLS 1.1",
  TLS_1_2: "TLS 1.2",
  TLS_1_3: "TLS 1.3",
};

interface Profile extends Omit<Security, "minimumTls"> {
  /** The oldest version that can negotiate one of its cipher suites. */
  readonly since: TlsVersion;
}

/**
 * `profile` of an SSL policy; of `CUSTOM` its `custom_features` tell. Each offers TLS 1.2 with ECDHE and AES-GCM
 * https://cloud.google.com/load-balancing/docs/ssl-policies-concepts
 */
export const profiles: { readonly [name: string]: Profile } = {
  // RSA key transport and 3DES too.
  COMPATIBLE: { since: "TLS 1.0", forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  // ECDHE alone, with AES-CBC among its suites.
  MODERN: { since: "TLS 1.0", forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
  // ECDHE with GCM and ChaCha20-Poly1305, which need TLS 1.2, whatever min_tls_version says.
  RESTRICTED: { since: "TLS 1.2", forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  // ECDHE with AES-GCM; no min_tls_version but TLS_1_2 is valid.
  FIPS_202205: { since: "TLS 1.2", forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
};

/** What a proxy without an SSL policy negotiates, and a policy without these attributes (same page). */
export const defaultVersion: TlsVersion = "TLS 1.0";
export const defaultProfile = "COMPATIBLE";
export const defaultSecurity: Security = { ...(profiles[defaultProfile] as Profile), minimumTls: defaultVersion };

// Cloudflare's names for the settings of a zone, and of a host name in it: TLS versions, cipher suites, encryption modes.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `min_tls_version`, also of a host name, a custom hostname and an R2 custom domain
 * https://developers.cloudflare.com/ssl/edge-certificates/additional-options/minimum-tls/
 */
export const minimumTlsVersions: { readonly [name: string]: TlsVersion } = {
  "1.0": "TLS 1.0",
  "1.1": "TLS 1.1",
  "1.2": "TLS 1.2",
  "1.3": "TLS 1.3",
};

/**
 * `always_use_https`
 * https://developers.cloudflare.com/ssl/edge-certificates/additional-options/always-use-https/
 */
export const alwaysUseHttps: { readonly [name: string]: "redirected" | "served" } = {
  on: "redirected",
  off: "served",
};

/**
 * `http2` and other settings that are switched on and off
 * https://developers.cloudflare.com/speed/optimization/protocol/http2/
 */
export const switches: { readonly [name: string]: boolean } = { on: true, off: false };

export const suggestSwitch = (name: string): string | undefined =>
  Object.keys(switches).find((word) => word === name.toLowerCase());

interface EncryptionMode {
  /** "viewer": as the request came. */
  readonly protocol: "https" | "http" | "viewer";
  /** Nothing over plain HTTP, which shows none. */
  readonly certificate?: "verified" | "not verified";
}

/**
 * `ssl`, of a zone, a page rule or a configuration rule: how Cloudflare speaks to the origin
 * https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
 */
export const encryptionModes: { readonly [name: string]: EncryptionMode } = {
  off: { protocol: "http" },
  flexible: { protocol: "http" },
  full: { protocol: "viewer", certificate: "not verified" },
  strict: { protocol: "viewer", certificate: "verified" },
  origin_pull: { protocol: "https", certificate: "verified" },
};

/** "Full (strict)" is what the dashboard says. */
export const suggestMode = (name: string): string | undefined =>
  ["strict", "flexible", "full", "origin_pull", "off"].find((mode) => name.toLowerCase().includes(mode));

interface CipherSuite {
  readonly forwardSecrecy: boolean;
  readonly aeadOnly: boolean;
  readonly ecdheAes: boolean;
}

const aead: CipherSuite = { forwardSecrecy: true, aeadOnly: true, ecdheAes: true };
const chaCha: CipherSuite = { ...aead, ecdheAes: false };
const cbc: CipherSuite = { forwardSecrecy: true, aeadOnly: false, ecdheAes: true };
const rsaAead: CipherSuite = { forwardSecrecy: false, aeadOnly: true, ecdheAes: false };
const rsaCbc: CipherSuite = { forwardSecrecy: false, aeadOnly: false, ecdheAes: false };

/**
 * `ciphers`, all that Cloudflare supports ("Legacy"), which is what it offers where no list is set
 * https://developers.cloudflare.com/ssl/edge-certificates/additional-options/cipher-suites/recommendations/
 */
export const cipherSuites: { readonly [name: string]: CipherSuite } = {
  // TLS 1.3, which no list takes away.
  "AEAD-AES128-GCM-SHA256": aead,
  "AEAD-AES256-GCM-SHA384": aead,
  "AEAD-CHACHA20-POLY1305-SHA256": chaCha,
  "ECDHE-ECDSA-AES128-GCM-SHA256": aead,
  "ECDHE-ECDSA-CHACHA20-POLY1305": chaCha,
  "ECDHE-RSA-AES128-GCM-SHA256": aead,
  "ECDHE-RSA-CHACHA20-POLY1305": chaCha,
  "ECDHE-ECDSA-AES256-GCM-SHA384": aead,
  "ECDHE-RSA-AES256-GCM-SHA384": aead,
  "ECDHE-ECDSA-AES128-SHA256": cbc,
  "ECDHE-RSA-AES128-SHA256": cbc,
  "ECDHE-ECDSA-AES256-SHA384": cbc,
  "ECDHE-RSA-AES256-SHA384": cbc,
  "ECDHE-ECDSA-AES128-SHA": cbc,
  "ECDHE-RSA-AES128-SHA": cbc,
  // The one of these that App Transport Security does not accept.
  "ECDHE-RSA-AES256-SHA": { ...cbc, ecdheAes: false },
  "AES128-GCM-SHA256": rsaAead,
  "AES256-GCM-SHA384": rsaAead,
  "AES128-SHA256": rsaCbc,
  "AES128-SHA": rsaCbc,
  "AES256-SHA256": rsaCbc,
  "AES256-SHA": rsaCbc,
  "DES-CBC3-SHA": rsaCbc,
};

/** What the remedies name: "Modern" on the page of `cipherSuites`. */
export const modernSuites: readonly string[] = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
];

/**
 * `setting_id` that tlsgate judges, each with the ids that are no setting of Cloudflare's and may be meant for it
 * https://developers.cloudflare.com/api/resources/zones/subresources/settings/methods/list/
 */
export const judgedSettings = {
  always_use_https: /always_?(use_?)?(ssl|https?)|(force|redirect)_?(ssl|https)|https_?(only|redirect)/,
  ciphers: /^ciphers?(_suites?|_list)?$/,
  http2: /^http_?\/?2(_0)?$/,
  min_tls_version: /min(imum)?_?(tls|ssl)|(tls|ssl)_?(min|version)/,
  security_header: /hsts|strict_?transport|security_?headers?/,
  ssl: /^(ssl|tls)(_mode)?$|encryption_?mode/,
} as const;

export type SettingId = keyof typeof judgedSettings;

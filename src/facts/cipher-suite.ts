// Names of cipher suites → whether they are forward secret, AEAD, and among those of App Transport Security.

import type { TlsVersion } from "./endpoint.ts";
import type { Security } from "./service.ts";

export interface CipherSuite {
  /** (EC)DHE, or any suite of TLS 1.3. */
  readonly forwardSecret: boolean;
  /** GCM, CCM or ChaCha20-Poly1305. */
  readonly aead: boolean;
  /** The oldest version that can negotiate it: TLS 1.3 has suites of its own, AEAD came with TLS 1.2 (RFC 5246). */
  readonly since: TlsVersion;
  /** One that App Transport Security accepts. */
  readonly ecdheAes: boolean;
}

// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: https://www.iana.org/assignments/tls-parameters/
const iana = /^(?:TLS|SSL)_(\w+?)_WITH_(\w+)$/;
// TLS_AES_128_GCM_SHA256, the same in both registries (RFC 8446 appendix B.4)
const tls13 = /^TLS_(?:AES_(?:128|256)_(?:GCM|CCM|CCM_8)|CHACHA20_POLY1305)_SHA(?:256|384)$/;
// ECDHE-RSA-AES128-GCM-SHA256: https://docs.openssl.org/master/man1/openssl-ciphers/
const openssl =
  /^(?:(ECDHE|DHE|EDH|ECDH|DH|ADH|AECDH|PSK|SRP|RSA|EXP|EXP-EDH|KRB5)-)?((?:(?:RSA|ECDSA|DSS|PSK)-)*)((?:AES|AESGCM|DES|3DES|RC4|RC2|IDEA|SEED|CAMELLIA|ARIA|CHACHA20|NULL)[\w-]*)$/;

/**
 * What App Transport Security accepts up to TLS 1.2, after the key exchange and the kind of certificate
 * https://developer.apple.com/library/archive/documentation/General/Reference/InfoPlistKeyReference/Articles/CocoaKeys.html#//apple_ref/doc/uid/TP40009251-SW59
 */
const atsCiphers: { readonly [certificate: string]: RegExp } = {
  ECDSA: /^(AES_256_GCM_SHA384|AES_128_GCM_SHA256|AES_256_CBC_SHA384|AES_128_CBC_SHA256|AES_(256|128)_CBC_SHA)$/,
  RSA: /^(AES_256_GCM_SHA384|AES_128_GCM_SHA256|AES_256_CBC_SHA384|AES_128_CBC_SHA256|AES_128_CBC_SHA)$/,
};

/** OpenSSL leaves out CBC: ECDHE-RSA-AES128-SHA256 is TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256. */
const ianaOf = (name: string): string =>
  name.replace(/^ECDHE-(ECDSA|RSA)-AES(128|256)-(?:(GCM)-)?(SHA\d*)$/, (_, certificate, bits, gcm = "CBC", hash) =>
    [`TLS_ECDHE_${certificate}_WITH_AES_${bits}`, gcm, hash].join("_"),
  );

function isOfAts(name: string): boolean {
  const [, certificate = "", cipher = ""] = /^TLS_ECDHE_(ECDSA|RSA)_WITH_(\w+)$/.exec(ianaOf(name)) ?? [];
  return atsCiphers[certificate]?.test(cipher) ?? false;
}

/** Anonymous key exchange is forward secret, and worth nothing: nobody knows to whom one speaks. */
const isEphemeral = (exchange: string): boolean => /^(ECDHE|DHE|EDH)(_|$)/.test(exchange);

const isAead = (cipher: string): boolean => /GCM|CCM|POLY1305/.test(cipher);

/** A suite by its name at IANA or in OpenSSL; undefined for what is neither. */
export function suiteOf(name: string): CipherSuite | undefined {
  if (tls13.test(name)) return { forwardSecret: true, aead: true, since: "TLS 1.3", ecdheAes: name.includes("_GCM_") };
  const [, exchange = "", cipher] = iana.exec(name) ?? openssl.exec(name)?.toSpliced(2, 1) ?? [];
  if (!cipher) return undefined;
  const aead = isAead(cipher);
  const since = aead || /SHA(256|384)$/.test(cipher) ? "TLS 1.2" : "SSLv3";
  return { forwardSecret: isEphemeral(exchange), aead, since, ecdheAes: isOfAts(name) };
}

/** What a list of suites allows; undefined where one of them is not recognised, or there is none. */
export function suitesOf(names: readonly string[]): Omit<Security, "minimumTls"> | undefined {
  const suites = names.map(suiteOf);
  const known = suites.flatMap((suite) => suite ?? []);
  if (known.length === 0 || known.length < names.length) return undefined;
  return {
    forwardSecrecy: known.every(({ forwardSecret }) => forwardSecret),
    aeadOnly: known.every(({ aead }) => aead),
    ecdheAes: known.some(({ ecdheAes }) => ecdheAes),
  };
}

// Names of cipher suites → whether they are forward secret and AEAD.

import type { TlsVersion } from "./endpoint.ts";
import type { Security } from "./service.ts";

export interface CipherSuite {
  /** (EC)DHE, or any suite of TLS 1.3. */
  readonly forwardSecret: boolean;
  /** GCM, CCM or ChaCha20-Poly1305. */
  readonly aead: boolean;
  /** The oldest version that can negotiate it: TLS 1.3 has suites of its own, AEAD came with TLS 1.2 (RFC 5246). */
  readonly since: TlsVersion;
}

// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: https://www.iana.org/assignments/tls-parameters/
const iana = /^(?:TLS|SSL)_(\w+?)_WITH_(\w+)$/;
// TLS_AES_128_GCM_SHA256, the same in both registries (RFC 8446 appendix B.4)
const tls13 = /^TLS_(?:AES_(?:128|256)_(?:GCM|CCM|CCM_8)|CHACHA20_POLY1305)_SHA(?:256|384)$/;
// ECDHE-RSA-AES128-GCM-SHA256: https://docs.openssl.org/master/man1/openssl-ciphers/
const openssl =
  /^(?:(ECDHE|DHE|EDH|ECDH|DH|ADH|AECDH|PSK|SRP|RSA|EXP|EXP-EDH|KRB5)-)?((?:(?:RSA|ECDSA|DSS|PSK)-)*)((?:AES|AESGCM|DES|3DES|RC4|RC2|IDEA|SEED|CAMELLIA|ARIA|CHACHA20|NULL)[\w-]*)$/;

/** Anonymous key exchange is forward secret, and worth nothing: nobody knows to whom one speaks. */
const isEphemeral = (exchange: string): boolean => /^(ECDHE|DHE|EDH)(_|$)/.test(exchange);

const isAead = (cipher: string): boolean => /GCM|CCM|POLY1305/.test(cipher);

/** A suite by its name at IANA or in OpenSSL; undefined for what is neither. */
export function suiteOf(name: string): CipherSuite | undefined {
  if (tls13.test(name)) return { forwardSecret: true, aead: true, since: "TLS 1.3" };
  const [, exchange = "", cipher] = iana.exec(name) ?? openssl.exec(name)?.toSpliced(2, 1) ?? [];
  if (!cipher) return undefined;
  const aead = isAead(cipher);
  const since = aead || /SHA(256|384)$/.test(cipher) ? "TLS 1.2" : "SSLv3";
  return { forwardSecret: isEphemeral(exchange), aead, since };
}

/** What a list of suites allows; undefined where one of them is not recognised, or there is none. */
export function suitesOf(names: readonly string[]): Omit<Security, "minimumTls"> | undefined {
  const suites = names.map(suiteOf);
  const known = suites.flatMap((suite) => suite ?? []);
  if (known.length === 0 || known.length < names.length) return undefined;
  return {
    forwardSecrecy: known.every(({ forwardSecret }) => forwardSecret),
    aeadOnly: known.every(({ aead }) => aead),
  };
}

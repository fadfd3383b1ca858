// What the grammar of a name suggests that no table holds: told to people beside "not recognised", and never judged.

import { suiteOf } from "./cipher-suite.ts";

/** Versions as names write them: TLSv1.2_2021, TLS_1_2, TLS13-1-2, TLS12, Policy-Min-TLS-1-0; the last is the oldest. */
const versions = /(?:TLS|SSL)[ _-]?v?(1(?:[._-]?[0-3](?!\d)|(?![._-]?\d(?!\d)|\d)))(?:[._-](1[._-][0-3])(?!\d))?/gi;

/** "TLS 1.2"; undefined for a name without a version in it. */
export function suggestTls(name: string): string | undefined {
  const [, first, second] = [...name.matchAll(versions)].at(-1) ?? [];
  const digits = (second ?? first)?.replace(/[._-]/g, "");
  if (!digits) return undefined;
  return `TLS 1.${digits[1] ?? "0"}`;
}

/** "forward secrecy, no AEAD", by a cipher suite's name at IANA or in OpenSSL. */
export function suggestSuite(name: string): string | undefined {
  const suite = suiteOf(name);
  return suite && `${suggestSecrecy(name)}, ${suite.aead ? "AEAD" : "no AEAD"}`;
}

/** The same of a suite that stands for others too, which may or may not be AEAD. */
export function suggestSecrecy(name: string): string | undefined {
  const suite = suiteOf(name);
  return suite && (suite.forwardSecret ? "forward secrecy" : "no forward secrecy");
}

/** HttpsOnly, TLS; clients speak HTTP/2 and HTTP/3 over TLS alone. */
export function suggestProtocol(name: string): "HTTPS" | "plain HTTP" | undefined {
  if (/https|tls|ssl|http\W?[23]/i.test(name)) return "HTTPS";
  return /http/i.test(name) ? "plain HTTP" : undefined;
}

/** Of a security policy: beside the version, forward secrecy where the name promises it, or TLS 1.3 has nothing else. */
export function suggestSecurity(name: string): string | undefined {
  const version = suggestTls(name);
  const isPromised = version === "TLS 1.3" || /(^|[_-])PFS([_-]|$)/.test(name);
  return version && isPromised ? `${version} with forward secrecy` : version;
}

/** RSA_8192, EC_secp384r1, EC_prime256v1: "RSA with 8192 bits". */
export function suggestKey(name: string): string | undefined {
  const [, kind, size] = /^(RSA|EC|ECDSA)[_-](?:secp|prime|P[_-]?)?(\d{3,5})(?:[rv]1)?$/i.exec(name) ?? [];
  return kind && `${kind.toUpperCase() === "RSA" ? "RSA" : "ECDSA"} with ${size} bits`;
}

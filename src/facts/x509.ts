// A PEM certificate → its names, key and last day.

import type * as crypto from "node:crypto";
import { load } from "../load.ts";
import type { CertificateKey } from "./endpoint.ts";

export interface X509 {
  readonly names: readonly string[];
  readonly key: CertificateKey | undefined;
}

/** Reads the first certificate of a PEM text; undefined when it holds none that can be read. */
export function readCertificate(pem: string): X509 | undefined {
  const { X509Certificate } = load("node:crypto") as typeof crypto;
  try {
    const certificate = new X509Certificate(pem);
    return { names: dnsNames(certificate.subjectAltName ?? ""), key: keyOf(certificate.publicKey) };
  } catch {
    return undefined;
  }
}

/** `DNS:example.com, URI:"https://example.com/a, b"`: Node puts quotes around a name that holds a comma. */
const dnsNames = (text: string): string[] =>
  [...text.matchAll(/(?:^|, )([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)].flatMap(([, type, name = ""]) =>
    type === "DNS" ? [name] : [],
  );

const curveSizes: { readonly [curve: string]: number } = {
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
  secp224r1: 224,
};

function keyOf(key: crypto.KeyObject): CertificateKey | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return { algorithm: "RSA", size: modulusLength };
  const size = curveSizes[namedCurve ?? ""];
  return size === undefined ? undefined : { algorithm: "ECDSA", size };
}

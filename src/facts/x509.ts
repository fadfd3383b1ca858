// A PEM certificate → its names, its key, and the hash function of its signature.

import type * as crypto from "node:crypto";
import { load } from "../load.ts";
import type { CertificateKey, Digest } from "./endpoint.ts";

export interface X509 {
  readonly names: readonly string[];
  readonly key: CertificateKey | undefined;
  readonly digest: Digest | undefined;
}

/** Reads the first certificate of a PEM text; undefined when it holds none that can be read. */
export function readCertificate(pem: string): X509 | undefined {
  const { X509Certificate } = load("node:crypto") as typeof crypto;
  try {
    const certificate = new X509Certificate(pem);
    return {
      names: dnsNames(certificate.subjectAltName ?? ""),
      key: keyOf(certificate.publicKey),
      digest: digestOf(certificate.raw),
    };
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

/**
 * Object identifiers of signatures and, for RSASSA-PSS, of hash functions, as DER writes them
 * https://www.rfc-editor.org/rfc/rfc4055, https://www.rfc-editor.org/rfc/rfc5758
 */
const signatures: { readonly [oid: string]: Digest } = {
  "06092a864886f70d010104": "MD5",
  "06092a864886f70d010105": "SHA-1",
  "06092a864886f70d01010e": "SHA-224",
  "06092a864886f70d01010b": "SHA-256",
  "06092a864886f70d01010c": "SHA-384",
  "06092a864886f70d01010d": "SHA-512",
  "06072a8648ce3d0401": "SHA-1",
  "06082a8648ce3d040301": "SHA-224",
  "06082a8648ce3d040302": "SHA-256",
  "06082a8648ce3d040303": "SHA-384",
  "06082a8648ce3d040304": "SHA-512",
  "0609608648016503040201": "SHA-256",
  "0609608648016503040202": "SHA-384",
  "0609608648016503040203": "SHA-512",
};

/** A certificate is a sequence of what is signed, the algorithm, and the signature (RFC 5280 section 4.1). */
function digestOf(der: Buffer): Digest | undefined {
  const signed = contentOf(der, contentOf(der, 0).start);
  const algorithm = contentOf(der, signed.end);
  const text = der.subarray(algorithm.start, algorithm.end).toString("hex");
  return Object.entries(signatures).find(([oid]) => text.includes(oid))?.[1];
}

/** Where the content of a DER element starts, and where the next element does. */
function contentOf(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der.readUInt8(at + 1);
  const bytes = Math.max(0, first - 0x80);
  const length = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
  const start = at + 2 + bytes;
  return { start, end: start + length };
}

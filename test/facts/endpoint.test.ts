// The order of TLS versions, and of hash functions.

import { expect, test } from "vitest";
import { atLeast, digests, type TlsVersion, tlsVersions } from "../../src/facts/endpoint.ts";

const oldestFirst: readonly TlsVersion[] = ["SSLv3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"];

test.each(oldestFirst.map((version, index) => [version, index] as const))(
  "%s is at least itself, and what is older",
  (version, index) => {
    expect(oldestFirst.filter((floor) => atLeast(version, floor))).toEqual(oldestFirst.slice(0, index + 1));
  },
);

test("TLS versions are listed from the oldest on", () => expect(tlsVersions).toEqual(oldestFirst));

test("hash functions are listed from the weakest on", () => {
  expect(digests).toEqual(["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]);
});

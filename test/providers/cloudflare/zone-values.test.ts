// Cloudflare's names: every cipher suite by its name, every encryption mode by what is on the wire, and no more names.

import { expect, test } from "vitest";
import { suiteOf } from "../../../src/facts/cipher-suite.ts";
import { tlsVersions } from "../../../src/facts/endpoint.ts";
import {
  alwaysUseHttps,
  cipherSuites,
  encryptionModes,
  minimumTlsVersions,
  modernSuites,
  switches,
} from "../../../src/providers/cloudflare/zone-values.ts";

const suites = Object.entries(cipherSuites);

test("a version is named by its number", () => {
  expect(Object.keys(minimumTlsVersions)).toEqual(["1.0", "1.1", "1.2", "1.3"]);
  for (const [name, version] of Object.entries(minimumTlsVersions)) expect(version).toBe(`TLS ${name}`);
  expect(tlsVersions).toEqual(expect.arrayContaining(Object.values(minimumTlsVersions)));
});

test("a cipher suite is what its name says", () => {
  expect(suites).toHaveLength(23);
  for (const [name, { forwardSecrecy, aeadOnly, ecdheAes }] of suites.filter(([one]) => !one.startsWith("AEAD-"))) {
    const { forwardSecret, aead, ecdheAes: isOfAts } = suiteOf(name) ?? {};
    expect([name, forwardSecrecy, aeadOnly, ecdheAes]).toEqual([name, forwardSecret, aead, isOfAts]);
  }
  const tls13 = suites.filter(([name]) => name.startsWith("AEAD-"));
  expect(tls13).toHaveLength(3);
  for (const [name, suite] of tls13)
    expect(suite).toEqual({ forwardSecrecy: true, aeadOnly: true, ecdheAes: name.includes("-AES") });
});

test("the remedy lists strong suites alone", () => {
  expect(modernSuites).toHaveLength(6);
  for (const name of modernSuites) expect(cipherSuites[name]).toMatchObject({ forwardSecrecy: true, aeadOnly: true });
});

test("an encryption mode says what the origin is sent", () => {
  expect(encryptionModes).toEqual({
    off: { protocol: "http" },
    flexible: { protocol: "http" },
    full: { protocol: "viewer", certificate: "not verified" },
    strict: { protocol: "viewer", certificate: "verified" },
    origin_pull: { protocol: "https", certificate: "verified" },
  });
});

test("on and off", () => {
  expect(alwaysUseHttps).toEqual({ on: "redirected", off: "served" });
  expect(switches).toEqual({ on: true, off: false });
});

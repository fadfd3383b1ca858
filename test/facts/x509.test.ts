// PEM certificates → names and key.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCertificate } from "../../src/facts/x509.ts";

const pem = (name: string): string => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), "utf8");

describe("the key", () => {
  test.each([
    ["rsa-1024", { algorithm: "RSA", size: 1024 }],
    ["rsa-2048", { algorithm: "RSA", size: 2048 }],
    ["rsa-pss", { algorithm: "RSA", size: 2048 }],
    ["p-256", { algorithm: "ECDSA", size: 256 }],
    ["p-224-sha224", { algorithm: "ECDSA", size: 224 }],
    ["p-384", { algorithm: "ECDSA", size: 384 }],
    ["p-521", { algorithm: "ECDSA", size: 521 }],
    ["ed25519", undefined],
  ])("of %s", (name, key) => expect(readCertificate(pem(name))?.key).toEqual(key));
});

describe("the hash function of the signature", () => {
  test.each([
    ["rsa-2048", "SHA-256"],
    ["rsa-pss", "SHA-256"],
    ["p-256", "SHA-256"],
    ["rsa-md5", "MD5"],
    ["rsa-sha224", "SHA-224"],
    ["rsa-sha384", "SHA-384"],
    ["rsa-sha512", "SHA-512"],
    ["p-256-sha1", "SHA-1"],
    ["p-224-sha224", "SHA-224"],
    ["p-384-sha384", "SHA-384"],
    ["p-521-sha512", "SHA-512"],
    ["rsa-pss-sha384", "SHA-384"],
    ["rsa-pss-sha512", "SHA-512"],
    ["ed25519", undefined],
  ])("of %s", (name, digest) => expect(readCertificate(pem(name))?.digest).toBe(digest));

  test.each([
    ["rsa-sha1", "SHA-1"],
    ["rsa-1024", "SHA-256"],
  ])("of %s in the plan of ats-connection", (name, digest) => {
    const file = new URL(`../plans/ats-connection/${name}.crt`, import.meta.url);
    expect(readCertificate(readFileSync(file, "utf8"))?.digest).toBe(digest);
  });
});

describe("the names", () => {
  test.each([
    ["rsa-2048", ["example.com", "*.example.com"]],
    ["p-256", ["p256.example.com"]],
    // RFC 9525: a common name is no name that a client looks at.
    ["no-names", []],
    // Its directory name and its URI hold the text DNS: too.
    ["other-names", ["real.example.com"]],
  ])("of %s", (name, names) => expect(readCertificate(pem(name))?.names).toEqual(names));
});

test("the first certificate of a chain is the endpoint's own", () => {
  expect(readCertificate(pem("p-384") + pem("rsa-2048"))?.names).toEqual(["p384.example.com"]);
  expect(readCertificate(`Bag Attributes: <none>\n${pem("p-384")}`)?.names).toEqual(["p384.example.com"]);
});

test.each([
  ["nothing", ""],
  ["no PEM", "example.com"],
  ["half a certificate", pem("p-256").slice(0, 200)],
  ["what is no certificate inside", "-----BEGIN CERTIFICATE-----\nZXhhbXBsZQ==\n-----END CERTIFICATE-----\n"],
])("%s cannot be read", (_, text) => expect(readCertificate(text)).toBeUndefined());

// Certificates at Fastly: those that it requests, and those that are uploaded; on a real plan and on made ones.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { fuzz } from "../../support/fuzz.ts";
import { type Change, configured, plan } from "../../support/made.ts";
import { at, certificatesOf, said } from "../../support/said.ts";

const address = "fastly_tls_certificate.made";
const pem = (name: string) => readFileSync(new URL(`../../facts/certificates/${name}.pem`, import.meta.url), "utf8");

const made = (after: JsonObject, after_unknown: Partial<Change>["after_unknown"] = {}) => {
  const root = { resources: [configured(address)] };
  return at(certificatesOf(plan({ changes: { [address]: { after, after_unknown } }, root })), address);
};

test("a subscription renews itself, for its domains", () => {
  const { names, key, renewal } = at(certificatesOf("fastly-good"), "fastly_tls_subscription.shop");
  expect([names.map(said), key, said(renewal)]).toEqual([
    ["shop.example.com", "www.shop.example.com"],
    undefined,
    "automatic",
  ]);
});

test("an uploaded one of a text that is known after apply", () => {
  const { names, key, renewal } = at(certificatesOf("fastly-good"), "fastly_tls_certificate.c");
  const late = "? known after apply, from tls_self_signed_cert.c.cert_pem";
  expect([names.map(said), said(key), said(renewal)]).toEqual([[late], late, "by import"]);
});

describe("an uploaded one", () => {
  test("by its text", () => {
    const { names, key } = made({ certificate_body: pem("rsa-1024"), domains: ["other.test"] });
    expect(said(key)).toEqual({ algorithm: "RSA", size: 1024 });
    expect(names.map(said)).not.toContain("other.test");
    expect(said(made({ certificate_body: pem("ed25519") }).key)).toBe("? the certificate's key could not be read");
  });

  test.each([
    [{ domains: ["a.test", "*.b.test"] }, {}, ["a.test", "*.b.test"]],
    [{ domains: ["a.test", null] }, { domains: [false, true] }, ["? the certificate's body is not in the plan"]],
    [{}, {}, ["? the certificate's body is not in the plan"]],
    [{ certificate_body: "no PEM" }, {}, ["? the certificate's body is no PEM certificate"]],
  ])("by what Fastly has read of it: %j", (after, unknown, names) => {
    expect(made(after as JsonObject, unknown).names.map(said)).toEqual(names);
    expect(said(made(after as JsonObject, unknown).key)).toMatch(/^\? the certificate's body/);
  });

  test("with its private key, for a platform", () => {
    const platform = "fastly_tls_platform_certificate.made";
    const changes = { [platform]: { after: { certificate_body: pem("p-256") } } };
    const { names, key } = at(certificatesOf(plan({ changes })), platform);
    expect([names.map(said), said(key)]).toEqual([["p256.example.com"], { algorithm: "ECDSA", size: 256 }]);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: { certificate_body: "text", domains: ["text"] },
      "fastly_tls_subscription.made": { domains: ["text"], certificate_authority: "text" },
    },
    words: ["a.test", "*.a.test", "lets-encrypt", "", pem("p-256"), pem("rsa-1024"), "constructor"],
    passing: {
      "certificate-auto-renewal": () => true,
      "certificate-present": () => true,
      "certificate-covers-domains": (value) => typeof value === "string",
      "certificate-key-strength": (value) => value === pem("p-256"),
    },
  }));

// Certificates of a Key Vault: their names, keys and renewal, by their policy or by what was imported.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import keyVault from "../../../src/providers/azure/key-vault.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan, viewAfter } from "../../support/made.ts";
import { said } from "../../support/said.ts";

const address = "azurerm_key_vault_certificate.made";

const certificate = (after: JsonObject, after_unknown: JsonObject = {}) =>
  only(
    collect(viewAfter(plan({ changes: { [address]: { after, after_unknown: after_unknown as never } } })), [keyVault])
      .certificates,
  );

const byPolicy = (policy: JsonObject) => certificate({ certificate_policy: [policy] });

describe("the names", () => {
  const names = (properties: JsonObject) => byPolicy({ x509_certificate_properties: [properties] }).names.map(said);

  test("are the alternative ones, or the subject's", () => {
    expect(names({ subject: "CN=a.test", subject_alternative_names: [{ dns_names: ["b.test", "*.c.test"] }] })).toEqual(
      ["b.test", "*.c.test"],
    );
    expect(names({ subject: "CN=a.test" })).toEqual(["a.test"]);
    expect(names({ subject: "O=Example, CN=a.test" })).toEqual(["a.test"]);
    expect(names({})).toEqual(["? subject is not set"]);
  });

  test("known after apply", () => {
    const late = certificate(
      {
        certificate_policy: [{ x509_certificate_properties: [{ subject_alternative_names: [{ dns_names: [null] }] }] }],
      },
      {
        certificate_policy: [{ x509_certificate_properties: [{ subject_alternative_names: [{ dns_names: [true] }] }] }],
      },
    );
    expect(late.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
  });
});

test.each([
  [
    { key_type: "RSA", key_size: 2048 },
    { algorithm: "RSA", size: 2048 },
  ],
  [
    { key_type: "RSA-HSM", key_size: 4096 },
    { algorithm: "RSA", size: 4096 },
  ],
  [
    { key_type: "EC", key_size: 256 },
    { algorithm: "ECDSA", size: 256 },
  ],
  [{ key_type: "EC" }, undefined],
  [{}, undefined],
])("the key %j: %j", (key, expected) => {
  expect(said(byPolicy({ key_properties: [key as JsonObject] }).key)).toEqual(expected);
});

test.each([
  ["DigiCert", "AutoRenew", "automatic"],
  ["Self", "AutoRenew", "automatic"],
  ["Unknown", "AutoRenew", "by email"],
  ["DigiCert", "EmailContacts", "by email"],
  ["DigiCert", null, undefined],
])("issued by %s with %s, it is renewed %s", (name, action_type, expected) => {
  const renewed = byPolicy({ issuer_parameters: [{ name }], lifetime_action: [{ action: [{ action_type }] }] });
  expect(said(renewed.renewal)).toBe(expected);
});

test("what was imported says nothing of its names, but who renews it", () => {
  const file = certificate({ certificate: [{ contents: "MIIK" }] });
  expect([file.names.map(said), said(file.renewal)]).toEqual([
    ["? a plan does not show what a PFX file holds"],
    "by import",
  ]);
  const late = certificate({ certificate: [{}] }, { certificate: [{ contents: true }] });
  expect(late.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
});

test.each([
  ["p-256", "p256.example.com", { algorithm: "ECDSA", size: 256 }],
  ["ed25519", "ed.example.com", "? the certificate's key could not be read"],
])("an imported PEM file, %s: its names and its key", (file, name, key) => {
  const contents = readFileSync(new URL(`../../facts/certificates/${file}.pem`, import.meta.url), "utf8");
  const imported = certificate({ certificate: [{ contents }] });
  expect([imported.names.map(said), said(imported.key), said(imported.renewal)]).toEqual([[name], key, "by import"]);
});

describe("random certificates", () => {
  fuzz({
    resources: {
      [address]: {
        id: "text",
        certificate: [{ contents: "text" }],
        certificate_policy: [
          {
            issuer_parameters: [{ name: "text" }],
            key_properties: [{ key_type: "text", key_size: "number" }],
            lifetime_action: [{ action: [{ action_type: "text" }] }],
            x509_certificate_properties: [{ subject: "text", subject_alternative_names: [{ dns_names: ["text"] }] }],
          },
        ],
      },
    },
    words: ["RSA", "EC", "Self", "Unknown", "AutoRenew", "EmailContacts", "CN=a.test", "constructor", ""],
    passing: {
      "certificate-key-strength": (value) => Number(value) >= 224,
    },
  });
});

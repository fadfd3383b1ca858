// cert-manager's Certificates and Secrets → certificates: their names and keys; what a Secret holds is never shown.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import type { Certificate } from "../../../src/facts/endpoint.ts";
import { isSensitive } from "../../../src/facts/fact.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { keyAlgorithms } from "../../../src/providers/kubernetes/certificate-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { findings } from "../../support/plans.ts";
import { said } from "../../support/said.ts";
import {
  type Changes,
  certificateNames,
  endpointsAt,
  fuzzObjects,
  manifest,
  planOf,
  some,
  typed,
  word,
} from "./made-objects.ts";

const pem = (name: string) => readFileSync(new URL(`../../facts/certificates/${name}.pem`, import.meta.url), "utf8");
const encoded = (text: string) => Buffer.from(text).toString("base64");

const certificates = (changes: Changes) => inventoryOf(planOf(changes), "after", adapters).certificates;

const request = (spec: JsonObject, metadata: JsonObject = {}) =>
  manifest("cert-manager.io/v1", "Certificate", spec, metadata);

describe("requested by cert-manager", () => {
  const address = "kubernetes_manifest.made";
  const certificate = (spec: JsonObject): Certificate => only(certificates({ [address]: request(spec) }));

  test("names, renewal, and where they stand", () => {
    const made = certificate({
      secretName: "tls",
      commonName: "example.com",
      dnsNames: ["www.example.com", "*.example.org"],
    });
    expect([made.address, made.names.map(said), said(made.renewal)]).toEqual([
      address,
      ["example.com", "www.example.com", "*.example.org"],
      "automatic",
    ]);
    expect(made.names.map(({ place }) => place.at)).toEqual([
      "manifest.spec.commonName",
      "manifest.spec.dnsNames",
      "manifest.spec.dnsNames",
    ]);
  });

  const key = (privateKey?: JsonObject) =>
    certificate({ dnsNames: ["a.test"], ...(privateKey ? { privateKey } : {}) }).key;

  test.each(Object.entries(keyAlgorithms))("%s, without a size", (algorithm, expected) => {
    expect(said(key({ algorithm }))).toEqual(expected);
  });

  test.each<[JsonObject | undefined, unknown]>([
    [undefined, { algorithm: "RSA", size: 2048 }],
    [{ size: 1024 }, { algorithm: "RSA", size: 1024 }],
    [
      { algorithm: "RSA", size: "4096" },
      { algorithm: "RSA", size: 4096 },
    ],
    [
      { algorithm: "ECDSA", size: 384 },
      { algorithm: "ECDSA", size: 384 },
    ],
    [
      { algorithm: "ECDSA", size: 521 },
      { algorithm: "ECDSA", size: 521 },
    ],
    [{ algorithm: "ECDSA", size: 1024 }, "? cert-manager makes no ECDSA key of that size"],
    [{ algorithm: "Ed25519" }, '? "Ed25519" is not a value that tlsgate recognises'],
    [{ algorithm: "RSA", size: "large" }, '? "large" is not a value that tlsgate recognises'],
  ])("%j", (privateKey, expected) => expect(said(key(privateKey))).toEqual(expected));

  test("a short key, and what is to be set", () => {
    expect(key({ size: 1024 })).toMatchObject({
      place: { address, at: "manifest.spec.privateKey.size" },
      remedy: { attribute: "manifest.spec.privateKey.size", value: 2048 },
    });
  });

  test("names that are known after apply", () => {
    const changes = {
      [address]: { ...request({ dnsNames: ["a.test"] }), after_unknown: { manifest: { spec: { dnsNames: [true] } } } },
    };
    expect(only(certificates(changes)).names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
  });
});

describe("in a Secret", () => {
  const address = "kubernetes_secret_v1.made";
  const names = ["example.com", "*.example.com", "www.example.org"];
  const secret = (after: JsonObject, type = address): Certificate =>
    only(
      certificates({
        [type]: {
          after: { metadata: [{ name: "tls", namespace: "web" }], type: "kubernetes.io/tls", ...after },
          after_sensitive: { data: true },
        },
      }),
    );

  test.each(["kubernetes_secret_v1.made", "kubernetes_secret.made"])("%s: judged, and secret", (type) => {
    const { names: found, key, renewal } = secret({ data: { "tls.crt": pem("rsa-2048"), "tls.key": "s3cret" } }, type);
    expect(found.every(isSensitive)).toBe(true);
    expect([said(key), said(renewal)]).toEqual([{ secret: { algorithm: "RSA", size: 2048 } }, "by import"]);
    expect(found[0]?.place.at).toBe('data["tls.crt"]');
  });

  test.each<[string, JsonObject]>([
    ["binary_data", { binary_data: { "tls.crt": encoded(pem("p-256")) } }],
    ["data of a manifest", { data: { "tls.crt": encoded(pem("p-256")) } }],
    ["stringData of a manifest", { stringData: { "tls.crt": pem("p-256") } }],
  ])("encoded or not: %s", (_, after) => {
    expect(said(secret(after).key)).toEqual({ secret: { algorithm: "ECDSA", size: 256 } });
  });

  test("one that is a manifest", () => {
    const after = {
      manifest: {
        apiVersion: "v1",
        kind: "Secret",
        type: "kubernetes.io/tls",
        metadata: { name: "tls" },
        data: { "tls.crt": encoded(pem("rsa-1024")) },
      },
    };
    expect(said(only(certificates({ "kubernetes_manifest.made": { after } })).key)).toEqual({
      secret: { algorithm: "RSA", size: 1024 },
    });
  });

  test.each<[string, JsonObject, string]>([
    ["nothing", {}, "? the plan does not show its tls.crt"],
    ["no certificate", { data: { "tls.crt": "hello" } }, "? it is no certificate that can be read"],
  ])("%s", (_, after, cause) => expect(said(secret(after).key)).toBe(cause));

  test("a key that the model has no word for", () => {
    expect(said(secret({ data: { "tls.crt": pem("ed25519") } }).key)).toBe("? the certificate's key could not be read");
  });

  test("of another type it is none", () => {
    const after = { metadata: [{ name: "tls" }], type: "Opaque", data: { "tls.crt": pem("rsa-2048") } };
    expect(certificates({ [address]: { after } })).toEqual([]);
  });

  test("its contents never reach a finding", () => {
    const after = {
      metadata: [{ name: "tls" }],
      type: "kubernetes.io/tls",
      data: { "tls.crt": pem("rsa-1024"), "tls.key": "s3cret" },
    };
    const told = findings(planOf({ [address]: { after, after_sensitive: { data: true } } }));
    expect(told.filter(({ outcome }) => outcome === "fail").map(({ policy }) => policy)).toContain(
      "certificate-key-strength",
    );
    expect(JSON.stringify(told)).not.toMatch(/s3cret|BEGIN|1024|example/);
    expect(names.some((name) => JSON.stringify(told).includes(name))).toBe(false);
  });
});

describe("of an Ingress", () => {
  const ingress = "kubernetes_ingress_v1.made";
  const spec = {
    ingress_class_name: "nginx",
    tls: [{ hosts: ["a.test"], secret_name: "tls" }],
    rule: [{ host: "a.test" }],
  };
  const used = (others: Changes) =>
    certificateNames(only(endpointsAt({ ...others, [ingress]: typed({}, spec) }, ingress)))[0];
  const outside = ["? the certificate is in a Secret that this plan does not hold"];
  const held = (name: string, namespace: string) => ({
    after: { metadata: [{ name, namespace }], type: "kubernetes.io/tls", data: { "tls.crt": pem("rsa-2048") } },
    after_sensitive: { data: true },
  });

  test("the request for its Secret, in its namespace", () => {
    const one = request({ secretName: "tls", dnsNames: ["a.test"] });
    expect(used({ "kubernetes_manifest.one": one })).toEqual(["a.test"]);
    expect(
      used({ "kubernetes_manifest.one": request({ secretName: "tls", dnsNames: ["a.test"] }, { namespace: "other" }) }),
    ).toEqual(outside);
    expect(used({ "kubernetes_manifest.one": request({ secretName: "other", dnsNames: ["a.test"] }) })).toEqual(
      outside,
    );
  });

  test("the Secret itself, in its namespace", () => {
    expect(used({ "kubernetes_secret_v1.one": held("tls", "web") })).toEqual(
      expect.arrayContaining([{ secret: "example.com" }]),
    );
    expect(used({ "kubernetes_secret_v1.one": held("tls", "other") })).toEqual(outside);
  });

  test("of two, neither", () => {
    const two = { "kubernetes_secret_v1.one": held("tls", "web"), "kubernetes_secret.two": held("tls", "web") };
    expect(used(two)).toEqual(["? the plan does not tell which certificate it is"]);
  });
});

describe("values at random", () => {
  fuzzObjects({
    make: (source) => ({
      "kubernetes_manifest.made": {
        manifest: {
          apiVersion: "cert-manager.io/v1",
          kind: "Certificate",
          metadata: { name: "made" },
          spec: {
            dnsNames: [word(source, "a.test")],
            privateKey: some(source, {
              algorithm: () => word(source, "RSA", "ECDSA", "Ed25519"),
              size: () => (source.chance(0.5) ? source.pick([256, 1024, 2048]) : word(source)),
            }),
          },
        },
      },
      "kubernetes_secret_v1.made": {
        metadata: [{ name: "tls" }],
        type: word(source, "kubernetes.io/tls"),
        data: { "tls.crt": source.chance(0.5) ? pem("rsa-2048") : word(source, pem("rsa-1024")) },
      },
    }),
    passing: {
      "certificate-key-strength": (value) =>
        value === undefined || value === "" || [256, 2048].includes(Number(value)) || value === pem("rsa-2048"),
      "certificate-auto-renewal": (_, { address }) => address === "kubernetes_manifest.made",
    },
  });
});

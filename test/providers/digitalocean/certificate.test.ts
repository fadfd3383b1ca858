// DigitalOcean's certificates: names, keys and renewal; on a real plan and on made ones.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { renewals } from "../../../src/providers/digitalocean/certificate-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { type Change, configured, plan } from "../../support/made.ts";
import { at, certificatesOf, endpointsOf, said } from "../../support/said.ts";

const address = "digitalocean_certificate.made";
const pem = (name: string) => readFileSync(new URL(`../../facts/certificates/${name}.pem`, import.meta.url), "utf8");

const made = (after: JsonObject, after_unknown: Partial<Change>["after_unknown"] = {}) =>
  at(
    certificatesOf(
      plan({ changes: { [address]: { after, after_unknown } }, root: { resources: [configured(address)] } }),
    ),
    address,
  );

describe("of a real plan", () => {
  const real = certificatesOf("digitalocean-good");

  test("Let's Encrypt's renew themselves, and their key is Let's Encrypt's choice", () => {
    const { names, key, renewal } = at(real, "digitalocean_certificate.le");
    expect([names.map(said), key, said(renewal)]).toEqual([["shop.example.com"], undefined, "automatic"]);
  });

  test("a custom one of a text that is known after apply", () => {
    const { names, key, renewal } = at(real, "digitalocean_certificate.custom");
    const late = "? known after apply, from tls_self_signed_cert.c.cert_pem";
    expect([names.map(said), said(key), said(renewal)]).toEqual([[late], late, "by import"]);
  });
});

describe("the type", () => {
  test.each([
    ["lets_encrypt", "automatic"],
    ["custom", "by import"],
    [null, "by import"],
    ["Lets_Encrypt", '? "Lets_Encrypt" is not a value that tlsgate recognises'],
    ["toString", '? "toString" is not a value that tlsgate recognises'],
  ])("%s: renewed %s", (type, renewal) => expect(said(made({ type }).renewal)).toBe(renewal));

  test("what a type that is not recognised leaves open", () => {
    expect(made({ type: "other", domains: ["a.test"] }).names.map(said)).toEqual([
      '? "other" is not a value that tlsgate recognises',
    ]);
    expect(made({ type: "custom" }).renewal?.remedy).toEqual({ address, attribute: "type", value: "lets_encrypt" });
  });
});

describe("the names", () => {
  test("of Let's Encrypt's, one of them known after apply", () => {
    const { names } = made({ type: "lets_encrypt", domains: ["a.test", null] }, { domains: [false, true] });
    expect(names.map(said)).toEqual(["a.test", "? known after apply"]);
    expect(names[0]?.place).toEqual({ address, at: "domains[0]" });
  });

  test("of a custom one, by its text", () => {
    const { names, key } = made({ leaf_certificate: pem("rsa-2048") });
    expect(names.map(said)).toEqual(["example.com", "*.example.com"]);
    expect(said(key)).toEqual({ algorithm: "RSA", size: 2048 });
    expect(said(made({ leaf_certificate: pem("ed25519") }).key)).toBe("? the certificate's key could not be read");
  });

  test("of a custom one, whose text the provider plans as a hash", () => {
    const hash = "? the plan holds only a hash of the certificate";
    const body = { leaf_certificate: "d04c0a0e2b0f6d1a" };
    expect(made(body).names.map(said)).toEqual([hash]);
    expect(said(made(body).key)).toBe(hash);
    expect(made({ ...body, domains: ["read.test"] }).names.map(said)).toEqual(["read.test"]);
  });
});

describe("used", () => {
  const balancer = "digitalocean_loadbalancer.made";
  const rule = { entry_protocol: "https", entry_port: 443, target_protocol: "https", target_port: 443 };
  const using = (written: JsonObject, changes = {}) => {
    const after = { forwarding_rule: [{ ...rule, ...written }] };
    const root = { resources: [configured(balancer, { forwarding_rule: [{}] })] };
    return at(endpointsOf(plan({ changes: { [balancer]: { after }, ...changes }, root })), balancer);
  };
  const le = { after: { name: "le", id: "le", uuid: "123", type: "lets_encrypt", domains: ["a.test"] } };

  test.each([{ certificate_name: "le" }, { certificate_id: "123" }, { certificate_id: "le" }])("%j", (written) => {
    const { certificate, certificates } = using(written, { [address]: le });
    expect(said(certificate)).toBe("own");
    expect(certificate?.place.at).toBe(`forwarding_rule[0].${Object.keys(written)[0]}`);
    expect(only(certificates).certificate.address).toBe(address);
  });

  test("by both: the one that this plan holds", () => {
    const { certificates } = using({ certificate_name: "gone", certificate_id: "123" }, { [address]: le });
    expect(only(certificates).certificate.address).toBe(address);
  });

  test("from a look-up: with the names that it read", () => {
    const { certificates } = using({ certificate_name: "le" }, { "data.digitalocean_certificate.it": le });
    const { certificate } = only(certificates);
    expect([certificate.address, certificate.names.map(said)]).toEqual([undefined, ["a.test"]]);
  });

  test("from elsewhere", () => {
    const { certificate, certificates } = using({ certificate_name: "elsewhere" });
    expect(said(certificate)).toBe("own");
    expect(only(certificates).certificate.names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
  });

  test("not known which", () => {
    const changes = { [address]: le, "digitalocean_certificate.other": le };
    expect(only(using({ certificate_name: "le" }, changes).certificates).certificate.names.map(said)).toEqual([
      `? the plan does not tell which it is of ${address}, digitalocean_certificate.other`,
    ]);
  });

  test("known after apply", () => {
    const after_unknown = { forwarding_rule: [{ certificate_name: true }] } as never;
    const made = plan({ changes: { [balancer]: { after: { forwarding_rule: [rule] }, after_unknown } } });
    const { certificate, certificates } = at(endpointsOf(made), balancer);
    expect(said(certificate)).toMatch(/^\? known after apply/);
    expect(said(only(certificates).certificate.names[0])).toMatch(/^\? known after apply/);
  });

  test("none", () => {
    const { certificate, certificates } = using({});
    expect([said(certificate), certificates]).toEqual(["missing", []]);
    expect(certificate?.place.at).toBe("forwarding_rule[0].certificate_name");
  });
});

describe("values at random", () =>
  fuzz({
    resources: { [address]: { name: "text", type: "text", domains: ["text"], leaf_certificate: "text" } },
    words: ["custom", "lets_encrypt", "LETS_ENCRYPT", "a.test", "*.a.test", "", "constructor", pem("p-256")],
    passing: {
      "certificate-auto-renewal": among(...Object.keys(renewals).filter((type) => renewals[type] === "automatic")),
      "certificate-key-strength": among(pem("p-256")),
    },
  }));

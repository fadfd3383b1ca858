// Certificates of Compute Engine and of Certificate Manager: names, keys, and who renews them.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { configured, plan } from "../../support/made.ts";
import { at, certificatesOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const managed = "google_compute_managed_ssl_certificate.made";
const manager = "google_certificate_manager_certificate.made";
const own = "google_compute_ssl_certificate.made";
const regional = "google_compute_region_ssl_certificate.made";

const pem = readFileSync(new URL("../../facts/certificates/rsa-2048.pem", import.meta.url), "utf8");

const certificate = (address: string, values: Values) => {
  const { names, key, renewal, transparency } = at(
    certificatesOf(creating({ "terraform_data.late": {}, [address]: values })),
    address,
  );
  return { names: names.map(said), key: said(key), renewal: said(renewal), transparency };
};

const late = "? known after apply, from terraform_data.late.output";

describe("managed by Google", () => {
  test.each([managed, manager])("%s: its key is Google's to choose", (address) => {
    expect(certificate(address, { managed: [{ domains: ["a.test", "b.test."] }] })).toEqual({
      names: ["a.test", "b.test"],
      key: undefined,
      renewal: "automatic",
      transparency: undefined,
    });
  });

  test("domains known after apply", () => {
    const late = "? known after apply, from terraform_data.late.output";
    expect(certificate(managed, { managed: [{ domains: ref("terraform_data.late.output") }] }).names).toEqual([late]);
    expect(
      certificate(managed, { managed: [{ domains: ["a.test", ref("terraform_data.late.output")] }] }).names,
    ).toEqual(["a.test", late]);
  });

  test("of real plans", () => {
    const real = certificatesOf("google-good");
    const names = (address: string) => at(real, address).names.map(said);
    expect(names("google_compute_managed_ssl_certificate.site")).toEqual(["shop.example.com", "www.shop.example.com"]);
    expect(names("google_certificate_manager_certificate.site")).toEqual(["shop.example.com", "*.shop.example.com"]);
  });
});

describe("brought along", () => {
  const read = {
    names: ["example.com", "*.example.com"],
    key: { algorithm: "RSA", size: 2048 },
    renewal: "by import",
    transparency: undefined,
  };

  test.each<[string, string, Values]>([
    ["a certificate of Compute Engine", own, { certificate: pem }],
    ["a regional one", regional, { certificate: pem }],
    ["one of Certificate Manager", manager, { self_managed: [{ pem_certificate: pem }] }],
    ["the same by its older name", manager, { self_managed: [{ certificate_pem: pem }] }],
  ])("%s", (_, address, values) => expect(certificate(address, values)).toEqual(read));

  test.each<[string, Values, string]>([
    ["known after apply", { certificate: ref("terraform_data.late.output") }, late],
    ["no certificate", { certificate: "nonsense" }, "? it is no PEM certificate that can be read"],
    ["not set", {}, "? not set"],
  ])("%s", (_, values, cause) => {
    expect(certificate(own, values)).toEqual({
      names: [cause],
      key: cause,
      renewal: "by import",
      transparency: undefined,
    });
  });

  test("a sensitive one is read, and its names are secret", () => {
    const change = { after: { certificate: pem }, after_sensitive: { certificate: true } };
    const made = plan({ changes: { [own]: change }, root: { resources: [configured(own)] } });
    const { names, key } = at(certificatesOf(made), own);
    expect(names.map(said)).toEqual([{ secret: "example.com" }, { secret: "*.example.com" }]);
    expect(key).toMatchObject({ state: "known", sensitive: true, place: { address: own, at: "certificate" } });
  });
});

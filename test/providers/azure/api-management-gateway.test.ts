// Names of self-hosted gateways → endpoints: protocols and certificates; made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { gatewayProtocols } from "../../../src/providers/azure/api-management-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, certificatesOf, endpointsOf, said } from "../../support/said.ts";

const address = "azurerm_api_management_gateway_host_name_configuration.made";
const certificate = "azurerm_api_management_certificate.made";

const host = (after: JsonObject, unknown: JsonObject = {}) => {
  const change = { after: { host_name: "a.test", ...after }, after_unknown: unknown as never };
  const written = Object.fromEntries(Object.keys(unknown).map((name) => [name, refersTo(`${certificate}.id`)]));
  const changes = { [address]: change, [certificate]: { after: { data: "AAAA" }, after_unknown: { id: true } } };
  const root = { resources: [configured(address, written), configured(certificate)] };
  return at(endpointsOf(plan({ changes, root })), address);
};

test.each(Object.entries(gatewayProtocols))("%s: %s", (name, version) => {
  expect(said(host({ [name]: true }).minimumTls)).toBe(version);
  expect(host({ [name]: true }).minimumTls?.remedy).toEqual({ address, attribute: name, value: false });
  expect(said(host({ [name]: false }).minimumTls)).toBe("TLS 1.2");
  expect(said(host({}, { [name]: true }).minimumTls)).toMatch(/^\? known after apply/);
  expect(Object.values(gatewayProtocols)).toEqual(["TLS 1.0", "TLS 1.1"]);
});

test.each([
  [true, ["HTTP/1.1", "HTTP/2"]],
  [false, ["HTTP/1.1"]],
  [null, ["HTTP/1.1", "HTTP/2"]],
  ["yes", '? "yes" is not a value that tlsgate recognises'],
])("http2_enabled %j: %j", (http2_enabled, expected) => {
  expect(said(host({ http2_enabled }).httpVersions)).toEqual(expected);
  expect(host({ http2_enabled }).httpVersions?.remedy?.value).toBe(true);
});

test("its certificate", () => {
  const here = host({}, { certificate_id: true });
  expect([here.names.map(said), said(here.certificate)]).toEqual([["a.test"], "own"]);
  expect(only(here.certificates).certificate.address).toBe(certificate);
  const { names } = only(host({ certificate_id: "/certificates/a" }).certificates).certificate;
  expect(names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
  expect([said(host({}).certificate), host({}).certificates]).toEqual(["missing", []]);
});

test.each([
  [{ data: "AAAA" }, ["? a plan does not show what the uploaded certificate holds"], "by import"],
  [{ data: "AAAA", subject: "O=Shop, CN=a.test" }, ["a.test"], "by import"],
  [{ key_vault_secret_id: "/secrets/a" }, ["? the certificate is defined outside this plan"], undefined],
])("a certificate with %j", (after, names, renewal) => {
  const made = at(certificatesOf(plan({ changes: { [certificate]: { after } } })), certificate);
  expect([made.names.map(said), said(made.renewal)]).toEqual([names, renewal]);
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        host_name: "text",
        certificate_id: "text",
        tls10_enabled: "flag",
        tls11_enabled: "flag",
        http2_enabled: "flag",
      },
    },
    words: ["a.test", "/certificates/a", "", "constructor"],
    passing: {
      "minimum-tls-1-2": (value) =>
        ["tls10_enabled", "tls11_enabled"].every((name) => (value as JsonObject)[name] !== true),
      "modern-http": among(true, null, undefined),
      "certificate-present": among("a.test", "/certificates/a", "constructor", null, ""),
    },
  }));

// TLS settings of one host name → endpoints, in the words of provider 4 and of provider 5.

import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, zonePlan } from "../../support/cloudflare.ts";
import { said } from "../../support/said.ts";

const tls = (values: JsonObject, type = "cloudflare_hostname_tls_setting", late = {}) => {
  const address = `${type}.made`;
  const endpoint = endpointAt(
    zonePlan({ [address]: { hostname: "api.example.com", ...values } }, { late: { [address]: late } }),
    address,
  );
  if (!endpoint) throw new Error("no endpoint");
  return { ...saidOf(endpoint), versions: said(endpoint.httpVersions), names: endpoint.names.map(said) };
};

test("the oldest version", () => {
  const floor = (value: unknown) => tls({ setting_id: "min_tls_version", value } as JsonObject).minimumTls;
  expect(["1.0", "1.1", "1.2", "1.3", 1].map(floor)).toEqual(["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "TLS 1.0"]);
  expect(floor("TLS 1.2")).toMatch(/^\? "TLS 1.2" is not a value/);
  expect(tls({ setting: "min_tls_version", value: "1.1" }).minimumTls).toBe("TLS 1.1");
});

test("the cipher suites, which provider 4 sets by a resource of its own", () => {
  const weak = { forwardSecrecy: false, aeadOnly: false };
  expect(tls({ setting_id: "ciphers", value: ["AES128-SHA"] })).toMatchObject(weak);
  expect(tls({ value: ["AES128-SHA"] }, "cloudflare_hostname_tls_setting_ciphers")).toMatchObject(weak);
  expect(tls({ setting_id: "ciphers", value: [] }).forwardSecrecy).toBeUndefined();
});

test("HTTP/2", () => {
  expect(tls({ setting_id: "http2", value: "off" }).versions).toEqual(["HTTP/1.1"]);
  expect(tls({ setting_id: "http2", value: "on" }).versions).toEqual(["HTTP/1.1", "HTTP/2"]);
});

test("a setting that is known after apply can be any, and another one is about something else", () => {
  const late = tls({ value: "1.2" }, undefined, { setting_id: true });
  expect([late.minimumTls, late.forwardSecrecy, late.aeadOnly]).toEqual(
    Array(3).fill("? known after apply, from terraform_data.late.output"),
  );
  expect(tls({ setting_id: "other", value: "1.0" })).toMatchObject({
    minimumTls: undefined,
    forwardSecrecy: undefined,
    names: ["api.example.com"],
  });
});

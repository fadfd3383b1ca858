// APIs and backends of API Management → endpoints: protocols they take, and the next hop; made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { apiProtocols } from "../../../src/providers/azure/api-management-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const api = "azurerm_api_management_api.made";
const backend = "azurerm_api_management_backend.made";

const endpoint = (address: string, after: JsonObject, unknown: JsonObject = {}) => {
  const changes = { [address]: { after, after_unknown: unknown as never } };
  const written = Object.fromEntries(Object.keys(unknown).map((name) => [name, refersTo("var.any")]));
  return at(endpointsOf(plan({ changes, root: { resources: [configured(address, written)] } })), address);
};

const plainHttp = (...given: [JsonObject, JsonObject?]) => only(endpoint(api, ...given).routes).plainHttp;

describe("protocols of an API", () => {
  test.each([
    ["http", "served"],
    ["ws", "served"],
    ["https", "refused"],
    ["wss", "refused"],
  ])("%s: %s", (protocol, expected) => {
    expect(said(plainHttp({ protocols: [protocol] }))).toBe(expected);
    expect(Object.keys(apiProtocols)).toHaveLength(4);
  });

  test.each([
    [["https", "http"], "served"],
    [["https", "wss"], "refused"],
    [["http", "h3"], "served"],
    [["https", "h3"], '? "h3" is not a value that tlsgate recognises'],
    [null, "? protocols is not set: a revision takes its source's"],
  ])("%j: %s", (protocols, expected) => expect(said(plainHttp({ protocols }))).toBe(expected));

  test("known after apply", () => expect(said(plainHttp({}, { protocols: true }))).toMatch(/^\? known after apply/));

  test("what is to be set", () =>
    expect(plainHttp({ protocols: ["http"] })?.remedy).toEqual({
      address: api,
      attribute: "protocols",
      value: ["https"],
    }));
});

describe("the next hop", () => {
  test.each([
    ["https://a.test/api", "https"],
    ["HTTPS://a.test", "https"],
    ["wss://a.test", "https"],
    ["http://a.test", "http"],
    ["ws://a.test", "http"],
    ["a.test", '? "a.test" is not a value that tlsgate recognises'],
    ["httpsx://a.test", '? "httpsx://a.test" is not a value that tlsgate recognises'],
  ])("%s: %s", (url, expected) => {
    expect(said(only(endpoint(api, { service_url: url }).upstreams).protocol)).toBe(expected);
    expect(said(only(endpoint(backend, { url }).upstreams).protocol)).toBe(expected);
  });

  test("its name", () => {
    expect(only(endpoint(backend, { url: "https://a.test:8443/api" }).upstreams).name).toBe("a.test");
    expect(only(endpoint(backend, {}, { url: true }).upstreams).name).toBe(backend);
  });

  test("none, and no name of its own", () => {
    const { upstreams, names } = endpoint(api, { protocols: ["https"] });
    expect([upstreams, names]).toEqual([[], []]);
  });

  test("known after apply", () => {
    const { protocol } = only(endpoint(backend, {}, { url: true }).upstreams);
    expect(said(protocol)).toMatch(/^\? known after apply/);
    expect(protocol.place).toEqual({ address: backend, at: "url" });
  });

  test.each([
    [[], "verified"],
    [[{ validate_certificate_chain: true, validate_certificate_name: true }], "verified"],
    [[{ validate_certificate_chain: false, validate_certificate_name: true }], "not verified"],
    [[{ validate_certificate_chain: true, validate_certificate_name: false }], "not verified"],
    // The provider sends false for the one that is not set.
    [[{ validate_certificate_chain: true }], "not verified"],
    [[{ validate_certificate_chain: "yes", validate_certificate_name: true }], expect.stringMatching(/not a value/)],
  ])("with tls %j its certificate is %s", (tls, expected) => {
    const { certificate } = only(endpoint(backend, { url: "https://a.test", tls }).upstreams);
    expect(said(certificate)).toEqual(expected);
    expect(certificate?.remedy?.value).toBe(true);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [api]: { protocols: ["text"], service_url: "text" },
      [backend]: { url: "text", tls: [{ validate_certificate_chain: "flag", validate_certificate_name: "flag" }] },
    },
    words: ["http", "https", "h3", "https://a.test", "http://a.test", "a.test", "", "constructor"],
    passing: {
      "https-only": (value) => Array.isArray(value) && value.every((one) => one === "https"),
      "origin-https-only": (value, path) =>
        path.startsWith("tls") ? among(true, null, undefined)(value) : value === "https://a.test",
      "private-hop-https": (value, path) => path.startsWith("tls") && among(true, null, undefined)(value),
    },
  }));

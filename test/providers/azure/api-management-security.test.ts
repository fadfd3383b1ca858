// What API Management negotiates → protocols, suites and HTTP versions: every switch, by either of its names.

import { describe, expect, test } from "vitest";
import { suiteOf } from "../../../src/facts/cipher-suite.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import {
  backendProtocols,
  cipherSwitches,
  fixedTiers,
  frontendProtocols,
} from "../../../src/providers/azure/api-management-values.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "azurerm_api_management.made";

/** A service whose attributes are all written, and can be known after apply. */
const service = (after: JsonObject, unknown: JsonObject = {}, security: JsonObject = {}) => {
  const change = { after: { sku_name: "Developer_1", ...after }, after_unknown: unknown as never };
  const written = Object.fromEntries(Object.keys(security).map((name) => [name, refersTo("var.any")]));
  const root = {
    resources: [configured(address, { security: [written], protocols: [{}], sku_name: refersTo("var.any") })],
  };
  return at(endpointsOf(plan({ changes: { [address]: change }, root })), address);
};

const secured = (security: JsonObject, unknown: JsonObject = {}) =>
  service({ security: [security] }, { security: [unknown] }, unknown);

describe.each([
  ["clients", frontendProtocols, (made: ReturnType<typeof service>) => made.minimumTls],
  ["backends", backendProtocols, (made: ReturnType<typeof service>) => only(made.upstreams).minimumTls],
] as const)("protocols for %s", (_, protocols, floorOf) => {
  const names = Object.keys(protocols);

  test("oldest first", () => expect(Object.values(protocols)).toEqual(["SSLv3", "TLS 1.0", "TLS 1.1"]));

  test.each(names.flatMap((name) => [name, `enable_${name.replace("_enabled", "")}`]))("%s", (name) => {
    const floor = floorOf(secured({ [name]: true }));
    const version = { ssl30: "SSLv3", tls10: "TLS 1.0", tls11: "TLS 1.1" }[/ssl30|tls1\d/.exec(name)?.[0] ?? ""];
    expect(said(floor)).toBe(version);
    expect(floor?.remedy).toEqual({ address, attribute: `security[0].${name}`, value: false });
    expect(said(floorOf(secured({ [name]: false })))).toBe("TLS 1.2");
  });

  test("the oldest of several, and what is on before what is not known", () => {
    const [ssl = "", tls10 = "", tls11 = ""] = names;
    expect(said(floorOf(secured({ [tls11]: true, [tls10]: true })))).toBe("TLS 1.0");
    expect(said(floorOf(secured({ [tls11]: true }, { [ssl]: true })))).toBe("TLS 1.1");
    expect(said(floorOf(secured({}, { [ssl]: true })))).toMatch(/^\? known after apply/);
    expect(said(floorOf(secured({ [tls10]: "yes" })))).toMatch(/not a value that tlsgate recognises$/);
  });

  test("the older name in a state of azurerm 4 outweighs the newer one", () => {
    const [, tls10 = ""] = names;
    const older = `enable_${tls10.replace("_enabled", "")}`;
    expect(said(floorOf(secured({ [tls10]: false, [older]: true })))).toBe("TLS 1.0");
  });

  test("no security block", () => {
    expect(said(floorOf(service({})))).toBe("TLS 1.2");
    const change = { after: { sku_name: "Developer_1" }, after_unknown: { security: true } };
    const made = plan({ changes: { [address]: change }, root: { resources: [configured(address)] } });
    expect(said(floorOf(at(endpointsOf(made), address)))).toBe("TLS 1.2");
  });
});

describe("cipher suites", () => {
  test.each(Object.entries(cipherSwitches))("%s is %s", (name, suite) => {
    // tls_rsa_with_aes128_gcm_sha256_ciphers_enabled, and TripleDes168 for 3DES.
    const written = suite.toLowerCase().replace("aes_", "aes");
    expect(name === "triple_des_ciphers_enabled" ? suite : name).toBe(
      name === "triple_des_ciphers_enabled" ? "TLS_RSA_WITH_3DES_EDE_CBC_SHA" : `${written}_ciphers_enabled`,
    );
    const { forwardSecrecy } = secured({ [name]: true });
    expect(said(forwardSecrecy)).toBe(suiteOf(suite)?.forwardSecret);
    if (said(forwardSecrecy) === false) {
      expect(forwardSecrecy?.remedy).toEqual({ address, attribute: `security[0].${name}`, value: false });
    }
  });

  test.each([
    ["Consumption", "Consumption"],
    ["BasicV2", "Basic v2"],
    ["StandardV2", "Standard v2"],
    ["PremiumV2", "Premium v2"],
  ])("tier %s has fixed ones", (tier, words) => {
    expect(Object.keys(fixedTiers)).toHaveLength(4);
    const { forwardSecrecy, aeadOnly } = service({ sku_name: `${tier}_0` });
    const cause = `? the cipher suites of tier ${words} are fixed, and Microsoft does not list them`;
    expect([said(forwardSecrecy), said(aeadOnly)]).toEqual([cause, cause]);
  });

  test("a sensitive tier is not named", () => {
    const change = { after: { sku_name: "BasicV2_1" }, after_sensitive: { sku_name: true } };
    const { aeadOnly } = at(endpointsOf(plan({ changes: { [address]: change } })), address);
    expect(said(aeadOnly)).toBe("? the cipher suites of its tier are fixed, and Microsoft does not list them");
  });

  test.each(["Developer_1", "Basic_1", "Standard_1", "Premium_2"])("%s has switches", (sku_name) =>
    expect(said(service({ sku_name }).forwardSecrecy)).toBe(true),
  );

  test("what is known after apply", () => {
    const name = "tls_rsa_with_aes128_cbc_sha_ciphers_enabled";
    expect(said(secured({}, { [name]: true }).forwardSecrecy)).toMatch(/^\? known after apply/);
    expect(said(service({ sku_name: null }, { sku_name: true }).forwardSecrecy)).toMatch(/^\? sku_name decides/);
    expect(said(service({ security: [{ [name]: true }] }, { sku_name: true }).forwardSecrecy)).toBe(false);
  });
});

test.each([
  [{ http2_enabled: true }, ["HTTP/1.1", "HTTP/2"]],
  [{ enable_http2: true }, ["HTTP/1.1", "HTTP/2"]],
  [{ http2_enabled: false }, ["HTTP/1.1"]],
  [{}, ["HTTP/1.1"]],
])("protocols %j: %j", (protocols, expected) => {
  const { httpVersions } = service({ protocols: [protocols] });
  expect(said(httpVersions)).toEqual(expected);
  const change = { after: { sku_name: "Developer_1" }, after_unknown: { protocols: true } };
  const unset = plan({ changes: { [address]: change }, root: { resources: [configured(address)] } });
  expect(said(at(endpointsOf(unset), address).httpVersions)).toEqual(["HTTP/1.1"]);
  expect(httpVersions?.remedy?.value).toBe(true);
});

test("random switches: none passes unless all of them are off", () => {
  const front = Object.keys(frontendProtocols);
  const rsa = Object.keys(cipherSwitches).filter((name) => !name.includes("ecdhe"));
  const names = [...front, ...Object.keys(backendProtocols), ...Object.keys(cipherSwitches)];
  const passed = [0, 0];
  for (let seed = 0; seed < 1000; seed++) {
    const { pick, chance } = random(seed);
    const values = Object.fromEntries(names.map((name) => [name, pick([true, false, false, false, null, "false"])]));
    const unknown = Object.fromEntries(names.filter(() => chance(0.02)).map((name) => [name, true]));
    const given = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in unknown)));
    const made = secured(given, unknown);
    const isOff = (name: string) => !(name in unknown) && (values[name] === false || values[name] === null);
    const [floor, secret] = [said(made.minimumTls) === "TLS 1.2", said(made.forwardSecrecy) === true];
    expect([floor, secret], `seed ${seed}`).toEqual([front.every(isOff), rsa.every(isOff)]);
    if (floor) passed[0] = (passed[0] ?? 0) + 1;
    if (secret) passed[1] = (passed[1] ?? 0) + 1;
  }
  expect(Math.min(...passed)).toBeGreaterThan(10);
});

// Sites of App Service → endpoints: versions, suites, plain HTTP and the deployment site; on apps made by hand.

import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { said } from "../../support/said.ts";

const address = "azurerm_linux_web_app.made";

/** The app, and its deployment site. */
function sites(config: JsonObject, more: JsonObject = {}, unknown: JsonObject = {}, name = address) {
  const change = { after: { site_config: [config], ...more }, after_unknown: { site_config: [unknown] } as never };
  const root = { resources: [configured(name, { site_config: [{ minimum_tls_version: refersTo("var.floor") }] })] };
  const { endpoints } = inventoryOf(plan({ changes: { [name]: change }, root }), "after", adapters);
  const [app, deployment] = endpoints;
  if (!app || !deployment) throw new Error("There are not two sites");
  return { app, deployment };
}

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

describe("the oldest TLS version", () => {
  test.each([
    ["1.0", "TLS 1.0"],
    ["1.1", "TLS 1.1"],
    ["1.2", "TLS 1.2"],
    ["1.3", "TLS 1.3"],
    [null, "TLS 1.2"],
    ["1.4", unrecognised],
    [1.2, unrecognised],
    ["constructor", unrecognised],
  ])("minimum_tls_version %j: %s", (version, expected) => {
    const ofApp = sites({ minimum_tls_version: version });
    expect([said(ofApp.app.minimumTls), said(ofApp.deployment.minimumTls)]).toEqual([expected, "TLS 1.2"]);
    const ofScm = sites({ scm_minimum_tls_version: version });
    expect([said(ofScm.app.minimumTls), said(ofScm.deployment.minimumTls)]).toEqual(["TLS 1.2", expected]);
  });

  test("known after apply", () =>
    expect(said(sites({}, {}, { minimum_tls_version: true }).app.minimumTls)).toMatch(/^\? known after apply/));

  test.each(["azurerm_app_service.made", "azurerm_function_app.made", "azurerm_logic_app_standard.made"])(
    "%s shortens the attribute",
    (name) => {
      const { app, deployment } = sites({ min_tls_version: "1.0", scm_min_tls_version: "1.1" }, {}, {}, name);
      expect([said(app.minimumTls), said(deployment.minimumTls)]).toEqual(["TLS 1.0", "TLS 1.1"]);
      expect(app.minimumTls?.remedy).toEqual({
        address: name,
        attribute: "site_config[0].min_tls_version",
        value: "1.2",
      });
    },
  );
});

describe("cipher suites", () => {
  const suites = (config: JsonObject, unknown: JsonObject = {}) => {
    const { app } = sites(config, {}, unknown);
    return [said(app.forwardSecrecy), said(app.aeadOnly)];
  };

  test.each([
    [null, "1.2", false, false],
    [null, "1.3", true, true],
    ["TLS_RSA_WITH_AES_128_CBC_SHA", "1.3", true, true],
    ["TLS_RSA_WITH_AES_256_GCM_SHA384", "1.2", false, false],
    ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "1.2", true, false],
    ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "1.2", true, true],
    ["TLS_AES_128_GCM_SHA256", "1.2", true, true],
  ])("%s with TLS %s", (minimum_tls_cipher_suite, minimum_tls_version, ...expected) =>
    expect(suites({ minimum_tls_cipher_suite, minimum_tls_version })).toEqual(expected),
  );

  test("not recognised", () =>
    expect(suites({ minimum_tls_cipher_suite: "TLS_ECDHE_RSA_WITH_CHACHA20" })).toEqual([unrecognised, unrecognised]));

  test("a floor of versions that is not known yet leaves only strong suites for certain", () => {
    const open = expect.stringMatching(/^\? known after apply/);
    expect(suites({}, { minimum_tls_version: true })).toEqual([open, open]);
    const strong = { minimum_tls_cipher_suite: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" };
    expect(suites(strong, { minimum_tls_version: true })).toEqual([true, open]);
  });

  test.each([
    ["azurerm_function_app_flex_consumption.made", "minimum_tls_version"],
    ["azurerm_logic_app_standard.made", "min_tls_version"],
  ])("%s has no floor of suites to be raised, so TLS 1.3 is", (name, attribute) => {
    const { forwardSecrecy, aeadOnly } = sites({ [attribute]: "1.2" }, {}, {}, name).app;
    const remedy = { address: name, attribute: `site_config[0].${attribute}`, value: "1.3" };
    expect(forwardSecrecy).toMatchObject({ value: false, remedy, note: expect.stringMatching(/^below TLS 1.3 all/) });
    expect(aeadOnly).toMatchObject({ value: false, remedy });
    expect(said(sites({ [attribute]: "1.3" }, {}, {}, name).app.forwardSecrecy)).toBe(true);
  });

  test("what is to be set", () => {
    const { app } = sites({});
    expect(app.forwardSecrecy?.remedy?.value).toBe("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    expect(app.aeadOnly?.remedy).toEqual({ address, attribute: "site_config[0].minimum_tls_version", value: "1.3" });
  });
});

test.each([
  [true, "redirected"],
  [false, "served"],
  [null, "served"],
  ["true", unrecognised],
])("https_only %j: plain HTTP is %s", (https_only, expected) => {
  const { app, deployment } = sites({}, { https_only });
  const { plainHttp, hsts } = only(app.routes);
  expect(said(plainHttp)).toEqual(expected);
  expect(plainHttp?.remedy).toEqual({ address, attribute: "https_only", value: true });
  expect(said(hsts?.maxAge)).toMatch(/^\? the application sends/);
  expect(deployment.routes).toEqual([]);
});

test.each([
  [true, ["HTTP/1.1", "HTTP/2"]],
  [false, ["HTTP/1.1"]],
  [null, ["HTTP/1.1"]],
  ["yes", unrecognised],
])("http2_enabled %j: %j", (http2_enabled, expected) => {
  const { httpVersions } = sites({ http2_enabled }).app;
  expect(said(httpVersions)).toEqual(expected);
  expect(httpVersions?.remedy?.value).toBe(true);
});

test("a sensitive value is judged all the same", () => {
  const change = { after: { https_only: true }, after_sensitive: { https_only: true } };
  const { endpoints } = inventoryOf(plan({ changes: { [address]: change } }), "after", adapters);
  expect(said(endpoints[0]?.routes[0]?.plainHttp)).toEqual({ secret: "redirected" });
});

describe("values at random", () => {
  const suite = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  const strongest = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
  const either =
    (...suites: string[]) =>
    (value: unknown, path: string) =>
      path.endsWith("minimum_tls_cipher_suite") ? suites.includes(value as string) : value === "1.3";
  const config = {
    minimum_tls_version: "text",
    scm_minimum_tls_version: "text",
    minimum_tls_cipher_suite: "text",
    http2_enabled: "flag",
  } as const;
  fuzz({
    resources: {
      [address]: { https_only: "flag", site_config: [config] },
      "azurerm_function_app_flex_consumption.made": { https_only: "flag", site_config: [config] },
    },
    words: ["1.0", "1.1", "1.2", "1.3", "1.4", suite, strongest, "TLS_RSA_WITH_AES_128_CBC_SHA", "", "constructor"],
    passing: {
      "ats-connection": (value, path) =>
        path.endsWith("minimum_tls_version") || value == null || value === "" || /^TLS_/.test(String(value)),
      "minimum-tls-1-2": among("1.2", "1.3", "", null, undefined),
      "https-only": among(true),
      "forward-secrecy": either(suite, strongest),
      "strong-ciphers": either(strongest),
      "modern-http": among(true),
      "certificate-present": () => true,
    },
  });
});

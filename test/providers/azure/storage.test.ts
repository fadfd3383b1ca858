// Storage accounts → endpoints: secure transfer, TLS, the website and the custom domain.

import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { minimumTlsVersions } from "../../../src/providers/azure/storage-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, type Made, plan, refersTo } from "../../support/made.ts";
import { outcomes } from "../../support/plans.ts";
import { said } from "../../support/said.ts";

const address = "azurerm_storage_account.made";

const written = { min_tls_version: refersTo("var.floor"), https_traffic_only_enabled: refersTo("var.secure") };

const endpoints = (after: JsonObject, unknown: JsonObject = {}, more: Made["changes"] = {}) =>
  inventoryOf(
    plan({
      changes: { [address]: { after: { id: "/accounts/made", ...after }, after_unknown: unknown as never }, ...more },
      root: { resources: [configured(address, written)] },
    }),
    "after",
    adapters,
  ).endpoints.filter((one) => one.address === address);

const account = (...given: Parameters<typeof endpoints>) => {
  const [first] = endpoints(...given);
  if (!first) throw new Error("There is no account");
  return first;
};

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

test.each([
  ["azurerm4-good", "pass"],
  ["azurerm5-good", "pass"],
  ["azurerm4-bad-weak", "fail"],
])("%s: %s", (name, expected) => {
  // azurerm 5 lets no container be public unless it is told to.
  const route = name === "azurerm5-good" ? undefined : expected;
  expect(outcomes(name, "https-only")["azurerm_storage_account.sa"]).toBe(route);
  expect(outcomes(name, "storage-secure-transport")["azurerm_storage_account.sa"]).toBe(expected);
  expect(outcomes(name, "minimum-tls-1-2")["azurerm_storage_account.sa"]).toBe(expected);
  expect(outcomes(name, "hsts-enabled")["azurerm_storage_account.sa"]).toBeUndefined();
});

test.each([
  ["TLS1_0", "TLS 1.0"],
  ["TLS1_1", "TLS 1.1"],
  ["TLS1_2", "TLS 1.2"],
  ["TLS1_3", "TLS 1.3"],
  [null, "TLS 1.2"],
  ["TLS1_4", unrecognised],
  ["tls1_2", unrecognised],
])("min_tls_version %j: %s", (min_tls_version, expected) => {
  const { minimumTls } = account({ min_tls_version });
  expect(said(minimumTls)).toEqual(expected);
  expect(minimumTls?.remedy).toEqual({ address, attribute: "min_tls_version", value: "TLS1_2" });
  expect(Object.keys(minimumTlsVersions)).toHaveLength(4);
});

test("known after apply", () =>
  expect(said(account({}, { min_tls_version: true }).minimumTls)).toMatch(/^\? known after apply/));

describe("plain HTTP", () => {
  test.each([
    [{ https_traffic_only_enabled: true }, "refused", "https_traffic_only_enabled"],
    [{ https_traffic_only_enabled: false }, "served", "https_traffic_only_enabled"],
    [{}, "refused", "https_traffic_only_enabled"],
    [{ https_traffic_only_enabled: "on" }, unrecognised, "https_traffic_only_enabled"],
    [{ enable_https_traffic_only: false }, "served", "enable_https_traffic_only"],
    [{ enable_https_traffic_only: true }, "refused", "enable_https_traffic_only"],
    // Both, in the last versions of azurerm 3: of the one that is not written the plan shows what is there today.
    [{ https_traffic_only_enabled: false, enable_https_traffic_only: true }, "served", "https_traffic_only_enabled"],
    [{ https_traffic_only_enabled: true, enable_https_traffic_only: false }, "served", "enable_https_traffic_only"],
    [{ https_traffic_only_enabled: true, enable_https_traffic_only: true }, "refused", "https_traffic_only_enabled"],
  ])("%j: %s", (after, expected, attribute) => {
    const { plainHttp } = only(account(after).routes);
    expect(said(plainHttp)).toEqual(expected);
    expect(plainHttp?.remedy).toEqual({ address, attribute, value: true });
  });

  test("known after apply, under one of two names", () => {
    const unknown = { https_traffic_only_enabled: true };
    const { plainHttp } = only(account({ enable_https_traffic_only: true }, unknown).routes);
    expect(said(plainHttp)).toMatch(/^\? known after apply/);
  });
});

describe("who may read it", () => {
  const routes = (...given: Parameters<typeof endpoints>) =>
    account(...given).routes.map(({ plainHttp }) => said(plainHttp));
  const open = { https_traffic_only_enabled: false };

  test.each<[string, JsonObject, unknown[]]>([
    ["everybody, where containers may let them in", { ...open, allow_nested_items_to_be_public: true }, ["served"]],
    ["everybody, perhaps, where nothing is said", open, ["served"]],
    ["nobody without a key", { ...open, allow_nested_items_to_be_public: false }, []],
    ["the same by the name of azurerm 2", { ...open, allow_blob_public_access: false }, []],
    [
      "everybody, of a website",
      { ...open, allow_nested_items_to_be_public: false, static_website: [{ index_document: "a" }] },
      ["served"],
    ],
  ])("%s", (_, after, expected) => expect(routes(after)).toEqual(expected));

  test("a website that is set up apart", () => {
    const apart = {
      "azurerm_storage_account_static_website.made": { after: { storage_account_id: "/accounts/made" } },
    };
    expect(routes({ ...open, allow_nested_items_to_be_public: false }, {}, apart)).toEqual(["served"]);
  });
});

describe("as an object store", () => {
  const refuses = (after: JsonObject, unknown: JsonObject = {}) => {
    const made = plan({
      changes: { [address]: { after, after_unknown: unknown as never } },
      root: { resources: [configured(address, written)] },
    });
    const [store] = inventoryOf(made, "after", adapters).objectStores;
    return store?.refusesPlainHttp;
  };

  test.each<[JsonObject, unknown]>([
    [{ https_traffic_only_enabled: true }, true],
    [{ https_traffic_only_enabled: false, allow_nested_items_to_be_public: false }, false],
    [{ enable_https_traffic_only: false }, false],
    [{}, true],
    [{ https_traffic_only_enabled: "on" }, unrecognised],
  ])("%j: %s", (after, expected) => expect(said(refuses(after))).toEqual(expected));

  test("known after apply", () =>
    expect(said(refuses({}, { https_traffic_only_enabled: true }))).toMatch(/^\? known after apply/));

  test("the fix passes", () => {
    const attribute = "https_traffic_only_enabled";
    const remedy = { address, attribute, value: true };
    expect(refuses({ [attribute]: false })).toMatchObject({ remedy, cures: [{ remedy, value: true }] });
  });
});

describe("a website", () => {
  const maxAge = (...given: Parameters<typeof endpoints>) => said(only(account(...given).routes).hsts?.maxAge);
  const apart = { "azurerm_storage_account_static_website.made": { after: { storage_account_id: "/accounts/made" } } };

  test("sends no HSTS, whichever way it is set up", () => {
    expect(maxAge({ static_website: [{ index_document: "index.html" }] })).toBe(0);
    expect(maxAge({}, {}, apart)).toBe(0);
  });

  test("where that stands", () => {
    const own = only(account({ static_website: [{}] }).routes).hsts;
    expect(own?.maxAge.place).toEqual({ address, at: "static_website" });
    expect([said(own?.includeSubDomains), said(own?.preload)]).toEqual([false, false]);
    const place = { address: "azurerm_storage_account_static_website.made", at: "" };
    expect(only(account({}, {}, apart).routes).hsts?.maxAge.place).toEqual(place);
  });

  test("behind a CDN, by reference, in whichever order its origins are written", () => {
    const endpoint = "azurerm_cdn_endpoint.made";
    const made = plan({
      changes: {
        [address]: { after: { static_website: [{}] }, after_unknown: { id: true, primary_web_host: true } },
        [endpoint]: {
          after: { origin: [{ name: "a" }, { name: "b", host_name: "b.test" }] },
          after_unknown: { origin: [{ host_name: true }, {}] },
        },
      },
      root: {
        resources: [
          configured(address),
          configured(endpoint, {
            origin: [
              { name: { constant_value: "b" }, host_name: { constant_value: "b.test" } },
              { name: { constant_value: "a" }, host_name: refersTo(`${address}.primary_web_host`) },
            ],
          }),
        ],
      },
    });
    const found = inventoryOf(made, "after", adapters).endpoints.find((one) => one.address === address);
    expect(only(found?.routes ?? []).hsts).toBeUndefined();
  });

  test("elsewhere, or none", () => {
    const other = { "azurerm_storage_account_static_website.made": { after: { storage_account_id: "/accounts/b" } } };
    expect(maxAge({}, {}, other)).toBeUndefined();
    expect(maxAge({}, { static_website: true })).toBeUndefined();
  });

  test("behind Front Door or a CDN, which sends the headers", () => {
    const host = "made.z6.web.core.windows.net";
    const site = { static_website: [{}], primary_web_host: host };
    expect(maxAge(site, {}, { "azurerm_cdn_frontdoor_origin.made": { after: { host_name: host } } })).toBeUndefined();
    const endpoint = { after: { origin: [{ host_name: host }] } };
    expect(maxAge(site, {}, { "azurerm_cdn_endpoint.made": endpoint })).toBeUndefined();
    expect(maxAge(site, {}, { "azurerm_cdn_frontdoor_origin.made": { after: { host_name: "b.test" } } })).toBe(0);
  });
});

test("a custom domain has no HTTPS, and no secure transfer", () => {
  const [own, domain] = endpoints({ https_traffic_only_enabled: true, custom_domain: [{ name: "a.test" }] });
  expect(domain?.names.map(said)).toEqual(["a.test"]);
  expect([said(own?.certificate), said(domain?.certificate)]).toEqual(["provider", "missing"]);
  expect(said(only(domain?.routes ?? []).plainHttp)).toBe("served");
  expect(domain?.certificate?.place).toEqual({ address, at: "custom_domain[0].name" });
  expect(endpoints({ custom_domain: [] })).toHaveLength(1);
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        min_tls_version: "text",
        https_traffic_only_enabled: "flag",
        enable_https_traffic_only: "flag",
        static_website: [{ index_document: "text" }],
        custom_domain: [{ name: "text" }],
      },
    },
    words: ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_4", "a.test", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "minimum-tls-1-2": among("TLS1_2", "", null, undefined),
      "https-only": among(true, null, undefined),
      "storage-secure-transport": among(true, null, undefined),
      "certificate-present": () => true,
    },
  }));

// Resources of azapi: what their bodies show is judged, whatever else there is is not judged.

import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/findings/finding.ts";
import { plan } from "../../support/made.ts";
import { notJudgedOf } from "../../support/not-judged.ts";
import { findings } from "../../support/plans.ts";

const planOf = (type: string, properties: unknown, after_unknown: object = {}) =>
  plan({
    changes: {
      "azapi_resource.it": { after: { type, body: { properties } } as never, after_unknown: after_unknown as never },
    },
  });

/** By policy and attribute. */
const judged = (
  type: string,
  properties: unknown,
  after_unknown: object = {},
): { readonly [key: string]: Finding["outcome"] } =>
  Object.fromEntries(
    findings(planOf(type, properties, after_unknown)).map(({ policy, at, outcome }) => [`${policy} ${at}`, outcome]),
  );

describe.each(["Microsoft.Web/sites@2024-04-01", "microsoft.web/sites/slots"])("%s", (type) => {
  test("by what the body sets", () => {
    expect(judged(type, { httpsOnly: false, siteConfig: { minTlsVersion: "1.0" } })).toEqual({
      "https-only body.properties.httpsOnly": "fail",
      "minimum-tls-1-2 body.properties.siteConfig.minTlsVersion": "fail",
    });
    expect(judged(type, { httpsOnly: true, siteConfig: { minTlsVersion: "1.2" } })).toEqual({
      "https-only body.properties.httpsOnly": "pass",
      "minimum-tls-1-2 body.properties.siteConfig.minTlsVersion": "pass",
    });
  });

  test("nothing of what it does not set, of what is not known yet, and of other values", () => {
    expect(judged(type, {})).toEqual({});
    expect(judged(type, {}, { body: { properties: { httpsOnly: true } } })).toEqual({});
    expect(judged(type, { httpsOnly: "yes", siteConfig: { minTlsVersion: "9" } })).toEqual({});
    expect(judged(type, "text")).toEqual({});
  });
});

test("a storage account and a container app", () => {
  const account = "Microsoft.Storage/storageAccounts@2023-05-01";
  expect(judged(account, { supportsHttpsTrafficOnly: false, minimumTlsVersion: "TLS1_0" })).toEqual({
    "https-only body.properties.supportsHttpsTrafficOnly": "fail",
    "minimum-tls-1-2 body.properties.minimumTlsVersion": "fail",
  });
  expect(judged(account, { supportsHttpsTrafficOnly: true })).toEqual({
    "https-only body.properties.supportsHttpsTrafficOnly": "pass",
  });
  const app = (allowInsecure: boolean) =>
    judged("Microsoft.App/containerApps@2024-03-01", { configuration: { ingress: { allowInsecure } } });
  expect(app(true)).toEqual({ "https-only body.properties.configuration.ingress.allowInsecure": "fail" });
  expect(app(false)).toEqual({ "https-only body.properties.configuration.ingress.allowInsecure": "pass" });
});

test("the fix is what to set in the body", () => {
  const [finding] = findings(planOf("Microsoft.Web/sites", { httpsOnly: false }));
  expect(finding?.remedy).toEqual({
    address: "azapi_resource.it",
    attribute: "body.properties.httpsOnly",
    value: true,
  });
  const [other] = findings(
    planOf("Microsoft.App/containerApps", { configuration: { ingress: { allowInsecure: true } } }),
  );
  expect(other?.remedy?.value).toBe(false);
});

test("it stays not judged; a type that serves nothing is neither", () => {
  expect(notJudgedOf(planOf("Microsoft.Web/sites", { httpsOnly: true }))).toEqual({
    "azapi_resource.it": "App Service app",
  });
  expect(judged("Microsoft.Network/virtualNetworks", { httpsOnly: false })).toEqual({});
  expect(judged("constructor", { httpsOnly: false })).toEqual({});
  expect(notJudgedOf(planOf("Microsoft.Network/virtualNetworks", {}))).toEqual({});
});

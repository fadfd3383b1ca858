// Static web apps and their domains → endpoints: Azure's certificates, and TLS that no page tells.

import { describe, expect, test } from "vitest";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const endpoint = (address: string) =>
  at(endpointsOf(plan({ changes: { [address]: { after: { domain_name: "a.test" } } } })), address);

test.each(["azurerm_static_web_app.made", "azurerm_static_site.made"])("%s has a name of Azure's", (address) => {
  const { kind, names, certificate } = endpoint(address);
  expect([kind, names, said(certificate)]).toEqual(["static web app", [], "provider"]);
});

test.each(["azurerm_static_web_app_custom_domain.made", "azurerm_static_site_custom_domain.made"])(
  "%s has a certificate that Azure renews",
  (address) => {
    const { kind, names, certificate } = endpoint(address);
    expect([kind, names.map(said), said(certificate)]).toEqual(["static web app domain", ["a.test"], "own"]);
  },
);

test("TLS, plain HTTP and HSTS are told by no page, or by a file of the app", () => {
  const { minimumTls, forwardSecrecy, aeadOnly, routes } = endpoint("azurerm_static_web_app.made");
  for (const fact of [minimumTls, forwardSecrecy, aeadOnly])
    expect(said(fact)).toMatch(/^\? Microsoft does not say which/);
  expect(said(only(routes).plainHttp)).toMatch(/^\? Microsoft does not say what plain HTTP/);
  expect(said(only(routes).hsts?.maxAge)).toMatch(/^\? staticwebapp.config.json sends/);
});

describe("values at random", () =>
  fuzz({
    resources: {
      "azurerm_static_web_app.made": { sku_tier: "text" },
      "azurerm_static_web_app_custom_domain.made": { domain_name: "text", validation_type: "text" },
    },
    words: ["a.test", "Free", "dns-txt-token", "", "constructor"],
    passing: { "certificate-present": () => true },
  }));

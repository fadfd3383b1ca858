// Web apps and their slots → endpoints: of real plans, and of each type.

import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import webApp from "../../../src/providers/azure/web-app.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { plan } from "../../support/made.ts";
import { fixture, outcomes } from "../../support/plans.ts";
import { said } from "../../support/said.ts";

function app(name: string, address: string) {
  const { endpoints } = inventoryOf(fixture(name), "after", adapters);
  const found = endpoints.find((one) => one.address === address && one.kind === "web app");
  if (!found) throw new Error(`There is no ${address}`);
  return found;
}

describe.each(["azurerm4-good", "azurerm5-good"])("%s", (name) => {
  test("TLS 1.2, with all of App Service's suites", () => {
    const made = app(name, "azurerm_linux_web_app.app");
    expect([made.minimumTls, made.forwardSecrecy, made.aeadOnly].map(said)).toEqual(["TLS 1.2", false, false]);
    expect(said(only(made.routes).plainHttp)).toBe("redirected");
    expect(said(made.httpVersions)).toEqual(["HTTP/1.1", "HTTP/2"]);
  });

  test("TLS 1.3, whose suites are all strong", () => {
    const made = app(name, "azurerm_linux_web_app.app13");
    expect([made.minimumTls, made.forwardSecrecy, made.aeadOnly].map(said)).toEqual(["TLS 1.3", true, true]);
    expect(made.forwardSecrecy?.place.at).toBe("site_config[0].minimum_tls_version");
  });
});

test("azurerm4-bad-weak", () => {
  expect(outcomes("azurerm4-bad-weak", "https-only")).toMatchObject({
    "azurerm_linux_web_app.app": "fail",
    "azurerm_windows_web_app.app": "pass",
  });
  expect(outcomes("azurerm4-bad-weak", "minimum-tls-1-2")).toMatchObject({
    "azurerm_linux_web_app.app": "fail",
    "azurerm_windows_web_app.app": "fail",
  });
  expect(said(app("azurerm4-bad-weak", "azurerm_linux_web_app.app").minimumTls)).toBe("TLS 1.0");
  expect(said(app("azurerm4-bad-weak", "azurerm_windows_web_app.app").minimumTls)).toBe("TLS 1.1");
});

test.each([
  ["azurerm_linux_web_app", "web app"],
  ["azurerm_windows_web_app", "web app"],
  ["azurerm_app_service", "web app"],
  ["azurerm_linux_web_app_slot", "web app slot"],
  ["azurerm_windows_web_app_slot", "web app slot"],
  ["azurerm_app_service_slot", "web app slot"],
])("%s is a %s, with a deployment site", (type, kind) => {
  expect(webApp.resourceTypes).toContain(type);
  const made = plan({ changes: { [`${type}.made`]: { after: { site_config: [{}] } } } });
  const { endpoints } = inventoryOf(made, "after", adapters);
  expect(endpoints.map((one) => one.kind)).toEqual([kind, `deployment site of a ${kind}`]);
});

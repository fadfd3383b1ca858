// Function apps, their slots and logic apps → endpoints: of real plans, and of each type.

import { expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import functionApp from "../../../src/providers/azure/function-app.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { plan } from "../../support/made.ts";
import { outcomes } from "../../support/plans.ts";

const address = "azurerm_linux_function_app.fn";

test.each([
  ["azurerm4-good", "pass"],
  ["azurerm5-good", "pass"],
  ["azurerm4-bad-weak", "fail"],
])("%s: %s", (name, expected) => {
  expect(outcomes(name, "https-only")[address]).toBe(expected);
  expect(outcomes(name, "minimum-tls-1-2")[address]).toBe(expected);
});

test.each([
  ["azurerm_linux_function_app", "function app"],
  ["azurerm_windows_function_app", "function app"],
  ["azurerm_function_app_flex_consumption", "function app"],
  ["azurerm_function_app", "function app"],
  ["azurerm_linux_function_app_slot", "function app slot"],
  ["azurerm_windows_function_app_slot", "function app slot"],
  ["azurerm_function_app_slot", "function app slot"],
  ["azurerm_logic_app_standard", "logic app"],
])("%s is a %s, with a deployment site", (type, kind) => {
  expect(functionApp.resourceTypes).toContain(type);
  const made = plan({ changes: { [`${type}.made`]: { after: { site_config: [{}] } } } });
  const { endpoints } = inventoryOf(made, "after", adapters);
  expect(endpoints.map((one) => one.kind)).toEqual([kind, `deployment site of a ${kind}`]);
});

// azurerm_linux_function_app, azurerm_windows_function_app, flex consumption, slots, logic apps → endpoints: the app and
// its deployment site.

import { defineAdapter } from "../../facts/adapter.ts";
import { sitesOf } from "./web-app-site.ts";

const kinds: { readonly [type: string]: string } = {
  azurerm_linux_function_app: "function app",
  azurerm_windows_function_app: "function app",
  azurerm_function_app_flex_consumption: "function app",
  azurerm_linux_function_app_slot: "function app slot",
  azurerm_windows_function_app_slot: "function app slot",
  azurerm_logic_app_standard: "logic app",
  // Of azurerm 3.
  azurerm_function_app: "function app",
  azurerm_function_app_slot: "function app slot",
};

export default defineAdapter({
  id: "azure/function-app",
  resourceTypes: Object.keys(kinds),
  cannotShow: ["Headers of the function, Strict-Transport-Security among them."],
  endpoints: (app) => sitesOf(app, kinds[app.type] ?? "function app"),
});

// azurerm_linux_web_app, azurerm_windows_web_app and their slots → endpoints: the app and its deployment site.

import { defineAdapter } from "../../facts/adapter.ts";
import { sitesOf } from "./web-app-site.ts";

const apps = [
  "azurerm_linux_web_app",
  "azurerm_windows_web_app",
  // Of azurerm 3.
  "azurerm_app_service",
];
const slots = ["azurerm_linux_web_app_slot", "azurerm_windows_web_app_slot", "azurerm_app_service_slot"];

export default defineAdapter({
  id: "azure/web-app",
  resourceTypes: [...apps, ...slots],
  cannotShow: ["Headers of the application, Strict-Transport-Security among them."],
  endpoints: (app) => sitesOf(app, slots.includes(app.type) ? "web app slot" : "web app"),
});

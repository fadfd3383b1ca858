// azurerm_container_app → endpoint: its ingress, under the name that Azure gives.

import { defineAdapter } from "../../facts/adapter.ts";
import { always } from "../../facts/service.ts";
import { text } from "../../text.ts";
import { ingressOf } from "./container-app-ingress.ts";

export default defineAdapter({
  id: "azure/container-app",
  resourceTypes: ["azurerm_container_app"],
  cannotShow: ["Headers of the app, Strict-Transport-Security among them, and the cipher suites of Container Apps."],
  endpoints: (app) => {
    const ingress = ingressOf(app);
    if (!ingress) return [];
    const certificate = always(app, "provider" as const, text`the app has a name of Azure's`);
    return [{ address: app.address, kind: "container app", names: [], certificate, certificates: [], ...ingress }];
  },
});

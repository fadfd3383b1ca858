// azurerm_static_web_app and its custom domains → endpoint: pages that Azure serves, with certificates of its own.
// https://learn.microsoft.com/azure/static-web-apps/overview

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { always, nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";

// azurerm_static_site is the name of azurerm 3.
const apps = ["azurerm_static_web_app", "azurerm_static_site"];
const domains = ["azurerm_static_web_app_custom_domain", "azurerm_static_site_custom_domain"];

export default defineAdapter({
  id: "azure/static-web-app",
  resourceTypes: [...apps, ...domains],
  cannotShow: ["TLS of Static Web Apps, which no page of Microsoft's tells, and headers of staticwebapp.config.json."],
  endpoints: (resource) => [domains.includes(resource.type) ? domainOf(resource) : appOf(resource)],
});

const appOf = (app: Resource): Endpoint => ({
  address: app.address,
  kind: "static web app",
  names: [],
  certificate: always(app, "provider", text`the app has a name of Azure's`),
  ...servedBy(app),
});

const domainOf = (domain: Resource): Endpoint => ({
  address: domain.address,
  kind: "static web app domain",
  names: [nameOf(domain, "domain_name")],
  certificate: always(domain, "own", text`Azure requests it, and renews it`),
  ...servedBy(domain),
});

function servedBy(resource: Resource) {
  const tls = undocumented(
    resource,
    text`Microsoft does not say which TLS versions and cipher suites Static Web Apps takes`,
  );
  const plainHttp = undocumented(resource, text`Microsoft does not say what plain HTTP gets from Static Web Apps`);
  return {
    certificates: [],
    ...secured(tls),
    routes: [onlyRoute(resource, plainHttp, text`staticwebapp.config.json`)],
    upstreams: [],
  };
}

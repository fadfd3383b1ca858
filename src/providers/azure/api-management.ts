// azurerm_api_management, azurerm_api_management_custom_domain → endpoint: a gateway, with its names and protocols.
// https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers

import type { Cause } from "../../cause.ts";
import { outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { standAt, unknown } from "../../facts/fact.ts";
import { always, secured } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { hostsOf } from "./api-management-hosts.ts";
import { backendTlsOf, frontendOf } from "./api-management-security.ts";
import { madeBy } from "./reference.ts";

export default defineAdapter({
  id: "azure/api-management",
  resourceTypes: ["azurerm_api_management", "azurerm_api_management_custom_domain"],
  cannotShow: ["Headers that policies or backends set, Strict-Transport-Security among them."],
  endpoints: (resource) => [resource.type === "azurerm_api_management" ? serviceOf(resource) : domainsOf(resource)],
});

const namedElsewhere: Cause = outside`each API, backend and policy names the protocol of its own`;

function serviceOf(service: Resource): Endpoint {
  const hosts = hostsOf(service.block("hostname_configuration", { computed: true }));
  return {
    address: service.address,
    kind: "API Management service",
    ...hosts,
    certificate: hosts.certificate ?? always(service, "provider" as const, text`the service has a name of Azure's`),
    ...frontendOf(service),
    // Plain HTTP and HSTS are a matter of each API.
    routes: [],
    upstreams: [
      {
        name: text`its backends`,
        reach: "public",
        protocol: { ...unknown(namedElsewhere), ...standAt(service, "") },
        minimumTls: backendTlsOf(service),
        routes: [],
      },
    ],
  };
}

/** What the service says of TLS stands there, and is said once. */
function domainsOf(domains: Resource): Endpoint {
  const attribute = "api_management_id";
  const made = madeBy(domains, attribute, { azurerm_api_management: ["id"] }, text`the service`);
  return {
    address: domains.address,
    kind: "API Management domains",
    ...hostsOf(domains),
    ...("state" in made ? secured(made) : frontendOf(made)),
    routes: [],
    upstreams: [],
  };
}

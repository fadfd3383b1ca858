// azurerm_signalr_service_custom_domain, azurerm_web_pubsub_custom_domain → endpoint: a service under a name of its owner's.
// https://learn.microsoft.com/azure/azure-signalr/howto-custom-domain

import { defineAdapter } from "../../facts/adapter.ts";
import type { CertificateUse, Endpoint } from "../../facts/endpoint.ts";
import { known, standAt } from "../../facts/fact.ts";
import { linked, nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { outsideCertificate } from "./hostname-binding-certificate.ts";
import { vaultCertificate } from "./key-vault.ts";

/** Each with the attribute that names its certificate, and the resource that takes it from a key vault. */
const domains: { readonly [type: string]: { kind: string; attribute: string; certificate: string } } = {
  azurerm_signalr_service_custom_domain: {
    kind: "SignalR domain",
    attribute: "signalr_custom_certificate_id",
    certificate: "azurerm_signalr_service_custom_certificate",
  },
  azurerm_web_pubsub_custom_domain: {
    kind: "Web PubSub domain",
    attribute: "web_pubsub_custom_certificate_id",
    certificate: "azurerm_web_pubsub_custom_certificate",
  },
};

export default defineAdapter({
  id: "azure/signalr",
  resourceTypes: Object.keys(domains),
  cannotShow: ["TLS versions and cipher suites of SignalR and Web PubSub, which no setting changes."],
  endpoints: (domain) => endpointsOf(domain),
});

function endpointsOf(domain: Resource): Endpoint[] {
  const words = domains[domain.type];
  if (!words) return [];
  const tls = undocumented(domain, text`Microsoft does not say which TLS versions and cipher suites the service takes`);
  const plainHttp = undocumented(domain, text`Microsoft does not say what plain HTTP gets from the service`);
  return [
    {
      address: domain.address,
      kind: words.kind,
      names: [nameOf(domain, "domain_name")],
      certificate: { ...known("own"), ...standAt(domain, words.attribute) },
      certificates: [useOf(domain, words.attribute, words.certificate)],
      ...secured(tls),
      routes: [onlyRoute(domain, plainHttp, text`the service`)],
      upstreams: [],
    },
  ];
}

function useOf(domain: Resource, attribute: string, type: string): CertificateUse {
  const found = linked(domain, attribute, { [type]: ["id"] }, text`the certificate`);
  if ("state" in found) return { certificate: outsideCertificate(found) };
  return vaultCertificate(found, "custom_certificate_id");
}

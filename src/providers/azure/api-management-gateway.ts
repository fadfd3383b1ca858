// azurerm_api_management_gateway_host_name_configuration → endpoint: a name of a self-hosted gateway.
// https://learn.microsoft.com/azure/api-management/self-hosted-gateway-overview

import type { Cause } from "../../cause.ts";
import { outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, Endpoint } from "../../facts/endpoint.ts";
import { fact, isSensitive, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { nameOf } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { uploadedContents } from "./api-management-hosts.ts";
import { oldest } from "./api-management-security.ts";
import { gatewayProtocols } from "./api-management-values.ts";
import { outsideCertificate } from "./hostname-binding-certificate.ts";
import { vaultCertificate } from "./key-vault.ts";
import { madeBy } from "./reference.ts";

const uploaded = "azurerm_api_management_certificate";

export default defineAdapter({
  id: "azure/api-management-gateway",
  resourceTypes: ["azurerm_api_management_gateway_host_name_configuration", uploaded],
  cannotShow: ["The cipher suites of a self-hosted gateway, which its container's settings name."],
  endpoints: (resource) => (resource.type === uploaded ? [] : [endpointOf(resource)]),
  certificates: (resource) => (resource.type === uploaded ? [certificateOf(resource)] : []),
});

const containersSuites: Cause = outside`the cipher suites are a setting of the gateway's container, outside the plan`;

function endpointOf(host: Resource): Endpoint {
  const suites = { ...unknown(containersSuites), ...standAt(host, "") };
  const attribute = "certificate_id";
  const stand = standAt(host, attribute);
  const made = madeBy(host, attribute, { [uploaded]: ["id"] }, text`the certificate`);
  const certificate = "state" in made ? outsideCertificate(made) : certificateOf(made);
  const isMissing = host.value(attribute).state === "absent";
  return {
    address: host.address,
    kind: "self-hosted gateway of API Management",
    names: [nameOf(host, "host_name")],
    certificate: { ...known(isMissing ? "missing" : "own"), ...stand },
    certificates: isMissing ? [] : [{ certificate }],
    minimumTls: oldest(host, gatewayProtocols),
    forwardSecrecy: suites,
    aeadOnly: suites,
    ecdheAes: suites,
    httpVersions: fact<readonly string[]>(host, "http2_enabled", {
      read: (value) => (value === true ? ["HTTP/1.1", "HTTP/2"] : value === false ? ["HTTP/1.1"] : undefined),
      absent: ["HTTP/1.1", "HTTP/2"],
      remedy: true,
    }),
    // Plain HTTP and HSTS are a matter of each API.
    routes: [],
    upstreams: [],
  };
}

function certificateOf(resource: Resource): Certificate {
  const { address } = resource;
  const attribute = "key_vault_secret_id";
  if (resource.value(attribute).state !== "absent") {
    return { ...vaultCertificate(resource, attribute).certificate, address };
  }
  const stand = standAt(resource, "data");
  const subject = resource.value("subject");
  // CN=www.example.com, once Azure has read it.
  const name = isShown(subject) ? /(?:^|,\s*)CN=([^,]+)/i.exec(String(subject.value))?.[1] : undefined;
  const names = name
    ? [{ ...known(name, isSensitive(subject)), ...standAt(resource, "subject") }]
    : [{ ...unknown(uploadedContents), ...stand }];
  return { address, names, renewal: { ...known("by import"), ...stand } };
}

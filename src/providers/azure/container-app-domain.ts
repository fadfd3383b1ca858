// azurerm_container_app_custom_domain → endpoint: a container app under a name of its owner's, with its certificate.
// https://learn.microsoft.com/azure/container-apps/custom-domains-certificates

import { because, type Cause, notSet, outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, Endpoint } from "../../facts/endpoint.ts";
import { fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { always, nameOf } from "../../facts/service.ts";
import { groupedBy, oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { ingressOf, openIngress } from "./container-app-ingress.ts";
import { bindingTypes } from "./container-app-values.ts";
import { outsideCertificate } from "./hostname-binding-certificate.ts";
import { vaultCertificate } from "./key-vault.ts";
import { madeBy } from "./reference.ts";

const uploadedCertificate = "azurerm_container_app_environment_certificate";
const managedCertificate = "azurerm_container_app_environment_managed_certificate";

export default defineAdapter({
  id: "azure/container-app-domain",
  resourceTypes: ["azurerm_container_app_custom_domain", uploadedCertificate, managedCertificate],
  cannotShow: ["Azure's own certificate for a domain, which is bound to it after the apply."],
  endpoints: (resource) => (isDomain(resource) ? [endpointOf(resource)] : []),
  certificates: (resource) => (isDomain(resource) ? [] : [certificateOf(resource)]),
});

const isDomain = (resource: Resource): boolean => resource.type === "azurerm_container_app_custom_domain";

const endpointOf = (domain: Resource): Endpoint => ({
  address: domain.address,
  kind: "container app domain",
  names: [nameOf(domain, "name")],
  ...certificatesOf(domain),
  ...ingressBehind(domain),
});

function ingressBehind(domain: Resource) {
  const attribute = "container_app_id";
  const app = madeBy(domain, attribute, { azurerm_container_app: ["id"] }, text`the container app`);
  if ("state" in app) return openIngress(domain, app);
  const cause = because`${nameText(app.address)} has no ingress that speaks HTTP`;
  return ingressOf(app) ?? openIngress(domain, { ...unknown(cause), ...standAt(domain, attribute) });
}

/** Named by the domain, or Azure's own: then a plan holds it, if at all, as a managed certificate of the same name. */
function certificatesOf(domain: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const attribute = "container_app_environment_certificate_id";
  const targets = { [uploadedCertificate]: ["id"], [managedCertificate]: ["id"] };
  if (domain.value(attribute).state === "absent") return managedFor(domain);
  const certificate = fact(domain, "certificate_binding_type", {
    read: (value) => lookUp(bindingTypes, value),
    absent: { unknown: notSet("certificate_binding_type") },
    remedy: "SniEnabled",
  });
  const made = madeBy(domain, attribute, targets, text`the certificate`);
  const named = "state" in made ? outsideCertificate(made) : certificateOf(made);
  return { certificate, certificates: [{ certificate: named }] };
}

function managedFor(domain: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const name = domain.value("name");
  const [managed] = (isShown(name) && managedIn(domain.scope.view).get(name.value)) || [];
  const stand = standAt(domain, "container_app_environment_certificate_id");
  if (!managed) {
    const cause = because`the domain names no certificate: Azure binds one of its own, if any, outside this plan`;
    return { certificate: { ...unknown(cause), ...stand }, certificates: [] };
  }
  const certificate = { ...known("own" as const), ...stand, related: [managed.address] };
  return { certificate, certificates: [{ certificate: certificateOf(managed) }] };
}

/** Azure's own certificates by their name. */
const managedIn = oncePer((view: View) =>
  groupedBy<unknown, Resource>(view.resources(managedCertificate), (one) => {
    const subject = one.value("subject_name");
    return isShown(subject) ? subject.value : undefined;
  }),
);

const uploadedNames: Cause = outside`the names are inside the uploaded certificate`;

function certificateOf(resource: Resource): Certificate {
  const { address } = resource;
  if (resource.type === managedCertificate) {
    const renewal = always(resource, "automatic" as const, text`Azure renews its managed certificates`);
    return { address, names: [nameOf(resource, "subject_name")], renewal };
  }
  const stand = standAt(resource, "certificate_blob_base64");
  const names = [{ ...unknown(uploadedNames), ...stand }];
  const vault = resource.block("certificate_key_vault");
  if (vault.presence !== "absent") return { ...vaultCertificate(vault, "key_vault_secret_id").certificate, address };
  return { address, names, renewal: { ...known("by import"), ...stand } };
}

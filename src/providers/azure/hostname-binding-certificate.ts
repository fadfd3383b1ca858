// azurerm_app_service_managed_certificate, azurerm_app_service_certificate → certificate: its names, and who renews it.
// https://learn.microsoft.com/azure/app-service/configure-ssl-certificate

import { because, type Cause, outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateUse } from "../../facts/endpoint.ts";
import { type Fact, isSensitive, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { always, linked, nameOf } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Targets } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { vaultCertificate } from "./key-vault.ts";

export default defineAdapter({
  id: "azure/hostname-binding-certificate",
  resourceTypes: ["azurerm_app_service_managed_certificate", "azurerm_app_service_certificate"],
  cannotShow: ["What is inside a PKCS #12 file or a key vault: the names and the key of an uploaded certificate."],
  certificates: (resource) => [certificateOf(resource)],
});

export const bindings: Targets = {
  azurerm_app_service_custom_hostname_binding: ["id"],
  azurerm_app_service_slot_custom_hostname_binding: ["id"],
};

/** The certificate that an attribute of a binding names. */
export function usesOf(block: Block, attribute: "certificate_id" | "thumbprint"): CertificateUse[] {
  const identity = [attribute === "thumbprint" ? "thumbprint" : "id"];
  const targets = { azurerm_app_service_managed_certificate: identity, azurerm_app_service_certificate: identity };
  if (block.value(attribute).state === "absent") return [];
  const found = linked(block, attribute, targets, text`the certificate`);
  return [{ certificate: "state" in found ? outsideCertificate(found) : certificateOf(found) }];
}

/** A certificate of which the plan holds no more than where it is named. */
export const outsideCertificate = (open: Fact<never>): Certificate => ({ address: undefined, names: [open] });

function certificateOf(resource: Resource): Certificate {
  const { address } = resource;
  if (resource.type === "azurerm_app_service_managed_certificate") {
    const renewal = always(resource, "automatic" as const, text`App Service renews its managed certificates`);
    return { address, names: managedNames(resource), renewal };
  }
  const names = issuedNames(resource);
  if (resource.mode === "data") return { address: undefined, names };
  return { address, ...uploaded(resource), ...(names.every(isShown) ? { names } : {}) };
}

/** It is issued for the host name of the binding that it is made for. */
function managedNames(resource: Resource): Fact<string>[] {
  const issued = issuedNames(resource);
  if (issued.every(isShown)) return issued;
  const attribute = "custom_hostname_binding_id";
  const link = resource.link(attribute, bindings);
  const [binding, another] = link.state === "found" ? link.resources : [];
  const stand = standAt(resource, attribute);
  if (binding && !another) return [{ ...nameOf(binding, "hostname"), ...stand, related: [binding.address] }];
  const value = resource.value(attribute);
  // …/hostNameBindings/www.example.com
  const host = isShown(value) ? /\/hostNameBindings\/([^/|]+)$/i.exec(String(value.value))?.[1] : undefined;
  if (host) return [{ ...known(host, isSensitive(value)), ...stand }];
  const open = link.state === "unknown" ? link : unknown(because`the plan does not show its host name`);
  return [{ ...open, ...stand }];
}

const uploadedNames: Cause = outside`Azure reads the certificate's names when it is uploaded`;

/** Azure tells them once it has the certificate. */
function issuedNames(resource: Resource): Fact<string>[] {
  const stand = standAt(resource, "host_names");
  const names = resource.elements("host_names");
  const open = { ...unknown(uploadedNames), ...stand };
  if (names.length === 0) return [open];
  return names.map((name) => (isShown(name) ? { ...name, value: String(name.value), ...stand } : open));
}

/** From a key vault, where another resource of this plan may tell of it, or from a PKCS #12 file. */
function uploaded(resource: Resource): Omit<Certificate, "address"> {
  if (resource.value("key_vault_secret_id").state !== "absent") {
    const { names, key, renewal } = vaultCertificate(resource, "key_vault_secret_id").certificate;
    return { names, key, renewal };
  }
  return { names: issuedNames(resource), renewal: { ...known("by import"), ...standAt(resource, "pfx_blob") } };
}

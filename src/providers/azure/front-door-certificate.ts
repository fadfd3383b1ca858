// The certificate of a Front Door custom domain: Azure's own for the domain's name, or its owner's from a Key Vault.
// https://learn.microsoft.com/azure/frontdoor/domain#https-for-custom-domains

import { because } from "../../cause.ts";
import type { Certificate, CertificateUse, Endpoint } from "../../facts/endpoint.ts";
import { fact, isShown, known, lookUp, mapped, replaced, standAt, unknown } from "../../facts/fact.ts";
import { linked, nameOf } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certificateTypes } from "./front-door-values.ts";
import { outsideCertificate } from "./hostname-binding-certificate.ts";
import { vaultCertificate } from "./key-vault.ts";

export function certificateOf(domain: Resource, tls: Block): Pick<Endpoint, "certificate" | "certificates"> {
  const type = fact<"managed" | "customer">(tls, "certificate_type", {
    read: (value) => lookUp(certificateTypes, value),
    // ManagedCertificate (the provider's page)
    absent: "managed",
  });
  if (!isShown(type)) return { certificate: type, certificates: [] };
  if (type.value === "managed") {
    return { certificate: mapped(type, () => "own" as const), certificates: [{ certificate: managed(domain) }] };
  }
  const secret = tls.value("cdn_frontdoor_secret_id");
  const stand = standAt(tls, "cdn_frontdoor_secret_id");
  // An ID that only the apply tells is one all the same.
  if (secret.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  return { certificate: { ...known("own"), ...stand }, certificates: [uploaded(tls)] };
}

/** Issued for the domain's very name. Those of wildcard names are not rotated by themselves (the provider's page). */
function managed(domain: Resource): Certificate {
  const name = nameOf(domain, "host_name");
  const cause = because`Azure does not rotate certificates of wildcard names by itself`;
  const rotation = isShown(name) && name.value.startsWith("*.") ? unknown(cause) : known("automatic" as const);
  return { address: undefined, names: [name], renewal: replaced(name, rotation) };
}

function uploaded(tls: Block): CertificateUse {
  const attribute = "cdn_frontdoor_secret_id";
  const secret = linked(tls, attribute, { azurerm_cdn_frontdoor_secret: ["id"] }, text`the certificate`);
  if ("state" in secret) return { certificate: outsideCertificate(secret) };
  const customer = secret.block("secret").block("customer_certificate");
  const names = customer.elements("subject_alternative_names");
  if (names.length === 0 || !names.every(isShown)) return vaultCertificate(customer, "key_vault_certificate_id");
  const stand = standAt(customer, "key_vault_certificate_id");
  const shown = names.map((one) => ({ ...one, value: String(one.value), ...stand }));
  return { certificate: { address: undefined, names: shown } };
}

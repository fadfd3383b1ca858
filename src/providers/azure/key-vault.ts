// azurerm_key_vault_certificate → certificate: its names, key and renewal, by its policy; and what an ID of one leads to.
// https://learn.microsoft.com/azure/key-vault/certificates/about-certificates

import type { Cause } from "../../cause.ts";
import { outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateUse } from "../../facts/endpoint.ts";
import { causeOf, type Fact, isShown, known, mapped, standAt, unknown } from "../../facts/fact.ts";
import { nameOf, namesIn } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { readPem } from "../pem-certificate.ts";
import { madeBy } from "./reference.ts";

const ids = ["id", "versionless_id", "secret_id", "versionless_secret_id"];

export default defineAdapter({
  id: "azure/key-vault",
  resourceTypes: ["azurerm_key_vault_certificate"],
  cannotShow: ["What an imported PFX file holds."],
  certificates: (resource) => [certificateOf(resource)],
});

export const pfxContents: Cause = outside`a plan does not show what a PFX file holds`;

/** The certificate whose ID, or whose secret's, an attribute holds. */
export function vaultCertificate(block: Block, attribute: string): CertificateUse {
  const made = madeBy(block, attribute, { azurerm_key_vault_certificate: ids }, text`the certificate`);
  return { certificate: "state" in made ? { address: undefined, names: [made] } : certificateOf(made) };
}

function certificateOf(resource: Resource): Certificate {
  const imported = resource.block("certificate");
  if (imported.presence !== "absent") return { address: resource.address, ...contentsOf(imported) };
  const policy = resource.block("certificate_policy", { computed: true });
  return { address: resource.address, names: namesBy(policy), key: keyIn(policy), renewal: renewalIn(policy) };
}

function contentsOf(imported: Block): Omit<Certificate, "address"> {
  const stand = standAt(imported, "contents");
  const renewal = { ...known("by import" as const), ...stand };
  const read = readPem(imported, "contents");
  if (read) return { ...read, renewal };
  const contents = imported.value("contents");
  const cause = isShown(contents) ? pfxContents : causeOf(contents);
  return { names: [{ ...unknown(cause), ...stand }], renewal };
}

/** Its alternative names; where there are none, what its subject says: CN=www.example.com. */
function namesBy(policy: Block): Fact<string>[] {
  const properties = policy.block("x509_certificate_properties");
  const alternatives = properties.block("subject_alternative_names");
  const names = namesIn(alternatives, "dns_names");
  const common = mapped(
    nameOf(properties, "subject"),
    (subject) => /(?:^|,\s*)CN=([^,]+)/i.exec(subject)?.[1] ?? subject,
  );
  return names.length > 0 ? names : [common];
}

function keyIn(policy: Block): Certificate["key"] {
  const properties = policy.block("key_properties");
  const [type, size] = [properties.value("key_type"), properties.value("key_size")];
  if (!isShown(type) || !isShown(size)) return undefined;
  const algorithm = String(type.value).startsWith("EC") ? "ECDSA" : "RSA";
  return { ...size, value: { algorithm, size: Number(size.value) }, ...standAt(properties, "key_size") };
}

/** An issuer that the vault does not know renews nothing: https://learn.microsoft.com/azure/key-vault/certificates/overview-renew-certificate */
function renewalIn(policy: Block): Certificate["renewal"] {
  const issuer = policy.block("issuer_parameters").value("name");
  const actions = policy.blocks("lifetime_action").map((one) => one.block("action").value("action_type"));
  if (!actions.every(isShown) || actions.length === 0 || !isShown(issuer)) return undefined;
  const renews = actions.some(({ value }) => value === "AutoRenew") && issuer.value !== "Unknown";
  return { ...known(renews ? "automatic" : "by email"), ...standAt(policy, "lifetime_action") };
}

// Host names of an API Management service's owner, each with its certificate: on the service, or in a resource apart.
// https://learn.microsoft.com/azure/api-management/configure-custom-domain

import type { Cause } from "../../cause.ts";
import { outside } from "../../cause.ts";
import type { CertificateUse, Endpoint } from "../../facts/endpoint.ts";
import { type Fact, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { nameOf } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { outsideCertificate } from "./hostname-binding-certificate.ts";
import { vaultCertificate } from "./key-vault.ts";

/** "proxy" on the service, "gateway" in azurerm_api_management_custom_domain. */
const sites = ["proxy", "gateway", "developer_portal", "management", "portal", "scm"];

/** key_vault_id is the name of azurerm 3 and 4. */
const sources = ["key_vault_certificate_id", "key_vault_id", "certificate"];

export const uploadedContents: Cause = outside`a plan does not show what the uploaded certificate holds`;

export function hostsOf(parent: Block): Pick<Endpoint, "names" | "certificate" | "certificates"> {
  const hosts = sites.flatMap((site) => parent.blocks(site)).filter((host) => !isOfAzure(host));
  const certificates = hosts.map(certificateOf);
  const worst = ["missing", "unknown"].flatMap((state) =>
    certificates.filter((one) => (one.state === "unknown" ? "unknown" : one.value) === state),
  );
  return {
    names: hosts.map((host) => nameOf(host, "host_name")),
    certificate: worst[0] ?? certificates[0],
    certificates: hosts.flatMap(usesOf),
  };
}

/** The service's own name, which the provider reads back with the others. */
function isOfAzure(host: Block): boolean {
  const name = host.value("host_name");
  return isShown(name) && /\.azure-api\.(net|us|cn)$/.test(String(name.value));
}

/** The attribute that names the certificate; a managed one is read back in certificate_source alone. */
const sourceOf = (host: Block): string | undefined =>
  [...sources, "certificate_source"].find((attribute) => isShown(host.value(attribute))) ??
  sources.find((attribute) => host.value(attribute).state === "unknown");

function certificateOf(host: Block): Fact<"own" | "missing"> {
  const source = sourceOf(host);
  const stand = standAt(host, source ?? "key_vault_certificate_id");
  if (!source) return { ...known("missing"), ...stand };
  const value = host.value(source);
  const isHere = usesOf(host).some(({ certificate }) => certificate.address !== undefined);
  if (value.state === "unknown" && !isHere) return { ...value, ...stand };
  return { ...known("own"), ...stand };
}

function usesOf(host: Block): CertificateUse[] {
  const source = sourceOf(host);
  if (!source) return [];
  if (source.startsWith("key_vault")) return [vaultCertificate(host, source)];
  return [{ certificate: outsideCertificate({ ...unknown(uploadedContents), ...standAt(host, source) }) }];
}

// SSL certificates of Compute Engine and of Certificate Manager → certificates: managed by Google, or brought along.
// https://cloud.google.com/load-balancing/docs/ssl-certificates

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateKey } from "../../facts/endpoint.ts";
import { causeOf, type Fact, isShown, known, mapped, standAt, unknown } from "../../facts/fact.ts";
import { namesIn } from "../../facts/service.ts";
import { readCertificate } from "../../facts/x509.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { managerCertificates, sslCertificates } from "./reference.ts";

export default defineAdapter({
  id: "google/certificate",
  resourceTypes: [...Object.keys(sslCertificates), ...Object.keys(managerCertificates)],
  cannotShow: ["The key of a certificate that Google issues, and whether it is issued by the time it is used."],
  certificates: (resource) => [certificateOf(resource)],
});

export function certificateOf(resource: Resource): Certificate {
  const managed = resource.block("managed");
  if (managed.presence !== "absent") return managedCertificate(managed);
  const own = resource.block("self_managed");
  // The provider's newer name for it, and its older one.
  const attribute = own.value("pem_certificate").state === "absent" ? "certificate_pem" : "pem_certificate";
  return own.presence === "absent" ? ownCertificate(resource, "certificate") : ownCertificate(own, attribute);
}

function managedCertificate(managed: Block): Certificate {
  const names = namesIn(managed, "domains").map((name) => mapped(name, (text) => text.replace(/\.$/, "")));
  return {
    address: managed.resource.address,
    names,
    renewal: { ...known("automatic"), ...standAt(managed, "domains") },
  };
}

function ownCertificate(block: Block, attribute: string): Certificate {
  const stand = standAt(block, attribute);
  const body = block.value(attribute);
  const read = isShown(body) ? readCertificate(String(body.value)) : undefined;
  const cause = isShown(body) ? because`it is no PEM certificate that can be read` : causeOf(body);
  const open = { ...unknown(cause), ...stand };
  const { address } = block.resource;
  const renewal: Certificate["renewal"] = { ...known("by import"), ...stand };
  if (!read || !isShown(body)) return { address, names: [open], key: open, renewal };
  const key: Fact<CertificateKey> = read.key ? { ...body, value: read.key, ...stand } : open;
  const digest = read.digest && { ...body, value: read.digest, ...stand };
  return { address, names: read.names.map((value) => ({ ...body, value, ...stand })), key, digest, renewal };
}

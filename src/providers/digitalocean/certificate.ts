// digitalocean_certificate → certificate: its names and renewal; and how a load balancer or a CDN endpoint uses one.
// https://docs.digitalocean.com/products/networking/load-balancers/how-to/ssl-termination/

import { ambiguous, type Cause, definedElsewhere, outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateUse, Endpoint } from "../../facts/endpoint.ts";
import { causeOf, type Fact, fact, isShown, known, lookUp, type Stand, standAt, unknown } from "../../facts/fact.ts";
import { namesIn } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Link } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";
import { readPem } from "../pem-certificate.ts";
import { renewals } from "./certificate-values.ts";

export default defineAdapter({
  id: "digitalocean/certificate",
  resourceTypes: ["digitalocean_certificate"],
  cannotShow: ["the names and the key of a custom certificate: the provider plans a hash of it"],
  certificates: (resource) => [certificateOf(resource)],
});

function certificateOf(resource: Resource): Certificate {
  const renewal = fact<"automatic" | "by import">(resource, "type", {
    read: (value) => lookUp(renewals, value),
    // https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/resources/certificate.md
    absent: "by import",
    remedy: "lets_encrypt",
  });
  const base = { address: resource.mode === "managed" ? resource.address : undefined, renewal };
  if (renewal.state === "unknown") return { ...base, names: [{ ...renewal, ...standAt(resource, "domains") }] };
  if (renewal.value === "automatic") return { ...base, names: namesIn(resource, "domains") };
  const { names, key } = customOf(resource);
  return { ...base, names, key };
}

/** A custom certificate by its text; where that is a hash, by the domains that the provider has read of it. */
function customOf(resource: Resource): Pick<Certificate, "names" | "key"> {
  const read = readPem(resource, "leaf_certificate");
  if (read) return read;
  const body = resource.value("leaf_certificate");
  const hashed: Cause = outside`the plan holds only a hash of the certificate`;
  const open = { ...unknown(isShown(body) ? hashed : causeOf(body)), ...standAt(resource, "leaf_certificate") };
  const domains = namesIn(resource, "domains");
  return { names: domains.length > 0 ? domains : [open], key: open };
}

type Certified = {
  readonly certificate: NonNullable<Endpoint["certificate"]>;
  readonly certificates: CertificateUse[];
};

/** The certificate that a block names by `certificate_name`, or by the older `certificate_id`. */
export function certified(block: Block): Certified {
  const { attribute, link } = linkOf(block);
  const stand = standAt(block, attribute);
  if (link.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  if (link.state === "unknown") {
    const open = { ...link, ...stand };
    return { certificate: open, certificates: [{ certificate: outsideCertificate(open) }] };
  }
  const certificate: Certified["certificate"] = { ...known("own"), ...stand };
  if (link.state === "outside") {
    return { certificate, certificates: [{ certificate: outsideCertificate({ ...unknown(elsewhere), ...stand }) }] };
  }
  return { certificate, certificates: [{ certificate: oneOf(link.resources, stand) }] };
}

/** What several rules or domains have together: one without a certificate is enough to be without. */
export function together(all: readonly Certified[]): Pick<Endpoint, "certificate" | "certificates"> {
  const presence = all.map(({ certificate }) => certificate);
  const missing = presence.find((one) => isShown(one) && one.value === "missing");
  const open = presence.find((one) => !isShown(one));
  return {
    certificate: missing ?? open ?? presence[0],
    certificates: all.flatMap(({ certificates }) => certificates),
  };
}

const elsewhere = definedElsewhere("the certificate");
const targets = { digitalocean_certificate: ["name", "id", "uuid"] };
const ranks = ["found", "outside", "unknown", "absent"];

/** The provider fills in the attribute that is not written: the one that tells more is the one that is. */
function linkOf(block: Block): { attribute: string; link: Link } {
  const byName = { attribute: "certificate_name", link: block.link("certificate_name", targets) };
  const byId = { attribute: "certificate_id", link: block.link("certificate_id", targets) };
  return ranks.indexOf(byId.link.state) < ranks.indexOf(byName.link.state) ? byId : byName;
}

const outsideCertificate = (open: Fact<never>): Certificate => ({
  address: undefined,
  names: [open],
  key: open,
  renewal: open,
});

function oneOf(resources: readonly Resource[], stand: Stand): Certificate {
  const [first, another] = resources;
  if (first && !another) return certificateOf(first);
  return outsideCertificate({ ...unknown(ambiguous(resources)), ...stand });
}

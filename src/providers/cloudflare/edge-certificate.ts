// cloudflare_certificate_pack, cloudflare_custom_ssl, cloudflare_origin_ca_certificate → certificate: names, key, renewal.
// https://developers.cloudflare.com/ssl/edge-certificates/

import { because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate } from "../../facts/endpoint.ts";
import { causeOf, fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { namesIn } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { readPem } from "../pem-certificate.ts";

export default defineAdapter({
  id: "cloudflare/edge-certificate",
  resourceTypes: ["cloudflare_certificate_pack", "cloudflare_custom_ssl", "cloudflare_origin_ca_certificate"],
  cannotShow: ["The key of a certificate that Cloudflare orders", "Whether a certificate is validated already"],
  certificates: (resource) => [certificateOf(resource)],
});

/**
 * `validation_method`, and `method` of a custom hostname: who answers when it is renewed; with txt and email, whoever
 * runs the DNS may have to
 * https://developers.cloudflare.com/ssl/edge-certificates/changing-dcv-method/methods/
 */
const renewals: { readonly [method: string]: "automatic" | "by email" } = {
  http: "automatic",
  email: "by email",
};

export function certificateOf(resource: Resource): Certificate {
  const { address } = resource;
  if (resource.type === "cloudflare_custom_ssl") {
    return uploaded(resource, resource.block("custom_ssl_options"), address);
  }
  const attribute = resource.type === "cloudflare_certificate_pack" ? "hosts" : "hostnames";
  return { address, names: namesIn(resource, attribute), renewal: renewalOf(resource, "validation_method") };
}

/** Nothing where what the provider documents leaves it open. */
export function renewalOf(block: Block, attribute: string): Certificate["renewal"] {
  const method = block.value(attribute);
  if (method.state === "absent" || (isShown(method) && method.value === "txt")) return undefined;
  return fact(block, attribute, {
    read: (value) => lookUp(renewals, value),
    absent: { unknown: notSet(attribute) },
    remedy: "http",
  });
}

/** A certificate whose text the plan holds: provider 4 has it in custom_ssl_options. */
export function uploaded(resource: Block, options: Block, address: string): Certificate {
  const holder = options.presence === "absent" ? resource : options;
  const attribute = holder.value("certificate").state === "absent" ? "custom_certificate" : "certificate";
  const stand = standAt(holder, attribute);
  const renewal = { ...known("by import" as const), ...stand };
  const read = readPem(holder, attribute);
  if (read) return { address, ...read, renewal };
  const text = holder.value(attribute);
  const cause = isShown(text) ? because`the certificate's body is no PEM certificate` : causeOf(text);
  const open = { ...unknown(cause), ...stand };
  return { address, names: [open], key: open, renewal };
}

// fastly_tls_certificate, fastly_tls_platform_certificate, fastly_tls_subscription → certificate: names, key, renewal.
// https://www.fastly.com/documentation/guides/getting-started/domains/securing-domains/

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate } from "../../facts/endpoint.ts";
import { causeOf, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { namesIn } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { readPem } from "../pem-certificate.ts";

export default defineAdapter({
  id: "fastly/tls-certificate",
  resourceTypes: ["fastly_tls_certificate", "fastly_tls_platform_certificate", "fastly_tls_subscription"],
  cannotShow: ["the key of a certificate that Fastly requests"],
  certificates: (resource) => [certificateOf(resource)],
});

/** Of a look-up too: a data source that reads a certificate. */
export function certificateOf(resource: Resource): Certificate {
  const address = resource.mode === "managed" ? resource.address : undefined;
  if (resource.type === "fastly_tls_subscription") {
    // "Fastly uses the ACME protocol to procure and renew TLS certificates" (…/tls-prerequisites-and-limitations)
    const renewal: Certificate["renewal"] = { ...known("automatic"), ...standAt(resource, "certificate_authority") };
    return { address, names: namesIn(resource, "domains"), renewal };
  }
  const stand = standAt(resource, "certificate_body");
  const body = resource.value("certificate_body");
  const renewal: Certificate["renewal"] = { ...known("by import"), ...stand };
  const read = readPem(resource, "certificate_body");
  if (read) return { address, ...read, renewal };
  const unread = isShown(body) ? because`the certificate's body is no PEM certificate` : causeOf(body);
  const cause = body.state === "absent" ? because`the certificate's body is not in the plan` : unread;
  const open = { ...unknown(cause), ...stand };
  const domains = namesIn(resource, "domains");
  const isRead = domains.length > 0 && domains.every(isShown);
  return { address, names: isRead ? domains : [open], key: open, renewal };
}

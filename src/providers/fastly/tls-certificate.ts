// fastly_tls_certificate, fastly_tls_platform_certificate, fastly_tls_subscription → certificate: names, key, renewal.
// https://www.fastly.com/documentation/guides/getting-started/domains/securing-domains/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate } from "../../facts/endpoint.ts";
import { causeOf, type Fact, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { readCertificate } from "../../facts/x509.ts";
import type { Resource } from "../../plan/view.ts";

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
    return { address, names: listed(resource), renewal };
  }
  const stand = standAt(resource, "certificate_body");
  const body = resource.value("certificate_body");
  const read = isShown(body) ? readCertificate(String(body.value)) : undefined;
  const renewal: Certificate["renewal"] = { ...known("by import"), ...stand };
  const unread = isShown(body) ? "the certificate's body is no PEM certificate" : causeOf(body);
  const open = { ...unknown(body.state === "absent" ? "the certificate's body is not in the plan" : unread), ...stand };
  if (!read || !isShown(body)) {
    const domains = listed(resource);
    const isRead = domains.length > 0 && domains.every(isShown);
    return { address, names: isRead ? domains : [open], key: open, renewal };
  }
  const keyless = { ...unknown("the certificate's key could not be read"), ...stand };
  const names = read.names.map((value) => ({ ...body, value, ...stand }));
  return { address, names, key: read.key ? { ...body, value: read.key, ...stand } : keyless, renewal };
}

const listed = (resource: Resource): Fact<string>[] =>
  resource.elements("domains").flatMap((domain): Fact<string>[] => {
    const stand = standAt(resource, "domains");
    if (domain.state === "absent") return [];
    return [isShown(domain) ? { ...domain, value: String(domain.value), ...stand } : { ...domain, ...stand }];
  });

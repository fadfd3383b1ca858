// cloudflare_custom_hostname → endpoint: the name of a customer, with a certificate and TLS settings of its own.
// https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/security/certificate-management/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, Endpoint } from "../../facts/endpoint.ts";
import { causeOf, isShown, known, mapped, standAt, unknown } from "../../facts/fact.ts";
import { nameOf } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { renewalOf, uploaded } from "./edge-certificate.ts";
import { sharedBy } from "./zone.ts";
import { httpVersionsBy, minimumTls, readSetting, suitesFrom, suitesIn } from "./zone-settings.ts";
import { zoneOf } from "./zones.ts";

export default defineAdapter({
  id: "cloudflare/custom-hostname",
  resourceTypes: ["cloudflare_custom_hostname"],
  endpoints: (hostname) => [endpointOf(hostname)],
  certificates(hostname) {
    const certificate = certificateOf(hostname);
    return certificate ? [certificate] : [];
  },
});

function endpointOf(hostname: Resource): Endpoint {
  const ssl = hostname.block("ssl", { computed: true });
  const certificate = certificateOf(hostname);
  return {
    address: hostname.address,
    kind: "Cloudflare custom hostname",
    names: [nameOf(hostname, "hostname")],
    certificate: presenceIn(ssl),
    certificates: certificate ? [{ certificate }] : [],
    ...(ssl.presence === "absent" ? {} : tlsOf(hostname, ssl.block("settings"))),
    routes: [],
    upstreams: [],
  };
}

/** Without ssl no certificate is ordered: https://developers.cloudflare.com/api/resources/custom_hostnames/methods/create/ */
function presenceIn(ssl: Block): Endpoint["certificate"] {
  const stand = standAt(ssl.resource, "ssl");
  if (ssl.presence === "present") return { ...known("own"), ...stand };
  if (ssl.presence === "absent") {
    return { ...known("missing"), ...stand, note: text`without ssl Cloudflare orders no certificate for it` };
  }
  return { ...unknown(causeOf(ssl.value("method"))), ...stand };
}

/** What it does not set itself is as in its zone (same site, "TLS Management"). */
function tlsOf(
  hostname: Resource,
  settings: Block,
): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes" | "httpVersions"> {
  const zone = zoneOf(hostname);
  const { tls } = zone ? sharedBy(zone) : { tls: {} as ReturnType<typeof sharedBy>["tls"] };
  const isSaid = (attribute: string) => settings.value(attribute).state !== "absent";
  const minimum = isSaid("min_tls_version")
    ? readSetting({ block: settings, attribute: "min_tls_version" }, minimumTls)
    : tls.minimumTls;
  const { forwardSecrecy, aeadOnly, ecdheAes } = tls;
  const inherited = forwardSecrecy && aeadOnly && ecdheAes && { forwardSecrecy, aeadOnly, ecdheAes };
  return {
    minimumTls: minimum,
    ...suitesFrom(minimum, suitesIn({ block: settings, attribute: "ciphers" }) ?? inherited),
    httpVersions: isSaid("http2") ? httpVersionsBy({ block: settings, attribute: "http2" }) : undefined,
  };
}

/** The one that Cloudflare orders for the name, or that its customer brings. */
function certificateOf(hostname: Resource): Certificate | undefined {
  const ssl = hostname.block("ssl", { computed: true });
  if (ssl.presence !== "present") return undefined;
  const bundle = ssl.block("custom_cert_bundle");
  if (bundle.presence !== "absent") return uploaded(bundle, bundle, hostname.address);
  if (ssl.value("custom_certificate").state !== "absent") return uploaded(ssl, ssl, hostname.address);
  const name = nameOf(hostname, "hostname");
  const wildcard = ssl.value("wildcard");
  const below = isShown(wildcard) && wildcard.value === true ? [mapped(name, (one) => `*.${one}`)] : [];
  return { address: hostname.address, names: [name, ...below], renewal: renewalOf(ssl, "method") };
}

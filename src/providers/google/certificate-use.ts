// The certificates of a proxy: named in lists, or by a certificate map, whose entries choose them by host name.
// https://cloud.google.com/certificate-manager/docs/how-it-works

import { because } from "../../cause.ts";
import { covers } from "../../facts/domain-name.ts";
import type { Certificate, CertificateUse, Endpoint } from "../../facts/endpoint.ts";
import { type Fact, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Unknown } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import { certificateOf } from "./certificate.ts";
import {
  certificateMaps,
  managerCertificates,
  referencesOf,
  sslCertificates,
  unknownTarget,
  usersOf,
} from "./reference.ts";

const lists = ["ssl_certificates", "certificate_manager_certificates"];
const certificates = { ...sslCertificates, ...managerCertificates };

export function certificatesOf(proxy: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  // "If set, sslCertificates will be ignored": https://cloud.google.com/compute/docs/reference/rest/v1/targetHttpsProxies
  const isMapped = proxy.value("certificate_map").state !== "absent";
  const attributes = isMapped ? ["certificate_map"] : lists;
  return {
    certificate: presence(proxy, attributes),
    certificates: isMapped ? mappedUses(proxy) : attributes.flatMap((attribute) => usesOf(proxy, attribute)),
  };
}

function presence(proxy: Resource, attributes: readonly string[]): Fact<"own" | "missing"> {
  const named = attributes.flatMap((attribute) =>
    referencesOf(proxy, attribute, { ...certificates, ...certificateMaps }).map((link) => ({ link, attribute })),
  );
  const sure = named.find(({ link }) => link.state !== "unknown") ?? named[0];
  const stand = standAt(proxy, sure?.attribute ?? "ssl_certificates");
  if (!sure) return { ...known("missing"), ...stand };
  return { ...(sure.link.state === "unknown" ? sure.link : known("own" as const)), ...stand };
}

/** All that an attribute names; of one that is conditional, what it may name. */
function usesOf(block: Block, attribute: string): CertificateUse[] {
  return referencesOf(block, attribute, certificates).flatMap((link) => {
    if (link.state === "found") return link.resources.map((one) => ({ certificate: asUsed(one) }));
    return [{ certificate: outside(unknownTarget(link, "certificate"), standAt(block, attribute)) }];
  });
}

/** What was looked up is no certificate of this plan's. */
const asUsed = (resource: Resource): Certificate =>
  resource.mode === "data" ? { ...certificateOf(resource), address: undefined } : certificateOf(resource);

const outside = (open: Unknown, stand: ReturnType<typeof standAt>): Certificate => ({
  address: undefined,
  names: [{ ...open, ...stand }],
});

const entries = {
  types: ["google_certificate_manager_certificate_map_entry"],
  attribute: "map",
  targets: certificateMaps,
};

function mappedUses(proxy: Resource): CertificateUse[] {
  return referencesOf(proxy, "certificate_map", certificateMaps).flatMap((link) => {
    const [map, another] = link.state === "found" ? link.resources : [];
    const stand = standAt(proxy, "certificate_map");
    if (!map || another) return [{ certificate: outside(unknownTarget(link, "certificate map"), stand) }];
    const uses = usersOf(map, entries).flatMap((entry) =>
      usesOf(entry, "certificates").map((use) => chosenBy(entry, use)),
    );
    const open = unknown(because`${nameText(map.address)} has no entry in this plan`);
    return uses.length > 0 ? uses : [{ certificate: outside(open, stand) }];
  });
}

/** An entry shows its certificate for its own host name alone; a primary one for all that no other entry takes. */
function chosenBy(entry: Resource, use: CertificateUse): CertificateUse {
  const hostname = entry.value("hostname");
  if (hostname.state === "absent") return use;
  const stand = standAt(entry, "hostname");
  if (hostname.state === "unknown") {
    return { certificate: { ...use.certificate, names: [{ ...hostname, ...stand }] } };
  }
  const host: Fact<string> = { ...hostname, value: String(hostname.value), ...stand };
  const isCovered = use.certificate.names.some((name) => isShown(name) && covers(name.value, String(hostname.value)));
  return isCovered ? { certificate: { ...use.certificate, names: [host] } } : use;
}

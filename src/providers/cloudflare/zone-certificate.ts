// The certificates that Cloudflare shows for the names of a zone: ordered, uploaded, of Total TLS, or of Universal SSL.
// https://developers.cloudflare.com/ssl/edge-certificates/universal-ssl/

import { because, notSet } from "../../cause.ts";
import type { Certificate, Endpoint } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, mapped, standAt, unknown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { certificateOf } from "./edge-certificate.ts";
import { contentOf, domainAndBelow, hostOf, proxiedRecords } from "./zone-names.ts";
import { readSetting, switched } from "./zone-settings.ts";
import { domainOf, membersOf, type Zone } from "./zones.ts";

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** Nothing is said of a zone whose certificates are all managed elsewhere. */
export function certifiedBy(zone: Zone): Certified {
  const universal = universalOf(zone);
  const ordered = orderedFor(zone);
  const total = membersOf(zone, "cloudflare_total_tls").filter(isEnabled);
  const [first] = total;
  const certificate =
    ordered.certificate ??
    (first ? { ...known("own" as const), ...standAt(first, "enabled") } : universal && presenceBy(universal, zone));
  if (!certificate) return { certificates: [] };
  const others = [...total.map((one) => certificateForAll(one, zone)), ...universalCertificates(zone, universal)];
  return { certificate, certificates: [...ordered.certificates, ...others.map((one) => ({ certificate: one }))] };
}

/** Packs and uploaded certificates, which alone serve load balancers. */
export function orderedFor(zone: Zone): Certified {
  const resources = membersOf(zone, "cloudflare_certificate_pack", "cloudflare_custom_ssl");
  const [first] = resources;
  if (!first) return { certificates: [] };
  const certificates = [...resources.map(certificateOf), ...(maybeMore(zone) ? [elsewhere(first)] : [])];
  return {
    certificate: { ...known("own"), ...standAt(first, "") },
    certificates: certificates.map((certificate) => ({ certificate })),
  };
}

/** Whether another plan may have ordered one, or a resource of this plan that may be for another zone. */
const maybeMore = (zone: Zone): boolean =>
  !zone.isNew || zone.doubtful.some(({ type }) => /certificate_pack|custom_ssl|total_tls/.test(type));

const elsewhere = (resource: Resource): Certificate => ({
  address: undefined,
  names: [{ ...unknown(because`another certificate of its zone may cover it`), ...standAt(resource, "") }],
});

/**
 * Total TLS orders a certificate for each proxied name, but "for any hostnames used with" a tunnel it does not
 * https://developers.cloudflare.com/ssl/edge-certificates/additional-options/total-tls/
 */
const certificateForAll = (total: Resource, zone: Zone): Certificate => ({
  address: total.address,
  names: proxiedRecords(zone)
    .filter((record) => !leadsToTunnel(record))
    .map((record) => ({ ...hostOf(record, zone), ...standAt(total, "enabled") })),
});

const tunnels = {
  cloudflare_argo_tunnel: ["id", "cname"],
  cloudflare_tunnel: ["id", "cname"],
  cloudflare_zero_trust_tunnel_cloudflared: ["id", "cname"],
};

function leadsToTunnel(record: Resource): boolean {
  const attribute = contentOf(record);
  const content = record.value(attribute);
  return isShown(content)
    ? /\.cfargotunnel\.com\.?$/i.test(String(content.value))
    : record.link(attribute, tunnels).state === "found";
}

function isEnabled(resource: Resource): boolean {
  const enabled = enabledIn(resource);
  return isShown(enabled) && enabled.value;
}

const enabledIn = (resource: Resource): Fact<boolean> =>
  fact<boolean>(resource, "enabled", {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: { unknown: notSet("enabled") },
    remedy: true,
  });

/** Whether Universal SSL is on, as a resource says, or as it is for each new zone. */
function universalOf(zone: Zone): Fact<boolean> | undefined {
  const [setting] = membersOf(zone, "cloudflare_universal_ssl_setting");
  if (setting) return enabledIn(setting);
  const [override] = membersOf(zone, "cloudflare_zone_settings_override").map((one) => one.block("settings"));
  if (override && override.value("universal_ssl").state !== "absent") {
    return readSetting({ block: override, attribute: "universal_ssl" }, switched);
  }
  return zone.isNew && zone.resource ? { ...known(true), ...standAt(zone.resource, "") } : undefined;
}

function presenceBy(universal: Fact<boolean>, zone: Zone): Endpoint["certificate"] {
  if (!isShown(universal) || universal.value) return mapped(universal, () => "own");
  const open = unknown(because`Universal SSL is off, and another certificate may be ordered outside this plan`);
  const { place, remedy } = universal;
  return maybeMore(zone) ? { ...open, place, remedy } : mapped(universal, (isOn) => (isOn ? "own" : "missing"));
}

/** Of a full zone: its domain, and one label below it. Of others: each proxied name (same site, "Limitations"). */
function universalCertificates(zone: Zone, universal: Fact<boolean> | undefined): Certificate[] {
  if (!universal || (isShown(universal) && !universal.value)) return [];
  const { place } = universal;
  const domain = domainOf(zone);
  const type = zone.resource?.value("type");
  if (!isShown(universal) || domain === undefined || (type && type.state !== "absent" && !isShown(type))) {
    return [
      { address: undefined, names: [{ ...unknown(because`the plan does not tell what Universal SSL covers`), place }] },
    ];
  }
  const isFull = !type || !isShown(type) || type.value === "full" || type.value === "secondary";
  const names = isFull
    ? domainAndBelow({ ...domain, place })
    : proxiedRecords(zone).map((record): Fact<string> => ({ ...hostOf(record, zone), place }));
  return [{ address: place.address, names }];
}

// The zones of a plan: which resources belong to which, as their zone_id says.

import { describeCause } from "../../cause.ts";
import { isShown } from "../../facts/fact.ts";
import type { Known } from "../../plan/value.ts";
import type { Resource, View } from "../../plan/view.ts";

export interface Zone {
  /** The cloudflare_zone, or what looks one up; nothing where the plan shows no more than an id. */
  readonly resource: Resource | undefined;
  /** Whether this plan creates it: then what is not set has Cloudflare's default, and else may be set elsewhere. */
  readonly isNew: boolean;
  /** In the order of `memberTypes`. */
  readonly members: readonly Resource[];
  /** Members of a zone, maybe of this one: the plan does not tell. */
  readonly doubtful: readonly Resource[];
}

/** Provider 4 says cloudflare_zone_settings_override, cloudflare_record; provider 5 says cloudflare_zone_setting, cloudflare_dns_record. */
export const memberTypes = [
  "cloudflare_zone_setting",
  "cloudflare_zone_settings_override",
  "cloudflare_universal_ssl_setting",
  "cloudflare_certificate_pack",
  "cloudflare_custom_ssl",
  "cloudflare_total_tls",
  "cloudflare_dns_record",
  "cloudflare_record",
  "cloudflare_page_rule",
  "cloudflare_ruleset",
];

/** What zone_id of a resource tells: a key that is the same for all of a zone, and the resources that it can be. */
interface Membership {
  readonly key: string;
  readonly candidates: readonly Resource[];
  /** The plan does not tell which zone it is. */
  readonly isOpen: boolean;
}

function membershipOf(member: Resource): Membership {
  const id = member.value("zone_id");
  const link = member.link("zone_id", { cloudflare_zone: ["id", "zone_id"] });
  if (link.state === "found") {
    // One that is managed and looked up as well is one zone.
    const managed = link.resources.filter(({ mode }) => mode === "managed");
    const candidates = managed.length > 0 ? managed : link.resources;
    const isOpen = !isShown(id) && candidates.length > 1;
    const [first] = candidates;
    if (!isOpen && first) return { key: first.address, candidates: [first], isOpen };
    return { key: candidates.map(({ address }) => address).join(), candidates, isOpen };
  }
  if (link.state === "unknown") return { key: describeCause(link.cause), candidates: [], isOpen: true };
  // Without a zone_id, as of an account's ruleset, it is in a zone of its own.
  return { key: isShown(id) ? String(id.value) : member.address, candidates: [], isOpen: false };
}

const found = new WeakMap<View, ReadonlyMap<string, Zone>>();

/** By the key of its members, which of a zone with a resource is the address of that. */
function zonesIn(view: View): ReadonlyMap<string, Zone> {
  const known = found.get(view);
  if (known) return known;
  const groups = new Map<string, { resource: Resource | undefined; members: Resource[] }>();
  const open: { readonly member: Resource; readonly candidates: readonly Resource[] }[] = [];
  for (const zone of view.resources("cloudflare_zone")) groups.set(zone.address, { resource: zone, members: [] });
  for (const member of memberTypes.flatMap((type) => view.resources(type))) {
    const { key, candidates, isOpen } = membershipOf(member);
    const group = groups.get(key) ?? { resource: isOpen ? undefined : candidates[0], members: [] };
    group.members.push(member);
    groups.set(key, group);
    if (isOpen) open.push({ member, candidates });
  }
  const zones = new Map<string, Zone>();
  for (const [key, { resource, members }] of groups) {
    const maybe = open.filter(
      ({ candidates }) => candidates.length === 0 || candidates.some((one) => one === resource),
    );
    zones.set(key, {
      resource,
      members,
      isNew: resource?.mode === "managed" && resource.planned("id") === undefined,
      doubtful: resource?.mode === "managed" ? maybe.map(({ member }) => member) : [],
    });
  }
  found.set(view, zones);
  return zones;
}

/** The zone of a resource that has a zone_id, whatever its type; of a cloudflare_zone, that zone. */
export function zoneOf(resource: Resource): Zone | undefined {
  const key = resource.type === "cloudflare_zone" ? resource.address : membershipOf(resource).key;
  return zonesIn(resource.scope.view).get(key);
}

export const membersOf = (zone: Zone, ...types: readonly string[]): Resource[] =>
  zone.members.filter(({ type }) => types.includes(type));

/** Its domain, as far as the plan shows it. */
export function domainOf({ resource }: Zone): Known<string> | undefined {
  const names = ["name", "zone"].map((attribute) => resource?.value(attribute));
  const name = names.find((one) => one !== undefined && isShown(one));
  return name && isShown(name) ? { ...name, value: String(name.value).toLowerCase() } : undefined;
}

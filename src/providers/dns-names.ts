// The names that records of this plan give to its endpoints: each leads viewers there, and asks for a certificate.

import { type Fact, isSensitive, isShown, known, standAt, type Value } from "../facts/fact.ts";
import type { Block } from "../plan/block.ts";
import type { Targets } from "../plan/link.ts";
import { oncePer } from "../plan/once.ts";
import type { Resource, View } from "../plan/view.ts";
import { contentOf, hostOf } from "./cloudflare/zone-names.ts";
import { zoneOf } from "./cloudflare/zones.ts";
import { resourceBehind } from "./host.ts";
import { linkedBy } from "./users.ts";

interface RecordType {
  /** Where a record names what it leads to. */
  readonly target: (record: Resource) => readonly [block: Block, attribute: string] | undefined;
  /** Its whole name; undefined where the plan does not tell it. */
  readonly name: (record: Resource) => Value;
}

const recordTypes: { readonly [type: string]: RecordType } = {
  aws_route53_record: {
    target: (record) =>
      record.block("alias").presence === "present" ? [record.block("alias"), "name"] : [record, "records"],
    name: (record) => below(record, zoneName(record, "zone_id", { aws_route53_zone: ["zone_id", "id"] })),
  },
  google_dns_record_set: {
    target: (record) => [record, "rrdatas"],
    name: (record) => record.value("name"),
  },
  azurerm_dns_cname_record: {
    target: (record) => [record, "record"],
    name: (record) => below(record, record.value("zone_name")),
  },
  digitalocean_record: {
    target: (record) => [record, "value"],
    name: (record) => below(record, record.value("domain")),
  },
  cloudflare_record: { target: throughCloudflare, name: nameInCloudflare },
  cloudflare_dns_record: { target: throughCloudflare, name: nameInCloudflare },
};

/** Cloudflare answers for a record that it proxies, with certificates of its own. */
function throughCloudflare(record: Resource): readonly [Block, string] | undefined {
  const proxied = record.value("proxied");
  const isDirect = proxied.state === "absent" || (isShown(proxied) && proxied.value === false);
  return isDirect ? [record, contentOf(record)] : undefined;
}

function nameInCloudflare(record: Resource): Value {
  return hostOf(record, zoneOf(record));
}

/** The name of the zone that a record is in. */
function zoneName(record: Resource, attribute: string, targets: Targets): Value | undefined {
  const [zone, another] = linkedBy(record, attribute, targets);
  return zone && !another ? zone.value("name") : undefined;
}

/**
 * Records can be named without the domain of their zone. Of an unknown zone a name of three labels or more counts as whole.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_record#name-1
 */
function below(record: Resource, zone: Value | undefined): Value {
  const name = record.value("name");
  if (name.state === "unknown") return name;
  const written = isShown(name) && name.value !== "@" ? withoutDot(name.value) : "";
  if (!zone || !isShown(zone)) return written.split(".").length > 2 ? name : { state: "absent" };
  const domain = withoutDot(zone.value);
  const isWhole = written === domain || written.endsWith(`.${domain}`);
  const whole = isWhole ? written : [written, domain].filter(Boolean).join(".");
  return known(whole, isSensitive(name) || isSensitive(zone));
}

const withoutDot = (name: unknown): string => String(name).toLowerCase().replace(/\.$/, "");

/** The names of this plan's records by the resource that they surely lead to. */
const namesIn = oncePer((view: View): ReadonlyMap<Resource, readonly Fact<string>[]> => {
  const names = new Map<Resource, Fact<string>[]>();
  for (const [type, { target, name }] of Object.entries(recordTypes)) {
    for (const record of view.resources(type)) {
      const [block, attribute] = target(record) ?? [];
      const resource = block && attribute ? resourceBehind(block, attribute) : undefined;
      const whole = resource && name(record);
      if (!resource || !whole || !isShown(whole)) continue;
      const fact = { ...whole, value: withoutDot(whole.value), ...standAt(record, "name") };
      names.set(resource, [...(names.get(resource) ?? []), fact]);
    }
  }
  return names;
});

/** The names that lead to a resource. One that the plan does not tell is none: of what it is, nothing can be asked. */
export const namesLeadingTo = (resource: Resource): readonly Fact<string>[] =>
  namesIn(resource.scope.view).get(resource) ?? [];

/** Each name once, whatever the case it is written in. */
export function distinctNames(names: readonly Fact<string>[]): Fact<string>[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    if (!isShown(name)) return true;
    const isNew = !seen.has(withoutDot(name.value));
    seen.add(withoutDot(name.value));
    return isNew;
  });
}

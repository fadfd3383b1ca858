// The names of a zone that viewers reach through Cloudflare, and what stands behind them: its proxied records.
// https://developers.cloudflare.com/dns/proxy-status/

import { because } from "../../cause.ts";
import type { Upstream } from "../../facts/endpoint.ts";
import { causeOf, type Fact, isSensitive, isShown, known, mapped, standAt, unknown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { endpointBehind } from "./endpoint-behind.ts";
import type { Hop } from "./next-hop.ts";
import { domainOf, membersOf, type Zone } from "./zones.ts";

const recordTypes = ["cloudflare_dns_record", "cloudflare_record"];

/** Cloudflare answers for these; the others are answered by what they lead to. */
export const proxiedRecords = (zone: Zone): Resource[] =>
  membersOf(zone, ...recordTypes).filter((record) => {
    const proxied = record.flag("proxied");
    return isShown(proxied) && proxied.value === true;
  });

/** The host names of a zone that Cloudflare answers for, and those of which the plan does not tell whether it does. */
export const namesOf = (zone: Zone): Fact<string>[] =>
  membersOf(zone, ...recordTypes).flatMap((record) => {
    const proxied = record.flag("proxied");
    if (proxied.state === "unknown") return [{ ...proxied, ...standAt(record, "proxied") }];
    return isShown(proxied) && proxied.value === true ? [hostOf(record, zone)] : [];
  });

/** A record's whole name: provider 4 takes it without the zone's domain too, and "@" for the domain itself. */
export function hostOf(resource: Resource, zone: Zone | undefined): Fact<string> {
  const stand = standAt(resource, "name");
  const name = resource.value("name");
  if (!isShown(name)) return { ...unknown(causeOf(name)), ...stand };
  const written = String(name.value).toLowerCase().replace(/\.$/, "");
  const domain = zone && domainOf(zone);
  if (domain === undefined) {
    const isWhole = written.split(".").length > 2;
    return isWhole
      ? { ...name, value: written, ...stand }
      : { ...unknown(because`the plan does not tell the domain of its zone`), ...stand };
  }
  if (written === domain.value || written.endsWith(`.${domain.value}`)) return { ...name, value: written, ...stand };
  const whole = written === "@" ? domain.value : `${written}.${domain.value}`;
  return { ...known(whole, isSensitive(name) || isSensitive(domain)), ...stand };
}

/** One for each resource of this plan that a record leads to, and one for all the other origins. */
export function upstreamsOf(zone: Zone, hop: Hop | undefined): Upstream[] {
  const records = proxiedRecords(zone);
  const behind = records.map((record) => [record, nextOf(record)] as const);
  const made = new Map(behind.flatMap(([record, address]) => (address ? [[address, record] as const] : [])));
  const chained = [...made].map(([endpoint, record]): Upstream => {
    const cause = because`the encryption mode of its zone is set outside this plan`;
    const protocol: Upstream["protocol"] = { ...unknown(cause), ...standAt(record, "zone_id") };
    return { name: nameText(endpoint), reach: "public", ...(hop ?? { protocol }), endpoint, routes: [] };
  });
  const hasOthers = records.length === 0 || behind.some(([, address]) => address === undefined);
  return hop && hasOthers
    ? [...chained, { name: text`the zone's origins`, reach: "public", ...hop, routes: [] }]
    : chained;
}

/** `value` is what provider 4 called `content` before. */
export const contentOf = (record: Resource): string =>
  record.value("content").state === "absent" ? "value" : "content";

const nextOf = (record: Resource): string | undefined => endpointBehind(record, contentOf(record));

/** All names below a domain that a certificate covers which Cloudflare issues by itself. */
export const domainAndBelow = (domain: Fact<string>): Fact<string>[] => [domain, mapped(domain, (name) => `*.${name}`)];

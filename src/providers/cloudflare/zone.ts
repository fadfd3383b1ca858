// cloudflare_zone and all that belongs to it → endpoint: its settings, its certificates, its proxied records.
// https://developers.cloudflare.com/ssl/

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Route } from "../../facts/endpoint.ts";
import { causeOf, type Fact, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { directives, everything, secured } from "../../facts/service.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { hopsOf, ofHttps } from "./next-hop.ts";
import { certifiedBy } from "./zone-certificate.ts";
import { namesOf, upstreamsOf } from "./zone-names.ts";
import { hstsOf, plainHttpOf } from "./zone-routes.ts";
import { httpVersionsBy, minimumTlsOf, settingsOf, suitesFrom, suitesOf, withHttp2 } from "./zone-settings.ts";
import { memberTypes, type Zone, zoneOf } from "./zones.ts";

/** Page rules and rulesets are endpoints of their own. */
const judgedTypes = memberTypes.filter((type) => !["cloudflare_page_rule", "cloudflare_ruleset"].includes(type));

export default defineAdapter({
  id: "cloudflare/zone",
  resourceTypes: ["cloudflare_zone", ...judgedTypes],
  cannotShow: [
    "Settings of an existing zone that another plan or a person manages: nothing is said of them",
    "The encryption mode that Cloudflare chooses for a new zone",
    "Headers that the origin sends by itself",
  ],
  endpoints(resource) {
    const zone = zoneOf(resource);
    return zone && headOf(zone) === resource ? endpointsOf(zone) : [];
  },
});

/** The zone itself, or else the first of its settings or records. */
const headOf = (zone: Zone): Resource | undefined =>
  zone.resource?.mode === "managed" ? zone.resource : zone.members.find(({ type }) => judgedTypes.includes(type));

/** What is said of a zone as a whole, for other endpoints of the same zone too: there may be thousands. */
export const sharedBy = oncePer((zone: Zone) => roundOf(zone, 0));

/** "true value means the zone will not receive security or performance benefits": it answers DNS queries, and no more. */
function pausedOf({ resource }: Zone): Fact<never> | undefined {
  const paused = resource?.flag("paused");
  if (!resource || !paused || paused.state === "absent" || (isShown(paused) && paused.value === false))
    return undefined;
  const cause = because`the zone is paused, so what stands behind its records answers without Cloudflare`;
  return { ...unknown(isShown(paused) ? cause : causeOf(paused)), ...standAt(resource, "paused", false) };
}

/** All that is written for a zone, each as often as it is. */
const writtenIn = oncePer((zone: Zone) => ({
  minimumTls: minimumTlsOf(zone),
  suites: suitesOf(zone),
  plainHttp: plainHttpOf(zone),
  hsts: hstsOf(zone),
  hops: hopsOf(zone),
}));

function roundOf(zone: Zone, round: number) {
  const paused = pausedOf(zone);
  if (paused) {
    return {
      tls: secured(paused),
      routes: [{ path: everything, plainHttp: paused, hsts: directives(paused) }],
      hop: undefined,
    };
  }
  const written = writtenIn(zone);
  const [minimumTls, plainHttp, hsts] = [written.minimumTls[round], written.plainHttp[round], written.hsts[round]];
  const hop = written.hops[round];
  const route: Route = { path: everything, plainHttp, hsts };
  return {
    tls: { minimumTls, ...suitesFrom(minimumTls, written.suites[round]) },
    routes: plainHttp || hsts ? [route] : [],
    hop: hop && !isPlainHttpSet(zone, plainHttp) ? ofHttps(hop) : hop,
  };
}

/** Whether this plan tells what becomes of plain HTTP: a value that the zone keeps is judged where it stands. */
const isPlainHttpSet = (zone: Zone, plainHttp: Route["plainHttp"]): boolean =>
  plainHttp !== undefined && !settingsOf(zone, "always_use_https").some(({ kept }) => kept);

function endpointsOf(zone: Zone): Endpoint[] {
  const names = namesOf(zone);
  const { tls, routes, hop } = sharedBy(zone);
  const address = headOf(zone)?.address ?? "";
  const paused = pausedOf(zone);
  const first: Endpoint = {
    address,
    kind: "Cloudflare zone",
    names,
    ...(paused
      ? { certificate: paused, certificates: [] }
      : { ...certifiedBy(zone), httpVersions: httpVersionsOf(zone) }),
    ...tls,
    routes,
    upstreams: upstreamsOf(zone, hop),
  };
  const isSaid =
    names.length + routes.length + first.upstreams.length > 0 ||
    [first.certificate, tls.minimumTls, tls.forwardSecrecy, first.httpVersions].some(Boolean);
  return [...(isSaid ? [first] : []), ...furtherRounds(zone)];
}

/** A setting that is written more than once is judged each time: the plan does not tell which is applied last. */
function furtherRounds(zone: Zone): Endpoint[] {
  const rounds = Math.max(...Object.values(writtenIn(zone)).map(({ length }) => length));
  return Array.from({ length: Math.max(0, rounds - 1) }, (_, index): Endpoint => {
    const { tls, routes, hop } = roundOf(zone, index + 1);
    const [route] = routes;
    const stands = [tls.minimumTls, tls.forwardSecrecy, route?.plainHttp, route?.hsts?.maxAge, hop?.protocol];
    return {
      address: stands.find(Boolean)?.place.address ?? "",
      kind: "Cloudflare zone",
      names: [],
      certificates: [],
      ...tls,
      routes,
      upstreams: hop ? [{ name: text`the zone's origins`, reach: "public", ...hop, routes: [] }] : [],
    };
  });
}

/** On for each zone unless it is switched off: https://developers.cloudflare.com/speed/optimization/protocol/http2/ */
function httpVersionsOf(zone: Zone): Fact<readonly string[]> | undefined {
  const [setting] = settingsOf(zone, "http2");
  if (setting) return httpVersionsBy(setting);
  return zone.isNew && zone.resource ? { ...known(withHttp2), ...standAt(zone.resource, "") } : undefined;
}

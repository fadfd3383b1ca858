// azurerm_cdn_frontdoor_origin → the next hops of a route: by which protocol, and whether the certificate's name is checked.
// https://learn.microsoft.com/azure/frontdoor/origin

import { notSet } from "../../cause.ts";
import type { Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, lookUp, valueText } from "../../facts/fact.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource, View } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { resourceBehind } from "../host.ts";
import { originGroups } from "./front-door-links.ts";
import { pathOf } from "./front-door-route.ts";
import { rulesOf } from "./front-door-rules.ts";
import { forwardingProtocols } from "./front-door-values.ts";

/** The hop to each origin of its group, and of the groups that rules send requests to. */
export function upstreamsOf(route: Resource): Upstream[] {
  const routes = [pathOf(route)];
  return forwardersOf(route).flatMap((block) => hopsOf(block).map((hop) => ({ ...hop, routes })));
}

/** Where origin groups are named: in the route, and in rules that override it. */
function forwardersOf(route: Resource): Block[] {
  const overrides = rulesOf(route)
    .sets.flat()
    .flatMap(({ override }) => override ?? []);
  return [route, ...overrides.filter((one) => one.value(groupId).state !== "absent")];
}

const groupId = "cdn_frontdoor_origin_group_id";

function hopsOf(block: Block): Omit<Upstream, "routes">[] {
  const protocol = fact<"http" | "https" | "viewer">(block, "forwarding_protocol", {
    read: (value) => lookUp(forwardingProtocols, value),
    suggests: suggestProtocol,
    // MatchRequest (the provider's page)
    absent: "viewer",
    remedy: "HttpsOnly",
  });
  const origins = originsBehind(block);
  if (origins.length > 0) return origins.map((origin) => ({ ...originOf(origin), protocol }));
  return [{ name: nameOfGroup(block), reach: "public", protocol }];
}

function nameOfGroup(block: Block): DisplayText {
  const group = block.link(groupId, originGroups);
  const [resource] = group.state === "found" ? group.resources : [];
  if (resource) return nameText(resource.address);
  const id = group.state === "outside" && isShown(group.value) ? group.value : undefined;
  return valueText(id && { ...id, value: String(id.value).split("/").at(-1) }, text`its origin group`);
}

/** Which TLS an origin is offered, Front Door decides. */
export function originOf(origin: Resource): Pick<Upstream, "name" | "reach" | "certificate" | "endpoint"> {
  return {
    name: valueText(origin.value("host_name"), nameText(origin.address)),
    // https://learn.microsoft.com/azure/frontdoor/private-link
    reach: origin.block("private_link").presence === "absent" ? "public" : "private",
    certificate: certificateCheck(origin),
    endpoint: resourceBehind(origin, "host_name")?.address,
  };
}

const certificateCheck = (origin: Resource): Fact<"verified" | "not verified"> =>
  fact(origin, "certificate_name_check_enabled", {
    read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
    absent: { unknown: notSet("certificate_name_check_enabled") },
    remedy: true,
  });

interface Origins {
  /** By the resource of their group, or by its ID where another plan makes it. */
  readonly byGroup: ReadonlyMap<unknown, readonly Resource[]>;
  /** Those that a route of this plan leads to. */
  readonly reached: ReadonlySet<Resource>;
}

const found = new WeakMap<View, Origins>();

function originsOf(view: View): Origins {
  const cached = found.get(view);
  if (cached) return cached;
  const byGroup = new Map<unknown, Resource[]>();
  for (const origin of view.resources("azurerm_cdn_frontdoor_origin")) {
    for (const group of groupsOf(origin)) byGroup.set(group, [...(byGroup.get(group) ?? []), origin]);
  }
  const forwarders = view.resources("azurerm_cdn_frontdoor_route").flatMap(forwardersOf);
  const reached = forwarders.flatMap((block) => groupsOf(block).flatMap((group) => byGroup.get(group) ?? []));
  const origins = { byGroup, reached: new Set(reached) };
  found.set(view, origins);
  return origins;
}

/** What identifies the group that an origin is in, or that a route names. */
function groupsOf(block: Block): readonly unknown[] {
  const link = block.link(groupId, originGroups);
  if (link.state === "found") return link.resources;
  return link.state === "outside" && isShown(link.value) ? [link.value.value] : [];
}

/** The origins of this plan in the group that a block names. */
function originsBehind(block: Block): Resource[] {
  const { byGroup } = originsOf(block.resource.scope.view);
  return [...new Set(groupsOf(block).flatMap((group) => byGroup.get(group) ?? []))];
}

/** Whether all routes that lead to an origin may be in this plan, as its group is, and one is. */
export function isReached(origin: Resource): boolean {
  const link = origin.link(groupId, originGroups);
  const isHere = link.state === "found" && link.resources.every(({ mode }) => mode === "managed");
  return isHere && originsOf(origin.scope.view).reached.has(origin);
}

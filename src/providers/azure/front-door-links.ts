// What belongs together in Front Door: a list of IDs → the resources that it names; routes by what they serve.

import { type Cause, definedElsewhere } from "../../cause.ts";
import { isShown } from "../../facts/fact.ts";
import type { Targets } from "../../plan/link.ts";
import { trace } from "../../plan/reference.ts";
import { type Resource, type View, writtenExpression } from "../../plan/view.ts";

export const customDomains = { azurerm_cdn_frontdoor_custom_domain: ["id"] };
export const endpoints = { azurerm_cdn_frontdoor_endpoint: ["id"] };
export const originGroups = { azurerm_cdn_frontdoor_origin_group: ["id"] };
export const routes = { azurerm_cdn_frontdoor_route: ["id"] };
export const ruleSets = { azurerm_cdn_frontdoor_rule_set: ["id"], azurerm_cdn_frontdoor_batch_rule_set: ["id"] };

/** What a list names. */
export interface Linked {
  readonly resources: readonly Resource[];
  /** Those of which the plan does not tell whether they are meant: instances behind an index that it does not show. */
  readonly vague: readonly Resource[];
  /** Why there may be more. */
  readonly open: Cause | undefined;
}

/** A set of IDs is unknown as a whole as soon as one of them is: then its references are followed, each by itself. */
export function linked(resource: Resource, attribute: string, targets: Targets): Linked {
  const elements = resource.elements(attribute);
  const named = elements
    .filter(isShown)
    .map(({ value }) =>
      Object.entries(targets).flatMap(([type, keys]) =>
        keys.flatMap((key) => resource.scope.view.identified(type, key, value)),
      ),
    );
  const outside = named.some((one) => one.length === 0) ? definedElsewhere(`one of ${attribute}`) : undefined;
  const hidden = elements.find((one) => one.state === "unknown");
  if (hidden?.state !== "unknown") return { resources: unique(named.flat()), vague: [], open: outside };
  const leaves = trace(writtenExpression(resource, attribute), resource.scope).flatMap((leaf) =>
    leaf.kind === "resource" && Object.hasOwn(targets, leaf.resource.type) ? [leaf] : [],
  );
  const isVague = ({ via, resource: one }: (typeof leaves)[number]) =>
    leaves.some((other) => other.via === via && other.resource !== one);
  const link = resource.link(attribute, targets);
  return {
    resources: unique([
      ...named.flat(),
      ...leaves.map((leaf) => leaf.resource),
      ...(link.state === "found" ? link.resources : []),
    ]),
    vague: unique(leaves.filter(isVague).map((leaf) => leaf.resource)),
    open: outside ?? (link.state === "unknown" ? hidden.cause : undefined),
  };
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** The one resource that an attribute names. */
export function linkedTo(resource: Resource, attribute: string, targets: Targets): readonly Resource[] {
  const link = resource.link(attribute, targets);
  return link.state === "found" ? link.resources : [];
}

/** A route, and the names under which it answers. */
interface Placed {
  readonly route: Resource;
  readonly domains: readonly Resource[];
  readonly endpoints: readonly Resource[];
}

const placements = new WeakMap<View, readonly Placed[]>();

/** All routes; a domain is named by the route, or by an association of its own. */
export function placedRoutes(view: View): readonly Placed[] {
  const cached = placements.get(view);
  if (cached) return cached;
  const associations = view.resources("azurerm_cdn_frontdoor_custom_domain_association").map((association) => ({
    domains: linkedTo(association, "cdn_frontdoor_custom_domain_id", customDomains),
    routes: linked(association, "cdn_frontdoor_route_ids", routes).resources,
  }));
  const placed = view.resources("azurerm_cdn_frontdoor_route").map((route): Placed => {
    const own = linked(route, "cdn_frontdoor_custom_domain_ids", customDomains).resources;
    const associated = associations.flatMap((one) => (one.routes.includes(route) ? one.domains : []));
    const domains = unique([...own, ...associated]).filter(({ mode }) => mode === "managed");
    // By default a route answers under the endpoint's own name too.
    const isDefault = route.planned("link_to_default_domain") !== false;
    const ofEndpoint = isDefault ? linkedTo(route, "cdn_frontdoor_endpoint_id", endpoints) : [];
    return { route, domains, endpoints: ofEndpoint.filter(({ mode }) => mode === "managed") };
  });
  placements.set(view, placed);
  return placed;
}

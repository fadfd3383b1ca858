// How resources of Google Cloud name each other: by self link, id or name, alone or in a list.

import { ambiguous, definedElsewhere } from "../../cause.ts";
import { isShown, unknown, type Value, valueText } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Link, Targets } from "../../plan/link.ts";
import type { Known, Unknown } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import type { DisplayText } from "../../text.ts";
import { type Users, usersOf as usersBy } from "../users.ts";

/** What identifies a resource of Compute Engine. */
export const bySelfLink = ["self_link", "id", "name"];

export const sslPolicies = { google_compute_ssl_policy: bySelfLink, google_compute_region_ssl_policy: bySelfLink };

export const urlMaps = { google_compute_url_map: bySelfLink, google_compute_region_url_map: bySelfLink };

export const backendBuckets = {
  google_compute_backend_bucket: bySelfLink,
  google_compute_region_backend_bucket: bySelfLink,
};

export const backends = {
  ...backendBuckets,
  google_compute_backend_service: bySelfLink,
  google_compute_region_backend_service: bySelfLink,
};

export const sslCertificates = {
  google_compute_ssl_certificate: bySelfLink,
  google_compute_managed_ssl_certificate: bySelfLink,
  google_compute_region_ssl_certificate: bySelfLink,
};

export const managerCertificates = { google_certificate_manager_certificate: ["id"] };

export const certificateMaps = { google_certificate_manager_certificate_map: ["id", "name"] };

export const regionalEndpointGroups = { google_compute_region_network_endpoint_group: bySelfLink };

export const endpointGroups = {
  ...regionalEndpointGroups,
  google_compute_global_network_endpoint_group: bySelfLink,
};

/** Where an attribute leads: one link for what it names, one more for all that is not known of it yet. */
export type Reference = Exclude<Link, { state: "absent" }>;

export function referencesOf(block: Block, attribute: string, targets: Targets): Reference[] {
  const whole = block.whole(attribute);
  const values = isName(whole) ? [whole] : block.elements(attribute);
  const shown = values.filter(isName).map((value): Reference => {
    const resources = identified(block.resource, value.value, targets);
    return resources.length > 0 ? { state: "found", resources } : { state: "outside", value };
  });
  const open = values.every(isName) ? [] : [block.link(attribute, targets)];
  return [...shown, ...open.filter((link) => link.state !== "absent")];
}

const isName = (value: Value): value is Known<string> => isShown(value) && typeof value.value === "string";

/** The resources that an attribute names; where it names one, but the plan does not tell which, there are several. */
export const resourcesOf = (block: Block, attribute: string, targets: Targets): readonly Resource[] =>
  referencesOf(block, attribute, targets).flatMap((link) => (link.state === "found" ? link.resources : []));

/** What leads to a resource by an attribute. */
export const usersOf = (target: Resource, users: Users): readonly Resource[] => usersBy(target, users, resourcesOf);

/** `https://www.googleapis.com/compute/v1/projects/…` and `//certificatemanager.googleapis.com/projects/…` end in the id. */
function identified({ scope: { view } }: Resource, value: unknown, targets: Targets): Resource[] {
  const [id] = /projects\/.*/.exec(String(value)) ?? [];
  const found = Object.entries(targets).flatMap(([type, attributes]) => [
    ...attributes.flatMap((attribute) => view.identified(type, attribute, value)),
    ...view.identified(type, "id", id),
  ]);
  return [...new Set(found)];
}

/** Why a reference does not show the one resource that it leads to. `what`: "URL map". */
export function unknownTarget(link: Reference, what: string): Unknown {
  if (link.state === "unknown") return link;
  return unknown(link.state === "outside" ? definedElsewhere(`the ${what}`) : ambiguous(link.resources));
}

/** The last part of a link, for people. */
export const lastName = (value: Value): DisplayText | undefined =>
  isShown(value) ? valueText({ ...value, value: String(value.value).split("/").at(-1) }, undefined) : undefined;

// The names of a service: its own domains, and those that other resources of the plan attach to it.
// https://www.fastly.com/documentation/guides/getting-started/domains/working-with-domains/

import { covers } from "../../facts/domain-name.ts";
import { type Fact, isShown } from "../../facts/fact.ts";
import { nameOf } from "../../facts/service.ts";
import type { Resource, View } from "../../plan/view.ts";
import type { TlsSource } from "./tls.ts";

export const serviceTypes = ["fastly_service_vcl", "fastly_service_compute"];

const services = { fastly_service_vcl: ["id"], fastly_service_compute: ["id"] };
const domains = { fastly_domain: ["id", "domain_id"], fastly_domain_v1: ["id", "domain_id"] };

/** Names that Fastly gives, with certificates of its own. */
const isFastlys = (name: string): boolean => /\.(fastly\.net|fastlylb\.net|edgecompute\.app)\.?$/i.test(name);

export const namesOf = (service: Resource): Fact<string>[] =>
  allNamesOf(service).filter((name) => !isShown(name) || !isFastlys(name.value));

export const allNamesOf = (service: Resource): Fact<string>[] => [
  ...service.blocks("domain", { set: true }).map((domain) => nameOf(domain, "name")),
  ...(attached(service.scope.view).get(service) ?? []).map((domain) => nameOf(domain, "fqdn")),
];

const attachments = new WeakMap<View, Map<Resource, Resource[]>>();

/** Versionless domains, by the service that they name themselves, or that a link resource gives them. */
function attached(view: View): Map<Resource, Resource[]> {
  let found = attachments.get(view);
  if (!found) {
    found = new Map();
    for (const type of Object.keys(domains)) {
      for (const domain of view.resources(type)) add(found, domain, domain);
      for (const link of view.resources(`${type}_service_link`)) {
        const target = link.link("domain_id", domains);
        for (const domain of target.state === "found" ? target.resources : []) add(found, link, domain);
      }
    }
    attachments.set(view, found);
  }
  return found;
}

function add(found: Map<Resource, Resource[]>, holder: Resource, domain: Resource): void {
  const link = holder.link("service_id", services);
  for (const service of link.state === "found" ? link.resources : []) {
    const listed = found.get(service) ?? [];
    if (!listed.includes(domain)) found.set(service, [...listed, domain]);
  }
}

/** What puts TLS on a name. */
export const sourcesFor = (name: Fact<string>, sources: readonly TlsSource[]): TlsSource[] =>
  sources.filter(({ names }) => names.some((one) => isShown(one) && isShown(name) && covers(one.value, name.value)));

// Subscriptions, activations and platform certificates → endpoint: names with TLS whose service is not in this plan.
// https://www.fastly.com/documentation/guides/getting-started/domains/securing-domains/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { known, standAt } from "../../facts/fact.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { namesOf, serviceTypes, sourcesFor } from "./domains.ts";
import { tlsSources, tlsTypes } from "./tls.ts";

export default defineAdapter({
  id: "fastly/tls-endpoint",
  resourceTypes: tlsTypes,
  cannotShow: [
    "the TLS versions of a configuration that is named by its id alone, or of the account's default one",
    "the cipher suites of a TLS configuration",
  ],
  endpoints: endpointsOf,
});

/** The names of all services. */
const servedIn = oncePer((view: View) => serviceTypes.flatMap((type) => view.resources(type)).flatMap(namesOf));

const kinds: { readonly [type: string]: string } = {
  fastly_tls_subscription: "Fastly TLS subscription",
  fastly_tls_activation: "Fastly TLS activation",
  fastly_tls_platform_certificate: "Fastly platform TLS certificate",
};

function endpointsOf(resource: Resource): Endpoint[] {
  const { view } = resource.scope;
  const source = tlsSources(view).find((one) => one.resource === resource);
  // A service of this plan tells more of the same names.
  if (!source || servedIn(view).some((name) => sourcesFor(name, [source]).length > 0)) return [];
  const attribute = resource.type === "fastly_tls_activation" ? "certificate_id" : "domains";
  const { names, use, minimumTls, forwardSecrecy, ecdheAes, httpVersions } = source;
  return [
    {
      address: resource.address,
      kind: kinds[resource.type] ?? "Fastly TLS",
      names,
      certificate: { ...known("own"), ...standAt(resource, attribute) },
      certificates: [use],
      minimumTls,
      forwardSecrecy,
      aeadOnly: forwardSecrecy,
      ecdheAes,
      httpVersions,
      routes: [],
      upstreams: [],
    },
  ];
}

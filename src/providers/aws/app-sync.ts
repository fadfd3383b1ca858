// aws_appsync_graphql_api, aws_appsync_domain_name → endpoint: an API's own name, and a name of its owner's for it.
// https://docs.aws.amazon.com/appsync/latest/devguide/custom-domain-name.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { known, standAt } from "../../facts/fact.ts";
import { always, fixed, nameOf, onlyRoute, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certified } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/app-sync",
  resourceTypes: ["aws_appsync_graphql_api", "aws_appsync_domain_name"],
  endpoints: (resource) => [resource.type === "aws_appsync_domain_name" ? domainOf(resource) : apiOf(resource)],
});

function apiOf(api: Resource): Endpoint {
  // https://docs.aws.amazon.com/general/latest/gr/appsync.html
  const plainHttp = always(api, "refused" as const, text`AppSync has HTTPS endpoints alone`);
  return {
    address: api.address,
    kind: "AppSync API",
    names: [],
    certificate: { ...known("provider"), ...standAt(api, "") },
    certificates: [],
    ...security(api),
    routes: [onlyRoute(api, plainHttp, text`AppSync`)],
    upstreams: [],
  };
}

function domainOf(domain: Resource): Endpoint {
  const plainHttp = undocumented(domain, text`AWS does not say what plain HTTP gets on AppSync's custom domain names`);
  return {
    address: domain.address,
    kind: "AppSync domain name",
    names: [nameOf(domain, "domain_name")],
    // It is served by CloudFront.
    ...certified(domain, "certificate_arn", "us-east-1"),
    ...security(domain),
    routes: [onlyRoute(domain, plainHttp, text`AppSync`)],
    upstreams: [],
  };
}

/** TLS 1.2 and 1.3 alone, for custom names (same page) and for the others. https://docs.aws.amazon.com/appsync/latest/devguide/data-protection.html */
function security(resource: Resource): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const ciphers = undocumented(resource, text`AWS does not publish the cipher suites of AppSync`);
  const note = text`AppSync takes TLS 1.2 and 1.3`;
  const minimumTls = fixed(resource, "TLS 1.2" as const, note);
  return { minimumTls, forwardSecrecy: ciphers, aeadOnly: ciphers, ecdheAes: always(resource, true, note) };
}

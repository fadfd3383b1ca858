// aws_apprunner_custom_domain_association → endpoint: names of its owner's, with a certificate that App Runner requests.
// https://docs.aws.amazon.com/apprunner/latest/dg/manage-custom-domains.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, fact, known, mapped, standAt } from "../../facts/fact.ts";
import { nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";

export default defineAdapter({
  id: "aws/app-runner",
  resourceTypes: ["aws_apprunner_custom_domain_association"],
  endpoints: (association) => [endpointOf(association)],
});

function endpointOf(association: Resource): Endpoint {
  // https://docs.aws.amazon.com/apprunner/latest/dg/security-infrastructure.html says so of App Runner's own API alone.
  const tls = undocumented(
    association,
    text`AWS does not say which TLS versions and cipher suites App Runner's services take`,
  );
  const plainHttp = undocumented(association, text`AWS does not say what plain HTTP gets from App Runner's services`);
  return {
    address: association.address,
    kind: "App Runner domain name",
    names: namesOf(association),
    certificate: { ...known("own"), ...standAt(association, "domain_name"), note: text`App Runner requests it` },
    certificates: [],
    ...secured(tls),
    routes: [onlyRoute(association, plainHttp, text`the service`)],
    upstreams: [],
  };
}

function namesOf(association: Resource): Fact<string>[] {
  const name = nameOf(association, "domain_name");
  const withWww: Fact<boolean> = fact(association, "enable_www_subdomain", {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: true,
  });
  if (withWww.state === "unknown") return [name, withWww];
  return withWww.value ? [name, mapped(name, (domain) => `www.${domain}`)] : [name];
}

// aws_cognito_user_pool_domain → endpoint: the sign-in pages of a user pool, by a prefix of Cognito's name or an own name.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { isShown, known, standAt } from "../../facts/fact.ts";
import { nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certified } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/cognito",
  resourceTypes: ["aws_cognito_user_pool_domain"],
  endpoints: (domain) => [endpointOf(domain)],
});

function endpointOf(domain: Resource): Endpoint {
  // A user pool's policy can be TLS_V1, TLS_V1_2_2021 or TLS_V1_3_2025, which the provider cannot set.
  const tls = undocumented(domain, text`AWS does not say which security policy user pool domains have by default`);
  const plainHttp = undocumented(domain, text`AWS does not say what plain HTTP gets on user pool domains`);
  return {
    address: domain.address,
    kind: "Cognito user pool domain",
    ...ownNameOf(domain),
    ...secured(tls),
    routes: [onlyRoute(domain, plainHttp, text`Cognito`)],
    upstreams: [],
  };
}

/** A prefix is one label; a name of its owner's has more, and a certificate in us-east-1 (same page). */
function ownNameOf(domain: Resource): Pick<Endpoint, "names" | "certificate" | "certificates"> {
  const name = nameOf(domain, "domain");
  const own = certified(domain, "certificate_arn", "us-east-1");
  if (own.certificates.length > 0 || (isShown(name) && name.value.includes("."))) return { names: [name], ...own };
  const stand = standAt(domain, "certificate_arn");
  const certificate = name.state === "unknown" ? { ...name, ...stand } : { ...known("provider" as const), ...stand };
  return { names: name.state === "unknown" ? [name] : [], certificate, certificates: [] };
}

// aws_api_gateway_domain_name, aws_apigatewayv2_domain_name → endpoint: a name of its owner's, its certificate and policy.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import { fact, isShown, known, lookUp, mapped, standAt } from "../../facts/fact.ts";
import { nameOf, onlyRoute, type Secured, secured, withoutFix } from "../../facts/service.ts";
import { suggestSecurity } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { distinctNames, namesLeadingTo } from "../dns-names.ts";
import { outsideCertificate, placementOf } from "./acm.ts";
import { endpointType, isDisabled, refusesPlainHttp } from "./api-gateway-api.ts";
import { upstreamsOf } from "./api-gateway-upstream.ts";
import { domainDefault, recommendedPolicy, securityPolicies } from "./api-gateway-values.ts";
import { certified } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/api-gateway-domain",
  resourceTypes: ["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"],
  endpoints: (domain) => [endpointOf(domain)],
});

function endpointOf(domain: Resource): Endpoint {
  const isV1 = domain.type === "aws_api_gateway_domain_name";
  const settings = isV1 ? domain : domain.block("domain_name_configuration");
  return {
    address: domain.address,
    kind: "API Gateway domain name",
    names: distinctNames([nameOf(domain, "domain_name"), ...namesLeadingTo(domain)]),
    ...(isV1 ? certificateOf(domain) : certified(settings, "certificate_arn", placementOf(domain, "apigateway"))),
    ...securityOf(settings, isV1),
    routes: [onlyRoute(domain, refusesPlainHttp(domain), text`the API's integration`)],
    upstreams: upstreamsBehind(domain),
  };
}

/** The policies with stronger ciphers ask for endpoint_access_mode beside them, which came to the provider with them. */
function securityOf(settings: Block, isV1: boolean): Secured {
  const policy = fact(settings, "security_policy", {
    read: (value) => lookUp(securityPolicies, value),
    suggests: suggestSecurity,
    absent: domainDefault,
  });
  const { minimumTls, forwardSecrecy, aeadOnly, ecdheAes } = secured(policy);
  const { remedy } = standAt(settings, "security_policy", recommendedPolicy);
  if (isV1 && settings.resource.has("endpoint_access_mode")) {
    return { minimumTls: { ...minimumTls, remedy }, forwardSecrecy, aeadOnly, ecdheAes };
  }
  const why = isV1
    ? text`${nameText(recommendedPolicy)} is the strongest policy that this version of the provider takes`
    : text`domain names of HTTP and WebSocket APIs take security policy ${nameText(recommendedPolicy)} alone`;
  const isStrongest = isShown(policy) && policy.value.minimumTls === "TLS 1.2";
  return {
    minimumTls: isStrongest ? withoutFix(minimumTls, why) : { ...minimumTls, remedy },
    forwardSecrecy: withoutFix(forwardSecrecy, why),
    aeadOnly: withoutFix(aeadOnly, why),
    ecdheAes,
  };
}

/** Edge-optimized names take their certificate from us-east-1, the others from their own region (same page). */
function certificateOf(domain: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const isWritten = (attribute: string) => domain.value(attribute).state !== "absent";
  const type = endpointType(domain);
  const regional = certified(domain, "regional_certificate_arn", placementOf(domain, "apigateway"));
  // A private name has its certificate in certificate_arn too, but in its own region.
  const inEdgeRegion =
    isShown(type) && type.value === "PRIVATE" ? placementOf(domain, "apigateway") : mapped(type, () => "us-east-1");
  const edge = certified(domain, "certificate_arn", inEdgeRegion);
  // A name that moves from one endpoint type to the other has both for a while.
  const certificates = [...regional.certificates, ...edge.certificates];
  if (certificates.length > 0) return { ...(regional.certificates.length > 0 ? regional : edge), certificates };
  const uploaded = ["certificate_body", "certificate_name", "regional_certificate_name"].find(isWritten);
  if (!uploaded) return isShown(type) && type.value === "REGIONAL" ? regional : edge;
  const stand = standAt(domain, uploaded);
  const certificate = outsideCertificate(stand, because`the certificate is uploaded with the domain name`);
  return {
    certificate: { ...known("own"), ...stand },
    certificates: [{ certificate, ready: { ...known(true), ...stand } }],
  };
}

/** Integrations of APIs that are reached by this name alone; those of others are upstreams of the API's own endpoint. */
function upstreamsBehind(domain: Resource): Upstream[] {
  const { view } = domain.scope;
  const mappings = ["aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping"].flatMap((type) =>
    view.resources(type),
  );
  const apis = mappings
    .filter((mapping) => leadsTo(mapping, domain))
    .flatMap((mapping) => {
      const link = mapping.link("api_id", { aws_api_gateway_rest_api: ["id"], aws_apigatewayv2_api: ["id"] });
      return link.state === "found" ? link.resources : [];
    });
  return [...new Set(apis)].filter(isDisabled).flatMap(upstreamsOf);
}

function leadsTo(mapping: Block, domain: Resource): boolean {
  const names = ["domain_name", "id"];
  const link = mapping.link("domain_name", {
    aws_api_gateway_domain_name: names,
    aws_apigatewayv2_domain_name: names,
  });
  return link.state === "found" && link.resources.includes(domain);
}

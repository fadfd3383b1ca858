// aws_api_gateway_rest_api, aws_apigatewayv2_api → endpoint: the execute-api name of each API, unless it is disabled.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { absent, causeOf, type Fact, fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import {
  type AnnouncedSecurity,
  always,
  fixed,
  onlyRoute,
  type Secured,
  type Security,
  secured,
  withoutFix,
} from "../../facts/service.ts";
import { suggestSecurity } from "../../facts/suggest.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { upstreamsOf } from "./api-gateway-upstream.ts";
import { domainDefault, restDefaults, securityPolicies } from "./api-gateway-values.ts";

export default defineAdapter({
  id: "aws/api-gateway-api",
  resourceTypes: ["aws_api_gateway_rest_api", "aws_apigatewayv2_api"],
  endpoints: (api) => (isDisabled(api) ? [] : [endpointOf(api)]),
});

const attribute = "disable_execute_api_endpoint";

/** API Gateway serves no plain HTTP. https://aws.amazon.com/api-gateway/faqs/ */
export const refusesPlainHttp = (resource: Resource) =>
  always(resource, "refused" as const, text`API Gateway has HTTPS endpoints alone`);

/** Whether the plan shows that an API has no endpoint of its own. */
export function isDisabled(api: Resource): boolean {
  const disabled = disabledOf(api);
  return isShown(disabled) && disabled.value;
}

function disabledOf(api: Resource): Fact<boolean> {
  const stand = standAt(api, attribute);
  const body = api.value("body");
  // An OpenAPI body can disable it too, where the attribute is not written.
  if (api.value(attribute).state === "absent" && body.state !== "absent") {
    if (!isShown(body))
      return { ...unknown({ reason: "depends-on", what: text`body`, cause: causeOf(body) }), ...stand };
    if (/disableExecuteApiEndpoint/.test(String(body.value))) {
      return { ...unknown(because`${attribute} is set in body, and not beside it`), ...stand };
    }
  }
  return fact(api, attribute, { read: (value) => (typeof value === "boolean" ? value : undefined), absent: false });
}

function endpointOf(api: Resource): Endpoint {
  const isRest = api.type === "aws_api_gateway_rest_api";
  const disabled = disabledOf(api);
  const security = disabled.state === "unknown" ? secured(disabled) : isRest ? restSecurity(api) : httpSecurity(api);
  return {
    address: api.address,
    kind: isRest ? "API Gateway REST API" : "API Gateway HTTP or WebSocket API",
    names: [],
    certificate: { ...known("provider"), ...standAt(api, "") },
    certificates: [],
    ...security,
    routes: [onlyRoute(api, refusesPlainHttp(api), text`its integration`)],
    upstreams: upstreamsOf(api),
  };
}

const httpSecurity = (api: Resource): Secured =>
  secured(fixed(api, domainDefault, text`HTTP and WebSocket APIs take security policy TLS_1_2 alone`));

/** Without security_policy, TLS 1.0 can be switched off with the endpoint, and nothing stronger than TLS_1_2 stands in its place. */
function restSecurity(api: Resource): Secured {
  const security = secured(restPolicy(api));
  if (api.has(policyAttribute)) return security;
  const why = text`this version of the provider has no ${nameText(policyAttribute)} for REST APIs, and its custom domain names take no policy with forward secrecy`;
  return {
    ...security,
    forwardSecrecy: withoutFix(security.forwardSecrecy, why),
    aeadOnly: withoutFix(security.aeadOnly, why),
  };
}

const policyAttribute = "security_policy";

function restPolicy(api: Resource): Fact<Security | AnnouncedSecurity> {
  const security = fact(api, policyAttribute, {
    read: (value) => lookUp(securityPolicies, value),
    suggests: suggestSecurity,
    absent: restDefault(api),
    isServiceDefault: true,
  });
  if (api.value(policyAttribute).state !== "absent") return security;
  // Not every release of the provider has security_policy: to disable the endpoint works with all of them.
  const note = text`its execute-api endpoint takes this security policy unless another is set or the endpoint is disabled`;
  return { ...security, ...standAt(api, attribute, true), note };
}

function restDefault(api: Resource): Security | { readonly unknown: Cause } {
  const type = endpointType(api);
  if (type.state === "unknown") return { unknown: type.cause };
  return lookUp(restDefaults, type.value) ?? { unknown: { reason: "unrecognized", value: text`the endpoint type` } };
}

/** The endpoint type of an API or of a domain name; edge-optimized where nothing is written. */
export function endpointType(resource: Resource): Fact<string> {
  const configuration = resource.block("endpoint_configuration", { computed: true });
  const stand = standAt(configuration, "types");
  if (configuration.presence === "absent") return { ...known("EDGE"), ...stand };
  const [type = absent] = configuration.elements("types");
  if (isShown(type)) return { ...type, value: String(type.value), ...stand };
  return { ...unknown({ reason: "depends-on", what: text`the endpoint type`, cause: causeOf(type) }), ...stand };
}

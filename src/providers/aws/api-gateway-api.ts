// aws_api_gateway_rest_api, aws_apigatewayv2_api → endpoint: the execute-api name of each API, unless it is disabled.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { absent, causeOf, type Fact, fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { always, onlyRoute, type Security, secured } from "../../facts/service.ts";
import { suggestSecurity } from "../../facts/suggest.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
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
  const security: Fact<Security> =
    disabled.state === "unknown" ? disabled : isRest ? restSecurity(api) : always(api, domainDefault, fixedNote);
  return {
    address: api.address,
    kind: isRest ? "API Gateway REST API" : "API Gateway HTTP or WebSocket API",
    names: [],
    certificate: { ...known("provider"), ...standAt(api, "") },
    certificates: [],
    ...secured(security),
    routes: [onlyRoute(api, refusesPlainHttp(api), text`its integration`)],
    upstreams: upstreamsOf(api),
  };
}

const fixedNote = text`HTTP and WebSocket APIs take security policy TLS_1_2, whatever is written`;

function restSecurity(api: Resource): Fact<Security> {
  const security = fact(api, "security_policy", {
    read: (value) => lookUp(securityPolicies, value),
    suggests: suggestSecurity,
    absent: restDefault(api),
  });
  if (api.value("security_policy").state !== "absent") return security;
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

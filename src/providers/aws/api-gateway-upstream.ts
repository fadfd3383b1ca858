// Integrations of an API → upstreams: HTTPS or plain HTTP. API Gateway alone decides on the TLS version, 1.2 (AWS, "Supported security policies").

import { because, notSet } from "../../cause.ts";
import type { Reach, Upstream } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  restated,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { everything } from "../../facts/service.ts";
import type { Resource, View } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { connectionTypes, integrationTypes } from "./api-gateway-values.ts";

type Protocol = Upstream["protocol"];

export function upstreamsOf(api: Resource): Upstream[] {
  const integrations = (integrationsOf(api.scope.view).get(api) ?? []).flatMap((one): Upstream[] => {
    const protocol = one.type === "aws_apigatewayv2_integration" ? protocolOf(one, v2) : protocolOf(one, v1);
    return protocol ? [upstream(nameText(one.address), protocol, isLinked(one) ? "private" : "public")] : [];
  });
  const name = nameText(api.address);
  const target = api.value("target").state === "absent" ? [] : [upstream(text`${name} target`, ofUri(api, "target"))];
  const body = api.value("body").state === "absent" ? [] : [upstream(text`${name} body`, ofBody(api))];
  return [...integrations, ...target, ...body];
}

const upstream = (name: DisplayText, protocol: Protocol, reach: Reach = "public"): Upstream => ({
  name,
  reach,
  protocol,
  routes: [everything],
});

const connectionOf = (integration: Resource): Fact<boolean> =>
  fact(integration, "connection_type", { read: (value) => lookUp(connectionTypes, value), absent: false });

/** Through a VPC link what is asked is in a VPC, in both versions of the API. */
function isLinked(integration: Resource): boolean {
  const connection = connectionOf(integration);
  return isShown(connection) && connection.value;
}

const ofBody = (api: Resource): Protocol => ({
  ...unknown(because`tlsgate does not read the integrations in an OpenAPI body`),
  ...standAt(api, "body"),
});

/** The attributes of an integration, which differ between the two versions of the API. */
const v1 = { type: "type", uri: "uri" };
const v2 = { type: "integration_type", uri: "integration_uri" };

function protocolOf(integration: Resource, { type, uri }: typeof v1): Protocol | undefined {
  const behind = fact(integration, type, {
    read: (value) => lookUp(integrationTypes, value),
    absent: { unknown: notSet(type) },
  });
  if (behind.state === "unknown") return behind;
  if (behind.value === "nothing") return undefined;
  if (behind.value === "service") {
    return { ...restated(behind, "https"), note: text`API Gateway asks services of AWS over HTTPS` };
  }
  return uri === v2.uri ? ofPrivate(integration) : ofUri(integration, uri);
}

/** The scheme of a URI; what stands behind the scheme may come from stage variables. */
function ofUri(block: Resource, attribute: string): Protocol {
  const value = block.value(attribute);
  if (value.state === "unknown") {
    // The host of a new load balancer is not known yet, the scheme before it is.
    const [beginning] = block.templates(attribute)[0] ?? [];
    const scheme = typeof beginning === "string" ? schemeOf(beginning) : undefined;
    if (scheme) return { ...known(scheme), ...standAt(block, attribute) };
  }
  const uri = valueText(value, "");
  return fact<"https" | "http">(block, attribute, {
    read: (value) => schemeOf(String(value)),
    absent: { unknown: notSet(attribute) },
    remedy: /^http:/i.test(uri) ? uri.replace(/^http:/i, "https:") : undefined,
  });
}

function schemeOf(uri: string): "https" | "http" | undefined {
  // Quick create takes a function of Lambda too.
  if (/^arn:[^:]+:(lambda|apigateway):/.test(uri)) return "https";
  const scheme = /^(https?):\/\//i.exec(uri)?.[1]?.toLowerCase();
  return scheme === "https" || scheme === "http" ? scheme : undefined;
}

/** Through a VPC link an HTTP API names a listener or a service by its ARN, and tls_config alone makes it HTTPS. */
function ofPrivate(integration: Resource): Protocol {
  const isPrivate = connectionOf(integration);
  if (isPrivate.state === "unknown") return isPrivate;
  if (!isPrivate.value || !namesListener(integration)) return ofUri(integration, v2.uri);
  const tls = integration.block("tls_config");
  const stand = standAt(integration, "tls_config");
  if (tls.presence === "unknown") {
    const settings = tls.value("server_name_to_verify");
    return { ...unknown(causeOf(settings)), ...stand };
  }
  if (tls.presence === "present") return { ...known("https"), ...stand };
  return { ...known("http"), ...stand, note: text`a private integration without tls_config uses plain HTTP` };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
function namesListener(integration: Resource): boolean {
  const uri = integration.value(v2.uri);
  if (isShown(uri)) return String(uri.value).startsWith("arn:");
  const identities = ["arn", "id"];
  const link = integration.link(v2.uri, {
    aws_lb_listener: identities,
    aws_alb_listener: identities,
    aws_service_discovery_service: identities,
  });
  return link.state === "found";
}

const found = new WeakMap<View, Map<Resource, Resource[]>>();

/** The integrations of each API. */
function integrationsOf(view: View): ReadonlyMap<Resource, readonly Resource[]> {
  let byApi = found.get(view);
  if (!byApi) {
    byApi = new Map();
    found.set(view, byApi);
    const all = [
      ...view.resources("aws_api_gateway_integration").map((one) => ({
        integration: one,
        link: one.link("rest_api_id", { aws_api_gateway_rest_api: ["id"] }),
      })),
      ...view.resources("aws_apigatewayv2_integration").map((one) => ({
        integration: one,
        link: one.link("api_id", { aws_apigatewayv2_api: ["id"] }),
      })),
    ];
    for (const { integration, link } of all) {
      for (const api of link.state === "found" ? link.resources : []) {
        byApi.set(api, [...(byApi.get(api) ?? []), integration]);
      }
    }
  }
  return byApi;
}

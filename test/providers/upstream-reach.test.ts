// Whether an upstream is reached in a private network, service by service, on resources made by hand.

import { expect, test } from "vitest";
import type { JsonObject } from "../../src/plan/plan.ts";
import { plan } from "../support/made.ts";
import { endpointsOf } from "../support/said.ts";

/** The reach of all upstreams in a plan of resources, by address. */
function reaches(resources: { readonly [address: string]: JsonObject }): unknown[] {
  const changes = Object.fromEntries(Object.entries(resources).map(([address, after]) => [address, { after }]));
  return [...endpointsOf(plan({ changes })).values()].flatMap(({ upstreams }) => upstreams.map(({ reach }) => reach));
}

test.each<[string, JsonObject, string]>([
  ["machines that join the pool", {}, "private"],
  ["a private address", { ip_addresses: ["10.0.0.4"] }, "private"],
  ["a public address beside it", { ip_addresses: ["10.0.0.4", "8.8.8.8"] }, "public"],
  ["a public name", { fqdns: ["app.azurewebsites.net"] }, "public"],
  ["a name of the network", { fqdns: ["app.corp.internal"] }, "private"],
])("an application gateway to %s", (_, pool, expected) => {
  const gateway = {
    http_listener: [{ name: "web", protocol: "Https", frontend_port_name: "port" }],
    frontend_port: [{ name: "port", port: 443 }],
    backend_address_pool: [{ name: "pool", ...pool }],
    backend_http_settings: [{ name: "settings", protocol: "Http" }],
    request_routing_rule: [
      { http_listener_name: "web", backend_address_pool_name: "pool", backend_http_settings_name: "settings" },
    ],
  };
  expect(reaches({ "azurerm_application_gateway.it": gateway })).toEqual([expected]);
});

test.each<[string, string, JsonObject, string]>([
  ["instances", "google_compute_instance_group", {}, "private"],
  ["a serverless service", "google_compute_region_network_endpoint_group", {}, "private"],
  [
    "an internet endpoint",
    "google_compute_global_network_endpoint_group",
    { network_endpoint_type: "INTERNET_FQDN_PORT" },
    "public",
  ],
  [
    "one of a region",
    "google_compute_region_network_endpoint_group",
    { network_endpoint_type: "INTERNET_IP_PORT" },
    "public",
  ],
])("a load balancer of Google Cloud to %s", (_, type, group, expected) => {
  const service = { protocol: "HTTP", load_balancing_scheme: "EXTERNAL_MANAGED", backend: [{ group: "group-1" }] };
  expect(
    reaches({ "google_compute_backend_service.it": service, [`${type}.it`]: { id: "group-1", ...group } }),
  ).toEqual([expected]);
});

test.each<[JsonObject[], string]>([
  [[], "public"],
  [[{ location: "westeurope" }], "private"],
])("Front Door by private link %j", (private_link, expected) => {
  expect(reaches({ "azurerm_cdn_frontdoor_origin.it": { host_name: "app.example.com", private_link } })).toEqual([
    expected,
  ]);
});

test.each([
  ["INTERNET", "public"],
  ["VPC_LINK", "private"],
])("API Gateway over %s", (connection_type, expected) => {
  const api = { id: "api-1" };
  const integration = { rest_api_id: "api-1", type: "HTTP", uri: "http://nlb.example.com", connection_type };
  expect(reaches({ "aws_api_gateway_rest_api.it": api, "aws_api_gateway_integration.it": integration })).toEqual([
    expected,
  ]);
});

test.each([
  ["http://10.1.2.3", "private"],
  ["http://app.example.com", "public"],
])("API Management to %s", (url, expected) => {
  expect(reaches({ "azurerm_api_management_backend.it": { url, protocol: "http" } })).toEqual([expected]);
});

test.each([
  ["reviews", "private"],
  ["reviews.prod.svc.cluster.local", "private"],
  ["api.example.com", "public"],
])("a mesh to %s", (host, expected) => {
  const manifest = {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    spec: { host, trafficPolicy: { tls: { mode: "DISABLE" } } },
  };
  expect(reaches({ "kubernetes_manifest.it": { manifest } })).toEqual([expected]);
});

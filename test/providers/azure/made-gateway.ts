// An application gateway made by hand, sound but for what a test says.

import { collect } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { Expressions, JsonObject } from "../../../src/plan/plan.ts";
import applicationGateway from "../../../src/providers/azure/application-gateway.ts";
import { configured, type Made, plan, viewAfter } from "../../support/made.ts";
import { fixture } from "../../support/plans.ts";

export const gateway = "azurerm_application_gateway.made";

export const listener: JsonObject = { name: "https", protocol: "Https", ssl_certificate_name: "own" };
export const plainListener: JsonObject = { name: "http", protocol: "Http" };
export const certificate: JsonObject = { name: "own", key_vault_secret_id: "https://kv.vault.azure.net/secrets/own" };
export const rule: JsonObject = {
  name: "main",
  http_listener_name: "https",
  backend_http_settings_name: "web",
  rewrite_rule_set_name: "hsts",
};
export const settings: JsonObject = { name: "web", protocol: "Https" };
export const rewrite = (header_value: string, more: JsonObject = {}): JsonObject => ({
  name: "hsts",
  rule_sequence: 1,
  response_header_configuration: [{ header_name: "Strict-Transport-Security", header_value }],
  ...more,
});

export const sound: JsonObject = {
  http2_enabled: true,
  ssl_policy: [{ policy_type: "Predefined", policy_name: "AppGwSslPolicy20220101S" }],
  ssl_certificate: [certificate],
  http_listener: [listener],
  backend_http_settings: [settings],
  rewrite_rule_set: [{ name: "hsts", rewrite_rule: [rewrite("max-age=31536000; includeSubDomains")] }],
  request_routing_rule: [rule],
};

/** The listeners of a new gateway; what is not configured and not known is the provider's default. */
export function listenersOf(
  changes: JsonObject = {},
  unknown: JsonObject = {},
  expressions: Expressions = {},
  others: Made["changes"] = {},
): readonly Endpoint[] {
  const after = { ...sound, ...changes };
  const change = { after, after_unknown: { id: true, ...unknown } as never };
  const resources = [configured(gateway, expressions), ...Object.keys(others).map((address) => configured(address))];
  const made = plan({ changes: { [gateway]: change, ...others }, root: { resources } });
  return collect(viewAfter(made), [applicationGateway]).endpoints;
}

export const realListeners = (name: string): readonly Endpoint[] =>
  collect(viewAfter(fixture(name)), [applicationGateway]).endpoints;

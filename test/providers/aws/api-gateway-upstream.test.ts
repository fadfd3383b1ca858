// Integrations of APIs → upstreams: the protocol of each hop, on a real plan and on APIs made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const restApi = "aws_api_gateway_rest_api.made";
const httpApi = "aws_apigatewayv2_api.made";
const unrecognised = expect.stringMatching(/not a value that tlsgate recognises$/);

function upstreams(of: string, integration: JsonObject, unknown: JsonObject = {}, api: JsonObject = {}) {
  const [type, id] =
    of === restApi ? ["aws_api_gateway_integration", "rest_api_id"] : ["aws_apigatewayv2_integration", "api_id"];
  const changes = {
    [of]: { after: { id: "a1", ...api } },
    [`${type}.made`]: { after: { [id]: "a1", ...integration }, after_unknown: unknown as never },
  };
  return at(endpointsOf(plan({ changes })), of).upstreams;
}

const real = endpointsOf("aws-api-gateway");
const hops = (address: string) =>
  Object.fromEntries(at(real, address).upstreams.map(({ name, protocol }) => [name, said(protocol)]));

describe("of a real plan", () => {
  test("a REST API", () => {
    expect(hops("aws_api_gateway_rest_api.open")).toEqual({
      'aws_api_gateway_integration.open["secure"]': "https",
      'aws_api_gateway_integration.open["plain"]': "http",
      'aws_api_gateway_integration.open["staged"]': "https",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a stage variable of API Gateway
      'aws_api_gateway_integration.open["hidden"]': '? "${stageVariables.url}" is not a value that tlsgate recognises',
      'aws_api_gateway_integration.open["function"]': "https",
    });
  });

  test("an HTTP API", () => {
    expect(hops("aws_apigatewayv2_api.http")).toEqual({
      "aws_apigatewayv2_integration.private_plain": "http",
      "aws_apigatewayv2_integration.private_secure": "https",
      "aws_apigatewayv2_integration.plain": "http",
      "aws_apigatewayv2_integration.late": "? known after apply, from terraform_data.late.output",
      "aws_apigatewayv2_integration.function": "https",
    });
    expect(hops("aws_apigatewayv2_api.quick")).toEqual({ "aws_apigatewayv2_api.quick target": "http" });
  });

  test("one in an OpenAPI body is not read", () => {
    expect(hops("aws_api_gateway_rest_api.described")).toEqual({
      "aws_api_gateway_rest_api.described body": "? tlsgate does not read the integrations in an OpenAPI body",
    });
  });
});

describe("an integration by its URI", () => {
  test.each([
    ["https://a.test/", "https"],
    ["HTTPS://a.test/", "https"],
    ["http://a.test/", "http"],
    ["HTTP://a.test/", "http"],
    ["ftp://a.test/", unrecognised],
    ["a.test", unrecognised],
    [null, expect.stringMatching(/uri is not set$/)],
  ])("%s", (uri, expected) => {
    expect(said(only(upstreams(restApi, { type: "HTTP", uri })).protocol)).toEqual(expected);
    const integration = { integration_type: "HTTP_PROXY", integration_uri: uri };
    expect(said(only(upstreams(httpApi, integration)).protocol)).toEqual(expected);
  });

  test("what is to be set, and where", () => {
    expect(only(upstreams(restApi, { type: "HTTP", uri: "http://a.test/http:" })).protocol.remedy).toEqual({
      address: "aws_api_gateway_integration.made",
      attribute: "uri",
      value: "https://a.test/http:",
    });
    expect(only(upstreams(restApi, { type: "HTTP", uri: "https://a.test/" })).protocol.remedy).toBeUndefined();
  });
});

describe("an integration by its type", () => {
  test.each([
    ["AWS", ["https"]],
    ["AWS_PROXY", ["https"]],
    ["MOCK", []],
    ["http", [unrecognised]],
    ["constructor", [unrecognised]],
    [null, ["? type is not set"]],
  ])("%s", (type, expected) => {
    const found = upstreams(restApi, { type, uri: "http://a.test/" });
    expect(found.map(({ protocol }) => said(protocol))).toEqual(expected);
  });

  test("not known yet", () => {
    expect(said(only(upstreams(restApi, { uri: "https://a.test/" }, { type: true })).protocol)).toMatch(
      /^\? known after/,
    );
  });
});

describe("an integration through a VPC link", () => {
  const listener = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/1/2";
  const link = (changes: JsonObject, unknown?: JsonObject) =>
    said(only(upstreams(httpApi, { ...base, ...changes }, unknown)).protocol);
  const base = { integration_type: "HTTP_PROXY", connection_type: "VPC_LINK", integration_uri: listener };

  test("to a listener is HTTPS with tls_config, and plain HTTP without", () => {
    expect(link({ tls_config: [{ server_name_to_verify: "a.test" }] })).toBe("https");
    expect(link({ tls_config: [{}] })).toBe("https");
    expect(link({})).toBe("http");
    expect(link({}, { tls_config: true })).toMatch(/^\? known after apply/);
  });

  test("to a URL, as WebSocket APIs have it, goes by its scheme", () => {
    expect(link({ integration_uri: "http://a.test" })).toBe("http");
    expect(link({ integration_uri: "https://a.test" })).toBe("https");
    expect(link({ integration_uri: null }, { integration_uri: true })).toMatch(/^\? known after apply/);
  });

  test("or perhaps through none", () => {
    expect(link({ connection_type: "INTERNET" })).toEqual(unrecognised);
    // INTERNET is the default.
    expect(link({ connection_type: null })).toEqual(unrecognised);
    expect(link({ connection_type: "TUNNEL" })).toEqual(unrecognised);
    expect(link({ connection_type: null }, { connection_type: true })).toMatch(/^\? known after apply/);
  });
});

describe("values at random", () => {
  const integration = { type: "text", uri: "text", tls_config: [{ insecure_skip_verification: "flag" }] } as const;
  const integration2 = {
    integration_type: "text",
    integration_uri: "text",
    connection_type: "text",
    tls_config: [{ server_name_to_verify: "text" }],
  } as const;
  const types = ["AWS", "AWS_PROXY"];
  const id = "a1";
  fuzz({
    resources: {
      [restApi]: { id: "text" },
      [httpApi]: { id: "text" },
      "aws_api_gateway_integration.made": { ...integration, rest_api_id: "text" },
      "aws_apigatewayv2_integration.made": { ...integration2, api_id: "text" },
    },
    words: [
      ...[id, id, id, id, ...types, "HTTP", "HTTP_PROXY", "MOCK", "INTERNET", "VPC_LINK", "http", "", "constructor"],
      ...["https://a.test", "http://a.test", "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a/1/2"],
    ],
    passing: {
      "ats-connection": () => true,
      "minimum-tls-1-2": (_, path) => path === "",
      "https-only": () => true,
      "certificate-present": () => true,
      "origin-https-only": among(...types, "https://a.test"),
      "private-hop-https": (value, path) =>
        among(...types, "https://a.test")(value) || (path === "tls_config" && Array.isArray(value) && value.length > 0),
    },
  });
});

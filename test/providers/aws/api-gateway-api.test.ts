// execute-api endpoints: whether an API has one, and the security policy of each endpoint type; on a real plan.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, entry, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_api_gateway_rest_api.made";
const unrecognised = expect.stringMatching(/not a value that tlsgate recognises$/);

/** The endpoint of an API that is made by hand, of which nothing more is written than what is planned. */
function api(after: JsonObject, after_unknown: JsonObject = {}, of = address) {
  const changes = { [of]: { after, after_unknown } as never };
  return endpointsOf(plan({ changes, root: { resources: [configured(of)] } })).get(of);
}

const real = endpointsOf("aws-api-gateway");
const rest = (name: string) => at(real, `aws_api_gateway_rest_api.${name}`);

test("each API has an endpoint, unless it is disabled", () => {
  const apis = [...real.values()].filter(({ address }) => /_api\./.test(address));
  expect(apis.map(({ address, kind }) => [address, kind])).toEqual([
    ["aws_api_gateway_rest_api.described", "API Gateway REST API"],
    ["aws_api_gateway_rest_api.open", "API Gateway REST API"],
    ["aws_api_gateway_rest_api.private", "API Gateway REST API"],
    ["aws_api_gateway_rest_api.regional", "API Gateway REST API"],
    ["aws_apigatewayv2_api.http", "API Gateway HTTP or WebSocket API"],
    ["aws_apigatewayv2_api.quick", "API Gateway HTTP or WebSocket API"],
  ]);
  expect(rest("open")).toMatchObject({ names: [], certificates: [], certificate: { value: "provider" } });
});

describe("where nothing stronger can be set", () => {
  const strongest = /^this version of the provider has no security_policy for REST APIs/;

  test("a REST API by a provider without security_policy, but for TLS 1.0, which goes with the endpoint", () => {
    const { minimumTls, forwardSecrecy, aeadOnly } = rest("open");
    expect([forwardSecrecy?.noFix, aeadOnly?.noFix]).toEqual([
      expect.stringMatching(strongest),
      expect.stringMatching(strongest),
    ]);
    expect([minimumTls?.noFix, minimumTls?.remedy]).toEqual([
      undefined,
      { address: "aws_api_gateway_rest_api.open", attribute: "disable_execute_api_endpoint", value: true },
    ]);
  });

  test("a REST API by a provider with it", () => {
    expect(api({ security_policy: null })?.forwardSecrecy?.noFix).toBeUndefined();
    expect(api({}, { security_policy: true })?.forwardSecrecy?.noFix).toBeUndefined();
    const after = { disable_execute_api_endpoint: false, endpoint_configuration: [] } as never;
    const older = entry(address, { after }, { provider_name: "registry.terraform.io/hashicorp/aws" });
    const made = plan({ resource_changes: [older], root: { resources: [configured(address)] } });
    expect(endpointsOf(made).get(address)?.forwardSecrecy?.noFix).toMatch(strongest);
  });

  test("an HTTP API", () => {
    const { forwardSecrecy } = at(real, "aws_apigatewayv2_api.http");
    expect(forwardSecrecy?.noFix).toBe("HTTP and WebSocket APIs take security policy TLS_1_2 alone");
  });
});

describe("whether it is disabled", () => {
  const floor = (after: JsonObject, unknown?: JsonObject) => said(api(after, unknown)?.minimumTls);

  test("by the attribute", () => {
    expect(api({ disable_execute_api_endpoint: true })).toBeUndefined();
    expect(floor({ disable_execute_api_endpoint: false })).toBe("TLS 1.0");
    // The provider fills it in where nothing is written.
    expect(floor({}, { disable_execute_api_endpoint: true })).toBe("TLS 1.0");
    expect(floor({ disable_execute_api_endpoint: "yes" })).toEqual(unrecognised);
  });

  test("known after apply", () => {
    const written = { disable_execute_api_endpoint: { references: ["local.disabled"] } };
    const changes = { [address]: { after: {}, after_unknown: { disable_execute_api_endpoint: true } } as never };
    const made = endpointsOf(plan({ changes, root: { resources: [configured(address, written)] } }));
    expect(said(at(made, address).minimumTls)).toMatch(/^\? known after apply, from local.disabled/);
  });

  test("by an OpenAPI body, where the attribute is not written", () => {
    const body = JSON.stringify({ "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } });
    const cause = "? disable_execute_api_endpoint is set in body, and not beside it";
    expect(floor({ body })).toBe(cause);
    expect(said(rest("described").minimumTls)).toBe(cause);
    expect(floor({ body, disable_execute_api_endpoint: false })).toBe("TLS 1.0");
    expect(floor({ body: "{}" })).toBe("TLS 1.0");
    const late = endpointsOf(plan({ changes: { [address]: { after: {}, after_unknown: { body: true } } as never } }));
    expect(said(at(late, address).minimumTls)).toMatch(/^\? it depends on body, which is known after apply/);
  });
});

describe("the security policy of a REST API", () => {
  const security = (after: unknown) => {
    const made = api(after as JsonObject);
    return [said(made?.minimumTls), said(made?.forwardSecrecy), said(made?.aeadOnly)];
  };

  test.each([
    ["EDGE", "TLS 1.0", false, false],
    ["REGIONAL", "TLS 1.0", false, false],
    ["PRIVATE", "TLS 1.2", false, false],
    ["GLOBAL", ...Array(3).fill("? the endpoint type is not a value that tlsgate recognises")],
    ["constructor", ...Array(3).fill("? the endpoint type is not a value that tlsgate recognises")],
  ])("by default, %s: %s", (type, ...expected) => {
    expect(security({ endpoint_configuration: [{ types: [type] }] })).toEqual(expected);
  });

  test.each([
    ["SecurityPolicy_TLS13_1_3_2025_09", "TLS 1.3", true, true],
    ["TLS_1_2", "TLS 1.2", false, false],
    ["TLS_1_4", unrecognised, unrecognised, unrecognised],
  ])("where it is written, %s", (security_policy, ...expected) => {
    expect(security({ security_policy, endpoint_configuration: [{ types: ["REGIONAL"] }] })).toEqual(expected);
  });

  test("depends on an endpoint type that is not known", () => {
    const made = api({ endpoint_configuration: [{}] }, { endpoint_configuration: [{ types: true }] });
    expect(said(made?.minimumTls)).toMatch(/^\? it depends on the endpoint type, which is known after apply/);
  });

  test("of a real plan", () => {
    expect(said(rest("open").minimumTls)).toBe("TLS 1.0");
    expect(said(rest("regional").minimumTls)).toBe("TLS 1.0");
    expect(said(rest("private").minimumTls)).toBe("TLS 1.2");
  });

  test("what is to be set, and where", () => {
    const attribute = "disable_execute_api_endpoint";
    expect(rest("open").minimumTls?.remedy).toEqual({ address: rest("open").address, attribute, value: true });
    expect(api({ security_policy: "TLS_1_0" })?.minimumTls?.place.at).toBe("security_policy");
  });
});

test("HTTP and WebSocket APIs take TLS 1.2 whatever is written", () => {
  for (const protocol_type of ["HTTP", "WEBSOCKET"]) {
    const made = api({ protocol_type, security_policy: "TLS_1_0" }, {}, "aws_apigatewayv2_api.made");
    expect([said(made?.minimumTls), said(made?.forwardSecrecy), said(made?.aeadOnly)]).toEqual([
      "TLS 1.2",
      false,
      false,
    ]);
  }
});

describe("values at random", () => {
  const strong = "SecurityPolicy_TLS13_1_3_2025_09";
  const api = {
    body: "text",
    disable_execute_api_endpoint: "flag",
    security_policy: "text",
    endpoint_configuration: [{ types: ["text"] }],
    target: "text",
  } as const;
  fuzz({
    resources: { [address]: api, "aws_apigatewayv2_api.made": api },
    words: [
      ...[strong, "TLS_1_0", "TLS_1_2", "TLS_1_3", "EDGE", "REGIONAL", "PRIVATE", "", "constructor", "__proto__"],
      ...[
        "disableExecuteApiEndpoint",
        "{}",
        "https://a.test",
        "http://a.test",
        "arn:aws:lambda:eu-west-1:1:function:a",
      ],
    ],
    passing: {
      "ats-connection": (value, path) => path !== "security_policy" || among("TLS_1_0", "TLS_1_2", strong)(value),
      // By a policy that is written, or where disable_execute_api_endpoint is not true: PRIVATE, or not of a REST API.
      "minimum-tls-1-2": (value, path) => path !== "security_policy" || among("TLS_1_2", strong)(value),
      "forward-secrecy": among(strong),
      "strong-ciphers": among(strong),
      "https-only": () => true,
      "certificate-present": () => true,
      "origin-https-only": among("https://a.test", "arn:aws:lambda:eu-west-1:1:function:a"),
    },
  });
});

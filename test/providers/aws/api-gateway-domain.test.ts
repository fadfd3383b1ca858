// API Gateway's domain names → endpoints: certificate and region by endpoint type, security policy; on a real plan.
// The table is gone through on domain names made by hand: the provider refuses to plan the newer policies.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { arn, only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, type Made, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_api_gateway_domain_name.made";
const unrecognised = expect.stringMatching(/not a value that tlsgate recognises(; its name suggests .+)?$/);

function domain(after: JsonObject, after_unknown: JsonObject = {}, after_sensitive: JsonObject = {}): Endpoint {
  const change = { after: { domain_name: "api.example.com", ...after }, after_unknown, after_sensitive } as never;
  const made: Made = {
    changes: { [address]: change },
    root: { resources: [configured(address, {}, { provider_config_key: "aws" })] },
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } } },
      root_module: { resources: [configured(address, {}, { provider_config_key: "aws" })] },
    } as never,
  };
  return at(endpointsOf(plan(made)), address);
}

const real = endpointsOf("aws-api-gateway");
const v1 = (name: string) => at(real, `aws_api_gateway_domain_name.${name}`);
const v2 = (name: string) => at(real, `aws_apigatewayv2_domain_name.${name}`);

describe("the security policy", () => {
  const security = (security_policy: unknown, ...masks: JsonObject[]) => {
    const made = domain({ security_policy } as JsonObject, ...masks);
    return [said(made.minimumTls), said(made.forwardSecrecy), said(made.aeadOnly)];
  };

  test.each([
    ["TLS_1_0", "TLS 1.0", false, false],
    ["TLS_1_2", "TLS 1.2", false, false],
    ["SecurityPolicy_TLS13_1_2_2021_06", "TLS 1.2", false, false],
    ["SecurityPolicy_TLS13_1_2_PQ_2025_09", "TLS 1.2", false, false],
    ["SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", "TLS 1.2", true, true],
    ["SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09", "TLS 1.2", true, true],
    ["SecurityPolicy_TLS13_1_3_2025_09", "TLS 1.3", true, true],
    ["SecurityPolicy_TLS13_1_3_FIPS_2025_09", "TLS 1.3", true, true],
    ["SecurityPolicy_TLS12_2018_EDGE", "TLS 1.2", true, false],
    ["SecurityPolicy_TLS12_PFS_2025_EDGE", "TLS 1.2", true, true],
    ["SecurityPolicy_TLS13_2025_EDGE", "TLS 1.3", true, true],
    // absent: what API Gateway gives a domain name
    [null, "TLS 1.2", false, false],
  ])("%s", (name, ...expected) => expect(security(name)).toEqual(expected));

  test.each([
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09",
  ])("%s: its versions are published, its suites are not", (name) => {
    const open = "? the cipher suites of this security policy are not published";
    expect(security(name)).toEqual(["TLS 1.2", open, open]);
    expect(domain({ security_policy: name }).forwardSecrecy).toMatchObject({ kind: "outside" });
  });

  test.each(["TLS_1_3", "tls_1_2", 1.2, "constructor", "__proto__"])("%j is not recognised", (name) =>
    expect(security(name)).toEqual([unrecognised, unrecognised, unrecognised]),
  );

  test("secret: judged, not shown", () => {
    expect(security("TLS_1_0", {}, { security_policy: true })[0]).toEqual({ secret: "TLS 1.0" });
    expect(security("TLS_1_9", {}, { security_policy: true })[0]).toBe(
      "? a sensitive value is not a value that tlsgate recognises",
    );
  });

  test("of a real plan", () => {
    expect(said(v1("edge").minimumTls)).toBe("TLS 1.2");
    expect(said(v1("regional").minimumTls)).toBe("TLS 1.2");
    expect(said(v1("outdated").minimumTls)).toBe("TLS 1.0");
    expect(said(v1("late").minimumTls)).toBe("? known after apply, from terraform_data.late.output");
    expect(said(v2("http").minimumTls)).toBe("TLS 1.2");
  });

  test("what is to be set, and where", () => {
    expect(v1("outdated").minimumTls?.remedy).toEqual({
      address: "aws_api_gateway_domain_name.outdated",
      attribute: "security_policy",
      value: "TLS_1_2",
    });
    expect(v2("http").minimumTls?.place.at).toBe("domain_name_configuration[0].security_policy");
    // No policy with stronger ciphers is one that every provider and endpoint type takes.
    expect(v1("outdated").forwardSecrecy?.remedy).toBeUndefined();
  });
});

describe("where nothing stronger can be set", () => {
  const strongest = "TLS_1_2 is the strongest policy that this version of the provider takes";
  const newer = { endpoint_access_mode: null };
  const noFixes = ({ minimumTls, forwardSecrecy, aeadOnly }: Endpoint) =>
    [minimumTls, forwardSecrecy, aeadOnly].map((fact) => fact?.noFix);

  test("names of REST APIs, by a provider without the policies of 2025", () => {
    expect(noFixes(v1("edge"))).toEqual([strongest, strongest, strongest]);
    // TLS 1.0 can be raised.
    expect(noFixes(v1("outdated"))).toEqual([undefined, strongest, strongest]);
  });

  test("a provider with endpoint_access_mode takes them", () => {
    expect(noFixes(domain(newer))).toEqual([undefined, undefined, undefined]);
    expect(noFixes(domain({}, { endpoint_access_mode: true }))).toEqual([undefined, undefined, undefined]);
    expect(domain(newer).minimumTls?.remedy?.value).toBe("TLS_1_2");
  });

  test("names of HTTP APIs, by every provider", () => {
    const why = "domain names of HTTP and WebSocket APIs take security policy TLS_1_2 alone";
    expect(noFixes(v2("http"))).toEqual([why, why, why]);
  });
});

describe("the certificate", () => {
  const regions = (endpoint: Endpoint) => said(only(endpoint.certificates).region);
  const inIreland = { actual: "eu-west-1", required: "eu-west-1" };
  const inVirginia = { actual: "us-east-1", required: "us-east-1" };

  test("of an edge-optimized name has to be in us-east-1, of another in its own region", () => {
    expect(regions(v1("edge"))).toEqual(inVirginia);
    expect(regions(v1("edge_from_elsewhere"))).toEqual({ actual: "eu-west-1", required: "us-east-1" });
    expect(regions(v1("regional"))).toEqual(inIreland);
    expect(regions(v1("outdated"))).toEqual({ actual: "us-east-1", required: "eu-west-1" });
    expect(regions(v2("http"))).toEqual(inIreland);
    expect(regions(v2("http_from_elsewhere"))).toEqual({ actual: "us-east-1", required: "eu-west-1" });
  });

  test("of a private name is in certificate_arn too, and in its own region", () => {
    const of = (types: readonly string[], masks = {}) =>
      regions(domain({ certificate_arn: arn("eu-west-1"), endpoint_configuration: [{ types }] }, masks));
    expect(of(["PRIVATE"])).toEqual(inIreland);
    expect(of(["EDGE"])).toEqual({ actual: "eu-west-1", required: "us-east-1" });
    expect(of([], { endpoint_configuration: [{ types: true }] })).toMatch(/^\? it depends on the endpoint type/);
  });

  test("by the region in the name's own ARN, once it has one", () => {
    const made = domain({
      arn: "arn:aws:apigateway:us-west-2::/domainnames/api.example.com",
      regional_certificate_arn: arn("eu-west-1"),
    });
    expect(regions(made)).toEqual({ actual: "eu-west-1", required: "us-west-2" });
  });

  test("two of them, while a name moves", () => {
    const both = { certificate_arn: arn("us-east-1"), regional_certificate_arn: arn("eu-west-1") };
    const made = domain({ ...both, endpoint_configuration: [{ types: ["REGIONAL"] }] });
    expect(made.certificates.map(({ region }) => said(region))).toEqual([inIreland, inVirginia]);
    expect(made.certificate?.place.at).toBe("regional_certificate_arn");
  });

  test("stands where it is written", () => {
    expect(v1("edge").certificate).toMatchObject({ value: "own", place: { at: "certificate_arn" } });
    expect(v1("regional").certificate).toMatchObject({ value: "own", place: { at: "regional_certificate_arn" } });
  });

  test("is missing where none is written", () => {
    expect([said(v1("bare").certificate), v1("bare").certificate?.place.at]).toEqual([
      "missing",
      "regional_certificate_arn",
    ]);
    expect(domain({}).certificate).toMatchObject({ value: "missing", place: { at: "certificate_arn" } });
  });

  test.each(["certificate_body", "certificate_name", "regional_certificate_name"])("is uploaded: %s", (attribute) => {
    const made = domain({ [attribute]: "uploaded" });
    expect([said(made.certificate), made.certificate?.place.at]).toEqual(["own", attribute]);
    expect(only(made.certificates).region).toBeUndefined();
  });
});

test("names, routes and kind", () => {
  expect(v1("edge").names.map(said)).toEqual(["edge.example.com"]);
  expect(v2("http")).toMatchObject({ kind: "API Gateway domain name" });
  const { plainHttp, hsts } = only(v1("edge").routes);
  expect(said(plainHttp)).toBe("refused");
  expect(said(hsts?.maxAge)).toMatch(/^\? the API's integration sends/);
});

test("upstreams are those of APIs that have no endpoint of their own", () => {
  const hops = (endpoint: Endpoint) => endpoint.upstreams.map(({ name, protocol }) => [name, said(protocol)]);
  expect(hops(v1("regional"))).toEqual([["aws_api_gateway_integration.closed", "http"]]);
  expect(hops(v2("http"))).toEqual([["aws_apigatewayv2_integration.closed", "https"]]);
  expect(hops(v1("edge"))).toEqual([]);
});

describe("values at random", () => {
  const strong = ["SecurityPolicy_TLS13_1_3_2025_09", "SecurityPolicy_TLS12_PFS_2025_EDGE"];
  const configuration = [{ certificate_arn: "text", endpoint_type: "text", security_policy: "text" }] as const;
  fuzz({
    resources: {
      "aws_api_gateway_domain_name.made": {
        domain_name: "text",
        certificate_arn: "text",
        certificate_body: "text",
        regional_certificate_arn: "text",
        security_policy: "text",
        endpoint_configuration: [{ types: ["text"] }],
      },
      "aws_apigatewayv2_domain_name.made": { domain_name: "text", domain_name_configuration: configuration },
    },
    words: [
      ...[...strong, "TLS_1_0", "TLS_1_2", "TLS_1_3", "SecurityPolicy_TLS12_2018_EDGE", "EDGE", "REGIONAL", "PRIVATE"],
      ...[arn("us-east-1"), arn("eu-west-1"), "api.example.com", "", "constructor", "__proto__", "\u0000"],
    ],
    passing: {
      "ats-connection": among("TLS_1_0", "TLS_1_2", "SecurityPolicy_TLS12_2018_EDGE", ...strong, null, undefined, ""),
      "minimum-tls-1-2": among("TLS_1_2", "SecurityPolicy_TLS12_2018_EDGE", ...strong, null, undefined, ""),
      "forward-secrecy": among("SecurityPolicy_TLS12_2018_EDGE", ...strong),
      "strong-ciphers": among(...strong),
      "https-only": () => true,
      "certificate-present": (value) => typeof value === "string" && value !== "",
      "certificate-region": among(arn("us-east-1")),
      // Of one that is uploaded.
      "certificate-validated": (value, path) => path === "certificate_body" && value !== "",
    },
  });
});

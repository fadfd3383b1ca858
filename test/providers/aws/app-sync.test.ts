// AppSync APIs and their domain names → endpoints: TLS 1.2 or newer, a certificate in us-east-1.

import { describe, expect, test } from "vitest";
import { arn, only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const real = endpointsOf("aws-managed-endpoints");
const domain = (name: string) => at(real, `aws_appsync_domain_name.${name}`);

test("an API", () => {
  const api = at(real, "aws_appsync_graphql_api.site");
  expect([said(api.minimumTls), said(only(api.routes).plainHttp), said(api.certificate)]).toEqual([
    "TLS 1.2",
    "refused",
    "provider",
  ]);
  expect(said(api.forwardSecrecy)).toBe("? AWS does not publish the cipher suites of AppSync");
  expect(api.names).toEqual([]);
});

test("a domain name, with its certificate in us-east-1 or elsewhere", () => {
  const regions = (name: string) => said(only(domain(name).certificates).region);
  expect(regions("good")).toEqual({ actual: "us-east-1", required: "us-east-1" });
  expect(regions("elsewhere")).toEqual({ actual: "eu-west-1", required: "us-east-1" });
  expect(domain("good").names.map(said)).toEqual(["graph.example.com"]);
  expect([said(domain("good").certificate), said(domain("good").minimumTls)]).toEqual(["own", "TLS 1.2"]);
  expect(said(only(domain("good").routes).plainHttp)).toMatch(/^\? AWS does not say/);
});

test("a domain name without a certificate, and one that is not known", () => {
  const made = (after: object, unknown = {}) => {
    const change = { after, after_unknown: unknown } as never;
    return at(
      endpointsOf(plan({ changes: { "aws_appsync_domain_name.made": change } })),
      "aws_appsync_domain_name.made",
    );
  };
  expect(said(made({ domain_name: "a.test" }).certificate)).toBe("missing");
  expect(said(made({ domain_name: "a.test" }, { certificate_arn: true }).certificate)).toMatch(/^\? known after apply/);
  expect(made({}, { domain_name: true }).names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
  expect(made({}).names.map(said)).toEqual(["? domain_name is not set"]);
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_appsync_graphql_api.made": { name: "text", authentication_type: "text", visibility: "text" },
      "aws_appsync_domain_name.made": { domain_name: "text", certificate_arn: "text" },
    },
    words: ["a.test", "API_KEY", "PRIVATE", arn("us-east-1"), arn("eu-west-1"), "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "minimum-tls-1-2": (_, path) => path === "",
      "https-only": (_, path) => path === "",
      "certificate-present": (value, path) => path === "" || (typeof value === "string" && value !== ""),
      "certificate-region": among(arn("us-east-1")),
    },
  }));

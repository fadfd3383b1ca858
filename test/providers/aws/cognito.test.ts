// User pool domains → endpoints: a prefix of Cognito's name, or an own name with its certificate in us-east-1.

import { describe, expect, test } from "vitest";
import { arn, only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const real = endpointsOf("aws-managed-endpoints");
const domain = (name: string) => at(real, `aws_cognito_user_pool_domain.${name}`);
const late = "? known after apply, from terraform_data.late.output";

test.each([
  ["prefix", [], "provider"],
  ["own", ["login.example.com"], "own"],
  ["elsewhere", ["login.example.com"], "own"],
  // A prefix has no dots.
  ["bare", ["login.example.com"], "missing"],
  ["late", [late], late],
])("%s: its names and certificate", (name, names, certificate) => {
  expect(domain(name).names.map(said)).toEqual(names);
  expect(said(domain(name).certificate)).toBe(certificate);
});

test("the certificate has to be in us-east-1", () => {
  const regions = (name: string) => said(only(domain(name).certificates).region);
  expect(regions("own")).toEqual({ actual: "us-east-1", required: "us-east-1" });
  expect(regions("elsewhere")).toEqual({ actual: "eu-west-1", required: "us-east-1" });
});

test("of TLS and of plain HTTP, no page tells the default", () => {
  const { minimumTls, forwardSecrecy, aeadOnly, routes } = domain("own");
  for (const fact of [minimumTls, forwardSecrecy, aeadOnly]) expect(said(fact)).toMatch(/^\? AWS does not say which/);
  expect(said(only(routes).plainHttp)).toMatch(/^\? AWS does not say what plain HTTP gets/);
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_cognito_user_pool_domain.made": { domain: "text", certificate_arn: "text", user_pool_id: "text" },
    },
    words: ["people", "login.example.com", arn("us-east-1"), arn("eu-west-1"), "", "constructor"],
    passing: {
      // With no certificate the domain is a prefix.
      "certificate-present": () => true,
      "certificate-region": among(arn("us-east-1")),
    },
  }));

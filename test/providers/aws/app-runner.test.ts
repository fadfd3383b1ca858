// App Runner's custom domains → endpoints: names of their owner's, the www one among them, and App Runner's certificate.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_apprunner_custom_domain_association.made";
const real = endpointsOf("aws-managed-endpoints");
const association = (name: string) => at(real, `aws_apprunner_custom_domain_association.${name}`);

test("of a real plan: names", () => {
  expect(association("with_www").names.map(said)).toEqual(["example.com", "www.example.com"]);
  expect(association("alone").names.map(said)).toEqual(["app.example.com"]);
});

test("of a real plan: App Runner's certificate, and TLS that no page tells", () => {
  const { certificate, certificates, minimumTls, forwardSecrecy, aeadOnly, routes } = association("alone");
  expect([said(certificate), certificates]).toEqual(["own", []]);
  for (const fact of [minimumTls, forwardSecrecy, aeadOnly]) expect(said(fact)).toMatch(/^\? AWS does not say which/);
  expect(said(only(routes).plainHttp)).toMatch(/^\? AWS does not say what plain HTTP gets/);
});

test("names by what is set", () => {
  const names = (after: JsonObject, unknown: JsonObject = {}) => {
    const change = { after: { domain_name: "a.test", ...after }, after_unknown: unknown as never };
    return at(endpointsOf(plan({ changes: { [address]: change } })), address).names.map(said);
  };
  expect(names({})).toEqual(["a.test", "www.a.test"]);
  expect(names({ enable_www_subdomain: true })).toEqual(["a.test", "www.a.test"]);
  expect(names({ enable_www_subdomain: false })).toEqual(["a.test"]);
  expect(names({}, { enable_www_subdomain: true })).toEqual(["a.test", expect.stringMatching(/^\? known after apply/)]);
  expect(names({ enable_www_subdomain: "no" })[1]).toMatch(/not a value that tlsgate recognises$/);
});

describe("values at random", () =>
  fuzz({
    resources: { [address]: { domain_name: "text", enable_www_subdomain: "flag", service_arn: "text" } },
    words: ["a.test", "*.a.test", "", "constructor"],
    passing: { "certificate-present": () => true },
  }));

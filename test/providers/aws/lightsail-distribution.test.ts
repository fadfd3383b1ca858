// Lightsail's distributions → endpoints: certificates and origins; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { originProtocols } from "../../../src/providers/aws/lightsail-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { type Made, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_lightsail_distribution.made";
const real = endpointsOf("aws-lightsail");
const distribution = (name: string) => at(real, `aws_lightsail_distribution.${name}`);

const made = (after: JsonObject, changes: Made["changes"] = {}) =>
  at(endpointsOf(plan({ changes: { [address]: { after }, ...changes } })), address);

describe("the certificate", () => {
  test("of this plan", () => {
    const { certificate, certificates, names } = distribution("secure");
    const use = only(certificates);
    expect([said(certificate), use.certificate.address, names]).toEqual(["own", "aws_lightsail_certificate.site", []]);
    expect(said(use.region)).toEqual({ actual: "us-east-1", required: "us-east-1" });
  });

  test("AWS's, or one from elsewhere", () => {
    expect([said(distribution("plain_origin").certificate), distribution("plain_origin").certificates]).toEqual([
      "provider",
      [],
    ]);
    const outside = made({ certificate_name: "elsewhere" });
    expect([said(outside.certificate), only(outside.certificates).region]).toEqual(["own", undefined]);
  });

  test("of another region", () => {
    const arn = "arn:aws:lightsail:eu-west-1:123456789012:Certificate/1";
    const changes = { "aws_lightsail_certificate.it": { after: { name: "it", arn } } };
    const { region } = only(made({ certificate_name: "it" }, changes).certificates);
    expect([said(region), region?.place.at]).toEqual([
      { actual: "eu-west-1", required: "us-east-1" },
      "certificate_name",
    ]);
  });
});

describe("the origin", () => {
  test("of a real plan: another endpoint of it, or plain HTTP by default", () => {
    const secure = only(distribution("secure").upstreams);
    expect([secure.name, said(secure.protocol), secure.endpoint]).toEqual([
      "redirected",
      "https",
      "aws_lightsail_lb.redirected",
    ]);
    const plain = only(distribution("plain_origin").upstreams);
    expect([plain.name, said(plain.protocol), plain.endpoint]).toEqual(["made-elsewhere", "http", undefined]);
    expect(plain.protocol.remedy).toMatchObject({ attribute: "origin[0].protocol_policy", value: "https-only" });
  });

  test.each([
    ["http-only", "http"],
    ["https-only", "https"],
    [null, "http"],
    ["match-viewer", '? "match-viewer" is not a value that tlsgate recognises'],
    ["__proto__", '? "__proto__" is not a value that tlsgate recognises'],
  ])("%s: %s", (protocol_policy, expected) => {
    expect(said(only(made({ origin: [{ name: "it", protocol_policy }] }).upstreams).protocol)).toBe(expected);
  });
});

test("TLS, plain HTTP and headers are not told", () => {
  const { minimumTls, forwardSecrecy, aeadOnly, routes } = distribution("secure");
  for (const fact of [minimumTls, forwardSecrecy, aeadOnly]) expect(said(fact)).toMatch(/^\? the provider cannot set/);
  const { plainHttp, hsts } = only(routes);
  expect([said(plainHttp), said(hsts?.maxAge)]).toEqual([
    expect.stringMatching(/^\? AWS does not say/),
    expect.stringMatching(/^\? the origin sends/),
  ]);
});

describe("values at random", () =>
  fuzz({
    resources: { [address]: { certificate_name: "text", origin: [{ name: "text", protocol_policy: "text" }] } },
    words: [...Object.keys(originProtocols), "match-viewer", "made", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "origin-https-only": among("https-only"),
      "certificate-present": () => true,
    },
  }));

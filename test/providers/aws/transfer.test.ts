// Transfer servers → endpoints: protocols, security policies and certificates; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import {
  defaultPolicy,
  protocols,
  recommendedPolicy,
  securityPolicies,
} from "../../../src/providers/aws/transfer-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "aws_transfer_server.made";
const real = endpointsOf("aws-transfer");
const server = (name: string) => at(real, `aws_transfer_server.${name}`);

const made = (after: JsonObject, unknown: JsonObject = {}) =>
  endpointsOf(plan({ changes: { [address]: { after, after_unknown: unknown as never } } }));
const ftps = (after: JsonObject = {}) => at(made({ protocols: ["FTPS"], ...after }), address);

describe("protocols", () => {
  const routes = (endpoint: ReturnType<typeof ftps>) =>
    endpoint.routes.map(({ path, plainHttp }) => [path, said(plainHttp)]);

  test("SFTP is none of ours, and what a server speaks where none is written", () => {
    expect([...real.keys()].sort()).toEqual(
      ["as2", "ftp", "ftps", "ftps_default_policy"].map((name) => `aws_transfer_server.${name}`),
    );
  });

  test("of a real plan", () => {
    expect(routes(server("ftps"))).toEqual([["FTPS", "refused"]]);
    expect(routes(server("ftp"))).toEqual([
      ["FTP", "served"],
      ["FTPS", "refused"],
    ]);
    expect(routes(server("as2"))).toEqual([
      ["AS2", expect.stringMatching(/^\? AS2 comes over plain HTTP, and a plan/)],
    ]);
  });

  test("FTP: what is to be set, and where", () => {
    const [plain] = server("ftp").routes;
    expect(plain?.plainHttp).toMatchObject({
      note: "FTP is not encrypted",
      remedy: { address: "aws_transfer_server.ftp", attribute: "protocols", value: ["FTPS"] },
    });
  });

  const addresses = { address_allocation_ids: ["eipalloc-0123456789abcdef0"] };

  test.each([
    ["no endpoint type, which is a public one", {}, {}, "served"],
    ["a public endpoint", { endpoint_type: "PUBLIC" }, {}, "served"],
    ["an endpoint with addresses", { endpoint_type: "VPC", endpoint_details: [addresses] }, {}, "served"],
    [
      "with addresses to come",
      { endpoint_type: "VPC" },
      { endpoint_details: [{ address_allocation_ids: true }] },
      "served",
    ],
    ["an internal endpoint", { endpoint_type: "VPC", endpoint_details: [{ vpc_id: "vpc-0" }] }, {}, "unknown"],
  ])("AS2: %s", (_, after, unknown, expected) => {
    const { plainHttp } = only(
      at(made({ protocols: ["AS2"], endpoint_details: [{}], ...after }, unknown), address).routes,
    );
    expect(plainHttp?.state === "unknown" ? "unknown" : plainHttp?.value).toBe(expected);
    if (expected === "served") expect(plainHttp?.note).toMatch(/^AS2 comes over plain HTTP, whatever/);
    expect(plainHttp?.remedy).toBeUndefined();
  });

  test("FTP beside a protocol that is not known yet can be mended by nobody", () => {
    const endpoint = at(made({ protocols: ["FTP", null] }, { protocols: [false, true] }), address);
    expect(routes(endpoint)).toEqual([
      ["FTP", "served"],
      ["protocols", expect.stringMatching(/^\? known after apply/)],
    ]);
    expect(endpoint.routes[0]?.plainHttp?.remedy).toBeUndefined();
  });

  test("plain text alone has no TLS to judge", () => {
    const { minimumTls, forwardSecrecy, certificate, certificates } = server("as2");
    expect([minimumTls, forwardSecrecy, certificate, certificates]).toEqual([undefined, undefined, undefined, []]);
  });

  test.each(["GOPHER", "ftps", "constructor"])("%s is not recognised", (protocol) => {
    const endpoint = at(made({ protocols: [protocol] }), address);
    expect(routes(endpoint)).toEqual([[protocol, `? "${protocol}" is not a value that tlsgate recognises`]]);
    expect(said(endpoint.minimumTls)).toBe("TLS 1.2");
  });

  test("the table", () => {
    expect(protocols).toEqual({ SFTP: "other", FTPS: "refused", FTP: "served", AS2: "served" });
  });
});

describe("the security policy", () => {
  test.each([
    ["TransferSecurityPolicy-2018-11", false],
    ["TransferSecurityPolicy-2020-06", true],
    ["TransferSecurityPolicy-2022-03", true],
    ["TransferSecurityPolicy-FIPS-2020-06", true],
  ])("%s: forward secrecy %s, and CBC", (security_policy_name, forwardSecrecy) => {
    const made = ftps({ security_policy_name });
    expect([made.minimumTls, made.forwardSecrecy, made.aeadOnly].map(said)).toEqual(["TLS 1.2", forwardSecrecy, false]);
  });

  test("the provider's default", () => {
    expect(defaultPolicy).toBe("TransferSecurityPolicy-2018-11");
    expect(said(server("ftps_default_policy").forwardSecrecy)).toBe(false);
    expect(said(ftps().forwardSecrecy)).toBe(false);
    expect(server("ftps_default_policy").forwardSecrecy?.remedy).toEqual({
      address: "aws_transfer_server.ftps_default_policy",
      attribute: "security_policy_name",
      value: recommendedPolicy,
    });
  });

  test.each(["TransferSecurityPolicy-2030-01", "__proto__"])("%s is not recognised", (security_policy_name) => {
    const { forwardSecrecy, aeadOnly } = ftps({ security_policy_name });
    const unrecognised = `? "${security_policy_name}" is not a value that tlsgate recognises`;
    expect([said(forwardSecrecy), said(aeadOnly)]).toEqual([unrecognised, unrecognised]);
  });
});

test("the certificate: its own, one that is not waited for, none", () => {
  const use = only(server("ftps").certificates);
  expect([said(use.ready), said(use.region)]).toEqual([true, { actual: "eu-west-1", required: "eu-west-1" }]);
  expect(said(only(server("ftps_default_policy").certificates).ready)).toBe(false);
  expect([said(server("ftp").certificate), server("ftp").certificates]).toEqual(["missing", []]);
});

describe("values at random", () =>
  fuzz({
    resources: { [address]: { protocols: ["text"], certificate: "text", security_policy_name: "text" } },
    words: ["SFTP", "FTPS", "FTP", "AS2", ...Object.keys(securityPolicies), "ftps", "", "constructor"],
    passing: {
      "ats-connection": among(...Object.keys(securityPolicies), null, ""),
      "https-only": (value) => Array.isArray(value) && value.includes("FTPS"),
      "minimum-tls-1-2": () => true,
      "forward-secrecy": among(...Object.keys(securityPolicies).filter((name) => name !== defaultPolicy)),
      "certificate-present": Boolean,
    },
  }));

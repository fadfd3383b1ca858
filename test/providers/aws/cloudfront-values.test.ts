// CloudFront's own names: S3's website hosts in all spellings, the managed response headers policies, the tables' order.

import { describe, expect, test } from "vitest";
import { tlsVersions } from "../../../src/facts/endpoint.ts";
import {
  defaultCertificatePolicy,
  isS3Website,
  managedHeadersPolicies,
  originTlsVersions,
  recommendedPolicy,
  securityPolicies,
} from "../../../src/providers/aws/cloudfront-values.ts";

describe("S3 website hosts", () => {
  test.each([
    "site.s3-website-us-east-1.amazonaws.com",
    "site.s3-website-us-gov-west-1.amazonaws.com",
    "site.s3-website.eu-central-1.amazonaws.com",
    "site.s3-website.ap-southeast-4.amazonaws.com",
    "www.example.com.s3-website-eu-west-1.amazonaws.com",
    "site.s3-website.cn-north-1.amazonaws.com.cn",
    "SITE.S3-Website-EU-West-1.AmazonAWS.com",
  ])("%s is one", (host) => expect(isS3Website(host)).toBe(true));

  test.each([
    "site.s3.us-east-1.amazonaws.com",
    "site.s3.amazonaws.com",
    "site.s3-eu-west-1.amazonaws.com",
    "s3-website.s3.eu-west-1.amazonaws.com",
    "site.s3-website.example.com",
    "site.s3-website-us-east-1.amazonaws.com.example.com",
    "s3-website-us-east-1xamazonaws.com",
    "www.example.com",
    "",
  ])("%j is none", (host) => expect(isS3Website(host)).toBe(false));
});

test("the managed response headers policies, by their ids", () => {
  const seconds = managedHeadersPolicies.map(({ id, name, hsts }) => [id, name, hsts.maxAge]);
  expect(seconds).toEqual([
    ["67f7725c-6f97-4210-82d7-5512b31e9d03", "Managed-SecurityHeadersPolicy", 31_536_000],
    ["e61eb60c-9c35-4d20-a928-2b84e02af89c", "Managed-CORS-and-SecurityHeadersPolicy", 31_536_000],
    ["eaab4381-ed33-4a86-88ca-d9558dc6cd63", "Managed-CORS-with-preflight-and-SecurityHeadersPolicy", 31_536_000],
    ["60669652-455b-4ae9-85a4-c4c02393f86c", "Managed-SimpleCORS", 0],
    ["5cc3b908-e619-4b99-88e5-2cf7f45965bd", "Managed-CORS-With-Preflight", 0],
  ]);
  for (const { hsts } of managedHeadersPolicies)
    expect(hsts).toMatchObject({ includeSubDomains: false, preload: false });
});

test("a policy that is stronger in one way is as strong in the others", () => {
  const list = Object.values(securityPolicies);
  const floors = list.map((policy) => tlsVersions.indexOf(policy.minimumTls));
  expect(floors).toEqual([...floors].sort((one, other) => one - other));
  for (const flag of ["forwardSecrecy", "aeadOnly"] as const) {
    const flags = list.map((policy) => policy[flag]);
    expect(flags).toEqual([...flags].sort());
  }
  for (const { forwardSecrecy, aeadOnly } of list) expect(forwardSecrecy || !aeadOnly).toBe(true);
});

test("what the remedies name is strong, and what CloudFront takes for its own certificate is not", () => {
  expect(securityPolicies[recommendedPolicy]).toEqual({
    minimumTls: "TLS 1.2",
    forwardSecrecy: true,
    aeadOnly: true,
    ecdheAes: true,
  });
  expect(securityPolicies[defaultCertificatePolicy]).toMatchObject({ minimumTls: "TLS 1.0", forwardSecrecy: false });
  // The API takes no TLSv1.3 to origins.
  expect(Object.values(originTlsVersions)).toEqual(tlsVersions.filter((version) => version !== "TLS 1.3"));
});

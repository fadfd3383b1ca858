// The policy certificate-region, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/certificate-region.ts";
import { endpoint, known, sensitive, unknown, use } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

test("where only some regions are allowed, one that is unknown is, whether it is the endpoint's or not", () => {
  const certificates = [use({ region: unknown, sameRegion: known(true as const) })];
  const judged = "evaluate" in policy ? policy.evaluate(endpoint({ certificates }), { allowed: ["eu-west-1"] }) : [];
  expect(judged.map((one) => one?.outcome)).toEqual(["unknown"]);
});

testPolicy(policy, {
  pass: {
    "the region it is needed in": endpoint({
      certificates: [use({ region: known({ actual: "us-east-1", required: "us-east-1" }) })],
    }),
    "that region, sensitive": endpoint({
      certificates: [use({ region: sensitive({ actual: "us-east-1", required: "us-east-1" }) })],
    }),
    "an unknown region, of the one provider configuration that makes the endpoint too": endpoint({
      certificates: [use({ region: unknown, sameRegion: known(true as const) })],
    }),
  },
  fail: {
    "another region": endpoint({
      certificates: [use({ region: known({ actual: "eu-central-1", required: "us-east-1" }) })],
    }),
    "a second certificate in another region": endpoint({
      certificates: [use(), use({ region: known({ actual: "eu-central-1", required: "us-east-1" }) })],
    }),
    "another region, sensitive": endpoint({
      certificates: [use({ region: sensitive({ actual: "eu-central-1", required: "us-east-1" }) })],
    }),
  },
  unknown: {
    "a region that is known after apply": endpoint({ certificates: [use({ region: unknown })] }),
  },
  silent: {
    "a certificate without a region": endpoint({ certificates: [use({ region: undefined })] }),
    "no certificate of its own": endpoint({ certificates: [] }),
  },
  plan: {
    "aws_cloudfront_distribution.virginia": "pass",
    "aws_cloudfront_distribution.frankfurt": "fail",
    "aws_cloudfront_distribution.virginia_by_provider": "pass",
    "aws_cloudfront_distribution.frankfurt_by_provider": "fail",
    "aws_cloudfront_distribution.virginia_by_module": "pass",
    "aws_cloudfront_distribution.frankfurt_by_module": "fail",
    "aws_cloudfront_distribution.frankfurt_looked_up": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

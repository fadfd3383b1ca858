// The policy hsts-enabled, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/hsts-enabled.ts";
import type { Hsts } from "../../src/facts/endpoint.ts";
import { optionsOf } from "../../src/policy.ts";
import { endpoint, header, known, route, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

const sending = (...headers: Partial<Hsts>[]) =>
  endpoint({ routes: headers.map((hsts) => route({ hsts: { ...header, ...hsts } })) });

testPolicy(policy, {
  pass: {
    "a year": sending({ maxAge: known(31_536_000) }),
    "two years": sending({ maxAge: known(63_072_000) }),
    "a sensitive year": sending({ maxAge: sensitive(31_536_000) }),
  },
  fail: {
    "no header": sending({ maxAge: known(0) }),
    "a second less than a year": sending({ maxAge: known(31_535_999) }),
    "no header on one of two routes": sending({}, { maxAge: known(0) }),
    "a sensitive day": sending({ maxAge: sensitive(86_400) }),
  },
  unknown: {
    "a time that is known after apply": sending({ maxAge: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ routes: [route({ hsts: undefined })] }),
    "no routes": sending(),
  },
  plan: {
    "aws_cloudfront_distribution.by_managed_policy": "pass",
    "aws_cloudfront_distribution.missing": "fail",
    "aws_cloudfront_distribution.by_own_policy": "pass",
    "aws_cloudfront_distribution.by_managed_policy_looked_up": "pass",
    "aws_cloudfront_distribution.by_managed_policy_without_hsts": "fail",
    "aws_cloudfront_distribution.by_own_policy_without_hsts": "fail",
    "aws_cloudfront_distribution.too_short": "fail",
    "aws_cloudfront_distribution.missing_on_one_path": "fail",
    "aws_cloudfront_distribution.by_function": "pass",
    "aws_cloudfront_distribution.by_function_on_requests": "fail",
    "aws_cloudfront_distribution.by_function_from_outside": "unknown",
    "aws_cloudfront_distribution.by_policy_from_outside": "unknown",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

test.each([
  [0, "sends no HSTS on *"],
  [1, "sends HSTS for only 1 seconds on *"],
  [86_400, "sends HSTS for only 86400 seconds on *"],
])("max-age=%i: %s", (seconds, message) => {
  expect(policy.evaluate(sending({ maxAge: known(seconds) }), optionsOf(policy))).toMatchObject([{ message }]);
});

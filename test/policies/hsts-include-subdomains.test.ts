// The policy hsts-include-subdomains, on endpoints made up and on a real plan.

import policy from "../../policies/hsts-include-subdomains.ts";
import type { Hsts } from "../../src/facts/endpoint.ts";
import { endpoint, header, known, route, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

const sending = (...headers: Partial<Hsts>[]) =>
  endpoint({ routes: headers.map((hsts) => route({ hsts: { ...header, ...hsts } })) });

testPolicy(policy, {
  pass: {
    "with subdomains": sending({ includeSubDomains: known(true) }),
    "with subdomains, sensitive": sending({ includeSubDomains: sensitive(true) }),
  },
  fail: {
    "without subdomains": sending({ includeSubDomains: known(false) }),
    "without subdomains on one of two routes": sending({}, { includeSubDomains: known(false) }),
    "without subdomains, for a time known after apply": sending({ maxAge: unknown, includeSubDomains: known(false) }),
    "without subdomains, sensitive": sending({ includeSubDomains: sensitive(false) }),
  },
  unknown: {
    "known after apply": sending({ includeSubDomains: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ routes: [route({ hsts: undefined })] }),
    "no header": sending({ maxAge: known(0), includeSubDomains: known(false) }),
  },
  plan: {
    "aws_cloudfront_distribution.with_subdomains": "pass",
    "aws_cloudfront_distribution.by_managed_policy": "fail",
    "aws_cloudfront_distribution.host_only": "fail",
    "aws_cloudfront_distribution.left_out": "fail",
    "aws_cloudfront_distribution.host_only_on_one_path": "fail",
    "aws_cloudfront_distribution.by_function": "pass",
    "aws_cloudfront_distribution.after_apply": "unknown",
    "aws_cloudfront_distribution.by_policy_from_outside": "unknown",
  },
});

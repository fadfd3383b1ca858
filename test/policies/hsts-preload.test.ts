// The policy hsts-preload, on endpoints made up and on a real plan.

import policy from "../../policies/hsts-preload.ts";
import type { Hsts } from "../../src/facts/endpoint.ts";
import { endpoint, header, known, route, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

const sending = (...headers: Partial<Hsts>[]) =>
  endpoint({ routes: headers.map((hsts) => route({ hsts: { ...header, ...hsts } })) });

testPolicy(policy, {
  pass: {
    "all that the list asks for": sending({}),
    "all of it, sensitive": sending({ preload: sensitive(true) }),
  },
  fail: {
    "without preload": sending({ preload: known(false) }),
    "without subdomains": sending({ includeSubDomains: known(false) }),
    "for less than a year": sending({ maxAge: known(31_535_999) }),
    "without preload, the rest known after apply": sending({ preload: known(false), includeSubDomains: unknown }),
    "without subdomains, the rest known after apply": sending({ preload: unknown, includeSubDomains: known(false) }),
    "without preload on one of two routes": sending({}, { preload: known(false) }),
    "no header": sending({ maxAge: known(0), includeSubDomains: known(false), preload: known(false) }),
    "without preload, sensitive": sending({ preload: sensitive(false) }),
  },
  unknown: {
    "preload that is known after apply": sending({ preload: unknown }),
    "subdomains that are known after apply": sending({ includeSubDomains: unknown }),
    "a time that is known after apply": sending({ maxAge: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ routes: [route({ hsts: undefined })] }),
  },
  plan: {
    "aws_cloudfront_distribution.ready": "pass",
    "aws_cloudfront_distribution.without_preload": "fail",
    "aws_cloudfront_distribution.without_subdomains": "fail",
    "aws_cloudfront_distribution.too_short": "fail",
    "aws_cloudfront_distribution.by_managed_policy": "fail",
    "aws_cloudfront_distribution.by_function": "pass",
    "aws_cloudfront_distribution.after_apply": "unknown",
    "aws_cloudfront_distribution.by_policy_from_outside": "unknown",
    "aws_cloudfront_distribution.no_hsts": "fail",
  },
});

// The policy sni-only, on endpoints made up and on a real plan.

import policy from "../../policies/sni-only.ts";
import { endpoint, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "by name": endpoint({ sni: known(true) }),
    "by name, sensitive": endpoint({ sni: sensitive(true) }),
  },
  fail: {
    "by address": endpoint({ sni: known(false) }),
    "by address, sensitive": endpoint({ sni: sensitive(false) }),
  },
  unknown: {
    "known after apply": endpoint({ sni: unknown }),
  },
  silent: {
    "no certificate of its own": endpoint({ sni: undefined }),
  },
  plan: {
    "aws_cloudfront_distribution.by_name": "pass",
    "aws_cloudfront_distribution.dedicated_addresses": "fail",
    "aws_cloudfront_distribution.static_addresses": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

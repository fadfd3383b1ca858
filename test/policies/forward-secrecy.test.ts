// The policy forward-secrecy, on endpoints made up and on a real plan.

import policy from "../../policies/forward-secrecy.ts";
import { endpoint, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "ephemeral keys only": endpoint({ forwardSecrecy: known(true) }),
    "ephemeral keys only, sensitive": endpoint({ forwardSecrecy: sensitive(true) }),
  },
  fail: {
    "some without ephemeral keys": endpoint({ forwardSecrecy: known(false) }),
    "some without ephemeral keys, sensitive": endpoint({ forwardSecrecy: sensitive(false) }),
  },
  unknown: {
    "known after apply": endpoint({ forwardSecrecy: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ forwardSecrecy: undefined }),
  },
  plan: {
    "aws_cloudfront_distribution.ephemeral_keys": "pass",
    "aws_cloudfront_distribution.rsa_key_transport": "fail",
    "aws_cloudfront_distribution.with_cbc": "pass",
    "aws_cloudfront_distribution.left_out": "fail",
    "aws_cloudfront_distribution.own_certificate": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

// The policy strong-ciphers, on endpoints made up and on a real plan.

import policy from "../../policies/strong-ciphers.ts";
import { endpoint, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "AEAD only": endpoint({ aeadOnly: known(true) }),
    "AEAD only, sensitive": endpoint({ aeadOnly: sensitive(true) }),
  },
  fail: {
    "some without AEAD": endpoint({ aeadOnly: known(false) }),
    "some without AEAD, sensitive": endpoint({ aeadOnly: sensitive(false) }),
  },
  unknown: {
    "known after apply": endpoint({ aeadOnly: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ aeadOnly: undefined }),
  },
  plan: {
    "aws_cloudfront_distribution.aead_only": "pass",
    "aws_cloudfront_distribution.with_cbc": "fail",
    "aws_cloudfront_distribution.rsa_key_transport": "fail",
    "aws_cloudfront_distribution.left_out": "fail",
    "aws_cloudfront_distribution.own_certificate": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

// The policy certificate-present, on endpoints made up and on a real plan.

import policy from "../../policies/certificate-present.ts";
import { endpoint, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "a certificate of its own": endpoint({ certificate: known("own") }),
    "the provider's name and certificate": endpoint({ names: [], certificate: known("provider") }),
    "a sensitive certificate of its own": endpoint({ certificate: sensitive("own") }),
  },
  fail: {
    "no certificate": endpoint({ certificate: known("missing") }),
    "a sensitive lack of a certificate": endpoint({ certificate: sensitive("missing") }),
  },
  unknown: {
    "a certificate that is known after apply": endpoint({ certificate: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ certificate: undefined }),
  },
  plan: {
    "aws_cloudfront_distribution.own_certificate": "pass",
    "aws_cloudfront_distribution.missing": "fail",
    "aws_cloudfront_distribution.without_own_names": "pass",
    "aws_cloudfront_distribution.certificate_of_iam": "pass",
    "aws_cloudfront_distribution.certificate_from_outside": "pass",
    "aws_cloudfront_distribution.names_after_apply": "unknown",
    "aws_cloudfront_distribution.certificate_after_apply": "unknown",
  },
});

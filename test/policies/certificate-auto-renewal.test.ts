// The policy certificate-auto-renewal, on certificates made up and on a real plan.

import policy from "../../policies/certificate-auto-renewal.ts";
import { certificate, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "renewal by the provider": certificate({ renewal: known("automatic") }),
    "a sensitive renewal by the provider": certificate({ renewal: sensitive("automatic") }),
  },
  fail: {
    "renewal by email": certificate({ renewal: known("by email") }),
    "renewal by import": certificate({ renewal: known("by import") }),
    "a sensitive renewal by email": certificate({ renewal: sensitive("by email") }),
  },
  unknown: {
    "a renewal that is known after apply": certificate({ renewal: unknown }),
  },
  plan: {
    "aws_acm_certificate.by_dns": "pass",
    "aws_acm_certificate.by_email": "fail",
    "aws_acm_certificate.imported": "fail",
    "aws_iam_server_certificate.imported": "fail",
    "aws_acm_certificate.private": "pass",
    "aws_acm_certificate.after_apply": "unknown",
    "aws_cloudfront_distribution.certificate_from_outside": "unknown",
  },
});

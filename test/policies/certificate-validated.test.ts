// The policy certificate-validated, on endpoints made up and on a real plan.

import policy from "../../policies/certificate-validated.ts";
import { endpoint, known, sensitive, unknown, use } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "an issued certificate": endpoint({ certificates: [use({ ready: known(true) })] }),
    "a sensitive issued certificate": endpoint({ certificates: [use({ ready: sensitive(true) })] }),
  },
  fail: {
    "a pending certificate": endpoint({ certificates: [use({ ready: known(false) })] }),
    "a pending certificate beside an issued one": endpoint({ certificates: [use(), use({ ready: known(false) })] }),
    "a sensitive pending certificate": endpoint({ certificates: [use({ ready: sensitive(false) })] }),
  },
  unknown: {
    "a certificate that is known after apply": endpoint({ certificates: [use({ ready: unknown })] }),
  },
  silent: {
    "no certificate of its own": endpoint({ certificates: [] }),
  },
  plan: {
    "aws_cloudfront_distribution.waits": "pass",
    "aws_cloudfront_distribution.does_not_wait": "fail",
    "aws_cloudfront_distribution.waits_by_depends_on": "pass",
    "aws_cloudfront_distribution.waits_for_another": "fail",
    "aws_cloudfront_distribution.without_validation": "fail",
    "aws_cloudfront_distribution.waits_in_module": "pass",
    "aws_cloudfront_distribution.does_not_wait_for_module": "fail",
    "aws_cloudfront_distribution.waits_for_module_by_depends_on": "pass",
    "aws_cloudfront_distribution.issued": "pass",
    "aws_cloudfront_distribution.imported": "pass",
    "aws_cloudfront_distribution.private": "pass",
    "aws_cloudfront_distribution.looked_up": "pass",
    "aws_cloudfront_distribution.certificate_from_outside": "unknown",
  },
});

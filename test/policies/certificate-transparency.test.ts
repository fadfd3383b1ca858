// The policy certificate-transparency, on certificates made up and on a real plan.

import policy from "../../policies/certificate-transparency.ts";
import { certificate, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "a logged one": certificate({ transparency: known(true) }),
    "a sensitive logged one": certificate({ transparency: sensitive(true) }),
  },
  fail: {
    "one kept out of the logs": certificate({ transparency: known(false) }),
    "a sensitive one kept out of the logs": certificate({ transparency: sensitive(false) }),
  },
  unknown: {
    "logging that is known after apply": certificate({ transparency: unknown }),
  },
  silent: {
    "one whose issuer alone decides": certificate({ transparency: undefined }),
  },
  // ACM logs every certificate, and of the others no plan shows whether they are logged.
  neverFailsInPlans: true,
  plan: {
    "aws_acm_certificate.logged": "pass",
    "aws_acm_certificate.opting_out": "pass",
    "aws_acm_certificate.left_out": "pass",
    "aws_acm_certificate.after_apply": "unknown",
    "aws_cloudfront_distribution.certificate_from_outside": "unknown",
  },
});

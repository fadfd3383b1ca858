// The policy certificate-key-strength, on certificates made up and on a real plan.

import policy from "../../policies/certificate-key-strength.ts";
import { certificate, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "RSA 2048": certificate({ key: known({ algorithm: "RSA", size: 2048 }) }),
    "RSA 4096": certificate({ key: known({ algorithm: "RSA", size: 4096 }) }),
    "ECDSA 256": certificate({ key: known({ algorithm: "ECDSA", size: 256 }) }),
    "a sensitive ECDSA 384": certificate({ key: sensitive({ algorithm: "ECDSA", size: 384 }) }),
  },
  fail: {
    "RSA 1024": certificate({ key: known({ algorithm: "RSA", size: 1024 }) }),
    "RSA 2047": certificate({ key: known({ algorithm: "RSA", size: 2047 }) }),
    "ECDSA 224": certificate({ key: known({ algorithm: "ECDSA", size: 224 }) }),
    "ECDSA 255": certificate({ key: known({ algorithm: "ECDSA", size: 255 }) }),
    "a sensitive RSA 1024": certificate({ key: sensitive({ algorithm: "RSA", size: 1024 }) }),
  },
  unknown: {
    "a key that is known after apply": certificate({ key: unknown }),
  },
  plan: {
    "aws_acm_certificate.ecdsa_256": "pass",
    "aws_acm_certificate.imported_rsa_1024": "fail",
    "aws_acm_certificate.imported_ecdsa_256": "pass",
    "aws_acm_certificate.rsa_1024": "fail",
    "aws_acm_certificate.left_out": "pass",
    "aws_iam_server_certificate.imported_rsa_1024": "fail",
    "aws_iam_server_certificate.imported_ecdsa_256": "pass",
    "aws_acm_certificate.after_apply": "unknown",
    "aws_acm_certificate.imported_after_apply": "unknown",
    "aws_cloudfront_distribution.certificate_from_outside": "unknown",
  },
});

// The policy modern-http, on endpoints made up and on a real plan.

import policy from "../../policies/modern-http.ts";
import { endpoint, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "HTTP/2": endpoint({ httpVersions: known(["HTTP/1.1", "HTTP/2"]) }),
    "HTTP/3": endpoint({ httpVersions: known(["HTTP/1.1", "HTTP/3"]) }),
    "a sensitive HTTP/2": endpoint({ httpVersions: sensitive(["HTTP/1.1", "HTTP/2"]) }),
  },
  fail: {
    "HTTP/1.1 alone": endpoint({ httpVersions: known(["HTTP/1.1"]) }),
    "a sensitive HTTP/1.1 alone": endpoint({ httpVersions: sensitive(["HTTP/1.1"]) }),
  },
  unknown: {
    "versions that are known after apply": endpoint({ httpVersions: unknown }),
  },
  silent: {
    "an endpoint without a choice": endpoint({ httpVersions: undefined }),
  },
  plan: {
    "aws_cloudfront_distribution.http_2_and_3": "pass",
    "aws_cloudfront_distribution.http_1": "fail",
    "aws_cloudfront_distribution.http_3": "pass",
    "aws_cloudfront_distribution.left_out": "pass",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

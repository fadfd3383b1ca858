// The policy origin-minimum-tls-1-2, on endpoints made up and on a real plan.

import policy from "../../policies/origin-minimum-tls-1-2.ts";
import { endpoint, known, sensitive, unknown, upstream } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "TLS 1.2": endpoint({ upstreams: [upstream({ minimumTls: known("TLS 1.2") })] }),
    "TLS 1.3": endpoint({ upstreams: [upstream({ minimumTls: known("TLS 1.3") })] }),
    "a sensitive TLS 1.2": endpoint({ upstreams: [upstream({ minimumTls: sensitive("TLS 1.2") })] }),
  },
  fail: {
    SSLv3: endpoint({ upstreams: [upstream({ minimumTls: known("SSLv3") })] }),
    "TLS 1.1": endpoint({ upstreams: [upstream({ minimumTls: known("TLS 1.1") })] }),
    "TLS 1.0 to the second of two": endpoint({ upstreams: [upstream(), upstream({ minimumTls: known("TLS 1.0") })] }),
    "a sensitive TLS 1.0": endpoint({ upstreams: [upstream({ minimumTls: sensitive("TLS 1.0") })] }),
  },
  unknown: {
    "a floor that is known after apply": endpoint({ upstreams: [upstream({ minimumTls: unknown })] }),
  },
  silent: {
    "a floor that the provider alone decides": endpoint({ upstreams: [upstream({ minimumTls: undefined })] }),
    "no origin": endpoint({ upstreams: [] }),
  },
  plan: {
    "aws_cloudfront_distribution.modern": "pass",
    "aws_cloudfront_distribution.outdated": "fail",
    "aws_cloudfront_distribution.second_origin_outdated": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

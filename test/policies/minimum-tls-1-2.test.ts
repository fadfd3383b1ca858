// The policy minimum-tls-1-2, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/minimum-tls-1-2.ts";
import { endpoint, known, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    "TLS 1.2": endpoint({ minimumTls: known("TLS 1.2") }),
    "TLS 1.3": endpoint({ minimumTls: known("TLS 1.3") }),
    "a sensitive TLS 1.2": endpoint({ minimumTls: sensitive("TLS 1.2") }),
  },
  fail: {
    SSLv3: endpoint({ minimumTls: known("SSLv3") }),
    "TLS 1.1": endpoint({ minimumTls: known("TLS 1.1") }),
    "a sensitive TLS 1.0": endpoint({ minimumTls: sensitive("TLS 1.0") }),
  },
  unknown: {
    "a floor that is known after apply": endpoint({ minimumTls: unknown }),
  },
  silent: {
    "plain HTTP alone": endpoint({ minimumTls: undefined }),
  },
  plan: {
    "aws_cloudfront_distribution.modern": "pass",
    "aws_cloudfront_distribution.outdated": "fail",
    "aws_cloudfront_distribution.left_out": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
    "aws_cloudfront_distribution.own_certificate": "fail",
  },
});

test("takes no older minimum than TLS 1.2, which a configuration could set by mistake", () => {
  expect(policy.options?.minimum?.allowed).toEqual(["TLS 1.2", "TLS 1.3"]);
});

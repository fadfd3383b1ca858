// The policy https-only, on endpoints made up and on a real plan.

import policy from "../../policies/https-only.ts";
import { text } from "../../src/text.ts";
import { endpoint, known, route, sensitive, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  pass: {
    redirected: endpoint({ routes: [route({ plainHttp: known("redirected") })] }),
    refused: endpoint({ routes: [route({ plainHttp: known("refused") })] }),
    "HTTPS redirected to HTTPS": endpoint({ routes: [route({ redirectsTo: known("https") })] }),
    "a sensitive redirect": endpoint({ routes: [route({ plainHttp: sensitive("redirected") })] }),
  },
  fail: {
    served: endpoint({ routes: [route({ plainHttp: known("served") })] }),
    "served on one route": endpoint({
      routes: [route(), route({ path: text`/status/*`, plainHttp: known("served") })],
    }),
    "served on one route, unknown on another": endpoint({
      routes: [route({ plainHttp: unknown }), route({ path: text`/status/*`, plainHttp: known("served") })],
    }),
    "HTTPS redirected to plain HTTP": endpoint({ routes: [route({ redirectsTo: known("http") })] }),
    "a sensitive redirect of HTTPS": endpoint({ routes: [{ path: text`/old`, redirectsTo: sensitive("http") }] }),
    "a sensitive permission": endpoint({ routes: [route({ plainHttp: sensitive("served") })] }),
  },
  unknown: {
    "redirected to what is known after apply": endpoint({ routes: [route({ redirectsTo: unknown })] }),
    "known after apply": endpoint({ routes: [route({ plainHttp: unknown })] }),
    "known after apply on one route": endpoint({
      routes: [route(), route({ path: text`/status/*`, plainHttp: unknown })],
    }),
  },
  silent: {
    "no routes": endpoint({ routes: [] }),
  },
  plan: {
    "aws_cloudfront_distribution.redirected": "pass",
    "aws_cloudfront_distribution.served": "fail",
    "aws_cloudfront_distribution.refused": "pass",
    "aws_cloudfront_distribution.served_on_one_path": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
    "aws_cloudfront_distribution.after_apply_on_one_path": "unknown",
  },
});

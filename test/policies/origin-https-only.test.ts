// The policy origin-https-only, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/origin-https-only.ts";
import { optionsOf } from "../../src/policy.ts";
import { text } from "../../src/text.ts";
import { endpoint, known, route, sensitive, unknown, upstream } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

const served = route({ plainHttp: known("served") });
const asViewer = upstream({ protocol: known("viewer") });

testPolicy(policy, {
  pass: {
    HTTPS: endpoint({ upstreams: [upstream({ protocol: known("https") })] }),
    "HTTPS while viewers are served plain HTTP": endpoint({ routes: [served], upstreams: [upstream()] }),
    "as the viewer, who is redirected": endpoint({ upstreams: [asViewer] }),
    "as the viewer, who is served plain HTTP on a route that leads elsewhere": endpoint({
      routes: [route(), { ...served, path: text`/status/*` }],
      upstreams: [asViewer],
    }),
    "HTTPS whose certificate is checked": endpoint({ upstreams: [upstream({ certificate: known("verified") })] }),
    "a sensitive HTTPS": endpoint({ upstreams: [upstream({ protocol: sensitive("https") })] }),
  },
  fail: {
    "plain HTTP": endpoint({ upstreams: [upstream({ protocol: known("http") })] }),
    "plain HTTP to the second of two": endpoint({ upstreams: [upstream(), upstream({ protocol: known("http") })] }),
    "as the viewer, who is served plain HTTP": endpoint({ routes: [served], upstreams: [asViewer] }),
    "as the viewer, who is served plain HTTP on some route, and where no route leads here": endpoint({
      routes: [served],
      upstreams: [{ ...asViewer, routes: [] }],
    }),
    "as the viewer, who is served plain HTTP on one route and maybe on another": endpoint({
      routes: [route({ plainHttp: unknown }), { ...served, path: text`/status/*` }],
      upstreams: [{ ...asViewer, routes: [text`*`, text`/status/*`] }],
    }),
    "HTTPS whose certificate nobody checks": endpoint({
      upstreams: [upstream({ certificate: known("not verified") })],
    }),
    "as the viewer, who is redirected, and whose certificate nobody checks": endpoint({
      upstreams: [{ ...asViewer, certificate: known("not verified") }],
    }),
    "a sensitive plain HTTP": endpoint({ upstreams: [upstream({ protocol: sensitive("http") })] }),
  },
  unknown: {
    "a protocol that is known after apply": endpoint({ upstreams: [upstream({ protocol: unknown })] }),
    "HTTPS, and it is known after apply whether its certificate is checked": endpoint({
      upstreams: [upstream({ certificate: unknown })],
    }),
    "as the viewer, of whom the plan does not tell what becomes of plain HTTP": endpoint({
      routes: [{ path: text`*` }],
      upstreams: [asViewer],
    }),
    "as the viewer, of whom it is known after apply": endpoint({
      routes: [route({ plainHttp: unknown })],
      upstreams: [asViewer],
    }),
  },
  silent: {
    "no origin": endpoint({ upstreams: [] }),
  },
  plan: {
    "aws_cloudfront_distribution.encrypted": "pass",
    "aws_cloudfront_distribution.plain": "fail",
    "aws_cloudfront_distribution.match_viewer_redirected": "pass",
    "aws_cloudfront_distribution.match_viewer_served": "fail",
    "aws_cloudfront_distribution.match_viewer_served_elsewhere": "pass",
    "aws_cloudfront_distribution.match_viewer_in_group": "fail",
    "aws_cloudfront_distribution.bucket": "pass",
    "aws_cloudfront_distribution.bucket_unsigned": "fail",
    "aws_cloudfront_distribution.website": "fail",
    "aws_cloudfront_distribution.website_by_reference": "fail",
    "aws_cloudfront_distribution.after_apply": "unknown",
  },
});

test.each<[string, "viewer" | "http", string]>([
  ["the viewer's", "viewer", "uses plain HTTP to api, as some viewers do"],
  ["always plain HTTP", "http", "uses plain HTTP to api"],
])("the protocol is %s", (_, protocol, message) => {
  const judged = endpoint({
    routes: [route({ plainHttp: known("served") })],
    upstreams: [upstream({ protocol: known(protocol) })],
  });
  expect(policy.evaluate(judged, optionsOf(policy))).toContainEqual(expect.objectContaining({ message }));
});

// The policy private-hop-https, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/private-hop-https.ts";
import { profiles } from "../../policies/profiles.ts";
import type { Upstream } from "../../src/facts/endpoint.ts";
import { optionsOf } from "../../src/policy.ts";
import { endpoint, known, route, sensitive, unknown, upstream } from "../support/endpoint.ts";
import { findings } from "../support/plans.ts";
import { testPolicy } from "../support/policy.ts";

const to = (changes: Partial<Upstream>) => endpoint({ upstreams: [upstream({ reach: "private", ...changes })] });

testPolicy(policy, {
  pass: {
    HTTPS: to({ protocol: known("https") }),
    "HTTPS whose certificate is checked": to({ certificate: known("verified") }),
    "HTTPS, of which the provider alone decides the version": to({ minimumTls: undefined }),
    "as the viewer, who is redirected": to({ protocol: known("viewer") }),
    "a sensitive HTTPS": to({ protocol: sensitive("https") }),
  },
  fail: {
    "plain HTTP": to({ protocol: known("http") }),
    "as the viewer, who is served plain HTTP": {
      ...to({ protocol: known("viewer") }),
      routes: [route({ plainHttp: known("served") })],
    },
    "HTTPS whose certificate nobody checks": to({ certificate: known("not verified") }),
    "HTTPS with an old version": to({ minimumTls: known("TLS 1.1") }),
    "a sensitive plain HTTP": to({ protocol: sensitive("http") }),
  },
  unknown: {
    "a protocol that is known after apply": to({ protocol: unknown }),
    "a version that is known after apply": to({ minimumTls: unknown }),
    "a certificate of which it is known after apply whether it is checked": to({ certificate: unknown }),
  },
  silent: {
    "no target": endpoint({ upstreams: [] }),
    "a public origin": endpoint({ upstreams: [upstream({ reach: "public", protocol: known("http") })] }),
  },
  plan: {
    "aws_lb_target_group.encrypted": "pass",
    "aws_lb_target_group.plain": "fail",
    "aws_lb_target_group.after_apply": "unknown",
    "aws_cloudfront_vpc_origin.encrypted": "pass",
    "aws_cloudfront_vpc_origin.plain": "fail",
    "aws_cloudfront_vpc_origin.old": "fail",
    'aws_apigatewayv2_integration.private["encrypted"]': "pass",
    'aws_apigatewayv2_integration.private["plain"]': "fail",
  },
});

test("only strict makes it mandatory", () => {
  const enforcement = Object.entries(profiles).map(([name, profile]) => [
    name,
    profile.enforcement[policy.id as never],
  ]);
  expect(Object.fromEntries(enforcement)).toEqual({
    recommended: "advisory",
    strict: "mandatory",
    "apple-ats": "advisory",
    "hsts-preload": "advisory",
  });
});

test("the policies of public origins say nothing of private targets", () => {
  const others = findings("private-hop-https").filter(({ policy: id }) => id.startsWith("origin-"));
  expect(new Set(others.map(({ address }) => address))).toEqual(new Set(["aws_cloudfront_distribution.site"]));
});

test.each<[string, "viewer" | "http", string]>([
  ["the viewer's", "viewer", "uses plain HTTP to api, as some viewers do"],
  ["always plain HTTP", "http", "uses plain HTTP to api"],
])("the protocol is %s", (_, protocol, message) => {
  const judged = endpoint({
    routes: [route({ plainHttp: known("served") })],
    upstreams: [upstream({ protocol: known(protocol), reach: "private" })],
  });
  expect(policy.evaluate(judged, optionsOf(policy))).toContainEqual(expect.objectContaining({ message }));
});

// What an edit of an app changes: nothing that it does not name, and nothing is replaced that can be updated.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LambdaFunctionUrl } from "@cdktf/provider-aws/lib/lambda-function-url/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import { Certificate } from "../../modules/certificate.ts";
import { type BehaviorOptions, Distribution, type DistributionProps } from "../../modules/distribution.ts";
import { Origin } from "../../modules/origin.ts";
import { PrivateBucket } from "../../modules/private-bucket.ts";
import { SecurityHeaders } from "../../modules/security-headers.ts";
import { synth } from "./synth.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is synthesised has no type.
type Values = any;

const balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef";

/** The resources of a distribution, by type and name, and the distribution itself. */
function written(make: (stack: TerraformStack) => Partial<DistributionProps>): readonly [Values, Values] {
  const directory = synth((stack) => {
    new Distribution(stack, "cdn", {
      domains: ["example.com"],
      certificate: Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/1"),
      origin: Origin.https("backend.example.com"),
      ...make(stack),
    } as DistributionProps);
  });
  const { resource } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
  const { aws_cloudfront_distribution: distributions, ...others } = resource;
  return [Object.values(distributions)[0], others];
}

const idsOf = (make: (stack: TerraformStack) => Partial<DistributionProps>): string[] =>
  written(make)[0].origin.map((one: Values) => one.origin_id);

describe("the id of an origin", () => {
  const server = Origin.https("backend.example.com");

  test.each<[string, (stack: TerraformStack) => Origin, string]>([
    ["a host", () => server, "https-backend.example.com"],
    [
      "a host with a port and a path",
      () => Origin.https("backend.example.com", { port: 8443, path: "/v1" }),
      "https-backend.example.com:8443/v1",
    ],
    ["a bucket of ours", (stack) => Origin.s3(new PrivateBucket(stack, "files"), { path: "/www" }), "s3-files/www"],
    ["a bucket of the provider's", (stack) => Origin.s3(new S3Bucket(stack, "own", {})), "s3-own"],
    [
      "a bucket of elsewhere",
      () => Origin.s3({ bucketRegionalDomainName: "b.s3.eu-west-1.amazonaws.com", arn: "arn:aws:s3:::b" }),
      "s3-b.s3.eu-west-1.amazonaws.com",
    ],
    [
      "a function's URL",
      (stack) =>
        Origin.lambdaUrl(
          new LambdaFunctionUrl(stack, "orders", { functionName: "orders", authorizationType: "AWS_IAM" }),
        ),
      "lambda-orders",
    ],
    ["a private load balancer", () => Origin.vpc(balancer, "inside.example.com"), "vpc-inside.example.com"],
    [
      "a pair",
      () => Origin.failover(server, Origin.https("backup.example.com")),
      "failover-https-backend.example.com-https-backup.example.com",
    ],
    ["one with a name", () => Origin.https("backend.example.com", { id: "orders" }), "orders"],
  ])("says what it is: %s", (_, make, id) => {
    const [cdn] = written((stack) => ({ origin: make(stack) }));
    expect(cdn.default_cache_behavior.target_origin_id).toBe(id);
  });

  test("of a token is its expression's, the same in each synthesis", () => {
    const make = (stack: TerraformStack) => ({
      origin: Origin.https(new TerraformVariable(stack, "host", {}).stringValue, {
        port: new TerraformVariable(stack, "port", {}).numberValue,
        path: new TerraformVariable(stack, "path", {}).stringValue as `/${string}`,
      }),
    });
    const [id] = idsOf(make);
    expect(id).toMatch(/^https-[0-9a-f]{10}:[0-9a-f]{20}$/);
    expect(
      idsOf((stack) => {
        expect(new TerraformVariable(stack, "before", {}).stringValue).toContain("Token");
        return make(stack);
      }),
    ).toEqual([id]);
  });

  test("is at most 128 characters long", () => {
    const host = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.example.com`;
    const [id = ""] = idsOf(() => ({ origin: Origin.https(host) }));
    expect(id).toHaveLength(128);
  });

  test("stays when another behavior comes before it, with all that is made for the origin", () => {
    const behaviors = {
      "/inside/*": { origin: Origin.vpc(balancer, "inside.example.com") },
      "/orders/*": {
        origin: Origin.lambdaUrl({ functionUrl: "https://a.lambda-url.eu-west-1.on.aws/", functionName: "orders" }),
      },
    };
    const [before, made] = written(() => ({ behaviors }));
    const [after, remade] = written(() => ({
      behaviors: { "/first/*": { origin: Origin.https("first.example.com") }, ...behaviors },
    }));
    expect(after.origin).toEqual(expect.arrayContaining(before.origin));
    expect(after.ordered_cache_behavior.slice(1)).toEqual(before.ordered_cache_behavior);
    expect(remade).toEqual(made);
    expect(Object.keys(made).sort()).toEqual([
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_response_headers_policy",
      "aws_cloudfront_vpc_origin",
      "aws_lambda_permission",
    ]);
  });

  test("is one for equal settings: the origin is listed once", () => {
    const behaviors = { "/a": { origin: Origin.https("backend.example.com") } };
    expect(idsOf(() => ({ behaviors }))).toEqual(["https-backend.example.com"]);
  });

  test("asks for a name where only other settings tell two apart", () => {
    const slow = (id?: string) => ({
      behaviors: {
        "/slow/*": { origin: Origin.https("backend.example.com", { readTimeout: 60, ...(id ? { id } : {}) }) },
      },
    });
    expect(() => written(() => slow())).toThrow(
      'Two origins with different settings are called https-backend.example.com: give one of them a name of its own, { id: "…" }.',
    );
    expect(idsOf(() => slow("slow"))).toEqual(["https-backend.example.com", "slow"]);
  });

  test("of a private load balancer that serves two paths is two ids and one VPC origin", () => {
    const behaviors = {
      "/a/*": { origin: Origin.vpc(balancer, "inside.example.com", { path: "/a" }) },
      "/b/*": { origin: Origin.vpc(balancer, "inside.example.com", { path: "/b" }) },
    };
    const [, { aws_cloudfront_vpc_origin: made }] = written(() => ({ behaviors }));
    expect(Object.keys(made)).toHaveLength(1);
  });
});

describe("an edit of", () => {
  const run = (code: string): Partial<DistributionProps> => ({ viewerRequest: { code } });

  test("the code of a function updates it, and leaves the distribution as it is", () => {
    const [before, { aws_cloudfront_function: made }] = written(() => run("function handler(e) { return e.request }"));
    const [after, { aws_cloudfront_function: edited }] = written(() =>
      run("function handler(e) { return e.request; }"),
    );
    expect(after).toEqual(before);
    const withoutCode = (all: Values) => JSON.parse(JSON.stringify(all, (key, value) => (key === "code" ? "" : value)));
    expect(withoutCode(edited)).toEqual(withoutCode(made));
    expect(edited).not.toEqual(made);
  });

  test("response headers updates their policy, and leaves the distribution as it is", () => {
    const headed = (csp: string) => written(() => ({ headers: SecurityHeaders.strict({ csp }) }));
    const [before, { aws_cloudfront_response_headers_policy: made }] = headed("default-src 'self'");
    const [after, { aws_cloudfront_response_headers_policy: edited }] = headed("default-src 'none'");
    expect(after).toEqual(before);
    expect(Object.keys(edited)).toEqual(Object.keys(made));
  });

  test("one path makes functions and policies of its own, and changes no other's", () => {
    const paths = (own: BehaviorOptions) => written(() => ({ behaviors: { "/a/*": own, "/b/*": {} } }));
    const [before] = paths({});
    const [after, { aws_cloudfront_function: functions, aws_cloudfront_response_headers_policy: policies }] = paths({
      viewerResponse: { code: "function handler(e) { return e.response; }" },
      headers: SecurityHeaders.api(),
    });
    expect(after.default_cache_behavior).toEqual(before.default_cache_behavior);
    expect(after.ordered_cache_behavior[1]).toEqual(before.ordered_cache_behavior[1]);
    expect(Object.keys(functions)).toHaveLength(1);
    expect(Object.keys(policies)).toHaveLength(2);
  });
});

test("a path has none of the distribution's functions, and all else of it", () => {
  const lambda = { versionArn: "arn:aws:lambda:us-east-1:123456789012:function:rewrite:7" } as const;
  const [cdn] = written(() => ({
    viewerRequest: { code: "function handler(e) { return e.request; }" },
    viewerResponse: { code: "function handler(e) { return e.response; }" },
    originRequest: lambda,
    originResponse: lambda,
    methods: "read-options",
    behaviors: { "/api/*": {} },
  }));
  const [api] = cdn.ordered_cache_behavior;
  expect(cdn.default_cache_behavior.function_association).toHaveLength(2);
  expect(cdn.default_cache_behavior.lambda_function_association).toHaveLength(2);
  expect([api.function_association, api.lambda_function_association]).toEqual([[], []]);
  expect(api.allowed_methods).toEqual(cdn.default_cache_behavior.allowed_methods);
  expect(api.response_headers_policy_id).toBe(cdn.default_cache_behavior.response_headers_policy_id);
});

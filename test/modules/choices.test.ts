// What the constructs offer beside their defaults, as they write it; plans.test.ts plans the same, and judges it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl/index.js";
import type { TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import { Api } from "../../modules/api-endpoint.ts";
import { Certificate } from "../../modules/certificate.ts";
import { type BehaviorOptions, Distribution, type EdgeLambda } from "../../modules/distribution.ts";
import { HttpsListener, type HttpsListenerProps } from "../../modules/https-listener.ts";
import { Logs } from "../../modules/logs.ts";
import { Origin } from "../../modules/origin.ts";
import { PrivateBucket } from "../../modules/private-bucket.ts";
import { hasResourceRegion } from "../../modules/provider-line.ts";
import { Redirect } from "../../modules/redirect.ts";
import { SecurityHeaders } from "../../modules/security-headers.ts";
import { StaticWebsite } from "../../modules/static-website.ts";
import { UsEast1 } from "../../modules/us-east-1.ts";
import { synth } from "./synth.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is synthesised has no type.
type Values = any;

const zones = { "example.com": "Z1" };
const domains = ["example.com"] as const;
const origin = Origin.https("backend.example.com");
const certificate = Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/1");
const lambda: EdgeLambda = { versionArn: "arn:aws:lambda:us-east-1:123456789012:function:check:7" };
const code = "function handler(event) { return event.request; }";

const written = (build: (stack: TerraformStack) => unknown): Values =>
  JSON.parse(
    readFileSync(
      join(
        synth((stack) => void build(stack)),
        "cdk.tf.json",
      ),
      "utf8",
    ),
  ).resource;

const only = (resources: object): Values => Object.values(resources)[0];

const cdnOf = (build: (stack: TerraformStack) => unknown): Values => only(written(build).aws_cloudfront_distribution);

describe("a behavior", () => {
  const serve = (options: BehaviorOptions) => (stack: TerraformStack) =>
    new Distribution(stack, "cdn", { domains, certificate, origin, ...options });
  const behavior = (options: BehaviorOptions): Values => cdnOf(serve(options)).default_cache_behavior;

  test("names policies of AWS", () => {
    expect(behavior({ cache: "UseOriginCacheControlHeaders", forward: "AllViewer" })).toMatchObject({
      cache_policy_id: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
      origin_request_policy_id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    });
  });

  test("caches OPTIONS where they get through", () => {
    const options = behavior({ methods: "read-options", cacheOptions: true });
    expect(options.cached_methods).toEqual(["GET", "HEAD", "OPTIONS"]);
    expect(() => synth(serve({ cacheOptions: true }))).toThrow("cacheOptions: no OPTIONS request gets through");
  });

  test("has functions of Lambda for its viewers, or of CloudFront, and not both", () => {
    expect(behavior({ viewerRequest: { ...lambda, includeBody: true } }).lambda_function_association).toEqual([
      { event_type: "viewer-request", lambda_arn: lambda.versionArn, include_body: true },
    ]);
    expect(behavior({ viewerResponse: lambda }).function_association).toEqual([]);
    expect(() => synth(serve({ viewerRequest: { code }, viewerResponse: lambda }))).toThrow(
      "viewerRequest and viewerResponse of one behavior are both functions of CloudFront, or both of Lambda: choose one.",
    );
  });

  test("has functions of at most 10 KB", () => {
    const padded = (bytes: number) => ({ viewerRequest: { code: code.padEnd(bytes) } });
    expect(() => synth(serve(padded(10_240)))).not.toThrow();
    expect(() => synth(serve(padded(10_241)))).toThrow("A function of 10241 bytes: CloudFront takes 10240 at most");
  });

  test("lets gRPC through where it lets every method through, and logs in real time", () => {
    const logs = "arn:aws:cloudfront::123456789012:realtime-log-config/edge";
    expect(behavior({ grpc: true, methods: "all", realtimeLogs: logs })).toMatchObject({
      grpc_config: { enabled: true },
      realtime_log_config_arn: logs,
    });
    expect(() => synth(serve({ grpc: true }))).toThrow('grpc: CloudFront asks for methods "all" beside it.');
  });

  test("has a path without a slash before it, once", () => {
    const build = (stack: TerraformStack, more: object) =>
      new Distribution(stack, "cdn", { domains, certificate, origin, behaviors: { "static/*": {}, ...more } });
    expect(cdnOf((stack) => build(stack, {})).ordered_cache_behavior).toMatchObject([{ path_pattern: "static/*" }]);
    expect(() => synth((stack) => void build(stack, { "/static/*": {} }))).toThrow(
      "The path patterns static/* and /static/* are the same: keep one.",
    );
  });
});

test("scripts of every site may read what is public, without credentials", () => {
  const headers = SecurityHeaders.api({ cors: { origins: ["*"] } });
  const { aws_cloudfront_response_headers_policy: policies } = written(
    (stack) => new Distribution(stack, "cdn", { domains, certificate, origin, headers }),
  );
  expect(only(policies).cors_config).toMatchObject({
    access_control_allow_credentials: false,
    access_control_allow_origins: { items: ["*"] },
  });
});

test("a website has countries, a price class, a cache, errors and a function of its own", () => {
  const resources = written(
    (stack) =>
      new StaticWebsite(stack, "site", {
        domains,
        zones,
        geo: { allow: ["DE"] },
        priceClass: "PriceClass_100",
        cache: "disabled",
        notFoundPage: "/404.html",
        errors: [{ status: 500, page: "/500.html" }],
        viewerRequest: { code, keyValueStoreArn: "arn:aws:cloudfront::123456789012:key-value-store/1" },
      }),
  );
  expect(only(resources.aws_cloudfront_distribution)).toMatchObject({
    price_class: "PriceClass_100",
    restrictions: { geo_restriction: { restriction_type: "whitelist", locations: ["DE"] } },
    default_cache_behavior: { cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
    custom_error_response: [{ error_code: 403 }, { error_code: 404 }, { error_code: 500, response_code: 500 }],
  });
  expect(only(resources.aws_cloudfront_function)).toMatchObject({
    code: expect.stringMatching(/await own\(event\)[\s\S]*index\.html/),
    key_value_store_associations: ["arn:aws:cloudfront::123456789012:key-value-store/1"],
  });
});

test("an API has paths of its own, after those that are cached, countries and functions", () => {
  const build = (stack: TerraformStack) =>
    new Api(stack, "api", {
      domains,
      zones,
      origin,
      cachePaths: ["/public/*"],
      behaviors: { "/health": { methods: "read" } },
      geo: { deny: ["AQ"] },
      viewerRequest: { code },
      logs: Logs.none(),
    });
  const cdn = cdnOf(build);
  expect(cdn.ordered_cache_behavior).toMatchObject([
    { path_pattern: "/public/*", viewer_protocol_policy: "https-only" },
    {
      path_pattern: "/health",
      viewer_protocol_policy: "https-only",
      allowed_methods: ["GET", "HEAD"],
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    },
  ]);
  expect(cdn.default_cache_behavior.function_association).toHaveLength(1);
  expect(cdn.restrictions.geo_restriction).toMatchObject({ restriction_type: "blacklist", locations: ["AQ"] });
});

test("a redirect logs and has a web ACL", () => {
  const resources = written(
    (stack) =>
      new Redirect(stack, "old", {
        from: domains,
        to: "https://example.org",
        zones,
        logs: Logs.cloudWatch(),
        webAcl: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1",
      }),
  );
  expect(Object.keys(resources.aws_cloudwatch_log_delivery)).toHaveLength(1);
  expect(only(resources.aws_cloudfront_distribution).web_acl_id).toMatch(/webacl\/edge/);
});

describe("a listener", () => {
  const listen = (stack: TerraformStack, props: Partial<HttpsListenerProps> = {}) =>
    new HttpsListener(stack, "listener", {
      loadBalancerArn: "arn",
      certificate: Certificate.fromRegionalArn("arn:aws:acm:eu-west-1:123456789012:certificate/1"),
      action: { forward: "blue" },
      httpRedirect: false,
      ...props,
    });

  test("shares requests between target groups", () => {
    const { aws_lb_listener: listeners } = written((stack) =>
      listen(stack, {
        action: {
          forward: [
            { targetGroupArn: "blue", weight: 9 },
            { targetGroupArn: "green", weight: 1 },
          ],
        },
      }),
    );
    expect(only(listeners).default_action).toEqual([
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: "blue", weight: 9 },
            { arn: "green", weight: 1 },
          ],
        },
      },
    ]);
  });

  test("checks certificates of clients", () => {
    const { aws_lb_listener: listeners } = written((stack) => listen(stack, { mutualTls: { trustStoreArn: "store" } }));
    expect(only(listeners).mutual_authentication).toEqual({ mode: "verify", trust_store_arn: "store" });
  });

  test("has rules", () => {
    const { aws_lb_listener_rule: rules } = written((stack) => {
      const listener = listen(stack);
      listener.addRule(10, { hosts: ["a.example.com"], paths: ["/v1/*"], action: { forward: "green" } });
      listener.addRule(20, { paths: ["/old"], action: { redirect: "https://example.com/new" } });
    });
    expect(Object.values(rules)).toMatchObject([
      {
        priority: 10,
        action: [{ type: "forward", target_group_arn: "green" }],
        condition: [{ host_header: { values: ["a.example.com"] } }, { path_pattern: { values: ["/v1/*"] } }],
      },
      { priority: 20, action: [{ type: "redirect", redirect: { path: "/new", query: "#{query}" } }] },
    ]);
  });

  test.each<[string, number, string, string]>([
    ["a redirect to no host", 1, "https://", "redirect https://: write https:// and a host"],
    ["a priority of 0", 0, "https://example.com", "priority 0 of a rule: write a number from 1 to 50000."],
  ])("refuses a rule with %s", (_, priority, redirect, message) => {
    const build = (stack: TerraformStack) =>
      listen(stack).addRule(priority, { paths: ["/a"], action: { redirect: redirect as `https://${string}` } });
    expect(() => synth(build)).toThrow(message);
  });
});

test("a certificate of one's own authority is for load balancers, and is renewed by ACM", () => {
  const authorityArn = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1";
  const { aws_acm_certificate: certificates } = written((stack) => {
    const own = Certificate.private(stack, "inside", { domains: ["inside.example.com"], authorityArn });
    new HttpsListener(stack, "listener", { loadBalancerArn: "arn", certificate: own, action: { forward: "arn" } });
  });
  expect(Object.values(certificates)).toMatchObject([
    { certificate_authority_arn: authorityArn, domain_name: "inside.example.com", key_algorithm: "RSA_2048" },
  ]);
  const wrong = (stack: TerraformStack) =>
    Certificate.private(stack, "inside", { domains: ["Inside.example.com"], authorityArn });
  expect(() => synth((stack) => void wrong(stack))).toThrow('"Inside.example.com" is no domain name');
});

test("a bucket is encrypted by a key of one's own", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1";
  const resources = written((stack) => new PrivateBucket(stack, "files", { kmsKeyArn }));
  expect(only(resources.aws_s3_bucket_server_side_encryption_configuration).rule).toMatchObject([
    { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn } },
  ]);
});

test("a resource of one's own is put into us-east-1 as the constructs put theirs", () => {
  const { aws_wafv2_web_acl: acls } = written(
    (stack) =>
      new Wafv2WebAcl(stack, "acl", {
        ...UsEast1.of(stack).placement,
        scope: "CLOUDFRONT",
        defaultAction: { allow: {} },
        visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "edge", sampledRequestsEnabled: true },
      }),
  );
  const { provider, region } = only(acls);
  expect(region ?? provider).toBe(hasResourceRegion() ? "us-east-1" : "aws.us_east_1");
});

// All that a distribution can be told, at once: every kind of origin, policies by id, functions, logs, a web ACL.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl/index.js";
import { TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Certificate, Validation } from "../../../modules/certificate.ts";
import { Distribution } from "../../../modules/distribution.ts";
import { Logs } from "../../../modules/logs.ts";
import { Origin } from "../../../modules/origin.ts";
import { PrivateBucket } from "../../../modules/private-bucket.ts";
import { SecurityHeaders } from "../../../modules/security-headers.ts";
import { UsEast1 } from "../../../modules/us-east-1.ts";
import { offline } from "../synth.ts";

const answer = "function handler(event) { return event.response; }";

export function full(scope: Construct): void {
  const here = new Construct(scope, "full");
  const dns = new AwsProvider(here, "dns", { ...offline, alias: "dns" });
  const zones = { "example.com": "Z1", "deep.example.com": "Z5", "example.net": "Z4" };
  const domains = ["example.com", "*.example.com", "a.deep.example.com", "example.net"] as const;
  const certificate = new Certificate(here, "certificate", {
    domains,
    validation: Validation.dns(zones, { provider: dns, ttl: 300 }),
    validationTimeout: "30m",
    tags: { team: "web" },
  });
  const webAcl = new Wafv2WebAcl(here, "acl", {
    ...UsEast1.of(here).placement,
    scope: "CLOUDFRONT",
    name: "edge",
    defaultAction: { allow: {} },
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "edge", sampledRequestsEnabled: true },
  });
  const bucket = Origin.s3(new PrivateBucket(here, "files", { name: "files.example.com" }), { path: "/public" });
  const server = Origin.https("backend.example.com", {
    port: 8443,
    headers: { "x-tenant": "web" },
    shieldRegion: "eu-west-1",
    attempts: 2,
    connectTimeout: 4,
    readTimeout: 45,
    keepalive: 30,
  });
  new Distribution(here, "cdn", {
    domains,
    zones,
    certificate,
    webAcl,
    origin: Origin.failover(bucket, server, [503, 404]),
    rootObject: "index.html",
    comment: "All of it",
    http: "http2",
    priceClass: "PriceClass_100",
    geo: { allow: ["DE", "FR"] },
    errors: [
      { status: 404, page: "/404.html", ttl: 60 },
      { status: 503, ttl: 0 },
    ],
    logs: Logs.cloudWatch({ retentionDays: 90 }),
    tags: { team: "web" },
    headers: SecurityHeaders.strict({
      csp: "default-src 'self'",
      frame: "SAMEORIGIN",
      referrer: "no-referrer",
      custom: { "x-robots-tag": "noindex" },
      remove: ["server"],
    }),
    viewerResponse: { code: answer },
    behaviors: {
      "/cart/*": { origin: server, methods: "all", cache: "disabled", forward: "all-except-host" },
      "/own/*": {
        cache: { policyId: "11111111-2222-3333-4444-555555555555" },
        forward: { policyId: "66666666-7777-8888-9999-000000000000" },
        compress: false,
      },
      "/films/*": { origin: bucket, forward: "cors-s3", keyGroups: ["K2JCJMDEHXQW5F"], methods: "read-options" },
      "static/*": {
        origin: bucket,
        cache: "UseOriginCacheControlHeaders",
        methods: "read-options",
        cacheOptions: true,
        realtimeLogs: "arn:aws:cloudfront::123456789012:realtime-log-config/edge",
      },
      "/grpc/*": { origin: server, methods: "all", cache: "disabled", grpc: true },
      "/checked/*": {
        origin: server,
        viewerRequest: { versionArn: "arn:aws:lambda:us-east-1:123456789012:function:check:7" },
      },
      "/edge/*": {
        origin: server,
        viewerResponse: { code: answer },
        cache: "origin-controlled",
        originRequest: {
          versionArn: "arn:aws:lambda:us-east-1:123456789012:function:rewrite:7",
          includeBody: true,
        },
      },
    },
  });

  const elsewhere = new Certificate(here, "elsewhere", {
    domains: ["elsewhere.example.org"],
    validation: Validation.external({ wait: false }),
    keyAlgorithm: "EC_prime256v1",
  });
  new TerraformOutput(here, "records", { value: elsewhere.validationRecords, staticId: true });
  const given = new TerraformVariable(here, "given", {
    type: "string",
    default: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  });
  new Distribution(here, "token", {
    domains: ["token.example.org"],
    certificate: Certificate.fromToken(given.stringValue),
    origin: server,
    logs: Logs.firehose("arn:aws:firehose:us-east-1:123456789012:deliverystream/edge"),
  });
}

// The distribution, as construct and as Terraform module. Functions and headers are equal at no two behaviors of a case: the
// construct would make one of them, the module one for each.

import { Certificate, type EdgeCertificateArn } from "../../../modules/certificate.ts";
import { Distribution, type DistributionProps } from "../../../modules/distribution.ts";
import { Logs } from "../../../modules/logs.ts";
import { Origin } from "../../../modules/origin.ts";
import { SecurityHeaders } from "../../../modules/security-headers.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const arn: EdgeCertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const certificate = Certificate.fromArn(arn);

const distribute = (name: string, props: DistributionProps, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => void new Distribution(scope, id, props),
  inputs: { name: `stack/distribution/${name}`, ...inputs },
});

const bucket = { bucketRegionalDomainName: "files.s3.eu-west-1.amazonaws.com", arn: "arn:aws:s3:::files" };
const url = { functionUrl: "https://abc123.lambda-url.eu-west-1.on.aws/", functionName: "orders" };
const loadBalancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/inside/0123456789abcdef";
const stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/edge";
const store = "arn:aws:cloudfront::123456789012:key-value-store/0b1c2d3e";
const acl = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1";
const lambda = "arn:aws:lambda:us-east-1:123456789012:function:rewrite:7";
const policyIds = {
  cache: "11111111-2222-3333-4444-555555555555",
  forward: "66666666-7777-8888-9999-000000000000",
  headers: "60669652-455b-4ae9-85a4-c4c02393f86c",
};
const passOn = 'function handler(event) {\n  return event.request; // <&> "100%"\n}\n';
const answer = "function handler(event) {\n  return event.response;\n}\n";
const tlsRules = ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers"] as const;
const tlsWaivers = [waive("minimum-tls-1-2"), waive("forward-secrecy"), waive("strong-ciphers")] as const;

export const distribution: EqualModule = {
  module: "distribution",
  cases: [
    distribute(
      "plain",
      { domains: ["plain.example.com"], certificate, origin: Origin.https("backend.example.com", { id: "backend" }) },
      {
        domains: ["plain.example.com"],
        certificate_arn: arn,
        origins: { backend: { domain: "backend.example.com" } },
      },
    ),
    distribute(
      "bucket-and-backup",
      {
        domains: ["cdn.example.com", "*.cdn.example.com", "files.deep.example.org"],
        zones: { "example.com": "Z1", "example.org": "Z2", "deep.example.org": "Z3" },
        certificate,
        origin: Origin.failover(
          Origin.s3(bucket, { id: "files", path: "/public", shieldRegion: "eu-west-1" }),
          Origin.https("backup.example.com", {
            id: "backup",
            port: 8443,
            headers: { "x-tenant": "web", "x-stage": "live" },
            attempts: 2,
            connectTimeout: 4,
            readTimeout: 45,
            keepalive: 30,
          }),
          [404, 503],
        ),
        behaviors: {
          "/z/*": { methods: "read-options", cache: "origin-controlled", compress: false },
          "/api/*": {
            origin: Origin.https("api.example.net", { id: "api" }),
            methods: "all",
            cache: "disabled",
            forward: "all-except-host",
            viewerProtocol: "https-only",
            headers: SecurityHeaders.api({
              cors: { origins: ["https://example.com"], methods: ["GET", "POST"], credentials: true, maxAge: 60 },
            }),
          },
          "*.png": { cache: { policyId: policyIds.cache }, forward: { policyId: policyIds.forward } },
        },
        rootObject: "index.html",
        errors: [
          { status: 503, ttl: 0 },
          { status: 404, page: "/404.html" },
          { status: 403, page: "/404.html", as: 404 },
        ],
        logs: Logs.s3({ retentionDays: 90, format: "parquet", path: "{DistributionId}/{yyyy}" }),
      },
      {
        domains: ["cdn.example.com", "*.cdn.example.com", "files.deep.example.org"],
        zones: { "example.com": "Z1", "example.org": "Z2", "deep.example.org": "Z3" },
        certificate_arn: arn,
        origins: {
          files: { type: "s3", domain: bucket.bucketRegionalDomainName, path: "/public", shield_region: "eu-west-1" },
          backup: {
            domain: "backup.example.com",
            port: 8443,
            headers: { "x-tenant": "web", "x-stage": "live" },
            attempts: 2,
            connect_timeout: 4,
            read_timeout: 45,
            keepalive: 30,
          },
          api: { domain: "api.example.net" },
        },
        failover: { "failover-files-backup": { primary: "files", secondary: "backup", status_codes: [404, 503] } },
        default_origin: "failover-files-backup",
        behaviors: [
          { path: "/z/*", methods: "read-options", cache: "origin-controlled", compress: false },
          {
            path: "/api/*",
            origin: "api",
            methods: "all",
            cache: "disabled",
            forward: "all-except-host",
            viewer_protocol: "https-only",
            headers: {
              preset: "api",
              cors: { origins: ["https://example.com"], methods: ["GET", "POST"], credentials: true, max_age: 60 },
            },
          },
          { path: "*.png", cache_policy_id: policyIds.cache, origin_request_policy_id: policyIds.forward },
        ],
        root_object: "index.html",
        errors: [
          { status: 503, ttl: 0 },
          { status: 404, page: "/404.html" },
          { status: 403, page: "/404.html", as: 404 },
        ],
        logs: { retention_days: 90, format: "parquet", path: "{DistributionId}/{yyyy}" },
      },
    ),
    distribute(
      "function-url",
      {
        domains: ["orders.example.com"],
        certificate,
        origin: Origin.lambdaUrl(url, { id: "orders", readTimeout: 60 }),
        viewerProtocol: "https-only",
        methods: "all",
        cache: "disabled",
        forward: "all-except-host",
        headers: SecurityHeaders.api({ hsts: { maxAgeDays: 365, preload: true }, remove: ["server"] }),
        behaviors: {
          "/public/*": {
            cache: "origin-controlled",
            forward: "none",
            headers: SecurityHeaders.strict({
              csp: "default-src 'self'",
              frame: "SAMEORIGIN",
              referrer: "no-referrer",
              custom: { "x-robots-tag": "noindex", "x-frame": "<&>" },
              hsts: { includeSubdomains: Unsafe.hstsWithoutSubdomains(waive("hsts-include-subdomains")) },
            }),
          },
          "/managed/*": {
            headers: Unsafe.managedHeaders("CORS-and-SecurityHeadersPolicy", waive("hsts-include-subdomains")),
            forward: "cors-s3",
          },
        },
        logs: Logs.firehose(stream),
      },
      {
        domains: ["orders.example.com"],
        certificate_arn: arn,
        origins: {
          orders: { type: "lambda", domain: url.functionUrl, function_name: url.functionName, read_timeout: 60 },
        },
        viewer_protocol: "https-only",
        methods: "all",
        cache: "disabled",
        forward: "all-except-host",
        headers: { preset: "api", hsts: { max_age_days: 365, preload: true }, remove: ["server"] },
        behaviors: [
          {
            path: "/public/*",
            cache: "origin-controlled",
            forward: "none",
            headers: {
              csp: "default-src 'self'",
              frame: "SAMEORIGIN",
              referrer: "no-referrer",
              custom: { "x-robots-tag": "noindex", "x-frame": "<&>" },
              hsts: { include_subdomains: false },
            },
          },
          { path: "/managed/*", headers: { managed: "CORS-and-SecurityHeadersPolicy" }, forward: "cors-s3" },
        ],
        logs: { to: "firehose", stream_arn: stream },
        waivers: [waiverInput("hsts-include-subdomains")],
      },
    ),
    distribute(
      "inside",
      {
        domains: ["inside.example.com"],
        zones: { "example.com": "Z1" },
        certificate,
        origin: Origin.vpc(loadBalancer, "inside.example.net", { id: "inside", port: 8443, keepalive: 60 }),
        minimumTls: "TLSv1.2_2021",
        http: "http2",
        ipv6: false,
        priceClass: "PriceClass_100",
        geo: { allow: ["DE", "FR"] },
        comment: "All of it",
        webAcl: acl,
        tags: { team: "web" },
        logs: Logs.cloudWatch({ retentionDays: 90, format: "w3c" }),
      },
      {
        domains: ["inside.example.com"],
        zones: { "example.com": "Z1" },
        certificate_arn: arn,
        origins: {
          inside: { type: "vpc", domain: "inside.example.net", resource_arn: loadBalancer, port: 8443, keepalive: 60 },
        },
        minimum_tls: "TLSv1.2_2021",
        http: "http2",
        ipv6: false,
        price_class: "PriceClass_100",
        geo: { allow: ["DE", "FR"] },
        comment: "All of it",
        web_acl_arn: acl,
        tags: { team: "web" },
        logs: { to: "cloudwatch", retention_days: 90, format: "w3c" },
      },
    ),
    distribute(
      "functions",
      {
        domains: ["functions.example.com"],
        certificate,
        origin: Origin.https("backend.example.com", { id: "backend" }),
        viewerRequest: { code: passOn, keyValueStoreArn: store },
        viewerResponse: { code: answer },
        originRequest: { versionArn: lambda, includeBody: true },
        keyGroups: ["K2JCJMDEHXQW5F"],
        behaviors: {
          "/none/*": {},
          "/own/*": { viewerRequest: { code: `${passOn}// own\n` }, originResponse: { versionArn: lambda } },
        },
        geo: { deny: ["AQ"] },
        logs: Logs.s3({ bucket: { arn: "arn:aws:s3:::logs" } }),
      },
      {
        domains: ["functions.example.com"],
        certificate_arn: arn,
        origins: { backend: { domain: "backend.example.com" } },
        viewer_request: { code: passOn, key_value_store_arn: store },
        viewer_response: { code: answer },
        origin_request: { version_arn: lambda, include_body: true },
        key_groups: ["K2JCJMDEHXQW5F"],
        behaviors: [
          { path: "/none/*" },
          {
            path: "/own/*",
            viewer_request: { code: `${passOn}// own\n` },
            origin_response: { version_arn: lambda },
          },
        ],
        geo: { deny: ["AQ"] },
        logs: { bucket: { arn: "arn:aws:s3:::logs" } },
      },
    ),
    distribute(
      "waived",
      {
        domains: ["waived.example.com"],
        certificate,
        origin: Origin.https("backend.example.com", { id: "backend" }),
        viewerProtocol: Unsafe.allowAll(waive("https-only")),
        minimumTls: Unsafe.viewerTls("TLSv1_2016", ...tlsWaivers),
        behaviors: {
          "/plain/*": {
            origin: Unsafe.plainHttpOrigin("plain.example.com", waive("origin-https-only"), { id: "plain" }),
            viewerProtocol: "https-only",
          },
          "/bare/*": { headers: Unsafe.headersPolicy(policyIds.headers, waive("hsts-enabled")) },
        },
      },
      {
        domains: ["waived.example.com"],
        certificate_arn: arn,
        origins: { backend: { domain: "backend.example.com" }, plain: { type: "http", domain: "plain.example.com" } },
        default_origin: "backend",
        viewer_protocol: "allow-all",
        minimum_tls: "TLSv1_2016",
        behaviors: [
          { path: "/plain/*", origin: "plain", viewer_protocol: "https-only" },
          { path: "/bare/*", headers: { policy: { id: policyIds.headers } } },
        ],
        waivers: [...tlsRules, "https-only" as const, "origin-https-only" as const, "hsts-enabled" as const].map(
          waiverInput,
        ),
      },
    ),
    distribute(
      "nameless",
      {
        certificate: Unsafe.defaultCertificate(...tlsWaivers),
        origin: Origin.https("backend.example.com", { id: "backend" }),
      },
      { origins: { backend: { domain: "backend.example.com" } }, waivers: tlsRules.map(waiverInput) },
    ),
  ],
};

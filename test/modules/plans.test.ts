// Apps of our own constructs, planned by the real Terraform: they meet all policies.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RecordedWaiver } from "../../modules/waiver.ts";
import { profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { hasTerraform, terraformEnvironment } from "../../scripts/terraform.ts";
import { evaluatePlan } from "../../src/api.ts";
import { decide, nothingAccepted } from "../../src/findings/decide.ts";
import { parsePlan } from "../../src/plan/parse.ts";
import { adapters } from "../../src/providers/registry.ts";
import { api } from "./apps/api.ts";
import { failover } from "./apps/failover.ts";
import { full } from "./apps/full.ts";
import { imported } from "./apps/imported.ts";
import { redirect } from "./apps/redirect.ts";
import { singlePage } from "./apps/single-page.ts";
import { waived } from "./apps/waived.ts";
import { website } from "./apps/website.ts";
import { synth } from "./synth.ts";

const apps = [website, singlePage, api, redirect, failover, imported, full];

const isHere = hasTerraform();
if (!isHere) {
  if (process.env.CI) throw new Error("terraform is not installed: the constructs cannot be planned.");
  console.warn("NOT TESTED: terraform is not installed, so no plan of the constructs was made.");
}

// biome-ignore lint/suspicious/noExplicitAny: the values of a plan have no type.
type Values = any;

interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly name: string;
    readonly change: { readonly after: Values };
  }[];
  readonly configuration: {
    readonly root_module: {
      readonly resources: readonly { readonly address: string; readonly provider_config_key: string }[];
    };
  };
}

/** All apps in one stack: one plan takes as long as the plan of each. */
function planned(directory: string): Buffer {
  const env = { ...process.env, ...terraformEnvironment(), TF_VAR_bought_key: "no key at all" };
  const terraform = (...words: string[]) =>
    execFileSync("terraform", words, { cwd: directory, env, maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] });
  terraform("init", "-input=false", "-no-color");
  terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=apps.tfplan");
  return terraform("show", "-json", "apps.tfplan");
}

describe.runIf(isHere)("the plan of all apps", () => {
  let bytes: Buffer;
  let plan: PlanJson;
  let stack: Record<"resource" | "variable" | "output" | "terraform", Record<string, Values>>;

  beforeAll(() => {
    const directory = synth((scope) => {
      for (const app of apps) app(scope);
    });
    stack = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
    bytes = planned(directory);
    plan = JSON.parse(bytes.toString());
  }, 300_000);

  /** What will exist of a type, in one app. */
  const made = (app: string, type: string): Values[] =>
    plan.resource_changes
      .filter((one) => one.type === type && one.name.startsWith(`${app}_`))
      .map(({ change }) => change.after);
  const distribution = (app: string): Values => made(app, "aws_cloudfront_distribution")[0];
  /** Of a type, as written: what refers to others is known here alone. */
  const written = (app: string, type: string): Values[] =>
    Object.entries(stack.resource[type] ?? {})
      .filter(([name]) => name.startsWith(`${app}_`))
      .map(([, values]) => values);

  /** What only a look at the thing itself would tell, as it stands outside of the plan. */
  const outside = [
    "certificate-auto-renewal",
    "certificate-covers-domains",
    "certificate-key-strength",
    "certificate-transparency",
    "certificate-validated",
    // Of a load balancer.
    "modern-http",
  ];

  test.each(["strict", "apple-ats"] as const)(
    "passes the profile %s: nothing fails, and only an ARN is unknown",
    (name) => {
      const { enforcement } = profiles[name];
      const { verdict, findings, inventory } = evaluatePlan(parsePlan(bytes, "plan.json"), { enforcement });
      expect(inventory.endpoints.map(({ address }) => address.split(/[._]/)[3])).toEqual(
        expect.arrayContaining(["api", "failover", "full", "imported", "redirect", "single-page", "website"]),
      );
      expect(new Set(findings.map(({ policy }) => policy))).toEqual(new Set(Object.keys(enforcement)));
      const others = findings.filter(({ outcome }) => outcome !== "pass");
      expect([...new Set(others.map(({ outcome, policy }) => `${outcome} ${policy}`))].sort()).toEqual(
        outside.map((policy) => `unknown ${policy}`),
      );
      const elsewhere = /^aws_(cloudfront_distribution|lb_listener|lb_listener_rule)\.(imported|full_token)_/;
      for (const one of others) expect(one.address).toMatch(elsewhere);
      expect(verdict).toBe("pass");
    },
  );

  test("each domain has A, AAAA and HTTPS records, without IPv6 no AAAA", () => {
    const records = (app: string) =>
      made(app, "aws_route53_record")
        .filter(({ alias }) => alias?.length > 0)
        .map(({ type, name, zone_id }) => `${type} ${name} ${zone_id}`)
        .sort();
    const every = (...lines: string[]) =>
      ["A", "AAAA", "HTTPS"].flatMap((type) => lines.map((line) => `${type} ${line}`));
    expect(records("website")).toEqual(every("example.com Z1", "www.example.com Z1"));
    expect(records("single-page")).toEqual(every("*.app.example.com Z2", "app.example.com Z2"));
    expect(records("redirect")).toEqual(every("example.org Z3", "www.example.org Z3"));
    expect(records("failover_cdn").map((line) => line.split(" ")[0])).toEqual(["A", "A", "HTTPS", "HTTPS"]);
    expect(records("imported")).toEqual([]);
  });

  test("certificates, logs and web ACLs are made in us-east-1, and nothing else is", () => {
    const { resources } = plan.configuration.root_module;
    const there = resources.filter((one) => one.provider_config_key === "aws.us_east_1").map(({ address }) => address);
    const bound = /^aws_(acm_certificate|cloudwatch_log|wafv2)/;
    expect(there).toEqual(resources.map(({ address }) => address).filter((address) => bound.test(address)));
    for (const type of ["acm_certificate_validation", "cloudwatch_log_delivery", "wafv2_web_acl"])
      expect(there.join()).toContain(`aws_${type}.`);
  });

  test("what is in use is replaced before it is deleted", () => {
    for (const type of [
      "aws_acm_certificate",
      "aws_cloudfront_function",
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_response_headers_policy",
    ]) {
      const all = Object.values<Values>(stack.resource[type] ?? {});
      expect(all.length, type).toBeGreaterThan(0);
      for (const one of all) expect(one.lifecycle, type).toMatchObject({ create_before_destroy: true });
    }
  });

  /** Records that validate the names of certificates, of all apps. */
  const validations = (): Values[] =>
    plan.resource_changes
      .filter(({ address }) => address.startsWith("aws_route53_record.tlsgate-validation_"))
      .map(({ change }) => change.after);

  test("each validation record stands in the zone of its name, once for a wildcard and its base", () => {
    const zones = Object.entries<Values>(stack.resource.aws_route53_record ?? {})
      .filter(([name]) => name.startsWith("tlsgate-validation_"))
      .map(([, { zone_id: zone, name }]) => `${/== "([^"]+)"/.exec(name)?.[1]} ${zone}`);
    expect(zones.sort()).toEqual([
      "a.deep.example.com Z5",
      "api.example.com Z1",
      "app.example.com Z2",
      "assets.shop.example.com Z1",
      "example.com Z1",
      "example.com Z1",
      "example.net Z4",
      "example.org Z3",
      "shop.example.com Z1",
      "shop.example.net Z4",
      "www.example.com Z1",
      "www.example.org Z3",
    ]);
  });

  test("all behaviors of a distribution share one response headers policy", () => {
    for (const app of ["website", "failover_cdn", "api"]) {
      expect(made(app, "aws_cloudfront_response_headers_policy"), app).toHaveLength(1);
      const [{ default_cache_behavior: first, ordered_cache_behavior: others }] = written(
        app,
        "aws_cloudfront_distribution",
      );
      const ids = [first, ...others].map((one) => one.response_headers_policy_id);
      expect(ids[0], app).toMatch(/^\$\{aws_cloudfront_response_headers_policy\./);
      expect(new Set(ids).size, app).toBe(1);
    }
  });

  test("behaviors stay in the order in which they are written", () => {
    const paths = (app: string) => distribution(app).ordered_cache_behavior.map((one: Values) => one.path_pattern);
    expect(paths("website")).toEqual(["/z/*", "/api/*"]);
    expect(paths("failover_cdn")).toEqual(["/cart", "*.png"]);
  });

  test("a website's function keeps away from the paths beside it", () => {
    const { default_cache_behavior: first, ordered_cache_behavior: others } = distribution("website");
    expect(first[0].function_association).toHaveLength(1);
    expect(others.map((one: Values) => one.function_association)).toEqual([[], []]);
  });

  test("a missing page is answered with 404", () => {
    const errors = distribution("website").custom_error_response.map((one: Values) => [
      one.error_code,
      one.response_code,
      one.response_page_path,
    ]);
    expect(errors.sort()).toEqual([
      [403, 404, "/404.html"],
      [404, 404, "/404.html"],
    ]);
  });

  test("a website's bucket is private, and refuses plain HTTP and old TLS", () => {
    expect(made("website_files", "aws_s3_bucket_public_access_block")).toMatchObject([
      { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true },
    ]);
    const [{ policy }] = written("website_files", "aws_s3_bucket_policy");
    const { Statement: statements } = JSON.parse(policy);
    expect(statements).toMatchObject([
      { Effect: "Allow", Principal: { Service: "cloudfront.amazonaws.com" }, Action: "s3:GetObject" },
      { Effect: "Deny", Principal: "*", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Effect: "Deny", Principal: "*", Action: "s3:*", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ]);
  });

  test("the second origin of a pair is listed once, and serves its own path", () => {
    const {
      origin,
      origin_group: groups,
      ordered_cache_behavior: others,
      default_cache_behavior: first,
    } = distribution("failover_cdn");
    expect(origin.map((one: Values) => one.origin_id).sort()).toEqual(["https-backup.example.com", "s3-bucket"]);
    expect(groups[0].member.map((one: Values) => one.origin_id)).toEqual(["s3-bucket", "https-backup.example.com"]);
    expect(first[0].target_origin_id).toBe(groups[0].origin_id);
    expect(others.map((one: Values) => one.target_origin_id)).toEqual([
      "https-backup.example.com",
      groups[0].origin_id,
    ]);
  });

  test("CORS lets in what is named alone", () => {
    const [{ cors_config: cors }] = made("api", "aws_cloudfront_response_headers_policy");
    const [{ ordered_cache_behavior: cached }] = written("api", "aws_cloudfront_distribution");
    // What is not in the cache key is not forwarded: an answer to one caller is not for another.
    expect(cached).toMatchObject([{ path_pattern: "/public/*" }]);
    expect(cached[0]).not.toHaveProperty("origin_request_policy_id");
    expect(cors).toMatchObject([
      {
        access_control_allow_credentials: true,
        access_control_allow_origins: [{ items: ["https://app.example.com"] }],
        access_control_allow_methods: [{ items: ["GET", "POST"] }],
      },
    ]);
  });

  test("records of a zone in another account are written by its provider", () => {
    const { resources } = plan.configuration.root_module;
    const dns = resources.filter((one) => one.provider_config_key === "aws.dns").map(({ address }) => address);
    expect(dns).toHaveLength(3);
    for (const address of dns) expect(address).toMatch(/^aws_route53_record\.tlsgate-validation_/);
    const zones = validations().filter(({ ttl }) => ttl === 300);
    expect(zones.map(({ zone_id, ttl }) => `${zone_id} ${ttl}`).sort()).toEqual(["Z1 300", "Z4 300", "Z5 300"]);
  });

  test("a certificate has its names, key and time, and is logged", () => {
    const [certificate] = made("full", "aws_acm_certificate").filter(({ domain_name: name }) => name === "example.com");
    expect(certificate).toMatchObject({
      key_algorithm: "RSA_2048",
      validation_method: "DNS",
      options: [{ certificate_transparency_logging_preference: "ENABLED" }],
      tags: { team: "web" },
    });
    expect(certificate.subject_alternative_names.sort()).toEqual([
      "*.example.com",
      "a.deep.example.com",
      "example.com",
      "example.net",
    ]);
    expect(made("full", "aws_acm_certificate_validation")).toMatchObject([{ timeouts: { create: "30m" } }]);
    expect(made("website", "aws_acm_certificate_validation")).toMatchObject([{ timeouts: { create: "20m" } }]);
  });

  test("a certificate with DNS elsewhere says its records, and waits for nothing", () => {
    const { resources } = plan.configuration.root_module;
    const waiting = resources.filter(({ address }) => /acm_certificate_validation\.full_elsewhere/.test(address));
    expect(waiting).toEqual([]);
    const [{ value }] = Object.values(stack.output);
    expect(Object.keys(value)).toEqual(["elsewhere.example.org"]);
    expect(Object.keys(value["elsewhere.example.org"]).sort()).toEqual(["name", "type", "value"]);
  });

  test("an ARN that only Terraform knows is checked when it is planned", () => {
    const [{ lifecycle }] = written("full_token", "aws_cloudfront_distribution");
    const [given] = Object.keys(stack.variable);
    expect(lifecycle.precondition).toEqual([
      {
        condition: `\${can(regex("^arn:[^:]+:acm:us-east-1:", var.${given}))}`,
        error_message: "CloudFront takes certificates of ACM from us-east-1 only: use one from there.",
      },
    ]);
  });

  test("an HTTPS origin has its port, headers, shield and patience; a bucket is signed for", () => {
    const { origin } = distribution("full_cdn");
    const of = (id: string) => origin.find((one: Values) => one.origin_id === id);
    expect(of("https-backend.example.com:8443")).toMatchObject({
      domain_name: "backend.example.com",
      connection_attempts: 2,
      connection_timeout: 4,
      custom_header: [{ name: "x-tenant", value: "web" }],
      origin_shield: [{ enabled: true, origin_shield_region: "eu-west-1" }],
      custom_origin_config: [
        {
          https_port: 8443,
          origin_protocol_policy: "https-only",
          origin_ssl_protocols: ["TLSv1.2"],
          origin_read_timeout: 45,
          origin_keepalive_timeout: 30,
        },
      ],
    });
    expect(of("s3-files/public")).toMatchObject({ origin_path: "/public", custom_origin_config: [] });
    expect(made("full_cdn", "aws_cloudfront_origin_access_control")).toMatchObject([
      { origin_access_control_origin_type: "s3", signing_behavior: "always", signing_protocol: "sigv4" },
    ]);
    expect(distribution("full_cdn").origin_group).toMatchObject([
      {
        failover_criteria: [{ status_codes: [404, 503] }],
        member: [{ origin_id: "s3-files/public" }, { origin_id: "https-backend.example.com:8443" }],
      },
    ]);
  });

  test("a private origin is reached over TLS 1.2 alone, a function's URL with signed requests", () => {
    expect(made("imported", "aws_cloudfront_vpc_origin")).toMatchObject([
      {
        vpc_origin_endpoint_config: [
          { origin_protocol_policy: "https-only", origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }] },
        ],
      },
    ]);
    const [{ origin }] = written("api", "aws_cloudfront_distribution");
    expect(origin).toMatchObject([
      {
        origin_id: "lambda-api/orders",
        domain_name: expect.stringMatching(/aws_lambda_function_url\.api_orders_\w+\.function_url/),
      },
    ]);
    expect(made("api", "aws_cloudfront_origin_access_control")).toMatchObject([
      { origin_access_control_origin_type: "lambda", signing_behavior: "always" },
    ]);
    expect(made("api", "aws_lambda_permission").map(({ action, principal }) => `${principal} ${action}`)).toEqual([
      "cloudfront.amazonaws.com lambda:InvokeFunctionUrl",
      "cloudfront.amazonaws.com lambda:InvokeFunction",
    ]);
  });

  test("behaviors have the policies that they name, AWS's and your own", () => {
    const { default_cache_behavior: first, ordered_cache_behavior: others } = distribution("full_cdn");
    const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
    expect(first).toMatchObject([
      { cache_policy_id: optimized, origin_request_policy_id: null, allowed_methods: ["GET", "HEAD"], compress: true },
    ]);
    expect(others).toMatchObject([
      {
        path_pattern: "/cart/*",
        cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        origin_request_policy_id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        allowed_methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
      },
      {
        path_pattern: "/own/*",
        cache_policy_id: "11111111-2222-3333-4444-555555555555",
        origin_request_policy_id: "66666666-7777-8888-9999-000000000000",
        compress: false,
      },
      {
        path_pattern: "/films/*",
        cache_policy_id: optimized,
        origin_request_policy_id: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
        allowed_methods: ["GET", "HEAD", "OPTIONS"],
        trusted_key_groups: ["K2JCJMDEHXQW5F"],
      },
      { path_pattern: "static/*", cached_methods: ["GET", "HEAD", "OPTIONS"] },
      { path_pattern: "/grpc/*", grpc_config: [{ enabled: true }] },
      { path_pattern: "/checked/*", lambda_function_association: [{ event_type: "viewer-request" }] },
      { path_pattern: "/edge/*" },
    ]);
    const own = written("full_cdn", "aws_cloudfront_distribution")[0].ordered_cache_behavior[6].cache_policy_id;
    expect(own).toMatch(/^\$\{aws_cloudfront_cache_policy\.full_cdn_origin-controlled_\w+\.id\}$/);
    expect(made("full_cdn", "aws_cloudfront_cache_policy")).toMatchObject([
      {
        min_ttl: 0,
        default_ttl: 0,
        parameters_in_cache_key_and_forwarded_to_origin: [
          {
            query_strings_config: [{ query_string_behavior: "all" }],
            headers_config: [{ header_behavior: "whitelist", headers: [{ items: ["Origin"] }] }],
            cookies_config: [{ cookie_behavior: "none" }],
          },
        ],
      },
    ]);
  });

  test("functions of the distribution run on no other path, and the same code is one function", () => {
    const { default_cache_behavior: first, ordered_cache_behavior: others } = distribution("full_cdn");
    const events = [...first, ...others].map(({ function_association: list }) =>
      list.map((one: Values) => one.event_type),
    );
    expect(events).toEqual([["viewer-response"], [], [], [], [], [], [], ["viewer-response"]]);
    expect(made("full_cdn", "aws_cloudfront_function")).toMatchObject([
      { runtime: "cloudfront-js-2.0", publish: true },
    ]);
    expect(others[6].lambda_function_association).toEqual([
      {
        event_type: "origin-request",
        lambda_arn: "arn:aws:lambda:us-east-1:123456789012:function:rewrite:7",
        include_body: true,
      },
    ]);
  });

  test("security headers are HSTS, and what is said beside it", () => {
    const [policy] = made("full_cdn", "aws_cloudfront_response_headers_policy");
    expect(policy).toMatchObject({
      security_headers_config: [
        {
          strict_transport_security: [
            { access_control_max_age_sec: 63_072_000, include_subdomains: true, preload: false, override: true },
          ],
          content_security_policy: [{ content_security_policy: "default-src 'self'", override: true }],
          frame_options: [{ frame_option: "SAMEORIGIN" }],
          referrer_policy: [{ referrer_policy: "no-referrer" }],
          content_type_options: [{ override: true }],
        },
      ],
      custom_headers_config: [{ items: [{ header: "x-robots-tag", value: "noindex", override: true }] }],
      remove_headers_config: [{ items: [{ header: "server" }] }],
    });
    const [standard] = made("website", "aws_cloudfront_response_headers_policy");
    expect(standard.security_headers_config[0]).toMatchObject({
      content_security_policy: [{ content_security_policy: "frame-ancestors 'none'; upgrade-insecure-requests" }],
      frame_options: [{ frame_option: "DENY" }],
      referrer_policy: [{ referrer_policy: "strict-origin-when-cross-origin" }],
    });
  });

  test("HTTP, IPv6, price class, countries, errors, root object, comment and tags are as said, or as is best", () => {
    expect(distribution("full_cdn")).toMatchObject({
      http_version: "http2",
      is_ipv6_enabled: true,
      price_class: "PriceClass_100",
      default_root_object: "index.html",
      comment: "All of it",
      tags: { team: "web" },
      restrictions: [{ geo_restriction: [{ restriction_type: "whitelist", locations: ["DE", "FR"] }] }],
      viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021", ssl_support_method: "sni-only" }],
    });
    const errors = distribution("full_cdn").custom_error_response;
    expect(errors).toMatchObject([
      { error_code: 503, error_caching_min_ttl: 0 },
      { error_code: 404, response_code: 404, response_page_path: "/404.html", error_caching_min_ttl: 60 },
    ]);
    for (const one of distribution("website").custom_error_response) expect(one.error_caching_min_ttl).toBe(10);
    expect(distribution("redirect").default_cache_behavior[0].allowed_methods).toContain("POST");
    expect(distribution("website")).toMatchObject({ http_version: "http2and3", price_class: "PriceClass_All" });
    expect(distribution("failover_cdn").restrictions).toMatchObject([
      { geo_restriction: [{ restriction_type: "blacklist", locations: ["AQ"] }] },
    ]);
  });

  test("a web ACL of the stack is attached, and its region checked", () => {
    const [cdn] = written("full_cdn", "aws_cloudfront_distribution");
    expect(cdn.web_acl_id).toMatch(/^\$\{aws_wafv2_web_acl\.full_acl_\w+\.arn\}$/);
    expect(cdn.lifecycle.precondition[0].condition).toContain(":wafv2:us-east-1:");
  });

  test("websites and APIs log into a private bucket that the delivery may write to, by default", () => {
    for (const app of ["website", "api"]) {
      expect(made(app, "aws_cloudwatch_log_delivery_source"), app).toMatchObject([{ log_type: "ACCESS_LOGS" }]);
      expect(made(app, "aws_cloudwatch_log_delivery_destination"), app).toMatchObject([{ output_format: "json" }]);
      const [delivery] = written(app, "aws_cloudwatch_log_delivery");
      const [destination] = written(app, "aws_cloudwatch_log_delivery_destination");
      const [to] = destination.delivery_destination_configuration;
      const [, bucket = ""] = /aws_s3_bucket\.(\w+)\.arn/.exec(to.destination_resource_arn) ?? [];
      const [policy] = written(app, "aws_s3_bucket_policy").filter((one) => one.bucket.includes(bucket));
      expect(JSON.parse(policy.policy).Statement[0]).toMatchObject({
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Condition: {
          ArnLike: { "aws:SourceArn": expect.stringMatching(/aws_cloudwatch_log_delivery_source\.\w+\.arn/) },
        },
      });
      expect(made(app, "aws_s3_bucket_lifecycle_configuration"), app).toMatchObject([
        { rule: [{ status: "Enabled", expiration: [{ days: 365 }] }] },
      ]);
      expect(delivery.depends_on[0], app).toMatch(/^aws_s3_bucket_policy\./);
    }
  });

  test("logs go to a log group or a stream as asked, and nowhere from a bare distribution", () => {
    expect(made("full_cdn", "aws_cloudwatch_log_group")).toMatchObject([{ retention_in_days: 90 }]);
    const stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/edge";
    expect(made("full_token", "aws_cloudwatch_log_delivery_destination")).toMatchObject([
      { delivery_destination_configuration: [{ destination_resource_arn: stream }] },
    ]);
    expect(made("failover_assets", "aws_cloudwatch_log_delivery")).toMatchObject([
      {
        s3_delivery_configuration: [
          { suffix_path: "{DistributionId}/{yyyy}/{MM}/{dd}", enable_hive_compatible_path: false },
        ],
      },
    ]);
    for (const app of ["failover_cdn", "imported", "redirect"])
      expect(made(app, "aws_cloudwatch_log_delivery"), app).toEqual([]);
  });

  test("names that AWS wants unique are short enough, and all different", () => {
    const named = ["cloudfront_function", "cloudfront_origin_access_control", "cloudwatch_log_delivery_source"];
    const names = named.flatMap((type) =>
      plan.resource_changes.filter((one) => one.type === `aws_${type}`).map(({ change }) => change.after.name),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9-]{1,60}$/);
  });

  test("newer versions of the provider's line are let in", () => {
    expect(stack.terraform.required_providers.aws.version).toMatch(/^~> \d+\.\d+$/);
  });

  test("a listener asks for TLS 1.2 with forward secrecy, sends HSTS, and redirects port 80", () => {
    const listeners = made("imported", "aws_lb_listener");
    expect(listeners).toMatchObject([
      {
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", port: "443", status_code: "HTTP_301" }] }],
      },
      {
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        routing_http_response_strict_transport_security_header_value: "max-age=63072000; includeSubDomains",
      },
    ]);
  });
});

describe.runIf(isHere)("the plan of an app with waivers", () => {
  let bytes: Buffer;
  let plan: PlanJson;
  let waivers: readonly RecordedWaiver[];

  beforeAll(() => {
    bytes = planned(synth(waived));
    plan = JSON.parse(bytes.toString());
    const data = plan.resource_changes.filter(({ address }) => address === "terraform_data.tlsgate_waivers");
    waivers = data[0]?.change.after.input;
  }, 300_000);

  /** All values at a path, where [*] stands for each of a set. */
  function valuesAt(values: Values, path: string): unknown[] {
    const parts = path.split(/\.|(?=\[)/);
    return parts.reduce<Values[]>(
      (found, part) =>
        part === "[*]"
          ? found.flat()
          : found.map((one) => one?.[/^\[\d+\]$/.test(part) ? Number(part.slice(1, -1)) : part] ?? null),
      [values],
    );
  }

  const fingerprintOf = (rule: string, attribute: string, value: unknown) =>
    createHash("sha256")
      .update(JSON.stringify([rule, attribute, value]))
      .digest("hex");

  test("each waiver stands at a value of the plan, which its fingerprint tells from others", () => {
    const [known, late] = [true, false].map((isKnown) => waivers.filter((one) => "fingerprint" in one === isKnown));
    const places = late?.map(({ rule, attribute }) => `${rule} at ${attribute}`);
    expect(places?.sort()).toEqual([
      "hsts-enabled at ordered_cache_behavior[3].response_headers_policy_id",
      "hsts-include-subdomains at default_cache_behavior[0].function_association[*].function_arn",
      "hsts-include-subdomains at default_cache_behavior[0].response_headers_policy_id",
    ]);
    for (const { rule, resource, attribute, fingerprint } of known ?? []) {
      const [change] = plan.resource_changes.filter(({ address }) => address === resource);
      const prints = valuesAt(change?.change.after, attribute).map((value) => fingerprintOf(rule, attribute, value));
      expect(prints, `${rule} at ${resource} ${attribute}`).toContain(fingerprint);
    }
  });

  test("the gate accepts all that is waived", () => {
    const { enforcement } = profiles.strict;
    const ids = policies.map(({ id }) => id);
    const acceptance = { ...nothingAccepted, ofPlan: "planned", policies: ids, today: new Date() } as const;
    const { findings } = decide(parsePlan(bytes, "plan.json"), { policies, adapters, enforcement }, acceptance);
    expect(findings.filter(({ policy }) => policy.startsWith("waiver-"))).toEqual([]);
    expect(findings.filter(({ outcome, waiver }) => outcome === "fail" && waiver === null)).toEqual([]);
  });

  test("the gate fails exactly what is waived", () => {
    const { enforcement } = profiles.strict;
    const { findings } = evaluatePlan(parsePlan(bytes, "plan.json"), { enforcement });
    const failed = findings.filter(({ outcome }) => outcome === "fail");
    const place = (rule: string, address: string, at: string) =>
      `${rule} at ${address} ${at.replace(/(^origin|function_association)\[\d+\]/, "$1[*]")}`;
    expect(new Set(failed.map(({ policy, address, at }) => place(policy, address, at)))).toEqual(
      new Set(waivers.map(({ rule, resource, attribute }) => place(rule, resource, attribute))),
    );
    // The listener names its certificate and its load balancer by ARNs from elsewhere.
    const open = findings.filter(({ outcome }) => outcome === "unknown");
    expect([...new Set(open.map(({ address, at }) => `${address.replace(/_[^_]*$/, "")} ${at}`))]).toEqual([
      "aws_lb_listener.waived_listener_https certificate_arn",
      "aws_lb_listener.waived_listener_https load_balancer_arn",
    ]);
  });

  test("the key of an imported certificate is sensitive", () => {
    const bought = plan.resource_changes.find(({ address }) => address.startsWith("aws_acm_certificate.waived_bought"));
    expect(bought?.change).toMatchObject({ after_sensitive: { private_key: true } });
  });

  test("a waiver says who, why and until when", () => {
    for (const one of waivers) {
      expect(one).toMatchObject({ owner: "grid@example.com", reason: "Meters in the field speak no TLS." });
      expect(one.until).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });
});

// Apps of our own constructs, planned by the real Terraform: they meet all policies.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { profiles } from "../../policies/profiles.ts";
import { hasTerraform, terraformEnvironment } from "../../scripts/terraform.ts";
import { evaluatePlan } from "../../src/api.ts";
import { parsePlan } from "../../src/plan/parse.ts";
import { api } from "./apps/api.ts";
import { failover } from "./apps/failover.ts";
import { imported } from "./apps/imported.ts";
import { redirect } from "./apps/redirect.ts";
import { singlePage } from "./apps/single-page.ts";
import { website } from "./apps/website.ts";
import { synth } from "./synth.ts";

const apps = [website, singlePage, api, redirect, failover, imported];

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
  const env = { ...process.env, ...terraformEnvironment() };
  const terraform = (...words: string[]) =>
    execFileSync("terraform", words, { cwd: directory, env, maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] });
  terraform("init", "-input=false", "-no-color");
  terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=apps.tfplan");
  return terraform("show", "-json", "apps.tfplan");
}

describe.runIf(isHere)("the plan of all apps", () => {
  let bytes: Buffer;
  let plan: PlanJson;
  let stack: { readonly resource: Record<string, Record<string, Values>> };

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

  /** What only a look at the certificate itself would tell, as it stands outside of the plan. */
  const outside = [
    "certificate-auto-renewal",
    "certificate-covers-domains",
    "certificate-key-strength",
    "certificate-transparency",
    "certificate-validated",
  ];

  test.each(["strict", "apple-ats"] as const)(
    "passes the profile %s: nothing fails, and only an ARN is unknown",
    (name) => {
      const { enforcement } = profiles[name];
      const { verdict, findings, inventory } = evaluatePlan(parsePlan(bytes, "plan.json"), { enforcement });
      expect(inventory.endpoints.map(({ address }) => address.split(/[._]/)[3])).toEqual(
        expect.arrayContaining(["api", "failover", "imported", "redirect", "single-page", "website"]),
      );
      expect(new Set(findings.map(({ policy }) => policy))).toEqual(new Set(Object.keys(enforcement)));
      const others = findings.filter(({ outcome }) => outcome !== "pass");
      expect(others.map(({ outcome, policy }) => `${outcome} ${policy}`).sort()).toEqual(
        outside.map((policy) => `unknown ${policy}`),
      );
      for (const one of others) expect(one.address).toMatch(/^aws_cloudfront_distribution\.imported_/);
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
    expect(records("failover").map((line) => line.split(" ")[0])).toEqual(["A", "A", "HTTPS", "HTTPS"]);
    expect(records("imported")).toEqual([]);
  });

  test("certificates and their validations are made in us-east-1, and nothing else is", () => {
    const there = plan.configuration.root_module.resources.filter((one) => one.provider_config_key === "aws.us_east_1");
    const types = (list: readonly { readonly address: string }[]) =>
      list.map(({ address }) => address).filter((address) => address.startsWith("aws_acm_"));
    expect(types(there)).toEqual(types(plan.configuration.root_module.resources));
    expect(types(there)).toHaveLength(10);
    expect(there).toHaveLength(10);
  });

  test("what is in use is replaced before it is deleted", () => {
    for (const type of [
      "aws_acm_certificate",
      "aws_cloudfront_function",
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_response_headers_policy",
    ]) {
      const all = Object.values(stack.resource[type] ?? {});
      expect(all.length, type).toBeGreaterThan(0);
      for (const one of all) expect(one.lifecycle, type).toMatchObject({ create_before_destroy: true });
    }
  });

  test("each validation record stands in the zone of its name, once for a wildcard and its base", () => {
    const zones = (app: string) =>
      made(app, "aws_route53_record")
        .filter(({ alias }) => !alias?.length)
        .map(({ zone_id }) => zone_id);
    expect(zones("failover").sort()).toEqual(["Z1", "Z4"]);
    expect(zones("single-page")).toEqual(["Z2"]);
  });

  test("all behaviors of a distribution share one response headers policy", () => {
    for (const app of ["website", "failover", "api"]) {
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
    expect(paths("failover")).toEqual(["/cart", "*.png"]);
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
    expect(made("website", "aws_s3_bucket_public_access_block")).toMatchObject([
      { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true },
    ]);
    const [{ policy }] = written("website", "aws_s3_bucket_policy");
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
    } = distribution("failover");
    expect(origin.map((one: Values) => one.origin_id).sort()).toEqual(["custom-2", "s3-1"]);
    expect(groups[0].member.map((one: Values) => one.origin_id)).toEqual(["s3-1", "custom-2"]);
    expect(first[0].target_origin_id).toBe(groups[0].origin_id);
    expect(others.map((one: Values) => one.target_origin_id)).toEqual(["custom-2", groups[0].origin_id]);
  });

  test("CORS lets in what is named alone", () => {
    const [{ cors_config: cors }] = made("api", "aws_cloudfront_response_headers_policy");
    expect(cors).toMatchObject([
      {
        access_control_allow_credentials: true,
        access_control_allow_origins: [{ items: ["https://app.example.com"] }],
        access_control_allow_methods: [{ items: ["GET", "POST"] }],
      },
    ]);
  });
});

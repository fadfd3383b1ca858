// Plan files: what the archive holds, and archives that hold something else.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { readPlanFile } from "../../src/hcl/archive.ts";
import { configurationOf } from "../../src/hcl/configuration.ts";
import { createEvaluator } from "../../src/hcl/evaluator.ts";
import { readConfiguration } from "../../src/hcl/read.ts";
import { compareInstances } from "../support/differential.ts";
import { brief, instanceAt } from "../support/evaluator.ts";
import { instancesOf, plannedValuesOf } from "../support/planned.ts";
import { terraformIsHere } from "../support/terraform-run.ts";
import { planFiles } from "../support/terraform-values.ts";

const manifest = strToU8(
  JSON.stringify([
    { Key: "", Dir: "." },
    { Key: "cdn", Source: "./cdn", Dir: "modules/cdn" },
  ]),
);

const entries = {
  "tfconfig/modules.json": manifest,
  "tfconfig/m-/main.tf": strToU8('resource "a_b" "c" {}\n'),
  "tfconfig/m-/notes.txt": strToU8("no configuration"),
  "tfconfig/m-cdn/main.tf": strToU8('resource "a_b" "d" {}\n'),
  ".terraform.lock.hcl": strToU8('provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n'),
};

describe("a plan file", () => {
  test("holds the files of all modules, and the versions of the providers", () => {
    const source = readPlanFile(zipSync(entries), "tfplan");
    expect(source.modules.map(({ key, directory, files }) => [key, directory, files.map(({ path }) => path)])).toEqual([
      ["", ".", ["main.tf"]],
      ["cdn", "modules/cdn", ["modules/cdn/main.tf"]],
    ]);
    const { module, providerVersions } = configurationOf(source);
    expect([...(module("cdn")?.resources.keys() ?? [])]).toEqual(["managed a_b.d"]);
    expect(module("other")).toBeUndefined();
    expect([...providerVersions]).toEqual([["registry.terraform.io/hashicorp/aws", "5.100.0"]]);
  });

  test.each([
    ["cut off", zipSync(entries).subarray(0, 300), /damaged ZIP archive/],
    ["of something else", zipSync({ "a.txt": strToU8("x") }), /not a Terraform plan file/],
    ["with no list of modules", zipSync({ "tfconfig/modules.json": strToU8("{") }), /list of modules/],
    [
      "that unpacks to too much",
      zipSync({ ...entries, "tfconfig/m-/big.tf": new Uint8Array(2 ** 26 + 1) }),
      /more than a plan file can hold/,
    ],
    [
      "of too many files",
      zipSync(
        Object.fromEntries(
          Array.from({ length: 20_001 }, (_, index) => [`tfconfig/m-/${index}.tf`, new Uint8Array(0)]),
        ),
      ),
      /more than a plan file can hold/,
    ],
  ])("%s is refused", (_, bytes, message) => {
    expect(() => readPlanFile(bytes, "tfplan")).toThrow(message);
  });

  test("takes no more memory than an entry claims to need", () => {
    const bytes = zipSync({ ...entries, "tfconfig/m-/lies.tf": [new Uint8Array(1_000_000), { level: 9 }] });
    // The size in the directory at the end becomes 4 bytes.
    const view = Buffer.from(bytes);
    const at = view.lastIndexOf("tfconfig/m-/lies.tf") - 46 + 24;
    view.writeUInt32LE(4, at);
    const read = () => readPlanFile(view, "tfplan").modules[0]?.files.find(({ path }) => path === "lies.tf")?.text;
    let length = 0;
    try {
      length = read()?.length ?? 0;
    } catch {
      // To refuse it is right as well.
    }
    expect(length).toBeLessThanOrEqual(4);
  });
});

describe("a directory", () => {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-configuration-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(directory, path, ".."), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  write("main.tf", 'module "a" { source = "./modules/a" }\nmodule "remote" { source = "example/remote/aws" }\n');
  write("modules/a/main.tf", 'module "b" { source = "../b" }\n');
  write("modules/b/main.tf", 'output "x" { value = path.module }\n');
  write(".terraform/modules/modules.json", '{"Modules":[{"Key":"remote","Dir":".terraform/modules/remote"}]}');
  write(".terraform/modules/remote/main.tf", "");
  write(".hidden.tf", "}");

  test("is read with the modules that it calls", () => {
    const { modules } = readConfiguration(directory);
    expect(modules.map(({ key, files }) => [key, files.map(({ path }) => path)])).toEqual([
      ["", ["main.tf"]],
      ["a", ["modules/a/main.tf"]],
      ["a.b", ["modules/b/main.tf"]],
      ["remote", [".terraform/modules/remote/main.tf"]],
    ]);
  });

  test("and nothing else is", () => {
    expect(() => readConfiguration(join(directory, "main.tf"))).toThrow(
      /neither a Terraform plan file nor a directory/,
    );
    expect(() => readConfiguration(join(directory, "none"))).toThrow(/not found/);
  });
});

const site = {
  "main.tf": `
locals {
  domains = { shop = "shop.example.com", docs = "docs.example.com" }
  region  = terraform.workspace == "production" ? "eu-central-1" : "eu-west-1"
}
variable "edge" { default = true }
provider "aws" {
  region                      = local.region
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
provider "aws" {
  alias                       = "use1"
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
resource "aws_acm_certificate" "site" {
  for_each          = local.domains
  provider          = aws.use1
  domain_name       = each.value
  validation_method = "DNS"
}
module "cdn" {
  source       = "./cdn"
  for_each     = local.domains
  host         = each.value
  certificates = var.edge ? { (each.key) = aws_acm_certificate.site[each.key].arn } : {}
  providers    = { aws = aws.use1 }
}
resource "aws_s3_bucket" "logs" { bucket_prefix = "logs-" }
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({ Statement = [{ Effect = "Deny", Resource = [aws_s3_bucket.logs.arn, "\${aws_s3_bucket.logs.arn}/*"] }] })
}
`,
  "cdn/main.tf": `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "host" { type = string }
variable "certificates" { type = map(string) }
resource "aws_cloudfront_distribution" "this" {
  enabled = true
  aliases = [var.host]
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "site"
    viewer_protocol_policy = lower("Redirect-to-HTTPS")
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }
  origin {
    domain_name = "origin.\${var.host}"
    origin_id   = "site"
  }
  restrictions {
    geo_restriction { restriction_type = "none" }
  }
  dynamic "viewer_certificate" {
    for_each = var.certificates
    iterator = certificate
    content {
      acm_certificate_arn      = certificate.value
      minimum_protocol_version = "TLSv1.2_2021"
      ssl_support_method       = "sni-only"
    }
  }
}
`,
  "cdn/main_override.tf": 'resource "aws_cloudfront_distribution" "this" {\n  comment = "overridden"\n}\n',
};

describe.runIf(terraformIsHere("plan files"))("a plan file of Terraform's", () => {
  const { archive, plan } = planFiles(site, { workspace: "production" });
  const configuration = configurationOf(readPlanFile(archive, "tfplan"));
  const evaluator = createEvaluator(configuration, plannedValuesOf(plan));
  const shop = instanceAt('module.cdn["shop"].aws_cloudfront_distribution.this');

  test("agrees with its plan", () => {
    const { equal, open, different } = compareInstances(evaluator, instancesOf(plan));
    expect({ open, different }).toEqual({ open: [], different: [] });
    expect(equal).toBeGreaterThan(30);
  });

  test("tells the workspace, and the versions of the providers", () => {
    expect(configuration.workspace).toBe("production");
    expect([...configuration.providerVersions.keys()]).toEqual(["registry.terraform.io/hashicorp/aws"]);
    expect(brief(evaluator.providerSetting(instanceAt("aws_s3_bucket.logs"), "region"))).toBe('"eu-central-1"');
    expect(brief(evaluator.providerSetting(shop, "region"))).toBe('"us-east-1"');
  });

  test("leads through modules and dynamic blocks to the certificate", () => {
    expect(brief(evaluator.evaluateAttribute(shop, ["viewer_certificate", 0, "acm_certificate_arn"]))).toBe(
      '→ aws_acm_certificate.site["shop"].arn',
    );
    expect(brief(evaluator.evaluateAttribute(shop, ["comment"]))).toBe('"overridden"');
    expect(evaluator.positionOf(shop, ["comment"])).toEqual({ file: "cdn/main_override.tf", line: 2, column: 3 });
  });

  test("shows what the plan has as one unknown text", () => {
    const policy = evaluator.evaluateAttribute(instanceAt("aws_s3_bucket_policy.logs"), ["policy"]);
    expect(brief(policy)).toBe(
      'json {Statement: [{Effect: "Deny", Resource: [→ aws_s3_bucket.logs.arn, (→ aws_s3_bucket.logs.arn)/*]}]}',
    );
  });

  test("is the same with its entries in another order", () => {
    const reversed = zipSync(Object.fromEntries(Object.entries(unzipSync(archive)).reverse()));
    expect(configurationOf(readPlanFile(reversed, "tfplan")).workspace).toBe("production");
  });
});

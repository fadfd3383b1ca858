// Plan files: what the archive holds, and archives that hold something else.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { modulesManifestIn, readPlanFile } from "../../src/hcl/archive.ts";
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

  /** The archive with another size of an entry in the directory at its end. */
  function claiming(bytes: Uint8Array, sizes: { readonly [name: string]: number }): Buffer {
    const view = Buffer.from(bytes);
    for (const [name, size] of Object.entries(sizes)) view.writeUInt32LE(size, view.lastIndexOf(name) - 46 + 24);
    return view;
  }

  describe("may hold", () => {
    const names = ["1", "2", "3", "4"].map((name) => `tfconfig/m-/${name}.tf`);
    const archive = zipSync({
      "tfconfig/modules.json": manifest,
      ...Object.fromEntries(names.map((name) => [name, new Uint8Array(0)])),
    });
    const first = names[0] ?? "";
    const quarter = 2 ** 26;
    const all = Object.fromEntries(names.map((name) => [name, quarter]));
    const reads = (bytes: Uint8Array) => () => readPlanFile(bytes, "tfplan");

    test("an entry of 64 MiB, and none of more", () => {
      expect(reads(claiming(archive, { [first]: quarter }))).not.toThrow();
      expect(reads(claiming(archive, { [first]: quarter + 1 }))).toThrow(/more than a plan file can hold/);
    });

    test("256 MiB in all, and no more", () => {
      const rest = quarter - manifest.length;
      expect(reads(claiming(archive, { ...all, [first]: rest }))).not.toThrow();
      expect(reads(claiming(archive, { ...all, [first]: rest + 1 }))).toThrow(/more than a plan file can hold/);
    });

    test("20,000 entries", () => {
      const many = Array.from({ length: 19_999 }, (_, index) => [`tfconfig/m-/${index}`, new Uint8Array(0)] as const);
      expect(reads(zipSync({ "tfconfig/modules.json": manifest, ...Object.fromEntries(many) }))).not.toThrow();
    });

    test("what is not looked at, however large or damaged it is", () => {
      const state = new Uint8Array(1000);
      const bytes = claiming(zipSync({ ...entries, tfstate: [state, { level: 0 }] }), { tfstate: quarter + 1 });
      // A way of compression that there is not.
      bytes.writeUInt16LE(99, bytes.lastIndexOf("tfstate") - 46 + 10);
      expect(reads(bytes)).not.toThrow();
    });
  });

  test("keeps the byte order mark of a file, so that places are those of the file", () => {
    const text = "\ufeffa = 1\n";
    const { modules } = readPlanFile(zipSync({ ...entries, "tfconfig/m-/main.tf": strToU8(text) }), "tfplan");
    expect(modules[0]?.files[0]?.text).toBe(text);
  });

  test("is told by the first two bytes of a ZIP archive", () => {
    for (const [at, value] of [0x50, 0x4b].entries()) {
      const bytes = zipSync(entries);
      expect(() => readConfiguration("tfplan", bytes)).not.toThrow();
      for (const other of [value - 1, value + 1]) {
        bytes[at] = other;
        expect(() => readConfiguration("tfplan", bytes)).toThrow(/neither a Terraform plan file nor a directory/);
      }
    }
  });

  test("lists its modules", () => {
    const archive = zipSync(entries);
    const name = "tfconfig/modules.json";
    expect(modulesManifestIn(archive)).toBe(new TextDecoder().decode(manifest));
    expect(modulesManifestIn(claiming(archive, { [name]: 2 ** 26 }))).toBeDefined();
    expect(modulesManifestIn(claiming(archive, { [name]: 2 ** 26 + 1 }))).toBeUndefined();
    expect(modulesManifestIn(zipSync({ "a.txt": strToU8("x") }))).toBeUndefined();
    expect(modulesManifestIn(archive.subarray(0, 300))).toBeUndefined();
    expect(modulesManifestIn(strToU8("{}"))).toBeUndefined();
  });

  describe("tells its workspace", () => {
    const bytes = (...parts: readonly (number | string | readonly number[])[]) =>
      parts.flatMap((part) => (typeof part === "string" ? [...strToU8(part)] : part));
    /** A field that says how long it is. */
    const field = (tag: number, content: readonly number[]) =>
      bytes(tag, content.length < 128 ? content.length : [0x80 | (content.length & 127), content.length >> 7], content);
    const zeros = (length: number) => new Array<number>(length).fill(0);
    // Field 13 holds the backend: 1 is its type, 3 its workspace.
    const backend = field(0x6a, [...field(0x0a, bytes("s3")), ...field(0x1a, bytes("production"))]);
    const workspaceOf = (plan: readonly number[]) =>
      readPlanFile(zipSync({ ...entries, tfplan: new Uint8Array(plan) }), "tfplan").workspace;

    test.each<[string, readonly number[], string | undefined]>([
      ["alone", [], "production"],
      ["after a number", bytes(0x08, 3), "production"],
      ["after a number of two bytes", bytes(0x08, [0x80, 0x01]), "production"],
      ["after a number of ten bytes", bytes(0x08, zeros(9).fill(0xff), 0x01), "production"],
      ["not after a number of eleven bytes, which there is not", bytes(0x08, zeros(10).fill(0xff), 0x01), undefined],
      ["after eight bytes", bytes(0x11, zeros(8)), "production"],
      ["after four bytes", bytes(0x15, zeros(4)), "production"],
      ["after a text", field(0x72, bytes("1.11.4")), "production"],
      ["after a text of 127 bytes", field(0x72, zeros(127)), "production"],
      ["after a text of 128 bytes", field(0x72, zeros(128)), "production"],
      ["after a field whose number takes two bytes", bytes([0x80, 0x01], 3), "production"],
      ["not after a group, which no plan has", bytes(0x0b), undefined],
      ["not after a text that ends behind the plan", bytes(0x72, 0x7f), undefined],
    ])("%s", (_, before, expected) => expect(workspaceOf([...before, ...backend])).toBe(expected));

    test("if it has one", () => {
      expect(workspaceOf([])).toBeUndefined();
      expect(workspaceOf(field(0x72, bytes("1.11.4")))).toBeUndefined();
      expect(workspaceOf(field(0x6a, field(0x0a, bytes("s3"))))).toBeUndefined();
      expect(workspaceOf(backend.slice(0, -1))).toBeUndefined();
    });
  });

  test("takes no more memory than an entry claims to need", () => {
    // The size in the directory at the end becomes 4 bytes.
    const lies = "tfconfig/m-/lies.tf";
    const view = claiming(zipSync({ ...entries, [lies]: [new Uint8Array(1_000_000), { level: 9 }] }), { [lies]: 4 });
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

// The configuration in a directory against the one that a plan was made from.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configurationOf } from "../../src/hcl/configuration.ts";
import { readConfiguration } from "../../src/hcl/read.ts";
import { InputError } from "../../src/input-error.ts";
import { configurationDifferences, describeDifference } from "../../src/plan/configuration-differences.ts";
import { withConfiguration } from "../../src/plan/configured.ts";
import { parsePlan } from "../../src/plan/parse.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { fixture } from "../support/plans.ts";
import { terraformIsHere } from "../support/terraform-run.ts";
import { planFiles } from "../support/terraform-values.ts";

const root = "test/plans";
const temporary = mkdtempSync(join(tmpdir(), "tlsgate-directory-"));
let count = 0;
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const isConfiguration = (name: string): boolean => name.endsWith(".tf") || name.endsWith(".tf.json");

const differencesIn = (directory: string, plan: Plan): readonly string[] =>
  configurationDifferences(configurationOf(readConfiguration(directory)), plan.configuration ?? {}, plan.instances).map(
    describeDifference,
  );

function newDirectory(): string {
  const directory = join(temporary, String(count++));
  mkdirSync(directory);
  return directory;
}

interface Change {
  readonly file?: string;
  readonly from: string;
  readonly to: string;
}

/** A text with changes, each of which must find its place. */
function changed(text: string, { from, to }: Change): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

/** A copy of a folder of test/plans with changes. */
function copyOf(name: string, changes: readonly Change[]): string {
  const directory = newDirectory();
  cpSync(join(root, name), directory, { recursive: true });
  for (const change of changes) {
    const path = join(directory, change.file ?? "main.tf");
    writeFileSync(path, changed(readFileSync(path, "utf8"), change));
  }
  return directory;
}

describe("the configuration that a plan was made from", () => {
  const folders = readdirSync(root).filter(
    (name) => existsSync(join(root, name, "plan.json")) && readdirSync(join(root, name)).some(isConfiguration),
  );

  test("is in most folders", () => expect(folders.length).toBeGreaterThan(100));

  test.each(folders)("%s has no difference", (name) => {
    expect(differencesIn(join(root, name), fixture(name))).toEqual([]);
  });
});

const listener = "aws_lb_listener.https";

describe("one change is one difference", () => {
  test.each<readonly [string, string, Change, readonly string[]]>([
    [
      "a renamed resource",
      "aws-load-balancer",
      { from: '"aws_alb" "old"', to: '"aws_alb" "older"' },
      ["aws_alb.old: only in the plan", "aws_alb.older: not in the plan (main.tf:34)"],
    ],
    [
      "another attribute",
      "aws-load-balancer",
      { from: "  enable_http2 = false\n", to: "  idle_timeout = 30\n" },
      [
        "aws_alb.old enable_http2: only in the plan (main.tf:34)",
        "aws_alb.old idle_timeout: not in the plan (main.tf:37)",
      ],
    ],
    [
      "another reference",
      "aws-load-balancer",
      {
        from: "certificate_arn   = aws_acm_certificate_validation.site.certificate_arn",
        to: "certificate_arn   = aws_acm_certificate.elsewhere.arn",
      },
      [
        `${listener} certificate_arn: refers to aws_acm_certificate.elsewhere.arn, in the plan to aws_acm_certificate_validation.site.certificate_arn (main.tf:84)`,
      ],
    ],
    [
      "a reference to another instance",
      "aws-load-balancer",
      { from: 'aws_lb_target_group.group["HTTPS"].arn', to: 'aws_lb_target_group.group["TLS"].arn' },
      [
        `${listener} default_action.target_group_arn: refers to aws_lb_target_group.group["TLS"].arn, in the plan to aws_lb_target_group.group["HTTPS"].arn (main.tf:90)`,
      ],
    ],
    [
      "a reference in the place of a constant",
      "aws-load-balancer",
      { from: '"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"', to: "terraform_data.late.output" },
      [`${listener} ssl_policy: refers to terraform_data.late.output, not in the plan (main.tf:83)`],
    ],
    [
      "a constant in the place of a reference",
      "aws-load-balancer",
      { from: "load_balancer_arn = aws_lb.front.arn", to: 'load_balancer_arn = "arn"' },
      [`${listener} load_balancer_arn: refers in the plan to aws_lb.front.arn (main.tf:80)`],
    ],
    [
      "another constant",
      "aws-load-balancer",
      { from: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", to: "ELBSecurityPolicy-2016-08" },
      [`${listener} ssl_policy: another constant than in the plan (main.tf:83)`],
    ],
    [
      "a function in the place of a constant",
      "aws-load-balancer",
      { from: '"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"', to: 'upper("a")' },
      [`${listener} ssl_policy: another constant than in the plan (main.tf:83)`],
    ],
    [
      "a constant in a block",
      "aws-load-balancer",
      { from: 'status_code = "HTTP_301"', to: 'status_code = "HTTP_302"' },
      ["aws_lb_listener.redirect default_action.redirect.status_code: another constant than in the plan (main.tf:130)"],
    ],
    [
      "an added block",
      "aws-load-balancer",
      { from: "  default_action {\n", to: '  mutual_authentication {\n    mode = "off"\n  }\n\n  default_action {\n' },
      [`${listener} mutual_authentication: not in the plan (main.tf:88)`],
    ],
    [
      "a second block of a type",
      "aws-load-balancer",
      { from: "  default_action {\n", to: '  default_action {\n    type = "redirect"\n  }\n  default_action {\n' },
      [`${listener} default_action: 2 blocks, in the plan 1 block (main.tf:88)`],
    ],
    [
      "an added count",
      "aws-load-balancer",
      { from: '  name    = "front"\n', to: '  name    = "front"\n  count   = 1\n' },
      ["aws_lb.front count: not in the plan (main.tf:31)"],
    ],
    [
      "an added count that Terraform would not list",
      "aws-load-balancer",
      { from: '  name    = "front"\n', to: '  name    = "front"\n  count   = min(1, 2)\n' },
      ["aws_lb.front count: not in the plan (main.tf:31)"],
    ],
    [
      "a removed for_each that Terraform has not listed",
      "aws-load-balancer",
      { from: '  for_each = toset(["HTTP", "HTTPS", "TCP", "TLS"])\n', to: "" },
      ["aws_lb_target_group.group for_each: only in the plan (main.tf:46)"],
    ],
    [
      "another provider configuration",
      "aws-load-balancer",
      { from: "provider          = aws.us_east_1", to: "provider          = aws" },
      [
        "aws_acm_certificate.elsewhere provider: another provider configuration than in the plan, where it is aws.us_east_1 (main.tf:69)",
      ],
    ],
    [
      "another region of a provider",
      "aws-load-balancer",
      { from: '"us-east-1"', to: '"us-west-2"' },
      ["provider.aws.us_east_1 region: another constant than in the plan (main.tf:21)"],
    ],
    [
      "a module call under another name",
      "awkward-nested-modules",
      { from: 'module "misplaced"', to: 'module "placed"' },
      ["module.misplaced: only in the plan", "module.placed: not in the plan (main.tf:68)"],
    ],
    [
      "a module that is not installed",
      "awkward-nested-modules",
      {
        from: 'module "misplaced" {\n  source = "./modules/site"',
        to: 'module "misplaced" {\n  source = "example/site/aws"\n  version = "1.0.0"',
      },
      ["module.misplaced: its source is not in the directory, run: terraform init (main.tf:68)"],
    ],
    [
      "a module whose directory is empty",
      "awkward-nested-modules",
      { from: 'module "misplaced" {\n  source = "./modules/site"', to: 'module "misplaced" {\n  source = "./none"' },
      ["module.misplaced: its source is not in the directory, run: terraform init (main.tf:68)"],
    ],
    [
      "another argument of a module",
      "awkward-nested-modules",
      { from: 'minimum_tls       = "TLSv1.2_2021"', to: 'minimum_tls       = "TLSv1"' },
      ["module.misplaced minimum_tls: another constant than in the plan (main.tf:76)"],
    ],
    [
      "another provider that is passed to a module",
      "awkward-nested-modules",
      { from: "aws.certificates = aws.use1", to: "aws.certificates = aws" },
      [
        ["aws_acm_certificate.this", 14],
        ["aws_acm_certificate_validation.this", 35],
        ["aws_route53_record.validation", 24],
      ].map(
        ([resource, line]) =>
          `module.site.module.certificate.${resource} provider: another provider configuration than in the plan, where it is aws.use1 (modules/certificate/main.tf:${line})`,
      ),
    ],
    [
      "an output of a module",
      "awkward-nested-modules",
      { file: "modules/site/main.tf", from: "value = module.certificate.arn", to: "value = var.domain" },
      ["module.misplaced", "module.site"].map(
        (module) =>
          `${module}.output.certificate_arn value: refers to var.domain, in the plan to module.certificate.arn (modules/site/main.tf:42)`,
      ),
    ],
    [
      "the default of a variable",
      "awkward-nested-modules",
      { from: 'domain = "shop.example.com" }', to: 'domain = "shop.example.org" }' },
      ["var.sites default: another constant than in the plan (main.tf:35)"],
    ],
    [
      "the default of an attribute of a variable",
      "awkward-nested-modules",
      { from: "optional(number, 63072000)", to: "optional(number, 300)" },
      ["var.sites default: another constant than in the plan (main.tf:35)"],
    ],
    [
      "a file that cannot be read",
      "awkward-nested-modules",
      { file: "modules/cdn/main.tf", from: 'variable "minimum_tls" {', to: 'variable "minimum_tls"' },
      ["module.misplaced.module.cdn", "module.site.module.cdn"].map(
        (module) => `${module}: this file could not be read (modules/cdn/main.tf:18)`,
      ),
    ],
    [
      "text in JSON syntax",
      "awkward-json-syntax",
      { file: "main.tf.json", from: `\${var.home_region}"`, to: `\${var.home_region}-1"` },
      ["provider.aws region: another constant than in the plan (main.tf.json:20)"],
    ],
  ])("%s", (_, name, change, expected) => {
    expect(differencesIn(copyOf(name, [change]), fixture(name))).toEqual(expected);
  });
});

/** What the real Terraform shows of blocks and arguments that it treats in a way of its own. */
const files: { readonly [path: string]: string } = {
  "main.tf": `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
variable "port" { default = 443 }
variable "hidden" {
  default   = "x"
  sensitive = true
}
locals { list = { a = { b = ["x"] } } }
module "child" {
  source     = "./child"
  name       = "x"
  depends_on = [terraform_data.empty]
}
resource "aws_security_group" "dynamic" {
  dynamic "ingress" {
    for_each = [var.port]
    content {
      from_port = ingress.value
      to_port   = ingress.value
      protocol  = "tcp"
    }
  }
}
resource "aws_security_group" "blocks" {
  ingress {
    from_port = 443
    to_port   = 443
    protocol  = "tcp"
  }
  ingress {
    from_port = "80"
    to_port   = 80
    protocol  = "tcp"
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    description = local.list.a.b[0]
  }
  timeouts { create = "1m" }
}
resource "aws_security_group" "bare" {
  timeouts {}
}
resource "aws_route_table" "bare" {
  vpc_id = "vpc-1"
  route {}
}
resource "terraform_data" "empty" {
  count = max(1, 2)
  input = length("x")
}
resource "terraform_data" "each" {
  for_each         = { a = 1 }
  input            = [each.key, each.value, terraform_data.empty[*].id, terraform_data.empty[var.port - 443].id, module.child.name]
  triggers_replace = [for key, item in local.list : try((local.list).a, item.b, local.list["a"]["b"])]
  depends_on       = [terraform_data.empty[0], module.child]
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [input]
  }
  provisioner "local-exec" { command = "true" }
  connection { host = self.id }
}
output "hidden" {
  value     = var.hidden
  sensitive = true
}
`,
  "json.tf.json": `{
  "resource": {
    "terraform_data": {
      "json": {
        "input": { "\${var.port}": "$\${x}\${local.list.a.b[0]}", "n": 1 },
        "depends_on": ["module.child"],
        "lifecycle": { "create_before_destroy": true },
        "connection": { "host": "example.com" },
        "provisioner": [{ "local-exec": { "command": "true" } }]
      }
    },
    "aws_security_group": {
      "json": {
        "egress": [],
        "timeouts": null,
        "dynamic": { "timeouts": { "for_each": [1], "content": { "create": "1m" } } }
      },
      "nothing": { "timeouts": [null] },
      "empty": { "timeouts": {} },
      "listed": { "timeouts": [{}] }
    }
  }
}
`,
  "child/main.tf": `
variable "name" { type = string }
variable "zones" {
  type    = set(string)
  default = ["z", "a"]
}
output "name" { value = var.name }
`,
};

describe.runIf(terraformIsHere("differences of directories"))("a plan of the real Terraform", () => {
  let plan: Plan;
  beforeAll(() => {
    plan = parsePlan(Buffer.from(JSON.stringify(planFiles(files).plan)), "plan.json");
  }, 120_000);

  function differences(...changes: readonly Change[]): readonly string[] {
    const directory = newDirectory();
    const texts = new Map(Object.entries(files));
    for (const change of changes) {
      const file = change.file ?? "main.tf";
      texts.set(file, changed(texts.get(file) ?? "", change));
    }
    for (const [path, text] of texts) {
      mkdirSync(join(directory, path, ".."), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return differencesIn(directory, plan);
  }

  test("has no difference from its own configuration", () => expect(differences()).toEqual([]));

  test.each<readonly [string, Change, readonly string[]]>([
    ["a dynamic block, which is not listed", { from: "for_each = [var.port]", to: "for_each = [80]" }, []],
    ["a function's argument, which is not listed", { from: 'length("x")', to: 'length("xy")' }, []],
    [
      "an attribute in the form of blocks",
      { from: "to_port   = 80", to: "to_port   = 81" },
      ["aws_security_group.blocks ingress: another constant than in the plan (main.tf:37)"],
    ],
    [
      "a block of JSON for an empty one",
      { file: "json.tf.json", from: "[null]", to: '[{ "create": "1m" }]' },
      ["aws_security_group.nothing timeouts: another constant than in the plan (json.tf.json:18)"],
    ],
    [
      "no block of JSON for an empty one",
      { file: "json.tf.json", from: "[null]", to: "[]" },
      ["aws_security_group.nothing timeouts: another constant than in the plan (json.tf.json:18)"],
    ],
    [
      "an empty block of JSON for none",
      { file: "json.tf.json", from: '"timeouts": null', to: '"timeouts": [null]' },
      ["aws_security_group.json timeouts: not in the plan (json.tf.json:15)"],
    ],
    [
      "one block less of an attribute",
      { from: '  ingress {\n    from_port = "80"\n    to_port   = 80\n    protocol  = "tcp"\n  }\n', to: "" },
      ["aws_security_group.blocks ingress: another constant than in the plan (main.tf:37)"],
    ],
    [
      "a reference in an attribute in the form of blocks",
      { from: "description = local.list.a.b[0]", to: "description = local.list.a.c" },
      ["aws_security_group.blocks egress: refers to local.list.a.c, in the plan to local.list.a.b[0] (main.tf:47)"],
    ],
    [
      "a single block",
      { from: 'create = "1m"', to: 'create = "2m"' },
      ["aws_security_group.blocks timeouts.create: another constant than in the plan (main.tf:53)"],
    ],
    [
      "a block that is empty in the plan",
      { from: "timeouts {}", to: 'timeouts { create = "1m" }' },
      ["aws_security_group.bare timeouts: another constant than in the plan (main.tf:56)"],
    ],
    [
      "two blocks where the plan has an empty one",
      { from: "timeouts {}", to: "timeouts {}\n  timeouts {}" },
      ["aws_security_group.bare timeouts: another constant than in the plan (main.tf:56)"],
    ],
    [
      "an empty block of an attribute",
      { from: "route {}", to: 'route { cidr_block = "10.0.0.0/8" }' },
      ["aws_route_table.bare route: another constant than in the plan (main.tf:60)"],
    ],
    [
      "dependencies",
      { from: "[terraform_data.empty[0], module.child]", to: "[terraform_data.empty, module.child]" },
      ["terraform_data.each depends_on: refers in the plan to terraform_data.empty[0] (main.tf:70)"],
    ],
    ["what changes no value", { from: "[input]", to: "[triggers_replace]" }, []],
    [
      "what is secret",
      { from: "value     = var.hidden\n  sensitive = true", to: "value     = var.hidden" },
      ["output.hidden sensitive: only in the plan (main.tf:78)"],
    ],
    [
      "a template of JSON",
      { file: "json.tf.json", from: "$${x}", to: "$${y}" },
      ["terraform_data.json input: another constant than in the plan (json.tf.json:5)"],
    ],
    [
      "a default that is not used",
      { file: "child/main.tf", from: '["z", "a"]', to: '["z"]' },
      ["module.child.var.zones default: another constant than in the plan (child/main.tf:5)"],
    ],
  ])("%s", (_, change, expected) => expect(differences(change)).toEqual(expected));
});

// Written by no Terraform: whatever a plan shows in the place of an expression, it is a difference and no bug.
test.each([
  [[], "an attribute, in the plan 0 blocks"],
  [{ references: "x" }, "an attribute, in the plan 1 block"],
])("%j in the place of an expression is a difference", (shown, text) => {
  const json = JSON.parse(readFileSync(join(root, "aws-load-balancer", "plan.json"), "utf8"));
  const resources: { address: string; expressions: { ssl_policy?: unknown } }[] =
    json.configuration.root_module.resources;
  const config = resources.find(({ address }) => address === listener);
  if (config) config.expressions.ssl_policy = shown;
  const plan = parsePlan(Buffer.from(JSON.stringify(json)), "plan.json");
  expect(differencesIn(join(root, "aws-load-balancer"), plan)).toEqual([
    `${listener} ssl_policy: ${text} (main.tf:83)`,
  ]);
});

describe("withConfiguration", () => {
  const errorOf = (plan: Plan, path: string): InputError => {
    try {
      withConfiguration(plan, {}, path);
    } catch (error) {
      if (error instanceof InputError) return error;
      throw error;
    }
    throw new Error("there is no error");
  };

  test("evaluates a directory that the plan was made from", () => {
    const name = "awkward-locals";
    expect(withConfiguration(fixture(name), {}, join(root, name)).evaluated).toBeDefined();
  });

  test("names at most ten differences, the directory and what to do", () => {
    const { message, mend } = errorOf(fixture("aws-load-balancer"), "test/plans/awkward-locals");
    const [first, ...lines] = message.split("\n");
    expect(first).toMatch(
      /^The configuration in test\/plans\/awkward-locals is not the one that .*plan\.json was made from:$/,
    );
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toMatch(/^ {2}and \d+ more$/);
    expect(lines.slice(0, 10)).toEqual(lines.slice(0, 10).sort());
    expect(mend).toContain("--configuration tfplan");
  });

  test("shows no value", () => {
    const directory = copyOf("aws-load-balancer", [{ from: '"mock_secret_key"', to: '"hunter2"' }]);
    const { message } = errorOf(fixture("aws-load-balancer"), directory);
    expect(message).toContain("provider.aws secret_key: another constant than in the plan (main.tf:13)");
    expect(message).not.toMatch(/hunter2|mock_secret_key/);
  });

  test("needs a plan with a configuration", () => {
    const state = parsePlan(Buffer.from('{"format_version":"1.0","terraform_version":"1.11.4","values":{}}'), "s.json");
    expect(errorOf(state, "test/plans/awkward-locals").message).toBe(
      "--configuration needs a plan, but s.json is a state.",
    );
    const { configuration: _, ...bare } = fixture("awkward-locals");
    expect(errorOf({ ...bare, configuration: undefined, path: "p.json" }, "test/plans/awkward-locals").message).toBe(
      "--configuration needs a plan, but p.json is a plan without its configuration.",
    );
  });

  test("needs .tf files", () => {
    const directory = newDirectory();
    expect(errorOf(fixture("awkward-locals"), directory).message).toBe(`${directory} holds no .tf files.`);
  });
});

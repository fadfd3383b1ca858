// A stack with all that Terraform's JSON syntax knows, ejected: the real Terraform plans the same of it.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { terraformEnvironment } from "../../scripts/terraform.ts";
import { eject } from "../../src/eject/eject.ts";
import { type Terraform, terraformAt } from "../../src/registry/terraform.ts";
import { planOf, terraformIsHere } from "../support/terraform-run.ts";

const root = mkdtempSync(join(tmpdir(), "tlsgate-eject-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const part = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "word" {}

output "said" {
  value = var.word
}
`;

/** A stack as CDKTF leaves it on the disk. */
function write(name: string, text: string): string {
  const directory = join(root, "cdktf.out", "stacks", name);
  mkdirSync(join(directory, "assets", "part"), { recursive: true });
  writeFileSync(join(directory, "cdk.tf.json"), text);
  writeFileSync(join(directory, "assets", "part", "main.tf"), part);
  return directory;
}

// biome-ignore lint/suspicious/noExplicitAny: the values of a plan have no type.
type Values = any;

const newName = (name: string) => name.replace(/_[0-9A-F]{8}\b/g, "").replaceAll("-", "_");

/** What is planned, by the names that are expected. */
function planned({ resource_changes: changes, output_changes: outputs, prior_state: prior }: Values) {
  const named = changes.map(({ type, name, index, provider_name: source, change }: Values) => {
    const expected = { Front_1A2B3C4D: "Front", Front_AAAAAAAA: "Front_2" }[name as string] ?? newName(name);
    return [`${type}.${expected} ${index}`, { source, ...change }];
  });
  return { resources: Object.fromEntries(named), outputs, prior: Object.keys(prior ?? {}) };
}

describe.runIf(terraformIsHere("an ejected stack"))("a stack", () => {
  let terraform: Terraform;
  let directory = "";
  let output = "";
  let result: ReturnType<typeof eject>;
  let before: Values;
  let after: Values;
  const read = (file: string) => readFileSync(join(output, file), "utf8");

  beforeAll(async () => {
    terraform = terraformAt("terraform", { ...process.env, ...terraformEnvironment() });
    const stack = readFileSync(join(import.meta.dirname, "cdk.tf.json"), "utf8");
    directory = write("site", stack.replace("/home/of/the/app", root));
    output = join(root, "terraform", "site");
    before = JSON.parse((await planOf(directory)).toString());
    result = eject(directory, output, terraform);
    after = JSON.parse((await planOf(output)).toString());
  }, 300_000);

  test("is planned the same, but for the names", () => {
    expect(planned(after)).toEqual(planned(before));
    expect(Object.keys(planned(after).resources)).toContain("aws_lb.Front_2 1");
  });

  test("is formatted, and says what was written", () => {
    expect(execFileSync("terraform", ["fmt", "-check", "-diff", output], { encoding: "utf8" })).toBe("");
    expect(
      readdirSync(output)
        .filter((name) => !/tfplan|^\.terraform$/.test(name))
        .sort(),
    ).toEqual([
      ".terraform.lock.hcl",
      "assets",
      "checks.tf",
      "locals.tf",
      "main.tf",
      "moved.tf",
      "outputs.tf",
      "providers.tf",
      "removed.tf",
      "variables.tf",
      "versions.tf",
    ]);
    expect({ resources: result.resources, moved: result.moved }).toEqual({ resources: 12, moved: 10 });
  });

  test("has readable names, and tells the state of each", () => {
    const main = read("main.tf");
    expect(main).not.toMatch(/_[0-9A-F]{8}/);
    expect(main).toContain('resource "aws_security_group" "web_server" {');
    expect(read("moved.tf")).toContain("from = aws_lb.Front_AAAAAAAA\n  to   = aws_lb.Front_2\n");
    expect(read("moved.tf")).toContain("from = module.part_88888888\n  to   = module.part\n");
    // What the state has been told before keeps its names.
    expect(read("moved.tf")).toContain("from = aws_lb.old\n  to   = aws_lb.Front_1A2B3C4D\n");
    expect(read("moved.tf")).not.toContain("= data.");
  });

  test.each([
    ["a name that for declares hides a resource's type", "locals.tf", "[for aws_lb in var.names : upper(aws_lb)]"],
    ["all digits of a number", "locals.tf", "12345678901234567890"],
    ["a state beside the app, wherever that is", "versions.tf", 'path = "../../terraform.site.tfstate"'],
    ["a type as a type", "variables.tf", "type        = list(string)"],
    ["blocks of what older providers call attributes", "main.tf", "\n  ingress {\n    from_port   = 443"],
    ["an empty list of those", "main.tf", "egress = []"],
    ["references without quotes", "main.tf", "replace_triggered_by = [aws_lb.Front.name]"],
    ["words of Terraform", "main.tf", "ignore_changes = all"],
    ["a text of several lines", "main.tf", "<<EOT\n#!/bin/sh\necho $HOME ${aws_lb.Front.dns_name}\nEOT\n"],
    ["providers of a module", "main.tf", "providers = {\n    aws = aws.us_east_1\n  }"],
  ])("writes %s", (_, file, text) => expect(read(file)).toContain(text));

  test("stays where it is when something is wrong", () => {
    const said = (name: string, to = "new") => {
      try {
        eject(name, join(root, to), terraform);
      } catch (error) {
        return (error as Error).message;
      }
      return "ejected";
    };
    expect(said(directory, "terraform/site")).toBe(`${output} is not empty.`);
    expect(said(join(root, "nowhere"))).toContain("is not a stack");
    expect(said(write("broken", "{"))).toContain("cdk.tf.json cannot be read");
    expect(said(write("fresh", '{"provider":{"aws":{}}}'))).toContain("are not installed. Their schemas say");
    expect(said(write("template", '{"output":{"a":{"value":"${"}}}'))).toContain("cdk.tf.json cannot be read");
    const further = write("further", "{}");
    writeFileSync(join(further, "more.tf"), "");
    expect(said(further)).toContain("holds further configuration: more.tf");
    expect(existsSync(join(root, "new"))).toBe(false);
    expect(readdirSync(root).filter((name) => name.startsWith("new"))).toEqual([]);
  });
});

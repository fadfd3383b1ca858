// Files, directories and binary plans → sources to read.

import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { InputError } from "../../src/input-error.ts";
import { readPlan, type Source, sources } from "../../src/plan/read.ts";
import { planPath } from "../support/plans.ts";

const planText = readFileSync(planPath("aws-https-only"), "utf8");
const all = mkdtempSync(join(tmpdir(), "tlsgate-read-"));
let root = "";
let count = 0;

beforeEach(() => {
  root = join(all, String(count++));
  mkdirSync(root);
});
afterAll(() => rmSync(all, { recursive: true, force: true }));

function write(path: string, content: string | Buffer = planText): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

function link(target: string, path: string): string {
  symlinkSync(target, join(root, path));
  return join(root, path);
}

const found = (...paths: string[]): string[] =>
  sources(paths.length > 0 ? paths : [root]).map(({ path }) => relative(root, path));

function errorOf({ read }: Pick<Source, "read">): InputError {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("it was read");
}

describe("a directory", () => {
  test("with a manifest gives its stacks and all plans: a manifest adds, and hides nothing", () => {
    write("plan.json");
    write("stacks/site/cdk.tf.json", "{}");
    write("stacks/site/plan.json");
    write("manifest.json", JSON.stringify({ stacks: { site: { synthesizedStackPath: "stacks/site/cdk.tf.json" } } }));
    expect(found()).toEqual(["stacks/site/cdk.tf.json", "plan.json", "stacks/site/plan.json"]);
    write("manifest.json", JSON.stringify({ stacks: { site: { synthesizedStackPath: "stacks/site/plan.json" } } }));
    expect(found()).toEqual(["stacks/site/plan.json", "plan.json"]);
    write("manifest.json", JSON.stringify({ stacks: {} }));
    expect(found()).toEqual(["plan.json", "stacks/site/plan.json"]);
    write("manifest.json", "broken");
    expect(found()).toEqual(["plan.json", "stacks/site/plan.json"]);
  });

  test("gives all plans under it, by content and not by name, in the order of their paths", () => {
    write("b/plan.json");
    write("a/foo.txt");
    write("a/deep/down/no-extension");
    write("z.json.gz", gzipSync(planText));
    write("plan.json/inner.json");
    write("a/plan.json", '{"name": "not a plan"}');
    write("a/main.tf", 'resource "a" "b" {}');
    write("a/empty.json", "");
    write("state.json", '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}');
    expect(found()).toEqual([
      "a/deep/down/no-extension",
      "a/foo.txt",
      "b/plan.json",
      "plan.json/inner.json",
      "z.json.gz",
    ]);
    for (const source of sources([root])) expect(source.read().path).toBe(source.path);
  });

  test.each([".terraform", "node_modules", ".git"])("is not looked at below %s", (skipped) => {
    write(`${skipped}/plan.json`);
    write(`stack/${skipped}/deep/plan.json`);
    write("stack/plan.json");
    expect(found()).toEqual(["stack/plan.json"]);
  });

  test("gives broken files that look like plans", () => {
    write("good.json");
    write("cut.json", planText.slice(0, 3000));
    write("utf16.json", Buffer.from(`\uFEFF${planText.replace("aws_", "äws_")}`, "utf16le"));
    const [cut, good, wide] = sources([root]);
    expect(found()).toEqual(["cut.json", "good.json", "utf16.json"]);
    expect(errorOf(cut as Source).message).toContain("no valid JSON");
    expect(errorOf(wide as Source).message).toContain("UTF-16");
    expect(good?.read().kind).toBe("plan");
  });

  test("follows links to files, but none to directories", () => {
    const file = write("real/plan.json");
    mkdirSync(join(root, "stacks"));
    link(file, "stacks/linked.json");
    link(join(root, "real"), "stacks/directory");
    link(root, "stacks/circle");
    link(join(root, "nowhere"), "stacks/dangling");
    expect(found(join(root, "stacks"))).toEqual(["stacks/linked.json"]);
  });

  test("gives what cannot be looked at, as it may be a plan", () => {
    write("plan.json");
    link("loop", "loop");
    const [loop, plan] = sources([root]);
    expect(errorOf(loop as Source).message).toBe(`${join(root, "loop")} is a link that leads in circles.`);
    expect(plan?.read().kind).toBe("plan");
  });

  test("without a plan is an error that says how to make one", () => {
    write("main.tf", "");
    const [source, ...others] = sources([root]);
    expect(others).toEqual([]);
    const { message, mend } = errorOf(source as Source);
    expect(message).toBe(`There is no plan under ${root}.`);
    expect(mend).toContain("terraform plan -out=tfplan && tlsgate check tfplan");
  });
});

describe("a path", () => {
  test("is taken at its word, whatever its content", () => {
    const text = write("notes.txt", "hello");
    expect(found(text)).toEqual(["notes.txt"]);
    expect(errorOf({ read: () => readPlan(text) }).message).toContain("neither JSON nor a plan");
  });

  test.each<[string, () => string, RegExp]>([
    ["that leads nowhere", () => join(root, "missing.json"), /missing\.json does not exist\.$/],
    [
      "through a file",
      () => join(write("plan.json"), "deeper"),
      /deeper (does not exist|could not be read \(ENOTDIR\))\.$/,
    ],
    ["that is too long", () => join(root, "x".repeat(300)), /could not be read \(ENAMETOOLONG\)\.$/],
    ["in circles", () => link("loop", "loop"), /leads in circles\.$/],
  ])("%s is a source that cannot be read", (_, make, message) => {
    const [source] = sources([make()]);
    expect(errorOf(source as Source).message).toMatch(message);
  });

  test("of a directory is no plan to readPlan", () => {
    expect(errorOf({ read: () => readPlan(root) }).message).toBe(`${root} is a directory.`);
  });

  test("is not opened before it is read", () => {
    const [source] = sources([write("plan.json", "{")]);
    write("plan.json");
    expect(source?.read().kind).toBe("plan");
  });
});

describe("a binary plan", () => {
  /** The beginning of a zip archive whose first entry is tfplan. */
  const binary = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), Buffer.alloc(26), Buffer.from("tfplan")]);

  /** A program that stands in for Terraform. */
  function program(name: string, script: string): string {
    const file = write(name, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  beforeAll(() => {
    vi.stubEnv("PATH", `${all}/path:${process.env.PATH}`);
    return () => vi.unstubAllEnvs();
  });

  const show = (json: string) => `[ "$1 $2" = "show -json" ] && cat '${json}'`;

  test("is shown by the program", () => {
    const json = write("shown.json");
    const terraform = program("bin/terraform", show(json));
    expect(readPlan(write("plan.tfplan", binary), { terraform }).instances.length).toBeGreaterThan(0);
  });

  test("is shown in the nearest initialised directory above it, by its absolute path", () => {
    const terraform = program(
      "bin/terraform",
      'pwd > "$(dirname "$0")/where"; echo "$@" >> "$(dirname "$0")/where"; exit 1',
    );
    mkdirSync(join(root, "stack", ".terraform"), { recursive: true });
    const plan = write("stack/out/plan.tfplan", binary);
    errorOf({ read: () => readPlan(relative(process.cwd(), plan), { terraform }) });
    const [where, ...call] = readFileSync(join(root, "bin", "where"), "utf8")
      .trim()
      .split("\n");
    expect(where).toBe(resolve(root, "stack"));
    expect(call).toEqual([`show -json -no-color ${plan}`]);
  });

  test("is shown by a program with a relative path, wherever it is shown", () => {
    const terraform = relative(process.cwd(), program("bin/terraform", show(write("shown.json"))));
    mkdirSync(join(root, "stack", ".terraform"), { recursive: true });
    expect(readPlan(write("stack/plan.tfplan", binary), { terraform }).kind).toBe("plan");
  });

  test("is shown by tofu where terraform cannot", () => {
    const path = join(all, "path");
    mkdirSync(path, { recursive: true });
    cpSync(program("a", "echo 'made by OpenTofu' >&2; exit 1"), join(path, "terraform"));
    const plan = write("plan.tfplan", binary);
    cpSync(program("b", show(write("shown.json"))), join(path, "tofu"));
    expect(readPlan(plan).kind).toBe("plan");
    cpSync(program("c", "exit 1"), join(path, "tofu"));
    expect(errorOf({ read: () => readPlan(plan) }).message).toBe(
      `terraform could not show the plan ${plan}:\n  made by OpenTofu`,
    );
    rmSync(path, { recursive: true });
  });

  test.each<[string, () => string, string]>([
    ["is missing", () => join(root, "no-terraform"), "is a binary plan, and"],
    ["cannot be run", () => write("not-executable", "text"), "could not show the plan"],
    ["fails", () => program("failing", 'echo "Error: Failed to read plan" >&2; exit 3'), "Error: Failed to read plan"],
    ["shows something else", () => program("other", "echo hello"), "neither JSON nor a plan file"],
    ["shows nothing", () => program("silent", "exit 0"), "is empty"],
  ])("is an error where the program %s", (_, make, message) => {
    const terraform = make();
    const error = errorOf({ read: () => readPlan(write("plan.tfplan", binary), { terraform }) });
    expect(error.message).toContain(message);
    expect(error.mend).toBeDefined();
  });

  test("in a directory is found by content", () => {
    write("out/terraform.plan", binary);
    expect(found()).toEqual(["out/terraform.plan"]);
  });
});

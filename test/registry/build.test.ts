// What build lets through, and what it refuses: with the real Terraform.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasTerraform } from "../../scripts/terraform.ts";
import type { InputError } from "../../src/input-error.ts";
import { moduleDirectories, packageFiles, versionOfTag } from "../../src/registry/build.ts";
import { readBuilt } from "../../src/registry/publish.ts";
import {
  buildIn,
  type Files,
  git,
  listenerModule,
  plainModule,
  temporaryDirectories,
  writeTree,
} from "../support/registry.ts";

const isHere = hasTerraform();
if (!isHere && process.env.CI) throw new Error("terraform is not installed: modules cannot be built.");

const directory = temporaryDirectories();

/** A module in a directory of its own. */
const moduleOf = (name: string, files: Files): string => writeTree(join(directory(), name), files);

const without = (files: Files, ...names: readonly string[]): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !names.includes(path)));

const modern = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
const old = "ELBSecurityPolicy-2016-08";

describe("files that a package needs", () => {
  test.each([
    ["README.md", without(plainModule, "README.md"), "README.md is missing"],
    ["LICENSE", without(plainModule, "LICENSE"), "LICENSE is missing"],
    ["an example", without(plainModule, "examples/minimal/main.tf"), "examples/ is missing"],
    [
      "a description of each variable",
      { ...plainModule, "more.tf": 'variable "a" {}\n' },
      'variable "a" has no description.',
    ],
    [
      "a description of each output",
      { ...plainModule, "more.tf": 'output "a" {\n  value = 1\n}\n' },
      'output "a" has no description.',
    ],
    [
      "paths within the package",
      { ...plainModule, "more.tf": `locals {\n  a = file("\${path.module}/../secret")\n}\n` },
      `more.tf reads \${path.module}/.., which is outside of the package`,
    ],
    ["no state", { ...plainModule, "terraform.tfstate": "{}" }, "terraform.tfstate is a state"],
  ])("%s", (_, files, message) => {
    const root = moduleOf("greeting", files);
    expect(() => packageFiles(root)).toThrow(message);
  });

  test.each([".git/HEAD", "package.json"])("the license beside %s is that of the modules below", (root) => {
    const place = writeTree(directory(), { LICENSE: "MIT\n", [`inner/${root}`]: "" });
    writeTree(join(place, "inner/modules/greeting"), without(plainModule, "LICENSE"));
    // That of another project further up is not.
    expect(() => packageFiles(join(place, "inner/modules/greeting"))).toThrow("LICENSE is missing");
    writeTree(place, { "inner/LICENSE": "Apache-2.0\n" });
    const license = packageFiles(join(place, "inner/modules/greeting")).find(({ path }) => path === "LICENSE");
    expect(license?.content.toString()).toBe("Apache-2.0\n");
  });
});

test("a directory is a module, or holds modules", () => {
  const root = directory();
  writeTree(root, { "b/main.tf": "", "a/main.tf.json": "{}", "docs/README.md": "", ".hidden/main.tf": "" });
  expect(moduleDirectories(root)).toEqual([join(root, "a"), join(root, "b")]);
  expect(moduleDirectories(join(root, "a"))).toEqual([join(root, "a")]);
  expect(() => moduleDirectories(join(root, "docs"))).toThrow("There is no module in");
  expect(() => moduleDirectories(join(root, "none"))).toThrow("is not a directory.");
});

test("the version is the tag of the commit", () => {
  const root = moduleOf("greeting", plainModule);
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "one");
  expect(versionOfTag(root)).toBeUndefined();
  git(root, "tag", "latest");
  git(root, "tag", "greeting/v1.2.3");
  expect(versionOfTag(root)).toBe("1.2.3");
  git(root, "tag", "v1.2.3");
  expect(versionOfTag(root)).toBe("1.2.3");
  git(root, "tag", "1.3.0-rc.1");
  expect(() => versionOfTag(root)).toThrow("The commit has tags of several versions: ");
});

describe.runIf(isHere)("built by Terraform", { timeout: 120_000 }, () => {
  test("a module is planned, tested and packed", async () => {
    const root = moduleOf("greeting", {
      ...plainModule,
      "tests/greeting.tftest.hcl":
        'run "keeps" {\n  command = plan\n  variables {\n    text = "hi"\n  }\n  assert {\n    condition     = terraform_data.greeting.input == "hi"\n    error_message = "Not kept."\n  }\n}\n',
    });
    const { built, lines } = await buildIn(root, { system: "null", version: "1.2.0" });
    expect(lines).toEqual([
      "example/greeting/null 1.2.0",
      "  format: ok",
      "  examples/minimal: pass (0 passed, 0 failed, 0 unknown, 0 waived)",
      "  tests: ok",
      expect.stringMatching(/^ {2}package: \d+ bytes, sha256:[0-9a-f]{64}, h1:/),
    ]);
    const [read] = readBuilt(join(root, "../packages"));
    expect(read?.document).toEqual(JSON.parse(JSON.stringify(built[0]?.document)));
    expect(read?.document).toMatchObject({
      description: "Keeps a greeting.",
      examples: [{ name: "minimal", text: plainModule["examples/minimal/main.tf"] }],
      verification: { result: "PASSED", terraform: expect.stringMatching(/^Terraform v/) },
    });
    // Nothing of the run stays in the author's directory.
    expect(existsSync(join(root, ".terraform"))).toBe(false);
    expect(existsSync(join(root, "examples/minimal/.terraform"))).toBe(false);
  });

  test("what was checked is written as in-toto statements about the package", async () => {
    const root = moduleOf("greeting", plainModule);
    git(root, "init", "--quiet");
    git(root, "remote", "add", "origin", "https://user:s3cret@git.example.com/greeting.git");
    git(root, "add", "--all");
    git(root, "commit", "--quiet", "--message", "one");
    await buildIn(root, { system: "null" });
    const path = join(root, "../packages/example/greeting/null/1.0.0");
    const { sha256, h1 } = JSON.parse(readFileSync(join(path, "module.json"), "utf8"));
    const text = readFileSync(join(path, "statements.intoto.jsonl"), "utf8");
    expect(text).not.toContain("s3cret");
    const [provenance, summary] = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const subject = [
      {
        name: "example/greeting/null/1.0.0/module.tar.gz",
        digest: { sha256, dirHash: Buffer.from(h1.slice(3), "base64").toString("hex") },
      },
    ];
    expect(provenance).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      subject,
      predicateType: "https://slsa.dev/provenance/v1",
      predicate: {
        buildDefinition: {
          resolvedDependencies: [
            {
              uri: "git+https://git.example.com/greeting.git",
              digest: { gitCommit: git(root, "rev-parse", "HEAD").trim() },
            },
          ],
        },
      },
    });
    expect(summary).toMatchObject({
      subject,
      predicateType: "https://slsa.dev/verification_summary/v1",
      predicate: {
        verificationResult: "PASSED",
        policy: { digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      },
    });
  });

  /** The error of a build, with its details. */
  async function failureOf(files: Files): Promise<string> {
    const root = moduleOf("greeting", files);
    const error: InputError = await buildIn(root, { system: "null" }).then(
      () => expect.fail("it was built"),
      (thrown) => thrown,
    );
    expect(error.name).toBe("InputError");
    expect(existsSync(join(root, "../packages"))).toBe(false);
    return error.message;
  }

  test.each([
    ["not formatted", { "more.tf": "locals {\n a=1\n}\n" }, /Not formatted:\n {2}more\.tf/],
    ["not valid", { "more.tf": "locals {\n  a = var.missing\n}\n" }, /terraform validate .*failed\.[\s\S]*missing/],
    [
      "not planned",
      {
        "more.tf": 'locals {\n  a = file("missing.txt")\n}\n\nresource "terraform_data" "a" {\n  input = local.a\n}\n',
      },
      /terraform (?:validate|plan) .*failed\.[\s\S]*missing\.txt/,
    ],
    [
      "not passing its own tests",
      {
        "a.tftest.hcl":
          'run "fails" {\n  command = plan\n  variables {\n    text = "hi"\n  }\n  assert {\n    condition     = terraform_data.greeting.input == "ho"\n    error_message = "Not the greeting."\n  }\n}\n',
      },
      /terraform test .*failed\.[\s\S]*Not the greeting\./,
    ],
  ])("a module that is %s is refused with Terraform's own words", async (_, more, message) => {
    expect(await failureOf({ ...plainModule, ...more })).toMatch(message);
  });

  test("a module whose example passes the gate is built, for its only provider", async () => {
    const { built } = await buildIn(moduleOf("listener", listenerModule({ sslPolicy: modern })));
    const [{ document }] = built as [(typeof built)[number]];
    expect(document.address).toBe("example/listener/aws");
    const [{ verdict, passed, failed }] = document.verification.examples as [
      (typeof document.verification.examples)[number],
    ];
    expect([verdict, failed]).toEqual(["pass", 0]);
    expect(passed).toBeGreaterThan(3);
  });

  test("a module whose example is refused by the gate is not built, and the findings say why", async () => {
    const message = await failureOf(listenerModule({ sslPolicy: old }));
    expect(message).toContain("may not be published:");
    expect(message).toContain("examples/minimal: minimum-tls-1-2: module.listener.aws_lb_listener.https ssl_policy: ");
  });
});

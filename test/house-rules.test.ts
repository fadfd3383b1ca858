// The rules of the house, held against the code itself; and each rule held against code that breaks it.

import { execFileSync } from "node:child_process";
import { Project } from "ts-morph";
import { describe, expect, test } from "vitest";
import { type Rule, rules } from "./support/house-rules.ts";

/** Places that may break a rule. It stays empty: change the code, or the rule. */
const exceptions: readonly string[] = [];

const options = { skipAddingFilesFromTsConfig: true, compilerOptions: { allowImportingTsExtensions: true } };

const house = new Project(options);
house.addSourceFilesAtPaths([
  "{src,policies,modules,examples,scripts,bench,test}/**/*.ts",
  "*.ts",
  "!**/node_modules/**",
]);
const code = { project: house, root: process.cwd() };

describe("the house", () => {
  test("is looked at", () => {
    const names = house.getSourceFiles().map((file) => file.getBaseName());
    for (const name of ["cli.ts", "api.ts", "https-only.ts", "house-rules.test.ts", "build.ts"])
      expect(names).toContain(name);
  });

  test("has no exceptions", () => expect(exceptions).toEqual([]));

  test.each(rules.map((rule) => [rule.name, rule] as const))("%s", (_, { broken, why }) => {
    expect(broken(code), why).toEqual(exceptions);
  });

  test("generated files are fresh", () => {
    const check = () =>
      execFileSync(process.execPath, ["--import", "tsx", "scripts/generate.ts", "--check"], { stdio: "pipe" });
    expect(check, "What is derived by hand is soon out of date; npm run generate writes it.").not.toThrow();
  }, 300_000);
});

// --- each rule can be broken

const policy = (id: string, rest = "") =>
  `// Requires something of endpoints.\nimport { definePolicy } from "../src/policy.ts";\nexport default definePolicy({ id: "${id}", why: "Set viewer_protocol_policy.", evaluate: () => [] });\n${rest}`;

const host = "/** Its name. */\n  readonly host: string;";
const port =
  "/**\n   * Where it listens.\n   *\n   * @default 443: every client tries it\n   */\n  readonly port?: number;";

/** A construct with its props. */
const site = (props = `${host}\n  ${port}`, output = "/** Where it answers. */\n  readonly url: string;") => `// A site.
import { Construct } from "constructs";
import { TerraformOutput } from "cdktf/lib/terraform-output";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
export interface SiteProps {
  ${props}
}
/**
 * A site that cannot be wrong.
 *
 * @example
 * \`\`\`ts
 * new Site(stack, "site", { host: "example.com" });
 * \`\`\`
 */
export class Site extends Construct {
  ${output}
  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
  }
}
`;

/** A house of one policy that keeps every rule. */
const sound: { readonly [path: string]: string } = {
  "src/input-error.ts": "// An error to mend.\nexport class InputError extends Error {}\n",
  "src/load.ts": "// Loads a module later.\nexport declare const load: (name: string) => unknown;\n",
  "src/plan/read.ts":
    '// Reads a plan.\nimport { readFileSync } from "node:fs";\nimport { InputError } from "../input-error.ts";\nexport const read = () => [readFileSync, InputError];\n',
  "src/facts/fact.ts":
    '// What a fact is.\nimport { read } from "../plan/read.ts";\n/** A number. */\nexport const fact = () => ({ process: read }.process);\n',
  "src/policy.ts":
    '// What a policy is.\nimport type { fact } from "./facts/fact.ts";\n/** Defines one. */\nexport function definePolicy(policy: object): [object, typeof fact?] {\n  return [policy];\n}\n',
  "src/findings/evaluate.ts":
    '// Judges what is there.\nimport type { read } from "../plan/read.ts";\nimport { definePolicy } from "../policy.ts";\nexport const evaluate = (plan: typeof read) => [definePolicy, plan];\n',
  "src/report/json.ts":
    '// Writes a report.\nimport type { evaluate } from "../findings/evaluate.ts";\nexport type Json = typeof evaluate;\n',
  "src/cli.ts":
    '#!/usr/bin/env node\n// The command line.\nimport { evaluate } from "./findings/evaluate.ts";\nprocess.exitCode = evaluate.length;\n',
  "src/api.ts":
    '// The public interface.\nexport { definePolicy } from "./policy.ts";\nexport { fact } from "./facts/fact.ts";\n',
  "policies/https-only.ts": policy("https-only", "const year = 31_536_000;\n"),
  "policies/registry.ts":
    '// All policies there are.\nimport httpsOnly from "./https-only.ts";\nexport const policies = [httpsOnly];\n',
  "modules/site.ts": site(),
  "modules/exports.ts": '// What users get.\nexport { Site } from "./site.ts";\n',
  "test/policies/https-only.test.ts": "// Tests a policy.\nexport {};\n",
  "test/plans/https-only/plan.json": "{}",
};

function brokenIn(rule: Rule, files: { readonly [path: string]: string | undefined }): readonly string[] {
  const project = new Project({ ...options, useInMemoryFileSystem: true });
  for (const [path, content] of Object.entries({ ...sound, ...files })) {
    if (content === undefined) continue;
    if (path.endsWith(".ts")) project.createSourceFile(`/house/${path}`, content);
    else project.getFileSystem().writeFileSync(`/house/${path}`, content);
  }
  return rule.broken({ project, root: "/house" });
}

const ruleNamed = (part: string): Rule => {
  const found = rules.filter((rule) => rule.name.includes(part));
  expect(found).toHaveLength(1);
  return found[0] as Rule;
};

test.each(rules.map((rule) => [rule.name, rule] as const))("a sound house keeps the rule: %s", (_, rule) => {
  expect(brokenIn(rule, {})).toEqual([]);
});

/** By a word of the rule: what breaks it, and where that is seen. */
const breaches: readonly (readonly [
  rule: string,
  breach: string,
  files: { readonly [path: string]: string | undefined },
  seen: RegExp,
])[] = [
  [
    "layer",
    "a plan that knows facts",
    {
      "src/plan/value.ts": '// A value.\nimport type { fact } from "../facts/fact.ts";\nexport type A = typeof fact;\n',
    },
    /^src\/plan\/value\.ts:2: plan imports types of facts$/,
  ],
  [
    "layer",
    "a policy that reads a plan",
    { "policies/https-only.ts": `${policy("https-only")}import { read } from "../src/plan/read.ts";\n` },
    /policies imports plan/,
  ],
  [
    "layer",
    "findings that import a registry",
    {
      "src/findings/all.ts":
        '// All of them.\nimport { policies } from "../../policies/registry.ts";\nexport const all = policies;\n',
    },
    /findings imports policies/,
  ],
  [
    "layer",
    "findings that know a cloud",
    {
      "src/findings/all.ts":
        '// All of them.\nimport { adapters } from "../providers/registry.ts";\nexport const all = adapters;\n',
    },
    /findings imports providers/,
  ],
  [
    "layer",
    "a report that judges",
    {
      "src/report/text.ts":
        '// A text.\nimport { evaluate } from "../findings/evaluate.ts";\nexport const text = evaluate;\n',
    },
    /report imports findings/,
  ],
  [
    "layer",
    "a layer that imports the command",
    { "src/facts/late.ts": '// Late.\nexport const late = () => import("../cli.ts");\n' },
    /facts imports src\/cli\.ts/,
  ],
  [
    "modules import",
    "a module that asks the network",
    {
      "modules/site.ts": '// A site that is judged.\nimport { get } from "node:https";\nexport const site = get;\n',
    },
    /modules\/site\.ts:2: node:https/,
  ],
  [
    "root of a provider",
    "a module that loads all of a cloud",
    { "modules/site.ts": site().replace("/lib/s3-bucket/index.js", "") },
    /^modules\/site\.ts:4: @cdktf\/provider-aws$/,
  ],
  [
    "root of a provider",
    "an example that does, by the other name",
    {
      "examples/site.ts":
        '// An app.\nimport type { s3Bucket } from "@cdktn/provider-aws/lib";\nexport type A = s3Bucket;\n',
    },
    /^examples\/site\.ts:2: @cdktn\/provider-aws\/lib$/,
  ],
  [
    "construct documents",
    "a prop without a word",
    { "modules/site.ts": site("readonly host: string;") },
    /^modules\/site\.ts:6: host has no doc comment$/,
  ],
  [
    "construct documents",
    "an optional prop that keeps its default to itself",
    { "modules/site.ts": site("/** Where it listens. */\n  readonly port?: number;") },
    /^modules\/site\.ts:7: port is optional and has no @default$/,
  ],
  [
    "construct documents",
    "a default without a reason",
    { "modules/site.ts": site(port.replace(": every client tries it", "")) },
    /the @default of port has no reason/,
  ],
  [
    "construct documents",
    "an output without a word",
    { "modules/site.ts": site(host, "readonly url: string;") },
    /url has no doc comment/,
  ],
  [
    "construct documents",
    "a construct without an example",
    { "modules/site.ts": site().replace("@example", "") },
    /Site has no @example/,
  ],
  [
    "layer",
    "a module that imports the gate's files",
    {
      "modules/site.ts":
        '// A site that is judged.\nimport { load } from "../src/load.ts";\nexport const site = load;\n',
    },
    /modules imports src\/load\.ts/,
  ],
  ["line 1", "no comment", { "src/facts/late.ts": "export const late = 1;\n" }, /^src\/facts\/late\.ts$/],
  ["line 1", "a comment too late", { "src/facts/late.ts": "\n// What it is for.\nexport const late = 1;\n" }, /late/],
  [
    "utils or index",
    "utils",
    { "src/facts/utils.ts": "// This and that.\nexport const a = 1;\n" },
    /^src\/facts\/utils\.ts$/,
  ],
  [
    "utils or index",
    "an index",
    { "policies/index.ts": "// All of them.\nexport const a = 1;\n" },
    /^policies\/index\.ts$/,
  ],
  [
    "barrel",
    "a file that exports others",
    { "src/facts/all.ts": '// All facts there are.\nexport * from "./fact.ts";\n' },
    /^src\/facts\/all\.ts:2$/,
  ],
  [
    "class",
    "a class",
    { "src/facts/late.ts": "// What it is for.\nexport class Fact {}\n" },
    /^src\/facts\/late\.ts:2$/,
  ],
  [
    "class",
    "a class without a name",
    { "src/facts/late.ts": "// What it is for.\nexport const late = class {};\n" },
    /late/,
  ],
  [
    "class",
    "another class beside InputError",
    { "src/input-error.ts": "// Errors to mend.\nexport class InputError {}\nexport class Other {}\n" },
    /^src\/input-error\.ts:3$/,
  ],
  [
    "outside world",
    "a report that writes",
    {
      "src/report/text.ts":
        '// A text.\nimport { writeFileSync } from "node:fs";\nexport const text = writeFileSync;\n',
    },
    /^src\/report\/text\.ts:2: node:fs$/,
  ],
  [
    "outside world",
    "a provider that starts a program",
    {
      "src/providers/aws.ts":
        '// A cloud.\nimport { load } from "../load.ts";\nexport const run = () => load("node:child_process");\n',
    },
    /child_process/,
  ],
  [
    "outside world",
    "an old name of a module",
    { "src/providers/aws.ts": '// A cloud.\nimport { readFile } from "fs/promises";\nexport const run = readFile;\n' },
    /fs\/promises/,
  ],
  [
    "process",
    "a library that reads the environment",
    { "src/report/text.ts": "// A text.\nexport const width = process.env.COLUMNS;\n" },
    /^src\/report\/text\.ts:2$/,
  ],
  [
    "process",
    "the same by another way",
    { "src/report/text.ts": "// A text.\nexport const width = globalThis.process;\n" },
    /text\.ts:2/,
  ],
  [
    "passes one place",
    "a reporter that prints by itself",
    { "src/gate/tell.ts": "// Tells.\nexport const tell = (text: string) => process.stdout.write(text);\n" },
    /^src\/gate\/tell\.ts:2$/,
  ],
  [
    "passes one place",
    "a file that is written by another",
    { "src/gate/tell.ts": '// Tells.\nimport { writeFileSync } from "node:fs";\nwriteFileSync("a", "b");\n' },
    /^src\/gate\/tell\.ts:3$/,
  ],
  [
    "id is the name",
    "an id that is not the file's name",
    { "policies/https-only.ts": policy("only-https") },
    /^policies\/https-only\.ts: id: "only-https"$/,
  ],
  [
    "id is the name",
    "a policy without a test",
    { "test/policies/https-only.test.ts": undefined },
    /no test\/policies\/https-only\.test\.ts/,
  ],
  [
    "id is the name",
    "a policy without a plan",
    { "test/plans/https-only/plan.json": undefined },
    /no test\/plans\/https-only\/plan\.json/,
  ],
  [
    "id is the name",
    "a test without a policy",
    { "test/policies/gone.test.ts": "// Tests what is gone.\n" },
    /^test\/policies\/gone\.test\.ts: no policy$/,
  ],
  [
    "id is the name",
    "a file that defines no policy",
    { "policies/https-only.ts": "// Requires nothing at all.\nexport default {};\n" },
    /calls no definePolicy/,
  ],
  [
    "lines of code",
    "a long policy",
    { "policies/https-only.ts": policy("https-only", "\nexport const a = 1;".repeat(44)) },
    /: 46 lines$/,
  ],
  [
    "attribute of a cloud",
    "an attribute in a text",
    { "policies/https-only.ts": policy("https-only", 'const a = "viewer_protocol_policy";\n') },
    /viewer_protocol_policy/,
  ],
  [
    "attribute of a cloud",
    "an attribute in a template",
    { "policies/https-only.ts": policy("https-only", "const a = (b: string) => `${" + "b} min_tls is low`;\n") },
    /min_tls/,
  ],
  [
    "attribute of a cloud",
    "an attribute that is read",
    { "policies/https-only.ts": policy("https-only", "const a = (b: any) => b.ssl_policy;\n") },
    /ssl_policy/,
  ],
  [
    "public interface",
    "a function without a word",
    { "src/policy.ts": "// What a policy is.\nexport const definePolicy = () => 1;\n" },
    /^definePolicy$/,
  ],
  [
    "public interface",
    "the same, declared in another way",
    { "src/policy.ts": "// What a policy is.\nexport function definePolicy() {}\n" },
    /^definePolicy$/,
  ],
];

test.each(breaches)("the rule on %s sees %s", (rule, _, files, seen) => {
  const places = brokenIn(ruleNamed(rule), files);
  expect(places).toHaveLength(1);
  expect(places[0]).toMatch(seen);
});

test("each rule has a breach, and says why it is a rule", () => {
  const broken = new Set(breaches.map(([name]) => ruleNamed(name)));
  expect(rules.filter((rule) => !broken.has(rule)).map((rule) => rule.name)).toEqual([]);
  for (const { why } of rules) expect(why).toMatch(/^[A-Z].{20,}\.$/);
});

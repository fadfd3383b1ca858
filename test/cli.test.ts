// The command as users run it: arguments → standard output, standard error, exit code.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { hasTerraform } from "../scripts/terraform.ts";
import { adapters } from "../src/providers/registry.ts";
import type { Coverage } from "../src/report/coverage.ts";
import type { ValueTable } from "../src/report/values.ts";
import { controlsIn, planNames } from "./support/report.ts";
import { readSchema } from "./support/schema.ts";

const command = resolve("dist/cli.cjs");
const plan = (name: string): string => join("test", "plans", name, "plan.json");
const [secure, insecure] = [plan("secure-website"), plan("insecure-website")];
const planText = readFileSync(secure, "utf8");
const planJson = (changes: object): string => JSON.stringify({ ...JSON.parse(planText), ...changes });

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Settings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string | Buffer;
}

function run(args: readonly string[], { cwd, env = {}, input }: Settings = {}): Result {
  const child = spawnSync(process.execPath, [command, ...args], {
    cwd,
    // Nothing of the tests' own terminal.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    input,
    maxBuffer: 2 ** 28,
  });
  return { code: child.status, out: child.stdout.toString("utf8"), err: child.stderr.toString("utf8") };
}

const tlsgate = (...args: string[]): Result => run(args);

const reportOf = (...args: string[]) => JSON.parse(tlsgate("check", "--format", "json", ...args).out);

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-cli-")));
  return () => rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string | Buffer = planText): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe("exit codes", () => {
  test("0: the plan may go", () => {
    const { code, out, err } = tlsgate("check", secure);
    expect(out).toContain(`✔ ${secure} pass`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("1: it is refused", () => {
    const { code, out, err } = tlsgate("check", insecure);
    expect(out).toContain(`✖ ${insecure} refused`);
    expect({ code, err }).toEqual({ code: 1, err: "" });
  });

  test("1: it does not tell what a mandatory policy asks", () => {
    const { code, out } = tlsgate("check", plan("aws-tls-version-unknown"));
    expect(out).toContain("? minimum-tls-1-2: cannot be told: known after apply, from terraform_data.tls.output");
    expect(code).toBe(1);
  });

  test("2: it could not be judged", () => {
    const { code, out, err } = tlsgate("check", write("empty.json", ""));
    expect(err).toBe(`tlsgate: ${root}/empty.json is empty.\nTry: terraform show -json PLANFILE > plan.json\n`);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test.each([
    ["aws-empty-plan", 0],
    ["aws-delete-bad", 0],
    ["aws-update-bad-to-good", 0],
    ["aws-update-good-to-bad", 1],
    ["aws-alias-no-certificate", 1],
  ])("for %s: %i, in every format", (name, expected) => {
    const { code, out } = tlsgate("check", "--format", "json", plan(name));
    expect(JSON.parse(out).verdict).toBe(expected === 0 ? "pass" : "refused");
    expect([code, tlsgate("check", plan(name)).code]).toEqual([expected, expected]);
  });

  test("2, and no verdict, for a bug in tlsgate itself, which tells its place and nothing of the plan", () => {
    const breaking = write(
      "breaking.cjs",
      "Array.prototype.flatMap = () => { throw new TypeError('secret of the plan\\n    at secret'); };",
    );
    const { code, out, err } = run(["check", secure], { env: { NODE_OPTIONS: `--require ${breaking}` } });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("This is a bug in tlsgate, and no verdict.");
    expect(err).toContain("Please report it");
    expect(err).toMatch(/^tlsgate \d+\.\d+\.\d+, Node v\d+.*: TypeError\n +at /m);
    expect(err).not.toContain("secret");
  });
});

test("a bug on one plan leaves the others their verdicts, and is no verdict on all", () => {
  const config = write(
    "breaking.config.mjs",
    // What it returns is read by tlsgate itself, and fails there.
    `let reads = 0;
    const names = { get names() { if (reads++ > 0) throw new TypeError("secret of the plan"); return []; } };
    const endpoints = () => [{ address: "x.y", kind: "x", certificates: [], routes: [], upstreams: [], get names() { return names.names; } }];
    export default { packs: [{ adapters: [{ id: "own/x", resourceTypes: ["aws_route53_record"], endpoints }] }] };`,
  );
  const [broken, sound] = [plan("aws-load-balancer-names"), plan("aws-https-only")];
  const verdicts = (out: string) => JSON.parse(out).plans.map((one: { verdict: string }) => one.verdict);
  const run = tlsgate("check", "--config", config, "--format", "json", broken, sound);
  expect(run.code).toBe(2);
  expect(verdicts(run.out)).toEqual(["error", verdicts(tlsgate("check", "--format", "json", sound).out)[0]]);
  expect(run.err).toContain(`This is a bug in tlsgate, and there is no verdict on ${broken}.`);
  expect(run.err).not.toContain("secret");
  const { code, out } = tlsgate("endpoints", "--config", config, "--format", "json", broken, sound);
  expect(code).toBe(2);
  expect(JSON.parse(out).plans.map((one: { endpoints: unknown }) => one.endpoints !== null)).toEqual([false, true]);
});

describe("the place of a finding", () => {
  test("is a line of the configuration beside the plan, in both formats", () => {
    const { out } = tlsgate("check", plan("insecure-website"));
    const { plans } = JSON.parse(tlsgate("check", "--format", "json", plan("insecure-website")).out);
    const lines = readFileSync("test/plans/insecure-website/main.tf", "utf8").split("\n");
    const failed = plans[0].findings.filter(({ outcome }: { outcome: string }) => outcome === "fail");
    for (const { source, policy } of failed) expect(lines[source.line - 1]?.trim(), policy).not.toBe("");
    const { source } = failed.find(({ policy }: { policy: string }) => policy === "https-only");
    expect(lines[source.line - 1]).toContain('viewer_protocol_policy = "allow-all"');
    expect(out).toContain(
      `ordered_cache_behavior[0].viewer_protocol_policy ${source.file}:${source.line}:${source.column}`,
    );
  });

  test("is told by none where the configuration is elsewhere", () => {
    const copy = join(root, "elsewhere", "plan.json");
    cpSync(plan("insecure-website"), copy);
    const { plans } = JSON.parse(tlsgate("check", "--format", "json", copy).out);
    for (const { source } of plans[0].findings) expect(source).toBeNull();
  });
});

describe("several inputs", () => {
  test("give the worst code, and the verdict on each", () => {
    const { code, out, err } = tlsgate("check", secure, write("broken.json", "{"), insecure);
    expect(code).toBe(2);
    expect(err).toContain("broken.json is no valid JSON");
    expect(out).toContain(`✔ ${secure} pass`);
    expect(out).toContain("broken.json could not be judged");
    expect(out).toContain(`✖ ${insecure} refused`);
    expect(tlsgate("check", secure, insecure).code).toBe(1);
    expect(tlsgate("check", secure, secure).code).toBe(0);
  });

  test("stand in the JSON report in their order, broken ones too", () => {
    const broken = write("broken.json", "{");
    const { verdict, plans } = reportOf(insecure, broken, secure);
    expect(verdict).toBe("error");
    expect(plans.map((one: { path: string; verdict: string }) => [one.path, one.verdict])).toEqual([
      [insecure, "refused"],
      [broken, "error"],
      [secure, "pass"],
    ]);
    expect(plans[1]).toEqual({
      path: broken,
      kind: null,
      formatVersion: null,
      terraformVersion: null,
      complete: false,
      verdict: "error",
      findings: [],
      endpoints: 0,
      chains: [],
    });
  });
});

describe("a directory", () => {
  test("is searched by content, and the current one where no path is given", () => {
    write("stacks/a/foo.txt");
    write("stacks/b/deep/plan", readFileSync(insecure));
    write("stacks/b/.terraform/plan.json");
    write("node_modules/x/plan.json");
    write("package.json", '{"name": "x"}');
    const { code, out } = run(["check"], { cwd: root });
    expect(out.match(/^[✔✖] \S+ \S+/gm)).toEqual(["✔ stacks/a/foo.txt pass", "✖ stacks/b/deep/plan refused"]);
    expect(code).toBe(1);
    expect(run(["check", "stacks/a"], { cwd: root }).code).toBe(0);
  });

  test("without a plan is an error", () => {
    write("main.tf", "");
    const { code, out, err } = tlsgate("check", root);
    expect(err).toContain(`There is no plan under ${root}.`);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test("reports a broken file that looks like a plan, and judges the others", () => {
    write("good.json");
    write("cut.json", planText.slice(0, 5000));
    const { code, out, err } = tlsgate("check", root);
    expect(err).toContain("cut.json is no valid JSON");
    expect(out).toContain("good.json pass");
    expect(code).toBe(2);
  });
});

describe("standard input", () => {
  test("is read for -", () => {
    const { code, out } = run(["check", "-"], { input: planText });
    expect(out).toContain("✔ (standard input) pass");
    expect(code).toBe(0);
    expect(run(["check", "-"], { input: readFileSync(insecure) }).code).toBe(1);
  });

  test("is waited for when its writer is slow", () => {
    const script = `(printf '%s' '{"format_version":'; sleep 0.3; printf '%s' '"1.0"}') | "${process.execPath}" "${command}" check -`;
    expect(execFileSync("sh", ["-c", script]).toString()).toContain("(standard input) pass");
  });

  test("holds no plan when it is empty", () => {
    expect(run(["check", "-"], { input: "" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("(standard input) is empty."),
    });
  });

  test("takes no binary plan", () => {
    const zip = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), Buffer.alloc(26), Buffer.from("tfplan")]);
    const { code, err } = run(["check", "-"], { input: zip });
    expect(err).toContain("cannot come through standard input");
    expect(code).toBe(2);
  });
});

describe("a file", () => {
  test.each<[string, Buffer]>([
    ["with a byte order mark", Buffer.from(`\uFEFF${planText}`)],
    ["that is compressed", gzipSync(planText)],
    ["in UTF-16 of ASCII alone", Buffer.from(`\uFEFF${planText}`, "utf16le")],
  ])("%s is judged", (_, content) => expect(tlsgate("check", write("plan", content)).code).toBe(0));

  test.each<[string, string | Buffer, string]>([
    ["nothing", "", "is empty"],
    ["truncated JSON", planText.slice(0, 9000), "no valid JSON"],
    ["UTF-16 of other letters", Buffer.from(`\uFEFF${planText.replace("site", "süte")}`, "utf16le"), "UTF-16"],
    ["log lines", '{"@level":"info","@message":"a"}\n{"@level":"info","@message":"b"}\n', "log lines"],
    ["a raw state", '{"version":4,"serial":1,"lineage":"x"}', "own state file"],
    ["a provider schema", '{"format_version":"1.0","provider_schemas":{}}', "provider schema"],
    ["variables", '{"region":"eu-west-1"}', "is JSON, but no plan"],
    ["a format of the future", planJson({ format_version: "2.0" }), "this version of tlsgate reads 0.x and 1.x"],
    ["a failed run", planJson({ errored: true }), "a run that failed"],
    ["a wrong shape", planJson({ resource_changes: {} }), "/resource_changes must be array"],
  ])("that holds %s could not be judged, in every command", (_, content, message) => {
    const file = write("given.json", content);
    for (const name of ["check", "endpoints"]) {
      const { code, err } = tlsgate(name, file);
      expect(err).toContain(message);
      expect(err).toMatch(/\nTry: .+\n$/);
      expect(code).toBe(2);
    }
  });

  test("that does not exist could not be judged", () => {
    expect(tlsgate("check", join(root, "missing"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not exist"),
    });
  });

  test("of an old format is judged", () => {
    expect(tlsgate("check", write("old.json", planJson({ format_version: "0.2" }))).code).toBe(0);
  });

  test("of a state is judged as it stands", () => {
    const values = {
      root_module: {
        resources: [
          {
            address: "aws_cloudfront_distribution.site",
            mode: "managed",
            type: "aws_cloudfront_distribution",
            name: "site",
            values: {
              default_cache_behavior: [{ viewer_protocol_policy: "allow-all" }],
              viewer_certificate: [{ cloudfront_default_certificate: true }],
            },
          },
        ],
      },
    };
    const file = write("state.json", JSON.stringify({ format_version: "1.0", terraform_version: "1.11.4", values }));
    expect(tlsgate("check", "--policy", "https-only", file).code).toBe(1);
    const [{ findings }] = reportOf("--policy", "https-only", file).plans;
    expect(findings).toMatchObject([{ outcome: "fail", change: "existing" }]);
    expect(tlsgate("check", "--policy", "https-only", "--fail-on", "introduced", file).code).toBe(0);
  });

  test("that is partial is judged, and said to be partial", () => {
    const { code, out } = tlsgate("check", write("partial.json", planJson({ complete: false })));
    expect(out).toContain("PARTIAL PLAN");
    expect(code).toBe(0);
  });
});

describe.runIf(hasTerraform())("a binary plan, made by the real Terraform", () => {
  let directory = "";
  let binary = "";

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-binary-")));
    binary = join(directory, "out.tfplan");
    writeFileSync(join(directory, "main.tf"), 'resource "terraform_data" "a" {\n  input = "x"\n}\n');
    const terraform = (...args: string[]) =>
      execFileSync("terraform", args, {
        cwd: directory,
        stdio: "pipe",
        env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      });
    terraform("init", "-input=false");
    terraform("plan", "-input=false", "-out=out.tfplan");
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("is shown and judged, wherever the command runs", () => {
    const { code, out } = tlsgate("check", binary);
    expect(out).toContain(`✔ ${binary} pass · Terraform `);
    expect(code).toBe(0);
    expect(run(["check", "out.tfplan"], { cwd: directory }).code).toBe(0);
    expect(run(["check"], { cwd: directory }).out).toContain("✔ out.tfplan pass");
  });

  test("is told from all else that Terraform writes", () => {
    const terraform = (...args: string[]) =>
      execFileSync("terraform", args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
    const outputs: readonly (readonly [string[], string])[] = [
      [["plan", "-input=false"], "is the text of a plan, for people"],
      [["plan", "-input=false", "-no-color"], "is the text of a plan, for people"],
      [["plan", "-input=false", "-json"], "log lines of `terraform plan -json`"],
      [["show", "out.tfplan"], "is the text of a plan, for people"],
      [["show"], "is the text of a state, for people"],
      [["providers", "schema", "-json"], "is a provider schema, not a plan"],
      [["validate", "-json"], "is JSON, but no plan"],
      [["version", "-json"], "is JSON, but no plan"],
    ];
    for (const [args, message] of outputs) {
      const { code, out, err } = run(["check", "-"], { input: terraform(...args) });
      expect(err, args.join(" ")).toContain(message);
      expect({ code, out }).toEqual({ code: 2, out: "" });
    }
    expect(run(["check", "-"], { input: terraform("show", "-json", "out.tfplan") }).code).toBe(0);
    // A state that is empty is a state.
    expect(run(["check", "-"], { input: terraform("show", "-json") }).out).toContain("no endpoints to judge");
  });

  test("is shown by the program that is named", () => {
    const terraform = write("my-terraform", '#!/bin/sh\necho used >&2\nexec terraform "$@"\n');
    chmodSync(terraform, 0o755);
    expect(tlsgate("check", "--terraform", terraform, binary).code).toBe(0);
    expect(run(["check", binary], { env: { TLSGATE_TERRAFORM: terraform } }).code).toBe(0);
    expect(run(["check", binary], { env: { TLSGATE_TERRAFORM: join(root, "missing") } }).code).toBe(2);
    // The option is stronger than the variable.
    const env = { TLSGATE_TERRAFORM: join(root, "missing") };
    expect(run(["check", "--terraform", "terraform", binary], { env }).code).toBe(0);
  });

  test("could not be judged without the program", () => {
    const missing = join(root, "no-terraform");
    const { code, err } = tlsgate("check", "--terraform", missing, binary);
    expect(err).toContain(`${binary} is a binary plan, and ${missing} is not to be found to show it.`);
    expect(err).toContain("TLSGATE_TERRAFORM");
    expect(code).toBe(2);
  });

  test("could not be judged where Terraform fails, which says why", () => {
    const damaged = write("damaged.tfplan", readFileSync(binary).subarray(0, 300));
    const { code, err } = tlsgate("check", damaged);
    expect(err).toContain(`terraform could not show the plan ${damaged}:\n`);
    expect(err).toMatch(/Error: Failed to/);
    expect(controlsIn(err)).toEqual([]);
    expect(code).toBe(2);
  });
});

describe("options of check", () => {
  test("--format json writes the report of the schema", () => {
    const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
    const validate = ajv.addSchema(readSchema("endpoints")).compile(readSchema("report"));
    const report = reportOf(secure, insecure);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report).toMatchObject({ verdict: "refused", summary: { plans: 2, endpoints: 2 } });
    expect(report.tool.version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
  });

  test("--output writes the report to a file, without colours, and nothing else", () => {
    const file = join(root, "report.txt");
    const { code, out, err } = run(["check", insecure, "--output", file], { env: { FORCE_COLOR: "1" } });
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: "" });
    expect(readFileSync(file, "utf8")).toBe(tlsgate("check", insecure).out);
    for (const [name, args] of [
      ["endpoints", ["endpoints", secure]],
      ["policies", ["policies"]],
      ["explain", ["explain", "https-only"]],
    ] as const) {
      expect(tlsgate(...args, "--output", join(root, name)).out).toBe("");
      expect(readFileSync(join(root, name), "utf8")).toBe(tlsgate(...args).out);
    }
  });

  test.each([
    ["in a missing directory", () => join(root, "missing", "report.json"), "its directory does not exist"],
    ["in the place of a directory", () => root, "EISDIR"],
  ])("--output %s is an error", (_, file, reason) => {
    const path = file();
    const { code, err } = tlsgate("check", secure, "--output", path);
    expect(err).toBe(`tlsgate: ${path} could not be written (${reason}).\n`);
    expect(code).toBe(2);
  });

  test("--profile selects policies and their enforcement", () => {
    for (const [profile, { enforcement }] of Object.entries(profiles)) {
      const [{ findings }] = reportOf("--profile", profile, insecure).plans;
      const judged = new Map(
        findings.map((one: { policy: string; enforcement: string }) => [one.policy, one.enforcement]),
      );
      for (const [policy, asked] of judged)
        expect((enforcement as { [id: string]: string })[policy as string], policy as string).toBe(asked);
      expect(judged.has("hsts-preload")).toBe(profile === "hsts-preload");
    }
    expect(tlsgate("check", "--profile", "strict", plan("aws-https-only")).code).toBe(1);
    expect(tlsgate("check", plan("aws-https-only")).code).toBe(0);
  });

  test("--policy judges by the named ones alone, as mandatory", () => {
    const [{ findings }] = reportOf(
      "--policy",
      "modern-http",
      "--policy",
      "hsts-include-subdomains",
      plan("aws-https-only"),
    ).plans;
    const names = findings.map((one: { policy: string; enforcement: string }) => `${one.policy} ${one.enforcement}`);
    expect(new Set(names)).toEqual(new Set(["modern-http mandatory", "hsts-include-subdomains mandatory"]));
    expect(tlsgate("check", "--policy", "hsts-include-subdomains", plan("aws-https-only")).code).toBe(1);
    expect(tlsgate("check", "--policy", "modern-http", plan("aws-https-only")).code).toBe(0);
  });

  test("--not-judged decides what the gate does with resources that no adapter reads", () => {
    const file = plan("aws-not-judged");
    const checked = (...args: string[]) => tlsgate("check", ...args, file);
    expect(checked()).toMatchObject({
      code: 0,
      out: expect.stringContaining("7 resources may serve HTTPS and are not judged: App Runner service"),
    });
    expect(checked("--not-judged", "refuse")).toMatchObject({
      code: 1,
      out: expect.stringContaining("refused for 7 resources that are not judged"),
    });
    expect(checked("--not-judged", "ignore")).toMatchObject({
      code: 0,
      out: expect.not.stringContaining("not judged"),
    });
    expect(checked("--quiet")).toMatchObject({ code: 0, out: "" });
    expect(checked("--not-judged", "refuse", "--fail-on", "introduced", "--scope", "changed").out).toContain(
      "6 resources may serve HTTPS and are not judged (refused by notJudged: refuse): ",
    );
    const config = write("tlsgate.config.yaml", "notJudged: refuse\n");
    expect(checked("--config", config).code).toBe(1);
    expect(checked("--config", config, "--not-judged", "notice").code).toBe(0);
  });

  test("--unknown decides for every policy what the gate does", () => {
    const unknown = plan("aws-tls-version-unknown");
    expect(tlsgate("check", unknown).code).toBe(1);
    expect(tlsgate("check", "--unknown", "warn", unknown).code).toBe(0);
    expect(tlsgate("check", plan("aws-https-only")).code).toBe(0);
    expect(tlsgate("check", "--unknown", "refuse", plan("aws-https-only")).code).toBe(1);
    // What is violated is refused all the same.
    expect(tlsgate("check", "--unknown", "warn", insecure).code).toBe(1);
  });

  test("--fail-on introduced lets old violations pass, but no new ones", () => {
    const old = plan("aws-no-op-existing-bad");
    expect(tlsgate("check", old).code).toBe(1);
    const { code, out } = tlsgate("check", "--fail-on", "introduced", old);
    expect(out).toContain("existing)");
    expect(code).toBe(0);
    expect(tlsgate("check", "--fail-on", "introduced", plan("aws-update-good-to-bad")).code).toBe(1);
  });

  test("--quiet prints only what refuses", () => {
    expect(tlsgate("check", "--quiet", secure)).toEqual({ code: 0, out: "", err: "" });
    const { code, out } = tlsgate("check", "--quiet", insecure, secure);
    expect(out).toContain("https-only");
    expect(out).not.toContain(secure);
    expect(out).not.toContain("Refuses nothing");
    expect(code).toBe(1);
  });
});

describe("colours", () => {
  const isColored = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(["check", insecure, ...args], { env }).out.includes("\u001b[");

  test("are off where the output is no terminal", () => expect(isColored([])).toBe(false));
  test("are on with FORCE_COLOR", () => expect(isColored([], { FORCE_COLOR: "1" })).toBe(true));
  test.each<[string, string[], NodeJS.ProcessEnv]>([
    ["--no-color", ["--no-color"], { FORCE_COLOR: "1" }],
    ["NO_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }],
    ["FORCE_COLOR=0", [], { FORCE_COLOR: "0" }],
    ["an empty FORCE_COLOR", [], { FORCE_COLOR: "" }],
  ])("are off with %s", (_, args, env) => expect(isColored(args, env)).toBe(false));
  test("are not turned off by an empty NO_COLOR", () =>
    expect(isColored([], { FORCE_COLOR: "1", NO_COLOR: "" })).toBe(true));

  test("are never in JSON", () => {
    expect(run(["check", insecure, "--format", "json"], { env: { FORCE_COLOR: "1" } }).out).not.toContain("\u001b");
  });

  test.runIf(process.platform === "linux")("are on in a terminal, but for TERM=dumb", () => {
    const inTerminal = (setting: string) =>
      execFileSync("script", [
        "-qec",
        `env ${setting} "${process.execPath}" "${command}" check --quiet ${insecure} || true`,
        "/dev/null",
      ]).toString();
    expect(inTerminal("TERM=xterm")).toContain("\u001b[1m");
    expect(inTerminal("TERM=dumb")).not.toContain("\u001b[1m");
    expect(inTerminal("NO_COLOR=1")).not.toContain("\u001b[1m");
  });
});

describe("the width", () => {
  const longest = (env: NodeJS.ProcessEnv) =>
    Math.max(
      ...run(["check", insecure], { env })
        .out.split("\n")
        .map((line) => line.length),
    );

  test("is that of COLUMNS, or 100", () => {
    expect(longest({ COLUMNS: "72" })).toBeLessThanOrEqual(72);
    expect(longest({})).toBeLessThanOrEqual(100);
    expect(longest({})).toBeGreaterThan(72);
    expect(longest({ COLUMNS: "140" })).toBeGreaterThan(100);
    expect(longest({ COLUMNS: "none" })).toBe(longest({}));
  });
});

describe("a closed pipe", () => {
  test("ends the output, not the verdict", () => {
    const script = `"${process.execPath}" "${command}" check --format json ${planNames.map(plan).join(" ")} | head -c 10 > /dev/null; exit "\${PIPESTATUS[0]}"`;
    const child = spawnSync("bash", ["-c", script]);
    expect(child.stderr.toString()).toBe("");
    expect(child.status).toBe(1);
  });

  test.runIf(process.platform === "linux")("is told from a disk that is full", () => {
    const child = spawnSync("sh", ["-c", `"${process.execPath}" "${command}" check ${secure} > /dev/full`]);
    expect(child.stderr.toString()).toBe("tlsgate: The output could not be written (ENOSPC).\n");
    expect(child.status).toBe(2);
  });
});

describe("usage", () => {
  test.each([["--help"], ["-h"], ["help"], ["check", "--help"]])("%s %s", (...args) => {
    const { code, out, err } = tlsgate(...args);
    for (const word of ["check [PATH…]", "endpoints [PATH…]", "policies", "explain POLICY", ...Object.keys(profiles)])
      expect(out).toContain(word);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("the help names every option that exists", () => {
    const { out } = tlsgate("--help");
    for (const option of [
      "format",
      "output",
      "profile",
      "policy",
      "unknown",
      "fail-on",
      "terraform",
      "no-color",
      "quiet",
      "version",
      "help",
    ]) {
      expect(out).toContain(`--${option}`);
    }
  });

  test("--version", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(tlsgate("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  test.each<[string[], string, string]>([
    [[], "A command is missing.", "tlsgate --help"],
    [["chekc"], 'There is no command "chekc"; did you mean check?', "tlsgate --help"],
    [["constructor"], 'There is no command "constructor".', "tlsgate --help"],
    [["plan.json"], 'There is no command "plan.json".', "tlsgate check plan.json"],
    [["check", "--polcy", "x"], "Unknown option '--polcy'; did you mean --policy?", "tlsgate --help"],
    [["check", "--xyzzy"], "Unknown option '--xyzzy'.", "tlsgate --help"],
    [["check", "-x"], "Unknown option '-x'.", "tlsgate --help"],
    [["check", "--output"], "Option '--output <value>' argument missing.", "tlsgate --help"],
    [["check", "--quiet=yes"], "Option '--quiet' does not take an argument.", "tlsgate --help"],
    [
      ["check", "--policy", "minimum-tls"],
      'There is no policy "minimum-tls"; did you mean minimum-tls-1-2?',
      "tlsgate policies",
    ],
    [
      ["check", "--profile", "stric"],
      '--profile takes recommended, strict, apple-ats, hsts-preload, not "stric"; did you mean strict?',
      "tlsgate --help",
    ],
    [["endpoints", "--format", "sarif"], '--format takes pretty, json, not "sarif".', "tlsgate --help"],
    [
      ["check", "--format", "sarf"],
      '--format takes pretty, json, sarif, junit, github, markdown, gitlab, azure, atlantis, ndjson, html, not "sarf"; did you mean sarif?',
      "tlsgate --help",
    ],
    [["check", "--report", "sarif"], '--report takes FORMAT=FILE, not "sarif".', "tlsgate --help"],
    [["merge"], "The reports are missing.", "tlsgate merge REPORT.json…"],
    [["check", "--unknown", "ignore"], '--unknown takes refuse, warn, not "ignore".', "tlsgate --help"],
    [["check", "--not-judged", "warn"], '--not-judged takes refuse, notice, ignore, not "warn".', "tlsgate --help"],
    [
      ["check", "--scope", "chnged"],
      '--scope takes all, changed, not "chnged"; did you mean changed?',
      "tlsgate --help",
    ],
    [
      ["check", "--scope", "changed", "--fail-on", "any"],
      "The scope is changed: what a plan leaves as it was is not shown, so it cannot be refused for any violation.",
      "tlsgate check --scope changed, or --fail-on any with --scope all",
    ],
    [
      ["merge", "--scope", "changed", "report.json"],
      "merge tells what the reports tell.",
      "tlsgate check --scope, where they are made",
    ],
    [["check", "--fail-on", "new"], '--fail-on takes any, introduced, not "new".', "tlsgate --help"],
    [["endpoints", "--format", "jsn"], '--format takes pretty, json, not "jsn"; did you mean json?', "tlsgate --help"],
    [["policies", "https-only"], "`policies` takes no operand.", "tlsgate explain https-only"],
    [["explain"], "The policy's id is missing.", "tlsgate policies"],
    [["explain", "https-onyl"], 'There is no policy "https-onyl"; did you mean https-only?', "tlsgate policies"],
  ])("%j is wrong", (args, message, mend) => {
    expect(tlsgate(...args)).toEqual({ code: 2, out: "", err: `tlsgate: ${message}\nTry: ${mend}\n` });
  });

  test("is looked at before any plan is read", () => {
    expect(tlsgate("check", "--profile", "none", join(root, "missing")).err).not.toContain("missing");
  });
});

describe("endpoints", () => {
  test("shows what each endpoint will be", () => {
    const { code, out } = tlsgate("endpoints", insecure);
    expect(out).toContain("aws_cloudfront_distribution.site CloudFront distribution\n");
    expect(out).toContain("TLS 1.0 or newer; no forward secrecy");
    expect(out).toContain("/downloads/*: SERVES PLAIN HTTP; no HSTS");
    expect(code).toBe(0);
  });

  test("writes JSON by its schema", () => {
    const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(
      readSchema("endpoints"),
    );
    const broken = write("broken.json", "{");
    const { code, out } = tlsgate("endpoints", "--format", "json", secure, broken);
    const document = JSON.parse(out);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(
      document.plans.map((one: { path: string; endpoints: unknown[] | null }) => [one.path, one.endpoints?.length]),
    ).toEqual([
      [secure, 1],
      [broken, undefined],
    ]);
    expect(code).toBe(2);
  });
});

describe("policies", () => {
  test("lists all of them, as the profile enforces them", () => {
    const { code, out } = tlsgate("policies");
    for (const { id } of policies) expect(out).toContain(`\n${id} `);
    expect(out).toMatch(/^hsts-preload +low +off /m);
    expect(tlsgate("policies", "--profile", "hsts-preload").out).toMatch(/^hsts-preload +low +mandatory /m);
    expect(code).toBe(0);
  });

  test("says what becomes of what a plan does not tell, with the command line and the configuration", () => {
    const unknownOf = (...args: string[]) =>
      /^https-only +\w+ +\w+ +(\w+)/m.exec(tlsgate("policies", ...args).out)?.[1];
    const config = write("tlsgate.config.yaml", "policies: { https-only: { unknown: warn } }\n");
    expect(unknownOf()).toBe("refuse");
    expect(unknownOf("--config", config)).toBe("warn");
    expect(unknownOf("--config", config, "--unknown", "refuse")).toBe("refuse");
  });

  test("writes JSON", () => {
    const documents = JSON.parse(tlsgate("policies", "--format", "json").out);
    expect(documents.map((one: { id: string }) => one.id)).toEqual(policies.map(({ id }) => id));
    expect(documents[0]).not.toHaveProperty("examples");
  });
});

describe("explain", () => {
  test.each(policies.map(({ id }) => id))("%s: what, why, fix, and Terraform that fails and passes", (id) => {
    const { code, out, err } = tlsgate("explain", id);
    // ACM logs each public certificate since opting out has ended: nothing can be written that fails.
    const fails = id === "certificate-transparency" ? [] : ["Fails"];
    for (const title of ["Why", "Fix", ...fails, "Passes", "References"])
      expect(out).toMatch(new RegExp(`^${title}$`, "m"));
    expect(out.match(/^ {2}resource "/gm)?.length).toBeGreaterThan(fails.length);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("takes several, and writes JSON", () => {
    expect(tlsgate("explain", "https-only", "modern-http").out).toMatch(/^https-only .*[\s\S]*^modern-http /m);
    const [document] = JSON.parse(tlsgate("explain", "https-only", "--format", "json").out);
    expect(document).toMatchObject({ id: "https-only", enforcement: "mandatory" });
    expect(document.examples.fail).toContain("allow-all");
  });
});

const everyCommand = (file: string): readonly (readonly string[])[] => [
  ["check", file],
  ["check", file, "--profile", "strict"],
  ["check", file, "--profile", "hsts-preload", "--format", "json"],
  ["check", file, "--unknown", "refuse", "--quiet"],
  ["check", file, "--policy", "certificate-covers-domains", "--policy", "certificate-region"],
  ["endpoints", file],
  ["endpoints", file, "--format", "json"],
];

describe("sensitive values are judged and never printed", () => {
  const secrets: { readonly [name: string]: readonly string[] } = {
    "aws-sensitive-values": ["www.example.com", "allow-all", "123456789012", "11111111-2222"],
    "secret-everywhere": [
      "secret-",
      "987654321098",
      "eu-west-1",
      "5ec4e700",
      "TLSv1.1_2016",
      "accepts TLS",
      "7654321",
      "1234567",
      "2468013",
      "http1.1",
      "match-viewer",
      "allow-all",
      "PRIVATE",
      "BEGIN CERTIFICATE",
      "MII",
      "1024",
    ],
  };

  test.each(Object.entries(secrets))("of %s", (name, values) => {
    const content = readFileSync(plan(name), "utf8");
    for (const value of values.filter((one) => !["accepts TLS", "PRIVATE", "1024"].includes(one)))
      expect(content).toContain(value);
    for (const args of everyCommand(plan(name))) {
      const { out, err } = tlsgate(...args);
      const said = `${out}${err}`.replaceAll(/secret-everywhere\/(plan\.json|main\.tf)/g, "");
      for (const value of values) expect(said, args.join(" ")).not.toContain(value);
    }
    // They were judged all the same.
    expect(tlsgate("check", plan(name), "--policy", "https-only").code).toBe(1);
  });

  test("nor in an error, where the file that holds them is broken", () => {
    const content = readFileSync(plan("secret-everywhere"), "utf8");
    const middle = content.indexOf("secret-alias");
    const broken = [
      content.slice(0, middle + 12),
      content.slice(middle),
      content.replace('"secret-alias', '"secret-alias"x'),
      content.replaceAll('"resource_changes":[', '"resource_changes":["secret-alias",'),
    ];
    for (const text of broken) {
      const { code, out, err } = tlsgate("check", write("secret.json", text));
      expect(`${out}${err}`.replaceAll("secret.json", "")).not.toContain("secret");
      expect(code).toBe(2);
    }
  });
});

describe("control characters", () => {
  test("of a plan reach no terminal, by any command", () => {
    for (const args of everyCommand(plan("hostile-names"))) {
      const { out, err } = tlsgate(...args);
      expect(controlsIn(`${out}${err}`), args.join(" ")).toEqual([]);
    }
    expect(tlsgate("check", plan("hostile-names")).out).toContain("\\u001b[8m");
    expect(tlsgate("endpoints", plan("hostile-names")).out).toContain("\\u001b]0;");
  });

  test("of a path reach none either", () => {
    const file = write("\u001b[31mred\u202e.json", "{");
    const { out, err } = tlsgate("check", file, join(root, "\u0007missing"), secure);
    expect(err).toContain("\\u001b[31mred\\u202e.json");
    expect(controlsIn(`${out}${err}`)).toEqual([]);
    expect(controlsIn(tlsgate("check", "--policy", "\u001b[31m").err)).toEqual([]);
  });
});

describe("values", () => {
  test("says what the names of a provider mean, and where that is written", () => {
    const { code, out, err } = tlsgate("values", "aws");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("aws/cloudfront `viewer_certificate.minimum_protocol_version`");
    expect(out).toMatch(
      /^ {2}TLSv1.2_2018 +TLS 1.2 or newer, no forward secrecy, CBC or older suites, ECDHE with AES offered$/m,
    );
    expect(out).not.toContain("cloudflare/");
  });

  test("as JSON, in the words of the model", () => {
    const tables = JSON.parse(tlsgate("values", "--format", "json").out) as ValueTable[];
    const table = tables.find(({ about }) => about.startsWith("`viewer_certificate.minimum_protocol_version`"));
    expect(table).toMatchObject({
      provider: "aws",
      service: "cloudfront",
      sources: [expect.stringContaining("https://docs.aws.amazon.com/")],
      values: { "TLSv1.2_2021": { minimumTls: "TLS 1.2", forwardSecrecy: true, aeadOnly: true } },
    });
  });

  test("of a provider that is not known are an error", () => {
    const { code, out, err } = tlsgate("values", "aswe");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain('There is no provider "aswe"; did you mean aws?');
  });
});

describe("coverage", () => {
  test("says what is judged of a provider, and what no plan shows", () => {
    const { code, out, err } = tlsgate("coverage", "digitalocean");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^digitalocean\/certificate\n {2}digitalocean_certificate\n {2}judged by certificate-/m);
    expect(out).toContain("  ? the Strict-Transport-Security header, which the app sends\n");
    expect(out).not.toContain("aws/");
  });

  test("as JSON, of all providers", () => {
    const services = JSON.parse(tlsgate("coverage", "--format", "json").out) as Coverage[];
    expect(services.map(({ provider, service }) => `${provider}/${service}`)).toEqual(adapters.map(({ id }) => id));
  });

  test("of a provider that is not known is an error", () => {
    const { code, out, err } = tlsgate("coverage", "aws", "gogle");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/no provider "gogle"; did you mean google\?\nTry: tlsgate coverage aws .*google/);
  });
});

describe("--scope changed", () => {
  const [existing, worse] = [plan("aws-no-op-existing-bad"), plan("aws-update-good-to-bad")];

  test("tells and refuses for what the plan changes alone, and how much it leaves out", () => {
    expect(tlsgate("check", existing).code).toBe(1);
    const { code, out } = tlsgate("check", "--scope", "changed", existing);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, " ")).toContain("6 existing violations and 4 unknown are not shown (--scope changed)");
    expect(out).not.toContain("https-only");
    const refused = tlsgate("check", "--scope", "changed", worse);
    expect([refused.code, refused.out.includes("(critical, introduced)")]).toEqual([1, true]);
  });

  test("comes from the configuration, too; the command line has the last word", () => {
    const config = write("tlsgate.config.yaml", "scope: changed\n");
    expect(tlsgate("check", "--config", config, existing).code).toBe(0);
    expect(tlsgate("check", "--config", config, "--scope", "all", existing).code).toBe(1);
  });

  test("leaves the baseline whole", () => {
    const file = join(root, "baseline.json");
    const baseline = (...args: string[]) => {
      expect(tlsgate("baseline", ...args, "--output", file, existing).code).toBe(0);
      return readFileSync(file, "utf8");
    };
    expect(baseline("--scope", "changed")).toBe(baseline());
    expect(JSON.parse(baseline()).known).toHaveLength(10);
  });

  test("is merged as it was told", () => {
    const files = [existing, worse].map((one, index) => {
      const file = join(root, `${index}.json`);
      tlsgate("check", "--scope", "changed", "--format", "json", "--output", file, one);
      return file;
    });
    const { code, out } = tlsgate("merge", "--format", "json", ...files);
    expect([code, JSON.parse(out).summary]).toEqual([1, reportOf("--scope", "changed", existing, worse).summary]);
    expect(JSON.parse(out).summary.leftOut).toMatchObject({ fail: 6, unknown: 8 });
  });
});

describe("--configuration", () => {
  const configured = (configuration: string, ...args: string[]) => tlsgate(...args, "--configuration", configuration);
  const folder = dirname(secure);

  test.each(["check", "endpoints"])("%s takes the directory that the plan was made from", (name) => {
    const { code, err } = configured(folder, name, secure);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test.each(["check", "endpoints"])("%s refuses a directory that differs from the plan", (name) => {
    cpSync(folder, root, { recursive: true });
    const text = readFileSync(join(root, "main.tf"), "utf8");
    const changed = text.replace('"redirect-to-https"', '"allow-all"');
    expect(changed).not.toBe(text);
    write("main.tf", changed);
    const line = changed.slice(0, changed.indexOf('"allow-all"')).split("\n").length;
    const { code, err } = configured(root, name, secure);
    expect(code).toBe(2);
    expect(err).toBe(
      [
        `tlsgate: The configuration in ${root} is not the one that ${secure} was made from:`,
        `  aws_cloudfront_distribution.site default_cache_behavior.viewer_protocol_policy: another constant than in the plan (main.tf:${line})`,
        "Try: check out the configuration that the plan was made from, or give the plan file: --configuration tfplan",
        "",
      ].join("\n"),
    );
  });

  test("belongs to one plan", () => {
    const { code, err } = configured(folder, "check", secure, insecure);
    expect(code).toBe(2);
    expect(err).toMatch(/^tlsgate: --configuration belongs to one plan, but 2 are given\.\nTry: /);
  });

  test("does not belong to a state", () => {
    const state = write("state.json", '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}');
    const { code, err } = configured(folder, "check", state);
    expect(code).toBe(2);
    expect(err).toMatch(/^tlsgate: --configuration needs a plan, but .* is a state\.\nTry: /);
  });
});

describe("--timings", () => {
  test("says on standard error what each phase took, and changes nothing else", () => {
    const broken = write("broken.json", "{");
    const timed = tlsgate("check", "--timings", "--format", "json", insecure, broken);
    const [complaint, mend, ...lines] = timed.err.trimEnd().split("\n");
    expect(lines.map((line) => line.replace(/\d+\.\d/g, "N"))).toEqual([
      `timings: ${insecure}: read N ms, load N ms, evaluate N ms, locate N ms, draw N ms`,
      `timings: ${broken}: read N ms`,
      "timings: start N ms, settings N ms, report N ms",
      "timings: total N ms",
    ]);
    expect({ ...timed, err: `${complaint}\n${mend}\n` }).toEqual(
      tlsgate("check", "--format", "json", insecure, broken),
    );
  });

  test("tells the total of any command, and of one that fails", () => {
    const lines = (...args: string[]) => tlsgate(...args, "--timings").err.replace(/\d+\.\d/g, "N");
    const whole = "timings: start N ms, settings N ms";
    expect(lines("policies")).toBe(`${whole}\ntimings: total N ms\n`);
    expect(lines("endpoints", secure)).toBe(
      `timings: ${secure}: read N ms, load N ms, collect N ms\n${whole}\ntimings: total N ms\n`,
    );
    expect(tlsgate("explain", "--timings").err).toMatch(/id is missing[\s\S]*^timings: total [\d.]+ ms\n$/m);
  });
});

test("the command works from another directory, with relative paths", () => {
  cpSync(secure, join(root, "plan.json"));
  expect(run(["check", "plan.json"], { cwd: root }).out).toContain("✔ plan.json pass");
  expect(run(["check", relative(root, resolve(secure))], { cwd: root }).code).toBe(0);
});

// No text from a plan, a path, a configuration or the environment is a command of a build server, wherever it is printed.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formats } from "../src/report/formats.ts";
import { atLineStarts, commands, commandsIn, hostileText } from "./support/log-commands.ts";

const command = resolve("dist/cli.cjs");
const planText = readFileSync("test/plans/insecure-website/plan.json", "utf8");

let root = "";
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-injection-")));
  return () => rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string | object): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function tlsgate(args: readonly string[], { cwd = root, env = {}, input = "" } = {}): Result {
  const child = spawnSync(process.execPath, [command, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: root, ...env },
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** How a line begins that is a command of the program itself. */
const own: { readonly [format: string]: RegExp } = {
  github: /^::(error|warning|notice) /,
  azure: /^##vso\[task\.(logissue|complete) /,
};

/** Runs it, and expects no command in what it prints. */
function harmless(args: readonly string[], settings: Parameters<typeof tlsgate>[1] = {}): Result {
  const result = tlsgate(args, settings);
  const format = args.join(" ").match(/--format[ =](\w+)/)?.[1] ?? "";
  expect(commandsIn(result.out, own[format]), `standard output of ${JSON.stringify(args).slice(0, 200)}`).toEqual([]);
  expect(commandsIn(result.err), `standard error of ${JSON.stringify(args).slice(0, 200)}`).toEqual([]);
  expect(result.err).not.toContain("bug in tlsgate");
  return result;
}

// --- what tries

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A document with some of its texts changed; `at`: the keys that lead there. */
function changed(
  value: Json,
  change: (text: string, at: readonly string[]) => string,
  at: readonly string[] = [],
): Json {
  if (typeof value === "string") return change(value, at);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json, index) => changed(one, change, [...at, String(index)]));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, changed(one as Json, change, [...at, key])]),
  );
}

const plan = JSON.parse(planText);
const isPlanned = (at: readonly string[]) =>
  at.includes("after") || at.includes("values") || at.includes("expressions");

const entry = (address: string, type: string, name: string, more: object = {}) => ({
  address,
  mode: "managed",
  type,
  name,
  provider_name: `registry.terraform.io/${hostileText}/aws`,
  change: {
    actions: ["create"],
    before: null,
    after: {},
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: {},
  },
  ...more,
});

const waiver = { rule: "https-only", resource: "aws_x.y", attribute: "a", fingerprint: "0", until: "2099-01-01" };

/** By where the text stands. */
const plans: { readonly [origin: string]: Json } = {
  "values, before what they were": changed(plan, (text, at) => (isPlanned(at) ? `${hostileText}${text}` : text)),
  "values, behind what they were": changed(plan, (text, at) => (isPlanned(at) ? `${text}${hostileText}` : text)),
  "keys of instances": changed(plan, (text, at) =>
    at.at(-1) === "address" ? `${text}[${JSON.stringify(hostileText)}]` : text,
  ),
  "keys of instances, as they are": changed(plan, (text, at) =>
    at.at(-1) === "address" ? `${text}["${hostileText}"]` : text,
  ),
  names: changed(plan, (text, at) => (at.at(-1) === "address" || at.at(-1) === "name" ? text + hostileText : text)),
  "addresses that are nothing else": changed(plan, (text, at) => (at.at(-1) === "address" ? hostileText + text : text)),
  modules: changed(plan, (text, at) => (at.at(-1) === "address" ? `module.${hostileText}.${text}` : text)),
  "types, providers and modules of what is not judged": {
    ...plan,
    resource_changes: [
      ...plan.resource_changes,
      entry(`helm_release.${hostileText}`, "helm_release", hostileText),
      entry(`aws_cloudformation_stack.x["${hostileText}"]`, "aws_cloudformation_stack", "x", { index: hostileText }),
      entry(`${hostileText}.x`, hostileText, "x"),
      entry(`module.m["${hostileText}"].aws_lb.x`, "aws_lb", "x", { module_address: `module.m["${hostileText}"]` }),
    ],
  },
  versions: { ...plan, terraform_version: hostileText },
  waivers: {
    ...plan,
    resource_changes: [
      ...plan.resource_changes,
      entry("terraform_data.tlsgate_waivers", "terraform_data", "tlsgate_waivers", {
        change: {
          actions: ["create"],
          before: null,
          after: {
            input: [
              { ...waiver, reason: hostileText, owner: hostileText },
              { ...waiver, rule: hostileText },
              hostileText,
              { [hostileText]: 1 },
            ],
          },
          after_unknown: {},
          after_sensitive: {},
          before_sensitive: false,
        },
      }),
    ],
  },
};

/** Inputs that are no plans. */
const noPlans: { readonly [origin: string]: string | object } = {
  text: hostileText,
  "text in JSON": JSON.stringify(hostileText),
  "a version of the format": { ...plan, format_version: hostileText },
  "a list in the place of a text": { ...plan, terraform_version: [hostileText] },
  "a text in the place of a list": { ...plan, resource_changes: hostileText },
  "changes of a kind that does not exist": { ...plan, resource_changes: [{ [hostileText]: hostileText, address: 1 }] },
  "JSON that is cut off": planText.slice(0, 300) + hostileText,
};

describe("a plan", () => {
  test.each(Object.keys(plans))("with it in %s: in all formats", (origin) => {
    const file = write(`plans/${origin}/plan.json`, plans[origin] as object);
    const reports = formats.map((format) => [format, join(root, `plans/${origin}/report.${format}`)] as const);
    harmless(["check", file, ...reports.map(([format, path]) => `--report=${format}=${path}`)]);
    for (const [format, path] of reports) {
      expect(commandsIn(readFileSync(path, "utf8"), own[format]), format).toEqual([]);
    }
  });

  test.each(formats)("on standard output as %s", (format) => {
    for (const file of Object.keys(plans).slice(0, 3)) {
      const { out } = harmless(["check", "--format", format, write(`out/${file}.json`, plans[file] as object)]);
      expect(out.length).toBeGreaterThan(0);
    }
  });

  test("in narrow lines, where each word can begin one", () => {
    const file = write("narrow/plan.json", plans["values, before what they were"] as object);
    for (const COLUMNS of ["40", "60", "90"]) {
      harmless(["check", file], { env: { COLUMNS } });
      harmless(["check", file], { env: { COLUMNS, FORCE_COLOR: "1" } });
      harmless(["endpoints", file], { env: { COLUMNS } });
    }
  });

  test.each(Object.keys(plans))("with it in %s: endpoints, baseline, timings, --quiet", (origin) => {
    const file = write(`others/${origin}/plan.json`, plans[origin] as object);
    for (const format of ["pretty", "json"]) harmless(["endpoints", "--timings", "--format", format, file]);
    harmless(["check", "--quiet", "--timings", "--not-judged", "refuse", file]);
    const baseline = join(root, "others", origin, "baseline.json");
    harmless(["baseline", "--output", baseline, file]);
    expect(commandsIn(readFileSync(baseline, "utf8"))).toEqual([]);
  });

  test.each(Object.keys(noPlans))("that is none: %s", (origin) => {
    const file = write(`no-plans/${origin}.json`, noPlans[origin] as object);
    for (const format of formats) expect(harmless(["check", "--format", format, file]).code).toBe(2);
    expect(harmless(["endpoints", file]).code).toBe(2);
    expect(harmless(["merge", file]).code).toBe(2);
    expect(harmless(["check", "-"], { input: readFileSync(file, "utf8") }).code).toBe(2);
  });

  test("keeps its values in JSON, escaped as they are", () => {
    const file = write("values/plan.json", plans["keys of instances, as they are"] as object);
    for (const format of ["json", "ndjson", "gitlab", "sarif", "atlantis"]) {
      const { out } = harmless(["check", "--format", format, file]);
      for (const line of format === "ndjson" ? out.trim().split("\n") : [out])
        expect(() => JSON.parse(line)).not.toThrow();
    }
    const [judged] = JSON.parse(harmless(["check", "--format", "json", file]).out).plans;
    const addresses = judged.findings.map((one: { readonly address: string }) => one.address);
    expect(addresses).toContain(`aws_cloudfront_distribution.site["${hostileText}"]`);
  });

  test("shows what it holds, with one character written out", () => {
    const named = changed(plan, (text, at) => (at.at(-1) === "address" ? `${text}["##vso[task.complete]"]` : text));
    const { out } = harmless(["check", write("shown/plan.json", named as object)]);
    expect(out).toContain('aws_cloudfront_distribution.site["#\\u0023vso[task.complete]"]');
  });
});

describe("a path", () => {
  const names = commands.filter((one) => !one.includes("/")).map((one) => `a\n${one}\r${one}`);

  test("of directories and files, in all formats", () => {
    for (const [index, name] of names.entries()) write(`paths/${index}${name}/${name}.json`, planText);
    for (const format of formats) harmless(["check", "--format", format, "--timings", "paths"]);
    harmless(["endpoints", "--timings", "paths"]);
  });

  test.each(names)("%j: missing, empty, a directory, a link that leads nowhere", (name) => {
    const empty = write(`broken/${name}/empty.json`, "");
    for (const path of [name, join("nowhere", name), empty, dirname(empty)]) {
      expect(harmless(["check", path]).code).toBe(2);
      expect(harmless(["endpoints", path]).code).toBe(2);
    }
    harmless(["merge", name]);
    harmless([name]);
  });

  test("where it runs", () => {
    const cwd = dirname(write(`cwd/${names[0]}/plan.json`, planText));
    for (const format of formats) harmless(["check", "--format", format], { cwd });
    writeFileSync(join(cwd, "tlsgate.config.json"), "{");
    expect(harmless(["check"], { cwd }).code).toBe(2);
  });
});

describe("a configuration", () => {
  const known = "https-only";
  const entryOf = (more: object) => ({
    policy: known,
    address: "aws_cloudfront_distribution.*",
    reason: "r",
    owner: "o",
    expires: "2099-01-01",
    ...more,
  });
  const configurations: readonly object[] = [
    { profile: hostileText },
    { [hostileText]: 1 },
    { policies: { [hostileText]: "off" } },
    { policies: { [known]: hostileText } },
    { policies: { [known]: { options: { [hostileText]: hostileText } } } },
    { policies: { "hsts-enabled": { options: { minimumMaxAge: hostileText } } } },
    { overrides: [{ addresses: [hostileText], reason: hostileText, policies: { [known]: "off" } }] },
    { overrides: [{ addresses: ["**"], policies: { [hostileText]: "off" } }] },
    { assume: [{ address: "**", hsts: true, reason: hostileText, owner: hostileText, expires: hostileText }] },
    { assume: [{ address: hostileText, [hostileText]: true }] },
    { waivers: [entryOf({ reason: hostileText, owner: hostileText, ticket: hostileText })] },
    {
      waivers: [
        entryOf({ [hostileText]: hostileText }),
        entryOf({ policy: hostileText }),
        entryOf({ expires: hostileText }),
        entryOf({ address: hostileText }),
        hostileText,
      ],
    },
    { waivers: [entryOf({ reason: hostileText, owner: hostileText, expires: "2020-01-01" })] },
    { baseline: hostileText },
    { packs: [hostileText] },
    { packs: [`./${hostileText}`] },
  ];

  test.each(configurations.map((one) => [JSON.stringify(one).slice(0, 50), one] as const))("%s", (_, config) => {
    const cwd = dirname(write("config/tlsgate.config.json", config));
    write("config/plan.json", planText);
    for (const format of formats) harmless(["check", "--format", format], { cwd });
    for (const one of ["policies", "endpoints", "baseline"]) harmless([one, "--output", "out.txt"], { cwd });
    for (const one of ["policies", "endpoints"]) harmless([one], { cwd });
    harmless(["explain", known], { cwd });
    rmSync(join(root, "config"), { recursive: true });
  });

  const broken: { readonly [file: string]: string } = {
    "tlsgate.config.json": `{ "profile": ${hostileText} }`,
    "tlsgate.config.yaml": `profile: "strict\n${atLineStarts(commands[0] ?? "")}\n  - [`,
    "tlsgate.config.yml": `policies: !${(commands[4] ?? "").replace(/\s/g, "")} x`,
    "tlsgate.config.ts": `throw new Error(${JSON.stringify(hostileText)});`,
    "tlsgate.config.mjs": `const = ${hostileText}`,
    "tlsgate.config.js": `export default { profile: ${JSON.stringify(hostileText)} };`,
    "tlsgate.config.cjs": `throw ${JSON.stringify(hostileText)};`,
    "tlsgate.waivers.yaml": `- policy: ${commands[4]}\n- [${hostileText}`,
    "tlsgate.waivers.yml": `- policy: ${JSON.stringify(hostileText)}\n- ${JSON.stringify(hostileText)}`,
    "tlsgate.baseline.json": `{ "version": 1, "known": [${JSON.stringify(hostileText)}] }`,
  };

  test.each(Object.keys(broken))("%s that is broken", (name) => {
    const cwd = dirname(write(`broken-config/${name}`, broken[name] ?? ""));
    write("broken-config/plan.json", planText);
    for (const one of ["check", "policies", "endpoints", "baseline"]) harmless([one], { cwd });
    harmless(["check", "--format", "github"], { cwd });
    rmSync(join(root, "broken-config"), { recursive: true });
  });

  test.each([
    [
      "says it",
      `[{ outcome: "fail", message: text, unknown: undefined, subject: text, place: { address: text, at: text }, remedy: undefined, strictness: undefined, noFix: text, assumed: undefined, related: [text] }]`,
    ],
    ["throws it", "(() => { throw new Error(text); })()"],
    ["throws a text", "(() => { throw text; })()"],
    [
      "throws an error of that name",
      "(() => { throw Object.assign(new Error(text), { name: text, stack: text }); })()",
    ],
    ["returns it", "text"],
  ])("a pack whose policy %s", (_, result) => {
    const cwd = dirname(write("pack/plan.json", planText));
    write("pack/tlsgate.config.json", { packs: ["./pack.mjs"] });
    write(
      "pack/pack.mjs",
      `const text = ${JSON.stringify(hostileText)};
       export default { policies: [{ id: "own-policy", requires: text, severity: "high", whenUnknown: "refuse", why: text, fix: text, references: [text], controls: { [text]: [text] }, options: { [text]: { description: text, default: text } }, evaluate: () => ${result} }] };`,
    );
    for (const format of formats) harmless(["check", "--format", format], { cwd });
    for (const format of ["pretty", "json"]) harmless(["policies", "--format", format], { cwd });
    harmless(["explain", "own-policy"], { cwd });
    rmSync(join(root, "pack"), { recursive: true });
  });

  test("a pack whose policy is named so", () => {
    const cwd = dirname(write("named/plan.json", planText));
    write(
      "named/tlsgate.config.mjs",
      `export default { packs: [{ policies: [{ id: ${JSON.stringify(hostileText)} }] }] };`,
    );
    for (const one of ["check", "policies"]) expect(harmless([one], { cwd }).code).toBe(2);
  });
});

describe("the command line and the environment", () => {
  const text = hostileText;
  const calls: readonly (readonly string[])[] = [
    [text],
    [`--${text}`],
    ["check", text],
    ["check", `--${text}=1`],
    ["check", "--format", text],
    ["check", "--report", text],
    ["check", "--report", `${text}=x`],
    ["check", "--report", `json=${text}/x`],
    ["check", "--output", `${text}/x`],
    ["check", "--config", text],
    ["check", "--config-from", text],
    ["check", "--profile", text],
    ["check", "--policy", text],
    ["check", "--unknown", text],
    ["check", "--scope", text],
    ["check", "--terraform", text, "binary"],
    ["check", "--configuration", text, "plan.json"],
    ["baseline", text],
    ["endpoints", text],
    ["merge", text],
    ["policies", text],
    ["explain", text],
    ["values", text],
    ["coverage", text],
  ];

  test.each(calls.map((args) => [args.join(" ").slice(0, 40), args] as const))("%j", (_, args) => {
    write("plan.json", planText);
    write("binary", "PK\u0003\u0004");
    expect(harmless(args).code).toBe(2);
  });

  test("what is said beside the reports: --category, --source-url", () => {
    const file = write("plan.json", planText);
    for (const format of formats)
      harmless(["check", "--format", format, "--category", text, "--source-url", `https://x/${text}`, file]);
  });

  test("TLSGATE_TERRAFORM", () => {
    expect(harmless(["check", write("binary", "PK\u0003\u0004")], { env: { TLSGATE_TERRAFORM: text } }).code).toBe(2);
  });

  test.each([
    ["TLSGATE_PROFILE"],
    ["TLSGATE_UNKNOWN"],
    ["TLSGATE_REPORT"],
    ["TLSGATE_CONFIG_FROM"],
    ["TLSGATE_TERRAFORM"],
    ["TF_CLI_ARGS_apply"],
    ["TMPDIR"],
  ])("terraform apply with %s", (name) => {
    harmless(["terraform", "apply", "-auto-approve"], { env: { TLSGATE_TERRAFORM: "/bin/false", [name]: text } });
  });

  test.each([
    [[`-chdir=${text}`, "apply"]],
    [["apply", text]],
    [["apply", `-${text}`]],
    [["apply", `-${text}=1`]],
    [["apply", text, text]],
    [[`-${text}`, "apply"]],
    [["destroy", text]],
  ])("terraform %j", (args) => {
    harmless(["terraform", ...args], { env: { TLSGATE_TERRAFORM: "/bin/false" } });
  });
});

describe("a report that is merged", () => {
  let report: { readonly plans: readonly Json[] };
  beforeAll(() => {
    const file = write("merged/plan.json", planText);
    report = JSON.parse(tlsgate(["check", "--format", "json", file]).out);
  });
  afterAll(() => rmSync(join(root, "merged"), { recursive: true, force: true }));

  test("with it in every text of it, one after the other", () => {
    const keys = new Set<string>();
    changed(report as unknown as Json, (text, at) => {
      keys.add(at.filter((one) => !/^\d+$/.test(one)).join("."));
      return text;
    });
    expect(keys.size).toBeGreaterThan(20);
    for (const key of keys) {
      const other = changed(report as unknown as Json, (text, at) =>
        at.filter((one) => !/^\d+$/.test(one)).join(".") === key ? hostileText + text : text,
      );
      const file = write("merged/report.json", other as object);
      const reports = formats.map((format) => [format, join(root, `merged/report.${format}`)] as const);
      const { code } = harmless(["merge", file, ...reports.map(([format, path]) => `--report=${format}=${path}`)]);
      if (code === 2) continue;
      for (const [format, path] of reports) {
        expect(commandsIn(readFileSync(path, "utf8"), own[format]), `${key} as ${format}`).toEqual([]);
      }
    }
  }, 120_000);

  test.each([
    ["severity", { severity: hostileText }],
    ["outcome", { outcome: hostileText }],
    ["change", { change: hostileText }],
    ["a message that is no text", { message: [hostileText] }],
    ["a line that is no number", { source: { file: "a", line: hostileText, column: 1 } }],
  ])("with a wrong %s: says where", (name, change) => {
    const [first] = report.plans as unknown as { readonly findings: readonly object[] }[];
    const plans = [{ ...first, findings: [{ ...first?.findings[0], ...change }] }];
    const { code, err } = harmless(["merge", write("merged/wrong.json", { ...report, plans })]);
    expect(code).toBe(2);
    expect(err, name).toMatch(/`plans\.0\.findings\.0\.\w+(\.line)?` is missing, or not what a report holds there/);
  });
});

test("what is looked for is found", () => {
  for (const one of commands) expect(commandsIn(atLineStarts(one)), one).not.toEqual([]);
  expect(commandsIn("\u200b")).toEqual(["U+200b"]);
  expect(commandsIn("::error file=a::x ##[add-mask]y", /^::error /)).toHaveLength(1);
  expect(readdirSync("test/plans").length).toBeGreaterThan(1);
});

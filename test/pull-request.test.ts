// The command in a pipeline: configuration, waivers, baseline, several reports at once, and a change that would weaken its gate.

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Report } from "../src/report/report.ts";

const command = resolve("dist/cli.cjs");
const plans = resolve("test/plans");

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-pull-")));
  cpSync(join(plans, "insecure-website"), join(root, "site"), { recursive: true });
  git("init", "-q", "-b", "main");
  return () => rmSync(root, { recursive: true, force: true });
});

const git = (...args: string[]) =>
  execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { stdio: "pipe" });

function commit(): void {
  git("add", "-A");
  git("commit", "-qm", "change", "--allow-empty");
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");

function tlsgate(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  return { code: status, out: stdout, err: stderr };
}

const reportOf = (...args: string[]): Report => JSON.parse(tlsgate("check", "--format", "json", ...args).out);

const plan = "site/plan.json";

const waiver = (policy: string, address = "aws_cloudfront_distribution.site", expires = "2999-12-31") =>
  `- policy: ${policy}\n  address: ${address}\n  reason: A test says so\n  owner: web@example.com\n  expires: ${expires}\n`;

describe("waivers", () => {
  test("accept what they name, and say so", () => {
    write("tlsgate.waivers.yaml", waiver("https-only"));
    const { out, code } = tlsgate("check", plan);
    expect(code).toBe(1);
    expect(out).toContain("~ https-only until 2999-12-31, web@example.com: A test says so");
    expect(out).not.toContain("✖ https-only");
    const found = reportOf(plan).plans[0]?.findings.find((one) => one.policy === "https-only" && one.waiver);
    expect(found).toMatchObject({ outcome: "fail", refuses: false, waiver: { owner: "web@example.com" } });
    expect(tlsgate("check", "--no-waivers", plan).out).toContain("✖ https-only");
  });

  test("for all that fails let the plan pass", () => {
    const failing = reportOf(plan).plans[0]?.findings.filter((one) => one.refuses) ?? [];
    write("tlsgate.waivers.yaml", [...new Set(failing.map((one) => one.policy))].map((id) => waiver(id)).join(""));
    expect(tlsgate("check", plan).code).toBe(0);
  });

  test("that have ended, mean everything or cannot be read accept nothing, and say so", () => {
    write(
      "tlsgate.waivers.yaml",
      [
        waiver("https-only", "aws_cloudfront_distribution.site", "2020-01-01"),
        waiver("hsts-enabled", '"**"'),
        waiver("minimum-tls-1-2", "aws_cloudfront_distribution.other"),
        "- policy: sni-only\n",
      ].join(""),
    );
    const report = reportOf(plan);
    const notices = report.plans.find((one) => one.kind === "waivers");
    expect(notices?.findings.map((one) => [one.policy, one.refuses])).toEqual([
      ["waiver-malformed", true],
      ["waiver-too-wide", true],
      ["waiver-expired", false],
      ["waiver-unused", false],
    ]);
    expect(report.summary.waived).toBe(0);
    expect(tlsgate("check", join(plans, "secure-website/plan.json")).code).toBe(1);
  });

  test("are in use when any of several plans needs them", () => {
    cpSync(join(plans, "secure-website"), join(root, "other"), { recursive: true });
    write("tlsgate.waivers.yaml", waiver("https-only"));
    expect(reportOf(plan, "other/plan.json").plans.map((one) => one.kind)).toEqual(["plan", "plan"]);
    expect(reportOf("other/plan.json").plans.map((one) => one.kind)).toEqual(["plan", "waivers"]);
  });
});

describe("a baseline", () => {
  test("lets old sins be, and refuses new ones", () => {
    expect(tlsgate("baseline", plan)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ known violations in tlsgate\.baseline\.json\n$/),
    });
    expect(read("tlsgate.baseline.json")).not.toContain("allow-all");
    const { code, out } = tlsgate("check", plan);
    expect(out).toContain("baseline: 0 new,");
    expect(code).toBe(0);
    expect(tlsgate("check", "--no-baseline", plan).code).toBe(1);
    const { summary } = reportOf(plan, join(plans, "aws-alias-no-certificate/plan.json"));
    expect(summary).toMatchObject({ gone: 0, new: expect.any(Number) });
    expect(summary.new).toBeGreaterThan(0);
    expect(reportOf(join(plans, "secure-website/plan.json")).summary.gone).toBeGreaterThan(0);
  });

  test("is written where the configuration says, and a broken one is no baseline", () => {
    write("tlsgate.config.yaml", "baseline: known.json\n");
    write("known.json", "{}");
    expect(tlsgate("check", plan)).toMatchObject({
      code: 2,
      err: expect.stringContaining("known.json is no baseline"),
    });
    write("known.json", '{"version":1,"known":[]}');
    expect(tlsgate("baseline", plan).out).toContain("known violations in known.json");
  });
});

describe("a change that would weaken its gate", () => {
  const weaken: { readonly [way: string]: () => void } = {
    "a waiver": () => write("tlsgate.waivers.yaml", waiver("https-only")),
    "a policy that is off": () => write("tlsgate.config.yaml", "policies: {https-only: off}\n"),
    "an override": () =>
      write("tlsgate.config.yaml", 'overrides: [{addresses: ["**"], policies: {https-only: off}}]\n'),
    "another profile": () => write("tlsgate.config.yaml", "profile: hsts-preload\n"),
    "a baseline": () => void tlsgate("baseline", plan),
    "code in the place of the configuration": () => {
      rmSync(join(root, "tlsgate.config.yaml"));
      write(
        "tlsgate.config.ts",
        'import { writeFileSync } from "node:fs";\nwriteFileSync("trapped", "");\nexport default {};\n',
      );
    },
    "no configuration": () => rmSync(join(root, "tlsgate.config.yaml")),
  };

  test.each(Object.entries(weaken))("by %s counts for nothing with --config-from", (_, change) => {
    write("tlsgate.config.yaml", "profile: recommended\n");
    commit();
    git("checkout", "-qb", "change");
    change();
    commit();
    const { out, code } = tlsgate("check", "--config-from", "main", plan);
    expect(code).toBe(1);
    expect(out).toContain("✖ https-only");
    expect(existsSync(join(root, "trapped"))).toBe(false);
  });

  test("by ignoring what is not judged counts for nothing with --config-from", () => {
    const unread = join(plans, "aws-not-judged/plan.json");
    write("tlsgate.config.yaml", "notJudged: refuse\n");
    commit();
    git("checkout", "-qb", "change");
    write("tlsgate.config.yaml", "notJudged: ignore\n");
    commit();
    expect(tlsgate("check", unread)).toMatchObject({ code: 0, out: expect.not.stringContaining("not judged") });
    const { out, code } = tlsgate("check", "--config-from", "main", unread);
    expect(code).toBe(1);
    expect(out).toContain("refused for 7 resources that are not judged");
  });

  test("by a link in the place of a directory gets no verdict", () => {
    write("sandbox/tlsgate.config.yaml", "policies: {https-only: off}\n");
    commit();
    symlinkSync("sandbox", join(root, "infra"));
    const { status, stderr } = spawnSync(
      process.execPath,
      [command, "check", "--config-from", "main", join(root, plan)],
      { cwd: join(root, "infra"), encoding: "utf8", env: { PATH: process.env.PATH, PWD: join(root, "infra") } },
    );
    expect(stderr).toContain("is reached through a symbolic link");
    expect(status).toBe(2);
  });

  test("a commit that is not there is an error that says what to run", () => {
    commit();
    expect(tlsgate("check", "--config-from", "nowhere", plan)).toMatchObject({
      code: 2,
      err: expect.stringContaining("git fetch"),
    });
  });
});

describe("reports", () => {
  test("several of one run", () => {
    const formats = ["sarif", "junit", "github", "markdown", "gitlab", "azure", "atlantis", "ndjson", "html", "json"];
    const { code, out } = tlsgate("check", ...formats.flatMap((one) => ["--report", `${one}=out.${one}`]), plan);
    expect(code).toBe(1);
    expect(out).toContain("✖ site/plan.json refused");
    for (const one of formats) expect(read(`out.${one}`).length, one).toBeGreaterThan(100);
    expect(JSON.parse(read("out.sarif")).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      "site/main.tf",
    );
    expect(read("out.html")).toContain("aws_cloudfront_distribution.site");
    expect(read("out.github")).toMatch(/^::error file=site\/main\.tf,line=\d+/);
  });

  test("name files from the repository's root, wherever the command runs", () => {
    const { stdout } = spawnSync(process.execPath, [command, "check", "--format", "github", "plan.json"], {
      cwd: join(root, "site"),
      encoding: "utf8",
    });
    expect(stdout).toMatch(/^::error file=site\/main\.tf,line=\d+/);
  });

  test("of shards are merged, with what html draws", () => {
    cpSync(join(plans, "secure-website"), join(root, "other"), { recursive: true });
    for (const shard of ["site", "other"])
      tlsgate("check", "--format", "json", "--output", `${shard}.json`, `${shard}/plan.json`);
    const merged = tlsgate("merge", "--format", "json", "site.json", "other.json");
    expect(merged.code).toBe(1);
    expect(JSON.parse(merged.out)).toEqual(reportOf(plan, "other/plan.json"));
    expect(tlsgate("merge", "--format", "html", "site.json", "other.json").out).toContain("other/plan.json");
    expect(tlsgate("merge", "other.json").code).toBe(0);
    write("broken.json", "{}");
    expect(tlsgate("merge", "broken.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("broken.json is no report"),
    });
  });
});

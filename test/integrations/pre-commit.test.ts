// The hooks for pre-commit: installed and run by pre-commit itself where it can be had, on files that match and files that do not.

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { commitAll, git, putPlan, writeFiles } from "../support/pull-request.ts";

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly language: string;
  readonly files: string;
  readonly pass_filenames?: boolean;
}

const hooks = parse(readFileSync(".pre-commit-hooks.yaml", "utf8")) as readonly Hook[];
const hookNamed = (id: string): Hook => hooks.find((hook) => hook.id === id) as Hook;

let home = "";
let preCommit = "";
let missing = "";
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-pre-commit-")));
  preCommit = installed();
  if (preCommit === "")
    console.warn("pre-commit is neither here nor to be installed from PyPI: its hooks are NOT run.");
  else hooksRepository();
}, 240_000);
afterAll(() => rmSync(home, { recursive: true, force: true }), 120_000);

function installed(): string {
  if (spawnSync("pre-commit", ["--version"]).status === 0) return "pre-commit";
  const venv = join(home, "venv");
  const made =
    spawnSync("python3", ["-m", "venv", venv]).status === 0 &&
    spawnSync(join(venv, "bin/pip"), ["install", "--quiet", "pre-commit"], { timeout: 120_000 }).status === 0;
  return made ? join(venv, "bin/pre-commit") : "";
}

/** The repository of tlsgate as pre-commit clones it, but built already. */
function hooksRepository(): void {
  const root = join(home, "built");
  mkdirSync(root);
  const { name, version, bin, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  writeFiles(root, { "package.json": JSON.stringify({ name, version, bin, dependencies }) });
  cpSync(".pre-commit-hooks.yaml", join(root, ".pre-commit-hooks.yaml"));
  mkdirSync(join(root, "dist"));
  for (const file of readdirSync("dist").filter((name) => /\.(cjs|json)$/.test(name)))
    cpSync(join("dist", file), join(root, "dist", file));
  git(root, "init", "--quiet");
  commitAll(root, "tlsgate");
}

/** The repository as it is, where nothing is built. */
function wholeRepository(): string {
  const root = join(home, "whole");
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const path of String(listed).split("\0").filter(existsSync)) cpSync(path, join(root, path));
  git(root, "init", "--quiet");
  commitAll(root, "tlsgate");
  return root;
}

/** A repository that uses the hooks, with these files staged; undefined where pre-commit is missing. */
function commit(
  name: string,
  fill: (root: string) => void,
  { config = "", hooks = join(home, "built") } = {},
): { code: number | null; out: string } | undefined {
  if (preCommit === "" || missing !== "") return undefined;
  const root = join(home, name);
  mkdirSync(root);
  git(root, "init", "--quiet");
  writeFiles(root, {
    ".pre-commit-config.yaml": `repos:
  - repo: ${pathToFileURL(hooks)}
    rev: ${git(hooks, "rev-parse", "HEAD")}
    hooks:
      - id: tlsgate
${config}      - id: tlsgate-config
      - id: tlsgate-cdktf
`,
  });
  fill(root);
  git(root, "add", "--all", "--force");
  const child = spawnSync(preCommit, ["run", "--color=never"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PRE_COMMIT_HOME: join(home, "cache"), GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  if (child.status === 3) {
    missing = child.stdout;
    console.warn(`pre-commit could not install the hooks, and they are NOT run:\n${child.stdout}`);
    return undefined;
  }
  return { code: child.status, out: child.stdout };
}

const skipped = (id: string) => new RegExp(`tlsgate \\(${id}\\)\\.*\\(no files to check\\)Skipped`);

test("pre-commit finds nothing wrong with the file", ({ skip }) => {
  if (preCommit === "") skip();
  execFileSync(preCommit, ["validate-manifest", resolve(".pre-commit-hooks.yaml")], { stdio: "pipe" });
});

test("a plan that is refused, beside one that may go and a file that is no plan", ({ skip }) => {
  const run = commit("refused", (root) => {
    putPlan(root, "insecure-website", "shop/plan.json");
    putPlan(root, "secure-website", "site/prod.tfplan.json");
    // A name that would be an option.
    putPlan(root, "secure-website", "--config=x-plan.json");
    writeFiles(root, { "floorplan.json": "{}" });
  });
  if (!run) return skip();
  expect(run.out).toContain("shop/plan.json refused");
  expect(run.out).toContain("refused for 7 findings");
  expect(run.out).not.toContain("floorplan");
  expect(run.out).toMatch(skipped("configuration"));
  expect(run.code).toBe(1);
}, 240_000);

test("a plan that may go, by a profile", ({ skip }) => {
  const run = commit("good", (root) => putPlan(root, "secure-website"), {
    config: "        args: [--profile=strict, --]\n",
  });
  if (!run) return skip();
  expect(run.out).toMatch(/tlsgate \(plans\)\.*Passed/);
  expect(run.code).toBe(0);
}, 240_000);

test("from the repository itself, which pre-commit installs and builds", ({ skip }) => {
  if (preCommit === "" || missing !== "") return skip();
  const hooks = wholeRepository();
  const refused = commit("of the repository, refused", (root) => putPlan(root, "insecure-website"), { hooks });
  // What has been installed before shows that the registry can be reached: now it is the build that fails.
  expect(refused?.out ?? missing).toContain("refused for 7 findings");
  expect(refused?.code).toBe(1);
  const good = commit("of the repository, good", (root) => putPlan(root, "secure-website"), { hooks });
  expect(good?.out).toMatch(/tlsgate \(plans\)\.*Passed/);
}, 600_000);

test("a configuration with a mistake", ({ skip }) => {
  const run = commit("mistaken", (root) => writeFiles(root, { "tlsgate.config.yaml": "profil: strict\n" }));
  if (!run) return skip();
  expect(run.out).toContain('has no "profil"; did you mean profile?');
  expect(run.out).toMatch(skipped("plans"));
  expect(run.code).toBe(1);
}, 240_000);

test("an app of CDKTF, by what was synthesised", ({ skip }) => {
  const run = commit("cdktf", (root) => {
    writeFileSync(join(root, "main.ts"), "export {};\n");
    const distribution = {
      origin: [{ origin_id: "o", domain_name: "o.example.com" }],
      default_cache_behavior: { viewer_protocol_policy: "allow-all", target_origin_id: "o" },
      viewer_certificate: { cloudfront_default_certificate: true },
      enabled: true,
    };
    const stack = { resource: { aws_cloudfront_distribution: { site: distribution } } };
    writeFiles(root, {
      "cdktf.out/manifest.json": JSON.stringify({
        version: "0.21.0",
        stacks: {
          shop: { name: "shop", synthesizedStackPath: "stacks/shop/cdk.tf.json", workingDirectory: "stacks/shop" },
        },
      }),
      "cdktf.out/stacks/shop/cdk.tf.json": JSON.stringify({
        "//": { metadata: { backend: "local", stackName: "shop", version: "0.21.0" } },
        ...stack,
      }),
    });
  });
  if (!run) return skip();
  expect(run.out).toContain("https-only");
  expect(run.code).toBe(1);
}, 240_000);

test("each hook is called as its command allows", () => {
  expect(hooks.map(({ id }) => id)).toEqual(["tlsgate", "tlsgate-config", "tlsgate-cdktf"]);
  for (const { language, entry } of hooks) {
    expect(language).toBe("node");
    expect(entry).toMatch(/^tlsgate /);
  }
  // As pre-commit puts them together, without it: https://pre-commit.com/#new-hooks
  const { entry, args = [] } = hookNamed("tlsgate");
  const [, ...words] = [...entry.split(" "), ...args];
  const run = (path: string) =>
    spawnSync(process.execPath, [resolve("dist/cli.cjs"), ...words, path], { cwd: resolve("test/plans") }).status;
  expect(run("insecure-website/plan.json")).toBe(1);
  expect(run("secure-website/plan.json")).toBe(0);
  const matches = new RegExp(hookNamed("tlsgate").files);
  for (const path of ["plan.json", "a/tfplan.json", "a/prod.plan.json", "x-plan.json"]) expect(path).toMatch(matches);
  for (const path of ["floorplan.json", "plan.json.bak", "planning.json"]) expect(path).not.toMatch(matches);
  const { files, entry: validates, args: before = [] } = hookNamed("tlsgate-config");
  const configuration = new RegExp(files);
  for (const path of ["tlsgate.config.ts", "a/tlsgate.config.yaml", "tlsgate.waivers.yml"])
    expect(path).toMatch(configuration);
  expect("tlsgate.baseline.json").not.toMatch(configuration);
  const validate = (path: string, text: string) => {
    const root = join(home, "validate");
    mkdirSync(join(root, "stacks/shop"), { recursive: true });
    writeFileSync(join(root, path), text);
    const words = [...validates.split(" ").slice(1), ...before, path];
    const { status, stderr } = spawnSync(process.execPath, [resolve("dist/cli.cjs"), ...words], {
      cwd: root,
      encoding: "utf8",
    });
    rmSync(root, { recursive: true });
    return [status, stderr];
  };
  const waiver = (policy: string) =>
    `- {policy: ${policy}, address: aws_lb.x, reason: r, owner: o, expires: 2099-01-01}\n`;
  for (const path of ["tlsgate.waivers.yaml", "stacks/shop/tlsgate.waivers.yml"]) {
    expect(validate(path, waiver("https-only"))).toEqual([0, ""]);
    expect(validate(path, waiver("htps-only"))).toEqual([
      2,
      expect.stringContaining(
        `${path}:1:4: a waiver that cannot be read accepts nothing: there is no policy "htps-only"; did you mean https-only?`,
      ),
    ]);
    expect(validate(path, "- policy: [https-only\n")).toEqual([
      2,
      expect.stringContaining(`tlsgate: ${path} is no YAML: `),
    ]);
    expect(validate(path, waiver("https-only").replace("aws_lb.x", '"**"'))).toEqual([
      2,
      expect.stringContaining(`${path}:1:24: a waiver for everything is no exception`),
    ]);
  }
  for (const path of ["tlsgate.config.yaml", "stacks/shop/tlsgate.config.yaml"]) {
    expect(validate(path, "policies: {https-only: off}\n")).toEqual([0, ""]);
    expect(validate(path, "policies: {htps-only: off}\n")).toEqual([
      2,
      expect.stringContaining(`${path}: there is no policy "htps-only"; did you mean https-only?`),
    ]);
    expect(validate(path, "policies: {https-only: off\n")).toEqual([
      2,
      expect.stringContaining(`${path} is no YAML: `),
    ]);
    const waivers = `waivers:\n  ${waiver("htps-only")}`;
    expect(validate(path, waivers)).toEqual([2, expect.stringContaining(`${path}:2:6: a waiver that cannot be read`)]);
  }
});

// The GitHub action: its steps as the runner runs them, against pull requests that try to open their own gate.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  attacks,
  type Checkout,
  checkoutOf,
  command,
  commitAll,
  expectNoTrap,
  fakeNpm,
  git,
  layTraps,
  linkedCheckout,
  putPlan,
  temporaryHome,
  writeFiles,
} from "../support/pull-request.ts";
import { action, commandsIn, type Run, runAction } from "../support/runner.ts";

const home = temporaryHome();

/** The action on a pull request. */
function gate({ home, root, base }: Checkout, inputs: { readonly [name: string]: string } = {}, env = {}): Run {
  const event = { pull_request: { base: { sha: base }, head: { sha: git(root, "rev-parse", "HEAD") } } };
  return runAction(root, home, { inputs: { plan: "plan.json", command, ...inputs }, github: { event }, env });
}

describe("action.yml", () => {
  test("keeps expressions out of scripts, and knows every input and output that it names", () => {
    expect(action.runs.using).toBe("composite");
    const text = readFileSync("action.yml", "utf8");
    for (const { run, shell } of action.runs.steps) {
      expect(run).not.toContain("${{");
      expect(shell).toBe("bash");
    }
    const named = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(description).toMatch(/\.$/);
  });

  test("its scripts are what bash 3.2 can read", () => {
    for (const file of readdirSync("integrations/github")) {
      const path = join("integrations/github", file);
      expect(spawnSync("bash", ["-n", path]).status).toBe(0);
      const text = readFileSync(path, "utf8");
      expect(text).toContain("\nset -euo pipefail\n");
      expect(text).not.toMatch(/\b(mapfile|readarray|coproc)\b|declare -[An]|\$\{\w+(,,|\^\^|@)|&>>|\|&/);
    }
  });
});

describe("what it tells", () => {
  test.each([
    ["in a folder that is missing", "/nowhere/summary"],
    ["of no name", ""],
  ])("the verdict, where the summary is a file %s", (_, GITHUB_STEP_SUMMARY) => {
    const run = gate(checkoutOf(home(), { plan: "insecure-website" }), {}, { GITHUB_STEP_SUMMARY });
    expect(run.outputs).toMatchObject({ verdict: "refused", "exit-code": "1" });
    expect(run.code).toBe(1);
  });

  test("a plan that may go", () => {
    const run = gate(checkoutOf(home(), { plan: "secure-website" }));
    expect(run.outputs).toMatchObject({ verdict: "pass", "exit-code": "0", refusing: "0" });
    expect(run.code).toBe(0);
    expect(run.summary).toContain("the plan may go");
  });

  test("a plan that is refused: annotations first, then the summary, the reports and the exit code", () => {
    const checkout = checkoutOf(home());
    const { code, log, outputs, summary } = gate(checkout);
    expect(code).toBe(1);
    expect(log).toMatch(/^::error file=main\.tf,line=\d+,col=\d+,title=/);
    expect(commandsIn(log).slice(0, 7)).toEqual(Array(7).fill("error"));
    expect(log).toContain("refused for 7 findings");
    expect(outputs).toMatchObject({ verdict: "refused", "exit-code": "1", refusing: "7", introduced: "8" });
    const comment = readFileSync(outputs.comment as string, "utf8");
    expect(comment).toMatch(/^<!-- tlsgate -->\n/);
    const head = git(checkout.root, "rev-parse", "HEAD");
    expect(comment).toContain(`(https://github.com/OWNER/REPO/blob/${head}/main.tf#L60)`);
    expect(summary).toBe(comment);
    expect(JSON.parse(readFileSync(outputs.sarif as string, "utf8")).version).toBe("2.1.0");
    expect(JSON.parse(readFileSync(outputs.json as string, "utf8")).verdict).toBe("refused");
    expect(readFileSync(outputs.html as string, "utf8")).toMatch(/^<!doctype html>/i);
  });

  test("reports where they are wanted, and without annotations and summary", () => {
    const checkout = checkoutOf(home());
    const wanted = { sarif: "out.sarif", comment: "out.md", html: "out.html", json: "out.json" };
    const { code, log, outputs, summary } = gate(checkout, { ...wanted, annotations: "false", summary: "false" });
    expect(code).toBe(1);
    expect(commandsIn(log)).toEqual(["stop-commands"]);
    expect(summary).toBe("");
    for (const [name, file] of Object.entries(wanted)) {
      expect(outputs[name]).toBe(join(checkout.root, file));
      expect(existsSync(join(checkout.root, file))).toBe(true);
    }
  });

  test("what is waived is no result of SARIF, unless somebody takes suppressions", () => {
    const waiver = { policy: "https-only", address: "aws_cloudfront_distribution.site", reason: "Kiosks – old ones" };
    const waivers = JSON.stringify([{ ...waiver, owner: "shops", expires: "2999-12-31" }]);
    const checkout = checkoutOf(home(), { base: { "tlsgate.waivers.yaml": waivers } });
    const resultsOf = (inputs = {}): { readonly ruleId: string; readonly suppressions: object[] }[] =>
      JSON.parse(readFileSync(gate(checkout, inputs).outputs.sarif as string, "utf8")).runs[0].results;
    const [open, all] = [resultsOf(), resultsOf({ "sarif-waived": "true" })];
    expect(all.filter(({ suppressions }) => suppressions.length > 0).map(({ ruleId }) => ruleId)).toEqual([
      "https-only",
    ]);
    expect(open).toEqual(all.filter(({ suppressions }) => suppressions.length === 0));
    expect(open.length).toBeGreaterThan(5);
  });

  test("files of a directory, several plans and a category", () => {
    const checkout = checkoutOf(home());
    putPlan(checkout.root, "secure-website", "infra/website/plan.json");
    putPlan(checkout.root, "insecure-website", "infra/shop/plan.json");
    const { log, outputs, code } = gate(checkout, {
      plan: "website/plan.json\r\n\nshop/plan.json\n",
      "working-directory": "./infra/",
      category: "shops & sites",
    });
    expect(code).toBe(1);
    expect(log).toContain("::error file=infra/shop/main.tf,line=60");
    expect(JSON.parse(readFileSync(outputs.json as string, "utf8")).summary.plans).toBe(2);
    expect(readFileSync(outputs.comment as string, "utf8")).toMatch(/^<!-- tlsgate: shops%20%26%20sites -->\n/);
  });

  test("options reach the command", () => {
    const checkout = checkoutOf(home(), { plan: "aws-tls-version-unknown" });
    expect(gate(checkout).outputs.verdict).toBe("refused");
    expect(gate(checkout, { unknown: "warn" }).outputs).toMatchObject({ verdict: "pass", "exit-code": "0" });
    expect(gate(checkout, { profile: "lax" }).log).toContain("::error title=tlsgate: could not be judged::");
    expect(gate(checkout, { "fail-on": "introduced", profile: "strict" }).code).toBe(1);
  });

  test("a summary above 1 MiB is left out, and that is said", () => {
    const { root, home: at, base } = checkoutOf(home());
    const huge = join(at, "huge.cjs");
    // A tlsgate that has too much to say.
    writeFileSync(
      huge,
      `const { writeFileSync } = require("node:fs");
for (const one of process.argv.filter((argument) => /^(markdown|json)=/.test(argument))) {
  const [, format, file] = /^(\\w+)=(.*)$/s.exec(one);
  writeFileSync(file, format === "json" ? '{"verdict":"pass","summary":{"refusing":0,"introduced":0}}' : "x".repeat(2 ** 20 + 1));
}`,
    );
    const run = gate({ root, home: at, base, trace: "" }, { command: huge });
    expect(run.code).toBe(0);
    expect(run.summary).toBe("");
    expect(run.log).toContain("::warning title=tlsgate::The report is too long");
  });
});

describe("what cannot be judged leaves the gate shut", () => {
  const cases: readonly (readonly [string, { readonly [name: string]: string }, RegExp])[] = [
    ["no plan", { plan: "\n \n".replace(" ", "") }, /names no plan/],
    ["a plan that is not there", { plan: "nowhere.json" }, /nowhere\.json/],
    ["no such directory", { "working-directory": "nowhere" }, /no directory nowhere/],
    ["a commit that is not there", { "config-from": "1".repeat(40) }, /There is no commit/],
    ["an option in the place of a commit", { "config-from": "--help" }, /There is no commit/],
    ["an input of two lines", { profile: "strict\nverdict=pass" }, /PROFILE is one line/],
    ["an output that would be two", { json: "a\nverdict=pass" }, /JSON is one line/],
    ["a directory above", { "working-directory": "../checkout" }, /through a symbolic link or through/],
  ];
  test.each(cases)("%s", (_, inputs, said) => {
    const { code, log, outputs } = gate(checkoutOf(home()), inputs);
    expect(log).toMatch(said);
    expect(commandsIn(log)).toContain("error");
    expect({ code, ...outputs }).toMatchObject({ code: 2, verdict: "error", "exit-code": "2" });
  });

  test("a command that says nothing, or contradicts its exit code", () => {
    const checkout = checkoutOf(home());
    const silent = join(home(), "silent.cjs");
    writeFileSync(silent, "");
    expect(gate(checkout, { command: silent })).toMatchObject({ code: 2, outputs: { verdict: "error" } });
    writeFileSync(silent, "process.exit(137)");
    expect(gate(checkout, { command: silent })).toMatchObject({ code: 2, outputs: { verdict: "error" } });
    // A report that lies there from before is not its own.
    writeFiles(checkout.root, { "out.json": '{"verdict":"pass","summary":{"refusing":0,"introduced":0}}' });
    writeFileSync(silent, "");
    expect(gate(checkout, { command: silent, json: "out.json" })).toMatchObject({ code: 2, outputs: { json: "" } });
  });

  test("a command that is not there, or would come from the checkout", () => {
    const checkout = checkoutOf(home());
    expect(gate(checkout, { command: "node_modules/.bin/tlsgate" }).log).toContain("command is an absolute path");
    expect(gate(checkout, { command: "/nowhere/tlsgate" })).toMatchObject({ code: 2 });
  });

  test("an event with nothing to be judged by", () => {
    const { root, home: at } = checkoutOf(home());
    const run = (event: string, inputs = {}) =>
      runAction(root, at, { inputs: { plan: "plan.json", command, ...inputs }, env: { GITHUB_EVENT_NAME: event } });
    expect(run("issue_comment")).toMatchObject({ code: 2, outputs: { verdict: "error" } });
    expect(run("pull_request")).toMatchObject({ code: 2, outputs: { verdict: "error" } });
    expect(run("push")).toMatchObject({ code: 1, outputs: { verdict: "refused" } });
    expect(run("issue_comment", { "config-from": "origin/main" })).toMatchObject({ code: 1 });
  });

  test("a merge group is judged by its base", () => {
    const { root, home: at, base } = checkoutOf(home(), { change: attacks["adds waivers"] });
    const github = { event: { merge_group: { base_sha: base } } };
    const run = runAction(root, at, {
      inputs: { plan: "plan.json", command },
      github,
      env: { GITHUB_EVENT_NAME: "merge_group" },
    });
    expect(run).toMatchObject({ code: 1, outputs: { verdict: "refused", refusing: "7" } });
  });
});

describe("a pull request that tries to open its own gate", () => {
  test.each(Object.entries(attacks))("%s: refused, and nothing of it runs", (_, change) => {
    const checkout = checkoutOf(home(), { change });
    expect(gate(checkout)).toMatchObject({ code: 1, outputs: { verdict: "refused", refusing: "7" } });
    expect(existsSync(checkout.trace)).toBe(false);
  });

  test.each(Object.entries(attacks))("%s: it would, if the working tree were believed", (_, change) => {
    expect(gate(checkoutOf(home(), { change }), { "config-from": "working-tree" })).toMatchObject({ code: 0 });
  });

  test("a base whose configuration is code is no verdict, and the pull request's code does not run", () => {
    const base = { "tlsgate.config.ts": "export default {};\n" };
    const change = (checkout: Checkout) =>
      writeFiles(checkout.root, {
        "tlsgate.config.ts": `require("node:fs").writeFileSync(${JSON.stringify(checkout.trace)}, "");\nexport default {};\n`,
      });
    const checkout = checkoutOf(home(), { base, change });
    const { code, log } = gate(checkout);
    expect(code).toBe(2);
    expect(log).toContain("is code, and what it imports would come from the working tree");
    expect(existsSync(checkout.trace)).toBe(false);
  });

  test("a link in the place of the working directory", () => {
    const { code, log } = gate(linkedCheckout(home()), { "working-directory": "infra" });
    expect(log).toContain("infra is reached through a symbolic link");
    expect(code).toBe(2);
  });

  test("a repository within the working directory, whose refs are its own", () => {
    const change = ({ root }: Checkout) => {
      const inner = join(root, "infra");
      git(root, "clone", "--quiet", "--bare", ".", inner);
      const other = join(home(), "other");
      git(root, "clone", "--quiet", ".", other);
      writeFiles(other, { "infra/tlsgate.waivers.yaml": "", "tlsgate.config.yaml": "policies: { https-only: off }\n" });
      const commit = commitAll(other, "lax");
      git(other, "push", "--quiet", inner, "HEAD:refs/remotes/origin/main");
      writeFileSync(join(inner, "config"), "[core]\n\tbare = false\n\tworktree = ..\n");
      expect(git(inner, "rev-parse", "refs/remotes/origin/main")).toBe(commit);
    };
    const checkout = checkoutOf(home(), { change });
    putPlan(checkout.root, "insecure-website", "infra/plan.json");
    const { code, log } = gate(checkout, { "working-directory": "infra", "config-from": "refs/remotes/origin/main" });
    expect(log).toMatch(/needs git and a repository/);
    expect(code).toBe(2);
  });

  test("a link in the place of a report", () => {
    const change = ({ root, trace }: Checkout) => symlinkSync(trace, join(root, "out.json"));
    const checkout = checkoutOf(home(), { change });
    expect(gate(checkout, { json: "out.json" }).outputs).toMatchObject({ verdict: "refused", refusing: "7" });
    expect(existsSync(checkout.trace)).toBe(false);
  });
});

describe("hostile names", () => {
  const paths = [
    "-plan.json",
    "--config=evil.json",
    "$(touch it-ran).json",
    "`touch it-ran`.json",
    "a b'\"; touch it-ran; #.json",
    "::stop-commands::x.json",
    "::set-output name=verdict::pass.json",
    "##[error]x.json",
    "%0A::error::x.json",
    "*.json",
  ];
  test("as paths of plans", () => {
    const checkout = checkoutOf(home());
    for (const path of paths) putPlan(checkout.root, "insecure-website", path);
    const { code, log, outputs } = gate(checkout, { plan: paths.join("\n") });
    expect({ code, verdict: outputs.verdict }).toEqual({ code: 1, verdict: "refused" });
    const judged = JSON.parse(readFileSync(outputs.json as string, "utf8")).plans;
    expect(judged.map(({ path }: { path: string }) => path)).toEqual(paths);
    expect(new Set(commandsIn(log))).toEqual(new Set(["error", "warning", "stop-commands"]));
    expect(existsSync(join(checkout.root, "it-ran"))).toBe(false);
  });

  test("as paths of plans that are not there", () => {
    const run = gate(checkoutOf(home()), { plan: paths.map((path) => `${path}.none`).join("\n") });
    expect(run).toMatchObject({ code: 2, outputs: { verdict: "error" } });
    expect(new Set(commandsIn(run.log))).toEqual(new Set(["error", "stop-commands"]));
  });

  test("names within a plan", () => {
    const { log, code } = gate(checkoutOf(home(), { plan: "hostile-names" }));
    expect(code).toBe(1);
    const commands = commandsIn(log);
    expect(commands.filter((name) => name === "stop-commands")).toHaveLength(1);
    for (const name of commands) expect(["error", "warning", "notice", "stop-commands"]).toContain(name);
    expect(commands.filter((name) => name === "error").length).toBeLessThanOrEqual(10);
  });

  test("values of all other inputs", () => {
    const checkout = checkoutOf(home());
    const npm = { PATH: `${fakeNpm(home()).bin}:${process.env.PATH}` };
    const evil = "$(touch it-ran)`touch it-ran`';touch it-ran;\"";
    // These three would stop the others from being looked at.
    const alone = ["working-directory", "command", "version"];
    const together = Object.keys(action.inputs).filter((one) => one !== "plan" && !alone.includes(one));
    for (const names of [together, ...alone.map((one) => [one])]) {
      const { code } = gate(checkout, { command: "", ...Object.fromEntries(names.map((name) => [name, evil])) }, npm);
      expect(code, names.join()).toBe(2);
    }
    for (const at of [checkout.root, checkout.home]) expect(existsSync(join(at, "it-ran"))).toBe(false);
  });
});

describe("the installed command", () => {
  test.each(["", "the checkout"])(
    "is of the action's own version, and none of the checkout's, with %j as the home",
    (at) => {
      const { bin, log } = fakeNpm(home());
      const checkout = checkoutOf(home(), { change: layTraps });
      const env = { PATH: `${bin}:${process.env.PATH}`, ...(at ? { HOME: checkout.root } : {}) };
      const run = gate(checkout, { command: "" }, env);
      expect(run).toMatchObject({ code: 1, outputs: { verdict: "refused" } });
      const [directory, ...args] = readFileSync(log, "utf8").trim().split("\n");
      expect(directory).toMatch(new RegExp(`^${run.temporary}/tlsgate-npm\\.`));
      expect(args.at(-1)).toBe(`tlsgate@${JSON.parse(readFileSync("package.json", "utf8")).version}`);
      expectNoTrap(checkout);
    },
  );

  test.each(["../evil", "file:evil", "https://example.com/x.tgz", "npm:other@1", "-g", "1.0.0 other", ""])(
    "version %j is a version, or it is refused",
    (version) => {
      const { bin, log } = fakeNpm(home());
      const run = gate(checkoutOf(home()), { command: "", version }, { PATH: `${bin}:${process.env.PATH}` });
      expect(run.code).toBe(version === "" ? 1 : 2);
      expect(existsSync(log)).toBe(version === "");
    },
  );

  test("npm itself follows no .npmrc of the checkout, and runs no script", async () => {
    const files = join(home(), "registry");
    writeFiles(files, {
      "package/package.json": JSON.stringify({
        name: "tlsgate",
        version: "0.0.9",
        scripts: { postinstall: `touch '${home()}/it-ran'` },
      }),
      "package/dist/cli.cjs": `require(${JSON.stringify(command)})`,
    });
    expect(spawnSync("tar", ["-czf", "tlsgate.tgz", "package"], { cwd: files }).status).toBe(0);
    const registry = spawn(process.execPath, [
      "-e",
      `const server = require("node:http").createServer((request, response) => {
        if (request.url.endsWith(".tgz")) return response.end(require("node:fs").readFileSync(${JSON.stringify(join(files, "tlsgate.tgz"))}));
        const tarball = "http://127.0.0.1:" + server.address().port + "/tlsgate.tgz";
        const versions = { "0.0.9": { name: "tlsgate", version: "0.0.9", hasInstallScript: true, dist: { tarball } } };
        response.end(JSON.stringify({ name: "tlsgate", "dist-tags": { latest: "0.0.9" }, versions }));
      }).listen(0, "127.0.0.1", () => console.log(server.address().port));`,
    ]);
    try {
      const port = await new Promise((resolvePort) =>
        registry.stdout.once("data", (data) => resolvePort(String(data).trim())),
      );
      // Of lesser weight than a project's .npmrc.
      writeFiles(home(), { "user.npmrc": `registry=http://127.0.0.1:${port}/\ncache=${home()}/cache\n` });
      const change = ({ root }: Checkout) =>
        writeFiles(root, { ".npmrc": "registry=http://127.0.0.1:9/\nfetch-retries=0\n" });
      const env = { NPM_CONFIG_USERCONFIG: join(home(), "user.npmrc") };
      const run = gate(checkoutOf(home(), { change }), { command: "", version: "0.0.9" }, env);
      expect(run.log).toContain("refused for 7 findings");
      expect(run).toMatchObject({ code: 1, outputs: { verdict: "refused" } });
      expect(existsSync(join(home(), "it-ran"))).toBe(false);
    } finally {
      registry.kill();
    }
  });
});

test("it works in a workspace with a name that shells stumble over", () => {
  const strange = join(home(), "work space $(id) 'x'");
  mkdirSync(strange);
  const run = gate(checkoutOf(strange));
  expect(run).toMatchObject({ code: 1, outputs: { verdict: "refused", refusing: "7" } });
  expect(run.outputs.json?.startsWith(resolve(strange))).toBe(true);
});

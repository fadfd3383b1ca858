// The gate around an acted terraform: what it calls, asks, tells and leaves, whatever happens in between.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gateBench } from "../support/gate.ts";
import { planPath } from "../support/plans.ts";

const { path, write, act, calls, commands, run, left, program } = gateBench();

const shows = (json: object | string): string =>
  `process.stdout.write(${JSON.stringify(typeof json === "string" ? json : JSON.stringify(json))});`;
const showsPlan = (name: string): string => shows(readFileSync(planPath(name), "utf8"));
const empty = { format_version: "1.2", terraform_version: "1.11.4", planned_values: {}, complete: true };

const question = `
Do you want to perform these actions?
  Terraform will perform the actions described above.
  Only 'yes' will be accepted to approve.

  Enter a value: `;

describe("passed on", () => {
  test("with its arguments, variables, input and exit code", async () => {
    act({ plan: 'process.stdout.write(fs.readFileSync(0)); console.error("oh"); process.exitCode = 2;' });
    const env = { TF_CLI_ARGS: "-no-color", TF_CLI_ARGS_plan: "-lock=false" };
    const given = ["-chdir=.", "plan", "-input=false", "-out", "plan"];
    expect(await run(given, { env, input: "some input" })).toEqual({
      code: 2,
      signal: null,
      out: "some input",
      err: "oh\n",
    });
    expect(calls()).toEqual([{ args: given, env: { ...env, TLSGATE_DEPTH: "1" } }]);
  });

  test("without TF_CLI_ARGS where they could name the command", async () => {
    act();
    expect((await run([], { env: { TF_CLI_ARGS: "apply -auto-approve" } })).code).toBe(0);
    expect(calls()).toEqual([{ args: [], env: { TLSGATE_DEPTH: "1" } }]);
  });
});

describe("an apply", () => {
  test("is planned, shown, and made from the very plan", async () => {
    act({
      apply:
        "console.log(fs.readFileSync(args.at(-1), 'utf8'), fs.statSync(require('path').dirname(args.at(-1))).mode.toString(8));",
    });
    const { code, out, err } = await run(["-chdir=.", "apply", "-auto-approve", "-replace=a.b", "-lock=false"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [plan, show, apply] = calls();
    const file = apply?.args.at(-1) ?? "";
    expect(file).toMatch(new RegExp(`^${path("tmp")}/tlsgate-\\w+/plan$`));
    expect([plan?.args, show?.args, apply?.args]).toEqual([
      ["plan", `-out=${file}`, "-detailed-exitcode", "-replace=a.b", "-lock=false"],
      ["show", "-json", file],
      ["apply", "-lock=false", file],
    ]);
    expect(out).toMatch(/^the plan\n\n✔ this plan pass · Terraform 1\.11\.4 .*\n\npass .*\nPK the plan 40700\n$/s);
    expect(left()).toEqual([]);
  });

  test("by OpenTofu is asked for in its words", async () => {
    const tofu = act({}, "tofu");
    const { out } = await run(["apply"], { env: { TLSGATE_TERRAFORM: tofu }, input: "no\n" });
    expect(out).toContain(question.replace("Terraform", "OpenTofu"));
    expect(commands()).toEqual(["plan", "show"]);
  });

  test("in a directory goes there at each step", async () => {
    mkdirSync(path("stack"));
    act();
    expect((await run(["-chdir=stack", "apply", "-auto-approve"])).code).toBe(0);
    expect(calls().map(({ args }) => args[0])).toEqual(["-chdir=stack", "-chdir=stack", "-chdir=stack"]);
  });

  test("that is refused ends before it begins", async () => {
    act({ show: showsPlan("insecure-website") });
    const { code, out } = await run(["apply", "-auto-approve"]);
    expect(out).toContain("✖ this plan refused");
    expect(out).toContain("✖ https-only: answers plain HTTP on /downloads/*");
    expect(out).toMatch(/\ntlsgate: Refused, so nothing was applied\.\n$/);
    expect(out).not.toContain("Do you want");
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 3, commands: ["plan", "show"], left: [] });
  });

  test("ends with terraform's own code", async () => {
    act({ apply: "process.exitCode = 7;" });
    expect((await run(["apply", "-auto-approve"])).code).toBe(7);
    expect(left()).toEqual([]);
  });

  test("asks nobody when there is nothing to do", async () => {
    act({ plan: 'fs.writeFileSync(out, "PK"); console.log("No changes.");' });
    const { code, out } = await run(["apply"]);
    expect(out).not.toContain("Do you want");
    expect({ code, commands: commands() }).toEqual({ code: 0, commands: ["plan", "show", "apply"] });
  });

  test("in JSON keeps standard output for terraform's lines", async () => {
    act({ plan: 'fs.writeFileSync(out, "PK"); console.log("{}"); process.exitCode = 2;', apply: 'console.log("{}");' });
    const { code, out, err } = await run(["apply", "-json", "-auto-approve"]);
    expect({ code, out }).toEqual({ code: 0, out: "{}\n{}\n" });
    expect(err).toContain("✔ this plan pass");
  });

  // OpenTofu, and Terraform before 1.8, write nothing of it into the JSON, as this plan does.
  test.each(["-target=a.b", "--target=a.b", "-target-file=list", "-exclude=a.b"])(
    "with %s is partial, though its plan does not say so",
    async (flag) => {
      act({ show: showsPlan("secure-website") });
      const { code, err } = await run(["apply", "-auto-approve", flag]);
      expect(code).toBe(2);
      expect(err).toContain("this plan leaves changes out (-target, -exclude, or deferred ones)");
      expect(calls().map(({ args }) => args[0])).toEqual(["plan", "show"]);
      expect((await run(["apply", "-auto-approve", flag], { env: { TLSGATE_PARTIAL: "allow" } })).code).toBe(0);
    },
  );

  test("takes TF_CLI_ARGS apart, and hands none of it on", async () => {
    act();
    const env = {
      TF_CLI_ARGS: "-lock=false",
      TF_CLI_ARGS_apply: "-auto-approve -replace=a.b",
      TF_CLI_ARGS_plan: "-out=elsewhere",
      TF_CLI_ARGS_show: "-no-such-flag",
    };
    expect((await run(["apply"], { env })).code).toBe(0);
    const [plan, , apply] = calls();
    expect(plan?.args.slice(2)).toEqual(["-detailed-exitcode", "-replace=a.b", "-lock=false"]);
    expect(apply?.args.slice(0, -1)).toEqual(["apply", "-lock=false"]);
    expect(
      calls()
        .flatMap((call) => Object.keys(call.env))
        .filter((name) => name.startsWith("TF_CLI")),
    ).toEqual([]);
  });

  test.each([
    ["1.11.4", true],
    ["1.10.0", true],
    ["2.0.0", true],
    ["1.9.8", false],
    ["0.15.5", false],
  ])("of Terraform %s is given the variables again: %s", async (terraform_version, again) => {
    act({ show: shows({ ...empty, terraform_version }) });
    await run(["apply", "-auto-approve", "-var", "a=b", "-var-file=c"]);
    const [plan, , apply] = calls();
    expect(plan?.args.slice(-2)).toEqual(["-var=a=b", "-var-file=c"]);
    expect(apply?.args.slice(1, -1)).toEqual(again ? ["-var=a=b", "-var-file=c"] : []);
  });
});

describe("approval", () => {
  const whenAsked = (reply: string) => {
    let replied = false;
    return (out: string, { stdin }: { stdin: NodeJS.WritableStream }) => {
      if (replied || !out.includes("Enter a value: ")) return;
      replied = true;
      stdin.write(reply);
    };
  };

  test("is asked for in Terraform's words, on lines of their own, and given by yes", async () => {
    act();
    const { code, out } = await run(["apply"], { onOutput: whenAsked("yes\n") });
    expect(out).toContain(`${question}\nApply complete!\n`);
    expect(code).toBe(0);
  });

  test.each(["no\n", "YES\n", "y\n", "\n", " yes\n", "yes!\n"])("is not given by %j", async (reply) => {
    act();
    const { code, out } = await run(["apply"], { onOutput: whenAsked(reply) });
    expect(out).toContain(`${question}\nApply cancelled.\n`);
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 1, commands: ["plan", "show"], left: [] });
  });

  test("is given by the end of a line, as Windows writes it", async () => {
    act();
    expect((await run(["apply"], { input: "yes\r\n" })).code).toBe(0);
  });

  test("is not given by the end of standard input", async () => {
    act();
    const { code, out, err } = await run(["apply"], { input: "" });
    expect(out).toContain(question);
    expect(err).toBe("tlsgate: Standard input ended without an answer, so nothing was applied.\n");
    expect({ code, commands: commands() }).toEqual({ code: 1, commands: ["plan", "show"] });
  });

  test("is asked for with -input=false too, as Terraform does", async () => {
    act();
    expect((await run(["apply", "-input=false"], { input: "no\n" })).out).toContain(question);
  });

  test.each([
    [["destroy"], {}, "Do you really want to destroy all resources?", "Destroy cancelled."],
    [["destroy"], { TF_WORKSPACE: "a" }, 'Do you really want to destroy all resources in workspace "a"?', "Destroy"],
    [["apply"], { TF_WORKSPACE: "a" }, 'Do you want to perform these actions in workspace "a"?', "Apply cancelled."],
    [
      ["apply", "-refresh-only"],
      {},
      "Would you like to update the Terraform state to reflect these detected changes?",
      "Apply cancelled.",
    ],
  ])("for %j with %j: %s", async (args, env, asked, cancelled) => {
    act();
    const { code, out } = await run(args, { env, input: "no\n" });
    expect(out).toContain(`\n${asked}\n  `);
    expect(out).toContain(`\n${cancelled}`);
    expect(code).toBe(1);
  });

  test("names the workspace that was selected", async () => {
    act();
    write("stack/.terraform/environment", "blue");
    write("data/environment", "green\n");
    const asked = async (env: NodeJS.ProcessEnv) =>
      (await run(["-chdir=stack", "apply"], { env, input: "no\n" })).out.match(/in workspace "(.*)"/)?.[1];
    expect(await asked({})).toBe("blue");
    expect(await asked({ TF_DATA_DIR: path("data") })).toBe("green");
    expect(await asked({ TF_DATA_DIR: "../data" })).toBe("green");
  });
});

describe("a given plan", () => {
  test("is the one that is judged and applied, without a question", async () => {
    write("stack/tfplan", "PK mine");
    act({
      show: `fs.appendFileSync(${JSON.stringify(path("stack/tfplan"))}, " changed"); ${shows(empty)}`,
      apply: "console.log(fs.readFileSync(args.at(-1), 'utf8'));",
    });
    const { code, out } = await run(["-chdir=stack", "apply", "-lock=false", "-var=a=b", "tfplan"]);
    expect(out).toMatch(/^\n✔ tfplan pass .*\nPK mine\n$/s);
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 0, commands: ["show", "apply"], left: [] });
    expect(calls()[1]?.args.slice(0, -1)).toEqual(["-chdir=stack", "apply", "-lock=false", "-var=a=b"]);
  });

  test("is refused as any other", async () => {
    write("tfplan", "PK mine");
    act({ show: showsPlan("insecure-website") });
    const { code, out } = await run(["apply", "tfplan"]);
    expect(out).toContain("✖ tfplan refused");
    expect({ code, commands: commands() }).toEqual({ code: 3, commands: ["show"] });
  });

  test.each([
    ["missing", "The plan missing could not be copied (ENOENT)."],
    [".", "The plan . is not a file."],
  ])("at %s cannot be judged", async (given, message) => {
    act();
    const { code, err } = await run(["apply", given]);
    expect(err).toContain(`tlsgate: ${message}`);
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 2, commands: [], left: [] });
  });

  test("of HCP Terraform is none", async () => {
    write("tfplan", '{"remote_plan_format":1,"run_id":"run-x"}');
    act();
    const { code, err } = await run(["apply", "tfplan"]);
    expect(err).toContain("HCP Terraform made this plan and keeps it");
    expect(err).toContain("Try: judge it there by a run task");
    expect({ code, commands: commands() }).toEqual({ code: 2, commands: [] });
  });
});

describe("settings", () => {
  test.each([
    ["TLSGATE_PROFILE", "strct", "; did you mean strict?"],
    ["TLSGATE_UNKNOWN", "pass", "TLSGATE_UNKNOWN is policy, refuse, warn"],
    ["TLSGATE_FAIL_ON", "all", "TLSGATE_FAIL_ON is any, introduced"],
    ["TLSGATE_PARTIAL", "yes", "TLSGATE_PARTIAL is refuse, allow"],
  ])("%s=%s is told before anything is planned", async (variable, value, message) => {
    act();
    const { code, err } = await run(["apply", "-auto-approve"], { env: { [variable]: value } });
    expect(err).toContain(message);
    expect({ code, commands: commands() }).toEqual({ code: 2, commands: [] });
  });

  test.each([
    ["aws-no-op-existing-bad", {}, 3],
    ["aws-no-op-existing-bad", { TLSGATE_FAIL_ON: "introduced" }, 0],
    ["aws-tls-version-unknown", {}, 3],
    ["aws-tls-version-unknown", { TLSGATE_UNKNOWN: "warn" }, 0],
    ["secure-website", {}, 0],
    ["secure-website", { TLSGATE_PROFILE: "hsts-preload" }, 3],
  ])("%s with %j: %i", async (name, env, expected) => {
    act({ show: showsPlan(name) });
    expect((await run(["apply", "-auto-approve"], { env })).code).toBe(expected);
  });

  test.each([
    [{}, 2],
    [{ TLSGATE_PARTIAL: "allow" }, 0],
  ])("a plan that leaves changes out, with %j: %i", async (env, expected) => {
    const plan = JSON.parse(readFileSync(planPath("secure-website"), "utf8"));
    act({ show: shows({ ...plan, complete: false }) });
    const { code, err } = await run(["apply", "-auto-approve", "-target=x.y"], { env });
    expect(err.includes("leaves changes out (-target")).toBe(expected === 2);
    expect({ code, applied: commands().includes("apply") }).toEqual({ code: expected, applied: expected === 0 });
  });

  test("a plan that only deletes may leave out what it likes", async () => {
    const plan = JSON.parse(readFileSync(planPath("aws-delete-bad"), "utf8"));
    const deletes = plan.resource_changes.filter((one: { change: { after: unknown } }) => one.change.after === null);
    expect(deletes).not.toEqual([]);
    act({ show: shows({ ...plan, complete: false, resource_changes: deletes }) });
    expect((await run(["destroy", "-auto-approve", "-target=x.y"])).code).toBe(0);
  });
});

describe("the report for programs", () => {
  const stack = () => {
    write("cdktf.out/manifest.json", "{}");
    mkdirSync(path("cdktf.out/stacks/site"), { recursive: true });
    return path("cdktf.out/stacks/site");
  };
  const reportOf = (file = "cdktf.out/tlsgate/site.json") => JSON.parse(readFileSync(path(file), "utf8"));

  test("of a stack of CDKTF that is refused stands in its output", async () => {
    act({ show: showsPlan("insecure-website") });
    const { code, out } = await run(["apply", "-auto-approve"], { cwd: stack() });
    expect(out).toContain("✖ site refused");
    expect(out).toMatch(
      /\ntlsgate: Refused, so nothing was applied\. The report for programs is cdktf\.out\/tlsgate\/site\.json\.\n$/,
    );
    expect(reportOf()).toMatchObject({ schemaVersion: 1, verdict: "refused", plans: [{ path: "site" }] });
    expect(code).toBe(3);
  });

  test("of one that passes replaces it", async () => {
    write("cdktf.out/tlsgate/site.json", '{"verdict":"refused"}');
    act();
    expect((await run(["apply", "-auto-approve"], { cwd: stack() })).code).toBe(0);
    expect(reportOf().verdict).toBe("pass");
  });

  test.each([
    ["its plan fails", { plan: "process.exitCode = 1;" }],
    ["terraform is killed", { plan: "process.kill(process.pid, 'SIGKILL');" }],
    ["its plan is none", { show: shows("{") }],
  ])("says that there is no verdict when %s", async (_, acts) => {
    write("cdktf.out/tlsgate/site.json", '{"verdict":"pass"}');
    act(acts);
    expect((await run(["apply", "-auto-approve"], { cwd: stack() })).code).not.toBe(0);
    expect(reportOf()).toMatchObject({ verdict: "error", plans: [{ path: "site", verdict: "error" }] });
  });

  test("goes where TLSGATE_REPORT says", async () => {
    act();
    expect((await run(["apply", "-auto-approve"], { env: { TLSGATE_REPORT: "report.json" } })).code).toBe(0);
    expect(reportOf("report.json").verdict).toBe("pass");
  });

  test("is nowhere else", async () => {
    act();
    await run(["apply", "-auto-approve"]);
    expect(readdirSync(path()).sort()).toEqual(["bin", "calls", "tmp"]);
  });

  test("that cannot be written stops everything", async () => {
    act();
    const env = { TLSGATE_REPORT: "/dev/full" };
    const { code, err } = await run(["apply", "-auto-approve"], { env });
    expect(err).toBe("tlsgate: The report /dev/full could not be written (ENOSPC), so nothing was applied.\n");
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 2, commands: [], left: [] });
  });
});

describe("when something goes wrong, nothing is applied and nothing is left:", () => {
  const nothingDone = async (args: readonly string[], expected: number, env: NodeJS.ProcessEnv = {}) => {
    const { code, err } = await run(args, { env });
    expect({ code, applied: commands().includes("apply"), left: left() }).toEqual({
      code: expected,
      applied: false,
      left: [],
    });
    return err;
  };
  const apply = ["apply", "-auto-approve"];

  test("terraform is missing", async () => {
    expect(await nothingDone(apply, 2, { PATH: path("bin") })).toBe(
      "tlsgate: terraform or tofu is not to be found.\nTry: install Terraform, or set TLSGATE_TERRAFORM=PROGRAM\n",
    );
    expect(await nothingDone(["version"], 2, { TLSGATE_TERRAFORM: path("none") })).toContain(
      `${path("none")} is not to be found.`,
    );
  });

  test("terraform cannot be started", async () => {
    chmodSync(write("bin/terraform", "#!/no/such/interpreter\n"), 0o755);
    expect(await nothingDone(apply, 2)).toContain("could not be started (ENOENT)");
  });

  test("terraform is killed during the plan", async () => {
    act({ plan: 'fs.writeFileSync(out, "PK"); process.kill(process.pid, "SIGKILL");' });
    expect(await nothingDone(apply, 137)).toBe(
      "tlsgate: terraform plan ended by SIGKILL, so nothing was judged and nothing was applied.\n",
    );
  });

  test("the plan fails, and leaves a file", async () => {
    act({ plan: 'fs.writeFileSync(out, "PK"); process.exitCode = 1;' });
    expect(await nothingDone(apply, 1)).toContain("terraform plan ended with code 1, so nothing was judged");
  });

  test("the plan leaves no file", async () => {
    act({ plan: "process.exitCode = 2;" });
    expect(await nothingDone(apply, 2)).toContain("terraform plan left no plan that could be read (ENOENT)");
  });

  test("the plan is kept by HCP Terraform", async () => {
    act({ plan: `fs.writeFileSync(out, '{"remote_plan_format":1,"run_id":"run-x"}'); process.exitCode = 2;` });
    expect(await nothingDone(apply, 2)).toContain("HCP Terraform made this plan and keeps it");
  });

  test("the disk is full", async () => {
    act({
      plan: 'try { fs.writeFileSync("/dev/full", "PK"); } catch ({ code }) { console.error(code); process.exitCode = 1; }',
    });
    expect(await nothingDone(apply, 1)).toMatch(/^ENOSPC\ntlsgate: terraform plan ended with code 1/);
  });

  test("there is no place for the plan", async () => {
    act();
    expect(await nothingDone(apply, 2, { TMPDIR: path("none") })).toBe(
      `tlsgate: There is no place for the plan: no directory could be made in ${path("none")} (ENOENT).\nTry: TMPDIR=DIRECTORY, with free space\n`,
    );
    expect(commands()).toEqual([]);
  });

  test("the plan cannot be shown", async () => {
    act({ show: 'console.error("no provider"); process.exitCode = 1;' });
    expect(await nothingDone(apply, 2)).toBe(
      "no provider\ntlsgate: terraform show ended with code 1, so nothing was judged and nothing was applied.\n",
    );
  });

  test.each<[string, string, string]>([
    ["is cut", '{"format_version":"1.2"', "no valid JSON"],
    ["is empty", "", "is empty"],
    ["is of a run that failed", JSON.stringify({ ...empty, errored: true }), "a run that failed"],
    ["is a state", '{"format_version":"1.0","values":{}}', "terraform shows a state in the place of this plan."],
  ])("what is shown %s", async (_, json, message) => {
    act({ show: shows(json) });
    expect(await nothingDone(apply, 2)).toContain(message);
  });

  test("the plan is changed after it was judged", async () => {
    act({ show: `fs.appendFileSync(args.at(-1), " and more"); ${shows(empty)}` });
    expect(await nothingDone(apply, 2)).toContain("The plan was changed after it was judged, so nothing was applied.");
  });

  test("the judge crashes", async () => {
    act({ show: showsPlan("secure-website") });
    const breaking = write(
      "breaking.cjs",
      `const parse = JSON.parse;
      JSON.parse = (text) => {
        const plan = parse(text);
        Object.defineProperty(plan, "complete", { get() { throw new TypeError("secret of the plan"); } });
        return plan;
      };`,
    );
    const err = await nothingDone(apply, 2, { NODE_OPTIONS: `--require ${breaking}` });
    expect(err).toContain("This is a bug in tlsgate, and no verdict.");
    expect(err).not.toContain("secret");
  });

  test("PATH and TLSGATE_TERRAFORM lead back to tlsgate", async () => {
    const onlySelf = { PATH: path("bin") };
    mkdirSync(path("bin"));
    symlinkSync(program(), path("bin/terraform"));
    expect(await nothingDone(apply, 2, onlySelf)).toContain("bin/terraform leads back to tlsgate itself.");
    expect(await nothingDone(apply, 2, { TLSGATE_TERRAFORM: program() })).toContain("leads back to tlsgate itself.");
  });

  test("a script leads back to tlsgate", async () => {
    chmodSync(write("bin/terraform", `#!/bin/sh\nexec "${process.execPath}" "${program()}" "$@"\n`), 0o755);
    expect(await nothingDone(["version"], 2)).toContain("bin/terraform leads back to tlsgate itself.");
  });
});

test("another terraform of PATH is found behind a link to tlsgate", async () => {
  mkdirSync(path("first"));
  symlinkSync(program(), path("first/terraform"));
  const real = act({ version: 'console.log("real");' });
  expect((await run(["version"], { env: { PATH: `${path("first")}:${path("bin")}` } })).out).toBe("real\n");
  expect(existsSync(real)).toBe(true);
});

test("what the plan holds is neither printed nor written", async () => {
  const secret = "hush-hush-secret";
  const plan = JSON.parse(readFileSync(planPath("insecure-website"), "utf8"));
  plan.configuration.provider_config.aws.expressions.secret_key.constant_value = secret;
  // The files that exist while terraform applies, which is when most of them do.
  act({ show: shows(plan) });
  const { code, out, err } = await run(["apply", "-auto-approve"], { env: { TLSGATE_REPORT: "report.json" } });
  const files = readdirSync(path(), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const holding = files
    .map((one) => join(one.parentPath, one.name))
    .filter((file) => !file.startsWith(path("bin")) && readFileSync(file, "utf8").includes(secret));
  expect({ code, holding, told: `${out}${err}`.includes(secret) }).toEqual({ code: 3, holding: [], told: false });
  expect(statSync(path("report.json")).size).toBeGreaterThan(100);
});

describe("a signal", () => {
  const once = (sign: string, signal: NodeJS.Signals) => {
    let sent = false;
    return (out: string, child: { kill: (signal: NodeJS.Signals) => boolean }) => {
      if (sent || !out.includes(sign)) return;
      sent = child.kill(signal);
    };
  };
  const waits = (onSignal: string) => `
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => { ${onSignal} });
    console.log("waiting");
    setInterval(() => {}, 1000);`;

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s is handed to the plan, which ends", async (signal) => {
    act({ plan: waits("console.log(signal + ' seen'); process.exit(1);") });
    const { code, out } = await run(["apply", "-auto-approve"], { onOutput: once("waiting", signal) });
    expect(out).toBe(`waiting\n${signal} seen\n`);
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 1, commands: ["plan"], left: [] });
  });

  test("of the keyboard's kind ends with terraform, although its code says that there are changes", async () => {
    act({ plan: 'process.on("SIGQUIT", () => process.exit(2)); console.log("waiting"); setInterval(() => {}, 1000);' });
    const { code, err } = await run(["apply", "-auto-approve"], { onOutput: once("waiting", "SIGQUIT") });
    expect(err).toBe("tlsgate: Interrupted by SIGQUIT, so nothing was applied.\n");
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 131, commands: ["plan"], left: [] });
  });

  test("during a plan that ends well all the same keeps it from being applied", async () => {
    act({ plan: waits('fs.writeFileSync(out, "PK"); process.exit(2);') });
    const { code, err } = await run(["apply", "-auto-approve"], { onOutput: once("waiting", "SIGTERM") });
    expect(err).toBe("tlsgate: Interrupted by SIGTERM, so nothing was applied.\n");
    expect({ code, applied: commands().includes("apply"), left: left() }).toEqual({
      code: 143,
      applied: false,
      left: [],
    });
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s at the question is no approval", async (signal, expected) => {
    act();
    const { code, err } = await run(["apply"], { onOutput: once("Enter a value: ", signal) });
    expect(err).toBe(`tlsgate: Interrupted by ${signal}, so nothing was applied.\n`);
    expect({ code, commands: commands(), left: left() }).toEqual({
      code: expected,
      commands: ["plan", "show"],
      left: [],
    });
  });

  test.each([[["apply"]], [["apply", "-auto-approve"]]])("while the plan is shown is heard by %j", async (args) => {
    act({
      show: `process.on("SIGTERM", () => {}); process.kill(process.ppid, "SIGTERM"); setTimeout(() => { ${shows(empty)} }, 200);`,
    });
    const { code, out, err } = await run(args);
    expect(err).toBe("tlsgate: Interrupted by SIGTERM, so nothing was applied.\n");
    expect(out).not.toContain("Do you want");
    expect({ code, commands: commands(), left: left() }).toEqual({ code: 143, commands: ["plan", "show"], left: [] });
  });

  test("is handed to the apply, whose end is waited for", async () => {
    act({ apply: waits("setTimeout(() => { console.log('saved the state'); process.exit(1); }, 200);") });
    const { code, out } = await run(["apply", "-auto-approve"], { onOutput: once("waiting", "SIGINT") });
    expect(out).toMatch(/waiting\nsaved the state\n$/);
    expect({ code, left: left() }).toEqual({ code: 1, left: [] });
  });

  test("is handed to what is passed on", async () => {
    act({ console: waits("console.log(signal); process.exit(5);") });
    const { code, out } = await run(["console"], { onOutput: once("waiting", "SIGTERM") });
    expect({ code, out }).toEqual({ code: 5, out: "waiting\nSIGTERM\n" });
  });
});

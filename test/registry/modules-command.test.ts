// tlsgate modules, as it is called: what it prints, and how it ends where something is missing or wrong.

import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { hasTerraform, terraformEnvironment } from "../../scripts/terraform.ts";
import { plainModule, temporaryDirectories, writeTree } from "../support/registry.ts";

// Each call starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const directory = temporaryDirectories();
const cli = [resolve("dist/cli.cjs"), "modules"];

function run(cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { PATH: process.env.PATH, HOME: cwd, ...terraformEnvironment(), ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...cli, ...args], { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("without a command, or with --help anywhere, the usage is shown", () => {
  const place = directory();
  const help = run(place, []).stdout;
  expect(help).toContain("Usage: tlsgate modules COMMAND");
  expect(run(place, ["build", "--help"])).toMatchObject({ status: 0, stdout: help });
});

test.each([
  [["biuld"], 'tlsgate modules has no command "biuld"; did you mean build?', "tlsgate modules --help"],
  [["build", "--nope"], "Unknown option '--nope'", "tlsgate modules --help"],
  [["build"], "--namespace is missing.", "--namespace NAME"],
  [["build", "--namespace", "x"], "The current commit has no tag that is a version.", "--version VERSION"],
  [["build", "--namespace", "x", "--version", "one"], '"one" is not a version.', "a version such as 1.2.3"],
  [["build", "a", "b", "--namespace", "x"], '"b" is one argument too many.', "tlsgate modules --help"],
  [["publish"], "--to is missing.", "--to DIR"],
  [["publish", "--to", "out"], "Nothing is built in tlsgate-modules.", "tlsgate modules build DIR"],
  [["publish", "--to", "s3://B"], '"s3://B" is not the address of a bucket.', "s3://BUCKET/PREFIX"],
  [["withdraw", "a/b/c"], "An address and a version are needed.", "tlsgate modules withdraw"],
  [["withdraw", "a/b/c", "1.0.0", "--in", "x"], "--reason is missing.", "--reason"],
  [["withdraw", "a/b/c", "1.0.0", "--in", "x", "--reason", "y"], "a/b/c 1.0.0 was not published.", ""],
  [["serve"], "The directory of the registry is missing.", "tlsgate modules serve DIR"],
  [["serve", "."], ". is not a registry: it has no .well-known/terraform.json.", "tlsgate modules publish --to ."],
  [["serve", ".", "--tls", "cert.pem"], "The private key is missing.", "--tls CERT KEY"],
  [["serve", ".", "--port", "http"], "http is not a port.", "--port 8080"],
  [["recheck"], "--in is missing.", "--in DIR"],
  [["eject"], "The stack is missing.", "tlsgate modules eject cdktf.out/stacks/STACK"],
  [["eject", "site"], "site is not a stack: site/cdk.tf.json not found.", "cdktf synth"],
  [["lock"], ".terraform/modules/modules.json not found: no modules are installed.", "init"],
  [["verify"], ".terraform/modules/modules.json not found: no modules are installed.", "init"],
])("%j is an error of the user", (args, message, hint) => {
  const place = directory();
  if (args[0] === "publish" && args[2]?.startsWith("s3:")) built(place);
  const { status, stdout, stderr } = run(place, args);
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
  expect([status, stdout]).toEqual([2, ""]);
});

/** What build has written: enough for publish to begin. */
function built(place: string): void {
  const from = join(place, "tlsgate-modules/a");
  const archive = "";
  const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  writeTree(from, {
    "module.json": JSON.stringify({ format: 1, address: "a/b/c", version: "1.0.0", sha256 }),
    "module.tar.gz": archive,
    "statements.intoto.jsonl": "",
  });
}

describe.runIf(hasTerraform())("from a directory of modules to a registry", { timeout: 120_000 }, () => {
  test("build, publish, withdraw, and each step says what it did", () => {
    const place = directory();
    writeTree(join(place, "modules/greeting"), plainModule);
    const build = run(place, ["build", "modules", "--namespace", "example", "--system", "null", "--version", "v1.2.0"]);
    expect(build.stderr).toBe("");
    expect(build.stdout).toMatch(/^example\/greeting\/null 1\.2\.0\n {2}format: ok\n[\s\S]*\nBuilt 1 module\.\n$/);
    expect(run(place, ["publish", "--to", "registry"]).stdout).toMatch(
      /^published example\/greeting\/null 1\.2\.0 h1:.{44}\n$/,
    );
    expect(run(place, ["publish", "--to", "registry"]).stdout).toMatch(
      /^unchanged example\/greeting\/null 1\.2\.0 h1:/,
    );
    const withdraw = ["withdraw", "example/greeting/null", "1.2.0", "--in", "registry", "--reason", "Too loud."];
    expect(run(place, withdraw).stdout).toBe("withdrawn example/greeting/null 1.2.0\n");
  });

  test("a registry is served until it is told to stop, and its host block is printed", async () => {
    const place = writeTree(directory(), { ".well-known/terraform.json": "{}" });
    const child = spawn(process.execPath, [...cli, "serve", ".", "--port", "0"], { cwd: place });
    let output = "";
    await new Promise<void>((done) => {
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk;
        if (output.includes("}\n}\n")) done();
      });
    });
    const [, base] = /^Serving \. at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(output) ?? [];
    expect(output).toContain(`"modules.v1" = "${base}/v1/modules/"`);
    expect((await fetch(`${base}/.well-known/terraform.json`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await new Promise((done) => child.on("exit", done))).toBe(0);
  });

  test("a token is needed where one is asked for, and is never printed", () => {
    const place = writeTree(directory(), { ".well-known/terraform.json": "{}" });
    expect(run(place, ["serve", ".", "--token"]).stderr).toContain("TLSGATE_REGISTRY_TOKEN is not set.");
    const { status, stderr } = run(place, ["serve", ".", "--token", "--address", "0.0.0.0"], {
      TLSGATE_REGISTRY_TOKEN: "s3cret",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("A token over plain HTTP can be read by everyone on the way to 0.0.0.0.");
    expect(stderr).not.toContain("s3cret");
  });
});

test("lock and verify: as it was locked, and not", () => {
  const modules = [{ Key: "site", Source: "modules.example.com/example/site/aws", Version: "1.2.0", Dir: "" }];
  const place = writeTree(directory(), {
    ".terraform/modules/modules.json": JSON.stringify({ Modules: modules }),
    ".terraform/modules/site/main.tf": "",
  });
  expect(run(place, ["verify"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(".tlsgate.modules.lock not found."),
  });
  expect(run(place, ["lock"])).toMatchObject({
    status: 0,
    stdout: "Locked 1 module package in .tlsgate.modules.lock.\n",
  });
  expect(JSON.parse(readFileSync(join(place, ".tlsgate.modules.lock"), "utf8"))).toMatchObject({
    format: 1,
    packages: [{ key: "site", source: "modules.example.com/example/site/aws", version: "1.2.0" }],
  });
  expect(run(place, ["verify"])).toMatchObject({ status: 0, stdout: "Verified 1 module package.\n" });
  writeFileSync(join(place, ".terraform/modules/site/main.tf"), "# edited\n");
  const { status, stdout } = run(place, ["verify"]);
  expect([status, stdout]).toEqual([
    1,
    expect.stringContaining("module site (modules.example.com/example/site/aws 1.2.0) has other content"),
  ]);
  rmSync(join(place, ".tlsgate.modules.lock"));
  writeFileSync(join(place, ".tlsgate.modules.lock"), "{}");
  expect(run(place, ["verify"]).stderr).toContain("is not a lock file that this version of tlsgate can read.");
});

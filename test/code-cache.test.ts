// The code that a run keeps for the next: only this user's own, only of the very files of the package, and never needed.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";

const home = mkdtempSync(join(tmpdir(), "tlsgate-code-"));
const dist = join(home, "package/dist");
const caches = join(home, "caches");
const bad = resolve("test/plans/insecure-website/plan.json");
const google = resolve("test/plans/google-bad-weak/plan.json");

cpSync("dist", dist, { recursive: true });
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => rmSync(caches, { recursive: true, force: true }));

function run(args: readonly string[] = ["check", bad], environment: NodeJS.ProcessEnv = {}, cwd = dist) {
  const env = { ...process.env, XDG_CACHE_HOME: caches, NODE_DISABLE_COMPILE_CACHE: "", ...environment };
  const { status, stdout } = spawnSync(process.execPath, [join(dist, "cli.cjs"), ...args], { env, cwd });
  return { status, out: String(stdout) };
}

const kept = (): string[] =>
  existsSync(caches)
    ? readdirSync(caches, { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".code"))
    : [];

function keptFile(name = "main.cjs.code"): string {
  const file = kept().find((one) => one.endsWith(name));
  if (file === undefined) throw new Error(`There is no ${name} among ${kept()}.`);
  return join(caches, file);
}

/** What V8 makes of other code of the same length as main.cjs, in the form of a file that is kept. */
function evilCode(): Buffer {
  const source = readFileSync(join(dist, "main.cjs"));
  const script = `
    const { Script } = require("node:vm");
    const length = ${source.length};
    const evil = 'console.log("evil"); process.exit(0);'.padEnd(length);
    const text = "(function (exports, require, module, __filename, __dirname) {" + evil + "\\n})";
    process.stdout.write(new Script(text, { filename: ${JSON.stringify(join(dist, "main.cjs"))} }).createCachedData());
  `;
  const code = spawnSync(process.execPath, ["-e", script], { maxBuffer: 2 ** 26 }).stdout;
  return Buffer.concat([source, code, code]);
}

test("a run keeps its code, and the next one is no other", () => {
  const first = run();
  expect(first.status).toBe(1);
  const file = keptFile();
  const { ino } = statSync(file);
  expect(run()).toEqual(first);
  expect(statSync(file).ino).toBe(ino);
});

test("what is kept is what runs", () => {
  run();
  writeFileSync(keptFile(), evilCode());
  expect(run()).toEqual({ status: 0, out: "evil\n" });
});

test.skipIf(process.platform === "win32")("it is readable for its user alone", () => {
  run();
  expect(statSync(keptFile()).mode & 0o777).toBe(0o600);
  expect(statSync(join(keptFile(), "..")).mode & 0o777).toBe(0o700);
});

test("what a plan needs of other providers is kept too", () => {
  expect(run(["check", google]).status).toBe(1);
  expect(
    kept()
      .map((one) => one.replace(/.*[\\/]/, ""))
      .sort(),
  ).toEqual(["main.cjs.code", "providers-google.cjs.code"]);
});

test.each([
  ["another subcommand", ["policies"], {}],
  ["a run without a verdict", ["check", "missing.json"], {}],
  ["NODE_DISABLE_COMPILE_CACHE", ["check", bad], { NODE_DISABLE_COMPILE_CACHE: "1" }],
  ["a relative XDG_CACHE_HOME and no home", ["check", bad], { XDG_CACHE_HOME: "caches", HOME: "", LOCALAPPDATA: "" }],
])("%s keeps nothing", (_, args, environment) => {
  run(args, environment);
  expect(kept()).toEqual([]);
});

test("nothing is kept in the directory that the command works in, nor read from it", () => {
  const found = run();
  writeFileSync(keptFile(), evilCode());
  expect(run(undefined, {}, caches)).toEqual(found);
  expect(kept()).toHaveLength(1);
});

test("a directory that cannot be written changes nothing", () => {
  writeFileSync(caches, "a file");
  expect(run().status).toBe(1);
});

test.skipIf(process.platform === "win32").each<[string, (file: string) => void]>([
  ["a file that others may read, as git checks it out", (file) => chmodSync(file, 0o644)],
  ["a directory that others may enter", (file) => chmodSync(join(file, ".."), 0o755)],
  [
    "a link",
    (file) => {
      renameSync(file, join(home, "elsewhere"));
      symlinkSync(join(home, "elsewhere"), file);
    },
  ],
  [
    "a linked directory",
    (file) => {
      const directory = join(file, "..");
      rmSync(join(home, "moved"), { recursive: true, force: true });
      renameSync(directory, join(home, "moved"));
      symlinkSync(join(home, "moved"), directory);
    },
  ],
])("%s is not trusted", (_, spoil) => {
  const found = run();
  const file = keptFile();
  writeFileSync(file, evilCode());
  spoil(file);
  expect(run()).toEqual(found);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ["emptied", () => Buffer.alloc(0)],
  ["cut", (bytes) => bytes.subarray(0, bytes.length - 1000)],
  ["filled with zeros", (bytes) => Buffer.alloc(bytes.length)],
  ["changed in its code", (bytes) => bytes.fill(0, bytes.length - 100_000, bytes.length - 90_000)],
])("a file that was %s is written again", (_, spoil) => {
  const found = run();
  const whole = readFileSync(keptFile());
  writeFileSync(keptFile(), spoil(Buffer.from(whole)));
  expect(run()).toEqual(found);
  const { ino, size } = statSync(keptFile());
  expect(size).toBeGreaterThan(whole.length / 2);
  expect(run()).toEqual(found);
  expect(statSync(keptFile()).ino).toBe(ino);
});

test("changed code of the same length is what runs", () => {
  const changed = join(home, "changed");
  cpSync(dist, join(changed, "dist"), { recursive: true });
  const main = join(changed, "dist/main.cjs");
  const check = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [join(changed, "dist/cli.cjs"), "check", bad], { env: { ...process.env, ...env } });
  const environment = { XDG_CACHE_HOME: caches, NODE_DISABLE_COMPILE_CACHE: "" };
  expect(check(environment).status).toBe(1);
  const text = readFileSync(main, "latin1");
  const replaced = text.replaceAll("refused for", "REFUSED FOR");
  expect(replaced).not.toBe(text);
  writeFileSync(main, replaced, "latin1");
  expect(String(check(environment).stdout)).toContain("REFUSED FOR");
});

test("the package holds no compiled code", () => {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    shell: process.platform === "win32",
  });
  const files: string[] = JSON.parse(String(stdout))[0].files.map(({ path }: { path: string }) => path);
  expect(files).toContain("dist/main.cjs");
  const isText = (path: string) => !readFileSync(path).includes(0);
  expect(files.filter((path) => !isText(path))).toEqual([]);
});

// Files that are read to their end: what is no regular file keeps nobody waiting.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readPlan } from "../src/plan/read.ts";
import { textOf } from "../src/source/terraform.ts";
import { readInputFile, readRegularFile } from "../src/whole-file.ts";
import { planPath } from "./support/plans.ts";

const root = mkdtempSync(join(tmpdir(), "tlsgate-whole-file-"));
afterAll(() => rmSync(root, { recursive: true }));

const at = (name: string) => join(root, name);
execFileSync("mkfifo", [at("pipe.tf")]);
symlinkSync("/dev/zero", at("device.tf"));
mkdirSync(at("directory.tf"));
writeFileSync(at("large.tf"), "");
truncateSync(at("large.tf"), 64 * 2 ** 20 + 1);
writeFileSync(at("main.tf"), "locals {}\n");

test.each([
  ["pipe.tf", "ENOTSUP"],
  ["device.tf", "ENOTSUP"],
  ["directory.tf", "EISDIR"],
  ["large.tf", "ERR_FS_FILE_TOO_LARGE"],
  ["missing.tf", "ENOENT"],
])("beside a plan, %s is not read", (name, code) => {
  expect(() => readRegularFile(at(name))).toThrow(expect.objectContaining({ code }));
  expect(textOf(at(name))).toBeUndefined();
});

test("beside a plan, a regular file is", () => expect(readRegularFile(at("main.tf"))).toBe("locals {}\n"));

test("a pipe that nobody writes into is empty", () => {
  expect(readInputFile(at("pipe.tf")).toString()).toBe("");
  expect(() => readPlan(at("pipe.tf"))).toThrow(/ is empty\.$/);
});

test("a pipe is read as slowly as it is written", () => {
  const script =
    "const { readInputFile } = await import(process.argv[1]); console.log(readInputFile(process.argv[2]).toString());";
  const module = new URL("../src/whole-file.ts", import.meta.url).href;
  const command = `"$0" --import tsx --input-type=module -e "$1" "$2" <(printf slow; sleep 0.3; printf ly)`;
  const out = execFileSync("bash", ["-c", command, process.execPath, script, module], { encoding: "utf8" });
  expect(out).toBe("slowly\n");
});

test("a plan is read from a file that is linked to", () => {
  symlinkSync(planPath("aws-empty-plan"), at("plan.json"));
  expect(readPlan(at("plan.json")).instances).toEqual([]);
});

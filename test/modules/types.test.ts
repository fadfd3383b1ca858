// The compiler refuses the misuses in misuses.ts, each for a reason of its type and not for a slip of the pen.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = new URL("../..", import.meta.url).pathname;
const fixture = readFileSync(join(root, "test/modules/misuses.ts"), "utf8");
const directive = "// @ts-expect-error";

/** Errors of the compiler, as "line code", for a file that stands where the fixture does. */
function errorsOf(source: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-types-"));
  try {
    for (const name of ["node_modules", "modules"]) symlinkSync(join(root, name), join(directory, name));
    mkdirSync(join(directory, "test/modules"), { recursive: true });
    writeFileSync(join(directory, "test/modules/misuses.ts"), source);
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    const compilerOptions = { rootDir: "/", noEmit: true };
    const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: ["test"] };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", directory, "--pretty", "false"], { encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => /^\S.*error TS/.test(line));
    return lines.map((line) => /misuses\.ts\((\d+),\d+\): error (TS\d+)/.exec(line)?.slice(1).join(" ") ?? line);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Lines below a directive, counted from 1. */
const misuses = fixture.split("\n").flatMap((line, index) => (line.startsWith(`${directive} `) ? [index + 2] : []));

/** Of a value of the wrong type: of one too many or too few, of what is private or not there. */
const refusals = [2322, 2339, 2345, 2353, 2554, 2555, 2559, 2673, 2740, 2741, 2769, 2820].map((code) => `TS${code}`);

test("the compiler expects all of them", () => {
  expect(misuses.length).toBeGreaterThanOrEqual(30);
  expect(errorsOf(fixture)).toEqual([]);
});

test("without its directive each is an error, of a type, and nothing else is", () => {
  const errors = errorsOf(fixture.replaceAll(directive, "// misuse:")).map((line) => line.split(" "));
  expect([...new Set(errors.map(([line]) => Number(line)))]).toEqual(misuses);
  expect(errors.filter(([, code = ""]) => !refusals.includes(code))).toEqual([]);
});

// The constructs type-check with the packages of a line, and refuse the same misuses.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Line, lines, packageOf } from "../support/lines.ts";

const line = process.env.TLSGATE_LINE as Line;
const directory = mkdtempSync(join(tmpdir(), `tlsgate-${line}-`));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test(`constructs, apps and misuses type-check on ${line}`, () => {
  const link = (name: string, target: string) => {
    mkdirSync(dirname(join(directory, "node_modules", name)), { recursive: true });
    symlinkSync(target, join(directory, "node_modules", name), "dir");
  };
  // Under the names that the sources know.
  link("cdktf", packageOf(line, lines[line].cdktf));
  link("@cdktf/provider-aws", packageOf(line, lines[line].provider));
  link("constructs", packageOf(line, "constructs"));
  for (const name of ["@types/node", "undici-types", "vitest"]) link(name, resolve("node_modules", name));

  const filter = (path: string) => !path.endsWith(".test.ts");
  for (const path of ["modules", "test/modules"]) cpSync(path, join(directory, path), { recursive: true, filter });
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
  const config = { extends: resolve("tsconfig.json"), compilerOptions: { rootDir: "/" }, include: ["modules", "test"] };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
  const tsc = resolve("node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", directory, "--pretty", "false"], { encoding: "utf8" });
  expect(stdout).toBe("");
});

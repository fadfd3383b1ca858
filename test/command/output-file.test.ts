// Reports in files: replaced as a whole, and through no link of the working tree.

import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { writeOutput } from "../../src/command/output-file.ts";

const all = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-output-")));
afterAll(() => rmSync(all, { recursive: true }));
let count = 0;
let root = "";
const outside = () => join(root, "outside");
const tree = () => join(root, "tree");

beforeEach(() => {
  root = join(all, `${count++}`);
  mkdirSync(join(tree(), ".git"), { recursive: true });
  mkdirSync(join(tree(), "infra"));
  mkdirSync(outside());
  writeFileSync(join(outside(), "precious"), "precious");
  vi.spyOn(process, "cwd").mockReturnValue(join(tree(), "infra"));
});
afterEach(() => vi.restoreAllMocks());

const precious = () => readFileSync(join(outside(), "precious"), "utf8");

test("a link of the working tree is replaced, and what it leads to stays", () => {
  const file = join(tree(), "infra/report.json");
  symlinkSync(join(outside(), "precious"), file);
  writeOutput(file, "report");
  expect(readFileSync(file, "utf8")).toBe("report");
  expect(lstatSync(file).isFile()).toBe(true);
  expect(precious()).toBe("precious");
});

test.each(["infra/reports/precious", "infra/reports/deep/precious"])(
  "a link in the place of a directory is not gone through: %s",
  (path) => {
    symlinkSync(outside(), join(tree(), "infra/reports"));
    expect(() => writeOutput(join(tree(), path), "report")).toThrow(
      `${path} was not written: infra/reports is a symbolic link of the working tree.`,
    );
    expect(precious()).toBe("precious");
  },
);

test("a link outside of the working tree is the machine's own", () => {
  const file = join(outside(), "current");
  symlinkSync(join(outside(), "precious"), file);
  writeOutput(file, "report");
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(precious()).toBe("report");
});

test("a file is replaced with its mode, and leaves nothing beside it", () => {
  const file = join(tree(), "infra/report.json");
  writeFileSync(file, "old");
  chmodSync(file, 0o640);
  writeOutput(file, "new");
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["new", 0o640]);
  expect(readdirSync(join(tree(), "infra"))).toEqual(["report.json"]);
});

test("where the directory is missing, the system says so and nothing is made", () => {
  expect(() => writeOutput(join(tree(), "nowhere/report.json"), "report")).toThrow(
    expect.objectContaining({ code: "ENOENT" }),
  );
});

test("devices and pipes take what is written", () => {
  writeOutput("/dev/null", "report");
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  const script = 'const { writeOutput } = await import(process.argv[1]); writeOutput("/dev/stdout", "report")';
  const module = new URL("../../src/command/output-file.ts", import.meta.url).href;
  const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, module], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const piped = execFileSync("bash", [
    "-c",
    '"$0" --import tsx --input-type=module -e "$1" "$2" | cat',
    process.execPath,
    script,
    module,
  ]);
  // Where standard output is a socket, as between two Nodes, no file can be opened there.
  expect([run.status === 0 ? run.stdout : "report", piped.toString()]).toEqual(["report", "report"]);
});

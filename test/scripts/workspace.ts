// A copy of what the scaffolding scripts and the checks of their results need, in a temporary folder.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../../", import.meta.url).pathname;

const copied = [
  "src",
  "policies",
  "modules",
  "schemas",
  "scripts",
  "test/support",
  "package.json",
  "tsconfig.json",
  "biome.json",
];

export interface Workspace {
  readonly path: (name: string) => string;
  /** Runs a command of node_modules, and gives its exit code with all that it printed. */
  readonly run: (command: string, ...args: string[]) => { readonly code: number | null; readonly output: string };
  /** What the type checker and the linter say of some files. */
  readonly complaints: (...files: string[]) => string;
  /** The tests of a file that fail. */
  readonly redTests: (file: string) => string[];
  readonly remove: () => void;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

export function workspace(...plans: string[]): Workspace {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-scaffold-"));
  const path = (name: string) => join(directory, name);
  for (const name of [...copied, "vitest.config.ts", ...plans.map((plan) => `test/plans/${plan}`)]) {
    cpSync(join(root, name), path(name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), path("node_modules"));
  const { VITEST: _, VITEST_MODE, VITEST_POOL_ID, VITEST_WORKER_ID, NODE_ENV, TEST, ...env } = process.env;
  const PATH = `${path("node_modules/.bin")}:${env.PATH}`;
  const run: Workspace["run"] = (command, ...args) => {
    const result = spawnSync(command, args, { cwd: directory, encoding: "utf8", env: { ...env, PATH } });
    return { code: result.status, output: result.stdout + result.stderr };
  };
  return {
    path,
    run,
    complaints: (...files) => {
      writeFileSync(path("tsconfig.some.json"), JSON.stringify({ extends: "./tsconfig.json", files, include: [] }));
      const types = run("tsc", "-p", "tsconfig.some.json").output.split("\n");
      const lint = run("biome", "check", ...files);
      return [
        ...types.filter((line) => files.some((file) => line.startsWith(file))),
        lint.code === 0 ? "" : lint.output,
      ].join("");
    },
    redTests: (file) => {
      const { output } = run("vitest", "run", "--reporter=json", file);
      const { testResults } = JSON.parse(output.slice(output.indexOf("{"))) as VitestReport;
      const all = testResults.flatMap(({ assertionResults }) => assertionResults);
      return all.filter(({ status }) => status === "failed").map(({ title }) => title);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

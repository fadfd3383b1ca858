// Runs the program tlsgate-terraform as users do, around a terraform that is acted by a script, or around the real one.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import {
  chmodSync,
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
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { buildSync } from "esbuild";
import { beforeAll, beforeEach } from "vitest";

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Settings {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** All of standard input; without it, there is an open pipe that nobody writes to. */
  readonly input?: string;
  /** Called with all standard output so far, whenever some comes. */
  readonly onOutput?: (out: string, child: ChildProcessByStdio<Writable, Readable, Readable>) => void;
}

/** What one call of the acted terraform got. */
export interface StepCall {
  readonly args: readonly string[];
  readonly env: { readonly [name: string]: string | undefined };
}

/** A fresh directory for every test, with nothing of the gate left in its TMPDIR afterwards. */
export function gateBench() {
  let program = "";
  let root = "";

  beforeAll(() => {
    const built = realpathSync(mkdtempSync(join(tmpdir(), "gate-built-")));
    program = join(built, "tlsgate-terraform.cjs");
    buildSync({
      entryPoints: { "tlsgate-terraform": "src/gate/terraform.ts", main: "src/cli.ts" },
      outdir: built,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      format: "cjs",
      define: { "import.meta.url": "__filename", "import.meta.dirname": "__dirname" },
    });
    chmodSync(program, 0o755);
    return () => rmSync(built, { recursive: true });
  });
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "gate-test-")));
    mkdirSync(join(root, "tmp"));
    return () => rmSync(root, { recursive: true });
  });

  const path = (...names: string[]) => join(root, ...names);

  function write(name: string, content: string | Buffer): string {
    const file = path(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** An acted terraform: by command, the body of a function of `args` and `out`, the file of -out. */
  function act(acts: { readonly [command: string]: string } = {}, name = "terraform"): string {
    const all = {
      plan: 'fs.writeFileSync(out, "PK the plan"); console.log("the plan"); process.exitCode = 2;',
      show: `console.log(${JSON.stringify(JSON.stringify({ format_version: "1.2", terraform_version: "1.11.4", planned_values: {}, complete: true, errored: false }))});`,
      apply: 'console.log("Apply complete!");',
      ...acts,
    };
    const cases = Object.entries(all).map(([command, body]) => `${JSON.stringify(command)}: () => { ${body} },`);
    const file = write(
      join("bin", name),
      `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
const command = args.find((arg) => !arg.startsWith("-"));
const out = args.find((arg) => arg.startsWith("-out="))?.slice(5);
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(TF_|TLSGATE_)/.test(name)));
fs.appendFileSync(${JSON.stringify(path("calls"))}, JSON.stringify({ args, env }) + "\\n");
({
${cases.join("\n")}
})[command]?.();
`,
    );
    chmodSync(file, 0o755);
    return file;
  }

  function calls(): StepCall[] {
    if (!existsSync(path("calls"))) return [];
    return readFileSync(path("calls"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  /** The commands that terraform got, without their arguments. */
  const commands = (): (string | undefined)[] => calls().map(({ args }) => args.find((arg) => !arg.startsWith("-")));

  function run(args: readonly string[], { env, cwd = root, input, onOutput }: Settings = {}): Promise<Outcome> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [program, ...args], {
        cwd,
        env: { PATH: `${path("bin")}:${process.env.PATH}`, HOME: root, TMPDIR: path("tmp"), ...env },
        // Without a terminal, whoever runs the tests.
        detached: true,
        stdio: ["pipe", "pipe", "pipe"],
      });
      let [out, err] = ["", ""];
      child.stdout.on("data", (chunk) => {
        out += chunk;
        onOutput?.(out, child);
      });
      child.stderr.on("data", (chunk) => {
        err += chunk;
      });
      child.stdin.on("error", () => {});
      if (input !== undefined) child.stdin.end(input);
      child.on("close", (code, signal) => resolve({ code, signal, out, err }));
    });
  }

  /** What the gate left behind. */
  const left = (): string[] => readdirSync(path("tmp"));

  return { path, write, act, calls, commands, run, left, program: () => program };
}

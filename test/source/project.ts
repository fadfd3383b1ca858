// Projects as users have them: CDKTF apps in directories of their own, synthesised by real processes with the preload.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { afterAll } from "vitest";

const root = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-source-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A new directory, which goes with the test. */
export const directory = (name: string): string => mkdtempSync(join(root, `${name}-`));

const modules = resolve("node_modules");

/** The preload as the package ships it. */
export const trace = (() => {
  const outfile = join(root, "trace.cjs");
  buildSync({ entryPoints: ["src/source/trace.ts"], bundle: true, platform: "node", format: "cjs", outfile });
  return outfile;
})();

/** A copy of an app, with what it imports installed. */
export function project(app: string, type: "commonjs" | "module"): string {
  const home = directory(app);
  cpSync(`test/source/apps/${app}`, home, { recursive: true });
  writeFileSync(join(home, "package.json"), JSON.stringify({ type }));
  mkdirSync(join(home, "node_modules"));
  for (const name of ["cdktf", "constructs", "@cdktf", "@types"]) {
    symlinkSync(join(modules, name), join(home, "node_modules", name), "dir");
  }
  return home;
}

/** Installs our own constructs as a package, and lets the app import them from it. */
export function installModules(home: string): void {
  const installed = join(home, "node_modules", "tlsgate");
  buildSync({
    entryPoints: ["modules/origin.ts", "modules/static-website.ts"],
    outdir: join(installed, "modules"),
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    external: ["cdktf", "constructs", "@cdktf/*"],
  });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "tlsgate", type: "module" }));
  const main = join(home, "main.ts");
  const code = readFileSync(main, "utf8").replace(/"[./]+\/(modules\/[^"]+)\.ts"/g, '"tlsgate/$1.js"');
  writeFileSync(main, code);
}

/** Compiles an app as its users do, with maps beside the files. */
export function compile(home: string, maps: object = { sourceMap: true }): void {
  const options = { module: "nodenext", target: "es2022", outDir: "out", skipLibCheck: true, types: ["node"] };
  const compilerOptions = { ...options, rewriteRelativeImportExtensions: true, ...maps };
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  run([join(modules, "typescript", "bin", "tsc"), "-p", home], home);
}

/** Runs Node; what it prints. */
export function run(args: readonly string[], cwd: string, nodeOptions = ""): string {
  const env = { ...process.env, NODE_OPTIONS: nodeOptions };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  // Vitest would take the lines of another program's stack for its own.
  if (status !== 0) throw new Error(`node ${args.join(" ")}: ${stderr.replaceAll(/^ *at /gm, "| ")}`);
  return stdout;
}

export const tsx = join(modules, "tsx", "dist", "cli.mjs");

/** The synthesised stack of a project. */
export const stackOf = (home: string): string => join(home, "cdktf.out", "stacks", "stack");

export const readStack = (home: string) => JSON.parse(readFileSync(join(stackOf(home), "cdk.tf.json"), "utf8"));

type Metadata = { readonly "//": { readonly metadata: { readonly path: string } } };

/** The address of the element that stands at a path below its stack. */
export function addressOf(home: string, path: string): string {
  const { resource = {}, data = {}, module = {} } = readStack(home) as Record<string, Record<string, never>>;
  const typed = (prefix: string, types: Record<string, Record<string, Metadata>>) =>
    Object.entries(types).flatMap(([type, all]) =>
      Object.entries(all).map(([name, one]) => [`${prefix}${type}.${name}`, one] as const),
    );
  const modules = Object.entries(module as Record<string, Metadata>).map(
    ([name, one]) => [`module.${name}`, one] as const,
  );
  const elements = [...typed("", resource), ...typed("data.", data), ...modules];
  const [address] = elements.find(([, one]) => one["//"].metadata.path === `stack/${path}`) ?? [];
  if (address === undefined) throw new Error(`There is no ${path}.`);
  return address;
}

/** Where a file is marked: a comment `@mark text` says that `text` is meant, in its own line or in the one below. */
export function marked(file: string, mark: string): { readonly line: number; readonly column: number } {
  const lines = readFileSync(file, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes(`// @${mark} `));
  const [code = "", text = ""] = lines[at]?.split(`// @${mark} `) ?? [];
  const line = code.trim() ? at : at + 1;
  const column = lines[line]?.indexOf(text.trim()) ?? -1;
  if (at < 0 || column < 0) throw new Error(`${file} marks no ${mark}.`);
  return { line: line + 1, column: column + 1 };
}

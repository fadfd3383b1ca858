// A file, a directory, standard input or a binary plan → Plan.

import type * as childProcess from "node:child_process";
import { closeSync, type Dirent, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { env } from "node:process";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";
import { readInputFile, readRegularFile, readToEnd } from "../whole-file.ts";
import { headLength, isBinaryPlan, looksLikePlan, makePlan, parsePlan } from "./parse.ts";
import type { Plan } from "./plan.ts";

/** Something to judge; `read` throws an InputError when it cannot be. */
export interface Source {
  readonly path: string;
  readonly read: () => Plan;
}

export interface ReadOptions {
  /** The program that shows binary plans; by default `terraform`, or `tofu` where there is none. */
  readonly terraform?: string | undefined;
}

/** What the paths name. A path that leads nowhere is a source too, which cannot be read. */
export const sources = (paths: readonly string[], options: ReadOptions = {}): Source[] =>
  paths.flatMap((path) => sourcesAt(path, options));

function sourcesAt(path: string, options: ReadOptions): Source[] {
  if (path === "-") return [{ path: "(standard input)", read: readStandardInput }];
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [fileSource(path, options)];
  } catch (error) {
    return [broken(path, inputError(error, path))];
  }
  const stacks = stacksOf(path, options);
  const named = new Set(stacks.map((one) => resolve(one.path)));
  // A manifest can add to what lies there. It hides nothing: a pull request can write one.
  const found = [...stacks, ...plansBelow(path, options).filter((one) => !named.has(resolve(one.path)))];
  return found.length > 0 ? found : [broken(path, new InputError(`There is no plan under ${path}.`, makePlan))];
}

const fileSource = (path: string, options: ReadOptions): Source => ({ path, read: () => readPlan(path, options) });

const broken = (path: string, error: InputError): Source => ({
  path,
  read: () => {
    throw error;
  },
});

/** The stacks of an app that CDKTF has synthesised into this directory, as its manifest lists them. */
function stacksOf(directory: string, options: ReadOptions): Source[] {
  const path = join(directory, "manifest.json");
  if (!existsSync(path)) return [];
  try {
    const { stacks } = JSON.parse(readRegularFile(path));
    const written = Object.values<{ readonly synthesizedStackPath: string }>(stacks);
    return written.map(({ synthesizedStackPath }) => fileSource(join(directory, synthesizedStackPath), options));
  } catch {
    // Another program's manifest.
    return [];
  }
}

// --- directories

const skipped = new Set([".git", ".terraform", "node_modules"]);

/** What cannot be looked at is a source as well: it may be a plan. */
function plansBelow(directory: string, options: ReadOptions): Source[] {
  const entries = attempt(() => readdirSync(directory, { withFileTypes: true }), directory);
  if (entries instanceof InputError) return [broken(directory, entries)];
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : plansBelow(path, options);
      const found = attempt(() => isFile(entry, path) && looksLikePlan(headOf(path), () => readFileSync(path)), path);
      if (found instanceof InputError) return [broken(path, found)];
      return found ? [fileSource(path, options)] : [];
    });
}

/** A link to a file counts; one to a directory is not followed, as it may lead in circles. */
const isFile = (entry: Dirent, path: string): boolean =>
  entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true);

function headOf(path: string): Buffer {
  const head = Buffer.alloc(headLength);
  const file = openSync(path, "r");
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}

// --- files

/**
 * Reads one plan: the JSON of a plan or a state, or a binary plan. All of reading stands behind this function, so that a
 * reader for plans beyond the memory can take its place.
 */
export function readPlan(path: string, options: ReadOptions = {}): Plan {
  const bytes = attempt(() => readInputFile(path), path);
  if (bytes instanceof InputError) throw bytes;
  if (!isBinaryPlan(bytes)) return parsePlan(bytes, path);
  return { ...parsePlan(show(path, options), path), planFile: bytes };
}

function readStandardInput(): Plan {
  const path = "(standard input)";
  const bytes = attempt(() => readToEnd(0), path);
  if (bytes instanceof InputError) throw bytes;
  if (isBinaryPlan(bytes)) {
    throw new InputError("A binary plan cannot come through standard input.", "tlsgate check PLANFILE");
  }
  return parsePlan(bytes, path);
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EPERM: "may not be read",
  EISDIR: "is a directory",
  ELOOP: "is a link that leads in circles",
  ERR_FS_FILE_TOO_LARGE: "is larger than 1 GiB",
};

/** What a system call gives, or what is wrong with the path. */
function attempt<T>(call: () => T, path: string): T | InputError {
  try {
    return call();
  } catch (error) {
    return inputError(error, path);
  }
}

function inputError(error: unknown, path: string): InputError {
  const { code } = error as NodeJS.ErrnoException;
  // Not from the system: a bug.
  if (code === undefined) throw error;
  return new InputError(`${path} ${reasons[code] ?? `could not be read (${code})`}.`, makePlan);
}

// --- binary plans

function show(path: string, { terraform }: ReadOptions): Buffer {
  const { spawnSync } = load("node:child_process") as typeof childProcess;
  const programs = terraform ? [terraform] : ["terraform", "tofu"];
  let failure: InputError | undefined;
  for (const program of programs) {
    // With another working directory, a relative path would lead elsewhere.
    const run = spawnSync(
      /[\\/]/.test(program) ? resolve(program) : program,
      ["show", "-json", "-no-color", resolve(path)],
      {
        cwd: workingDirectory(path),
        maxBuffer: 2 ** 30,
        stdio: ["ignore", "pipe", "pipe"],
        env: withoutLog(env),
      },
    );
    if (run.status === 0) return run.stdout;
    const { code } = (run.error ?? {}) as NodeJS.ErrnoException;
    if (code === "ENOENT") continue;
    const reason = code === undefined ? ":" : ` (${code}).`;
    // A plan of OpenTofu's, say, which its own program can show.
    failure ??= new InputError(
      `${program} could not show the plan ${path}${reason}`,
      `${program} init in the directory of the configuration, or ${program} show -json ${path} > plan.json`,
      code === undefined ? run.stderr.toString("utf8").trim().split("\n") : [],
    );
  }
  throw (
    failure ??
    new InputError(
      `${path} is a binary plan, and ${programs.join(" or ")} is not to be found to show it.`,
      "tlsgate check --terraform PROGRAM PLANFILE, or set TLSGATE_TERRAFORM",
    )
  );
}

/** What it says of a failure is shown, and a log would be among it, with the values of the plan. */
const withoutLog = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^TF_LOG(_|$)/i.test(name)));

/** Terraform shows a plan with the providers of an initialised directory: the nearest one above the plan, or this one. */
function workingDirectory(path: string): string | undefined {
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    if (existsSync(join(at, ".terraform"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

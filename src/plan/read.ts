// A file, a directory, standard input or a binary plan → Plan.

import type * as childProcess from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";
import { isBinaryPlan, looksLikePlan, parsePlan } from "./parse.ts";
import type { Plan } from "./plan.ts";

/** Something to judge; `read` throws an InputError when it cannot be. */
export interface Source {
  readonly path: string;
  readonly read: () => Plan;
}

export interface ReadOptions {
  /** The program that shows binary plans; by default `terraform`, or `tofu` where there is none. */
  readonly terraform?: string | undefined;
  /** File descriptor of "-"; 0 by default. */
  readonly stdin?: number | undefined;
}

/** What the paths name. A path that leads nowhere is a source too, which cannot be read. */
export const sources = (paths: readonly string[], options: ReadOptions = {}): Source[] =>
  paths.flatMap((path) => sourcesAt(path, options));

function sourcesAt(path: string, options: ReadOptions): Source[] {
  if (path === "-") {
    return [
      {
        path: "(standard input)",
        read: () => readBytes(() => readFileSync(options.stdin ?? 0), "(standard input)", options),
      },
    ];
  }
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return [{ path, read: () => readPlan(path, options) }];
  const found = filesBelow(path).filter((file) => looksLikePlan(readFileSync(file)));
  if (found.length > 0) return found.map((file) => ({ path: file, read: () => readPlan(file, options) }));
  const read = () => {
    throw new InputError(
      `There is no plan under ${path}.`,
      "terraform plan -out=PLANFILE && terraform show -json PLANFILE > plan.json",
    );
  };
  return [{ path, read }];
}

const skipped = new Set([".git", ".terraform", "node_modules"]);

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

/**
 * Reads one plan: the JSON of a plan or a state, or a binary plan. All of reading stands behind this function, so that a
 * reader for plans beyond the memory can take its place.
 */
export function readPlan(path: string, options: ReadOptions = {}): Plan {
  return readBytes(() => readFileSync(path), path, options);
}

function readBytes(read: () => Buffer, path: string, options: ReadOptions): Plan {
  const bytes = attempt(read, path);
  return parsePlan(isBinaryPlan(bytes) ? show(path, options) : bytes, path);
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "does not exist",
  EACCES: "may not be read",
  EISDIR: "is a directory",
  EAGAIN: "has no data",
  ERR_FS_FILE_TOO_LARGE: "is larger than 2 GiB",
};

function attempt(read: () => Buffer, path: string): Buffer {
  try {
    return read();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new InputError(`${path} ${reasons[code] ?? `could not be read (${code})`}.`, "tlsgate check PATH");
  }
}

function show(path: string, { terraform }: ReadOptions): Buffer {
  if (!existsSync(path)) {
    throw new InputError("A binary plan cannot come through standard input.", "tlsgate check PLANFILE");
  }
  const { spawnSync } = load("node:child_process") as typeof childProcess;
  const programs = terraform ? [terraform] : ["terraform", "tofu"];
  for (const program of programs) {
    const cwd = workingDirectory(path);
    const run = spawnSync(program, ["show", "-json", resolve(path)], {
      cwd,
      maxBuffer: 2 ** 30,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if ((run.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") continue;
    if (run.error) throw new InputError(`${program} could not be run: ${run.error.message}.`, "--terraform PROGRAM");
    if (run.status === 0) return run.stdout;
    const reason = run.stderr.toString("utf8").trim();
    throw new InputError(
      `${program} could not show the plan ${path}:\n${reason}`,
      `${program} init, in the directory of the configuration; or ${program} show -json ${path} > plan.json`,
    );
  }
  throw new InputError(
    `${path} is a binary plan, and ${programs.join(" or ")} is not to be found to show it.`,
    "tlsgate check --terraform PROGRAM PLANFILE, or set TLSGATE_TERRAFORM",
  );
}

/** Terraform shows a plan with the providers of an initialised directory: the nearest one above the plan, or this one. */
function workingDirectory(path: string): string | undefined {
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    if (existsSync(join(at, ".terraform"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

// Runs the command's files from V8's compiled code of an earlier run: compiling them is a third of a short run. The code is
// kept in the user's own cache directory and never comes with the package, so all that runs is what the package shows.

import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, sep } from "node:path";
import { Script } from "node:vm";
import { version } from "../version.ts";

type Load = (file: string) => unknown;

interface Kept {
  /** Of the file that it was compiled from. */
  readonly source: Buffer;
  readonly code: Buffer;
}

/** A `require` for the CommonJS files beside `file`, and for all that they require. `keep`: where compiled code is kept. */
export function cachedRequire(file: string, keep: string | undefined): Load {
  const directory = dirname(file);
  const modules = new Map<string, { exports: unknown }>();
  const others = createRequire(file);
  return function load(name) {
    if (!name.startsWith("./")) return others(name);
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    modules.set(name, module);
    const path = join(directory, name);
    const run = compiled(path, keep && join(keep, `${name.slice(2).replaceAll("/", "-")}.code`));
    run(module.exports, load, module, path, dirname(path));
    return module.exports;
  };
}

function compiled(path: string, keptAt: string | undefined) {
  const source = readFileSync(path);
  const cachedData = keptAt === undefined ? undefined : read(keptAt, source);
  // esbuild writes ASCII, which is read faster as what it is.
  const text = `(function (exports, require, module, __filename, __dirname) {${source.toString("latin1")}\n})`;
  const script = new Script(text, { filename: path, cachedData });
  if (keptAt !== undefined && script.cachedDataRejected !== false) {
    // By its end, a run has compiled all that it needs; a run without a verdict needs too little.
    process.once("exit", (code) => {
      if (code === 0 || code === 1) write(keptAt, { source, code: script.createCachedData() });
    });
  }
  return script.runInThisContext();
}

// --- the files

/*
 * The source that was compiled, and the code twice. V8 checks only that the code comes from a source of the same
 * length, and ends the process if its bytes are corrupt.
 */

function read(path: string, source: Buffer): Buffer | undefined {
  let file: number | undefined;
  try {
    if (!isPrivate(lstatSync(dirname(path)))) return undefined;
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    if (!isPrivate(fstatSync(file))) return undefined;
    const bytes = readFileSync(file);
    const length = (bytes.length - source.length) / 2;
    const [code, again] = [source.length, source.length + length].map((at) => bytes.subarray(at, at + length));
    return length > 0 && source.equals(bytes.subarray(0, source.length)) && code?.equals(again as Buffer)
      ? code
      : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Where it cannot be written, the next run compiles as well. */
function write(path: string, { source, code }: Kept): void {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!isPrivate(lstatSync(dirname(path)))) return;
    const file = openSync(draft, "wx", 0o600);
    try {
      for (const part of [source, code, code]) writeSync(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch {
    try {
      unlinkSync(draft);
    } catch {
      // It was not made.
    }
  }
}

/** Whether only this user can have written it. By default git checks out no file with such permissions. */
function isPrivate({ uid, mode }: Stats): boolean {
  return process.platform === "win32" || (uid === process.getuid?.() && (mode & 0o077) === 0);
}

/**
 * Where this user's compiled code is kept: nowhere for another subcommand than the gate, without a home, or where NODE_DISABLE_COMPILE_CACHE is set, as for the
 * cache of Node itself (https://nodejs.org/api/cli.html#node_disable_compile_cache1), and never in the directory that the
 * command works in, which may hold what others have proposed.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function codeCacheDirectory(): string | undefined {
  if (process.argv[2] !== "check") return undefined;
  const { XDG_CACHE_HOME: xdg, HOME: home, LOCALAPPDATA: local, NODE_DISABLE_COMPILE_CACHE: off } = process.env;
  const inHome = home && join(home, process.platform === "darwin" ? "Library/Caches" : ".cache");
  const caches = process.platform === "win32" ? local : xdg && isAbsolute(xdg) ? xdg : inHome;
  if (off || !caches || !isAbsolute(caches)) return undefined;
  const directory = join(caches, "tlsgate", `${version}-node-${process.version}-${process.arch}`);
  return directory.startsWith(process.cwd() + sep) ? undefined : directory;
}

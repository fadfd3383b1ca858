// Where a configuration is read from: the working tree, or a commit that a change cannot have touched.

import type { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";

export interface Tree {
  /** For people: "" for the working tree, else the ref. */
  readonly ref: string;
  /** The text of a file; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

export const workingTree: Tree = {
  ref: "",
  read(path) {
    if (!existsSync(path)) return undefined;
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      throw new InputError(`${path} cannot be read: ${(error as Error).message}.`);
    }
  },
};

/** The files of a commit, as git stores them: no filter, hook or textconv of the repository runs. */
export function gitTree(ref: string, directory: string): Tree {
  const child = load("node:child_process") as { readonly spawnSync: typeof spawnSync };
  const git = (...args: string[]) =>
    child.spawnSync("git", ["-c", "safe.bareRepository=explicit", "-C", directory, ...args], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
  const top = git("rev-parse", "--show-toplevel");
  if (top.status !== 0) {
    throw new InputError(`--config-from needs git and a repository: ${(top.stderr || String(top.error)).trim()}`);
  }
  const commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (commit.status !== 0) {
    throw new InputError(`There is no commit ${JSON.stringify(ref)} in this repository.`, `git fetch origin ${ref}`);
  }
  const root = resolve(top.stdout.trim());
  return {
    ref,
    read(path) {
      const name = relative(root, resolve(path)).split(sep).join("/");
      const listed = git("ls-tree", "-z", commit.stdout.trim(), "--", `:(top,literal)${name}`);
      if (listed.status === 0 && listed.stdout === "") return undefined;
      // What is there and cannot be read is no configuration that is missing.
      const blob = git("cat-file", "blob", `${commit.stdout.trim()}:${name}`);
      if (listed.status === 0 && blob.status === 0) return blob.stdout;
      throw new InputError(
        `${name} at ${ref} cannot be read: ${(listed.stderr || blob.stderr).trim()}`,
        `git fetch origin ${ref}`,
      );
    },
  };
}

/** A directory and those above it, up to the root of the repository; itself alone where there is no repository. */
export function upwards(directory: string): string[] {
  const found = [resolve(directory)];
  for (let at = found[0] ?? ""; !existsSync(join(at, ".git")); ) {
    // Above a repository, anybody may have put anything.
    if (dirname(at) === at) return found.slice(0, 1);
    at = dirname(at);
    found.push(at);
  }
  return found;
}

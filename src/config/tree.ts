// Where a configuration is read from: the working tree, or a commit that a change cannot have touched.

import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { InputError } from "../input-error.ts";
import { readRegularFile } from "../whole-file.ts";
import { commitNamed, gitIn } from "./git.ts";

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
      return readRegularFile(path);
    } catch (error) {
      throw new InputError(`${path} cannot be read: ${(error as Error).message}.`);
    }
  },
};

/** The files of a commit, as git stores them: no filter, hook or textconv of the repository runs. */
export function gitTree(ref: string, directory: string): Tree {
  const git = gitIn(directory);
  const top = git("rev-parse", "--show-toplevel");
  if (top.status !== 0) {
    throw new InputError(`--config-from needs git and a repository: ${(top.stderr || String(top.error)).trim()}`);
  }
  const here = resolve(directory);
  const root = rootOf(here) ?? here;
  const real = realpathSync(root);
  if (relative(top.stdout.trim(), real) !== "") {
    throw new InputError(`git takes ${top.stdout.trim()} for the repository of ${here}, whose .git is elsewhere.`);
  }
  // Links above the repository are the machine's; one within it can be a change's, to where less is asked for.
  if (relative(root, here) !== relative(real, realpathSync(here))) {
    throw new InputError(`${here} is reached through a symbolic link: --config-from reads no configuration there.`);
  }
  checkOuter(root, ref);
  const commit = commitNamed(ref, git);
  return {
    ref,
    read(path) {
      const name = relative(root, resolve(path)).split(sep).join("/");
      const listed = git("ls-tree", "-z", commit, "--", `:(top,literal)${name}`);
      if (listed.status === 0 && listed.stdout === "") return undefined;
      if (listed.stdout.startsWith("120000 ")) {
        throw new InputError(`${name} at ${ref} is a symbolic link, and none is followed there: it is to be a file.`);
      }
      // What is there and cannot be read is no configuration that is missing.
      const blob = git("cat-file", "blob", `${commit}:${name}`);
      const { error } = blob;
      if (listed.status === 0 && blob.status === 0 && !error) return blob.stdout;
      throw new InputError(
        `${name} at ${ref} cannot be read: ${(listed.stderr || blob.stderr || String(error)).trim()}`,
        `git fetch origin ${ref}`,
      );
    },
  };
}

/** A change can put a repository of its own in the place of a directory, as a submodule, with branches of any name. */
function checkOuter(root: string, ref: string): void {
  const outer = rootOf(dirname(root));
  if (outer === undefined) return;
  const name = relative(outer, root).split(sep).join("/");
  const holds = (commit: string) =>
    gitIn(outer)("rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}:${name}`).status === 0;
  if (holds("HEAD") || holds(ref)) {
    throw new InputError(`${root} is a repository of its own in the place of a directory of ${outer}.`);
  }
}

/** Whether the working tree holds the same lines there. */
export function isCheckedOut(path: string, text: string): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  // A pipe never ends, and neither does a device that is linked to.
  if (!there?.isFile() || there.size > 2 * Buffer.byteLength(text)) return false;
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n") === text.replaceAll("\r\n", "\n");
}

/** A directory and those above it, up to the root of the repository; itself alone where there is no repository. */
export function upwards(directory: string): string[] {
  const root = rootOf(directory);
  const found = [resolve(directory)];
  // Above a repository, anybody may have put anything.
  for (let at = resolve(directory); root !== undefined && at !== root; found.push(at)) at = dirname(at);
  return found;
}

/** The root of the repository that a directory is in; undefined where it is in none. */
export function rootOf(directory: string): string | undefined {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

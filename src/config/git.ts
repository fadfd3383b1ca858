// git, asked what a commit holds: the commit is the one that is meant, and nothing of the working tree has a say.

import type { SpawnSyncReturns, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { env } from "node:process";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";

export type Git = (...args: string[]) => SpawnSyncReturns<string>;

/**
 * Variables that name another repository, or other objects, than the directory's: what starts tlsgate may have set them.
 * https://git-scm.com/docs/git#_environment_variables
 */
const elsewhere = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_ATTR_SOURCE",
  "GIT_CEILING_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_INDEX_FILE",
  "GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
];

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !elsewhere.includes(name.toUpperCase())));

/** git in a directory. A repository that is committed into another is none, and neither is an object replaced. */
export function gitIn(directory: string): Git {
  const child = load("node:child_process") as { readonly spawnSync: typeof spawnSync };
  const options = ["--no-replace-objects", "-c", "safe.bareRepository=explicit", "-C", resolve(directory)];
  return (...args) =>
    child.spawnSync("git", [...options, ...args], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
      env: environment(),
      // Windows looks for programs in the current directory first, where a change can have put another git.
      cwd: import.meta.dirname,
    });
}

/** The hash of a commit. A tag or a branch that somebody has named like the one that is meant is not taken for it. */
export function commitNamed(ref: string, git: Git): string {
  const [name = ""] = ref.split(/[~^:]|@\{/);
  const isWhole = name.startsWith("refs/");
  // As git looks for it: https://git-scm.com/docs/gitrevisions#_specifying_revisions
  const places = isWhole ? [name] : ["refs", "refs/tags", "refs/heads", "refs/remotes"].map((at) => `${at}/${name}`);
  const there = git("for-each-ref", "--format=%(refname)", ...places).stdout.split("\n");
  const found = places.filter((place) => there.includes(place));
  if (found.length > 1) {
    throw new InputError(
      `${JSON.stringify(ref)} can be ${found.join(" or ")}: say which.`,
      `--config-from ${found[0]}`,
    );
  }
  // Of an abbreviated hash, git takes a branch or a tag of that name before the commit.
  const isHash = /^[0-9a-f]{4,39}$/i.test(name);
  if (isHash && found.length > 0 && git("rev-parse", `--disambiguate=${name}`).stdout.trim() !== "") {
    throw new InputError(
      `${JSON.stringify(ref)} can be ${found[0]} or a commit: say which.`,
      `--config-from ${found[0]}, or the whole hash of the commit`,
    );
  }
  const commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  if (commit.status !== 0 || (isWhole && found.length === 0)) {
    throw new InputError(`There is no commit ${JSON.stringify(ref)} in this repository.`, `git fetch origin ${ref}`);
  }
  return commit.stdout.trim();
}

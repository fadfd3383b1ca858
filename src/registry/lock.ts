// .tlsgate.modules.lock: which module packages a configuration uses, by address, version and hash. Terraform has no such
// file for modules (https://github.com/hashicorp/terraform/issues/31301): what a version holds can change unseen.

import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../input-error.ts";
import { parseModulesManifest } from "../plan/installed-modules.ts";
import { moduleText } from "../text.ts";
import { readRegularFile } from "../whole-file.ts";
import { type HashedFile, hash1 } from "./dirhash.ts";

export const lockFile = ".tlsgate.modules.lock";

/** A package that `terraform init` has installed. */
export interface LockedPackage {
  /** The call that it was installed for, as `terraform init` names it: "site", "site.cdn". */
  readonly key: string;
  readonly source: string;
  /** null where the source has none, as with git. */
  readonly version: string | null;
  readonly hash: string;
}

interface Lock {
  readonly format: 1;
  readonly packages: readonly LockedPackage[];
}

/** What `terraform init` has installed below a directory, hashed. Throws an InputError where it has not run. */
export function installedPackages(directory: string): LockedPackage[] {
  const path = join(directory, ".terraform/modules/modules.json");
  const init = `terraform -chdir=${directory} init`;
  let text: string;
  try {
    text = readRegularFile(path);
  } catch {
    throw new InputError(`${path} not found: no modules are installed.`, init);
  }
  const modules = parseModulesManifest(text);
  if (!modules) throw new InputError(`${path} is not readable.`, init);
  return modules
    .map(({ call, source, version }) => ({
      key: call,
      source,
      version,
      hash: hash1(filesBelow(join(directory, ".terraform/modules", call), directory)),
    }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** All files of a package but git's own, which differ from clone to clone. */
function filesBelow(root: string, directory: string): HashedFile[] {
  const files: HashedFile[] = [];
  const visit = (path: string): void => {
    for (const name of readdirSync(join(root, path)).sort()) {
      if (name === ".git") continue;
      const inner = path === "" ? name : `${path}/${name}`;
      const status = lstatSync(join(root, inner));
      if (status.isDirectory()) visit(inner);
      else if (status.isFile()) files.push({ path: inner, content: readFileSync(join(root, inner)) });
      else throw new InputError(`${join(root, inner)} is neither a file nor a directory, so the package has no hash.`);
    }
  };
  try {
    visit("");
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${root} could not be read (${(error as NodeJS.ErrnoException).code}).`,
      `terraform -chdir=${directory} init`,
    );
  }
  return files;
}

export const lockText = (packages: readonly LockedPackage[]): string =>
  `${JSON.stringify({ format: 1, packages } satisfies Lock, null, 2)}\n`;

export function parseLock(text: string, path: string): readonly LockedPackage[] {
  try {
    const lock = JSON.parse(text) as Lock;
    const isWhole = ({ key, source, hash }: LockedPackage) =>
      [key, source, hash].every((one) => typeof one === "string") && hash.startsWith("h1:");
    if (lock.format === 1 && lock.packages.every(isWhole)) return lock.packages;
  } catch {
    // Falls through to the same error.
  }
  throw new InputError(`${path} is not a lock file that this version of tlsgate can read.`, "tlsgate modules lock");
}

/** How what is installed differs from what is locked; empty where it does not. */
export function lockDifferences(locked: readonly LockedPackage[], installed: readonly LockedPackage[]): string[] {
  const now = new Map(installed.map((one) => [one.key, one]));
  const before = new Map(locked.map((one) => [one.key, one]));
  const changed = locked.flatMap((one) => {
    const found = now.get(one.key);
    if (!found) return [`module ${one.key} is locked but not installed.`];
    if (found.source !== one.source)
      return [`module ${one.key} comes from ${found.source}, and is locked to ${one.source}.`];
    if (found.version !== one.version) {
      return [`module ${one.key} is ${moduleText(found)}, and is locked to ${one.version ?? "no version"}.`];
    }
    if (found.hash !== one.hash) {
      return [`module ${one.key} (${moduleText(one)}) has other content: ${found.hash}, and is locked to ${one.hash}.`];
    }
    return [];
  });
  const added = installed
    .filter(({ key }) => !before.has(key))
    .map((one) => `module ${one.key} (${moduleText(one)}) is installed but not locked.`);
  return [...changed, ...added];
}

// A registry in a directory. Several processes may publish into it at once.

import { randomUUID } from "node:crypto";
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../input-error.ts";
import { sha256Of } from "./module-package.ts";
import type { Store, StoredFile } from "./store.ts";

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

export function directoryStore(directory: string): Store {
  const root = resolve(directory);
  const pathOf = (path: string) => join(root, path);

  function readNow(path: string): StoredFile | undefined {
    try {
      const content = readFileSync(pathOf(path));
      return { content, tag: sha256Of(content) };
    } catch (error) {
      // A directory, or a path through a file, is no file either.
      if (["ENOENT", "EISDIR", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
      throw error;
    }
  }

  /** Written beside its place, so that nobody sees a half of it. */
  function written(path: string, content: Buffer): string {
    mkdirSync(dirname(pathOf(path)), { recursive: true });
    const temporary = `${pathOf(path)}.${randomUUID()}`;
    writeFileSync(temporary, content, { flag: "wx" });
    return temporary;
  }

  return {
    name: directory,
    read: async (path) => readNow(path),
    create: async (path, content) => {
      const temporary = written(path, content);
      try {
        // A link fails where the file exists, unlike a rename.
        linkSync(temporary, pathOf(path));
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      } finally {
        rmSync(temporary, { force: true });
      }
    },
    replace: async (path, content, tag) => {
      const lock = `${pathOf(path)}.lock`;
      mkdirSync(dirname(lock), { recursive: true });
      if (!locked(lock)) return false;
      try {
        if (readNow(path)?.tag !== tag) return false;
        renameSync(written(path, content), pathOf(path));
        return true;
      } finally {
        rmSync(lock, { force: true });
      }
    },
  };
}

/** A lock older than this was left behind by a process that was ended, in milliseconds. */
const staleAfter = 10_000;

function locked(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > staleAfter) rmSync(lock, { force: true });
    return false;
  }
}

/** The directory of a registry that is there. Throws an InputError where nothing was published into it. */
export function existingDirectory(directory: string): string {
  const discovery = join(directory, ".well-known/terraform.json");
  if (statSync(discovery, { throwIfNoEntry: false })?.isFile()) return resolve(directory);
  throw new InputError(
    `${directory} is not a registry: it has no .well-known/terraform.json.`,
    `tlsgate modules publish --to ${directory}`,
  );
}

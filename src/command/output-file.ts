// Writes reports into files. A link of the working tree is not followed: a pull request can commit one, to any file that
// the user may write.

import { closeSync, constants, lstatSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { rootOf } from "../config/tree.ts";
import { InputError } from "../input-error.ts";
import { loggable } from "../report/log-commands.ts";

/**
 * Replaces a file as a whole, or leaves it as it is. Errors are those of the system; an InputError where a link of the
 * working tree leads elsewhere. A file can be printed to a log later: nothing in it is a command but what begins as `own`.
 */
export function writeOutput(file: string, given: string, own?: RegExp): void {
  const text = loggable(given, own);
  const path = resolve(file);
  checkPath(path);
  const there = lstatSync(path, { throwIfNoEntry: false });
  const isLink = there?.isSymbolicLink() === true;
  // A device or a pipe takes what is written, and so does what is linked to outside of the working tree: /dev/stdout.
  const isTaken = isLink ? !isInTree(path) : there !== undefined && !there.isFile();
  if (isTaken) writeFileSync(path, text);
  else replace(path, text, there?.isFile() ? there.mode & 0o777 : undefined);
}

/** `mode`: that of the file that is there. */
function replace(path: string, text: string, mode: number | undefined): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${process.hrtime.bigint()}`);
  try {
    writeFileSync(temporary, text, { flag: "wx", ...(mode !== undefined && { mode }) });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code = "" } = error as NodeJS.ErrnoException;
    // What is mounted cannot be replaced, and nothing new can be made in a directory that is not one's own.
    if (mode === undefined || !["EBUSY", "EXDEV", "EACCES", "EPERM"].includes(code)) throw error;
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0));
    try {
      writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** The working tree that the command runs in: its repository, or the directory alone. */
const tree = (): string => rootOf(process.cwd()) ?? process.cwd();

const isBelow = (path: string, root: string): boolean => path.startsWith(root.endsWith(sep) ? root : root + sep);

/** Whether a file lies in the working tree, as it is named or as its directory really is. */
function isInTree(path: string): boolean {
  const root = tree();
  return isBelow(path, root) || isBelow(join(realpathSync(dirname(path)), basename(path)), realpathSync(root));
}

/** Refuses a link of the working tree on the way to a file. Links above the working tree are the machine's. */
export function checkPath(path: string): void {
  const root = tree();
  if (!isBelow(path, root)) return;
  let at = root;
  for (const step of relative(root, dirname(path)).split(sep).filter(Boolean)) {
    at = join(at, step);
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new InputError(
        `${relative(root, path)} was not written: ${relative(root, at)} is a symbolic link of the working tree.`,
        "a file outside of the working tree, or in a directory that is not a link",
      );
    }
  }
}

// A directory for the plan, which can hold secrets: only this user may enter it, and it does not outlive the process.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeTo } from "../command/terminal.ts";
import { InputError } from "../input-error.ts";
import { onOneLine } from "../report/printable.ts";

export interface PrivateDirectory {
  readonly path: string;
  readonly remove: () => void;
}

/** Where TMPDIR says. */
export function privateDirectory(): PrivateDirectory {
  const path = make();
  const remove = () => {
    process.off("exit", remove);
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      writeTo(
        process.stderr,
        `tlsgate: ${onOneLine(path)} could not be removed (${code}). The plan in it can hold secrets.\n`,
      );
    }
  };
  // Whatever ends the process, but for a kill -9.
  process.on("exit", remove);
  return { path, remove };
}

function make(): string {
  const parent = resolve(tmpdir());
  try {
    return mkdtempSync(join(parent, "tlsgate-"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      `There is no place for the plan: no directory could be made in ${parent} (${code}).`,
      "TMPDIR=DIRECTORY, with free space",
    );
  }
}

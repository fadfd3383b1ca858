// Finds the real terraform or tofu: never tlsgate itself, which may stand under that name.

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { InputError } from "../input-error.ts";
import type { Environment } from "./arguments.ts";

export type ProgramName = "terraform" | "tofu";

/** How many times tlsgate may start itself anew through its program, before it is a circle. */
const deepest = 4;

/** `self` is the script that runs. TLSGATE_TERRAFORM comes first, then PATH with the name that was asked for. */
export function findProgram(name: ProgramName, self: string, environment: Environment): string {
  const { TLSGATE_TERRAFORM: chosen, PATH = "" } = environment;
  const names = chosen ? [chosen] : name === "tofu" ? ["tofu", "terraform"] : ["terraform", "tofu"];
  const found = names.flatMap((one) => candidates(one, PATH)).filter(isProgram);
  const real = found.find((path) => realpathSync(path) !== realpathSync(self));
  if (real !== undefined && depthOf(environment) < deepest) return real;
  if (found.length > 0) {
    throw new InputError(`${found[0]} leads back to tlsgate itself.`, "TLSGATE_TERRAFORM=PROGRAM, the real one");
  }
  throw new InputError(
    `${names.join(" or ")} is not to be found.`,
    chosen ? "TLSGATE_TERRAFORM=PROGRAM" : "install Terraform, or set TLSGATE_TERRAFORM=PROGRAM",
  );
}

/** For the programs that are started: a script that starts tlsgate again is noticed by it. */
export const deeper = (environment: Environment): Environment => ({
  ...environment,
  TLSGATE_DEPTH: String(depthOf(environment) + 1),
});

const depthOf = ({ TLSGATE_DEPTH = "0" }: Environment): number => Number.parseInt(TLSGATE_DEPTH, 10) || 0;

/** What stands in no directory is looked for in those of PATH. */
function candidates(name: string, path: string): string[] {
  if (/[\\/]/.test(name)) return [resolve(name)];
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return path.split(delimiter).map((directory) => resolve(join(directory, file)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

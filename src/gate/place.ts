// Where the gate runs: the stack of a CDKTF app, or any directory of Terraform; and where its report goes.

import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readRegularFile } from "../whole-file.ts";
import type { Environment } from "./arguments.ts";

export interface Place {
  /** What is judged, as the report calls it. */
  readonly name: string;
  /** Where programs look for the verdict; a person is told `as`. */
  readonly reportFile: { readonly path: string; readonly as: string } | undefined;
  readonly workspace: string;
}

/** CDKTF runs terraform in OUT/stacks/STACK. It turns every refusal into exit code 1, so each stack gets a report. */
export function placeOf(directory: string, planFile: string | undefined, environment: Environment): Place {
  const here = resolve(directory);
  const out = dirname(dirname(here));
  const isStack = basename(dirname(here)) === "stacks" && existsSync(join(out, "manifest.json"));
  const stack = basename(here);
  const own = join("tlsgate", `${stack}.json`);
  const chosen = environment.TLSGATE_REPORT;
  return {
    name: planFile ?? (isStack ? stack : "this plan"),
    reportFile: chosen
      ? { path: resolve(chosen), as: chosen }
      : isStack
        ? { path: join(out, own), as: join(basename(out), own) }
        : undefined,
    workspace: workspaceOf(here, environment),
  };
}

/** As Terraform keeps it: in TF_WORKSPACE, or in the file that `workspace select` writes. */
function workspaceOf(directory: string, { TF_WORKSPACE, TF_DATA_DIR }: Environment): string {
  if (TF_WORKSPACE) return TF_WORKSPACE;
  try {
    const file = join(resolve(directory, TF_DATA_DIR || ".terraform"), "environment");
    return readRegularFile(file).trim() || "default";
  } catch {
    return "default";
  }
}

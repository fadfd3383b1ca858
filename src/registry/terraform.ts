// Runs terraform or tofu in a directory, and keeps what it prints.

import { spawnSync } from "node:child_process";
import { InputError } from "../input-error.ts";

export interface Terraform {
  /** "Terraform v1.11.4" or "OpenTofu v1.10.0". */
  readonly version: string;
  /** Runs a command to its end and returns what it printed. Throws an InputError with its output where it fails. */
  readonly run: (directory: string, args: readonly string[]) => Buffer;
}

/** Lines of output that an error quotes: the last ones say what is wrong. */
const quotedLines = 40;

export function terraformAt(program: string, environment: NodeJS.ProcessEnv): Terraform {
  const env = { ...environment, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
  const start = (directory: string | undefined, args: readonly string[]) => {
    const ended = spawnSync(program, args, { cwd: directory, env, maxBuffer: 2 ** 30 });
    if (ended.error) {
      const { code } = ended.error as NodeJS.ErrnoException;
      throw new InputError(`${program} could not be started (${code}).`, "--terraform PROGRAM");
    }
    return ended;
  };
  const [version = ""] = start(undefined, ["version"]).stdout.toString().split("\n");
  return {
    version,
    run: (directory, args) => {
      const { status, stdout, stderr } = start(directory, args);
      if (status === 0) return stdout;
      const output = `${stdout}${stderr}`.trimEnd().split("\n").slice(-quotedLines);
      throw new InputError(`terraform ${args.join(" ")} failed.`, undefined, output);
    },
  };
}

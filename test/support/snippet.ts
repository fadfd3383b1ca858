// Runs the shell script of an integration as its server would: in the checkout, with the server's variables.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Checkout, fakeNpm } from "./pull-request.ts";

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Server {
  readonly shell: "sh" | "bash";
  readonly env: NodeJS.ProcessEnv;
}

/** Without anything of this machine but node, git and what a shell needs; npm puts the built tlsgate where it is called. */
export function runScript(script: string, { home, root }: Checkout, { shell, env }: Server): Ran {
  const temporary = join(home, "temp");
  mkdirSync(temporary);
  writeFileSync(join(temporary, "script.sh"), script);
  const child = spawnSync(shell, [join(temporary, "script.sh")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { PATH: `${fakeNpm(home).bin}:${process.env.PATH}`, HOME: home, TMPDIR: temporary, ...env },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** Every value that a person or a branch name may bring: none is run. */
export const evil = "$(touch it-ran)`touch it-ran`';touch it-ran;\"";

// Runs terraform step by step: the terminal is its own, and so are the signals.

import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { InputError } from "../input-error.ts";
import type { Environment } from "./arguments.ts";

export interface Steps {
  /** Runs the program to its end, with the terminal of this process. */
  readonly run: (args: readonly string[], environment?: Environment) => Promise<Ended>;
  /** The same, and keeps what it prints to standard output in memory. */
  readonly read: (args: readonly string[]) => Promise<Ended & { readonly output: Buffer }>;
  /** Aborts at the first signal; its reason is the signal's name. */
  readonly interruption: AbortSignal;
}

export interface Ended {
  /** As a shell tells it: 128 and the number of the signal that ended the program. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
}

const handedOn = ["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"] as const;

export const isSignal = (reason: unknown): reason is NodeJS.Signals =>
  typeof reason === "string" && Object.hasOwn(constants.signals, reason);

export const codeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

export function steps(program: string, environment: Environment): Steps {
  const interruption = new AbortController();
  let child: ChildProcess | undefined;

  const onSignal = (signal: NodeJS.Signals) => {
    interruption.abort(signal);
    // A key reaches every program of the terminal by itself, and to terraform a second Ctrl-C means: drop everything.
    const isKey = (signal === "SIGINT" || signal === "SIGQUIT") && hasTerminal();
    if (!isKey) child?.kill(signal);
  };
  for (const signal of handedOn) process.on(signal, onSignal);

  const start = (args: readonly string[], stdio: StdioOptions, env: Environment) =>
    new Promise<Ended & { readonly output: Buffer }>((resolve, reject) => {
      const chunks: Buffer[] = [];
      child = spawn(program, args, { env: { ...env }, stdio });
      child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", ({ code }: NodeJS.ErrnoException) =>
        reject(new InputError(`${program} could not be started (${code}).`, "TLSGATE_TERRAFORM=PROGRAM")),
      );
      child.on("close", (code, signal) => {
        child = undefined;
        resolve({ code: code ?? (signal ? codeOf(signal) : 1), signal, output: Buffer.concat(chunks) });
      });
    });

  return {
    run: (args, env = environment) => start(args, "inherit", env),
    read: (args) => start(args, ["ignore", "pipe", "inherit"], environment),
    interruption: interruption.signal,
  };
}

/** Whether a terminal stands behind this process, wherever its input and output go. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return process.platform === "win32";
  }
}

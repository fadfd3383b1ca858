// Asks as Terraform asks, word for word: cdktf and others wait for these lines, and answer them.

import { createInterface } from "node:readline";
import { onOneLine } from "../report/printable.ts";
import type { Paint } from "../report/style.ts";
import type { Mode } from "./arguments.ts";

const only = "There is no undo. Only 'yes' will be accepted to confirm.";

/** The question, and the lines below it. */
export function question(mode: Mode, workspace: string, product: string): readonly [string, ...string[]] {
  const isDefault = workspace === "default";
  const name = onOneLine(workspace);
  const within = isDefault ? "" : ` in workspace "${name}"`;
  const update = isDefault ? "" : ` for "${name}"`;
  switch (mode) {
    case "apply":
      return [
        `Do you want to perform these actions${within}?`,
        `${product} will perform the actions described above.`,
        "Only 'yes' will be accepted to approve.",
      ];
    case "destroy":
      return [
        `Do you really want to destroy all resources${within}?`,
        `${product} will destroy all your managed infrastructure, as shown above.`,
        only,
      ];
    case "refresh-only":
      return [
        `Would you like to update the ${product} state${update} to reflect these detected changes?`,
        `${product} will write these changes to the state without modifying any real infrastructure.`,
        only,
      ];
  }
}

export function prompt([asked, ...below]: readonly [string, ...string[]], bold: Paint): string {
  return `\n${bold(asked)}\n${below.map((line) => `  ${line}\n`).join("")}\n  ${bold("Enter a value:")} `;
}

export const cancelled = (mode: Mode): string => `${mode === "destroy" ? "Destroy" : "Apply"} cancelled.\n`;

/** One line of standard input, or undefined at its end or at an interruption. */
export function answer(interruption: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const input = createInterface({ input: process.stdin, terminal: false });
    const end = (line: string | undefined) => {
      resolve(line);
      interruption.removeEventListener("abort", stop);
      input.close();
      // A pipe that stays open must not keep this process; a file has no such function.
      process.stdin.unref?.();
    };
    const stop = () => end(undefined);
    interruption.addEventListener("abort", stop);
    input.once("line", end);
    input.once("close", stop);
  });
}

// What is said when there is no verdict: what the user can mend, or that it is a bug.

import type { InputError } from "./input-error.ts";
import { onOneLine } from "./report/printable.ts";
import { version } from "./version.ts";

export const complaint = ({ message, headline = message, mend, details = [] }: InputError): string =>
  [`tlsgate: ${headline}`, ...details.map((line) => `  ${line}`), ...(mend === undefined ? [] : [`Try: ${mend}`])]
    .map((line) => `${onOneLine(line).trimEnd()}\n`)
    .join("");

/** Tells of a bug, and nothing of its message, which may quote the plan. */
export function confession(error: unknown, runtime: string, plan?: string): string {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error();
  const frames = stack.replace(message, "").match(/^\s+at .*$/gm) ?? [];
  const verdict = plan === undefined ? "no verdict" : `there is no verdict on ${onOneLine(plan)}`;
  return `tlsgate: This is a bug in tlsgate, and ${verdict}.
Please report it with these lines. They hold nothing of your plan.

tlsgate ${version}, ${runtime}: ${onOneLine(name)}
${frames.join("\n")}
`;
}

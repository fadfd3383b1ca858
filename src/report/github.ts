// Annotations of GitHub Actions, as workflow commands: worst first, at most ten a level, the rest counted.

import type { Policy } from "../policy.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { withoutInlineCommands } from "./log-commands.ts";
import { inRepository } from "./place.ts";
import { printable } from "./printable.ts";
import type { Reporter } from "./report.ts";

export interface GithubOptions {
  readonly policies: readonly Policy[];
  /** The working directory from the root of the repository, where it is another: annotations name files from the root. */
  readonly directory?: string | undefined;
}

/**
 * Commands as https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 * describes them, one a line; nothing where there is nothing to say. A message is at most 4,096 characters, which is
 * what the runner keeps (`_maxIssueMessageLength` in its ExecutionContext.cs).
 */
export const github =
  ({ policies, directory }: GithubOptions): Reporter =>
  (report) =>
    annotationsOf(report, policies)
      .map((annotation) => `${commandOf(annotation, directory)}\n`)
      .join("");

function commandOf({ level, title, lines, source }: Annotation, directory: string | undefined): string {
  const properties = {
    ...(source && { file: inRepository(source, directory), line: source.line, col: source.column }),
    title,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${written.join(",")}::${data(lines.join("\n"))}`;
}

// As https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts escapes, and the runner undoes it.
// The older form of a command, `##[…]`, is found anywhere in a line, and the runner prints the lines of a message.
const data = (text: string): string =>
  withoutInlineCommands(printable(text)).replaceAll("%", "%25").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

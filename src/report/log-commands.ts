// What build servers take for a command in the log of a step, and how text is kept from being one.

import { escapedUnits, printable } from "./printable.ts";
import { paintCodes } from "./style.ts";

/** How one server marks a command in a log. */
export interface CommandSyntax {
  readonly server: string;
  /** A command of it. */
  readonly example: string;
  /** Where it is read: in any place of a line, or at its start, after blanks and colours. */
  readonly at: "anywhere" | "line start";
  /** Where the server's reading is documented, or done. */
  readonly page: string;
}

/**
 * The servers' commands. Everything else that they read from a log is a control sequence, which no text from outside
 * keeps: Jenkins' console notes (`ESC[8mha:`,
 * https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/hudson/console/ConsoleNote.java), links and images
 * of Buildkite (`ESC]1338;`, https://buildkite.com/docs/pipelines/configure/links-and-images-in-log-output), links and
 * the clipboard of terminals (`ESC]8;`, `ESC]52;`).
 */
export const commandSyntaxes: readonly CommandSyntax[] = [
  {
    // Blanks before it are skipped; Gitea and Forgejo read the same.
    server: "GitHub Actions",
    example: "::error::text",
    at: "line start",
    page: "https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (TryParseV2)",
  },
  {
    server: "GitHub Actions, older",
    example: "##[add-mask]text",
    at: "anywhere",
    page: "https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (TryParse)",
  },
  {
    server: "Azure Pipelines",
    example: "##vso[task.complete result=Succeeded;]",
    at: "anywhere",
    page: "https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs",
  },
  {
    server: "TeamCity",
    example: "##teamcity[buildStatus status='SUCCESS']",
    at: "anywhere",
    page: "https://www.jetbrains.com/help/teamcity/service-messages.html",
  },
  {
    server: "Octopus Deploy",
    example: "##octopus[setVariable name='eA==' value='eQ==']",
    at: "anywhere",
    page: "https://octopus.com/docs/deployments/custom-scripts/logging-messages-in-scripts",
  },
  {
    server: "GitLab",
    example: "section_start:1560896352:name",
    at: "anywhere",
    page: "https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections",
  },
  {
    server: "Travis CI",
    example: "travis_fold:start:name",
    at: "anywhere",
    page: "https://github.com/travis-ci/travis-build/blob/master/lib/travis/build/bash/travis_fold.bash",
  },
  ...["--- name", "+++ name", "~~~ name", "^^^ +++"].map(
    (example): CommandSyntax => ({
      server: "Buildkite",
      example,
      at: "line start",
      page: "https://buildkite.com/docs/pipelines/configure/managing-log-output",
    }),
  ),
  {
    // Atlantis and others put a log into a code block of a comment: this would end it.
    server: "Markdown",
    example: "```",
    at: "line start",
    page: "https://github.github.com/gfm/#fenced-code-blocks",
  },
];

/** The second `#`, as the first may belong to the text before. */
const afterHash = /(?<=#)#(?=[a-z-]*\[)/gi;

const named = /(travis_(?:fold|time)|section_(?:start|end)):/gi;

// .NET skips what Unicode calls white space before a command, and Buildkite skips colours.
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one
const lineStart = /^((?:[^\S\n]|\u001b\[[\d;]*[mK])*)(?:(:)(?=:)|([`~+^-])(?=\3\3))/gm;

/** The same text, with an escape in the place of one character wherever a command could be that needs no line start. */
export const withoutInlineCommands = (text: string, escaped = escapedUnits): string =>
  text.replace(afterHash, escaped).replace(named, (_, name: string) => name + escaped(":"));

/** What every command has one of. Most text has none, and is looked at no further. */
const marks = ["##", "::", "```", "---", "+++", "~~~", "^^^", "travis_", "section_"];

/** The same for all commands. With the escapes of JSON, which are the default, JSON keeps its value. */
export function withoutCommands(text: string, escaped = escapedUnits): string {
  const lower = text.toLowerCase();
  if (!marks.some((mark) => lower.includes(mark))) return text;
  return withoutInlineCommands(text, escaped).replace(
    lineStart,
    (_, blank: string, colon?: string, other?: string) => blank + escaped(colon ?? other ?? ""),
  );
}

/** The formats whose lines are commands themselves, and how each of these begins. */
export const ownCommands: { readonly [format: string]: RegExp } = {
  github: /^::(?:error|warning|notice) (?=[a-z]+=)/,
  azure: /^##vso\[task\.(?:logissue|complete) /,
};

const paints = () => new RegExp(`(\u001b\\[(?:${paintCodes.join("|")})m)`);

/**
 * Text as it may go to a terminal, a log or a file: no control characters but line ends, tabs and the colours of this
 * program, and no commands. `own`: the start of a line that is a command of this program.
 */
export function loggable(text: string, own?: RegExp): string {
  const parts = text.includes("\u001b") ? text.split(paints()) : [text];
  const shown = parts.map((part, index) => (index % 2 === 1 ? part : printable(part))).join("");
  if (!own) return withoutCommands(shown);
  return shown
    .split("\n")
    .map((line) => {
      const [head = ""] = own.exec(line) ?? [];
      return head + withoutCommands(line.slice(head.length));
    })
    .join("\n");
}

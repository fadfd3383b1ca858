// Azure Pipelines' logging commands: an issue a fault, at the line that is at fault, and the result of the task.

import type { Policy } from "../policy.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { withoutInlineCommands } from "./log-commands.ts";
import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { inRepository } from "./place.ts";
import { onOneLine, printable } from "./printable.ts";
import { isRefused, notJudgedCount, type Report, type Reporter, refusalText } from "./report.ts";

export interface AzureOptions {
  readonly policies: readonly Policy[];
  /** The working directory from the root of the repository, where it is another. */
  readonly directory?: string | undefined;
}

/**
 * Commands as https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands describes them. There are
 * errors and warnings only: what is waived or known is counted, not shown, and resources that are not judged are a line of
 * the log. A plan that passes leaves the task succeeded, warnings or not, as its exit code does.
 */
export const azure =
  ({ policies, directory }: AzureOptions): Reporter =>
  (report) => {
    const issues = annotationsOf(report, policies).filter(({ level }) => level !== "notice");
    const lines = [...issues.map((issue) => issueOf(issue, directory)), ...noticesOf(report), completionOf(report)];
    return lines.map((line) => `${line}\n`).join("");
  };

function issueOf({ level, code, title, lines, source }: Annotation, directory: string | undefined): string {
  const properties = {
    type: level,
    ...(source && {
      sourcepath: inRepository(source, directory),
      linenumber: source.line,
      columnnumber: source.column,
    }),
    code,
  };
  const message = [`${title}: ${lines[0] ?? ""}`, ...lines.slice(1)].join("\n");
  return command("task.logissue", properties, message);
}

/** Lines of the log, which undoes no escapes. */
const noticesOf = ({ plans }: Report): string[] =>
  plans.flatMap(({ notJudged }) =>
    notJudgedNotices(notJudged)
      .filter(({ refuses }) => !refuses)
      .map((notice) => `tlsgate: ${withoutInlineCommands(onOneLine(notJudgedText(notice)))}`),
  );

function completionOf(report: Report): string {
  const { verdict, summary } = report;
  const { waived, known } = summary;
  const refused = refusalText(report);
  const told = {
    pass: "tlsgate: the plan may go",
    refused: `tlsgate: ${refused}`,
    error: `tlsgate: could not be judged${isRefused(report) ? `; ${refused}` : ""}`,
  }[verdict];
  const facts = [
    told,
    waived > 0 ? `${waived} waived` : "",
    known > 0 ? `${known} known` : "",
    notJudgedCount(summary),
  ];
  const result = verdict === "pass" ? "Succeeded" : "Failed";
  return command("task.complete", { result }, facts.filter(Boolean).join(", "));
}

function command(name: string, properties: { readonly [name: string]: string | number }, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))};`);
  return `##vso[${name} ${written.join("")}]${data(message)}`;
}

// As https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts escapes, and the agent undoes
// it. A command is found anywhere in a line, so one in a name is broken up too.
const data = (text: string): string =>
  withoutInlineCommands(printable(text)).replaceAll("%", "%AZP25").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll("]", "%5D").replaceAll(";", "%3B");

// Tells the judgement: to the person at the terminal, and to programs in a file.

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { policies } from "../../policies/registry.ts";
import { checkPath, writeOutput } from "../command/output-file.ts";
import { InputError } from "../input-error.ts";
import { json } from "../report/json.ts";
import { pretty } from "../report/pretty.ts";
import { onOneLine } from "../report/printable.ts";
import { type Report, reportOf, unjudged } from "../report/report.ts";
import type { Screen } from "../report/style.ts";
import { version } from "../version.ts";
import type { Place } from "./place.ts";

/** What a person reads. */
export function told(report: Report, { reportFile }: Place, screen: Screen): string {
  const text = `\n${pretty({ policies, screen, warns: "TLSGATE_UNKNOWN=warn" })(report)}`;
  if (report.verdict === "pass") return text;
  const pointer = reportFile ? ` The report for programs is ${onOneLine(reportFile.as)}.` : "";
  return `${text}\ntlsgate: Refused, so nothing was applied.${pointer}\n`;
}

/** What programs read. Until there is a verdict, the file says that there is none, whatever happens in between. */
export const writeUnjudged = (place: Place): void =>
  writeReport(reportOf([unjudged(place.name)], "error", version), place);

export function writeReport(report: Report, { reportFile }: Place): void {
  if (!reportFile) return;
  try {
    checkPath(reportFile.path);
    mkdirSync(dirname(reportFile.path), { recursive: true });
    writeOutput(reportFile.path, json(report));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`The report ${reportFile.as} could not be written (${code}), so nothing was applied.`);
  }
}

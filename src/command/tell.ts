// Reports, written where they are wanted.

import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { upwards } from "../config/tree.ts";
import type { Policy } from "../policy.ts";
import type { Format } from "../report/formats.ts";
import { json } from "../report/json.ts";
import { ownCommands } from "../report/log-commands.ts";
import { pretty } from "../report/pretty.ts";
import type { Report } from "../report/report.ts";
import type { Options, Wanted } from "./options.ts";
import { print, screenOf } from "./terminal.ts";

export async function tell(report: Report, wanted: readonly Wanted[], known: readonly Policy[], options: Options) {
  for (const { format, file } of wanted) {
    print(await written(format, report, known, options, file), file, ownCommands[format]);
  }
}

async function written(
  format: Format,
  report: Report,
  known: readonly Policy[],
  options: Options,
  file: string | undefined,
): Promise<string> {
  if (format === "json") return json(report);
  if (format === "pretty")
    return pretty({ policies: known, screen: screenOf(options, file), quiet: options.quiet })(report);
  const { reporters } = await import("../report/reporters.ts");
  const root = upwards(".").at(-1) ?? "";
  const directory = existsSync(join(root, ".git")) ? relative(root, "").split(sep).join("/") : "";
  const { category, "source-url": base } = options;
  return reporters[format]({ policies: known, category, directory: directory || undefined, base })(report);
}

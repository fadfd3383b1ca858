// tlsgate merge: one report of several.

import { policies } from "../../policies/registry.ts";
import type { Verdict } from "../findings/gate.ts";
import { InputError } from "../input-error.ts";
import { merged } from "../merge.ts";
import { version } from "../version.ts";
import { readInputFile, readToEnd } from "../whole-file.ts";
import { type Options, reportsOf } from "./options.ts";
import { tell } from "./tell.ts";

export async function merge(paths: string[], options: Options): Promise<Verdict> {
  if (paths.length === 0) throw new InputError("The reports are missing.", "tlsgate merge REPORT.json…");
  if (options.scope !== undefined) {
    throw new InputError("merge tells what the reports tell.", "tlsgate check --scope, where they are made");
  }
  const texts = paths.map((path) => ({ path, text: textOf(path) }));
  const report = merged(texts, version);
  await tell(report, reportsOf(options), policies, options);
  return report.verdict;
}

function textOf(path: string): string {
  try {
    return (path === "-" ? readToEnd(0) : readInputFile(path)).toString("utf8");
  } catch (error) {
    throw new InputError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

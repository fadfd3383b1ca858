// tlsgate baseline: writes down what is violated today.

import { relative } from "node:path";
import { loadConfig } from "../config/load.ts";
import { settingsOf } from "../config/settings.ts";
import { baselineOf, baselineText } from "../findings/baseline.ts";
import type { Verdict } from "../findings/gate.ts";
import { type Options, saidOf, soughtOf } from "./options.ts";
import { inTurn, judgedSource, sourcesOf } from "./plans.ts";
import { print } from "./terminal.ts";
import { lap } from "./watch.ts";

/** Writes down what is violated today, waived violations left out. */
export async function baseline(paths: string[], options: Options): Promise<Verdict> {
  const loaded = await loadConfig({ ...soughtOf(options), isBaselineNew: true });
  // All of it is written down, whatever a check tells.
  const settings = settingsOf(loaded, { ...saidOf(options), scope: "all" }, new Date(), false);
  lap("settings");
  const judged = await inTurn(sourcesOf(paths, options), (source) =>
    judgedSource(source, settings, {
      sourced: "refusing",
      drawn: false,
      named: true,
      configuration: options.configuration,
    }),
  );
  if (judged.some(({ report }) => report.verdict === "error")) return "error";
  const written = baselineOf(judged.flatMap(({ report }) => report.findings));
  const file = options.output ?? loaded.baselinePath;
  print(baselineText(written), file);
  return print(`${written.known.length} known violations in ${relative("", file) || file}\n`);
}

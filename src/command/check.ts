// tlsgate check: judges plans, and reports.

import type { Settings } from "../config/settings.ts";
import { idleAssumptions } from "../findings/assumptions.ts";
import { type Verdict, verdictOf, worst } from "../findings/gate.ts";
import { waiverNotices } from "../findings/waiver-notices.ts";
import { type PlanReport, reportOf, unjudged } from "../report/report.ts";
import { version } from "../version.ts";
import { type Options, reportsOf } from "./options.ts";
import { inTurn, type JudgedSource, judgedSource, settingsFor, sourcesOf } from "./plans.ts";
import { tell } from "./tell.ts";
import { lap } from "./watch.ts";

export async function check(paths: string[], options: Options): Promise<Verdict> {
  const wanted = reportsOf(options);
  const settings = await settingsFor(options);
  // People are shown the lines of what refuses the plan, and finding them takes its time.
  const sourced = wanted.every(({ format }) => format === "pretty") ? "refusing" : "open";
  const drawn = wanted.some(({ format }) => format === "html" || format === "json");
  const named = sourced === "open" || settings.acceptance.baseline !== undefined;
  const judged = await inTurn(sourcesOf(paths, options), (source) =>
    judgedSource(source, settings, { sourced, drawn, named, configuration: options.configuration }),
  );
  const { baseline: known } = settings.acceptance;
  const met = new Set(judged.flatMap((one) => one.met));
  const plans = [...judged.map((one) => one.report), ...noticesOf(settings, judged)];
  const gone = known ? new Set(known.known.map((one) => one.fingerprint)).size - met.size : null;
  const verdict = worst(plans.map((plan) => plan.verdict));
  await tell(reportOf(plans, verdict, version, gone), wanted, settings.policies, options);
  lap("report");
  return verdict;
}

/** What is reported of waivers and assumptions themselves, file by file, once all plans have had the chance to use them. */
function noticesOf({ waivers, acceptance, selection }: Settings, judged: readonly JudgedSource[]): PlanReport[] {
  const used = judged.flatMap((one) => one.used);
  const assumptionsUsed = new Set(judged.flatMap((one) => [...one.assumptionsUsed]));
  const idle = idleAssumptions(selection.assumptions ?? [], assumptionsUsed, acceptance.today);
  const files = [...waivers.waivers, ...waivers.malformed].map(({ file }) => file);
  const ofWaivers = [...new Set(files)].map((file) => {
    const ofFile = {
      waivers: waivers.waivers.filter((one) => one.file === file),
      malformed: waivers.malformed.filter((one) => one.file === file),
    };
    return { file, findings: waiverNotices(ofFile, used, acceptance.today) };
  });
  return [...ofWaivers, { file: "assumptions", findings: idle }].flatMap(({ file, findings }) => {
    const verdict = verdictOf(findings);
    return findings.length === 0 ? [] : [{ ...unjudged(file), kind: "waivers", complete: true, verdict, findings }];
  });
}

// The plans that a command is given, each read and judged by itself.

import { dirname } from "node:path";
import { installedModulesOf, withModules } from "../config/installed-modules.ts";
import { loadConfig } from "../config/load.ts";
import type { PackFailure } from "../config/pack.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { inventoryOf } from "../facts/collect.ts";
import { decide } from "../findings/decide.ts";
import { verdictOf } from "../findings/gate.ts";
import type { Waiver } from "../findings/waivers.ts";
import { InputError } from "../input-error.ts";
import { leavesOpen } from "../plan/open.ts";
import type { Plan } from "../plan/plan.ts";
import { type Source, sources } from "../plan/read.ts";
import { computedAttributesFor, withProviders } from "../providers/load.ts";
import { grouped } from "../report/grouped.ts";
import { judgedPlan, type PlanReport, unjudged } from "../report/report.ts";
import { located } from "../source/locate.ts";
import { type Options, saidOf, soughtOf } from "./options.ts";
import { complain, confess } from "./terminal.ts";
import { lap } from "./watch.ts";

export async function settingsFor(options: Options): Promise<Settings> {
  const loaded = await loadConfig(soughtOf(options));
  const settings = settingsOf(loaded, saidOf(options), new Date(), options["config-from"] !== undefined);
  lap("settings");
  return settings;
}

/** What reports will tell; the rest is not looked for. */
export interface Telling {
  /** Which findings have their source shown. */
  readonly sourced: "open" | "refusing";
  /** Whether endpoints are drawn, today and after. */
  readonly drawn: boolean;
  /** Whether findings are named by their fingerprints. */
  readonly named: boolean;
  /** What --configuration names. */
  readonly configuration: string | undefined;
}

export interface JudgedSource {
  readonly report: PlanReport;
  readonly met: readonly string[];
  readonly used: readonly Waiver[];
  /** Where the assumptions are written that it was judged by. */
  readonly assumptionsUsed: ReadonlySet<string>;
}

/** One after the other: each plan's memory is free again before the next is read. */
export async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

/** If tlsgate fails on a plan, that plan has no verdict; the others are judged, and all reports are written. */
export async function judgedSource(source: Source, settings: Settings, telling: Telling): Promise<JudgedSource> {
  const plan = await attempt(source, telling.configuration);
  const judged = plan && (await reportFailure(source, () => judgedPlanOf(plan, source, settings, telling)));
  return judged ?? { report: unjudged(source.path), met: [], used: [], assumptionsUsed: new Set() };
}

/** Runs a step for one plan. If it fails, prints the error and returns undefined. */
export async function reportFailure<T>({ path }: Source, make: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof InputError) complain(error);
    else confess(error, path);
    return undefined;
  }
}

/** Says how policies and adapters of packs failed on a plan: of each, where it failed first. */
export function complainOf(failures: readonly PackFailure[], { path }: Source): void {
  for (const [{ message }] of grouped(failures, ({ who }) => who)) complain(new InputError(`${path}: ${message}`));
}

async function judgedPlanOf(
  plan: Plan,
  source: Source,
  { selection: chosen, acceptance, packFailures, registries }: Settings,
  { sourced, drawn, named }: Telling,
): Promise<JudgedSource> {
  const selection = await withProviders(plan, chosen);
  // Where tlsgate itself failed on the plan before, nobody has taken them.
  packFailures.take();
  lap("load", source.path);
  const decision = decide(plan, selection, acceptance, named);
  const { inventory, leftOut, notJudged, met, used, assumptionsUsed } = decision;
  const failures = packFailures.take();
  complainOf(failures, source);
  const failed = new Set(failures.map(({ policy }) => policy));
  // A policy that failed somewhere may have compared half of a plan.
  const findings = decision.findings.filter(({ policy }) => !failed.has(policy));
  lap("evaluate", source.path);
  const beside = plan.kind === "configuration" ? source.path : dirname(source.path);
  const modules = await installedModulesOf(plan, beside);
  const all = withModules(located(findings, beside, plan, sourced), modules, registries);
  const evaluation = { findings: all, inventory, leftOut, notJudged };
  lap("locate", source.path);
  const report = judgedPlan(plan, evaluation, failures.length > 0 ? "error" : verdictOf(all, notJudged));
  if (!drawn) return { report, met, used, assumptionsUsed };
  const before = inventoryOf(plan, "before", selection.adapters).endpoints;
  // They were reported above.
  packFailures.take();
  lap("draw", source.path);
  return { report: { ...report, inventory: { before, after: inventory.endpoints } }, met, used, assumptionsUsed };
}

/** One broken file does not hide the verdict on the others. `configuration`: where it is, beside a plan that has none. */
export async function attempt(source: Source, configuration?: string): Promise<Plan | undefined> {
  return await reportFailure(source, async () => {
    const plan = source.read();
    // Loading and reading it takes its time.
    if (configuration === undefined && !(plan.planFile && leavesOpen(plan))) return plan;
    const { withConfiguration } = await import("../plan/configured.ts");
    return withConfiguration(plan, await computedAttributesFor(plan), configuration);
  }).finally(() => lap("read", source.path));
}

export function sourcesOf(paths: string[], options: Options): Source[] {
  const terraform = options.terraform ?? process.env.TLSGATE_TERRAFORM;
  const found = sources(paths.length > 0 ? paths : ["."], { terraform });
  if (options.configuration !== undefined && found.length > 1)
    throw new InputError(
      `--configuration belongs to one plan, but ${found.length} are given.`,
      "tlsgate check --configuration PATH plan.json, for each plan by itself",
    );
  return found;
}

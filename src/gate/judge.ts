// The JSON of a plan → verdict and report. Loaded when there is something to judge, as it brings all policies along.

import { profiles } from "../../policies/profiles.ts";
import { installedModulesOf, withModules } from "../config/installed-modules.ts";
import { loadConfig } from "../config/load.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import { decide } from "../findings/decide.ts";
import { verdictOf } from "../findings/gate.ts";
import { waiverNotices } from "../findings/waiver-notices.ts";
import { InputError } from "../input-error.ts";
import { nearest } from "../nearest.ts";
import { leavesOpen } from "../plan/open.ts";
import { isBinaryPlan, parsePlan } from "../plan/parse.ts";
import type { Plan } from "../plan/plan.ts";
import { computedAttributesFor, withProviders } from "../providers/load.ts";
import { judgedPlan, type Report, reportOf } from "../report/report.ts";
import { located } from "../source/locate.ts";
import { version } from "../version.ts";
import type { Environment } from "./arguments.ts";

export interface Rules extends Settings {
  /** Whether a plan that leaves changes out is judged by what it holds. */
  readonly allowsPartial: boolean;
}

/**
 * What the configuration asks for, found from a directory on, and TLSGATE_PROFILE, TLSGATE_UNKNOWN,
 * TLSGATE_OUTSIDE_PLAN, TLSGATE_NOT_JUDGED, TLSGATE_FAIL_ON, TLSGATE_PARTIAL and TLSGATE_CONFIG_FROM beside it.
 */
export async function rulesOf(environment: Environment, directory: string): Promise<Rules> {
  const choice = <const T extends string>(variable: string, allowed: readonly T[]): T | undefined => {
    const value = environment[variable];
    if (!value) return undefined;
    const found = allowed.find((one) => one === value);
    if (found) return found;
    const meant = nearest(value, allowed);
    const hint = meant === undefined ? "." : `; did you mean ${meant}?`;
    throw new InputError(`${variable} is ${allowed.join(", ")}, not ${JSON.stringify(value)}${hint}`);
  };
  const profile = choice("TLSGATE_PROFILE", Object.keys(profiles));
  const unknown = choice("TLSGATE_UNKNOWN", ["policy", "refuse", "warn"]);
  const outsidePlan = choice("TLSGATE_OUTSIDE_PLAN", ["refuse", "warn"]);
  const notJudged = choice("TLSGATE_NOT_JUDGED", ["refuse", "notice", "ignore"]);
  const failOn = choice("TLSGATE_FAIL_ON", ["any", "introduced"]);
  const allowsPartial = choice("TLSGATE_PARTIAL", ["refuse", "allow"]) === "allow";
  const from = environment.TLSGATE_CONFIG_FROM || undefined;
  const said = { profile, unknown: unknown === "policy" ? undefined : unknown, outsidePlan, notJudged, failOn };
  const settings = settingsOf(await loadConfig({ directory, from }), said, new Date(), from !== undefined);
  return { ...settings, allowsPartial };
}

/** A plan file, and what terraform shows of it. */
export interface ShownPlan {
  readonly path: string;
  readonly planFile: Buffer;
  readonly json: Buffer;
  /** It was made with -target or -exclude. OpenTofu, and Terraform before 1.8, say nothing of that in the JSON. */
  readonly isPartial: boolean;
}

/** `directory`: where the configuration is, or the synthesised stack. Throws an InputError for what is no whole plan. */
export async function judge(shown: ShownPlan, rules: Rules, directory: string): Promise<Report> {
  const { path, planFile, json, isPartial } = shown;
  const parsed = await evaluated(parsePlan(json, path), planFile);
  const plan = { ...parsed, complete: parsed.complete && !isPartial };
  if (plan.kind !== "plan") throw new InputError(`terraform shows a ${plan.kind} in the place of ${path}.`);
  if (!plan.complete && !rules.allowsPartial && !onlyDeletes(plan)) {
    throw new InputError(
      `${path} leaves changes out (-target, -exclude, or deferred ones), so it cannot be judged whole.`,
      "the same without -target, or TLSGATE_PARTIAL=allow to be judged by what it holds",
    );
  }
  const { selection, acceptance, waivers, packFailures, registries } = rules;
  const chosen = await withProviders(plan, selection);
  const { findings, inventory, leftOut, notJudged, used } = decide(plan, chosen, acceptance);
  const [failure] = packFailures.take();
  if (failure) throw new InputError(`${failure.message} So there is no verdict, and nothing was applied.`);
  // An apply of one stack need not use every waiver of the repository.
  const notices = waiverNotices(waivers, used, acceptance.today).filter(({ policy }) => policy !== "waiver-unused");
  const modules = await installedModulesOf({ ...plan, planFile }, directory);
  const all = [...withModules(located(findings, directory, plan), modules, registries), ...notices];
  const verdict = verdictOf(all, notJudged);
  return reportOf([judgedPlan(plan, { findings: all, inventory, leftOut, notJudged }, verdict)], verdict, version);
}

/** OpenTofu encrypts plan files where it is told to: its program alone can read them. */
async function evaluated(plan: Plan, planFile: Buffer): Promise<Plan> {
  if (!isBinaryPlan(planFile) || !leavesOpen(plan)) return plan;
  const { withConfiguration } = await import("../plan/configured.ts");
  return withConfiguration({ ...plan, planFile }, await computedAttributesFor(plan));
}

/** By such a plan nothing comes to be served. */
const onlyDeletes = ({ instances }: Plan): boolean =>
  instances.every((instance) => instance.mode === "data" || instance.after === undefined);

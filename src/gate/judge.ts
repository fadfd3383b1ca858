// The JSON of a plan → verdict and report. Loaded when there is something to judge, as it brings all policies along.

import { type ProfileName, profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { evaluate, type Selection } from "../findings/evaluate.ts";
import { verdictOf } from "../findings/gate.ts";
import { InputError } from "../input-error.ts";
import { nearest } from "../nearest.ts";
import { parsePlan } from "../plan/parse.ts";
import type { Plan } from "../plan/plan.ts";
import { adapters } from "../providers/registry.ts";
import { judgedPlan, type Report, reportOf } from "../report/report.ts";
import { located } from "../source/locate.ts";
import { version } from "../version.ts";
import type { Environment } from "./arguments.ts";

export interface Rules {
  readonly selection: Selection;
  /** Whether a plan that leaves changes out is judged by what it holds. */
  readonly allowsPartial: boolean;
}

/** What TLSGATE_PROFILE, TLSGATE_UNKNOWN, TLSGATE_FAIL_ON and TLSGATE_PARTIAL ask for. */
export function rulesOf(environment: Environment): Rules {
  const choice = <const T extends string>(variable: string, allowed: readonly T[], fallback: NoInfer<T>): T => {
    const value = environment[variable] || fallback;
    const found = allowed.find((one) => one === value);
    if (found) return found;
    const meant = nearest(value, allowed);
    const hint = meant === undefined ? "." : `; did you mean ${meant}?`;
    throw new InputError(`${variable} is ${allowed.join(", ")}, not ${JSON.stringify(value)}${hint}`);
  };
  const profile = choice("TLSGATE_PROFILE", Object.keys(profiles) as ProfileName[], "recommended");
  const unknown = choice("TLSGATE_UNKNOWN", ["policy", "refuse", "warn"], "policy");
  return {
    selection: {
      policies,
      adapters,
      enforcement: profiles[profile].enforcement,
      unknown: unknown === "policy" ? undefined : unknown,
      failOn: choice("TLSGATE_FAIL_ON", ["any", "introduced"], "any"),
    },
    allowsPartial: choice("TLSGATE_PARTIAL", ["refuse", "allow"], "refuse") === "allow",
  };
}

/** `directory`: where the configuration is, or the synthesised stack. Throws an InputError for what is no whole plan. */
export function judge(bytes: Buffer, path: string, { selection, allowsPartial }: Rules, directory: string): Report {
  const plan = parsePlan(bytes, path);
  if (plan.kind !== "plan") throw new InputError(`terraform shows a ${plan.kind} in the place of ${path}.`);
  if (!plan.complete && !allowsPartial && !onlyDeletes(plan)) {
    throw new InputError(
      `${path} leaves changes out (-target, -exclude, or deferred ones), so it cannot be judged whole.`,
      "the same without -target, or TLSGATE_PARTIAL=allow to be judged by what it holds",
    );
  }
  const { findings, inventory } = evaluate(plan, selection);
  const verdict = verdictOf(findings);
  const evaluation = { findings: located(findings, directory, plan), inventory };
  return reportOf([judgedPlan(plan, evaluation, verdict)], verdict, version);
}

/** By such a plan nothing comes to be served. */
const onlyDeletes = ({ instances }: Plan): boolean =>
  instances.every((instance) => instance.mode === "data" || instance.after === undefined);

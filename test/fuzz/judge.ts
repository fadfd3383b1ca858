// Judges bytes as the command does. Anything but a verdict or an InputError is thrown.

import { profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { inventoryOf } from "../../src/facts/collect.ts";
import { decide, nothingAccepted } from "../../src/findings/decide.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { type Verdict, verdictOf } from "../../src/findings/gate.ts";
import { InputError } from "../../src/input-error.ts";
import { withConfiguration } from "../../src/plan/configured.ts";
import { parsePlan } from "../../src/plan/parse.ts";
import { adapters, computedAttributes, notJudgedTypes } from "../../src/providers/registry.ts";
import { json } from "../../src/report/json.ts";
import { judgedPlan, reportOf } from "../../src/report/report.ts";

export interface Judged {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** What the JSON report takes, in characters. */
  readonly reportLength: number;
}

const { enforcement } = profiles.recommended;
const selection = { policies, adapters, enforcement, notJudgedTypes };

/** The waivers that a plan itself holds are read too. */
const acceptance = { ...nothingAccepted, ofPlan: "planned" as const, policies: policies.map(({ id }) => id) };

/** `planFile`: the archive that the plan's configuration is read from. */
export function judge(bytes: Buffer, planFile?: Uint8Array): Judged | InputError {
  try {
    const plan = parsePlan(bytes, "plan.json");
    return judgePlan(planFile ? withConfiguration({ ...plan, planFile }, computedAttributes) : plan);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function judgePlan(plan: Parameters<typeof decide>[0]): Judged {
  const decision = decide(plan, selection, acceptance);
  const verdict = verdictOf(decision.findings, decision.notJudged);
  const inventory = {
    before: inventoryOf(plan, "before", adapters).endpoints,
    after: decision.inventory.endpoints,
  };
  const report = { ...judgedPlan(plan, decision, verdict), inventory };
  const reportLength = json(reportOf([report], verdict, "1.2.3")).length;
  return { verdict, findings: decision.findings, reportLength };
}

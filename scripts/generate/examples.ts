// A failing and a passing resource for each policy, with what they were judged by, cut out of the Terraform that its test plans.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Adapter } from "../../src/facts/adapter.ts";
import { evaluate } from "../../src/findings/evaluate.ts";
import type { Outcome } from "../../src/findings/finding.ts";
import { readPlan } from "../../src/plan/read.ts";
import type { Policy } from "../../src/policy.ts";
import type { Example } from "../../src/report/catalogue.ts";

export interface Examples {
  readonly [policy: string]: Example;
}

/** ACM logs every certificate, and of the others no plan shows whether they are logged. */
const neverFails: ReadonlySet<string> = new Set(["certificate-transparency"]);

export function examplesOf(
  policies: readonly Policy[],
  adapters: readonly Adapter[],
): { readonly examples: Examples; readonly missing: readonly string[] } {
  const examples: { [policy: string]: Example } = {};
  const missing: string[] = [];
  for (const policy of policies) {
    const folder = join("test", "plans", policy.id);
    const [main, plan] = [join(folder, "main.tf"), join(folder, "plan.json")];
    if (!existsSync(main) || !existsSync(plan)) {
      missing.push(`${folder}: no main.tf with its plan.json yet (npm run plans -- ${policy.id})`);
      continue;
    }
    const judged = judgedBy(policy, plan, adapters);
    const blocks = blocksOf(readFileSync(main, "utf8"));
    const [fail, pass] = (["fail", "pass"] as const).map((wanted) => {
      const address = [...blocks.keys()].find((one) => judged.get(one)?.outcome === wanted);
      return (
        address &&
        [address, ...(judged.get(address)?.related ?? [])].flatMap((one) => blocks.get(one) ?? []).join("\n\n")
      );
    });
    if (pass && (fail || neverFails.has(policy.id))) examples[policy.id] = fail ? { fail, pass } : { pass };
    else missing.push(`${main}: no root module resource without count or for_each ${fail ? "passes" : "fails"}`);
  }
  return { examples, missing };
}

const rank = { pass: 0, unknown: 1, fail: 2 };

interface Judged {
  readonly outcome: Outcome;
  /** Other resources that it was read from. */
  readonly related: ReadonlySet<string>;
}

/** The worst outcome at each address. */
function judgedBy(policy: Policy, plan: string, adapters: readonly Adapter[]): Map<string, Judged> {
  const enforcement = { [policy.id]: "mandatory" as const };
  const { findings } = evaluate(readPlan(plan), { policies: [policy], enforcement, adapters });
  const judged = new Map<string, Judged>();
  for (const { address, outcome, related } of findings) {
    const before = judged.get(address);
    const worst = before && rank[before.outcome] > rank[outcome] ? before.outcome : outcome;
    judged.set(address, { outcome: worst, related: new Set([...(before?.related ?? []), ...related]) });
  }
  return judged;
}

/** The resources of a formatted configuration by their addresses, in its order. */
const blocksOf = (main: string): Map<string, string> =>
  new Map(
    [...main.matchAll(/^resource "(.+)" "(.+)" \{\n[\s\S]*?^\}$/gm)].map(([text, type, name]) => [
      `${type}.${name}`,
      text,
    ]),
  );

// tlsgate policies and tlsgate explain: what is required, and what is made of it here.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policyNamed, type Settings } from "../config/settings.ts";
import { actionOnUnknown } from "../findings/evaluate.ts";
import type { Verdict } from "../findings/gate.ts";
import { InputError } from "../input-error.ts";
import { type Example, explanation, policyDocuments, policyList, type Stance } from "../report/catalogue.ts";
import { formatOf, type Options } from "./options.ts";
import { settingsFor } from "./plans.ts";
import { print, screenOf } from "./terminal.ts";

export async function listPolicies(operands: string[], options: Options): Promise<Verdict> {
  if (operands.length > 0) throw new InputError("`policies` takes no operand.", `tlsgate explain ${operands[0]}`);
  const settings = await settingsFor(options);
  const { policies: list } = settings.selection;
  const isJson = formatOf(options) === "json";
  const stance = stanceOf(settings);
  const text = isJson ? policyDocuments(list, stance) : policyList(list, stance, screenOf(options));
  return print(text, options.output);
}

const stanceOf = ({ selection, policies: all }: Settings): Stance => ({
  enforcement: selection.enforcement,
  unknown: Object.fromEntries(all.map((policy) => [policy.id, actionOnUnknown(policy, selection)])),
});

export async function explain(ids: string[], options: Options): Promise<Verdict> {
  if (ids.length === 0) throw new InputError("The policy's id is missing.", "tlsgate policies");
  const settings = await settingsFor(options);
  const list = ids.map((id) => policyNamed(id, settings.policies));
  const stance = stanceOf(settings);
  const examples = JSON.parse(readFileSync(join(import.meta.dirname, "examples.json"), "utf8")) as {
    readonly [policy: string]: Example;
  };
  const text =
    formatOf(options) === "json"
      ? policyDocuments(list, stance, examples)
      : list.map((policy) => explanation(policy, stance, examples[policy.id], screenOf(options))).join("\n");
  return print(text, options.output);
}

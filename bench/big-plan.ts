// Big plans of a realistic mixture: the plan of test/plans/aws-teams, multiplied. Most of it no adapter reads.

import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

export const template = "test/plans/aws-teams/plan.json";

/** How often a plan holds each part of the template. */
export interface Scale {
  /** Calls of each module; each has its configuration in the plan. */
  readonly units: number;
  /** Pairs of teams in a unit, one that exists and one that is new: resources that no adapter reads. */
  readonly teams: number;
  /** Pairs of sites in a unit, likewise: three endpoints each. */
  readonly sites: number;
}

interface Module {
  readonly module_calls: { readonly [name: string]: { readonly for_each_expression?: { constant_value?: object } } };
}

/** Writes a plan in one line, as `terraform show -json` does, and tells its length in bytes. */
export function writeBigPlan(file: string, { units, teams, sites }: Scale): number {
  const plan = JSON.parse(readFileSync(template, "utf8"));
  const lists: readonly (readonly object[])[] = [
    plan.planned_values.root_module.child_modules,
    plan.resource_changes,
    plan.prior_state.values.root_module.child_modules,
    plan.relevant_attributes,
  ];
  plan.configuration.root_module.module_calls = manyCalls(plan.configuration.root_module);
  const frame = JSON.stringify(plan, (_, value) => (lists.includes(value) ? `list ${lists.indexOf(value)}` : value));
  const output = openSync(file, "w");
  let length = 0;
  frame.split(/"list (\d)"/).forEach((part, index) => {
    const texts = index % 2 === 0 ? [part] : manyOf(lists[Number(part)] ?? []);
    for (const text of texts) length += writeSync(output, text);
  });
  closeSync(output);
  return length;

  function* manyOf(list: readonly object[]): Generator<string> {
    let mark = "[";
    for (const text of list.map((one) => JSON.stringify(one))) {
      const copies = text.includes("team_unit") ? teams : sites;
      for (let unit = 0; unit < units; unit++) {
        for (let copy = 0; copy < copies; copy++) {
          yield mark + text.replaceAll(/_unit\b/g, `_unit_${unit}`).replaceAll(pairs, `$&-${unit}-${copy}`);
          mark = ",";
        }
      }
    }
    yield "]";
  }

  function manyCalls({ module_calls: calls }: Module): Module["module_calls"] {
    const all = Object.entries(calls).flatMap(([name, call]) =>
      Array.from({ length: units }, (_, unit) => [
        name.replace("_unit", `_unit_${unit}`),
        { ...call, ...(call.for_each_expression && { for_each_expression: manyKeys(call.for_each_expression, unit) }) },
      ]),
    );
    return Object.fromEntries(all);
  }

  function manyKeys({ constant_value: map = {} }: { constant_value?: object }, unit: number) {
    const entries = Object.entries(map).flatMap(([key, value]) =>
      Array.from({ length: sites }, (_, copy) => [`${key}-${unit}-${copy}`, value]),
    );
    return { constant_value: Object.fromEntries(entries) };
  }
}

/** The names of a team or a site, wherever they stand: in keys, names, tags, ARNs, domains. */
const pairs = /(?:team|site)-(?:existing|new)/g;

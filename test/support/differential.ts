// Compares what the configuration evaluates to with what the plan shows, attribute by attribute.

import type { Evaluator, ExpandedBlock } from "../../src/hcl/evaluator.ts";
import { isJsonObject, type Json, type Mask, maskBelow } from "../../src/hcl/json.ts";
import { type Cause, isWhollyKnown, jsonOf, type Value } from "../../src/hcl/value.ts";
import { agrees } from "./agreement.ts";
import type { IdentifiedInstance } from "./planned.ts";

export interface Comparison {
  equal: number;
  /** Unknown in the plan as well, or the attribute of another instance. */
  unknownInPlan: number;
  /** Known in the plan, but not evaluated, with the cause. */
  readonly open: { readonly at: string; readonly cause: Cause | string }[];
  readonly different: {
    readonly at: string;
    readonly evaluated: Json | undefined;
    readonly planned: Json | undefined;
  }[];
}

/** Arguments of Terraform itself, which no plan shows among an instance's values. */
const metaArguments = new Set([
  "count",
  "for_each",
  "provider",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
]);

export function compareInstances(evaluator: Evaluator, instances: readonly IdentifiedInstance[]): Comparison {
  const comparison: Comparison = { equal: 0, unknownInPlan: 0, open: [], different: [] };
  for (const { id, planned } of instances) {
    const block = evaluator.resourceBlock(id);
    if (!block) {
      comparison.open.push({ at: planned.address, cause: "no block" });
      continue;
    }
    compareBlock(block, planned.values, planned.unknown, planned.address, comparison);
  }
  return comparison;
}

function compareBlock(block: ExpandedBlock, values: Json, unknown: Mask, at: string, comparison: Comparison): void {
  const planned = isJsonObject(values) ? values : {};
  const names = new Set([...block.attributeNames(), ...block.blockTypes()]);
  for (const name of names) {
    if (metaArguments.has(name)) continue;
    const list = block.blockTypes().includes(name) ? block.blocks(name) : undefined;
    const json = planned[name];
    const mask = maskBelow(unknown, name);
    const isBlocks = list && list.blocks.length > 0 && Array.isArray(json) && json.every(isJsonObject);
    if (isBlocks) compareBlocks(list.blocks, json, mask, `${at}.${name}`, comparison);
    else compareValue(block.attribute(name), json, mask, `${at}.${name}`, comparison);
  }
}

/** Pairs blocks with what is planned: in order, or as the elements of a set. */
function compareBlocks(
  blocks: readonly ExpandedBlock[],
  planned: readonly Json[],
  unknown: Mask,
  at: string,
  comparison: Comparison,
): void {
  const pairs = new Map<ExpandedBlock, number>();
  const free = new Set(planned.keys());
  const attempt = (block: ExpandedBlock, index: number): Comparison => {
    const result: Comparison = { equal: 0, unknownInPlan: 0, open: [], different: [] };
    compareBlock(block, planned[index] ?? null, maskBelow(unknown, index), `${at}[${index}]`, result);
    return result;
  };
  const choose = (isGood: (result: Comparison) => boolean) => {
    for (const [position, block] of blocks.entries()) {
      if (pairs.has(block)) continue;
      const order = [...free].sort((one, other) => Number(other === position) - Number(one === position));
      const index = order.find((one) => isGood(attempt(block, one)));
      if (index === undefined) continue;
      pairs.set(block, index);
      free.delete(index);
    }
  };
  choose((result) => result.different.length === 0 && result.open.length === 0);
  choose((result) => result.different.length === 0);
  choose(() => true);
  for (const [block, index] of pairs) {
    const result = attempt(block, index);
    comparison.equal += result.equal;
    comparison.unknownInPlan += result.unknownInPlan;
    comparison.open.push(...result.open);
    comparison.different.push(...result.different);
  }
  const missing = blocks.filter((block) => !pairs.has(block) && block.presence === "always").length;
  if (missing > 0 || free.size > 0)
    comparison.different.push({ at: `${at} (blocks)`, evaluated: blocks.length, planned: planned.length });
}

function compareValue(
  value: Value | undefined,
  json: Json | undefined,
  unknown: Mask,
  at: string,
  comparison: Comparison,
): void {
  if (holdsUnknown(unknown)) {
    comparison.unknownInPlan++;
    return;
  }
  if (!value || (json === undefined && value.kind !== "null")) return;
  if (agrees(value, json ?? null)) {
    comparison.equal++;
    return;
  }
  if (!isWhollyKnown(value)) {
    comparison.open.push({ at, cause: value.kind === "unknown" ? value.cause : value.kind });
    return;
  }
  comparison.different.push({ at, evaluated: jsonOf(value), planned: json });
}

export function holdsUnknown(mask: Mask): boolean {
  if (typeof mask === "boolean") return mask;
  return Object.values(mask).some((one) => holdsUnknown(one as Mask));
}

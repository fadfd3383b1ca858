// The rules of a listener: which requests they match, and what a rule for every request leaves to those after it: nothing.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html

import { isShown, type Value, valueText } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, joinText, nameText } from "../../text.ts";
import { linkedBy } from "../users.ts";

export const listenerTargets = { aws_lb_listener: ["arn", "id"], aws_alb_listener: ["arn", "id"] };

const conditionsOf = (rule: Resource): readonly Block[] => rule.blocks("condition", { set: true });

type ConditionKind = "path_pattern" | "host_header";

/** What holds the values of a kind of condition; before version 3 of the provider they have no block of their own. */
const holderOf = (condition: Block, kind: ConditionKind): Block =>
  condition.planned("field") === kind.replace("_", "-") ? condition : condition.block(kind);

const valuesIn = (condition: Block, kind: ConditionKind): readonly Value[] =>
  holderOf(condition, kind).elements("values");

/** The hosts that a rule asks for, and where they are written. */
export const hostHeaders = (rule: Resource): { readonly block: Block; readonly values: readonly Value[] }[] =>
  conditionsOf(rule).map((condition) => ({
    block: holderOf(condition, "host_header"),
    values: valuesIn(condition, "host_header"),
  }));

/** The path patterns of a rule, or its address. */
export function pathOf(rule: Resource): DisplayText {
  const shown = conditionsOf(rule)
    .flatMap((condition) => valuesIn(condition, "path_pattern"))
    .flatMap((one) => valueText(one, []));
  return shown.length > 0 ? joinText(shown, ", ") : nameText(rule.address);
}

/** Any value of a condition is enough: "*" stands for any characters, in paths and in hosts. */
const matchesAll = (condition: Block): boolean =>
  condition.presence === "present" &&
  (valuesIn(condition, "path_pattern").some((one) => isShown(one) && /^\/?\*+$/.test(String(one.value))) ||
    valuesIn(condition, "host_header").some((one) => isShown(one) && /^\*+$/.test(String(one.value))));

const isCatchAll = (rule: Resource): boolean =>
  conditionsOf(rule).every(matchesAll) && linkedBy(rule, "listener_arn", listenerTargets).length === 1;

/** Lowest first; a rule without one gets the next after all there are. */
function priorityOf(rule: Resource): number {
  const priority = rule.value("priority");
  return isShown(priority) ? Number(priority.value) : Number.NaN;
}

/** The first rule of a listener that takes every request. */
export function catchAllOf(rules: readonly Resource[]): Resource | undefined {
  const all = rules.filter(isCatchAll).map((rule) => ({ rule, priority: priorityOf(rule) }));
  const known = all.filter(({ priority }) => !Number.isNaN(priority));
  return (known.sort((one, other) => one.priority - other.priority)[0] ?? all[0])?.rule;
}

/** Whether requests never come to a listener's default action, or to a rule. */
export const isHidden = (holder: Resource, catchAll: Resource | undefined): boolean =>
  catchAll !== undefined &&
  holder !== catchAll &&
  (!holder.type.endsWith("_rule") || priorityOf(holder) > priorityOf(catchAll));

// azurerm_cdn_frontdoor_rule, azurerm_cdn_frontdoor_batch_rule_set → the rules of a route's rule sets, in their order.
// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_frontdoor_rule

import { because, type Cause } from "../../cause.ts";
import { agreed, type Fact, unknown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import type { Rule } from "./cdn-rules.ts";
import { linked, linkedTo, ruleSets } from "./front-door-links.ts";

/** A rule, and where a request goes by it instead of to the route's own origins. */
export interface RouteRule extends Rule {
  readonly override?: Block | undefined;
}

interface Member {
  readonly rule: Resource;
  readonly doubt: Cause | undefined;
}

const members = new WeakMap<View, Map<Resource, Member[]>>();

/** The rules of a rule set, whose own resources name it. */
function membersOf(ruleSet: Resource): readonly Member[] {
  const { view } = ruleSet.scope;
  let bySet = members.get(view);
  if (!bySet) {
    bySet = new Map();
    for (const rule of view.resources("azurerm_cdn_frontdoor_rule")) {
      const sets = linkedTo(rule, "cdn_frontdoor_rule_set_id", ruleSets);
      const doubt =
        sets.length > 1 ? because`the plan does not tell which rule set ${nameText(rule.address)} is in` : undefined;
      for (const set of sets) bySet.set(set, [...(bySet.get(set) ?? []), { rule, doubt }]);
    }
    members.set(view, bySet);
  }
  return bySet.get(ruleSet) ?? [];
}

interface Rules {
  readonly sets: readonly (readonly RouteRule[])[];
  /** Why there may be more. */
  readonly open: Cause | undefined;
}

/** The rules of the rule sets that a route names. */
export const rulesOf = oncePer(readRules);

function readRules(route: Resource): Rules {
  const { resources, vague, open } = linked(route, "cdn_frontdoor_rule_set_ids", ruleSets);
  const lookedUp = resources.find(({ mode }) => mode === "data");
  const sets = resources.map((ruleSet) => {
    const unclear = vague.includes(ruleSet) ? because`the plan does not tell which rule sets the route has` : undefined;
    return rulesIn(ruleSet).map((rule) => (unclear ? { ...rule, doubt: unclear } : rule));
  });
  return { sets, open: open ?? (lookedUp && because`a plan does not show all rules of ${nameText(lookedUp.address)}`) };
}

/**
 * What the rules of a route come to. Front Door goes through its rule sets in their order, which a plan does not show, as
 * the provider has a set of them: whatever follows from the order is open.
 */
export function inAnyOrder<T>(route: Resource, judged: (rules: readonly RouteRule[]) => Fact<T>): Fact<T> {
  const { sets } = rulesOf(route);
  const orders = [sets, sets.toReversed()].flatMap((order) =>
    order.map((_, first) => [...order.slice(first), ...order.slice(0, first)].flat()),
  );
  const first = judged(sets.flat());
  if (sets.length < 2) return first;
  const cause = because`the route's rule sets contradict each other, and a plan does not show which of them comes first`;
  const verdict = agreed(orders.map(judged), cause);
  return verdict.state === "unknown" ? { ...unknown(verdict.cause, verdict.kind), place: first.place } : first;
}

function rulesIn(ruleSet: Resource): RouteRule[] {
  if (ruleSet.type.includes("batch"))
    return ruleSet
      .blocks("rule")
      .toSorted(byOrder)
      .map((one) => ruleOf(one));
  const sorted = membersOf(ruleSet).toSorted((one, other) => byOrder(one.rule, other.rule));
  return sorted.map(({ rule, doubt }) => ruleOf(rule, doubt));
}

const byOrder = (one: Block, other: Block): number => orderOf(one) - orderOf(other);

/** A lesser order comes first; what is not known yet comes last. */
function orderOf(rule: Block): number {
  const order = rule.planned("order");
  return typeof order === "number" ? order : Number.MAX_SAFE_INTEGER;
}

function ruleOf(rule: Block, doubt?: Cause): RouteRule {
  const actions = rule.block("actions");
  const newHeaders = actions.blocks("modify_response_header");
  const oldHeaders = actions.blocks("response_header_action");
  const redirect = [...actions.blocks("url_redirect"), ...actions.blocks("url_redirect_action")][0];
  const behaviour = rule.value("behaviour_on_match");
  return {
    name: nameText(rule.resource.address),
    address: rule.resource.address,
    conditions: rule.block("conditions"),
    headers: [
      ...newHeaders.map((block) => ({ block, name: "header_name", action: "operator", value: "header_value" })),
      ...oldHeaders.map((block) => ({ block, name: "header_name", action: "header_action", value: "value" })),
    ],
    redirect: redirect && { block: redirect, attribute: "redirect_protocol" },
    onMatch: behaviour.state === "absent" ? rule.value("behavior_on_match") : behaviour,
    override: [
      ...actions.blocks("route_configuration_override").flatMap((one) => one.blocks("origin_group")),
      ...actions.blocks("route_configuration_override_action"),
    ][0],
    doubt,
  };
}

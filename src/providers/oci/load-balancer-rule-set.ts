// The rule sets of a listener → what plain HTTP gets, and the Strict-Transport-Security header that they add.
// https://docs.oracle.com/iaas/Content/Balance/Tasks/managingrulesets.htm

import { because } from "../../cause.ts";
import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import { directives } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Unknown } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { pathOperators, redirectProtocols } from "./load-balancer-values.ts";
import { ofSameBalancer } from "./same-balancer.ts";

/** The rules of a listener, or why the plan does not tell them. */
type Rules = readonly Block[] | Unknown;

function rulesOf(listener: Resource): Rules {
  if (listener.value("rule_set_names").state === "absent") return [];
  const sets = ruleSetsOf(listener);
  if (!sets) return unknown(because`its rule sets are defined outside this plan, or it does not tell which they are`);
  const rules = sets.flatMap((set) => set.blocks("items"));
  const open = rules.map((rule) => rule.value("action")).find((action) => action.state === "unknown");
  return open?.state === "unknown" ? open : rules;
}

/** One for each name, of the listener's load balancer: others can have rule sets of the same name. */
function ruleSetsOf(listener: Resource): readonly Resource[] | undefined {
  const type = "oci_load_balancer_rule_set";
  const found = listener.elements("rule_set_names").map((name) => {
    const { view } = listener.scope;
    return isShown(name) ? ofSameBalancer(listener, view.identified(type, "name", name.value)) : [];
  });
  return found.every(({ length }) => length === 1) ? found.flat() : undefined;
}

const isAction = (rule: Block, ...actions: readonly string[]): boolean => {
  const value = rule.value("action");
  return isShown(value) && actions.includes(String(value.value));
};

/** Plain HTTP is served, but where a rule redirects every path to HTTPS, and none redirects a path elsewhere. */
export function plainHttpOf(listener: Resource): PlainHttp {
  const stand = standAt(listener, "rule_set_names");
  const rules = rulesOf(listener);
  if ("state" in rules) return { ...rules, ...stand };
  const redirects = rules.filter((rule) => isAction(rule, "REDIRECT"));
  if (!redirects.some(takesAll)) {
    return { ...known("served"), ...stand, note: text`no rule set redirects every path to HTTPS` };
  }
  const treatments = redirects.map(redirectOf);
  const served = treatments.find((one) => isShown(one) && one.value === "served");
  return served ?? treatments.find((one) => !isShown(one)) ?? (treatments[0] as PlainHttp);
}

const redirectOf = (rule: Block): PlainHttp =>
  fact(rule.block("redirect_uri"), "protocol", {
    read: (value) => lookUp(redirectProtocols, value),
    absent: "served",
    remedy: "HTTPS",
  });

function takesAll(rule: Block): boolean {
  const [condition, another] = rule.blocks("conditions");
  if (!condition || another) return !condition;
  const [path, operator] = [condition.value("attribute_value"), condition.value("operator")];
  return isShown(path) && path.value === "/" && isShown(operator) && lookUp(pathOperators, operator.value) === true;
}

/** What a rule set adds; nothing where none does, as the backend may. */
export function hstsOf(listener: Resource): Hsts | undefined {
  const found = headerOf(listener);
  return found && directives(found);
}

function headerOf(listener: Resource): Fact<HstsDirectives> | undefined {
  const rules = rulesOf(listener);
  const stand = standAt(listener, "rule_set_names");
  if ("state" in rules) return { ...rules, ...stand };
  const about = rules.filter((rule) => isAction(rule, ...headerActions) && isHsts(rule.value("header")));
  const [added, another] = about;
  if (!added) return undefined;
  // Oracle does not say which of them comes first.
  if (another || !isAction(added, adds)) {
    const cause = because`a rule set changes or removes the header, or more than one rule is about it`;
    return { ...unknown(cause), ...stand };
  }
  return fact(added, "value", {
    read: (value) => (typeof value === "string" ? parseHsts(value) : undefined),
    absent: parseHsts(""),
    remedy: "max-age=31536000; includeSubDomains",
  });
}

const adds = "ADD_HTTP_RESPONSE_HEADER";
const headerActions = [adds, "EXTEND_HTTP_RESPONSE_HEADER_VALUE", "REMOVE_HTTP_RESPONSE_HEADER"];

/** A header whose name is not known may be this one. */
const isHsts = (name: ReturnType<Block["value"]>): boolean =>
  isShown(name) ? String(name.value).toLowerCase() === "strict-transport-security" : name.state === "unknown";

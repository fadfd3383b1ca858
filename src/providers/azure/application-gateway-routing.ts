// What an application gateway does with the requests of a listener, by its rules and path maps: plain HTTP, HSTS.
// https://learn.microsoft.com/azure/application-gateway/configuration-request-routing-rules

import { because, type Cause, notSet } from "../../cause.ts";
import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import { fact, isShown, known, lookUp, standAt, unknown, valueText } from "../../facts/fact.ts";
import { everything } from "../../facts/service.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Unknown } from "../../plan/value.ts";
import { type DisplayText, joinText, nameText, text } from "../../text.ts";
import { listenerProtocols } from "./application-gateway-values.ts";
import { hstsBy, type Rule } from "./cdn-rules.ts";

/** A block of a gateway that another one names. */
export type Named = { readonly state: "absent" } | { readonly state: "found"; readonly block: Block } | Unknown;

export function named(holder: Block, attribute: string, type: string, set = true): Named {
  const name = holder.value(attribute);
  if (!isShown(name)) return name;
  const block = holder.resource.blocks(type, { set }).find((one) => isSame(one.planned("name"), name.value));
  return block ? { state: "found", block } : unknown(because`the plan shows no ${nameText(type)} of that name`);
}

/** The provider makes IDs of the names, and Azure takes IDs in any case. */
const isSame = (one: unknown, other: unknown): boolean => String(one).toLowerCase() === String(other).toLowerCase();

/** Requests of a rule that go one way, and the attributes that say which. */
export interface Branch {
  readonly path: DisplayText;
  readonly block: Block;
  readonly redirect: string;
  readonly rewrite: string;
  readonly settings: string;
  readonly pool: string;
  /** Why the plan does not tell what becomes of them. */
  readonly open?: Cause | undefined;
}

const attributes = (prefix = "") => ({
  redirect: `${prefix}redirect_configuration_name`,
  rewrite: `${prefix}rewrite_rule_set_name`,
  settings: `${prefix}backend_http_settings_name`,
  pool: `${prefix}backend_address_pool_name`,
});

/** The rules of a listener, or that may be its. */
export function branchesOf(listener: Block): Branch[] {
  const http = listener.resource.blocks("request_routing_rule", { set: true });
  const streams = listener.resource.blocks("routing_rule", { set: true });
  return [
    ...rulesFor(listener, http, "http_listener_name").flatMap(({ rule, open }) =>
      branchesIn(rule).map((branch) => (open ? { ...branch, open } : branch)),
    ),
    ...rulesFor(listener, streams, "listener_name").map(({ rule, open }) => {
      return { path: everything, block: rule, ...attributes(), settings: "backend_name", open };
    }),
  ];
}

interface Meant {
  readonly rule: Block;
  readonly open: Cause | undefined;
}

function rulesFor(listener: Block, rules: readonly Block[], attribute: string): Meant[] {
  const name = listener.planned("name");
  return rules.flatMap((rule): Meant[] => {
    const target = rule.planned(attribute);
    if (target === undefined || name === undefined) {
      return [{ rule, open: because`the plan does not tell which listener the rule is for` }];
    }
    return isSame(target, name) ? [{ rule, open: undefined }] : [];
  });
}

function branchesIn(rule: Block): Branch[] {
  const map = named(rule, "url_path_map_name", "url_path_map", false);
  if (map.state === "absent") return [{ path: everything, block: rule, ...attributes() }];
  if (map.state === "unknown") return [{ path: everything, block: rule, ...attributes(), open: map.cause }];
  const paths = map.block.blocks("path_rule").map((block) => ({ path: pathsOf(block), block, ...attributes() }));
  return [...paths, { path: everything, block: map.block, ...attributes("default_") }];
}

function pathsOf(rule: Block): DisplayText {
  const shown = rule.elements("paths").flatMap((one) => valueText(one, []));
  return shown.length > 0 ? joinText(shown, ", ") : nameText(rule.at);
}

/** "*" of the listener "http": several listeners have the same paths. */
export const pathOf = ({ path }: Branch, listener: Block): DisplayText => {
  const name = valueText(listener.value("name"), undefined);
  return text`${path} of ${name === undefined ? nameText(listener.at) : text`the listener ${name}`}`;
};

/** What a listener of plain HTTP does. */
export function plainHttpOf({ block, redirect, open }: Branch): PlainHttp {
  const stand = standAt(block, redirect);
  if (open) return { ...unknown(open), ...stand };
  const target = named(block, redirect, "redirect_configuration");
  if (target.state === "absent") return { ...known("served"), ...stand, note: text`it is not redirected` };
  if (target.state === "unknown") return { ...unknown(target.cause), ...stand };
  return redirected(target.block);
}

function redirected(configuration: Block): PlainHttp {
  const listener = named(configuration, "target_listener_name", "http_listener");
  const stand = standAt(configuration, "target_listener_name");
  if (listener.state === "unknown") return { ...unknown(listener.cause), ...stand };
  if (listener.state === "found") {
    const protocol = fact(listener.block, "protocol", {
      read: (value) => lookUp(listenerProtocols, value),
      suggests: suggestProtocol,
      absent: { unknown: notSet("the protocol of the listener") },
    });
    if (!isShown(protocol)) return protocol;
    if (protocol.value === "https") return { ...known("redirected"), ...stand };
    return { ...known("served"), ...stand, note: text`it redirects to a listener of plain HTTP` };
  }
  return fact(configuration, "target_url", {
    read: (value) => (typeof value === "string" ? (/^https:\/\//i.test(value) ? "redirected" : "served") : undefined),
    absent: { unknown: because`the redirect has neither target_listener_name nor target_url` },
  });
}

/**
 * The header that a rewrite rule set gives the answers of a listener of HTTPS; what is redirected cannot be rewritten
 * (https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url).
 */
export function hstsOf({ block, redirect, rewrite, open }: Branch): Hsts {
  const stand = standAt(block, rewrite);
  if (open) return hstsBy([], stand, open, text``);
  if (block.value(redirect).state !== "absent")
    return hstsBy([], stand, undefined, text`a redirect carries no header of a rewrite`);
  const set = named(block, rewrite, "rewrite_rule_set", false);
  if (set.state === "absent") return hstsBy([], stand, undefined, text`it has no rewrite rule set`);
  if (set.state === "unknown") return hstsBy([], stand, set.cause, text``);
  const rules = set.block.blocks("rewrite_rule").map((rule) => ({ rule, order: orderOf(rule) }));
  const sorted = rules.toSorted((one, other) => one.order - other.order).map(({ rule }) => ruleOf(rule));
  return hstsBy(sorted, stand, undefined, text`no rule of its rewrite rule set sets the header`);
}

function orderOf(rule: Block): number {
  const order = rule.planned("rule_sequence");
  return typeof order === "number" ? order : Number.MAX_SAFE_INTEGER;
}

function ruleOf(rule: Block): Rule {
  const name = valueText(rule.value("name"), undefined);
  return {
    name: name === undefined ? nameText(rule.at) : text`the rewrite rule ${name}`,
    address: rule.resource.address,
    // A pattern over a variable says for which requests: none of them is worked out.
    conditions: rule.blocks("condition")[0],
    headers: rule
      .blocks("response_header_configuration")
      .map((block) => ({ block, name: "header_name", action: undefined, value: "header_value" })),
    onMatch: { state: "absent" },
  };
}

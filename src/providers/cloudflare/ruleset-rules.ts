// The rules of a cloudflare_ruleset → what they do to a request: redirect it, set a header, choose the encryption mode.
// https://developers.cloudflare.com/ruleset-engine/rules-language/

import { because, notSet } from "../../cause.ts";
import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import {
  both,
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  lookUp,
  mapped,
  replaced,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { directives } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Unknown } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { type Hop, hopIn } from "./next-hop.ts";

/** A rule, as far as it is about HTTPS. */
export interface Rule {
  /** Its expression. */
  readonly path: DisplayText;
  /** Which requests it takes of those that it is about: all, or some; nothing for rules that do not look at the protocol. */
  readonly reach?: "all" | "some" | undefined;
  readonly plainHttp?: PlainHttp | undefined;
  readonly hsts?: Hsts | undefined;
  readonly hop?: Hop | undefined;
}

export const rulesOf = (ruleset: Resource): Rule[] =>
  ruleset.blocks("rules", { computed: true }).flatMap((rule) => {
    const enabled = rule.flag("enabled");
    if (isShown(enabled) && enabled.value === false) return [];
    const made = ruleOf(rule, phaseOf(ruleset));
    return [enabled.state === "unknown" ? doubted(made, enabled) : made];
  });

function ruleOf(rule: Block, phase: unknown): Rule {
  const expression = rule.value("expression");
  const filter = isShown(expression) ? String(expression.value) : undefined;
  const path = valueText(expression, nameText(rule.at));
  const parameters = rule.block("action_parameters");
  switch (phase) {
    case "http_request_dynamic_redirect":
      return { path, reach: reachOf(filter), plainHttp: redirectIn(parameters, filter) };
    case "http_response_headers_transform":
      return { path, reach: isEverything(filter) ? "all" : "some", hsts: headerIn(parameters) };
    case "http_config_settings":
      return { path, hop: hopIn(parameters, "ssl") };
    default:
      return { path };
  }
}

/** A rule that may be switched off. */
export function doubted({ path, reach, plainHttp, hsts, hop }: Rule, whether: Unknown): Rule {
  const open = (one: Fact) => replaced<never>(one, whether);
  return {
    path,
    reach,
    plainHttp: plainHttp && open(plainHttp),
    hsts: hsts && {
      maxAge: open(hsts.maxAge),
      includeSubDomains: open(hsts.includeSubDomains),
      preload: open(hsts.preload),
    },
    hop: hop && { protocol: open(hop.protocol) },
  };
}

function phaseOf(ruleset: Resource): unknown {
  const phase = ruleset.value("phase");
  return isShown(phase) ? phase.value : undefined;
}

/** Without the spaces and the parentheses around all of it. */
function bare(expression: string): string {
  const text = expression.trim().replace(/\s+/g, " ");
  const inner = /^\(([^()]*)\)$/.exec(text)?.[1];
  return inner === undefined ? text : bare(inner);
}

const plainRequests =
  /^(not ssl|!ssl|ssl (eq|==) false|http\.request\.scheme (eq|==) "http"|http\.request\.full_uri (strict )?wildcard r?"http:\/\/\*")$/;

const isEverything = (expression: string | undefined): boolean =>
  expression !== undefined && /^(true|ssl)$/.test(bare(expression));

/** Of the plain HTTP requests. */
function reachOf(expression: string | undefined): Rule["reach"] {
  if (expression === undefined) return "some";
  const text = bare(expression);
  if (text === "true" || plainRequests.test(text)) return "all";
  return isAboutPlainHttp(text) ? "some" : undefined;
}

const isAboutPlainHttp = (expression: string): boolean =>
  /(not |!) ?ssl|scheme (eq|==) "http"|ssl (eq|==) false|"http:\/\//.test(expression);

const isAboutHttpsAlone = (expression: string | undefined): boolean =>
  expression !== undefined &&
  /\bssl\b|scheme (eq|==) "https"|"https:\/\//.test(expression) &&
  !isAboutPlainHttp(expression);

/** A redirect to another scheme; nothing for one that keeps the scheme, or whose target the plan does not show. */
function redirectIn(parameters: Block, expression: string | undefined): PlainHttp | undefined {
  const target = parameters.block("from_value").block("target_url");
  const attribute = target.value("expression").state === "absent" ? "value" : "expression";
  const value = target.value(attribute);
  if (value.state === "absent") return undefined;
  const stand = standAt(target, attribute);
  const scheme = isShown(value) ? schemeOf(String(value.value)) : undefined;
  if (!isShown(value) || scheme === "unclear") {
    if (expression === undefined || reachOf(expression) === undefined || bare(expression) === "true") return undefined;
    const cause = isShown(value) ? because`tlsgate does not evaluate the expression of its target` : causeOf(value);
    return { ...unknown(cause), ...stand };
  }
  if (scheme === "http") return { ...value, value: "served", ...stand, note: text`it redirects to plain HTTP` };
  return scheme === "https" && !isAboutHttpsAlone(expression) ? { ...value, value: "redirected", ...stand } : undefined;
}

/** The scheme of a URL, or of what an expression makes: concat("https://", …), wildcard_replace(…, …, r"https://…"). */
function schemeOf(target: string): "http" | "https" | "same" | "unclear" {
  const text = target.trim();
  const made = /^(?:concat\(\s*|(?:wildcard|regex)_replace\([^,]+,\s*r?"[^"]*",\s*)r?"([^"]*)"/.exec(text)?.[1];
  if (made === undefined && /^[a-z_.]+\s*\(|^http\.request/.test(text)) return "unclear";
  const [, scheme] = /^(https?):\/\//i.exec(made ?? text) ?? [];
  if (scheme) return scheme.toLowerCase() === "https" ? "https" : "http";
  return (made ?? text).startsWith("/") ? "same" : "unclear";
}

/** A header as a block (provider 4), or under its name in a map (provider 5). */
function headerIn(parameters: Block): Hsts | undefined {
  const headers = parameters.blocks("headers");
  const open = headers.find((one) => one.presence === "unknown" || one.value("name").state === "unknown");
  if (open) return hstsIn(open);
  const listed = headers.find((one) => isHsts(one.value("name")));
  if (listed) return hstsIn(listed);
  const name = parameters.keys("headers")?.find(isName);
  return name === undefined ? undefined : headers[0] && hstsIn(headers[0].block(name));
}

const isName = (name: string): boolean => name.toLowerCase() === "strict-transport-security";

const isHsts = (name: ReturnType<Block["value"]>): boolean => isShown(name) && isName(String(name.value));

function hstsIn(header: Block): Hsts {
  const operation = fact<"set" | "remove">(header, "operation", {
    read: (value) => lookUp(operations, value),
    absent: { unknown: notSet("operation") },
  });
  const stand = standAt(header, "value", "max-age=31536000; includeSubDomains");
  const value = header.value("value");
  const written: Decided<string> = isShown(value)
    ? { ...value, value: String(value.value) }
    : value.state === "unknown"
      ? value
      : unknown(because`tlsgate does not evaluate the expression that makes the header`);
  const isRemoved = isShown(operation) && operation.value === "remove";
  const whole: Fact<string> = isRemoved
    ? { ...mapped(operation, () => ""), note: text`the rule removes the header` }
    : mapped(both({ ...written, ...stand }, operation), ([one]) => one);
  return directives(mapped(whole, parseHsts));
}

const operations = { set: "set", add: "set", remove: "remove" } as const;

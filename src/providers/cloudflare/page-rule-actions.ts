// The actions of a cloudflare_page_rule → what they do to a request: redirect it, choose the encryption mode.
// https://developers.cloudflare.com/rules/page-rules/reference/settings/

import { because, notSet } from "../../cause.ts";
import type { PlainHttp } from "../../facts/endpoint.ts";
import { causeOf, fact, isShown, lookUp, standAt, unknown, valueText } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { hopIn } from "./next-hop.ts";
import { doubted, type Rule } from "./ruleset-rules.ts";

/** What a page rule does; nothing where it is disabled. `domain`: of its zone, where the plan shows it. */
export function pageRulesOf(rule: Resource, domain?: string): Rule[] {
  const status = rule.value("status");
  if (isShown(status) && String(status.value).toLowerCase() === "disabled") return [];
  const target = rule.value("target");
  const pattern = isShown(target) ? String(target.value) : undefined;
  const path = valueText(target, text`target`);
  const actions = rule.block("actions");
  const reach = domain && pattern && isWhole(pattern, domain) ? "all" : "some";
  const made = { path, reach, plainHttp: plainHttpIn(actions, pattern), hop: hopIn(actions, "ssl") } as const;
  return [status.state === "unknown" ? doubted(made, status) : made];
}

/**
 * Whether a page rule may be in the place of another: "Only the highest priority matching page rule takes effect on a
 * request" (https://developers.cloudflare.com/rules/page-rules/)
 */
export function mayPrecede(rule: Resource, other: Resource): boolean {
  const [own, others] = [rule, other].map((one) => one.value("priority"));
  // "A higher number indicates a higher priority"
  return !(own && others && isShown(own) && isShown(others) && Number(own.value) < Number(others.value));
}

/** Whether a page rule may take plain HTTP requests, and not redirect them. */
export function mayServe(rule: Resource): boolean {
  const target = rule.value("target");
  if (isShown(target) && /^https:/i.test(String(target.value))) return false;
  return pageRulesOf(rule).some(({ plainHttp }) => !plainHttp || !isShown(plainHttp) || plainHttp.value === "served");
}

/** Whether a pattern takes all plain HTTP requests of a zone: http://*example.com/* */
const isWhole = (pattern: string, domain: string): boolean =>
  [`http://*${domain}/*`, `*${domain}/*`].includes(pattern.toLowerCase());

function plainHttpIn(actions: Block, pattern: string | undefined): PlainHttp | undefined {
  const forced = actions.flag("always_use_https");
  // Provider 4 writes false where nothing is set.
  if (forced.state === "unknown" || (isShown(forced) && forced.value !== false)) {
    return fact<"redirected">(actions, "always_use_https", {
      read: (value) => (value === true ? "redirected" : undefined),
      absent: { unknown: notSet("always_use_https") },
      remedy: true,
    });
  }
  const forwarding = actions.block("forwarding_url");
  if (forwarding.presence === "absent") return undefined;
  const url = forwarding.value("url");
  const isForHttps = pattern?.toLowerCase().startsWith("https://") ?? false;
  const stand = standAt(forwarding, "url");
  if (!isShown(url)) return isForHttps ? undefined : { ...unknown(causeOf(url)), ...stand };
  const [, scheme] = /^(https?):\/\//i.exec(String(url.value)) ?? [];
  const treatment = lookUp({ http: "served", https: "redirected" } as const, scheme?.toLowerCase());
  if (treatment === "served") return { ...url, value: treatment, ...stand, note: text`it forwards to plain HTTP` };
  if (isForHttps) return undefined;
  return treatment
    ? { ...url, value: treatment, ...stand }
    : { ...unknown(because`the plan does not tell the scheme that it forwards to`), ...stand };
}

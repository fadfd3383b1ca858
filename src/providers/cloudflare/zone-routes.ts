// What a zone does with plain HTTP, and the Strict-Transport-Security header that it sends: settings, and rules for all requests.
// https://developers.cloudflare.com/ssl/edge-certificates/additional-options/http-strict-transport-security/

import { because, type Cause, notSet } from "../../cause.ts";
import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import {
  both,
  type Fact,
  fact,
  isShown,
  lookUp,
  mapped,
  replaced,
  restated,
  standAt,
  unknown,
} from "../../facts/fact.ts";
import { oneYear } from "../../facts/hsts.ts";
import { directives } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { mayPrecede, mayServe, pageRulesOf } from "./page-rule-actions.ts";
import { type Rule, rulesOf } from "./ruleset-rules.ts";
import { defaultOf, readSetting, type Setting, settingsOf } from "./zone-settings.ts";
import { alwaysUseHttps, suggestSwitch } from "./zone-values.ts";
import { domainOf, type Zone } from "./zones.ts";

/** Each of what is written for the zone; a request is redirected if a setting or a rule does it. */
export function plainHttpOf(zone: Zone): PlainHttp[] {
  const written = settingsOf(zone, "always_use_https").map((setting) =>
    readSetting(setting, { read: (value) => lookUp(alwaysUseHttps, value), remedy: "on", suggests: suggestSwitch }),
  );
  // Off: https://developers.cloudflare.com/api/resources/zones/subresources/settings/ (always_use_https)
  const treatment = written.length > 0 ? written : defaultOf<"served">(zone, "always_use_https", "served", "on");
  return [...withoutTls(zone), ...treatment.map((one) => (isServed(one) ? (redirectOf(zone, one) ?? one) : one))];
}

const isServed = (fact: PlainHttp): boolean => isShown(fact) && fact.value === "served";

/** Encryption mode "off" sends HTTPS requests back to plain HTTP (https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/off/). */
const withoutTls = (zone: Zone): PlainHttp[] =>
  settingsOf(zone, "ssl").flatMap((setting): PlainHttp[] => {
    const mode = readSetting(setting, { read: (value) => (value === "off" ? ("served" as const) : undefined) });
    const note = text`encryption mode off sends HTTPS requests back to plain HTTP`;
    return isShown(mode) ? [{ ...mode, ...standAt(setting.block, setting.attribute, "strict"), note }] : [];
  });

/** A rule that redirects what the setting does not. */
function redirectOf(zone: Zone, served: PlainHttp): PlainHttp | undefined {
  const rules = rulesFor(zone).filter(({ plainHttp }) => plainHttp && !isServed(plainHttp));
  const whole = rules.find(({ plainHttp, reach }) => reach === "all" && plainHttp && isShown(plainHttp));
  if (whole?.plainHttp) return whole.plainHttp;
  const part = rules.find(({ reach }) => reach);
  if (!part?.plainHttp) return undefined;
  const cause = because`${nameText(part.plainHttp.place.address)} redirects some requests to HTTPS, and the plan does not tell whether all`;
  return replaced(served, unknown(cause));
}

/** The rules of a zone: each of its settings may ask for them. */
const rulesFor = oncePer(readRules);

/** A page rule that another may precede reaches some requests at most, and so do those that may be another zone's. */
function readRules(zone: Zone): Rule[] {
  const domain = domainOf(zone)?.value;
  const pageRules = [...zone.members, ...zone.doubtful].filter(({ type }) => type === "cloudflare_page_rule");
  const serving = pageRules.filter(mayServe);
  const isPreceded = (rule: Resource) => serving.some((other) => other !== rule && mayPrecede(other, rule));
  const partly = (rule: Rule): Rule => ({ ...rule, reach: rule.reach && "some" });
  const rulesIn = (resource: Resource): Rule[] =>
    resource.type === "cloudflare_ruleset"
      ? rulesOf(resource)
      : resource.type === "cloudflare_page_rule"
        ? pageRulesOf(resource, domain).map(isPreceded(resource) ? partly : (rule) => rule)
        : [];
  return [...zone.members.flatMap(rulesIn), ...zone.doubtful.flatMap(rulesIn).map(partly)];
}

/** Each header that is written for the zone. */
export function hstsOf(zone: Zone): Hsts[] {
  const written = settingsOf(zone, "security_header").map((setting) => hstsIn(setting, zone));
  if (written.length > 0) return written;
  // Disabled: https://developers.cloudflare.com/api/resources/zones/subresources/settings/ (security_header)
  return defaultOf(zone, "security_header", 0).map((maxAge) => {
    const off = mapped(maxAge, () => false);
    return headerByRule(zone, maxAge) ?? { maxAge, includeSubDomains: off, preload: off };
  });
}

/** A rule that sets the header where the setting does not. */
function headerByRule(zone: Zone, none: Fact<number>): Hsts | undefined {
  const rules = rulesFor(zone).filter(({ hsts }) => hsts && (!isShown(hsts.maxAge) || hsts.maxAge.value > 0));
  const whole = rules.find(({ reach }) => reach === "all");
  if (whole?.hsts) return whole.hsts;
  const [part] = rules;
  if (!part?.hsts) return undefined;
  const cause = because`${nameText(part.hsts.maxAge.place.address)} sets the header on some answers, and the plan does not tell whether on all`;
  return directives(replaced<never>(none, unknown(cause)));
}

function hstsIn({ block, attribute, misspelt, kept }: Setting, zone: Zone): Hsts {
  if (kept) return directives({ ...unknown(kept), ...standAt(block, attribute) });
  const header =
    attribute === "value" ? block.block("value").block("strict_transport_security") : block.block(attribute);
  const whole = block.whole(attribute);
  const isBare = isShown(whole) && (typeof whole.value !== "object" || Array.isArray(whole.value));
  if (misspelt || header.presence === "absent" || (attribute === "value" && isBare)) {
    const cause = because`there is no strict_transport_security around its values`;
    const open: Fact<never> = misspelt ?? { ...unknown(cause), ...standAt(block, attribute) };
    return directives(open);
  }
  const enabled = switchOf(header, "enabled", { unknown: notSet("enabled") });
  const seconds = fact<number>(header, "max_age", {
    read: (value) => (typeof value === "number" && value >= 0 ? value : undefined),
    absent: { unknown: notSet("max_age") },
    remedy: oneYear,
  });
  const isOff = isShown(enabled) && !enabled.value;
  const byRule = isOff ? headerByRule(zone, restated(enabled, 0)) : undefined;
  if (byRule) return byRule;
  return {
    maxAge: isOff ? restated(enabled, 0) : mapped(both(seconds, enabled), ([age]) => age),
    includeSubDomains: switchOf(header, "include_subdomains", false),
    preload: switchOf(header, "preload", false),
  };
}

const switchOf = (header: Block, attribute: string, absent: false | { readonly unknown: Cause }): Fact<boolean> =>
  fact<boolean>(header, attribute, {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent,
    remedy: true,
  });

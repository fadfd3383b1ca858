// What the rules of Front Door or a classic CDN do with a request, one after the other: redirect it, and set HSTS.
// https://learn.microsoft.com/azure/frontdoor/front-door-rules-engine

import { because, type Cause, notSet } from "../../cause.ts";
import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Decided,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  type Remedy,
  type Stand,
  standAt,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { eachDirective } from "../../facts/service.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import { type DisplayText, text } from "../../text.ts";
import { type Match, matchOf } from "./cdn-conditions.ts";
import { headerActions, redirectProtocols } from "./cdn-values.ts";

/** How an attribute is called; azurerm 4, azurerm 5 and classic CDN each have names of their own. */
interface Named {
  readonly block: Block;
  readonly name: string;
  /** Nothing where a value sets the header, and none removes it. */
  readonly action?: string | undefined;
  readonly value: string;
}

export interface Rule {
  /** For people: its address, or its name in its resource. */
  readonly name: DisplayText;
  /** Of the resource that holds it. */
  readonly address: string;
  /** Where its conditions are written; nothing for a rule that has none. */
  readonly conditions?: Block | undefined;
  readonly headers: readonly Named[];
  readonly redirect?: { readonly block: Block; readonly attribute: string } | undefined;
  /** "Stop" ends the rules for the requests that it takes. */
  readonly onMatch: Value;
  /** Why it may be none of these rules. */
  readonly doubt?: Cause | undefined;
}

const header = "strict-transport-security";

/** The header as it is after some rules; nothing for none. */
type Sent = Value<string> & { readonly remedy?: Remedy | undefined; readonly by?: Rule | undefined };

const notSent: Sent = { state: "absent" };

/** The Strict-Transport-Security header of the answers; `open`: why there may be more rules than these. */
export function hstsBy(rules: readonly Rule[], stand: Stand, open: Cause | undefined, none: DisplayText): Hsts {
  const sent = sentBy(rules);
  if (sent.state === "absent") return open ? directives(unknown(open), stand) : directives(known(""), stand, none);
  const { by, remedy, ...whole } = sent;
  const related = by && by.address !== stand.place.address ? [by.address] : undefined;
  return directives(whole, { ...stand, remedy, related }, by && text`by ${by.name}`);
}

function directives(sent: Decided<string>, stand: Stand, note?: DisplayText): Hsts {
  const whole: Fact<string> = { ...sent, ...stand, ...(note ? { note } : {}) };
  return eachDirective((choose, value) => {
    const fact = mapped(whole, (one) => choose(parseHsts(one)));
    return fact.remedy ? { ...fact, remedy: { ...fact.remedy, value } } : fact;
  });
}

function sentBy(rules: readonly Rule[]): Sent {
  let sent = notSent;
  let stopped: Rule | undefined;
  for (const rule of rules) {
    const match = matchOf(rule.conditions, "https");
    if (match === "never") continue;
    const next = rule.headers.reduce(appliedTo, sent);
    if (!isEqual(next, sent)) {
      const why = reservation(rule, match, stopped, text`changes the header`);
      sent = { ...(why ? unknown(why) : next), by: rule };
    }
    if (!mayStop(rule)) continue;
    if (match === "always" && isStop(rule)) break;
    stopped ??= rule;
  }
  return sent;
}

/** Why a rule does what it does for some requests alone. */
function reservation(
  { name, doubt }: Rule,
  match: Match,
  stopped: Rule | undefined,
  does: DisplayText,
): Cause | undefined {
  if (doubt) return doubt;
  if (match === "sometimes") return because`${name} ${does} only where its conditions match`;
  return stopped && because`${stopped.name} ends the rules for some requests before ${name}`;
}

function appliedTo(sent: Sent, { block, name, action, value }: Named): Sent {
  const target = block.value(name);
  if (!isShown(target)) return unknown(causeOf(target));
  if (String(target.value).toLowerCase() !== header) return sent;
  const does = action ? actionBy(block, action) : known("set");
  if (!isShown(does)) return does;
  if (does.value === "remove") return notSent;
  const added = block.value(value);
  const { remedy } = standAt(block, value, "");
  if (added.state === "absent") return notSent;
  if (added.state === "unknown") return { ...added, remedy };
  if (does.value === "append" && sent.state === "unknown") return sent;
  // "No delimiters are added": to a header that is there already, Append makes it one that browsers ignore.
  const before = does.value === "append" && isShown(sent) ? sent : known("");
  return { ...known(before.value + String(added.value), isSensitive(before) || isSensitive(added)), remedy };
}

const actionBy = (block: Block, attribute: string): Fact<"set" | "append" | "remove"> =>
  fact(block, attribute, {
    read: (word) => lookUp(headerActions, word),
    absent: { unknown: notSet(attribute) },
  });

const isEqual = (one: Sent, other: Sent): boolean =>
  one === other || (isShown(one) && isShown(other) && one.value === other.value && one.sensitive === other.sensitive);

const mayStop = ({ onMatch }: Rule): boolean =>
  onMatch.state !== "absent" && (!isShown(onMatch) || onMatch.value !== "Continue");

const isStop = ({ onMatch, doubt }: Rule): boolean => isShown(onMatch) && onMatch.value === "Stop" && !doubt;

/** What becomes of plain HTTP by the rules; nothing where none of them redirects it. */
export function plainHttpBy(rules: readonly Rule[]): PlainHttp | undefined {
  let stopped: Rule | undefined;
  for (const rule of rules) {
    const match = matchOf(rule.conditions, "http");
    if (match === "never") continue;
    if (rule.redirect) {
      const treatment = redirected(rule.redirect);
      const why = reservation(rule, match, stopped, text`redirects`);
      if (!why) return treatment;
      // What redirects to plain HTTP again makes it no better.
      if (!isShown(treatment) || treatment.value === "redirected") return { ...unknown(why), place: treatment.place };
    }
    if (!mayStop(rule)) continue;
    if (match === "always" && isStop(rule)) break;
    stopped ??= rule;
  }
  return undefined;
}

const redirected = ({ block, attribute }: NonNullable<Rule["redirect"]>): PlainHttp =>
  fact<"served" | "redirected">(block, attribute, {
    read: (value) => lookUp(redirectProtocols, value),
    suggests: suggestProtocol,
    // MatchRequest (the provider's pages of both resources)
    absent: "served",
    remedy: "Https",
  });

// What services of every cloud have in common: fixed behaviour, names, links, a security policy, the directives of HSTS.

import { ambiguous, because, type Cause, definedElsewhere, notSet } from "../cause.ts";
import type { Block } from "../plan/block.ts";
import type { Targets } from "../plan/link.ts";
import type { Unknown } from "../plan/value.ts";
import type { Resource } from "../plan/view.ts";
import { type DisplayText, text } from "../text.ts";
import { atLeast, type Hsts, type PlainHttp, type Route, type TlsVersion } from "./endpoint.ts";
import {
  agreed,
  causeOf,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  mapped,
  replaced,
  type Stand,
  standAt,
  unknown,
} from "./fact.ts";
import type { HstsDirectives } from "./hsts.ts";

/** What a service does whatever the configuration says. */
export const always = <T>(resource: Resource, value: T, note: DisplayText): Fact<T> => ({
  ...known(value),
  ...standAt(resource, ""),
  note,
});

/** The same where nothing can be written that changes it. `why`: the service in a sentence, "AppSync takes TLS 1.2 and 1.3". */
export const fixed = <T>(resource: Resource, value: T, why: DisplayText): Fact<T> => ({
  ...known(value),
  ...standAt(resource, ""),
  noFix: why,
});

/** What a setting says whose values are no better. */
export const withoutFix = <T>(fact: Fact<T>, why: DisplayText): Fact<T> => ({ ...fact, remedy: undefined, noFix: why });

/** What the vendor documents nowhere, in a sentence: "AWS does not say …". */
export const undocumented = (resource: Resource, note: DisplayText): Fact<never> => ({
  ...unknown({ reason: "undocumented", note }),
  ...standAt(resource, ""),
});

/** Whether an application sends the header, which no plan shows. `who`: "the application". */
export const headerOf = (who: DisplayText): Cause => ({
  reason: "application",
  note: text`${who} sends the Strict-Transport-Security header or not, outside the plan`,
});

/** What answers plain HTTP that comes in TCP, e.g. on port 80, and is passed on without a look at it. */
export const passedOnHttp: Cause = {
  reason: "application",
  note: text`what answers behind it redirects plain HTTP or not, outside the plan`,
};

/** The one route of an endpoint that passes on the headers of what answers behind it. */
export function onlyRoute(resource: Resource, plainHttp: PlainHttp, behind: DisplayText): Route {
  const header = { ...unknown(headerOf(behind)), ...standAt(resource, "") };
  return { path: everything, plainHttp, hsts: directives(header) };
}

/** The path of a route that takes all requests. */
export const everything = text`*`;

export const nameOf = (block: Block, attribute: string): Fact<string> =>
  fact(block, attribute, {
    read: (value) => (typeof value === "string" ? value : undefined),
    absent: { unknown: notSet(attribute) },
  });

/** The names that a list holds, each at its own place; one that is unknown where the plan does not show the list. */
export const namesIn = (block: Block, attribute: string): Fact<string>[] =>
  block.elements(attribute).map((element, index): Fact<string> => {
    const stand = standAt(block, `${attribute}[${index}]`);
    if (!isShown(element)) return { ...unknown(causeOf(element)), ...stand };
    if (typeof element.value !== "string") return { ...unknown(because`not a text`), ...stand };
    return { ...element, value: element.value, ...stand };
  });

/** The one resource that an attribute leads to, or why there is none to look at. */
export function linked(
  block: Block,
  attribute: string,
  targets: Targets,
  what: DisplayText,
): Resource | (Unknown & Stand) {
  const link = block.link(attribute, targets);
  const resources = link.state === "found" ? link.resources : [];
  const [found, another] = resources;
  if (found && !another) return found;
  const which = another ? ambiguous(resources) : definedElsewhere(what);
  return { ...unknown(link.state === "unknown" ? link.cause : which), ...standAt(block, attribute) };
}

/** What the resource says that an attribute leads to; where it can be several, what all of them say. */
export function throughLink<T>(
  block: Block,
  attribute: string,
  targets: Targets,
  what: DisplayText,
  read: (target: Resource) => Fact<T>,
): Fact<T> {
  const stand = standAt(block, attribute);
  const link = block.link(attribute, targets);
  if (link.state !== "found") {
    return { ...unknown(link.state === "unknown" ? link.cause : definedElsewhere(what)), ...stand };
  }
  const facts = link.resources.map(read);
  const [first] = facts;
  if (first && facts.length === 1) return first;
  const shared = agreed(facts, ambiguous(link.resources));
  const value = shared.state === "unknown" ? shared : known(shared.value, isSensitive(shared));
  return { ...value, ...stand, related: link.resources.map(({ address }) => address) };
}

/** What the endpoint of a service negotiates. */
export interface Security {
  readonly minimumTls: TlsVersion;
  readonly forwardSecrecy: boolean;
  readonly aeadOnly: boolean;
  readonly ecdheAes: boolean;
}

/** A policy whose vendor has published its name and versions, and not its cipher suites. */
export type AnnouncedSecurity = Pick<Security, "minimumTls">;

export type Secured = { readonly [K in keyof Security]: Fact<Security[K]> };

/** TLS 1.3 alone has its own suites; below it those that are listed decide. */
const floorOf = (minimum: TlsVersion): TlsVersion => (minimum === "TLS 1.3" ? minimum : "TLS 1.2");

export function secured(security: Fact<Security | AnnouncedSecurity>): Secured {
  const suites = (part: "forwardSecrecy" | "aeadOnly" | "ecdheAes"): Fact<boolean> => {
    if (security.state === "unknown") return security;
    if ("forwardSecrecy" in security.value) return mapped(security as Fact<Security>, (one) => one[part]);
    const note = text`the cipher suites of this security policy are not published`;
    return replaced(security, unknown({ reason: "undocumented", note }));
  };
  return {
    minimumTls: mapped(security, ({ minimumTls }) => minimumTls),
    forwardSecrecy: suites("forwardSecrecy"),
    aeadOnly: suites("aeadOnly"),
    ecdheAes: ecdheAesBy(
      mapped(security, ({ minimumTls }) => floorOf(minimumTls)),
      suites("ecdheAes"),
    ),
  };
}

/**
 * Whether a client of App Transport Security finds a suite: TLS 1.3 always has one (RFC 8446 section 9.1), TLS 1.2 as its
 * suites say. `newest`: the newest version that is offered.
 */
export function ecdheAesBy(newest: Fact<TlsVersion>, suites: Fact<boolean>): Fact<boolean> {
  if (newest.state === "unknown") return newest;
  if (newest.value === "TLS 1.3") return mapped(newest, () => true);
  if (atLeast(newest.value, "TLS 1.2")) return suites;
  return { ...mapped(newest, () => false), note: text`nothing newer than TLS 1.1` };
}

/** The directives of a Strict-Transport-Security header, at its place. */
export const directives = (header: Fact<HstsDirectives>): Hsts => ({
  maxAge: mapped(header, ({ maxAge }) => maxAge),
  includeSubDomains: mapped(header, ({ includeSubDomains }) => includeSubDomains),
  preload: mapped(header, ({ preload }) => preload),
});

/** Each directive as it is read, with the header that would set it. */
export const eachDirective = (read: <T>(choose: (one: HstsDirectives) => T, header: string) => Fact<T>): Hsts => ({
  maxAge: read((one) => one.maxAge, "max-age=31536000"),
  includeSubDomains: read((one) => one.includeSubDomains, "max-age=31536000; includeSubDomains"),
  preload: read((one) => one.preload, "max-age=31536000; includeSubDomains; preload"),
});

// How a fact is marked: what the findings say of it, by the place where both stand.

import type { Fact } from "../../facts/fact.ts";
import type { Finding } from "../../findings/finding.ts";
import { type Markup, markup } from "./markup.ts";

/** From what is worst. "advice" fails and refuses nothing; nothing is said of what is "plain". */
export const marks = ["fail", "unknown", "advice", "waived", "pass", "plain"] as const;

export type Mark = (typeof marks)[number];

export const worstOf = (given: readonly Mark[]): Mark => marks.find((mark) => given.includes(mark)) ?? "plain";

/** What a fact is about. */
export type Topic =
  | "plainHttp"
  | "minimumTls"
  | "forwardSecrecy"
  | "aeadOnly"
  | "ecdheAes"
  | "httpsBeside"
  | "sni"
  | "httpVersions"
  | "certificate"
  | "name"
  | "region"
  | "ready"
  | "key"
  | "digest"
  | "transparency"
  | "renewal"
  | "maxAge"
  | "includeSubDomains"
  | "preload"
  | "originProtocol"
  | "originCertificate"
  | "originTls";

/** One attribute can decide several facts, e.g. a security policy: what a policy judges tells its findings apart. */
export const topicsOf: { readonly [policy: string]: readonly Topic[] } = {
  "ats-connection": ["ecdheAes", "httpsBeside", "key", "digest"],
  "certificate-auto-renewal": ["renewal"],
  "certificate-covers-domains": ["name"],
  "certificate-key-strength": ["key"],
  "certificate-present": ["certificate"],
  "certificate-region": ["region"],
  "certificate-transparency": ["transparency"],
  "certificate-validated": ["ready"],
  "forward-secrecy": ["forwardSecrecy"],
  "hsts-enabled": ["maxAge"],
  "hsts-include-subdomains": ["includeSubDomains"],
  "hsts-preload": ["preload"],
  "https-only": ["plainHttp"],
  "minimum-tls-1-2": ["minimumTls"],
  "modern-http": ["httpVersions"],
  "origin-https-only": ["originProtocol", "originCertificate"],
  "origin-minimum-tls-1-2": ["originTls"],
  "private-hop-https": ["originProtocol", "originCertificate", "originTls"],
  "sni-only": ["sni"],
  // Storage is in no picture of an endpoint.
  "storage-secure-transport": [],
  "strong-ciphers": ["aeadOnly"],
};

export type Found = (fact: Fact, topic: Topic) => readonly Finding[];

/** Finds what is said of a fact. A policy of the user's own judges whatever stands where its finding does. */
export function findingsAt(findings: readonly Finding[]): Found {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = placeKey(finding);
    const there = byPlace.get(key);
    if (there) there.push(finding);
    else byPlace.set(key, [finding]);
  }
  return (fact, topic) =>
    (byPlace.get(placeKey(fact.place)) ?? []).filter(({ policy }) => {
      const topics = Object.hasOwn(topicsOf, policy) ? topicsOf[policy] : undefined;
      return topics?.includes(topic) ?? true;
    });
}

export const placeKey = ({ address, at }: { readonly address: string; readonly at: string }): string =>
  `${address}\n${at}`;

/** Of a finding, after the apply. */
export function markOf({ outcome, waiver, enforcement }: Finding): Mark {
  if (outcome === "pass") return "pass";
  if (waiver) return "waived";
  if (outcome === "unknown") return "unknown";
  return enforcement === "advisory" ? "advice" : "fail";
}

/** Findings tell of the state after the apply; what changed tells of the state before. */
function markOfToday(finding: Finding, fact: Fact): Mark {
  const { outcome, change, enforcement } = finding;
  if (change === "fixed") return enforcement === "advisory" ? "advice" : "fail";
  if (change !== "existing") return fact.state === "unknown" ? "unknown" : "pass";
  const mended = { ...finding, outcome: fact.state === "unknown" ? outcome : ("fail" as const) };
  return markOf(mended);
}

/** `twin`: the same fact after the apply, for a fact of today. */
export interface Moment {
  readonly isToday: boolean;
  readonly found: Found;
}

export function factMark(fact: Fact, twin: Fact | undefined, topic: Topic, { isToday, found }: Moment): Mark {
  const said = found(isToday ? (twin ?? fact) : fact, topic);
  const given = said.map((finding) => (isToday ? markOfToday(finding, fact) : markOf(finding)));
  return worstOf([...given, fact.state === "unknown" ? "unknown" : "plain"]);
}

const words: { readonly [M in Mark]: string } = {
  fail: "Fails",
  unknown: "Unknown",
  advice: "Advice",
  waived: "Waived",
  pass: "Passes",
  plain: "",
};

/** A sign for the eye, and a word for whoever does not see it. */
export const sign = (mark: Mark): Markup =>
  mark === "plain"
    ? markup``
    : markup`<svg class="sign" aria-hidden="true"><use href="#i-${mark}"/></svg><span class="unseen">${words[mark]}: </span>`;

/** The same, with its word in sight. */
export const badge = (mark: Exclude<Mark, "plain">, word: string = words[mark]): Markup =>
  markup`<span class="badge is-${mark}"><svg class="sign" aria-hidden="true"><use href="#i-${mark}"/></svg>${word}</span>`;

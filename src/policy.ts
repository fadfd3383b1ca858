// What a policy is, and how it judges a fact: all that a policy author imports.

import type { Certificate, Endpoint } from "./facts/endpoint.ts";
import type { Fact, Place, Remedy } from "./facts/fact.ts";

export type Severity = "critical" | "high" | "medium" | "low";

/** What a policy says of an endpoint, or of a certificate, at one place. */
export interface Judgement {
  readonly outcome: "pass" | "fail" | "unknown";
  /** What is wrong, or why the plan does not tell; "" for a pass. Never holds a sensitive value. */
  readonly message: string;
  /** Which part of the endpoint it is about, e.g. a route's path; "" for the whole. Pairs before with after. */
  readonly subject: string;
  readonly place: Place;
  readonly remedy: Remedy | undefined;
  readonly related: readonly string[];
}

interface PolicyHead {
  /** Its file's name. An id is never reused, and never renamed without notice. */
  readonly id: string;
  /** One sentence in the imperative. */
  readonly requires: string;
  readonly severity: Severity;
  /** What the gate does with "unknown" where the profile makes the policy mandatory. */
  readonly whenUnknown: "refuse" | "warn";
  /** What goes wrong without it, in a sentence or two. */
  readonly why: string;
  /** What to change, whichever cloud it is. */
  readonly fix: string;
  readonly references: readonly string[];
  /** Ids of controls by framework that ask for the same. */
  readonly controls: { readonly [framework: string]: readonly string[] };
}

/** A policy judges endpoints, or certificates whether an endpoint uses them or not. */
export type Policy = PolicyHead &
  (
    | { readonly evaluate: (endpoint: Endpoint) => readonly (Judgement | undefined)[] }
    | { readonly evaluateCertificate: (certificate: Certificate) => readonly (Judgement | undefined)[] }
  );

/** A policy as it is, checked by its type. */
export const definePolicy = <const P extends Policy>(policy: P): P => policy;

/**
 * Judges a fact: true passes, a sentence fails. An unknown fact is never handed to `test`, so no policy can take it for
 * either; of a sensitive one the sentence is not shown. No fact, no judgement: the policy does not apply.
 */
export function judge<T>(fact: Fact<T>, test: (value: T) => true | string, subject?: string): Judgement;
export function judge<T>(
  fact: Fact<T> | undefined,
  test: (value: T) => true | string,
  subject?: string,
): Judgement | undefined;
export function judge<T>(
  fact: Fact<T> | undefined,
  test: (value: T) => true | string,
  subject = "",
): Judgement | undefined {
  if (!fact) return undefined;
  const base = { subject, place: fact.place, remedy: fact.remedy, related: fact.related ?? [] };
  if (fact.state === "unknown") return { ...base, outcome: "unknown", message: fact.cause };
  const answer = test(fact.value);
  if (answer === true) return { ...base, outcome: "pass", message: "" };
  const sentence = fact.state === "sensitive" ? "the value is sensitive, so it is not shown" : answer;
  return { ...base, outcome: "fail", message: fact.note ? `${sentence}: ${fact.note}` : sentence };
}

// What a policy is, and how it judges a fact: all that a policy author imports.

import { type Cause, describeCause, type UnknownKind } from "./cause.ts";
import type { Certificate, Endpoint } from "./facts/endpoint.ts";
import type { Assumed, Fact, Place, Remedy } from "./facts/fact.ts";
import type { ObjectStore } from "./facts/object-store.ts";
import { type DisplayText, nameText, text } from "./text.ts";

/** Why a fact can't be determined, and what that means for the gate. */
export interface UnknownReason {
  readonly kind: UnknownKind;
  readonly cause: Cause;
}

export type Severity = "critical" | "high" | "medium" | "low";

/** What a policy says of an endpoint, a certificate or an object store, at one place. */
export interface Judgement {
  readonly outcome: "pass" | "fail" | "unknown";
  /** What is wrong, or why it can't be determined; "" for a pass. */
  readonly message: DisplayText;
  /** Why it is unknown; nothing for a pass or a fail. */
  readonly unknown: UnknownReason | undefined;
  /** Which part of it is meant, e.g. a route's path; "" for the whole. Pairs before with after. */
  readonly subject: DisplayText;
  readonly place: Place;
  readonly remedy: Remedy | undefined;
  /** The remedy's place among those of its fact, 0 for the mildest; undefined where nobody knows whether it passes. */
  readonly strictness: number | undefined;
  /** Why nothing can be written that makes it pass. */
  readonly noFix: DisplayText | undefined;
  /** Who states the fact where the plan does not show it. */
  readonly assumed: Assumed | undefined;
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

/** What a configuration can set of a policy, within what it allows. */
export interface PolicyOption {
  /** What it means, with its unit. */
  readonly description: string;
  readonly default: number | string | readonly string[];
  /** The smallest number that is taken. */
  readonly minimum?: number;
  /** The texts that are taken. */
  readonly allowed?: readonly string[];
}

export type PolicyOptions = { readonly [name: string]: PolicyOption };

type Widened<T> = T extends number ? number : T extends string ? string : readonly string[];

/** The values that a policy is judged with. */
export type OptionValues<O extends PolicyOptions = PolicyOptions> = {
  readonly [K in keyof O]: Widened<O[K]["default"]>;
};

type Judged = readonly (Judgement | undefined)[];

/** Judges endpoints. */
export interface EndpointPolicy<O extends PolicyOptions = PolicyOptions> extends PolicyHead {
  readonly options?: O;
  readonly evaluate: (endpoint: Endpoint, options: OptionValues<O>) => Judged;
}

/** Judges certificates, whether an endpoint uses them or not. */
export interface CertificatePolicy<O extends PolicyOptions = PolicyOptions> extends PolicyHead {
  readonly options?: O;
  readonly evaluateCertificate: (certificate: Certificate, options: OptionValues<O>) => Judged;
}

/** Judges storage. */
export interface ObjectStorePolicy<O extends PolicyOptions = PolicyOptions> extends PolicyHead {
  readonly options?: O;
  readonly evaluateObjectStore: (store: ObjectStore, options: OptionValues<O>) => Judged;
}

export type Policy = EndpointPolicy | CertificatePolicy | ObjectStorePolicy;

type NoOptions = Record<never, PolicyOption>;

/** A policy as it is, checked by its type. */
export function definePolicy<const O extends PolicyOptions = NoOptions>(policy: EndpointPolicy<O>): EndpointPolicy;
export function definePolicy<const O extends PolicyOptions = NoOptions>(
  policy: CertificatePolicy<O>,
): CertificatePolicy;
export function definePolicy<const O extends PolicyOptions = NoOptions>(
  policy: ObjectStorePolicy<O>,
): ObjectStorePolicy;
export function definePolicy(policy: Policy): Policy {
  return policy;
}

/** The values of a policy's options: those that are set, and the defaults of the rest. */
export const optionsOf = ({ options = {} }: Policy, set: { readonly [name: string]: unknown } = {}): OptionValues =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, set[name] ?? option.default]),
  ) as OptionValues;

/** Whether a value meets the policy, or a sentence that says what is wrong. `show`: the value's own texts, as parts of it. */
export type Test<T> = (value: T, show: (text: string) => DisplayText) => true | DisplayText;

/**
 * Judges a fact: true passes, a sentence fails. An unknown fact is never handed to `test`, so no policy can take it for
 * either; of a sensitive one the sentence is not shown. No fact, no judgement: the policy does not apply.
 */
export function judge<T>(fact: Fact<T>, test: Test<T>, subject?: DisplayText): Judgement;
export function judge<T>(fact: Fact<T> | undefined, test: Test<T>, subject?: DisplayText): Judgement | undefined;
export function judge<T>(fact: Fact<T> | undefined, test: Test<T>, subject = text``): Judgement | undefined {
  if (!fact) return undefined;
  const { outcome, message } = answerTo(fact, test);
  const { remedy, strictness } = outcome === "fail" ? remedyFor(fact, test) : untried(fact);
  const unknown = fact.state === "unknown" ? { kind: fact.kind, cause: fact.cause } : undefined;
  const noFix = outcome === "fail" ? fact.noFix : undefined;
  return {
    outcome,
    message,
    unknown,
    subject,
    place: fact.place,
    remedy,
    strictness,
    noFix,
    assumed: fact.assumed,
    related: fact.related ?? [],
  };
}

function answerTo<T>(fact: Fact<T>, test: Test<T>): Pick<Judgement, "outcome" | "message"> {
  if (fact.state === "unknown") return { outcome: "unknown", message: describeCause(fact.cause) };
  // The sentence of a sensitive value is not shown at all, so its parts may be written.
  const answer = test(fact.value, nameText);
  if (answer === true) return { outcome: "pass", message: text`` };
  // A note can name the value: "FTP is not encrypted".
  if (fact.sensitive) return { outcome: "fail", message: text`the value is sensitive, so it is not shown` };
  return { outcome: "fail", message: fact.note ? text`${answer}: ${fact.note}` : answer };
}

/** The mildest remedy that passes. One whose effect is not known is told as it is. */
function remedyFor<T>(fact: Fact<T>, test: Test<T>): Advice {
  const cures = (fact.state !== "unknown" && fact.cures) || [];
  if (!cures.some((cure) => cure.remedy === fact.remedy)) return untried(fact);
  const strictness = cures.findIndex(({ value }) => test(value, nameText) === true);
  return { remedy: cures[strictness]?.remedy, strictness };
}

type Advice = Pick<Judgement, "remedy" | "strictness">;

const untried = ({ remedy }: Fact): Advice => ({ remedy, strictness: undefined });

// A fact: a value in the model's words, where it stands, and the remedy at that very place.

import { because, type Cause } from "../cause.ts";
import type { Block } from "../plan/block.ts";
import {
  absent,
  type Decided,
  isSensitive,
  isShown,
  type Known,
  known,
  type Unknown,
  unknown,
  type Value,
} from "../plan/value.ts";
import { type DisplayText, nameText, quotedText, text, valueText } from "../text.ts";

/** Where a fact stands in the configuration. */
export interface Place {
  /** Address of the resource that a person would edit. */
  readonly address: string;
  /** Attribute path in it, e.g. `ordered_cache_behavior[1].viewer_protocol_policy`; "" for the resource itself. */
  readonly at: string;
}

/** What to set, as data: the advice, the fix and the annotation are all made from it. */
export interface Remedy {
  /** Address of the resource to edit; often, not always, the place of the fact. */
  readonly address: string;
  readonly attribute: string;
  /** A constant, or an expression to write as it is, e.g. `aws_acm_certificate_validation.site.certificate_arn`. */
  readonly value: string | number | boolean | readonly string[] | { readonly reference: string };
  /** What the provider requires beside it, where the block is not written yet. */
  readonly with?: readonly { readonly attribute: string; readonly value: string | number | boolean }[] | undefined;
}

/** What a configuration states beside the plan. */
export interface Assumed {
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, in UTC. */
  readonly expires?: string | undefined;
}

export interface Stand {
  readonly place: Place;
  readonly remedy?: Remedy | undefined;
  /** Addresses of other resources that the fact was read from. */
  readonly related?: readonly string[] | undefined;
  /** Why the value is what it is, where the attribute alone does not say so: a provider's default, a fixed behaviour. */
  readonly note?: DisplayText | undefined;
  /** Who states the value where the plan does not show it; see findings/assumptions.ts. */
  readonly assumed?: Assumed | undefined;
  /** Why nothing can be written that changes the value, e.g. a service that offers no other. */
  readonly noFix?: DisplayText | undefined;
}

/** A remedy, and what it makes of the fact. */
export interface Cure<T> {
  readonly remedy: Remedy;
  readonly value: T;
}

/** A value in the model's words: known or unknown; a provider's default is decided before it becomes a fact. */
export type Fact<T = unknown> = Stand & (Unknown | (Known<T> & Curable<T>));

interface Curable<T> {
  /** The remedy where its effect is known, then those for a policy that asks for more, mildest first. */
  readonly cures?: readonly Cure<T>[] | undefined;
}

export interface Reading<T> {
  /** The attribute's value in the model's words; undefined when it is not recognised. */
  readonly read: (value: unknown) => T | undefined;
  /** The provider's documented default, or why there is none. */
  readonly absent: T | { readonly unknown: Cause };
  /** The default is the service's own: it holds too where this version of the provider has no such attribute. */
  readonly isServiceDefault?: true;
  readonly remedy?: Remedy["value"] | undefined;
  /** Remedies for a policy that the first does not meet, mildest first: `TLSv1.3_2025`. */
  readonly stricter?: readonly Remedy["value"][] | undefined;
  /** What the grammar of a name that `read` does not recognise suggests; said beside it, never judged. */
  readonly suggests?: ((name: string) => string | undefined) | undefined;
}

/**
 * Reads an attribute. A value that `read` does not recognise is unknown, never a pass; so is one that this version of the
 * provider does not have, as the default of newer versions says nothing of it.
 */
export function fact<T>(block: Block, attribute: string, reading: Reading<T>): Fact<T> {
  if (block.has(attribute)) return factAt(block.value(attribute), standAt(block, attribute, reading.remedy), reading);
  const stand = standAt(block, attribute);
  if (reading.isServiceDefault) return factAt(absent, stand, reading);
  return { ...unknown(because`this version of the provider has no ${nameText(stand.place.at)}`), ...stand };
}

/** The same of a value that stands somewhere. */
export function factAt<T>(
  value: Value,
  stand: Stand,
  { read, absent: fallback, stricter = [], suggests }: Reading<T>,
): Fact<T> {
  if (value.state === "unknown") return { ...value, ...stand };
  const cures = curesOf(stand.remedy, stricter, read);
  if (value.state === "absent") {
    if (isReason(fallback)) return { ...unknown(fallback.unknown), ...stand };
    return { ...known(fallback), ...stand, cures, note: text`not set, so the provider's default applies` };
  }
  const word = read(value.value);
  if (word !== undefined) return { ...value, value: word, ...stand, cures };
  return { ...unrecognised(value, suggests), ...stand };
}

/** Only of what `read` understands is the effect known. */
function curesOf<T>(
  first: Remedy | undefined,
  stricter: readonly Remedy["value"][],
  read: Reading<T>["read"],
): Cure<T>[] | undefined {
  if (!first) return undefined;
  return [first, ...stricter.map((value) => ({ ...first, value }))].flatMap((remedy) => {
    const value = read(remedy.value);
    return value === undefined ? [] : [{ remedy, value }];
  });
}

/** A value that no table holds: unknown, with what its name suggests. */
export function unrecognised(value: Known<unknown>, suggests?: Reading<unknown>["suggests"]): Unknown {
  const hint = !value.sensitive && typeof value.value === "string" ? suggests?.(value.value) : undefined;
  return unknown({
    reason: "unrecognized",
    value: quotedText(value, text`a sensitive value`),
    ...(hint && { suggests: nameText(hint) }),
  });
}

const isReason = (fallback: unknown): fallback is { readonly unknown: Cause } =>
  typeof fallback === "object" && fallback !== null && "unknown" in fallback;

/** What a table of values says of a value; undefined when it is not in it, or no text. */
export const lookUp = <T>(table: { readonly [name: string]: T }, value: unknown): T | undefined =>
  typeof value === "string" && Object.hasOwn(table, value) ? table[value] : undefined;

/** Where an attribute of a block stands, and what to set there. */
export function standAt(block: Block, attribute: string, remedy?: Remedy["value"]): Stand {
  const { address } = block.resource;
  const place = { address, at: block.at && attribute ? `${block.at}.${attribute}` : block.at || attribute };
  return remedy === undefined ? { place } : { place, remedy: { address, attribute: place.at, value: remedy } };
}

/** Another value at the same place, e.g. what the provider makes of it. */
export const replaced = <T>(fact: Fact, value: Decided<T>): Fact<T> => ({ ...value, ...standOf(fact) });

/** Another value in the same state, at the same place. What the remedy makes of it is not known. */
export const restated = <T>(fact: Stand & Known<unknown>, value: T): Fact<T> =>
  replaced(fact, known(value, fact.sensitive));

const standOf = ({ place, remedy, related, note, noFix, assumed }: Stand): Stand => ({
  place,
  remedy,
  related,
  note,
  noFix,
  ...(assumed && { assumed }),
});

/** The values of several facts, at the place of the first. */
export const both = <A, B extends readonly unknown[]>(
  first: Fact<A>,
  ...others: { readonly [I in keyof B]: Decided<B[I]> }
): Fact<readonly [A, ...B]> => replaced(first, together<readonly [A, ...B]>(first as Decided<A>, ...(others as never)));

/** Whether all of it holds: what surely does not decides, whatever the plan does not tell of the rest. */
export function all(first: Fact<boolean>, ...others: readonly Fact<boolean>[]): Fact<boolean> {
  const facts = [first, ...others];
  const broken = facts.find((one) => isShown(one) && !one.value);
  const open = facts.find((one) => one.state === "unknown");
  const secret = facts.find(isSensitive);
  return { ...(broken ?? open ?? secret ?? first), place: first.place };
}

/** Applies a function to what a fact says, keeping its state and place. */
export function mapped<T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> {
  if (fact.state === "unknown") return fact;
  const cures = fact.cures?.map(({ remedy, value }) => ({ remedy, value: change(value) }));
  return { ...fact, value: change(fact.value), cures };
}

/** The value of several facts together: sensitive if one is, unknown if one is. */
export function together<T extends readonly unknown[]>(
  ...facts: { readonly [I in keyof T]: Decided<T[I]> }
): Decided<T> {
  const open = facts.find((one) => one.state === "unknown");
  if (open?.state === "unknown") return unknown(open.cause, open.kind);
  const values = facts.map((one) => (one as { value: unknown }).value) as unknown as T;
  return known(values, facts.some(isSensitive));
}

/** The one thing that all candidates say; unknown when they differ, or when one of them does not tell. */
export function agreed<T>(candidates: readonly Decided<T>[], differing: Cause): Decided<T> {
  const [first, ...others] = candidates;
  if (!first) return unknown(differing);
  const open = candidates.find((one) => one.state === "unknown");
  if (open) return open;
  const text = (one: Decided<T>) => JSON.stringify((one as { value: T }).value);
  if (others.some((one) => text(one) !== text(first))) return unknown(differing);
  return candidates.find(isSensitive) ?? first;
}

/** Why a value is not shown. */
export const causeOf = (value: Value): Cause => (value.state === "unknown" ? value.cause : because`not set`);

/** Where the answer is the bad one, the service rejects the apply: an unknown fact is no reason to refuse the plan. */
export const failsSafe = <T>(fact: Fact<T>): Fact<T> =>
  fact.state === "unknown" && fact.kind === "open" ? { ...fact, kind: "fails safe" } : fact;

export { absent, type Decided, isSensitive, isShown, known, unknown, type Value, valueText };

// What the evaluator knows of a value: all of it, where it comes from, what it could be, or why it is unknown.

import type { Json } from "./json.ts";
import { type BigNumber, formatNumber, fromInteger } from "./number.ts";
import type { Position } from "./syntax.ts";
import type { Type } from "./type.ts";

/** An attribute of one resource instance; an empty path means the whole instance. */
export interface AttributeReference {
  /** Address of the instance: `module.cdn["a"].aws_acm_certificate.site[0]`. */
  readonly instance: string;
  readonly path: readonly (string | number)[];
}

/** Why a value is unknown. Causes hold names, never values: they may be printed. */
export type Cause =
  /** Terraform knows it after the apply; the value's `reference` says which attribute it is. */
  | { readonly kind: "known-after-apply" }
  /** Computed from values that are unknown; the value's `origins` say which attributes. */
  | { readonly kind: "computed"; readonly by: string }
  /** A function that reads files, is not pure, or that is not supported. */
  | { readonly kind: "function"; readonly name: string }
  /** The configuration could not be read there. */
  | { readonly kind: "syntax"; readonly position: Position }
  /** What is referred to is neither in the plan nor in the configuration, for example because of `-target`. */
  | { readonly kind: "not-in-plan"; readonly name: string }
  /** The plan has it, but the configuration does not: they do not belong together. */
  | { readonly kind: "not-in-configuration"; readonly name: string }
  /** An ephemeral value, or a write-only attribute: no plan holds it. */
  | { readonly kind: "ephemeral"; readonly name: string }
  /** The value depends on a type that a plan does not show. */
  | { readonly kind: "type"; readonly by: string }
  | { readonly kind: "cycle"; readonly name: string }
  /** The evaluation took more steps, or more memory, than it may. */
  | { readonly kind: "limit" }
  /** The plan shows another value than the configuration evaluates to: a bug of the evaluator. */
  | { readonly kind: "mismatch" }
  /** The evaluation fails where Terraform's did not: a bug of the evaluator. */
  | { readonly kind: "failed"; readonly message: string };

/** What any value carries beside its content. */
export interface Marks {
  /** A secret: it may be compared, and never be printed. */
  readonly sensitive?: true;
  /** The value is this attribute, unchanged: known or not. */
  readonly reference?: AttributeReference;
  /** Attributes that the value was computed from. */
  readonly origins?: readonly AttributeReference[];
  /** A number or a boolean that Terraform may have converted to a string. */
  readonly mayBeText?: true;
}

export interface NullValue extends Marks {
  readonly kind: "null";
  readonly type?: Type;
}

export interface StringValue extends Marks {
  readonly kind: "string";
  readonly text: string;
}

export interface NumberValue extends Marks {
  readonly kind: "number";
  readonly number: BigNumber;
}

export interface BooleanValue extends Marks {
  readonly kind: "boolean";
  readonly truth: boolean;
}

/** Several values in order. "array": a list or a set of a plan, whose JSON does not say which. */
export interface SequenceValue extends Marks {
  readonly kind: "sequence";
  readonly form: "tuple" | "list" | "set" | "array";
  readonly elements: readonly Value[];
  readonly elementType?: Type;
  readonly size: number;
  readonly depth: number;
  readonly holdsSecret: boolean;
}

/** Values by name, sorted by name. "record": a map or an object of a plan, whose JSON does not say which. */
export interface MappingValue extends Marks {
  readonly kind: "mapping";
  readonly form: "object" | "map" | "record";
  readonly entries: ReadonlyMap<string, Value>;
  readonly elementType?: Type;
  readonly size: number;
  readonly depth: number;
  readonly holdsSecret: boolean;
}

/** An object whose attributes are evaluated when asked for: a resource instance, or the outputs of a module. */
export interface LazyValue extends Marks {
  readonly kind: "lazy";
  readonly names: () => readonly string[];
  readonly get: (name: string) => Value | undefined;
}

/** A string of which parts are unknown: `"${aws_s3_bucket.logs.arn}/*"`. */
export interface TemplateValue extends Marks {
  readonly kind: "template";
  readonly parts: readonly Value[];
}

/** The JSON text of a value of which parts are unknown. */
export interface EncodedValue extends Marks {
  readonly kind: "encoded";
  readonly value: Value;
}

/** One of several values; what decides between them is unknown. */
export interface CandidatesValue extends Marks {
  readonly kind: "candidates";
  readonly values: readonly Value[];
}

export interface UnknownValue extends Marks {
  readonly kind: "unknown";
  readonly cause: Cause;
  readonly type?: Type;
  /** It is an attribute that is written as an identifier, such as `certificate_arn` of what waits for a certificate. */
  readonly isIdentifier?: true;
  /** Evaluating it may still fail once it is known: a part of it may not exist. */
  readonly mayFail?: true;
}

/** What Terraform reports as an error; only `try` and `can` go on from here. */
export interface ErrorValue extends Marks {
  readonly kind: "error";
  readonly message: string;
}

export type Value =
  | NullValue
  | StringValue
  | NumberValue
  | BooleanValue
  | SequenceValue
  | MappingValue
  | LazyValue
  | TemplateValue
  | EncodedValue
  | CandidatesValue
  | UnknownValue
  | ErrorValue;

/** More values than any real configuration has in one; what holds more is unknown. */
const maxSize = 1_000_000;

/** Values in values, at most: what walks them goes down as deep. */
const maxDepth = 300;

/** Longer than any real string. */
export const maxLength = 1 << 24;

const maxOrigins = 16;

export const nothing: NullValue = { kind: "null" };
export const yes: BooleanValue = { kind: "boolean", truth: true };
export const no: BooleanValue = { kind: "boolean", truth: false };

export const unknown = (cause: Cause, marks: Marks = {}): UnknownValue => ({ kind: "unknown", cause, ...marks });

export const limitReached: UnknownValue = unknown({ kind: "limit" });

export const failure = (message: string): ErrorValue => ({ kind: "error", message });

export const bool = (truth: boolean): BooleanValue => (truth ? yes : no);

export const number = (value: BigNumber | number | bigint): NumberValue => ({
  kind: "number",
  number: typeof value === "object" ? value : fromInteger(value),
});

/** Terraform compares strings in their composed form. */
export const string = (text: string): StringValue | UnknownValue =>
  text.length > maxLength ? limitReached : { kind: "string", text: text.normalize("NFC") };

export const sizeOf = (value: Value): number =>
  value.kind === "sequence" || value.kind === "mapping"
    ? value.size
    : value.kind === "string"
      ? 1 + (value.text.length >> 5)
      : value.kind === "template" || value.kind === "candidates"
        ? (value.kind === "template" ? value.parts : value.values).reduce((sum, one) => sum + sizeOf(one), 1)
        : value.kind === "encoded"
          ? 1 + sizeOf(value.value)
          : 1;

/**
 * Whether a value is what a provider will identify a resource by: its `id`, which is never null or empty
 * (https://developer.hashicorp.com/terraform/plugin/sdkv2/resources#id), or its ARN. Both are one line of text.
 */
export const isIdentifier = (value: Value): boolean =>
  value.kind === "unknown" &&
  value.cause.kind === "known-after-apply" &&
  value.reference?.path.length === 1 &&
  (value.reference.path[0] === "id" || value.reference.path[0] === "arn" || value.isIdentifier === true);

/** Whether what is not known yet is surely neither null nor an empty text: an identifier, or a document, which is JSON. */
export const isNeverEmpty = (value: Value): boolean =>
  isIdentifier(value) ||
  (value.kind === "unknown" &&
    value.cause.kind === "known-after-apply" &&
    value.reference?.path.length === 1 &&
    (value.reference.path[0] === "json" || value.reference.path[0] === "minified_json"));

/** Whether a text is surely not empty, however much of it is known. */
export function isNotEmpty(value: Value): boolean {
  switch (value.kind) {
    case "string":
      return value.text !== "";
    case "template":
      return value.parts.some(isNotEmpty);
    case "encoded":
      return true;
    case "candidates":
      return value.values.every(isNotEmpty);
    default:
      return isNeverEmpty(value);
  }
}

/** Whether the value, or a value in it, is a secret. */
export function isSecret(value: Value): boolean {
  if (value.sensitive) return true;
  switch (value.kind) {
    case "sequence":
    case "mapping":
      return value.holdsSecret;
    case "template":
      return value.parts.some(isSecret);
    case "encoded":
      return isSecret(value.value);
    case "candidates":
      return value.values.some(isSecret);
    case "lazy":
      return value.names().some((name) => {
        const one = value.get(name);
        return one !== undefined && isSecret(one);
      });
    default:
      return false;
  }
}

/** Levels of collections in a value. */
function depthOf(value: Value): number {
  switch (value.kind) {
    case "sequence":
    case "mapping":
      return value.depth;
    case "template":
      return 1 + deepest(value.parts);
    case "candidates":
      return 1 + deepest(value.values);
    case "encoded":
      return 1 + depthOf(value.value);
    default:
      return 0;
  }
}

const deepest = (values: readonly Value[]): number => values.reduce((depth, one) => Math.max(depth, depthOf(one)), 0);

const total = (values: Iterable<Value>): number => {
  let size = 1;
  for (const value of values) size += sizeOf(value);
  return size;
};

export function sequence(
  form: SequenceValue["form"],
  elements: readonly Value[],
  elementType?: Type | undefined,
): SequenceValue | UnknownValue {
  const size = total(elements);
  const depth = 1 + deepest(elements);
  if (size > maxSize || depth > maxDepth) return limitReached;
  const holdsSecret = elements.some(isSecret);
  return {
    kind: "sequence",
    form,
    elements,
    size,
    depth,
    holdsSecret,
    ...(elementType === undefined ? {} : { elementType }),
  };
}

export const tuple = (elements: readonly Value[]): SequenceValue | UnknownValue => sequence("tuple", elements);

/** The order of Go's strings, by bytes of UTF-8: that of code points. */
export function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const [first, second] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (first === second) continue;
    // Surrogates stand for code points above all others.
    const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
    return rank(first) - rank(second);
  }
  return one.length - other.length;
}

export function mapping(
  form: MappingValue["form"],
  entries: Iterable<readonly [string, Value]>,
  elementType?: Type | undefined,
): MappingValue | UnknownValue {
  const sorted = [...new Map(entries)].sort(([one], [other]) => compareText(one, other));
  const values = sorted.map(([, value]) => value);
  const size = total(values);
  const depth = 1 + deepest(values);
  if (size > maxSize || depth > maxDepth) return limitReached;
  return {
    kind: "mapping",
    form,
    entries: new Map(sorted),
    size,
    depth,
    holdsSecret: values.some(isSecret),
    ...(elementType === undefined ? {} : { elementType }),
  };
}

export const object = (entries: Iterable<readonly [string, Value]>): MappingValue | UnknownValue =>
  mapping("object", entries);

/** Adds marks; what is no longer the attribute itself loses its reference. */
export const withSensitivity = (value: Value, isSensitive: boolean | undefined): Value =>
  isSensitive && !value.sensitive ? { ...value, sensitive: true } : value;

/** The attribute alone: the key of an element in it can be what makes the element a secret. */
export const withoutElement = ({ instance, path }: AttributeReference): AttributeReference => ({
  instance,
  path: path.slice(0, 1),
});

/** The attributes that values come from, a few of them. */
export function originsOf(values: readonly Value[]): readonly AttributeReference[] {
  const found = new Map<string, AttributeReference>();
  let steps = 1000;
  const visit = (value: Value): void => {
    if (steps-- <= 0 || found.size >= maxOrigins) return;
    const own = value.reference && (value.sensitive ? withoutElement(value.reference) : value.reference);
    for (const one of own ? [own] : (value.origins ?? [])) found.set(`${one.instance} ${one.path.join(".")}`, one);
    if (value.kind === "sequence") value.elements.forEach(visit);
    else if (value.kind === "mapping") value.entries.forEach(visit);
    else if (value.kind === "template") value.parts.forEach(visit);
    else if (value.kind === "encoded") visit(value.value);
    else if (value.kind === "candidates") value.values.forEach(visit);
  };
  values.forEach(visit);
  return [...found.values()];
}

const marksFrom = (values: readonly Value[]): Marks => {
  const origins = originsOf(values);
  return {
    ...(values.some(isSecret) ? { sensitive: true as const } : {}),
    ...(origins.length === 0 ? {} : { origins }),
  };
};

/** A value that was computed from others: sensitive if one of them is, with their origins. */
export function derived(value: Value, from: readonly Value[]): Value {
  if (value.kind === "error") return value;
  const { sensitive, origins } = marksFrom(from);
  if (sensitive === undefined && origins === undefined) return value;
  const known = value.reference ? [] : [...(value.origins ?? []), ...(origins ?? [])].slice(0, maxOrigins);
  return {
    ...value,
    ...(sensitive ? { sensitive } : {}),
    ...(known.length === 0 ? {} : { origins: known }),
  };
}

/** Unknown, because what it is computed from is: the cause of that, where it is not a value of the apply. */
export function computed(by: string, from: readonly Value[]): UnknownValue {
  const open = from.flatMap((value) => firstUnknown(value) ?? []);
  const deeper = open.find(({ cause }) => cause.kind !== "known-after-apply" && cause.kind !== "computed");
  return unknown(deeper?.cause ?? { kind: "computed", by }, marksFrom(from));
}

function firstUnknown(value: Value): UnknownValue | undefined {
  switch (value.kind) {
    case "unknown":
      return value;
    case "sequence":
      return firstOf(value.elements);
    case "mapping":
      return firstOf(value.entries.values());
    case "template":
      return firstOf(value.parts);
    case "candidates":
      return firstOf(value.values);
    case "encoded":
      return firstUnknown(value.value);
    default:
      return undefined;
  }
}

function firstOf(values: Iterable<Value>): UnknownValue | undefined {
  for (const value of values) {
    const found = firstUnknown(value);
    if (found) return found;
  }
  return undefined;
}

/** A lazy object with all its attributes evaluated; other values as they are. */
export function expanded(value: Value): Value {
  if (value.kind !== "lazy") return value;
  const entries = value.names().flatMap((name) => {
    const one = value.get(name);
    return one === undefined ? [] : [[name, one] as const];
  });
  const { sensitive, reference } = value;
  return { ...object(entries), ...(sensitive ? { sensitive } : {}), ...(reference ? { reference } : {}) };
}

/** Whether nothing in the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case "null":
    case "string":
    case "number":
    case "boolean":
      return true;
    case "sequence":
      return value.elements.every(isWhollyKnown);
    case "mapping":
      for (const one of value.entries.values()) if (!isWhollyKnown(one)) return false;
      return true;
    case "lazy":
      return isWhollyKnown(expanded(value));
    default:
      return false;
  }
}

/** How many choices were left out because they fail: an expression that has such a choice may fail. */
export const leftOut = { failures: 0 };

/** One of several values; one alone is that value. */
export function candidates(values: readonly Value[], marks: Marks = {}): Value {
  const flat = values.flatMap((value) => (value.kind === "candidates" ? value.values : [value]));
  const possible = flat.filter((value) => value.kind !== "error");
  if (possible.length > 0 && possible.length < flat.length) leftOut.failures++;
  const distinct = [...new Map(possible.map((value) => [identityOf(value), value])).values()];
  const [only] = distinct;
  if (only === undefined) return flat[0] ?? unknown({ kind: "limit" });
  if (distinct.length === 1) return withSensitivity(only, marks.sensitive);
  if (distinct.length > maxCandidates) return derived(unknown({ kind: "limit" }), distinct);
  return { kind: "candidates", values: distinct, ...marks };
}

export const maxCandidates = 16;

/** Equal for values that are surely the same. */
function identityOf(value: Value): unknown {
  if (value.reference && !(value.kind === "unknown" && value.mayFail)) return JSON.stringify(value.reference);
  if (value.kind === "null") return null;
  if (value.kind === "string" && !value.reference) return `"${value.text}`;
  if (value.kind === "boolean" && !value.reference) return value.truth;
  if (value.kind === "number" && !value.reference) return `#${formatNumber(value.number)}`;
  return value;
}

/** The value as JSON, secrets included; undefined where a part of it is unknown. */
export function jsonOf(value: Value): Json | undefined {
  switch (value.kind) {
    case "null":
      return null;
    case "string":
      return value.text;
    case "number":
      return Number(formatNumber(value.number));
    case "boolean":
      return value.truth;
    case "sequence": {
      const items = value.elements.map(jsonOf);
      return items.some((item) => item === undefined) ? undefined : (items as Json[]);
    }
    case "mapping": {
      const items = [...value.entries].map(([name, one]) => [name, jsonOf(one)] as const);
      // fromEntries keeps a key such as __proto__ as data.
      return items.some(([, item]) => item === undefined)
        ? undefined
        : Object.fromEntries(items as (readonly [string, Json])[]);
    }
    case "lazy":
      return jsonOf(expanded(value));
    default:
      return undefined;
  }
}

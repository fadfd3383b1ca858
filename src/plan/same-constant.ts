// Whether a constant that a plan shows is the one that a configuration has.

import type { ShownConstant } from "../hcl/constant.ts";
import type { Json, JsonObject } from "./plan.ts";

interface Tolerance {
  /** Lists may be sets, which Terraform sorts. */
  readonly isUnordered?: boolean;
  /** Numbers and booleans may be written as texts. */
  readonly isConverted?: boolean;
}

/** Whether two constants may be the same. */
export function sameConstant(one: ShownConstant, other: ShownConstant, tolerance: Tolerance = {}): boolean {
  if (one.kind === "open" || other.kind === "open") return true;
  if (one.kind === "none" || other.kind === "none") return one.kind === other.kind;
  return sameJson(one.json, other.json, tolerance);
}

/**
 * Whether a list of a plan holds these objects, converted to their type and with null for what they leave out. A set is in an
 * order of its own.
 */
export function holdsObjects(shown: Json | undefined, objects: readonly JsonObject[]): boolean {
  if (!Array.isArray(shown)) return false;
  return pairs(objects, shown as readonly Json[], isFilled);
}

function isFilled(written: JsonObject, shown: Json): boolean {
  if (typeof shown !== "object" || shown === null || Array.isArray(shown)) return false;
  const names = new Set([...Object.keys(written), ...Object.keys(shown)]);
  return [...names].every((name) =>
    sameJson(item(written, name) ?? null, item(shown as JsonObject, name) ?? null, {
      isConverted: true,
      isUnordered: true,
    }),
  );
}

/** Whether each item has another one for itself, and none is left over. */
function pairs<T>(items: readonly T[], others: readonly Json[], isPair: (one: T, other: Json) => boolean): boolean {
  const left = [...others];
  return (
    items.every((one) => {
      const index = left.findIndex((other) => isPair(one, other));
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    }) && left.length === 0
  );
}

function sameJson(one: Json, other: Json, tolerance: Tolerance): boolean {
  if (one === other) return true;
  if (one === null || other === null) return false;
  if (typeof one !== "object" || typeof other !== "object") return sameScalar(one, other, tolerance);
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    const isSame = (left: Json, right: Json) => sameJson(left, right, tolerance);
    return (
      one.every((element, index) => isSame(element, other[index] ?? null)) ||
      (tolerance.isUnordered === true && pairs(one, other, isSame))
    );
  }
  const [left, right] = [normalized(one as JsonObject), normalized(other as JsonObject)];
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name] ?? null, right[name] ?? null, tolerance))
  );
}

function sameScalar(one: Json, other: Json, { isConverted }: Tolerance): boolean {
  if (typeof one === "object" || typeof other === "object") return false;
  if (typeof one === "string" && typeof other === "string") return one.normalize("NFC") === other.normalize("NFC");
  return isConverted === true && `${one}` === `${other}`;
}

const item = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Terraform normalises all text. */
const normalized = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, one]) => [name.normalize("NFC"), one]));

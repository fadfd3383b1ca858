// Converts values between Terraform's types, as arguments, conditionals and lists do by themselves; and compares them.
// https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion

import { compare, formatNumber, parseNumber } from "./number.ts";
import type { Expression } from "./syntax.ts";
import {
  type AttributeType,
  elementIn,
  holdsAny,
  isOpen,
  isShape,
  sameType,
  type Type,
  typeOf,
  unify,
} from "./type.ts";
import {
  bool,
  candidates,
  compareText,
  computed,
  derived,
  expanded,
  failure,
  isNeverEmpty,
  isNotEmpty,
  isSecret,
  isWhollyKnown,
  mapping,
  type NumberValue,
  number,
  sequence,
  string,
  type Value,
  withSensitivity,
} from "./value.ts";

/** Evaluates the default of an optional attribute, which is a constant. */
export type Constant = (expression: Expression) => Value;

const noConstants: Constant = () => failure("no default is expected here");

/** Converts a value to a type; an error value where Terraform reports one. */
export function convert(value: Value, type: Type, constant: Constant = noConstants): Value {
  if (type === "any" || type === "untyped" || value.kind === "error") return value;
  switch (value.kind) {
    case "candidates":
      return candidates(
        value.values.map((one) => convert(one, type, constant)),
        { ...(value.sensitive ? { sensitive: true } : {}), ...(value.origins ? { origins: value.origins } : {}) },
      );
    case "unknown":
      return isOpen(type) ? value : { ...value, type };
    case "null":
      return { ...value, type };
    case "lazy":
      return typeof type === "string" ? failure(`a ${type} is required`) : convert(expanded(value), type, constant);
    default: {
      const result = typeof type === "string" ? toPrimitive(value, type) : toCollection(value, type, constant);
      if (result === value || result.kind === "error") return result;
      const { sensitive, reference, origins } = value;
      return {
        ...result,
        ...(sensitive ? { sensitive } : {}),
        ...(reference ? { reference } : {}),
        ...(origins ? { origins } : {}),
      };
    }
  }
}

function toPrimitive(value: Value, type: "string" | "number" | "bool"): Value {
  const wrong = failure(`a ${type} is required`);
  switch (value.kind) {
    case "string": {
      if (type === "string") return value;
      if (type === "number") {
        const parsed = parseNumber(value.text);
        return parsed ? number(parsed) : wrong;
      }
      return value.text === "true" || value.text === "1"
        ? bool(true)
        : value.text === "false" || value.text === "0"
          ? bool(false)
          : wrong;
    }
    case "number":
      return type === "number" ? value : type === "string" ? string(formatNumber(value.number)) : wrong;
    case "boolean":
      return type === "bool" ? value : type === "string" ? string(`${value.truth}`) : wrong;
    case "template":
    case "encoded":
      return type === "string" ? value : computed(`conversion to ${type}`, [value]);
    default:
      return wrong;
  }
}

function toCollection(value: Value, type: Exclude<Type, string>, constant: Constant): Value {
  if (isShape(type, "list") || isShape(type, "set")) {
    if (value.kind !== "sequence") return failure("a list or set is required");
    const wanted = isShape(type, "list") ? type.list : type.set;
    const element = elementType(wanted, value.elements, value.elementType);
    const isAnyOfSeveral = wanted === "any" && element === "any" && value.elements.some((one) => typeOf(one) !== "any");
    if (element === undefined || isAnyOfSeveral) return failure("the elements have no type in common");
    const elements = value.elements.map((one) => as(one, element, constant));
    const failed = elements.find(({ kind }) => kind === "error");
    if (failed) return failed;
    if (holdsAny(element) && !haveOneType(elements)) return failure("the elements have no type in common");
    if (isShape(type, "set")) return setOf(elements, element);
    // A set may have fewer elements once they are known.
    if (value.form === "set" && !isWhollyKnown(value)) return computed("conversion of a set to a list", [value]);
    return sequence("list", elements, element);
  }
  if (isShape(type, "tuple")) {
    if (value.kind !== "sequence" || value.elements.length !== type.tuple.length) return failure("a tuple is required");
    const elements = value.elements.map((one, index) => convert(one, type.tuple[index] as Type, constant));
    return elements.find(({ kind }) => kind === "error") ?? sequence("tuple", elements);
  }
  if (value.kind !== "mapping") return failure("a map or object is required");
  if (isShape(type, "map")) {
    const element = elementType(type.map, [...value.entries.values()], value.elementType);
    if (element === undefined) return failure("the elements have no type in common");
    const entries = [...value.entries].map(([name, one]) => [name, as(one, element, constant)] as const);
    const failed = entries.find(([, one]) => one.kind === "error")?.[1];
    if (failed) return failed;
    if (holdsAny(element) && !haveOneType(entries.map(([, one]) => one)))
      return failure("the elements have no type in common");
    return mapping("map", entries, element);
  }
  const entries: [string, Value][] = [];
  for (const [name, attribute] of type.object) {
    const converted = attributeOf(value.entries.get(name), attribute, constant);
    if (converted === undefined) return failure(`attribute ${name} is required`);
    if (converted.kind === "error") return converted;
    entries.push([name, converted]);
  }
  return mapping("object", entries);
}

function attributeOf(value: Value | undefined, attribute: AttributeType, constant: Constant): Value | undefined {
  const { type, optional, fallback } = attribute;
  if (value === undefined && !optional) return undefined;
  if (fallback && (value === undefined || value.kind === "null")) return convert(constant(fallback), type, constant);
  return value === undefined ? { kind: "null", type } : convert(value, type, constant);
}

/** `any` as an element's type means one that all elements can have. */
function elementType(wanted: Type, elements: readonly Value[], known: Type | undefined): Type | undefined {
  if (wanted !== "any") return wanted;
  return elements.length === 0 ? (known ?? "any") : unify(elements.map(typeOf));
}

/** Elements that were converted to "any" must be alike all the same; null without a type is like all of them. */
function haveOneType(elements: readonly Value[]): boolean {
  const types = elements.map(typeOf).filter((type) => type !== "any" && !isOpen(type));
  const [first] = types;
  return first === undefined || types.every((type) => sameType(type, first));
}

/** Where the type is not shown, a number or a boolean may have become a string. */
export function as(value: Value, type: Type, constant: Constant = noConstants): Value {
  if (type !== "untyped") return convert(value, type, constant);
  return value.kind === "number" || value.kind === "boolean" ? { ...value, mayBeText: true } : value;
}

/** Distinct elements in the order that Terraform iterates over; the secrecy of an element is that of the set. */
export function setOf(elements: readonly Value[], type?: Type): Value {
  const secret = elements.some(isSecret);
  const known = elements.filter(isWhollyKnown);
  const open = elements.filter((one) => !isWhollyKnown(one));
  const distinct = new Map<string, Value>();
  for (const one of known) {
    const identity = identityOf(one);
    if (!distinct.has(identity)) distinct.set(identity, one);
  }
  const sorted = [...distinct.values()].sort(compareElements);
  return withSensitivity(sequence("set", [...sorted, ...open], type), secret);
}

function compareElements(one: Value, other: Value): number {
  if (one.kind === "null" || other.kind === "null") return Number(one.kind === "null") - Number(other.kind === "null");
  if (one.kind === "string" && other.kind === "string") return compareText(one.text, other.text);
  if (one.kind === "number" && other.kind === "number") return compare(one.number, other.number);
  return compareText(hashOf(one), hashOf(other));
}

/** The text by which Terraform sorts the elements of a set that are neither strings nor numbers. */
const hashOf = (value: Value): string => textOf(value, ({ number }) => shortNumber(formatNumber(number)));

/** The same for equal values alone. */
export const identityOf = (value: Value): string =>
  textOf(value, ({ number: { mantissa, exponent } }) => `${mantissa}p${exponent}`);

function textOf(value: Value, numberText: (value: NumberValue) => string): string {
  const inner = (one: Value) => textOf(one, numberText);
  switch (value.kind) {
    case "null":
      return "~";
    case "string":
      return quoted(value.text);
    case "number":
      return numberText(value);
    case "boolean":
      return value.truth ? "T" : "F";
    case "sequence": {
      const content = value.elements.map((one) => `${inner(one)};`).join("");
      return value.form === "tuple" ? `<${content}>` : `[${content}]`;
    }
    case "mapping": {
      const entries = [...value.entries];
      return value.form === "object"
        ? `<${entries.map(([, one]) => `${inner(one)};`).join("")}>`
        : `{${entries.map(([name, one]) => `${quoted(name)}:${inner(one)};`).join("")}}`;
    }
    case "lazy":
      return inner(expanded(value));
    default:
      return "?";
  }
}

/** As Go's %q writes a string, near enough to sort by. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll("\u007f", "\\x7f");

/** Ten significant digits, as Go's %.10g. */
function shortNumber(text: string): string {
  const value = Number(text);
  if (value === 0) return "0";
  const [digits = "", exponent = ""] = value.toExponential(9).split("e");
  const power = Number(exponent);
  const short = digits.replace(/\.?0+$/, "");
  if (power < -4 || power >= 10) return `${short}e${power < 0 ? "-" : "+"}${`${Math.abs(power)}`.padStart(2, "0")}`;
  return `${Number(value.toPrecision(10))}`;
}

/** Whether a value is surely not null. */
export const isNotNull = (value: Value): boolean =>
  value.kind === "candidates"
    ? value.values.every(isNotNull)
    : isNeverEmpty(value) || (value.kind !== "null" && value.kind !== "unknown");

const isEmptyText = (value: Value): boolean => value.kind === "string" && value.text === "";

/** `==`: a boolean, or unknown where a part or a type is. */
export function equal(one: Value, other: Value): Value {
  if (one.kind === "error") return one;
  if (other.kind === "error") return other;
  const both = [one, other];
  // Most comparisons are of two texts or numbers, and `contains` makes one for each element.
  if (one.kind === "string" && other.kind === "string" && !one.mayBeText && !other.mayBeText) {
    return derived(bool(one.text === other.text), both);
  }
  if (one.kind === "number" && other.kind === "number" && !one.mayBeText && !other.mayBeText) {
    return derived(bool(compare(one.number, other.number) === 0), both);
  }
  if (one.kind === "null" || other.kind === "null") {
    if (one.kind === other.kind) return withSensitivity(bool(true), one.sensitive || other.sensitive);
    const present = one.kind === "null" ? other : one;
    return isNotNull(present) ? withSensitivity(bool(false), one.sensitive || other.sensitive) : computed("==", both);
  }
  if (isEmptyText(one) ? isNotEmpty(other) : isEmptyText(other) && isNotEmpty(one)) return derived(bool(false), both);
  if (!isWhollyKnown(one) || !isWhollyKnown(other)) return computed("==", both);
  const [left, right] = [expanded(one), expanded(other)];
  const [leftType, rightType] = [typeOf(left), typeOf(right)];
  if (identityOf(sameForm(left)) !== identityOf(sameForm(right))) {
    const isText = (value: Value) => value.kind === "string" || value.mayBeText === true;
    // "1" and 1 differ, but not if the number has been converted.
    const mayAgree = (left.mayBeText || right.mayBeText) && isText(left) && isText(right);
    return mayAgree ? computed("==", both) : derived(bool(false), both);
  }
  if (isOpen(leftType) || isOpen(rightType))
    return typeof leftType === "string" &&
      typeof rightType === "string" &&
      left.kind === right.kind &&
      (left.kind === "string" || sameKind(left, right))
      ? derived(bool(true), both)
      : { ...computed("==", both), cause: { kind: "type", by: "==" } };
  if (sameType(leftType, rightType)) return derived(bool(true), both);
  // The type of null, or of what an empty collection holds, may have been lost.
  return comparable(leftType, rightType)
    ? { ...computed("==", both), cause: { kind: "type", by: "==" } }
    : derived(bool(false), both);
}

const sameKind = (one: Value, other: Value): boolean =>
  one.mayBeText === other.mayBeText && one.kind !== "sequence" && one.kind !== "mapping";

/** Whether two types are the same but for what is not known of them: that of null, and of what an empty collection holds. */
function comparable(one: Type, other: Type): boolean {
  if (one === "any" || other === "any") return true;
  if (isShape(one, "tuple") && isShape(other, "tuple"))
    return (
      one.tuple.length === other.tuple.length &&
      one.tuple.every((type, index) => comparable(type, other.tuple[index] as Type))
    );
  if (isShape(one, "object") && isShape(other, "object"))
    return (
      one.object.size === other.object.size &&
      [...one.object].every(([name, { type }]) => comparable(type, other.object.get(name)?.type ?? "untyped"))
    );
  for (const shape of ["list", "set", "map"] as const)
    if (isShape(one, shape)) return isShape(other, shape) && comparable(elementIn(one), elementIn(other));
  return sameType(one, other);
}

/** Collections of equal content look alike, whatever their type is. */
function sameForm(value: Value): Value {
  if (value.kind === "sequence") return { ...value, form: "list", elements: value.elements.map(sameForm) };
  if (value.kind === "lazy") return sameForm(expanded(value));
  if (value.kind !== "mapping") return value;
  return { ...value, form: "map", entries: new Map([...value.entries].map(([name, one]) => [name, sameForm(one)])) };
}

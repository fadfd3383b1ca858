// Terraform's types: of values, of variables, and the one type that several can be converted to.
// https://developer.hashicorp.com/terraform/language/expressions/type-constraints

import type { Expression } from "./syntax.ts";
import type { Value } from "./value.ts";

/** "any": a type that Terraform finds later. "untyped": one that Terraform knows, but a plan does not show. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "any"
  | "untyped"
  | { readonly list: Type }
  | { readonly set: Type }
  | { readonly map: Type }
  | { readonly tuple: readonly Type[] }
  | { readonly object: ReadonlyMap<string, AttributeType> };

export interface AttributeType {
  readonly type: Type;
  readonly optional?: true;
  /** The second argument of `optional()`. */
  readonly fallback?: Expression;
}

export const isPrimitive = (type: Type): type is "string" | "number" | "bool" =>
  type === "string" || type === "number" || type === "bool";

export const isShape = <K extends "list" | "set" | "map" | "tuple" | "object">(
  type: Type,
  shape: K,
): type is Extract<Type, { readonly [P in K]: unknown }> => typeof type === "object" && shape in type;

/** The type of the elements of a list, a set or a map. */
export const elementIn = (type: { readonly list: Type } | { readonly set: Type } | { readonly map: Type }): Type =>
  "list" in type ? type.list : "set" in type ? type.set : type.map;

const elementOrSelf = (type: Type): Type =>
  isShape(type, "list") || isShape(type, "set") || isShape(type, "map") ? elementIn(type) : type;

/** Whether a type in it is still to be found. */
export function holdsAny(type: Type): boolean {
  if (typeof type === "string") return type === "any";
  if (isShape(type, "tuple")) return type.tuple.some(holdsAny);
  if (isShape(type, "object")) return [...type.object.values()].some((one) => holdsAny(one.type));
  return holdsAny(elementIn(type));
}

/** The type of a value as Terraform would infer it. */
export function typeOf(value: Value): Type {
  switch (value.kind) {
    case "null":
      return value.type ?? (value.reference ? "untyped" : "any");
    case "string":
    case "template":
    case "encoded":
      return "string";
    case "number":
      return value.mayBeText ? "untyped" : "number";
    case "boolean":
      return value.mayBeText ? "untyped" : "bool";
    case "sequence": {
      if (value.form === "tuple") return { tuple: value.elements.map(typeOf) };
      if (value.form === "array") return "untyped";
      const element = value.elementType ?? elementTypeOf(value.elements);
      return value.form === "list" ? { list: element } : { set: element };
    }
    case "mapping":
      if (value.form === "record") return "untyped";
      if (value.form === "map") return { map: value.elementType ?? elementTypeOf([...value.entries.values()]) };
      return { object: new Map([...value.entries].map(([name, one]) => [name, { type: typeOf(one) }])) };
    case "unknown":
      return value.type ?? "untyped";
    default:
      return "untyped";
  }
}

function elementTypeOf(elements: readonly Value[]): Type {
  const types = elements.map(typeOf);
  return (
    types.find((type) => type !== "any" && type !== "untyped") ?? types.find((type) => type === "untyped") ?? "any"
  );
}

export function sameType(one: Type, other: Type): boolean {
  if (one === other) return true;
  if (typeof one === "string" || typeof other === "string") return false;
  for (const shape of ["list", "set", "map"] as const)
    if (isShape(one, shape)) return isShape(other, shape) && sameType(elementIn(one), elementIn(other));
  if (isShape(one, "tuple"))
    return (
      isShape(other, "tuple") &&
      one.tuple.length === other.tuple.length &&
      one.tuple.every((type, index) => sameType(type, other.tuple[index] as Type))
    );
  if (!isShape(one, "object") || !isShape(other, "object") || one.object.size !== other.object.size) return false;
  return [...one.object].every(([name, { type }]) => {
    const found = other.object.get(name);
    return found !== undefined && sameType(type, found.type);
  });
}

/** Whether a plan leaves open what the type, or a type in it, is. */
export function isOpen(type: Type): boolean {
  if (typeof type === "string") return type === "untyped";
  if (isShape(type, "tuple")) return type.tuple.some(isOpen);
  if (isShape(type, "object")) return [...type.object.values()].some((one) => isOpen(one.type));
  return isOpen(elementIn(type));
}

const attributesOf = (type: Type): readonly Type[] =>
  isShape(type, "object") ? [...type.object.values()].map((one) => one.type) : isShape(type, "tuple") ? type.tuple : [];

/**
 * The type that all can be converted to, as the branches of a conditional and the elements of a list are; undefined
 * where there is none. "untyped" where a plan does not show enough to say.
 */
export function unify(types: readonly Type[]): Type | undefined {
  // Beside null, whose type is open, all can stay what they are.
  return unifyStrictly(types) ?? (types.includes("any") ? "any" : undefined);
}

function unifyStrictly(types: readonly Type[]): Type | undefined {
  const [first] = types;
  if (first === undefined) return "any";
  if (types.every((type) => sameType(type, first))) return first;
  if (types.some(isOpen)) return unifyOpen(types);
  const shaped = types.filter((type) => type !== "any");
  const all = (shape: "list" | "set" | "map" | "tuple" | "object") => shaped.every((type) => isShape(type, shape));
  const some = (shape: "list" | "set" | "map" | "tuple" | "object") => shaped.some((type) => isShape(type, shape));
  const hasAny = shaped.length < types.length;
  for (const shape of ["map", "list", "set"] as const) {
    if (!shaped.length || !all(shape)) continue;
    if (hasAny) return "any";
    const element = unify(shaped.map(elementOrSelf));
    return element === undefined ? undefined : ({ [shape]: element } as unknown as Type);
  }
  if (some("map") && shaped.every((type) => isShape(type, "map") || isShape(type, "object")))
    return unifyWith("map", shaped, hasAny);
  if (some("list") && shaped.every((type) => isShape(type, "list") || isShape(type, "tuple")))
    return unifyWith("list", shaped, hasAny);
  if (shaped.length > 0 && (all("object") || all("tuple"))) return hasAny ? "any" : unifyStructures(shaped);
  if (some("object") && some("tuple")) return undefined;
  if (shaped.every(isPrimitive)) {
    if (shaped.length === 0) return "any";
    const [one] = shaped;
    if (shaped.every((type) => type === one)) return one;
    return shaped.includes("string") ? "string" : undefined;
  }
  // Beside a list a set becomes a list, and beside a set a tuple becomes a set.
  if (some("set") && shaped.every((type) => isShape(type, "set") || isShape(type, "list") || isShape(type, "tuple")))
    return shaped.find((type) => isShape(type, "list")) ?? shaped.find((type) => isShape(type, "set"));
  return undefined;
}

/** Where a type is not shown, all are taken as they are, but for strings: those all primitives become. */
function unifyOpen(types: readonly Type[]): Type {
  const shown = types.filter((type) => !isOpen(type) && type !== "any");
  return shown.includes("string") ? "string" : "untyped";
}

function unifyWith(shape: "map" | "list", types: readonly Type[], hasAny: boolean): Type | undefined {
  const elements = types.map((type) => (isShape(type, shape) ? elementOrSelf(type) : unify(attributesOf(type))));
  if (elements.some((type) => type === undefined)) return undefined;
  if (hasAny) return "any";
  const element = unify(
    (elements as Type[]).filter((type, index) => type !== "any" || attributesOf(types[index] as Type).length > 0),
  );
  return element === undefined ? undefined : ({ [shape]: element } as unknown as Type);
}

function unifyStructures(types: readonly Type[]): Type | undefined {
  const [first] = types as readonly [Type, ...Type[]];
  if (isShape(first, "tuple")) {
    const tuples = types as readonly { readonly tuple: readonly Type[] }[];
    if (tuples.every(({ tuple }) => tuple.length === first.tuple.length)) {
      const elements = first.tuple.map((_, index) => unify(tuples.map(({ tuple }) => tuple[index] as Type)));
      return elements.some((type) => type === undefined) ? undefined : { tuple: elements as Type[] };
    }
    const element = unify(tuples.flatMap(({ tuple }) => tuple));
    return element === undefined ? undefined : { list: element };
  }
  const objects = types as readonly { readonly object: ReadonlyMap<string, AttributeType> }[];
  const names = [...(first as (typeof objects)[number]).object.keys()];
  if (objects.every(({ object }) => object.size === names.length && names.every((name) => object.has(name)))) {
    const entries = names.map(
      (name) => [name, unify(objects.map(({ object }) => object.get(name)?.type ?? "any"))] as const,
    );
    if (entries.some(([, type]) => type === undefined)) return undefined;
    return { object: new Map(entries.map(([name, type]) => [name, { type: type as Type }])) };
  }
  const element = unify(types.flatMap(attributesOf));
  return element === undefined ? undefined : { map: element };
}

/** Reads the type expression of a variable; undefined where it is none. */
export function typeFrom(expression: Expression): Type | undefined {
  if (expression.kind === "variable") {
    const { name } = expression;
    if (name === "string" || name === "number" || name === "bool" || name === "any") return name;
    return name === "list"
      ? { list: "any" }
      : name === "map"
        ? { map: "any" }
        : name === "set"
          ? { set: "any" }
          : undefined;
  }
  if (expression.kind !== "call") return undefined;
  const [argument] = expression.arguments;
  if (!argument) return undefined;
  switch (expression.name) {
    case "list":
    case "set":
    case "map": {
      const element = typeFrom(argument);
      return element === undefined ? undefined : ({ [expression.name]: element } as unknown as Type);
    }
    case "tuple": {
      if (argument.kind !== "tuple") return undefined;
      const elements = argument.elements.map(typeFrom);
      return elements.some((type) => type === undefined) ? undefined : { tuple: elements as Type[] };
    }
    case "object": {
      if (argument.kind !== "object") return undefined;
      const attributes = argument.items.map(({ key, value }) => {
        const attribute = attributeFrom(value);
        return key.kind === "literal" && typeof key.value === "string" && attribute
          ? ([key.value, attribute] as const)
          : undefined;
      });
      return attributes.some((one) => one === undefined)
        ? undefined
        : { object: new Map(attributes as (readonly [string, AttributeType])[]) };
    }
    default:
      return undefined;
  }
}

function attributeFrom(expression: Expression): AttributeType | undefined {
  const isOptional = expression.kind === "call" && expression.name === "optional";
  const [inner, fallback] = isOptional ? expression.arguments : [expression];
  const type = inner && typeFrom(inner);
  if (type === undefined) return undefined;
  return { type, ...(isOptional ? { optional: true as const } : {}), ...(fallback ? { fallback } : {}) };
}

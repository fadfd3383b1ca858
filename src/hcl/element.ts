// Takes an attribute or an element out of a value.

import { convert } from "./convert.ts";
import { distribute } from "./distribute.ts";
import { toInteger } from "./number.ts";
import {
  candidates,
  computed,
  failure,
  isWhollyKnown,
  nothing,
  originsOf,
  type Value,
  withSensitivity,
} from "./value.ts";

export function attributeOf(source: Value, name: string): Value {
  return distribute([source], ([value]) => {
    if (!value) return nothing;
    switch (value.kind) {
      case "lazy": {
        const found = value.get(name);
        return found ? withSensitivity(found, value.sensitive) : failure(`there is no attribute ${name}`);
      }
      case "mapping": {
        const found = value.entries.get(name);
        return found ? withSensitivity(found, value.sensitive) : failure(`there is no attribute ${name}`);
      }
      case "unknown":
        return below(value, name);
      default:
        return failure(`${value.kind} has no attributes`);
    }
  });
}

/** A part of what is unknown. */
function below(value: Extract<Value, { kind: "unknown" }>, step: string | number): Value {
  const { reference, type, isIdentifier, ...rest } = value;
  if (!reference) return rest;
  return { ...rest, reference: { ...reference, path: [...reference.path, step] }, mayFail: true };
}

export function indexIn(source: Value, key: Value): Value {
  return distribute([source, key], ([value, index]) => {
    if (!value || !index) return nothing;
    if (value.kind === "null") return failure("null has no elements");
    if (index.kind === "null") return failure("an index cannot be null");
    if (index.kind !== "string" && index.kind !== "number") {
      if (isWhollyKnown(index)) return failure("an index must be a string or a number");
      // A set has no indexes, and what a plan shows may be one.
      if (value.kind === "sequence")
        return candidates(value.elements, { ...sensitivity(value, index), origins: originsOf([index]) });
      if (value.kind === "mapping")
        return candidates([...value.entries.values()], { ...sensitivity(value, index), origins: originsOf([index]) });
      return computed("index", [value, index]);
    }
    const marked = (found: Value) => withSensitivity(found, value.sensitive || index.sensitive);
    switch (value.kind) {
      case "sequence": {
        const position = convert(index, "number");
        const at = position.kind === "number" ? toInteger(position.number) : undefined;
        if (value.form === "set") return failure("a set has no indexes");
        const found = at === undefined ? undefined : value.elements[at];
        return found ? marked(found) : failure("there is no element at this index");
      }
      case "mapping":
      case "lazy": {
        const name = convert(index, "string");
        const text = name.kind === "string" ? name.text : "";
        const found = value.kind === "lazy" ? value.get(text) : value.entries.get(text);
        return found ? marked(found) : failure("there is no element with this key");
      }
      case "unknown": {
        const position = index.kind === "number" ? toInteger(index.number) : undefined;
        const step = index.kind === "string" ? index.text : position;
        return step === undefined
          ? failure("an index must be whole")
          : withSensitivity(below(value, step), index.sensitive);
      }
      default:
        return failure(`${value.kind} has no elements`);
    }
  });
}

const sensitivity = (...values: readonly Value[]): { readonly sensitive?: true } =>
  values.some((value) => value.sensitive) ? { sensitive: true } : {};

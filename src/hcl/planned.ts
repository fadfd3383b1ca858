// What the evaluator asks a plan: which instances there are, and what is planned for them.

import { isJsonObject, type Json, type JsonObject, type Mask, maskBelow } from "./json.ts";
import { parseNumber } from "./number.ts";
import {
  type AttributeReference,
  bool,
  limitReached,
  mapping,
  nothing,
  number,
  sequence,
  string,
  unknown,
  type Value,
} from "./value.ts";

export type InstanceKey = string | number | undefined;

/** One step into a module: `module.site["a"]` has the name "site" and the key "a". */
export interface ModuleStep {
  readonly name: string;
  readonly key: InstanceKey;
}

/** A resource in a module instance. */
export interface ResourceId {
  readonly module: readonly ModuleStep[];
  readonly mode: "managed" | "data" | "ephemeral";
  readonly type: string;
  readonly name: string;
}

export interface InstanceId extends ResourceId {
  readonly key: InstanceKey;
}

/** One resource instance with what is planned for it, or with what has been read. */
export interface PlannedInstance {
  readonly address: string;
  readonly key: InstanceKey;
  readonly values: JsonObject;
  /** What is known after the apply. */
  readonly unknown: Mask;
  readonly sensitive: Mask;
}

export interface PlannedValues {
  /** The instances of a resource that will exist: those that are deleted are none of them. */
  readonly instances: (resource: ResourceId) => readonly PlannedInstance[];
  /** Keys of a module's instances, as far as they hold a resource. */
  readonly moduleKeys: (parent: readonly ModuleStep[], name: string) => readonly InstanceKey[];
  /** Values of the root module's variables. */
  readonly variables: { readonly [name: string]: Json };
  /** When the plan was made. */
  readonly timestamp: string | undefined;
  /** Whether a list of the plan is a list or a set, where the caller knows the resource type's schema. */
  readonly collectionForm?: (resource: ResourceId, path: readonly (string | number)[]) => "list" | "set" | undefined;
  /** What an attribute that the plan leaves unknown will be, where the caller knows how the provider computes it. */
  readonly computedAttribute?: (instance: InstanceId, attribute: string) => Value | undefined;
}

/** A planned value with its marks; every part of it knows which attribute it is. */
export function plannedValue(
  json: Json | undefined,
  unknownMask: Mask,
  sensitiveMask: Mask,
  reference: AttributeReference,
  form: (path: AttributeReference["path"]) => "list" | "set" | undefined = () => undefined,
): Value {
  const marks = { reference, ...(sensitiveMask === true ? { sensitive: true as const } : {}) };
  if (unknownMask === true) return unknown({ kind: "known-after-apply" }, marks);
  const below = (one: Json | undefined, step: string | number) =>
    plannedValue(
      one,
      maskBelow(unknownMask, step),
      maskBelow(sensitiveMask, step),
      {
        instance: reference.instance,
        path: [...reference.path, step],
      },
      form,
    );
  if (Array.isArray(json)) {
    const elements = json.map((one, index) => below(one, index));
    return { ...sequence(form(reference.path) ?? "array", elements), ...marks };
  }
  if (isJsonObject(json)) {
    const open = typeof unknownMask === "object" && !Array.isArray(unknownMask) ? Object.keys(unknownMask) : [];
    const names = [...new Set([...Object.keys(json), ...open])];
    return {
      ...mapping(
        "record",
        names.map((name) => [name, below(json[name], name)] as const),
      ),
      ...marks,
    };
  }
  switch (typeof json) {
    case "string":
      return { ...string(json), ...marks };
    case "boolean":
      return { ...bool(json), ...marks };
    case "number": {
      const parsed = parseNumber(`${json}`);
      return { ...(parsed ? number(parsed) : limitReached), ...marks };
    }
    default:
      return { ...nothing, ...marks };
  }
}

/** A resource instance as an object: its attributes are read when they are asked for. */
export function instanceValue(
  instance: PlannedInstance,
  form?: (path: AttributeReference["path"]) => "list" | "set" | undefined,
): Value {
  const { address, values, unknown: unknownMask, sensitive } = instance;
  const open = typeof unknownMask === "object" && !Array.isArray(unknownMask) ? Object.keys(unknownMask) : [];
  const names = [...new Set([...Object.keys(values), ...open])];
  const known = new Set(names);
  return {
    kind: "lazy",
    reference: { instance: address, path: [] },
    ...(sensitive === true ? { sensitive: true as const } : {}),
    names: () => names,
    get: (name) =>
      known.has(name) || unknownMask === true
        ? plannedValue(
            Object.hasOwn(values, name) ? values[name] : undefined,
            unknownMask === true || maskBelow(unknownMask, name),
            sensitive === true || maskBelow(sensitive, name),
            { instance: address, path: [name] },
            form,
          )
        : undefined,
  };
}

/** A value from JSON without any marks: a tuple or an object, to be converted to the type that is declared. */
export function valueFromJson(json: Json): Value {
  if (Array.isArray(json)) return sequence("tuple", json.map(valueFromJson));
  if (isJsonObject(json))
    return mapping(
      "object",
      Object.entries(json).map(([name, one]) => [name, valueFromJson(one)] as const),
    );
  if (typeof json === "string") return string(json);
  if (typeof json === "boolean") return bool(json);
  if (typeof json !== "number") return nothing;
  const parsed = parseNumber(`${json}`);
  return parsed ? number(parsed) : limitReached;
}

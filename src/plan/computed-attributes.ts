// Attributes that a provider computes from the configuration of their resource alone: what they will be, before the apply.

import { templateOf } from "../hcl/distribute.ts";
import type { InstanceId, PlannedValues } from "../hcl/planned.ts";
import { string, unknown, type Value, withSensitivity } from "../hcl/value.ts";
import type { Template } from "./block-config.ts";
import { masksAny } from "./mask.ts";
import type { Resource, View } from "./view.ts";

/** By resource type and attribute: the text that a provider makes of a resource's configuration; undefined where it is open. */
export interface ComputedAttributes {
  readonly [type: string]: { readonly [attribute: string]: (resource: Resource) => Template | undefined };
}

/** Resources that are computed from one another: more than any real configuration has, and an end to a cycle. */
const maxDepth = 16;

/** More than a service accepts as one policy or one document, so that texts in texts stay small. */
const maxLength = 1 << 18;
const maxParts = 4096;

/** Answers what the evaluator asks of computed attributes, once for each. */
export function computedAttributesOf(
  attributes: ComputedAttributes,
  planned: PlannedValues,
  after: () => View,
): NonNullable<PlannedValues["computedAttribute"]> {
  const values = new Map<string, Value | undefined>();
  const computing = new Set<string>();
  return (instance, attribute) => {
    const ofType = Object.hasOwn(attributes, instance.type) ? attributes[instance.type] : undefined;
    const compute = ofType && Object.hasOwn(ofType, attribute) ? ofType[attribute] : undefined;
    const resource = compute && resourceAt(after(), instance);
    if (!resource) return undefined;
    const place = `${resource.address}.${attribute}`;
    if (values.has(place)) return values.get(place);
    if (computing.has(place) || computing.size >= maxDepth) return undefined;
    computing.add(place);
    try {
      const text = compute(resource);
      const value = text && !isTooLong(text) ? valueFromText(text, resource.address, attribute) : undefined;
      // A secret in the configuration makes all that is computed from it one.
      const { sensitive = false } = planned.instances(instance).find(({ key }) => key === instance.key) ?? {};
      const marked = value && withSensitivity(value, masksAny(sensitive));
      values.set(place, marked);
      return marked;
    } finally {
      computing.delete(place);
    }
  };
}

function resourceAt(view: View, { module, mode, type, name, key }: InstanceId): Resource | undefined {
  if (mode === "ephemeral") return undefined;
  return view.instances(module, mode, type, name).find((one) => one.key === key);
}

const isTooLong = (text: Template): boolean =>
  text.length > maxParts ||
  text.reduce((length, part) => length + (typeof part === "string" ? part.length : 0), 0) > maxLength;

const valueFromText = (text: Template, instance: string, attribute: string): Value =>
  templateOf(
    text.map((part) => {
      if (typeof part === "string") return string(part);
      if (!part) return unknown({ kind: "computed", by: attribute }, { origins: [{ instance, path: [attribute] }] });
      const reference = { instance: part.resource.address, path: [part.attribute] };
      return unknown({ kind: "known-after-apply" }, { reference });
    }),
  );

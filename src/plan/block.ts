// A resource or a nested block: its values joined with after_unknown, after_sensitive and the configuration.

import type { Expression, Expressions, Json, JsonObject, Mask, Snapshot } from "./plan.ts";
import { describeOrigin, type Leaf, trace } from "./reference.ts";
import { absent, isShown, known, sensitive, unknown, type Value } from "./value.ts";
import type { Resource, View } from "./view.ts";

/** What a configured attribute points at. */
export type Link =
  | { readonly state: "absent" }
  /** Resources of this plan; more than one when the plan does not tell which of them. */
  | { readonly state: "found"; readonly resources: readonly Resource[] }
  /** A literal that names something which this plan does not hold. */
  | { readonly state: "outside"; readonly value: Value }
  | { readonly state: "unknown"; readonly cause: string };

/** Which resources an attribute can point at, and the attributes that identify them once they are known. */
export type Targets = { readonly [type: string]: readonly string[] };

export interface Block {
  /** The resource that it is, or is part of. */
  readonly resource: Resource;
  /** Path in the resource, e.g. `ordered_cache_behavior[1]`; "" for the resource itself. */
  readonly at: string;
  /** "absent": no such block; "unknown": the plan does not tell whether, or with which values. */
  readonly presence: "present" | "absent" | "unknown";
  value(name: string): Value;
  /** What the plan itself shows, no reference followed: null for nothing, undefined for not known yet. */
  planned(name: string): Json | undefined;
  /** The elements of a list or set, each with a state of its own. */
  elements(name: string): readonly Value[];
  /** The first block of a type, or a block that is absent. */
  block(name: string, options?: BlockOptions): Block;
  /** All blocks of a type; when the plan does not tell how many, one block that is unknown. */
  blocks(name: string, options?: BlockOptions): readonly Block[];
  /** The resources that an attribute points at, by reference or by the value that identifies them. */
  link(name: string, targets: Targets): Link;
}

export interface BlockOptions {
  /** The provider's schema says "set": the plan's order is not the configuration's. */
  readonly set?: boolean;
  /** The provider fills the block when the author writes none, so an unknown one that is not configured is absent. */
  readonly computed?: boolean;
}

/**
 * The expressions that a block may have been written with: one where the plan tells, several for a set's elements that
 * look alike, nothing where no configuration is shown, e.g. for a `dynamic` block.
 */
type Written = readonly Expressions[] | undefined;

/** "head" is all that a resource has beside its attributes. */
export type ResourceHead = Omit<Resource, keyof Block>;

export function createBlock(head: ResourceHead, snapshot: Snapshot, written: Written): Resource {
  const resource = { ...head } as Resource;
  const presence = snapshot.unknown === true ? "unknown" : "present";
  return Object.assign(resource, blockParts(resource, "", presence, snapshot, written));
}

const nothing: Snapshot = { values: {}, unknown: false, sensitive: false };
const allUnknown: Snapshot = { values: {}, unknown: true, sensitive: false };

function blockParts(
  resource: Resource,
  at: string,
  presence: Block["presence"],
  snapshot: Snapshot,
  written: Written,
): Block {
  let traced: Map<string, readonly Leaf[]> | undefined;
  const place = (name: string) => (at ? `${at}.${name}` : name);
  const block: Block = {
    resource,
    at,
    presence,
    value,
    planned,
    elements,
    block: (name, options) =>
      blocks(name, options)[0] ?? blockParts(resource, place(`${name}[0]`), "absent", nothing, [{}]),
    blocks,
    link,
  };
  return block;

  function value(name: string): Value {
    const found = planned(name);
    if (found === null) return absent;
    if (found !== undefined) return shown(found, below(snapshot.sensitive, name));
    if (expressionsOf(name) === "absent" && isNothing(snapshot.values[name])) return absent;
    const leaves = leavesOf(name);
    // With every part of an expression known, what is still open was null: nothing was written.
    if (leaves.length > 0 && leaves.every(isKnownLeaf) && leaves.some((leaf) => leafValue(leaf) === null))
      return absent;
    return unknown(causeOf(leaves));
  }

  function planned(name: string): Json | undefined {
    if (holdsTrue(below(snapshot.unknown, name))) return undefined;
    const found = snapshot.values[name];
    return isNothing(found) ? null : (found as Json);
  }

  function elements(name: string): Value[] {
    const found = snapshot.values[name];
    const mask = below(snapshot.unknown, name);
    if (!Array.isArray(found) || mask === true) {
      const whole = value(name);
      return whole.state === "absent" ? [] : [whole];
    }
    const cause = () => causeOf(leavesOf(name));
    return found.map((element: Json, index) =>
      holdsTrue(below(mask, index)) ? unknown(cause()) : shown(element, below(below(snapshot.sensitive, name), index)),
    );
  }

  function blocks(name: string, options: BlockOptions = {}): Block[] {
    const mask = below(snapshot.unknown, name);
    const found = snapshot.values[name];
    if (mask === true) {
      if (options.computed && expressionsOf(name) === "absent") return [];
      return [blockParts(resource, place(`${name}[0]`), "unknown", allUnknown, undefined)];
    }
    if (isNothing(found)) return [];
    const items = (Array.isArray(found) ? found : [found]) as readonly JsonObject[];
    const statics = staticBlocks(name);
    return items.map((values, index) => {
      const inner: Snapshot = {
        values: values ?? {},
        unknown: below(mask, index),
        sensitive: below(below(snapshot.sensitive, name), index),
      };
      const chosen = options.set
        ? statics?.filter((one) => agrees(one, values ?? {}))
        : statics?.length === items.length && statics[index]
          ? [statics[index]]
          : undefined;
      return blockParts(
        resource,
        place(`${name}[${index}]`),
        inner.unknown === true ? "unknown" : "present",
        inner,
        chosen?.length ? chosen : undefined,
      );
    });
  }

  function link(name: string, targets: Targets): Link {
    const current = value(name);
    if (current.state === "absent") return current;
    const referred = () =>
      unique(
        leavesOf(name).flatMap((leaf) =>
          leaf.kind === "resource" && leaf.resource.type in targets ? [leaf.resource] : [],
        ),
      );
    if (isShown(current)) {
      const identified = unique(identify(resource.scope.view, targets, current.value));
      if (identified.length === 0) return { state: "outside", value: current };
      // A certificate and its validation share an ARN: the reference tells which is meant.
      const both = identified.length > 1 ? referred().filter((one) => identified.includes(one)) : [];
      return { state: "found", resources: both.length > 0 ? both : identified };
    }
    const leaves = leavesOf(name);
    const candidates = referred();
    // What is unknown comes from an unknown part; a constant beside it is a condition or an index.
    const open = leaves.filter((leaf) => !isKnownLeaf(leaf));
    const elsewhere = open.some((leaf) => leaf.kind !== "resource" || !(leaf.resource.type in targets));
    if (candidates.length > 0 && !elsewhere) return { state: "found", resources: candidates };
    return { state: "unknown", cause: current.cause };
  }

  function expressionsOf(name: string): readonly Expression[] | "absent" | undefined {
    if (!written) return undefined;
    const found = written.flatMap((one) => (one[name] === undefined ? [] : [one[name] as Expression]));
    return found.length === 0 ? "absent" : found;
  }

  function leavesOf(name: string): readonly Leaf[] {
    let leaves = traced?.get(name);
    if (!leaves) {
      const expressions = expressionsOf(name);
      if (!expressions || expressions === "absent") return [];
      leaves = expressions.flatMap((one) => trace(one, resource.scope));
      traced ??= new Map();
      traced.set(name, leaves);
    }
    return leaves;
  }

  function staticBlocks(name: string): readonly Expressions[] | undefined {
    const expressions = written?.length === 1 ? written[0]?.[name] : undefined;
    if (expressions === undefined) return undefined;
    return (Array.isArray(expressions) ? expressions : [expressions]) as readonly Expressions[];
  }

  function causeOf(leaves: readonly Leaf[]): string {
    const open = leaves.find((leaf) => !isKnownLeaf(leaf));
    if (open?.kind === "opaque" && /(^|\.)local\./.test(open.reference)) {
      return `known after apply, ${describeOrigin(open)}, and a plan does not show what local values hold`;
    }
    if (open) return `known after apply, ${describeOrigin(open)}`;
    if (!written) {
      return "known after apply, set in a dynamic block, whose expressions a plan does not show";
    }
    return "known after apply";
  }
}

/** Resources of the target types that one of their identifying attributes shows to be meant. */
const identify = (view: View, targets: Targets, value: unknown): Resource[] =>
  Object.entries(targets).flatMap(([type, attributes]) =>
    attributes.flatMap((attribute) => view.identified(type, attribute, value)),
  );

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** null, an empty list and an empty string all say that nothing was set: providers read unset texts back as "". */
const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

const shown = (value: Json, mask: Mask): Value => (holdsTrue(mask) ? sensitive(value) : known(value));

function below(mask: Mask | undefined, step: string | number): Mask {
  if (mask === true) return true;
  if (typeof mask !== "object") return false;
  return (mask as { readonly [step: string]: Mask })[step] ?? false;
}

function holdsTrue(mask: Mask): boolean {
  if (typeof mask === "boolean") return mask;
  return Object.values(mask).some(holdsTrue);
}

/** Whether the constants of a configured block are the planned values. */
function agrees(expressions: Expressions, values: JsonObject): boolean {
  return Object.entries(expressions).every(([name, expression]) => {
    const nested = Array.isArray(expression) ? expression : undefined;
    const planned = values[name];
    if (nested) {
      return (
        Array.isArray(planned) &&
        nested.every((one) => planned.some((item) => agrees(one as Expressions, (item ?? {}) as JsonObject)))
      );
    }
    const { constant_value: constant, references } = expression as Expression;
    if (constant === undefined || references?.length || planned == null) return true;
    if (typeof constant === "object" || typeof planned === "object") return true;
    return String(constant) === String(planned);
  });
}

function isKnownLeaf(leaf: Leaf): boolean {
  return leaf.kind === "constant" || (leaf.kind === "resource" && leafValue(leaf) !== undefined);
}

/** The value at the end of a leaf; undefined where it is unknown. */
function leafValue(leaf: Leaf): unknown {
  if (leaf.kind === "constant") return leaf.value;
  if (leaf.kind === "opaque") return undefined;
  const [step] = leaf.attribute;
  // A whole resource always holds something that only its creation tells.
  if (!step || !("name" in step)) return undefined;
  return leaf.resource.planned(step.name);
}

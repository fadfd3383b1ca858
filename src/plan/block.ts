// A resource or a nested block: its values joined with after_unknown, after_sensitive and the configuration.

import type { Cause } from "../cause.ts";
import { quotedText, text } from "../text.ts";
import { type BlockConfig, emptyConfig, fillUnknowns, hiddenConfig, type Template } from "./block-config.ts";
import { identify, type Link, resourcesOf, type Targets } from "./link.ts";
import { maskAt, masksAny } from "./mask.ts";
import { ownItem } from "./own-item.ts";
import type { Json, JsonObject, Mask, Snapshot } from "./plan.ts";
import { describeOrigin, isKnownLeaf } from "./reference.ts";
import { absent, isShown, type Known, known, type Unknown, unknown, type Value } from "./value.ts";
import type { Resource } from "./view.ts";

export interface Block {
  /** The resource that it is, or is part of. */
  readonly resource: Resource;
  /** Path in the resource, e.g. `ordered_cache_behavior[1]`; "" for the resource itself. */
  readonly at: string;
  /** "absent": no such block; "unknown": the plan does not tell whether, or with which values. */
  readonly presence: "present" | "absent" | "unknown";
  /** One text, number or flag. A list or an object in its place is unknown: no provider writes it there. */
  value(name: string): Value;
  /** The same of an attribute that holds true or false. */
  flag(name: string): Value<boolean>;
  /** The value of an attribute that can hold a list or an object too. */
  whole(name: string): Value;
  /**
   * Whether this version of the provider has the attribute: a plan lists each, known or not. Where the plan does not tell,
   * as in a map or before any plan, it is taken to exist.
   */
  has(name: string): boolean;
  /**
   * The text, number or flag that the plan itself shows, no reference followed: null for nothing, undefined for what is
   * not known yet, and for a list or an object in its place.
   */
  planned(name: string): string | number | boolean | null | undefined;
  /** The same of an attribute that can hold a list or an object too. */
  plannedWhole(name: string): Json | undefined;
  /** The keys of a map that the plan itself shows; undefined where it may have others. */
  keys(name: string): readonly string[] | undefined;
  /**
   * Why more may come than is planned: a resource that the expression refers to is not known yet. Only for attributes
   * whose provider plans the part that it knows.
   */
  unsettled(name: string): Cause | undefined;
  /**
   * How the configuration leaves an attribute without a value: by a constant "" ("empty"), or by nothing, which is what
   * providers make of null too ("unset"). undefined where it may set one.
   */
  blank(name: string): "empty" | "unset" | undefined;
  /** The elements of a list or set, texts, numbers or flags, each with a state of its own. */
  elements(name: string): readonly Value[];
  /** How many elements a list or set has; undefined where that is not known. */
  size(name: string): number | undefined;
  /**
   * The text of an attribute, or each of a list, with its sources in place of what is not known yet; nothing where neither
   * plan nor configuration shows it.
   */
  templates(name: string): readonly Template[];
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

/** "head" is all that a resource has beside its attributes. */
export type ResourceHead = Omit<Resource, keyof Block>;

export function createBlock(head: ResourceHead, snapshot: Snapshot, written: BlockConfig): Resource {
  // Written part by part: there can be very many.
  const resource = head as { -readonly [part in keyof Resource]: Resource[part] };
  const block = blockParts(resource, "", snapshot.unknown === true ? "unknown" : "present", snapshot, written);
  resource.resource = resource;
  resource.at = block.at;
  resource.presence = block.presence;
  resource.value = block.value;
  resource.flag = block.flag;
  resource.whole = block.whole;
  resource.planned = block.planned;
  resource.plannedWhole = block.plannedWhole;
  resource.keys = block.keys;
  resource.unsettled = block.unsettled;
  resource.has = block.has;
  resource.blank = block.blank;
  resource.elements = block.elements;
  resource.size = block.size;
  resource.templates = block.templates;
  resource.block = block.block;
  resource.blocks = block.blocks;
  resource.link = block.link;
  return resource;
}

const nothing: Snapshot = { values: {}, unknown: false, sensitive: false };
const allUnknown: Snapshot = { values: {}, unknown: true, sensitive: false };

function blockParts(
  resource: Resource,
  at: string,
  presence: Block["presence"],
  snapshot: Snapshot,
  written: BlockConfig,
  oddCause?: Cause,
): Block {
  let made: Map<string, readonly Block[]> | undefined;
  const place = (name: string) => (at ? `${at}.${name}` : name);
  const block: Block = {
    resource,
    at,
    presence,
    value,
    flag,
    whole,
    has,
    planned,
    plannedWhole,
    keys,
    unsettled,
    blank,
    elements,
    size,
    templates: written.templates,
    block: (name, options) =>
      blocks(name, options)[0] ??
      // What an absent block would hold is not listed, unless there is no such block.
      blockParts(resource, place(`${name}[0]`), "absent", { ...nothing, isComplete: !has(name) }, emptyConfig),
    blocks,
    link,
  };
  return block;

  function value(name: string): Value {
    return single(whole(name));
  }

  function flag(name: string): Value<boolean> {
    const found = whole(name);
    if (!isShown(found)) return found;
    return typeof found.value === "boolean" ? { ...found, value: found.value } : unrecognized(found);
  }

  function whole(name: string): Value {
    const found = plannedWhole(name);
    if (found === null) return absent;
    if (found !== undefined) return shown(found, attributeAt(name).sensitive);
    if (isLeftOut(name) && isNothing(ownItem(snapshot.values, name))) return absent;
    // A variable that is null is no such constant: `coalesce(var.x, timestamp())` lists the same reference.
    return written.isConstant(name, null) ? absent : unknown(causeOf(name));
  }

  function has(name: string): boolean {
    if (snapshot.isComplete !== true || snapshot.unknown === true) return true;
    return Object.hasOwn(snapshot.values, name) || hasMask(snapshot.unknown, name);
  }

  /** The configuration is shown, and does not have it. */
  function isLeftOut(name: string): boolean {
    return written.isShown && !written.has(name);
  }

  function planned(name: string): string | number | boolean | null | undefined {
    const found = plannedWhole(name);
    return typeof found === "object" && found !== null ? undefined : found;
  }

  function keys(name: string): readonly string[] | undefined {
    const found = plannedWhole(name);
    return found === null ? [] : isObject(found) ? Object.keys(found) : undefined;
  }

  function plannedWhole(name: string): Json | undefined {
    let found = ownItem(snapshot.values, name);
    if (masksAny(maskAt(snapshot.unknown, name))) {
      const settled = attributeAt(name);
      if (masksAny(settled.unknown)) return undefined;
      found = settled.value;
    }
    return isNothing(found) ? null : (found as Json);
  }

  /** What the plan shows of an attribute, and in place of what it does not show, what the configuration settles. */
  function attributeAt(name: string): {
    readonly value: Json | undefined;
    readonly unknown: Mask;
    readonly sensitive: Mask;
  } {
    const value = ownItem(snapshot.values, name);
    const mask = maskAt(snapshot.unknown, name);
    const sensitive = maskAt(snapshot.sensitive, name);
    const settled = masksAny(mask) ? written.resolvedValue(name) : undefined;
    return settled
      ? fillUnknowns({ value: value ?? null, unknown: mask, sensitive }, settled)
      : { value, unknown: mask, sensitive };
  }

  function unsettled(name: string): Cause | undefined {
    const open = written.leaves(name).find((leaf) => leaf.kind === "resource" && !isKnownLeaf(leaf));
    return open && (oddCause ?? { reason: "after-apply", from: describeOrigin(open) });
  }

  function blank(name: string): "empty" | "unset" | undefined {
    const found = plannedWhole(name);
    if (found !== undefined && found !== null) return undefined;
    if (written.isConstant(name, "")) return "empty";
    if (found === null || isLeftOut(name)) return "unset";
    // A provider plans any other known value as it is.
    const leaves = written.leaves(name);
    return leaves.length > 0 && leaves.every(isKnownLeaf) ? "unset" : undefined;
  }

  function elements(name: string): Value[] {
    const { value: found, unknown: mask, sensitive } = attributeAt(name);
    if (!Array.isArray(found) || mask === true) {
      const current = whole(name);
      if (current.state === "absent") return [];
      return [isShown(current) ? unrecognized(current) : current];
    }
    const cause = () => causeOf(name);
    return found.map((element: Json, index) =>
      masksAny(maskAt(mask, index)) ? unknown(cause()) : single(shown(element, maskAt(sensitive, index))),
    );
  }

  function size(name: string): number | undefined {
    const { value: found, unknown: mask } = attributeAt(name);
    if (Array.isArray(found) && mask !== true) return found.length;
    return isNothing(found) && !masksAny(mask) ? 0 : undefined;
  }

  /** The same blocks are asked for again and again. */
  function blocks(name: string, options: BlockOptions = {}): readonly Block[] {
    const id = `${name}${options.set ? " set" : ""}${options.computed ? " computed" : ""}`;
    let found = made?.get(id);
    if (!found) {
      found = blocksOf(name, options);
      made ??= new Map();
      made.set(id, found);
    }
    return found;
  }

  function blocksOf(name: string, options: BlockOptions): Block[] {
    const mask = maskAt(snapshot.unknown, name);
    const found = ownItem(snapshot.values, name);
    if (mask === true) {
      if (options.computed && isLeftOut(name) && isNothing(found)) return [];
      const certain = written.unplannedBlocks(name) ?? [];
      if (certain.length > 0) {
        return certain.map((one, index) =>
          blockParts(resource, place(`${name}[${index}]`), "present", allUnknown, one),
        );
      }
      return [blockParts(resource, place(`${name}[0]`), "unknown", allUnknown, written.any(name), oddCause)];
    }
    if (isNothing(found)) return [];
    const isSingle = !Array.isArray(found);
    const items = (isSingle ? [found] : found) as readonly Json[];
    const itemIn = (outer: Mask | undefined, index: number) => (isSingle ? (outer ?? false) : maskAt(outer, index));
    const writtenAt = written.blocks(name, items, {
      set: options.set,
      masks: items.map((_, index) => itemIn(mask, index)),
    });
    return items.map((item, index) => {
      const there = place(isSingle ? name : `${name}[${index}]`);
      const late = itemIn(mask, index);
      const secret = itemIn(maskAt(snapshot.sensitive, name), index);
      if (late !== true && !isObject(item)) {
        const { cause } = unrecognized(shown(item, secret));
        return blockParts(resource, there, "unknown", allUnknown, written.any(name), cause);
      }
      const values = isObject(item) ? item : {};
      return blockParts(
        resource,
        there,
        late === true ? "unknown" : "present",
        // A single object can be a map, whose keys no schema lists.
        { values, unknown: late, sensitive: secret, isComplete: snapshot.isComplete === true && !isSingle },
        writtenAt[index] ?? hiddenConfig,
      );
    });
  }

  function link(name: string, targets: Targets): Link {
    const current = whole(name);
    if (current.state === "absent") return current;
    // Nothing is identified by a number or a flag, or by a list as a whole.
    if (isShown(current) && typeof current.value !== "string") return unrecognized(current);
    if (isShown(current)) {
      const identified = identify(resource.scope.view, targets, current.value);
      if (identified.length === 0) return { state: "outside", value: current };
      // A certificate and its validation share an ARN: the reference tells which is meant.
      const referred = identified.length > 1 ? resourcesOf(written.leaves(name)) : [];
      const both = referred.filter((one) => identified.includes(one));
      return { state: "found", resources: both.length > 0 ? both : identified };
    }
    return written.link(name, targets) ?? current;
  }

  function causeOf(name: string): Cause {
    return oddCause ?? written.cause(name);
  }
}

/** null, an empty list and an empty string all say that nothing was set: providers read unset texts back as "". */
const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list, an object or null is unknown where one text, number or flag belongs. */
export const single = (value: Value): Value =>
  isShown(value) && typeof value.value === "object" ? unrecognized(value) : value;

const unrecognized = (value: Known<unknown>): Unknown =>
  unknown({ reason: "unrecognized", value: quotedText(value, text`a sensitive value`) });

const shown = (value: Json, mask: Mask): Known<Json> => known(value, masksAny(mask));

/** Whether a mask has an entry, whatever it says: of a block that holds nothing unknown it is an empty one. */
const hasMask = (mask: Mask, name: string): boolean =>
  typeof mask === "object" && mask !== null && Object.hasOwn(mask, name);

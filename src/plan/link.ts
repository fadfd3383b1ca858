// What an attribute points at: resources of the plan, or something outside of it.

import { ambiguous } from "../cause.ts";
import { type DisplayText, text } from "../text.ts";
import { canHoldAnything } from "./holders.ts";
import { isKnownLeaf, type Leaf, type Scope } from "./reference.ts";
import { type Unknown, unknown, type Value } from "./value.ts";
import type { Resource, View } from "./view.ts";

/** What a configured attribute points at. */
export type Link =
  | { readonly state: "absent" }
  | Found
  /** A literal that names something which this plan does not hold. */
  | { readonly state: "outside"; readonly value: Value }
  | Unknown;

export interface Found {
  readonly state: "found";
  /** Resources of this plan; more than one when the plan does not tell which of them. */
  readonly resources: readonly Resource[];
  /**
   * The plan shows which resource is referred to, and not which attribute of it: behind an index that is not constant,
   * and in every plan of Terraform before 1.0. So it is no evidence of what the attribute means.
   */
  readonly hidesAttribute?: true;
}

/** Which resources an attribute can point at, and the attributes that identify them once they are known. */
export type Targets = { readonly [type: string]: readonly string[] };

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** The resources that leaves stand for, each once. */
export const resourcesOf = (leaves: readonly Leaf[]): readonly Resource[] =>
  unique(leaves.flatMap((leaf) => (leaf.kind === "resource" ? [leaf.resource] : [])));

/** Resources of the target types that one of their identifying attributes shows to be meant. */
export const identify = (view: View, targets: Targets, value: unknown): Resource[] =>
  unique(
    Object.entries(targets).flatMap(([type, attributes]) =>
      attributes.flatMap((attribute) => view.identified(type, attribute, value)),
    ),
  );

/** What one of two expressions leads to. */
export function eitherLink(one: Link, other: Link): Link {
  if (one.state !== "found") return one;
  if (other.state !== "found") return other;
  const hidesAttribute = one.hidesAttribute ?? other.hidesAttribute;
  const resources = unique([...one.resources, ...other.resources]);
  return { state: "found", resources, ...(hidesAttribute && { hidesAttribute }) };
}

/** Each of a plan's hundreds would name all others. */
const namedAtMost = 5;

/** One of several resources, or something else. */
export const oneOf = (candidates: readonly Resource[], orElse: DisplayText): Unknown =>
  unknown({ ...ambiguous(candidates, namedAtMost), orElse });

/** What stands beside the candidates of an expression that a plan's JSON lists the references of. */
const otherValue = text`another value, as the JSON plan does not hold the expression (check the plan file to resolve this)`;

/** Whether a leaf is what identifies a target; behind an index that is not constant, a plan shows no attribute. */
export function isTarget(leaf: Leaf, targets: Targets): leaf is Leaf & { readonly kind: "resource" } {
  if (leaf.kind !== "resource") return false;
  const [step] = leaf.attribute;
  const attributes = targets[leaf.resource.type];
  return attributes !== undefined && (!step || ("name" in step && attributes.includes(step.name)));
}

/**
 * What the references of an expression lead to, of which a plan's JSON does not say what it does with them; undefined where
 * they lead to none of the targets.
 */
export function linkByReference(leaves: readonly Leaf[], targets: Targets, scope: Scope): Link | undefined {
  const meant = leaves.filter((leaf) => isTarget(leaf, targets));
  const candidates = resourcesOf(meant);
  if (candidates.length === 0) return undefined;
  const hidesAttribute = meant.some((leaf) => leaf.attribute.length === 0);
  const found = (resources: readonly Resource[]): Link => ({
    state: "found",
    resources,
    ...(hidesAttribute && { hidesAttribute }),
  });
  // Another attribute of the same object says nothing of this one, unless it could hold anything.
  const targeted = new Set<Leaf>(meant);
  const beside = leaves.filter(
    (leaf) =>
      !targeted.has(leaf) &&
      (!leaf.isPart || (leaf.kind === "resource" && canHoldAnything(leaf.resource.type, targets))),
  );
  if (beside.length === 0) return found(candidates);
  const open = oneOf(candidates, otherValue);
  // Beside a reference whose index is not written, a value can be that index; beside any other it makes an expression.
  const canBeIndex = (leaf: Leaf) => leaf.kind !== "resource" || isKnownLeaf(leaf);
  if (!meant.every((leaf) => leaf.isOneOf) || !beside.every(canBeIndex)) return open;
  if (!beside.some((leaf) => leaf.kind === "opaque")) return found(candidates);
  // A local value can lead only to what the plan lists as having shaped it.
  const relevant = scope.view.relevant(targets, scope);
  return relevant ? found(unique([...candidates, ...relevant])) : open;
}

// Masks of a plan, after_unknown and after_sensitive: which parts of a value they mark.

import type { Mask } from "./plan.ts";

/** The mask of one attribute or element; all of what is marked as a whole. */
export function maskAt(mask: Mask | undefined, step: string | number): Mask {
  if (mask === true) return true;
  if (typeof mask !== "object" || mask === null || !Object.hasOwn(mask, step)) return false;
  return (mask as { readonly [step: string]: Mask })[step] ?? false;
}

/** Whether a mask marks anything. Terraform writes nothing but booleans: any other text or number counts as a mark. */
export function masksAny(mask: Mask): boolean {
  if (typeof mask === "object" && mask !== null) return Object.values(mask).some(masksAny);
  return mask !== false && mask !== null;
}

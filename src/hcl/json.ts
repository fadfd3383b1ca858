// JSON values, and the masks that a plan lays over them.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** Marks the leaves of a value: `true` for a leaf or for everything below it. */
export type Mask = boolean | readonly Mask[] | { readonly [name: string]: Mask };

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The mask of one element or attribute below a mask. */
export function maskBelow(mask: Mask | undefined, step: string | number): Mask {
  if (mask === undefined || typeof mask === "boolean") return mask ?? false;
  const below = (mask as { readonly [step: string]: Mask })[step];
  return Object.hasOwn(mask, step) && below !== undefined ? below : false;
}

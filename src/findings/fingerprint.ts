// What identifies a violation from one plan to the next, without telling any value.

import type { createHash } from "node:crypto";
import { load } from "../load.ts";
import { parseAddress } from "../plan/address.ts";
import type { Json, Mask, Plan } from "../plan/plan.ts";

/** SHA-256, in hex, of parts as a JSON list. */
export function digest(...parts: readonly Json[]): string {
  const crypto = load("node:crypto") as { readonly createHash: typeof createHash };
  return crypto.createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Looks up what a plan holds at a place. */
export type ValueAt = (address: string, at: string) => Json;

/**
 * The planned value at a place: null for nothing, for what is not known yet, for a secret, whose hash could be guessed,
 * and for a resource as a whole.
 */
export function valuesOf({ instances }: Plan): ValueAt {
  const planned = new Map(instances.map(({ address, after }) => [address, after]));
  return (address, at) => {
    // The whole of a resource changes with each of its tags.
    if (at === "") return null;
    let value: unknown = planned.get(address)?.values;
    let secret: Mask = planned.get(address)?.sensitive ?? false;
    for (const step of parseAddress(at)) {
      if (secret === true) return null;
      const key = "name" in step ? step.name : step.key;
      value = inside(value, key);
      secret = (inside(secret, key) as Mask | undefined) ?? false;
    }
    return secret === false || isHarmless(secret) ? ((value ?? null) as Json) : null;
  };
}

const inside = (held: unknown, key: string | number): unknown =>
  typeof held === "object" && held !== null ? (held as { readonly [key: string]: unknown })[key] : undefined;

/** A mask without a secret anywhere in it. */
const isHarmless = (mask: Mask): boolean =>
  mask !== true && (mask === false || Object.values(mask as object).every(isHarmless));

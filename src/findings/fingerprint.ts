// What identifies a violation from one plan to the next, without telling any value.

import type { createHash } from "node:crypto";
import { load } from "../load.ts";
import { parseAddress } from "../plan/address.ts";
import { maskAt, masksAny } from "../plan/mask.ts";
import type { Json, Mask, Plan } from "../plan/plan.ts";

/** SHA-256, in hex, of parts as a JSON list. */
export const digest = (...parts: readonly (Json | undefined)[]): string => sha256(JSON.stringify(parts));

/**
 * The same as Terraform computes it: jsonencode escapes what HTML would read as markup.
 * https://developer.hashicorp.com/terraform/language/functions/jsonencode
 */
export const terraformDigest = (...parts: readonly Json[]): string =>
  sha256(
    JSON.stringify(parts).replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );

function sha256(text: string): string {
  const crypto = load("node:crypto") as { readonly createHash: typeof createHash };
  return crypto.createHash("sha256").update(text).digest("hex");
}

/** Looks up what a plan holds at a place; undefined for what is known after apply. */
export type ValueAt = (address: string, at: string) => Json | undefined;

/**
 * The planned value at a place: null for nothing, for a secret, whose hash could be guessed, and for a resource as a
 * whole; undefined for what is known after apply.
 */
export function valuesOf({ instances }: Plan): ValueAt {
  const planned = new Map(instances.map(({ address, after }) => [address, after]));
  return (address, at) => {
    // The whole of a resource changes with each of its tags.
    if (at === "") return null;
    let value: unknown = planned.get(address)?.values;
    let secret: Mask = planned.get(address)?.sensitive ?? false;
    let late: Mask = planned.get(address)?.unknown ?? false;
    for (const step of parseAddress(at)) {
      const key = "name" in step ? step.name : step.key;
      value = inside(value, key);
      secret = maskAt(secret, key);
      late = maskAt(late, key);
    }
    if (masksAny(secret)) return null;
    return late === true ? undefined : ((value ?? null) as Json);
  };
}

const inside = (held: unknown, key: string | number): unknown =>
  typeof held === "object" && held !== null ? (held as { readonly [key: string]: unknown })[key] : undefined;

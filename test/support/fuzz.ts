// Resources with values at random, of the types in the provider's schema: nothing throws, and nothing passes unless allowed.

import { expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { evaluate } from "../../src/findings/evaluate.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { adapters } from "../../src/providers/registry.ts";
import { configured, type Made, plan } from "./made.ts";
import { type Random, random } from "./random.ts";

/** A list of blocks or values is an array of what one of them is. */
export type Schema = "text" | "number" | "flag" | readonly [Schema] | { readonly [attribute: string]: Schema };

interface Fuzz {
  /** What the adapter reads of each resource, and a little around it, by address. */
  readonly resources: { readonly [address: string]: { readonly [attribute: string]: Schema } };
  readonly words: readonly string[];
  /** Where a policy passes: what the attribute may hold that it stands at. A policy that is not named never passes. */
  readonly passing: { readonly [policy: string]: (value: unknown, path: string) => boolean };
}

const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));

export function fuzz({ resources, words, passing }: Fuzz): void {
  const passed = new Set<string>();

  test.each(Array.from({ length: 10 }, (_, index) => index))("seeds from %i00 on", (hundred) => {
    for (let seed = hundred * 100; seed < hundred * 100 + 100; seed++) {
      const made = madeOf(resources, words, random(seed));
      const about = `seed ${seed}: ${JSON.stringify(made.changes)}`;
      for (const { policy, outcome, address, at, message } of judged(plan(made), about)) {
        expect(message, `${about}, ${policy}`).toMatch(/./);
        if (outcome !== "pass") continue;
        passed.add(policy);
        const value = dig(made.changes?.[address]?.after, at);
        const shown = `${about}, ${policy} passes with ${JSON.stringify(value)} at ${address}, ${at}`;
        expect(passing[policy]?.(value, at) ?? false, shown).toBe(true);
      }
    }
  });

  test("each of the policies passes now and then", () => {
    expect(Object.keys(passing).filter((policy) => !passed.has(policy))).toEqual([]);
  });
}

function judged(read: Plan, about: string) {
  let report: ReturnType<typeof evaluate> | undefined;
  expect(() => {
    report = evaluate(read, { policies, adapters, enforcement });
  }, about).not.toThrow();
  return report?.findings ?? [];
}

function madeOf(resources: Fuzz["resources"], words: readonly string[], source: Random): Made {
  const changes = each(resources, (schema) => {
    const after = each(schema, (inner) => valueAs(inner, words, source));
    return { after, after_unknown: maskOf(after, source), after_sensitive: maskOf(after, source) };
  });
  // What is not configured and not known is the provider's default.
  const root = { resources: Object.keys(resources).map((address) => configured(address)) };
  return source.chance(0.5) ? ({ changes, root } as Made) : ({ changes } as Made);
}

function valueAs(schema: Schema, words: readonly string[], source: Random): unknown {
  if (source.chance(0.1)) return null;
  if (schema === "text") return source.pick(words);
  if (schema === "number") return source.number(100_000);
  if (schema === "flag") return source.chance(0.5);
  if (!isList(schema)) return each(schema, (inner) => valueAs(inner, words, source));
  return Array.from({ length: source.pick([0, 1, 1, 1, 2]) }, () => valueAs(schema[0], words, source) ?? {});
}

const isList = (schema: object): schema is readonly [Schema] => Array.isArray(schema);

/** A mask over a value: true here and there, for a leaf or for all below. */
function maskOf(value: unknown, source: Random): unknown {
  if (source.chance(0.05)) return true;
  if (Array.isArray(value)) return value.map((one) => maskOf(one, source));
  return typeof value === "object" && value !== null ? each({ ...value }, (one) => maskOf(one, source)) : false;
}

const each = <T>(object: { readonly [name: string]: T }, make: (value: T) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, make(value)]));

/** The value at a path such as `ordered_cache_behavior[1].viewer_protocol_policy`; of "", all of them. */
const dig = (values: unknown, path: string): unknown =>
  (path.match(/[^.[\]]+/g) ?? []).reduce((held, step) => (held as { [step: string]: unknown } | null)?.[step], values);

export const among =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

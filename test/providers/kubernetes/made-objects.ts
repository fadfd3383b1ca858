// Objects of Kubernetes for tests: plans with one, or with values at random.

import { expect, test } from "vitest";
import { policies } from "../../../policies/registry.ts";
import { inventoryOf } from "../../../src/facts/collect.ts";
import type { Endpoint, Route } from "../../../src/facts/endpoint.ts";
import { evaluate } from "../../../src/findings/evaluate.ts";
import type { Finding } from "../../../src/findings/finding.ts";
import { parseAddress } from "../../../src/plan/address.ts";
import type { JsonObject, Plan } from "../../../src/plan/plan.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { type Change, configured, plan } from "../../support/made.ts";
import { type Random, random } from "../../support/random.ts";
import { said } from "../../support/said.ts";

export type Changes = { readonly [address: string]: Partial<Change> };

/** A manifest, as the provider plans it. */
export const manifest = (
  apiVersion: string,
  kind: string,
  spec: JsonObject,
  metadata: JsonObject = {},
): Partial<Change> => ({
  after: { manifest: { apiVersion, kind, metadata: { name: "made", namespace: "web", ...metadata }, spec } },
});

/** A resource of the kind's own, with its annotations. */
export const typed = (annotations: JsonObject, spec: JsonObject, more: JsonObject = {}): Partial<Change> => ({
  after: { metadata: [{ name: "made", namespace: "web", annotations, ...more }], spec: [spec] },
});

export const planOf = (changes: Changes): Plan =>
  plan({ changes, root: { resources: Object.keys(changes).map((address) => configured(address)) } });

/** The endpoints that a resource makes. */
export const endpointsAt = (changes: Changes, address: string): readonly Endpoint[] =>
  inventoryOf(planOf(changes), "after", adapters).endpoints.filter((one) => one.address === address);

/** What the routes say of plain HTTP, by their path. */
export const plainHttp = ({ routes }: Endpoint): JsonObject =>
  Object.fromEntries(routes.map((route: Route) => [route.path, said(route.plainHttp) as string]));

/** The header of the first route: max-age, includeSubDomains, preload. */
export const hsts = ({ routes }: Endpoint): readonly unknown[] => {
  const header = routes[0]?.hsts;
  return [said(header?.maxAge), said(header?.includeSubDomains), said(header?.preload)];
};

/** Version, forward secrecy, AEAD. */
export const tls = ({ minimumTls, forwardSecrecy, aeadOnly }: Endpoint): readonly unknown[] =>
  [minimumTls, forwardSecrecy, aeadOnly].map(said);

export const certificateNames = ({ certificates }: Endpoint): readonly unknown[] =>
  certificates.map(({ certificate }) => certificate.names.map(said));

const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));

interface Fuzz {
  readonly make: (source: Random) => { readonly [address: string]: JsonObject };
  /** Where a policy passes: what stands there. A policy that is not named never passes. */
  readonly passing: { readonly [policy: string]: (value: unknown, finding: Finding) => boolean };
}

/** Nothing throws, and nothing passes unless it is allowed to. */
export function fuzzObjects({ make, passing }: Fuzz): void {
  const passed = new Set<string>();

  test.each(Array.from({ length: 5 }, (_, index) => index))("seeds from %i00 on", (hundred) => {
    for (let seed = hundred * 100; seed < hundred * 100 + 100; seed++) {
      const source = random(seed);
      const objects = make(source);
      const changes = Object.fromEntries(
        Object.entries(objects).map(([address, after]) => [
          address,
          { after, after_unknown: maskOf(after, source), after_sensitive: maskOf(after, source) },
        ]),
      ) as Changes;
      const about = `seed ${seed}: ${JSON.stringify(changes)}`;
      const judged = () => evaluate(planOf(changes), { policies, adapters, enforcement }).findings;
      expect(judged, about).not.toThrow();
      for (const finding of judged()) {
        const { policy, outcome, address, at } = finding;
        if (outcome !== "pass") continue;
        passed.add(policy);
        const value = dig(objects[address], at);
        const shown = `${about}, ${policy} passes with ${JSON.stringify(value)} at ${address}, ${at}`;
        expect(passing[policy]?.(value, finding) ?? false, shown).toBe(true);
      }
    }
  });

  test("each of the policies passes now and then", () => {
    expect(Object.keys(passing).filter((policy) => !passed.has(policy))).toEqual([]);
  });
}

/** Leaves that are not known, or secret, here and there. */
function maskOf(value: unknown, source: Random): unknown {
  if (Array.isArray(value)) return value.map((one) => maskOf(one, source));
  if (typeof value !== "object" || value === null) return source.chance(0.02);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskOf(inner, source)]));
}

const dig = (values: unknown, path: string): unknown =>
  parseAddress(path).reduce<unknown>((held, step) => {
    const key = "name" in step ? step.name : step.key;
    return (held as { readonly [key: string]: unknown } | null | undefined)?.[key as string];
  }, values);

/** Words that annotations and fields may hold, those of a kind most often. */
export const word = (source: Random, ...usual: readonly string[]): string =>
  source.chance(0.7) && usual.length > 0
    ? source.pick(usual)
    : source.pick([
        "",
        "true",
        "false",
        "on",
        "TLSv1",
        "HTTPS",
        "constructor",
        "__proto__",
        "\u0000",
        "🙂",
        "[]",
        "{}",
        "null",
        "7",
      ]);

/** Some of the entries. */
export const some = (source: Random, entries: { readonly [name: string]: () => JsonObject[string] }): JsonObject =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(() => source.chance(0.6))
      .map(([name, value]) => [name, value()]),
  );

// Values of types that no provider writes, in every attribute, mask and expression of the plans in test/plans: nothing
// throws, nothing passes because of one, and all other findings stay.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Finding } from "../src/findings/finding.ts";
import { planFromJson } from "../src/plan/plan.ts";
import { validatePlan } from "../src/plan/validators.generated.js";
import { findings, planPath } from "./support/plans.ts";
import { random } from "./support/random.ts";

// biome-ignore lint/suspicious/noExplicitAny: a plan's JSON, changed in ways that no type allows.
type Json = any;
type Path = readonly (string | number)[];

const plans = readdirSync(new URL("plans", import.meta.url)).flatMap((name) => {
  try {
    const json: Json = JSON.parse(readFileSync(planPath(name), "utf8"));
    return json.resource_changes ? [[name, json] as const] : [];
  } catch {
    return [];
  }
});

const { number, pick } = random(13);

/** All places of a value, itself left out. */
function* placesIn(value: Json, at: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    yield [...at, key];
    yield* placesIn(value[key], [...at, key]);
  }
}

/** The same value with another one at a place; what is on the way is copied. */
function changed(value: Json, [key, ...rest]: Path, odd: Json): Json {
  if (key === undefined) return odd;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = changed(value[key], rest, odd);
  return copy;
}

const at = (value: Json, path: Path): Json => path.reduce((held, key) => held[key], value);

const written = (path: Path): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");

const seen = new Set<string>();

/** Whether a place has not been tried yet in any plan: the type of its resource, and its path without indexes. */
function isNew(...parts: readonly (string | number)[]): boolean {
  const id = parts.map((part) => (typeof part === "number" ? "#" : part)).join(" ");
  return !seen.has(id) && seen.add(id) !== undefined;
}

/** Places of several resources by turns, so that one plan tries many. */
function turns<T>(lists: readonly (readonly T[])[]): T[][] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1)));
}

function judged(json: Json): readonly Finding[] {
  const found = findings(planFromJson(json, "plan.json"));
  for (const { message, policy } of found) expect(message, policy).toMatch(/^(?!.*(\[object |undefined|NaN))./);
  return found;
}

describe("attributes", () => {
  const structures: Json[] = [{ x: 1 }, [null], [[]], [["odd"]], [{ x: null }, 7]];
  const scalars: Json[] = [7, -0.5, "odd", true, false];
  const nothings: Json[] = [null, [], {}, ""];

  /** Of another type than the value has. */
  function oddFor(value: Json): Json {
    const kinds = [structures, structures, scalars, nothings].filter((kind) => kind !== scalars || value !== null);
    const odd = pick(pick(kinds));
    if (typeof value === "object" || typeof odd === "object") return number(4) === 0 ? [value] : odd;
    return typeof odd === typeof value ? { x: odd } : odd;
  }

  test.each(plans)("of %s", (_, json) => {
    const { resource_changes: changes } = json;
    const places = changes.map(({ type, change }: Json, index: number) =>
      [...placesIn(change.after)].flatMap((path) =>
        isNew("attribute", type, ...path) ? Array.from({ length: 3 }, () => ({ index, path })) : [],
      ),
    );
    for (const turn of turns<{ index: number; path: Path }>(places)) {
      const odd = new Set<string>();
      const mutated = [...changes];
      for (const { index, path } of turn) {
        const { address, change } = changes[index];
        const value = oddFor(at(change.after, path));
        if (structures.includes(value)) odd.add(`${address} ${written(path)}`);
        mutated[index] = { ...changes[index], change: { ...change, after: changed(change.after, path, value) } };
      }
      const passing = judged({ ...json, resource_changes: mutated }).filter(({ outcome }) => outcome === "pass");
      const wrong = passing.filter((one) => odd.has(`${one.address} ${one.at}`));
      expect(wrong.map((one) => `${one.policy} passes at ${one.address} ${one.at}`)).toEqual([]);
    }
  });
});

describe("masks", () => {
  const odd: Json[] = [null, 7, "odd", "", [], {}, [true], [["odd"]], { x: true, y: "odd" }, [null, {}]];

  test.each(plans)("of %s", (_, json) => {
    const { resource_changes: changes } = json;
    const names = ["after_unknown", "after_sensitive", "before_sensitive"];
    const places = changes.map(({ type, change }: Json, index: number) =>
      [...placesIn(Object.fromEntries(names.map((name) => [name, change[name]])))]
        .filter((path) => path.length > 1 && isNew("mask", type, ...path))
        .map((path) => ({ index, path })),
    );
    for (const turn of turns<{ index: number; path: Path }>(places)) {
      const mutated = [...changes];
      for (const { index, path } of turn) {
        mutated[index] = { ...changes[index], change: changed(changes[index].change, path, pick(odd)) };
      }
      judged({ ...json, resource_changes: mutated });
    }
  });
});

describe("expressions", () => {
  const references: Json[] = [true, 7, "odd", null, {}, ["odd", 7], [null], [["odd"]]];
  const expressions: Json[] = references.map((one) => ({ references: one, constant_value: pick(references) }));
  const odd: Json[] = [null, 7, "odd", true, [], {}, [null], [[]], ["odd"], ...expressions];

  test.each(plans)("of %s", (_, json) => {
    const path = (place: Path) =>
      place.map((key) => (typeof key === "number" ? (at(json, place.slice(0, 4)).type ?? key) : key));
    const places = [...placesIn(json.configuration)]
      .map((place): Path => ["configuration", ...place])
      .filter((place) => place.includes("expressions") && isNew("expression", ...path(place).slice(-5)));
    for (const place of places) {
      const mutated = changed(json, place, pick(odd));
      // What the schema refuses is a user error.
      if (validatePlan(mutated)) judged(mutated);
    }
  });
});

test("an odd value leaves all other findings as they are", () => {
  const [, json] = plans.find(([name]) => name === "hsts-enabled") as (typeof plans)[number];
  const isOdd = ({ type, name }: Json) => type === "aws_cloudfront_response_headers_policy" && name === "hsts";
  const index = json.resource_changes.findIndex(isOdd);
  const seconds = ["security_headers_config", 0, "strict_transport_security", 0, "access_control_max_age_sec"];
  const mutated = changed(json, ["resource_changes", index, "change", "after", ...seconds], "TLSv1.2_2021");
  const others = (found: readonly Finding[]) =>
    found.filter(({ related }) => !related.some((one) => one.endsWith("_policy.hsts")));
  expect(others(judged(mutated))).toEqual(others(judged(json)));
  const hsts = judged(mutated).find(
    ({ policy, address }) => policy === "hsts-enabled" && address === "aws_cloudfront_distribution.by_own_policy",
  );
  expect(hsts).toMatchObject({ outcome: "unknown", message: expect.stringContaining('"TLSv1.2_2021" is not a value') });
});

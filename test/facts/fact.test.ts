// A fact: an attribute in the model's words, where it stands, and the remedy at that very place.
// The plans are made by hand: the cases are about reading, not about a provider.

import { describe, expect, test } from "vitest";
import { describeCause } from "../../src/cause.ts";
import {
  agreed,
  all,
  both,
  causeOf,
  type Decided,
  type Fact,
  fact,
  failsSafe,
  lookUp,
  mapped,
  replaced,
  restated,
  standAt,
  together,
} from "../../src/facts/fact.ts";
import { absent, isSensitive, known, unknown as unknownValue } from "../../src/plan/value.ts";
import { nameText, text } from "../../src/text.ts";
import { type Change, configured, entry, plan, refersTo, resource, viewAfter } from "../support/made.ts";

const because = (note: string) => ({ reason: "other", note: nameText(note) }) as const;
const unknown = (note: string) => unknownValue(because(note));
const sensitive = <T>(value: T) => known(value, true);

const thing = (change: Partial<Change>) =>
  resource(
    viewAfter({
      root: { resources: [configured("thing.a", { size: refersTo("local.size"), rule: [{}] })] },
      changes: { "thing.a": change },
    }),
    "thing.a",
  );

const place = { address: "thing.a", at: "size" };
const sizes: { readonly [word: string]: number } = { small: 1, big: 2 };
const reading = { read: (value: unknown) => sizes[String(value)], absent: 1, remedy: "big" };
const remedy = { address: "thing.a", attribute: "size", value: "big" };

test("what the grammar of a name suggests is said of one that is not recognised, and of no secret", () => {
  const suggests = (name: string) => (name === "huge" ? "3" : undefined);
  const size = (change: Partial<Change>) => fact(thing(change), "size", { ...reading, suggests });
  const cause = (change: Partial<Change>) => {
    const found = size(change);
    return found.state === "unknown" && describeCause(found.cause);
  };
  expect(cause({ after: { size: "huge" } })).toBe('"huge" is not a value that tlsgate recognises; its name suggests 3');
  expect(cause({ after: { size: "odd" } })).toBe('"odd" is not a value that tlsgate recognises');
  expect(cause({ after: { size: "huge" }, after_sensitive: { size: true } })).not.toContain("suggests");
  expect(size({ after: { size: "big" } })).toMatchObject({ state: "known", value: 2 });
});

describe("fact", () => {
  test.each<[string, Partial<Change>, object]>([
    ["a value that is recognised", { after: { size: "big" } }, { state: "known", value: 2 }],
    [
      "a sensitive one",
      { after: { size: "big" }, after_sensitive: { size: true } },
      { state: "known", value: 2, sensitive: true },
    ],
    ["one that is not", { after: { size: "huge" } }, unknownValue({ reason: "unrecognized", value: text`"huge"` })],
    [
      "one that is no text",
      { after: { size: { a: 1 } } },
      unknownValue({ reason: "unrecognized", value: text`{"a":1}` }),
    ],
    [
      "a sensitive one that is not, and is not told",
      { after: { size: "huge" }, after_sensitive: { size: true } },
      unknownValue({ reason: "unrecognized", value: text`a sensitive value` }),
    ],
    [
      "none: the provider's default",
      { after: { size: null } },
      { state: "known", value: 1, note: "not set, so the provider's default applies" },
    ],
    [
      "not known yet",
      { after: {}, after_unknown: { size: true } },
      unknownValue({
        reason: "after-apply",
        from: text`from local.size`,
        why: text`and the JSON plan does not show what local values hold (check the plan file to resolve this)`,
      }),
    ],
  ])("%s", (_, change, expected: { readonly state?: string }) => {
    const cures = expected.state === "unknown" ? undefined : [{ remedy, value: 2 }];
    expect(fact(thing(change), "size", reading)).toEqual({ ...expected, place, remedy, cures });
  });

  test("none, and no default", () => {
    const found = fact(thing({ after: {} }), "size", { ...reading, absent: { unknown: because("none") } });
    expect(found).toEqual({ ...unknown("none"), place, remedy });
  });

  test("a default may be any value: false, 0, a list", () => {
    const read = () => undefined;
    expect(fact(thing({ after: {} }), "size", { read, absent: false })).toMatchObject({ state: "known", value: false });
    expect(fact(thing({ after: {} }), "size", { read, absent: 0 })).toMatchObject({ state: "known", value: 0 });
    expect(fact(thing({ after: {} }), "size", { read, absent: ["a"] })).toMatchObject({ state: "known", value: ["a"] });
  });

  test("a word may be false", () => {
    const found = fact(thing({ after: { size: "no" } }), "size", { read: () => false, absent: true });
    expect(found).toEqual({ state: "known", value: false, place });
  });
});

describe("an attribute that this version of the provider does not have", () => {
  const older = resource(
    viewAfter(
      plan({
        resource_changes: [
          { ...entry("thing.a", { after: { id: "a" }, after_unknown: {} }), provider_name: "example.com/acme/thing" },
        ],
      }),
    ),
    "thing.a",
  );

  test("has not the default of newer versions, and cannot be set", () => {
    const found = fact(older, "size", reading);
    expect(found).toMatchObject({ state: "unknown", kind: "open", place });
    expect(found.state === "unknown" && describeCause(found.cause)).toBe("this version of the provider has no size");
    expect(found.remedy).toBeUndefined();
  });

  test("has the service's own default", () => {
    const found = fact(older, "size", { ...reading, isServiceDefault: true });
    expect(found).toMatchObject({ state: "known", value: 1, place });
    expect([found.remedy, "cures" in found && found.cures]).toEqual([undefined, undefined]);
  });
});

describe("cures", () => {
  const small = thing({ after: { size: "small" } });
  const curesOf = (found: Fact) => (found.state === "unknown" ? undefined : found.cures);

  test("are the remedies of which the effect is known, mildest first", () => {
    const found = fact(small, "size", { ...reading, stricter: ["huge", "big"] });
    const bigger = { remedy: { ...remedy, value: "big" }, value: 2 };
    expect(curesOf(found)).toEqual([bigger, bigger]);
    expect(curesOf(fact(small, "size", { ...reading, remedy: "huge" }))).toEqual([]);
    expect(curesOf(fact(small, "size", { ...reading, remedy: undefined, stricter: ["big"] }))).toBeUndefined();
  });

  test("follow the words of the fact", () => {
    const found = fact(small, "size", reading);
    expect(curesOf(mapped(found, (size) => size > 1))).toEqual([{ remedy, value: true }]);
    expect(mapped(found, (size) => size > 1)).toMatchObject({ value: false, remedy });
  });

  test("are not known of another value at the same place", () => {
    const found = fact(small, "size", reading);
    if (found.state === "unknown") throw new Error(describeCause(found.cause));
    expect(restated(found, "low")).toEqual({ state: "known", value: "low", place, remedy });
    expect(replaced(found, known("low"))).toEqual({ state: "known", value: "low", place, remedy });
    expect(isSensitive(restated({ ...found, sensitive: true }, "low"))).toBe(true);
  });
});

describe("standAt", () => {
  const block = thing({ after: { rule: [{}] } });
  test.each([
    [block, "size", "size"],
    [block, "", ""],
    [block.block("rule"), "size", "rule[0].size"],
    [block.block("rule"), "", "rule[0]"],
  ])("%#", (where, attribute, at) => {
    expect(standAt(where, attribute)).toEqual({ place: { address: "thing.a", at } });
    expect(standAt(where, attribute, true)).toEqual({
      place: { address: "thing.a", at },
      remedy: { address: "thing.a", attribute: at, value: true },
    });
  });
});

const stand = { place, remedy, related: ["thing.b"], note: text`as it is` };
const whole: Fact<number> = { ...known(1), ...stand };
const secret: Fact<number> = { ...sensitive(1), ...stand };
const open: Fact<number> = { ...unknown("not told"), ...stand };

describe("replaced", () => {
  test("keeps all of the stand and nothing of the value", () => {
    expect(replaced(open, known("x"))).toEqual({ state: "known", value: "x", ...stand });
    expect(replaced(whole, unknown("why"))).toEqual({ ...unknown("why"), ...stand });
  });

  test("even where the new value is a fact with a stand of its own", () => {
    const other: Fact<number> = { ...known(2), place: { address: "thing.b", at: "" }, note: text`other` };
    expect(replaced(whole, other)).toEqual({ state: "known", value: 2, ...stand });
  });
});

describe("mapped", () => {
  const twice = (value: number) => value * 2;
  test.each([
    [whole, { state: "known", value: 2, ...stand }],
    [secret, { ...sensitive(2), ...stand }],
    [open, open],
  ])("%j", (one, expected) => expect(mapped(one, twice)).toEqual(expected));
});

describe("together", () => {
  test.each<[readonly Decided<number>[], Decided<unknown>]>([
    [[], known([])],
    [[known(1), known(2)], known([1, 2])],
    [[known(1), sensitive(2)], sensitive([1, 2])],
    [[sensitive(1), unknown("a"), unknown("b")], unknown("a")],
  ])("%j", (facts, expected) => expect(together(...facts)).toEqual(expected));
});

test("both stands where the first does", () => {
  expect(both(whole, known("x"))).toEqual({ state: "known", value: [1, "x"], ...stand });
  expect(both(secret, known("x"))).toEqual({ ...sensitive([1, "x"]), ...stand });
  expect(both(whole, unknown("why"))).toEqual({ ...unknown("why"), ...stand });
  expect(both(whole)).toEqual({ state: "known", value: [1], ...stand });
});

describe("all", () => {
  const says = (decided: Decided<boolean>, at = "size"): Fact<boolean> => ({
    ...decided,
    place: { address: "thing.a", at },
  });
  const [yes, no] = [known(true), known(false)];
  test.each<[string, readonly [Decided<boolean>, ...Decided<boolean>[]], Decided<boolean>]>([
    ["one that holds", [yes], yes],
    ["all hold", [yes, yes], yes],
    ["one does not", [yes, no, yes], no],
    ["one does not, whatever the others are", [unknown("why"), sensitive(true), no], no],
    ["one is not told", [yes, unknown("why")], unknown("why")],
    ["one is secret", [yes, sensitive(true)], sensitive(true)],
    ["one that does not is secret", [yes, sensitive(false)], sensitive(false)],
    ["one is secret, and one is not told", [sensitive(true), unknown("why")], unknown("why")],
  ])("%s", (_, [first, ...others], expected) => {
    const found = all(says(first), ...others.map((one) => says(one, "other")));
    expect(found).toEqual({ ...expected, place });
  });
});

describe("agreed", () => {
  test.each<[string, readonly Decided<unknown>[], Decided<unknown>]>([
    ["no candidate", [], unknown("which")],
    ["one", [known(1)], known(1)],
    ["the same", [known({ a: 1 }), known({ a: 1 })], known({ a: 1 })],
    ["the same, one of them secret", [known(1), sensitive(1)], sensitive(1)],
    ["different", [known(1), known(2)], unknown("which")],
    ["one not told", [known(1), unknown("why")], unknown("why")],
  ])("%s", (_, candidates, expected) => expect(agreed(candidates, because("which"))).toEqual(expected));
});

test("causeOf says why a value is not shown", () => {
  expect(causeOf(unknown("why"))).toEqual(because("why"));
  expect(describeCause(causeOf(absent))).toBe("not set");
});

test.each([
  ["a name that it holds", "TLSv1.2", "TLS 1.2"],
  ["another name", "TLSv9", undefined],
  ["a name of every object", "toString", undefined],
  ["a number", 1, undefined],
  ["nothing", null, undefined],
])("a table of values, asked for %s", (_, value, expected) => {
  expect(lookUp({ "TLSv1.2": "TLS 1.2", 1: "one", null: "nothing" }, value)).toBe(expected);
});

test("what the service itself refuses is no open question; what is outside of the plan stays there", () => {
  const place = { address: "thing.a", at: "size" };
  const kinds = (["open", "outside"] as const).map((kind) => failsSafe({ ...unknownValue(because("x"), kind), place }));
  expect(kinds).toMatchObject([{ kind: "fails safe" }, { kind: "outside" }]);
  expect(failsSafe({ ...known(1), place })).toEqual({ ...known(1), place });
});

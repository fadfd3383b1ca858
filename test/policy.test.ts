// How a policy judges a fact: known, sensitive or unknown, with what goes along.

import { describe, expect, test } from "vitest";
import type { Fact } from "../src/facts/fact.ts";
import { judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

const stand = {
  place: { address: "test_endpoint.sample", at: "floor" },
  remedy: { address: "test_endpoint.other", attribute: "ceiling", value: "high" },
  related: ["test_source.other"],
};

const known = (value: number): Fact<number> => ({ state: "known", value, ...stand });
const sensitive = (value: number): Fact<number> => ({ state: "known", value, sensitive: true, ...stand });
const why = { kind: "open", cause: { reason: "after-apply" } } as const;
const unknown: Fact<number> = { state: "unknown", ...why, ...stand };

const atLeastTwo = (value: number) => value >= 2 || text`it is ${value}`;

describe("judge", () => {
  test.each([
    ["a known value that passes", known(2), "pass", ""],
    ["a known value that fails", known(1), "fail", "it is 1"],
    ["a sensitive value that passes", sensitive(2), "pass", ""],
    ["a sensitive value that fails", sensitive(1), "fail", "the value is sensitive, so it is not shown"],
    ["an unknown value", unknown, "unknown", "known after apply"],
  ])("%s", (_, fact, outcome, message) => {
    const reason = outcome === "unknown" ? why : undefined;
    const expected = {
      outcome,
      message,
      unknown: reason,
      subject: "",
      strictness: undefined,
      noFix: undefined,
      assumed: undefined,
      ...stand,
    };
    expect(judge(fact, atLeastTwo)).toEqual(expected);
  });

  test("an unknown fact is never handed to the policy", () => {
    const refuse = () => {
      throw new Error("the policy saw it");
    };
    expect(judge(unknown, refuse).outcome).toBe("unknown");
  });

  test("only true passes", () => {
    expect(judge(known(2), () => text``).outcome).toBe("fail");
  });

  test("no fact, no judgement", () => {
    const none: Fact<number> | undefined = undefined;
    expect(judge<number>(none, atLeastTwo)).toBeUndefined();
  });

  test("a note says why the value is what it is, but only where it fails and may be shown", () => {
    const note = text`not set, so the provider's default applies`;
    expect(judge({ ...known(1), note }, atLeastTwo).message).toBe(`it is 1: ${note}`);
    expect(judge({ ...sensitive(1), note }, atLeastTwo).message).toBe("the value is sensitive, so it is not shown");
    expect(judge({ ...known(2), note }, atLeastTwo).message).toBe("");
    expect(judge({ ...unknown, note }, atLeastTwo).message).toBe("known after apply");
  });

  test("the subject tells the parts of an endpoint apart", () => {
    expect(judge(known(1), atLeastTwo, text`/images/*`).subject).toBe("/images/*");
  });

  test("why nothing can be written is said of a violation alone", () => {
    const noFix = text`the service has one setting`;
    expect(judge({ ...known(1), noFix }, atLeastTwo).noFix).toBe(noFix);
    expect(judge({ ...known(2), noFix }, atLeastTwo).noFix).toBeUndefined();
    expect(judge({ ...unknown, noFix }, atLeastTwo).noFix).toBeUndefined();
  });

  test("without a remedy or related resources", () => {
    const bare: Fact<number> = { state: "known", value: 1, place: stand.place };
    expect(judge(bare, atLeastTwo)).toMatchObject({ remedy: undefined, related: [] });
  });

  describe("the remedy", () => {
    const { remedy } = stand;
    const higher = { ...remedy, value: "higher" };
    const curable = (...values: number[]): Fact<number> => ({
      ...(known(0) as Fact<number> & { readonly state: "known" }),
      cures: [remedy, higher].flatMap((one, index) => {
        const value = values[index];
        return value === undefined ? [] : [{ remedy: one, value }];
      }),
    });

    test.each([
      ["is the first that passes", curable(2, 3), remedy, 0],
      ["is a stricter one where the first does not pass", curable(1, 2), higher, 1],
      ["is none where none passes", curable(1, 1), undefined, -1],
      ["is told as it is where nobody knows its effect", known(0), remedy, undefined],
      ["is told as it is where another one is known", { ...curable(1, 2), remedy: { ...remedy } }, remedy, undefined],
      ["of an unknown value cannot be tried", unknown, remedy, undefined],
    ])("%s", (_, fact, expected, strictness) => {
      const judgement = judge(fact, atLeastTwo);
      expect([judgement.remedy, judgement.strictness]).toEqual([expected, strictness]);
    });
  });
});

// Answers that are computed once, and groups.

import { expect, test, vi } from "vitest";
import { groupedBy, once, onceEach, oncePer } from "../../src/plan/once.ts";

test("once computes when it is first asked, and never again", () => {
  const compute = vi.fn(() => undefined);
  const answer = once(compute);
  expect(compute).not.toHaveBeenCalled();
  expect([answer(), answer()]).toEqual([undefined, undefined]);
  expect(compute).toHaveBeenCalledTimes(1);
});

test("onceEach computes once for each key", () => {
  const compute = vi.fn((key: number) => (key === 0 ? undefined : key * 2));
  const answer = onceEach(compute);
  expect([answer(0), answer(1), answer(0), answer(1)]).toEqual([undefined, 2, undefined, 2]);
  expect(compute.mock.calls).toEqual([[0], [1]]);
});

test("oncePer computes once for each object, equal or not", () => {
  const compute = vi.fn(({ size }: { readonly size: number }) => (size === 0 ? undefined : size * 2));
  const answer = oncePer(compute);
  const [none, one, twin] = [{ size: 0 }, { size: 1 }, { size: 1 }];
  expect([none, one, twin, none, one].map(answer)).toEqual([undefined, 2, 2, undefined, 2]);
  expect(compute.mock.calls).toEqual([[none], [one], [twin]]);
});

test("groupedBy keeps the order of keys and items", () => {
  expect([...groupedBy(["b1", "a1", "b2"], (one) => one[0])]).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1"]],
  ]);
});

// Whether what a configuration says is what a plan shows.

import { expect, test } from "vitest";
import type { Json } from "../../src/hcl/json.ts";
import { agrees } from "./agreement.ts";
import { evaluatorOf, expressionValue } from "./evaluator.ts";

const written = (json: Json) => expressionValue(`jsondecode(${JSON.stringify(JSON.stringify(json))})`);

test.each<[Json, Json, boolean]>([
  ["a", "a", true],
  ["a", "b", false],
  // Converted to the type of the attribute.
  [1, "1", true],
  ["1.0", 1, true],
  ["1e3", 1000, true],
  ["0x1", 2, false],
  ["a", 1, false],
  [true, "true", true],
  [true, "false", false],
  ["", 0, false],
  [0, "", false],
  // What is not set reads as null, or as nothing.
  [null, null, true],
  [null, "", true],
  [null, [], true],
  [null, {}, true],
  [null, [{ a: null, b: [] }], true],
  [null, 0, false],
  [null, false, false],
  [null, "a", false],
  ["", null, true],
  [[""], null, true],
  [["a"], null, false],
  // A set has an order of its own, and holds each element once.
  [["a", "b"], ["b", "a"], true],
  [["a", "b"], ["a"], false],
  [["a"], ["a", "b"], false],
  [["a", "a"], ["a", "b"], false],
  [["a", "b"], ["a", "c"], false],
  [[1, "1"], ["1"], true],
  [["a", "a", "b"], ["a", "b", "b"], false],
  [[], ["a"], false],
  [[], [], true],
  [["a"], "a", false],
  ["a", ["a"], false],
  // A single block can be written as an object.
  [{ a: 1 }, [{ a: 1 }], true],
  [[{ a: 1 }], { a: 1 }, true],
  [{ a: 1 }, [{ a: 2 }], false],
  [{ a: 1 }, [{ a: 1 }, { a: 1 }], false],
  [{ a: 1 }, [], false],
  // A plan shows attributes that nobody has written.
  [{ a: 1 }, { a: 1, b: 2 }, true],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: 1, b: null }, { a: 1 }, true],
  [{ a: { b: ["x"] } }, { a: { b: ["x"], c: 1 } }, true],
  [{ a: { b: ["x"] } }, { a: { b: ["y"] } }, false],
  [{}, "a", false],
  // JSON text has no one form.
  ['{"a":1,"b":[{"d":1,"c":2}]}', '{ "b": [{"c": 2, "d": 1}], "a": 1 }', true],
  ['{"a":1}', '{"a":2}', false],
  ["[1,2]", "[2,1]", false],
  ["{", "{ ", false],
])("%j is planned as %j: %s", (json, planned, isSame) => expect(agrees(written(json), planned)).toBe(isSame));

test("what is unknown agrees with nothing", () => {
  const { output } = evaluatorOf({
    files: { "main.tf": 'resource "a_b" "c" {}\noutput "id" {\n  value = a_b.c.id\n}\n' },
    instances: { "a_b.c": { unknown: { id: true } } },
  });
  const id = output([], "id");
  expect(id && agrees(id, null)).toBe(false);
});

// A fixed share of the cases of `npm run fuzz`: the same ones each time.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "./check.ts";
import { mutate, nodesOf, textOf } from "./json-mutations.ts";
import { properties } from "./properties.ts";

/** A minute's worth for two cores. */
const count = 5000;
const seed = 1;

const weights = properties.reduce((sum, { weight }) => sum + weight, 0);

test.each(properties.map((one) => [one.name, one] as const))(
  "%s",
  (_, { weight, run }) => {
    expect(run(Math.round((count * weight) / weights), seed)).toEqual([]);
  },
  // A guard against what does not end.
  600_000,
);

describe("the fuzzer itself", () => {
  const source = { a: [1, { b: null }], c: "d" };
  const nodes = nodesOf(source);
  const changed = (kind: Parameters<typeof mutate>[3][number]["kind"], path: string, value: null | string = "new") => {
    const target = nodes.findIndex((one) => one.join(".") === path);
    return textOf(mutate(source, nodes, nodes, [{ kind, target, source: 0, key: "__proto__", value }]));
  };

  test.each([
    ["remove", "a.0", '{"a":[{"b":null}],"c":"d"}'],
    ["replace", "a.1.b", '{"a":[1,{"b":"new"}],"c":"d"}'],
    ["copy", "c", '{"a":[1,{"b":null}],"c":[1,{"b":null}]}'],
    ["duplicate", "c", '{"a":[1,{"b":null}],"c":"d","__proto__":"d"}'],
    ["rename", "a.1.b", '{"a":[1,{"__proto__":null}],"c":"d"}'],
    ["add", "a.1", '{"a":[1,{"b":null,"__proto__":"new"}],"c":"d"}'],
  ] as const)("can %s %s", (kind, path, expected) => expect(changed(kind, path)).toBe(expected));

  test("finds each failure once, and makes its case small", () => {
    const failures = checkProperty(
      {
        name: "small numbers",
        cases: fc.nat(1000),
        check: (one) => {
          if (one > 500) throw new RangeError("large");
          if (one > 100) throw new TypeError("small");
        },
        describe: (one) => `${one}`,
      },
      200,
      1,
    );
    expect(failures.map(({ description, error }) => `${description} ${error.message}`).sort()).toEqual([
      "101 small",
      "501 large",
    ]);
  });
});

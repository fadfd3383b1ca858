// Which mutants the mutation run makes of a module.

import { describe, expect, test } from "vitest";
import { mutantsOf } from "../../scripts/mutants/find.ts";
import { withSwitches } from "../../scripts/mutants/switches.ts";

/** What becomes what, without the line around it. */
const changes = (text: string): string[] =>
  mutantsOf("module.ts", text).map(({ name }) => name.split("  |  ")[1] ?? "");

test("a policy's test says always yes, and always no", () => {
  expect(changes("judge(fact, isFine, path);")).toEqual(["isFine → () => true", 'isFine → () => "mutant"']);
});

test("a comparison is flipped, and its boundary moved", () => {
  expect(changes("a >= b; a === b;")).toEqual(["a >= b → a > b", "a >= b → a < b", "a === b → a !== b"]);
});

test("a threshold and a version are moved both ways", () => {
  expect(changes('const least = 2048; atLeast(version, "TLS 1.2");')).toEqual([
    "2048 → 2047",
    "2048 → 2049",
    '"TLS 1.2" → "TLS 1.1"',
    '"TLS 1.2" → "TLS 1.3"',
  ]);
});

test("each row of a value table says what another one says", () => {
  expect(changes('const words = { "allow-all": "served", "https-only": "refused" } as const;')).toEqual([
    '"allow-all": "served" → "refused"',
    '"https-only": "refused" → "served"',
  ]);
  expect(changes('const policies = { old: { tls: "TLS 1.3", secret: true }, own: { secret: false } };')).toEqual([
    'tls: "TLS 1.3" → "TLS 1.2"',
    "secret: true → false",
    "secret: false → true",
  ]);
});

test("a provider's default is no longer known, and one is made up where there is none", () => {
  expect(changes('fact(block, "a", { read, absent: word });')).toEqual(['absent: word → { unknown: "mutant" }']);
  expect(changes('fact(block, "a", { read, absent: { unknown: "not set" } });')).toEqual([
    'absent: { unknown: "not set" } → "mutant"',
  ]);
});

test("a remedy is lost", () => {
  expect(changes('fact(block, "a", { read, remedy: "sni-only" });')).toEqual(['remedy: "sni-only" → undefined']);
  expect(changes('standAt(block, "a", value);')).toEqual(["value → undefined"]);
});

test("a fact says something else, and a condition the opposite", () => {
  expect(changes('known("own"); known(true); if (found) stop();')).toEqual([
    '"own" → "mutant"',
    "true → false",
    "found → !(found)",
  ]);
});

test("types, and texts that nothing decides by, are left alone", () => {
  expect(changes('interface A { b: "TLS 1.2" | true }\nconst text = "words"; list[0];')).toEqual([]);
});

test("a mutant is the whole module with that one change, and knows its line", () => {
  const [mutant] = mutantsOf("module.ts", "// first\nconst isOld = true; // last\n");
  expect(mutant).toEqual({
    file: "module.ts",
    line: 2,
    name: "const isOld = true; // last  |  true → false",
    text: "// first\nconst isOld = false; // last\n",
    change: { start: 23, end: 27, becomes: "false", isExpression: true },
  });
});

describe("all mutants of a module in one text", () => {
  const withAll = (text: string) =>
    withSwitches(
      text,
      mutantsOf("module.ts", text).map(({ change }, id) => ({ id, ...change })),
    );

  test.each<[string, string, readonly unknown[]]>([
    ["none is on", "a < 3", [true]],
    ["each of one place", "a < 3", [true, true, false]],
    ["one within another", "a < 3 ? 5 : 7", [5, 5, 7]],
  ])("%s", (_, text, outcomes) => {
    const evaluate = new Function("a", "on", `globalThis.isMutant = (id) => id === on; return ${withAll(text)};`);
    expect(outcomes.map((_, index) => evaluate(2, index - 1))).toEqual(outcomes);
  });

  test("the name of a property is left alone", () => {
    expect(mutantsOf("module.ts", "const table = { 2: 5 };").map(({ change }) => change.isExpression)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("so are elements that are spread", () => {
    expect(mutantsOf("module.ts", "const table = [...one, two];").map(({ change }) => change.isExpression)).toEqual([
      false,
      false,
    ]);
  });
});

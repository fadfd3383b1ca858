// Addresses and references: quote-aware keys, numeric keys, module paths, prefixes, garbage.

import { describe, expect, test } from "vitest";
import {
  extended,
  extendsReference,
  keySuffix,
  modulePrefix,
  parseAddress,
  parseModuleAddress,
  type Step,
} from "../../src/plan/address.ts";
import { fixture } from "../support/plans.ts";

const name = (name: string): Step => ({ name });
const key = (key: string | number): Step => ({ key });

describe("parseAddress", () => {
  test.each<[string, Step[]]>([
    ["aws_x.b", [name("aws_x"), name("b")]],
    ["aws_x.b.arn", [name("aws_x"), name("b"), name("arn")]],
    ["data.aws_x.b", [name("data"), name("aws_x"), name("b")]],
    ["aws_x.b[0].arn", [name("aws_x"), name("b"), key(0), name("arn")]],
    ["aws_x.b[10]", [name("aws_x"), name("b"), key(10)]],
    // A number in quotes is a text.
    ['aws_x.b["0"]', [name("aws_x"), name("b"), key("0")]],
    ['aws_x.b["eu-west-1"].arn', [name("aws_x"), name("b"), key("eu-west-1"), name("arn")]],
    ['aws_x.b["www.example.com"]', [name("aws_x"), name("b"), key("www.example.com")]],
    ['aws_x.b["x.y[0]"].arn', [name("aws_x"), name("b"), key("x.y[0]"), name("arn")]],
    ['aws_x.b["a]"]["[b"]', [name("aws_x"), name("b"), key("a]"), key("[b")]],
    ['aws_x.b["say \\"hi\\""]', [name("aws_x"), name("b"), key('say "hi"')]],
    ['aws_x.b["a\\\\"].arn', [name("aws_x"), name("b"), key("a\\"), name("arn")]],
    ['aws_x.b["two\\nlines\\tand a tab"]', [name("aws_x"), name("b"), key("two\nlines\tand a tab")]],
    ['aws_x.b["größe 東京 🙂"]', [name("aws_x"), name("b"), key("größe 東京 🙂")]],
    ['aws_x.b["\\u00e9"]', [name("aws_x"), name("b"), key("é")]],
    ['aws_x.b[""]', [name("aws_x"), name("b"), key("")]],
    // HCL escapes what would begin a template.
    ['aws_x.b["$${a}%%{b}"]', [name("aws_x"), name("b"), key(`$\{a}%{b}`)]],
    // A splat is no step.
    ["aws_x.b[*].arn", [name("aws_x"), name("b"), name("arn")]],
    ["aws_x.b.*.arn", [name("aws_x"), name("b"), name("arn")]],
    [
      'module.a["x.y[0]"].aws_x.b["c\\"d"]',
      [name("module"), name("a"), key("x.y[0]"), name("aws_x"), name("b"), key('c"d')],
    ],
    ["var.site-name", [name("var"), name("site-name")]],
  ])("%s", (text, steps) => expect(parseAddress(text)).toEqual(steps));

  test.each<[string, Step[]]>([
    ["", []],
    ["[", []],
    ['"', []],
    ["]", []],
    ["..", []],
    ["aws_x.b[", [name("aws_x"), name("b")]],
    ['aws_x.b["open', [name("aws_x"), name("b")]],
    ["aws_x.b[-1]", [name("aws_x"), name("b")]],
    ["aws_x.b[each.key]", [name("aws_x"), name("b")]],
    ["aws_x..b", [name("aws_x")]],
  ])("%j is read as far as it makes sense", (text, steps) => expect(parseAddress(text)).toEqual(steps));

  test("a bad escape is kept as it is written", () => {
    expect(parseAddress('aws_x.b["\\q"]')).toEqual([name("aws_x"), name("b"), key("\\q")]);
  });

  test("opening brackets without end come to an end", () => {
    expect(parseAddress(`a${'["'.repeat(50_000)}`)).toEqual([name("a")]);
  });
});

describe("parseModuleAddress", () => {
  const step = (name: string, key?: string | number) => ({ name, key });

  test.each([
    [undefined, []],
    ["", []],
    ["module.a", [step("a")]],
    ["module.a.module.b", [step("a"), step("b")]],
    ["module.a[0].module.b[1]", [step("a", 0), step("b", 1)]],
    ['module.a["x"].module.b', [step("a", "x"), step("b")]],
    ['module.a["module.b"].module.c', [step("a", "module.b"), step("c")]],
    ["module.module.module.a", [step("module"), step("a")]],
    ["aws_x.b", []],
    ["module", []],
    ["module[0]", []],
  ])("%s", (address, path) => expect(parseModuleAddress(address)).toEqual(path));
});

describe("modulePrefix", () => {
  test.each(["", "module.a.", 'module.a["x.y"].module.b[0].', 'module.a["say \\"hi\\""].', 'module.a["$${b}%%{c}"].'])(
    "%j is what it was parsed from",
    (prefix) => expect(modulePrefix(parseModuleAddress(prefix.slice(0, -1)))).toBe(prefix),
  );
});

test.each([
  [undefined, ""],
  [0, "[0]"],
  ["0", '["0"]'],
  ['a"b', '["a\\"b"]'],
])("keySuffix of %j", (key, suffix) => expect(keySuffix(key)).toBe(suffix));

describe("extendsReference", () => {
  test.each([
    ["aws_x.b", "aws_x.b"],
    ["aws_x.b.arn", "aws_x.b"],
    ["aws_x.b[0].arn", "aws_x.b"],
    ['aws_x.b["k"]', "aws_x.b"],
  ])("%s extends %s", (reference, prefix) => expect(extendsReference(reference, prefix)).toBe(true));

  test.each([
    ["aws_x.bc", "aws_x.b"],
    ["aws_x.b", "aws_x.b.arn"],
    ["aws_x.b-c.arn", "aws_x.b"],
    ["data.aws_x.b", "aws_x.b"],
  ])("%s does not extend %s", (reference, prefix) => expect(extendsReference(reference, prefix)).toBe(false));
});

test.each([
  ["aws_x", ["aws_x"]],
  [
    'module.a["x.y"].b[0]',
    ["module", "module.a", 'module.a["x', 'module.a["x.y"]', 'module.a["x.y"].b', 'module.a["x.y"].b[0]'],
  ],
])("what %s extends", (reference, expected) => {
  expect(extended(reference)).toEqual(expected);
  for (const prefix of expected) expect(extendsReference(reference, prefix)).toBe(true);
});

test.each(["awkward-for-each-keys", "awkward-nested-modules"])("every address of %s is read in full", (plan) => {
  for (const { address, moduleAddress, mode, type, name: own, key: index } of fixture(plan).instances) {
    const path = parseModuleAddress(moduleAddress);
    const steps = [
      ...path.flatMap(({ name: called, key }) => [
        name("module"),
        name(called),
        ...(key === undefined ? [] : [{ key }]),
      ]),
      ...(mode === "data" ? [name("data")] : []),
      name(type),
      name(own),
      ...(index === undefined ? [] : [key(index)]),
    ];
    expect(parseAddress(address)).toEqual(steps);
  }
});

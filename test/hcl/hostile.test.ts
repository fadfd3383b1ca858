// Configurations that were written to take long, or to break the evaluator: each ends, and says that it did not finish.

import { describe, expect, test } from "vitest";
import { brief, evaluatorOf, expressionValue, instanceAt } from "../support/evaluator.ts";

const unreadable = evaluatorOf({
  files: { "main.tf": `resource "a_b" "c" {\n  name = ${"(".repeat(100_000)}1\n}\n` },
  instances: { "a_b.c": {} },
});

test("what cannot be read leaves all of its module unknown", () => {
  const id = instanceAt("a_b.c");
  expect(brief(unreadable.evaluateAttribute(id, ["name"]))).toMatch(/^\? syntax .*"main\.tf","line":2/);
  expect(brief(unreadable.evaluateAttribute(id, ["other"]))).toMatch(/^\? syntax/);
  expect(unreadable.blocksOf(id, "b").open).toMatchObject({ kind: "syntax" });
  expect(brief(unreadable.providerSetting(id, "region"))).toMatch(/^\? syntax/);
});

/** Each local value is made of the one before it, twice. */
const doubled = (first: string, next: (before: string) => string) =>
  `locals {\n  a0 = ${first}\n${Array.from({ length: 60 }, (_, index) => `  a${index + 1} = ${next(`local.a${index}`)}\n`).join("")}}\n`;

const late = { files: { "late.tf": 'resource "a_b" "c" {}\n' }, instances: { "a_b.c": { unknown: { id: true } } } };

describe("limits", () => {
  test.each([
    ["operators", `1${"+1".repeat(100_000)}`],
    ["attributes", `local${".b".repeat(100_000)}`],
    ["loops in loops", "[for a in range(1000) : [for b in range(1000) : md5(b)]]"],
    ["comparisons", "null == [for a in range(99) : [for b in range(99) : [for c in range(99) : a]]]"],
    ["combinations", "setproduct(range(1000), range(1000), range(1000))"],
    ["repeated patterns", 'regexall("((a{1000}){1000}){1000}", "a")'],
    ["large numbers", "9".repeat(100_000)],
    ["large exponents", "1e999999"],
    [
      "long replacements",
      `replace(join("", range(1000)), "1", join("", [for x in range(1000) : join("", range(1000))]))`,
    ],
  ])("%s", (_, expression) => expect(brief(expressionValue(expression))).toBe("? limit"));

  test.each([
    ["text", doubled('"0123456789"', (before) => `"$\{${before}}$\{${before}}"`)],
    ["lists", doubled("[1]", (before) => `[${before}, ${before}]`)],
  ])("%s that doubles", (_, locals) => {
    expect(brief(expressionValue("local.a60", { files: { "main.tf": locals } }))).toContain("? limit");
  });

  test("choices that multiply", () => {
    const choices = Array.from({ length: 30 }, (_, index) => `a_b.c.id == ${index} ? "x" : "y"`);
    expect(brief(expressionValue(`join(",", [${choices.join(", ")}])`, late))).toBe("? computed a choice");
    expect(brief(expressionValue("[for x in range(100) : x if a_b.c.id == x]", late))).toBe("? computed for");
  });

  test("a pattern that would take exponential time is matched", () => {
    expect(brief(expressionValue(`regexall("(a+)+$", "${"a".repeat(2000)}b")`))).toBe("[]");
  });

  test("values in values, one question after the other", () => {
    const locals = Array.from({ length: 2000 }, (_, index) => `  a${index + 1} = [local.a${index}]\n`).join("");
    const outputs = Array.from({ length: 20 }, (_, index) => `output "o${index}" { value = local.a${index * 100} }\n`);
    const evaluator = evaluatorOf({ files: { "main.tf": `locals {\n  a0 = 1\n${locals}}\n${outputs.join("")}` } });
    const values = outputs.map((_, index) => brief(evaluator.output([], `o${index}`)));
    expect(values[1]).toBe(`${"[".repeat(100)}1${"]".repeat(100)}`);
    expect(values.at(-1)).toContain("? limit");
  });

  test("many questions share what they take beyond a little", () => {
    const text = `join("", [for x in range(1000) : "${"0123456789".repeat(4)}"])`;
    const endless = `[for a in range(1024) : substr(${text}, 0, a)]`;
    const long = "length([for x in range(1000) : [x, x, x, x, x, x, x]])";
    const short = "length([for x in range(100) : x])";
    const output = (name: string, value: string) => `output "${name}" { value = ${value} }\n`;
    const all = [output("first", long), output("last", long), output("short", short)];
    const hostile = Array.from({ length: 100 }, (_, index) => output(`hostile${index}`, endless));
    const evaluator = evaluatorOf({ files: { "main.tf": [...all, ...hostile].join("") } });
    const shown = (name: string) => brief(evaluator.output([], name));
    expect(shown("first")).toBe("1000");
    for (const [index] of hostile.entries()) expect(shown(`hostile${index}`)).toBe("? limit");
    expect(shown("last")).toBe("? limit");
    expect(shown("short")).toBe("100");
  });

  test("names that lead to themselves", () => {
    const files = {
      "main.tf": 'module "m" {\n  source = "./m"\n  v = module.m.x\n}\nvariable "a" { default = var.a }\n',
      "m/main.tf": 'variable "v" {}\noutput "x" { value = var.v }\n',
    };
    expect(brief(expressionValue("module.m.x", { files }))).toMatch(/^\? cycle/);
    expect(brief(expressionValue("var.a", { files }))).toBe("? not-in-plan var");
  });
});

test("can without an argument, or with more than one, is an error as any other", () => {
  for (const expression of ["can()", "can(1, 2)", "can([1]...)", "try()"])
    expect(brief(expressionValue(expression))).toMatch(/^\? failed/);
});

test("a name of JavaScript's own is a name as any other", () => {
  const main = 'locals { map = { __proto__ = "a", constructor = "b" } }\n';
  const value = (expression: string) => brief(expressionValue(expression, { files: { "main.tf": main } }));
  expect(value("local.map.__proto__")).toBe('"a"');
  expect(value("local.map.constructor")).toBe('"b"');
  expect(value("local.map.toString")).toMatch(/^\? failed/);
  expect(value("local.hasOwnProperty")).toMatch(/^\? failed/);
  expect(value("toString(1)")).toBe("? function toString");
  expect(value('jsondecode("{\\"__proto__\\":1}").__proto__')).toBe("1");
});

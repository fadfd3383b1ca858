// The scanner of Terraform files: where things stand, whatever stands around them.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: those are Terraform's templates.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Entry, positionAt, scan } from "../../src/source/hcl.ts";
import { random } from "../support/random.ts";

/** The names down to each entry, with its value where it is written out. */
const outline = (entries: readonly Entry[], above = ""): string[] =>
  entries.flatMap(({ name, literal, entries: inner }) => [
    above + name + (literal === undefined ? "" : ` = ${JSON.stringify(literal)}`),
    ...outline(inner, `${above}${name}.`),
  ]);

test.each([
  ["a block", 'resource "a" "b" {\n  c = 1\n}', ["resource", "resource.a", "resource.a.b", "resource.a.b.c = 1"]],
  ["a block in one line", "a { b = true }", ["a", "a.b = true"]],
  ["an empty block", "a {}\nb = null", ["a", "b = null"]],
  ["comments", "# a = 1\n// b {\n/* c = 1\n } */ d = 2 # e\n/**/f = 3 /* g */\n", ["d = 2", "f = 3"]],
  ["brackets in strings", 'a {\n  b = "}"\n  c = "\\"}"\n}\nd = "x"', ["a", 'a.b = "}"', 'a.c = "\\"}"', 'd = "x"']],
  ["templates", 'a = "${b["c"]}}"\nd = "%{ if e }{%{ endif }"\nf = "$${g"\nh = 1', ["a", "d", 'f = "${g"', "h = 1"]],
  ["lone signs", 'a = "100%"\nb = "$"\nc = "5$ {"', ['a = "100%"', 'b = "$"', 'c = "5$ {"']],
  ["templates in templates", 'a = "${b("${c("}")}")}"\nd = 1', ["a", "d = 1"]],
  ["heredocs", "a = <<EOT\n}\nb = 1\nEOT\nc = <<-E\n  d {\n  E\ne = 1", ["a", "c", "e = 1"]],
  ["a heredoc without end", "a = 1\nb = <<E\nc = 2", ["a = 1", "b"]],
  [
    "expressions",
    "a = b ? 1 : 2\nc = -1\nd = 1.5e3\ne = 1 + 2\nf = x.y[0]\ng = h(\n 1,\n)\ni = 0",
    ["a", "c = -1", "d = 1500", "e", "f", "g", "i = 0"],
  ],
  [
    "lines of all kinds",
    'a = "x"\nb=c.d \ne = 10\nf = 007\ng = true # h\ni = truly\nj = null\r\nk = "l" == m\nn = "o"p\nq = "$${r}"\n',
    ['a = "x"', "b", "e = 10", "f", "g = true", "i", "j = null", "k", "n", 'q = "${r}"'],
  ],
  ["objects", 'a = { b = 1, "c" : { d = 2 }\n  e = 3\n}', ["a", "a.b = 1", "a.c", "a.c.d = 2", "a.e = 3"]],
  [
    "an object that is only a part",
    "a = { b = 1 }.b\nc = { for k, v in var.x.y : k => { d = v } if v != {} }\ne = 1",
    ["a", "c", "e = 1"],
  ],
  ["computed keys", 'a = { (b ? "c" : "d") = 1, e = 2 }', ["a", "a.e = 2"]],
  ["computed objects", "a = { for b in c : b => { d = 1 } }\ne = { for = 1 }", ["a", "e", "e.for = 1"]],
  ["nothing behind the sign", "a =\nb = 1", ["a", "b = 1"]],
  ["a list of objects, as repeated blocks", "a = [{ b = 1 }, { b = 2 }]", ["a", "a.b = 1", "a", "a.b = 2"]],
  ["a list of values", 'a = ["x",\n  "y", # two\n]', ["a", 'a.0 = "x"', 'a.1 = "y"']],
  ["a computed list", "a = [for b in c : { d = b }]\ne = [1][0]", ["a", "e"]],
  ["Windows", "a {\r\n  b = 1\r\n}\r\nc = <<E\r\n}\r\nE\r\nd = 1\r\n", ["a", "a.b = 1", "c", "d = 1"]],
  ["a byte order mark", "\uFEFFa = 1", ["a = 1"]],
  ["a string without end", 'a = "b\nc = 1', ['a = "b"', "c = 1"]],
  ["brackets that close nothing", "}\na = 1 )\nb = ]\nc = 2", ["a = 1", "b", "c = 2"]],
])("HCL: %s", (_, text, expected) => {
  expect(outline(scan(text))).toEqual(expected);
});

test.each([
  [
    "what HCL says in blocks",
    '{ "resource": { "a": { "b": { "c": 1 } } } }',
    ["resource", "resource.a", "resource.a.b", "resource.a.b.c = 1"],
  ],
  ["values on lines of their own", '{\n "a":\n [\n {\n "b"\n:\n"c" } ] }', ["a", 'a.b = "c"']],
  ["escapes and templates", '{ "a": "${b(\\"c\\")}", "d\\u0065": "\\u0066" }', ["a", 'de = "f"']],
  ["a list", '{ "a": ["b", true, null] }', ["a", 'a.0 = "b"', "a.1 = true", "a.2 = null"]],
  ["no object", "[1]", []],
])("JSON: %s", (_, text, expected) => {
  expect(outline(scan(text, "json"))).toEqual(expected);
});

test("lines and columns begin with 1", () => {
  expect(positionAt("ab\ncd\r\n\nef", 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt("ab\ncd\r\n\nef", 4)).toEqual({ line: 2, column: 2 });
  expect(positionAt("ab\ncd\r\n\nef", 8)).toEqual({ line: 4, column: 1 });
});

const all = (entries: readonly Entry[]): Entry[] => entries.flatMap((entry) => [entry, ...all(entry.entries)]);

const configurations = readdirSync("test/plans").flatMap((name) => {
  try {
    return [readFileSync(`test/plans/${name}/main.tf`, "utf8")];
  } catch {
    return [];
  }
});

test("every attribute and block of the real configurations is found where it stands", () => {
  expect(configurations.length).toBeGreaterThan(50);
  for (const text of configurations) {
    const lines = new Set(all(scan(text)).map(({ at }) => positionAt(text, at).line));
    // What is in a heredoc, or in the object that a function, a type or a `for` is given, is no attribute.
    const bare = text.replace(/<<-?(\w+)\n[\s\S]*?\n\s*\1\n|\w+\(\{[\s\S]*?\}\)|=> \{[\s\S]*?\}/g, (part) =>
      part.replaceAll(/[^\n]/g, "-"),
    );
    const written = bare
      .split("\n")
      // A list of objects stands where its objects do.
      .flatMap((line, index) => (/^\s*\w+( "[^"]*")* (=|\{)/.test(line) && !/= \[$/.test(line) ? index + 1 : []));
    expect(written.filter((line) => !lines.has(line)).map((line) => text.split("\n")[line - 1])).toEqual([]);
  }
});

test("a broken file is scanned to its end, and nothing stands outside of it", () => {
  const { number, pick, chance } = random(5);
  const signs = [
    '"',
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "${",
    "%{",
    "<<E\n",
    "\n",
    "\\",
    "#",
    "/*",
    "=",
    ":",
    ",",
    "for ",
    "\u2028",
    "é",
    "-",
    ".",
  ];
  for (let round = 0; round < 800; round++) {
    let text = pick(configurations).slice(0, 3000);
    for (let change = number(12); change >= 0; change--) {
      const at = number(text.length + 1);
      text = text.slice(0, at) + (chance(0.6) ? pick(signs) : "") + text.slice(at + number(chance(0.1) ? 200 : 3));
    }
    for (const syntax of ["hcl", "json"] as const) {
      for (const { at } of all(scan(chance(0.3) ? `{${text}` : text, syntax))) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThan(text.length + 1);
      }
    }
  }
});

test.each(["{", "[", "(", "a {", "a = {", "a = [", '"${', "<<", "/*", "a = [{", '{"a":', '{"a":[', "a "])(
  "depth and length do not matter: %s",
  (part) => {
    const text = part.repeat(50_000);
    for (const syntax of ["hcl", "json"] as const) expect(() => scan(text, syntax)).not.toThrow();
  },
);

// Both notations are read into one syntax tree, with the places of what was read.

import { describe, expect, test } from "vitest";
import { configurationOf } from "../../src/hcl/configuration.ts";
import { parseJson } from "../../src/hcl/json-syntax.ts";
import { parseNative } from "../../src/hcl/native-syntax.ts";
import { positionAt, problemOf, type SourceFile } from "../../src/hcl/syntax.ts";
import { brief, evaluatorOf, expressionValue, instanceAt, sourceOf } from "../support/evaluator.ts";

const file = (text: string): SourceFile => ({ path: "main.tf", text });

function problemIn(text: string, parse: (file: SourceFile) => unknown = parseNative): string {
  try {
    parse(file(text));
    return "none";
  } catch (error) {
    const { at, message } = problemOf(error);
    const { line, column } = positionAt(file(text), at);
    return `${line}:${column} ${message}`;
  }
}

test("attributes and blocks keep their order and their places", () => {
  const body = parseNative(
    file('\ufeffa = 1 # one\r\nb "x" y {\r\n  c = [\n    1,\n  ]\n}\n/* d */ b "z" w { }\nlast = 2'),
  );
  expect(body.attributeNames()).toEqual(["a", "last"]);
  expect(body.blocks("b", 2).map(({ labels }) => labels)).toEqual([
    ["x", "y"],
    ["z", "w"],
  ]);
  expect(body.blocks("b", 2).map((block) => positionAt(block.file, block.at).line)).toEqual([2, 7]);
  expect(body.blocks("b", 0)).toEqual([]);
  expect(body.blocks("b", 2)[0]?.body.attribute("c")?.expression.kind).toBe("tuple");
});

test.each([
  ["a = ", "1:5 an expression is missing"],
  ["a = 1 2\n", "1:7 a line end is missing"],
  ["a = [1 2]\n", "1:8 , is missing"],
  ['a = "x\n', "1:7 a string has a line end in it"],
  ['a = "x', "1:7 a string has no end"],
  ['a = "\\q"\n', "1:7 an escape is unknown"],
  ['a = "\\U0010ffff"\n', "none"],
  ['a = "\\U00110000"\n', "1:7 an escape is no code point"],
  ['a = "\\u12"\n', "1:7 an escape is no code point"],
  ["a = 1\rb = 2\n", "1:6 a line end is missing"],
  ["\na = ", "2:5 an expression is missing"],
  ["a = 1 /*/\n", "1:7 a comment has no end"],
  ['a = "${x"\n', "1:9 a template's } is missing"],
  ['a = "%{ if x }"\n', "1:6 a template's endif is missing"],
  ["a = <<EOT\nx\n", "3:1 a string has no end"],
  ["a {\n", "2:1 an attribute or a block is missing"],
  ["/* x", "1:1 a comment has no end"],
  ["a = {\n  b = 1 c = 2\n}\n", "2:9 an object's items need a comma or a line end between them"],
  ["a = 1\n", "none"],
])("%j: %s", (text, problem) => expect(problemIn(text)).toBe(problem));

test.each([
  ['{ "a": }', "1:8 the file is not valid JSON"],
  ['{ "a": 1 "b" }', "1:10 the file is not valid JSON"],
  ['{ "a": 1 } x', "1:12 the file is not valid JSON"],
  ['{ "a": [1, 2.5e3, true, null, "\\u00e9"] }', "none"],
])("%s: %s", (text, problem) => expect(problemIn(text, parseJson)).toBe(problem));

const json = JSON.stringify({
  "//": "a comment",
  locals: { names: ["${var.name}", "b"], plain: 'no ${"template"}', big: 1 },
  variable: { name: { type: "string", default: "a" }, list: { type: "list(number)", default: ["1"] } },
  provider: { aws: [{ region: "eu-west-1" }, { alias: "use1", region: "us-east-1" }] },
  resource: {
    aws_site: {
      one: {
        provider: "aws.use1",
        count: 1,
        name: "${upper(var.name)}-${count.index}",
        type: "string",
        rule: [{ path: "/a" }, { path: "${local.names[1]}" }],
        dynamic: { alias: { for_each: "${local.names}", content: { host: "${alias.value}" } } },
      },
    },
  },
  output: { list: { value: "${var.list}" } },
});

describe("JSON", () => {
  const evaluator = evaluatorOf({
    files: { "main.tf.json": json },
    instances: { "aws_site.one[0]": {} },
    variables: { name: "x" },
  });
  const site = instanceAt("aws_site.one[0]");

  test("strings are templates, but not where a type or a provider stands", () => {
    expect(brief(evaluator.evaluateAttribute(site, ["name"]))).toBe('"X-0"');
    expect(brief(evaluator.evaluateAttribute(site, ["type"]))).toBe('"string"');
    expect(brief(evaluator.providerSetting(site, "region"))).toBe('"us-east-1"');
    expect(brief(evaluator.output([], "list"))).toBe("[1]");
  });

  test("blocks are objects, or lists of them", () => {
    expect(evaluator.blocksOf(site, "rule").blocks.map((block) => brief(block.attribute("path")))).toEqual([
      '"/a"',
      '"b"',
    ]);
    expect(evaluator.blocksOf(site, "alias").blocks.map((block) => brief(block.attribute("host")))).toEqual([
      '"x"',
      '"b"',
    ]);
  });

  test("has places as well", () => {
    const spread = JSON.stringify(JSON.parse(json), null, 2);
    const other = evaluatorOf({ files: { "main.tf.json": spread }, instances: { "aws_site.one[0]": {} } });
    const position = other.positionOf(site, ["rule", 1, "path"]);
    expect(spread.split("\n")[(position?.line ?? 0) - 1]).toContain('"path": "${local.names[1]}"');
    expect(position?.file).toBe("main.tf.json");
  });
});

// As the real Terraform shows them: test/plan/configuration-differences.test.ts.
test.each([
  ["null", 0],
  ["[]", 0],
  ["{}", 1],
  ["[{}]", 1],
  ["[null]", 1],
  ["[null, {}]", 2],
  ["[[{}], {}]", 2],
  // The list of an attribute.
  ['["a", null]', 0],
])("JSON: %s holds %i blocks", (written, count) => {
  const body = parseJson(file(`{ "rule": ${written} }`));
  expect(body.blocks("rule", 0)).toHaveLength(count);
});

test("conditionals in conditionals belong to the branch that they stand in", () => {
  expect(brief(expressionValue('false ? "a" : false ? "b" : "c"'))).toBe('"c"');
  expect(brief(expressionValue('true ? false ? "a" : "b" : "c"'))).toBe('"b"');
});

test("a key in parentheses may follow a value that ends with a name", () => {
  const locals = 'locals {\n  a = "x"\n  b = {\n    k = local.a\n    (local.a) = 1\n  }\n}\n';
  expect(brief(expressionValue("local.b", { files: { "main.tf": locals } }))).toBe('{"k":"x","x":1}');
});

test("overrides replace attributes, and all blocks of a type, dynamic ones too", () => {
  const module = configurationOf(
    sourceOf({
      "main.tf":
        'resource "a_b" "c" {\n  x = 1\n  y = 2\n  p { q = 1 }\n  p { q = 2 }\n  dynamic "r" {\n    for_each = [1]\n    content {}\n  }\n  s {}\n}\nvariable "v" { default = 1 }\n',
      "override.tf": 'resource "a_b" "c" {\n  y = 3\n  p { q = 9 }\n  r {}\n}\nvariable "v" { default = 2 }\n',
      "z_override.tf.json": '{"resource": {"a_b": {"c": {"x": 7}}}}',
    }),
  ).module("");
  const body = module?.resources.get("managed a_b.c")?.body;
  const number = (name: string) => body?.attribute(name)?.expression;
  expect(number("x")).toMatchObject({ text: "7" });
  expect(number("y")).toMatchObject({ text: "3" });
  expect(body?.blocks("p", 0)).toHaveLength(1);
  expect(body?.blocks("r", 0)).toHaveLength(1);
  expect(body?.blocks("dynamic", 1)).toHaveLength(0);
  expect(body?.blocks("s", 0)).toHaveLength(1);
  expect(module?.variables.get("v")?.body.attribute("default")?.expression).toMatchObject({ text: "2" });
});

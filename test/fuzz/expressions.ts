// Expressions and files of Terraform's language that are written to take long, to nest deeply or to be read wrongly.

import fc from "fast-check";
import { random } from "../support/random.ts";
import { declared, randomExpression } from "../support/random-expressions.ts";

const long = "0123456789".repeat(40);

const leaves = [
  "null",
  "true",
  "1",
  "-0",
  "1e999999",
  "1e-999999",
  "0.1",
  `${"9".repeat(5000)}`,
  '""',
  '"a"',
  '"%{ for a in [1] }${a}%{ endfor }"',
  '"${"',
  '"%{ if true }x%{ endif }"',
  "<<EOT\n  a\n EOT\n",
  "<<-EOT\n  $${a}\n  EOT\n",
  `"${long}"`,
  "local.text",
  "local.list",
  "local.map",
  "local.late",
  "local.either",
  "local.loop",
  "local.sites",
  "var.typed",
  "var.none",
  "a_b.late",
  "a_b.late.id",
  "a_b.late[*].id",
  "a_b.none",
  "module.none.x",
  "each.value",
  "count.index",
  "self.id",
  "path.module",
  "terraform.workspace",
  "range(10)",
  "[]",
  "{}",
  "__proto__",
  "local.map.__proto__",
  "local.map.constructor",
  "(",
  "]",
  "1 +",
  "a b",
  "\u0000",
  "\u202e",
  "é",
];

const operators = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "."];

const functions = [
  "join",
  "format",
  "formatlist",
  "jsonencode",
  "jsondecode",
  "yamlencode",
  "merge",
  "setproduct",
  "flatten",
  "distinct",
  "regexall",
  "regex",
  "replace",
  "split",
  "range",
  "chunklist",
  "sort",
  "concat",
  "lookup",
  "element",
  "slice",
  "substr",
  "try",
  "can",
  "coalesce",
  "coalescelist",
  "tolist",
  "tomap",
  "toset",
  "tostring",
  "tonumber",
  "cidrsubnet",
  "cidrhost",
  "base64decode",
  "base64gzip",
  "parseint",
  "pow",
  "log",
  "zipmap",
  "transpose",
  "matchkeys",
  "formatdate",
  "timeadd",
  "templatestring",
  "csvdecode",
  "sum",
  "indent",
  "title",
  "strrev",
  "nonsensitive",
  "sensitive",
  "provider::a::b",
  "toString",
  "constructor",
];

const repeated = fc
  .tuple(
    fc.constantFrom<readonly [string, string, string]>(
      ["(", "1", ")"],
      ["[", "1", "]"],
      ["{a=", "1", "}"],
      ["-", "1", ""],
      ["!", "true", ""],
      ["1+", "1", ""],
      ['"${', "1", '}"'],
      ["true?1:", "1", ""],
      ["[for a in [1]:", "a", "]"],
      ["local.list[", "0", "]"],
      ["jsonencode(", "1", ")"],
      ["a_b.late.id==", "1", ""],
      ["local.either==local.either&&", "true", ""],
      ["", "local.list", "[*]"],
      ["", "local.map", ".a"],
      ["merge({a=1},", "{}", ")"],
      ["[for a in [1, 2]:", "a", "]"],
    ),
    fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(60, 600, 3000)),
  )
  .map(([[before, middle, after], times]) => before.repeat(times) + middle + after.repeat(times));

/** What takes all steps that there are takes a second: few of many cases do. */
const endless = fc.constantFrom(
  "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : md5(c)]]]",
  "setproduct(range(1000), range(1000), range(1000))",
  'jsonencode([for a in range(1000) : [for b in range(1000) : "x"]])',
  `[for a in range(1000) : regexall("(a|0|1)*x", "${long}\${a}")]`,
  "[for a in range(1000) : contains(range(1000), a)]",
  `[for a in range(1000) : replace("${long}", "0", "${long}")]`,
);

/** Expressions of every type and function, now and then of a wrong type. */
const typed = fc
  .record({ seed: fc.nat(2 ** 31 - 1), depth: fc.integer({ min: 1, max: 5 }) })
  .map(({ seed, depth }) => randomExpression(random(seed), depth));

const compound = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...operators), inner, inner)
      .map(([operator, one, other]) => `${one} ${operator} ${other}`),
    fc
      .tuple(fc.constantFrom(...functions), fc.array(inner, { maxLength: 3 }), fc.boolean())
      .map(([name, list, isExpanded]) => `${name}(${list.join(", ")}${isExpanded && list.length > 0 ? "..." : ""})`),
    fc.tuple(inner, inner, inner).map(([test, one, other]) => `(${test} ? ${one} : ${other})`),
    fc.tuple(inner, inner).map(([all, one]) => `[for k, v in ${all} : ${one}]`),
    fc.tuple(inner, inner, inner).map(([all, key, one]) => `{ for k, v in ${all} : ${key} => ${one}... if v != null }`),
    fc.tuple(inner, inner).map(([one, other]) => `"a\${${one}}b%{if ${other}}c%{else}d%{endif}"`),
    fc.array(inner, { maxLength: 4 }).map((list) => `[${list.join(", ")}]`),
    fc
      .array(fc.tuple(inner, inner), { maxLength: 3 })
      .map((list) => `{ ${list.map(([k, v]) => `(${k}) = ${v}`).join(", ")} }`),
    fc.tuple(inner, inner).map(([one, key]) => `${one}[${key}]`),
    inner.map((one) => `${one}[*].a`),
    inner.map((one) => `sensitive(${one})`),
  );

const { expression } = fc.letrec<{ readonly expression: string }>((tie) => {
  const inner = tie("expression");
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: "small" },
      { weight: 150, arbitrary: fc.constantFrom(...leaves) },
      { weight: 30, arbitrary: repeated },
      { weight: 100, arbitrary: typed },
      { weight: 1, arbitrary: endless },
      { weight: 200, arbitrary: compound(inner) },
    ),
  };
});

export const hostileExpression: fc.Arbitrary<string> = expression;

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("");

/** Files that hold nothing of what a plan shows. */
export const hostileFile: fc.Arbitrary<string> = fc.oneof(
  expression.map((one) => `locals {\n  zz = ${one}\n}\n`),
  expression.map((one) => `output "zz" {\n  value = ${one}\n}\n`),
  fc
    .tuple(expression, expression)
    .map(
      ([count, value]) =>
        `resource "a_b" "zz" {\n  count = ${count}\n  name = ${value}\n  dynamic "x" {\n    for_each = ${value}\n    content {\n      y = x.value\n    }\n  }\n}\n`,
    ),
  expression.map((one) => `module "zz" {\n  source = "./zz"\n  for_each = ${one}\n  a = module.zz\n}\n`),
  expression.map((one) => `variable "zz" {\n  type = ${one}\n  default = ${one}\n}\n`),
  expression.map((one) => `provider "zz" {\n  alias = "zz"\n  region = ${one}\n}\n`),
  fc.constantFrom(
    declared,
    "",
    "}",
    "{}",
    "\ufeff",
    "locals {",
    `locals {\n${many(3000, (at) => `  z${at} = [local.z${at + 1}, local.z${at + 1}]\n`)}}\n`,
    many(3000, (at) => `module "z${at}" {\n  source = "./z"\n  a = module.z${at + 1}.b\n}\n`),
    many(200, () => "a {\n") + many(200, () => "}\n"),
    '{"locals":{"zz":"${1}"}}',
    `{"resource":${"[".repeat(3000)}`,
    `{"locals":${'{"a":'.repeat(3000)}1${"}".repeat(3000)}}`,
  ),
  fc.string({ maxLength: 60, unit: "binary" }),
);

// Expressions at random: of every type, operator and function, nested, and now and then of the wrong type.

import type { Random } from "./random.ts";

type Kind = "string" | "number" | "bool" | "strings" | "numbers" | "tuple" | "map" | "object" | "any";

const words = ["a", "b", "web", "Example.com", "x-y", "", "é", "10", "2", "true", "a,b", " pad ", "10.0.0.0/16"];
const numbers = ["0", "1", "2", "3", "-1", "10", "0.5", "1.25", "1e3", "443", "65536"];

/** Variables that the configuration of the expressions declares. */
export const declared = `
locals {
  words  = ["web", "api", "db"]
  ports  = { web = 443, api = 8443 }
  sites  = [{ host = "a.example.com", tls = "1.2", tags = ["x", "y"] }, { host = "b.example.com", tls = "1.3", tags = [] }]
  nested = { a = { b = [1, "two", { c = true }] }, n = "n" }
  zones  = toset(["b", "a", "c"])
}
variable "typed" {
  type = list(object({ name = string, port = optional(number, 443), tags = optional(map(string)) }))
  default = [{ name = "one", tags = {} }, { name = "two", port = "80", tags = { k = 1 } }]
}
variable "numbers" {
  type    = map(number)
  default = { b = "2", a = 1 }
}
variable "shapes" {
  type = object({
    pair  = tuple([string, number])
    flags = set(bool)
    by    = map(list(string))
    free  = any
    list  = list(any)
    deep  = optional(object({ a = optional(bool, true), b = optional(string), c = optional(list(number), [1]) }), {})
  })
  default = { pair = [1, "2"], flags = ["true", true], by = { k = [1] }, free = [1, "a"], list = [1, 2], more = 1 }
}
variable "anything" {
  default = { list = [1, "a"], name = "any" }
}
`;

/** An expression of a kind, at most as deep. */
export function randomExpression(
  random: Random,
  depth: number,
  kind: Kind = "any",
  names: readonly string[] = [],
): string {
  const { pick, chance, number } = random;
  const make = (inner: Kind, more: readonly string[] = names) => randomExpression(random, depth - 1, inner, more);
  const literal = () => JSON.stringify(pick(words));
  // A wrong type here and there: Terraform converts it, or fails.
  if (chance(0.02) && kind !== "any") return make("any");
  if (names.length > 0 && chance(0.25)) return pick(names);

  const leaves: { readonly [kind in Exclude<Kind, "any">]: readonly (() => string)[] } = {
    string: [
      literal,
      literal,
      () => "local.sites[0].host",
      () => "local.words[1]",
      () => "var.anything.name",
      () => "var.typed[0].name",
    ],
    number: [
      () => pick(numbers),
      () => "local.ports.web",
      () => 'local.ports["api"]',
      () => "var.typed[1].port",
      () => "var.numbers.b",
    ],
    bool: [() => "true", () => "false", () => "local.nested.a.b[2].c"],
    strings: [
      () => "local.words",
      () => "tolist(local.zones)",
      () => "local.zones",
      () => "local.sites[*].host",
      () => "var.typed[*].name",
      () => "[]",
    ],
    numbers: [() => "values(local.ports)", () => "[1, 2, 3]", () => "range(4)", () => "var.typed[*].port"],
    tuple: [() => "local.sites", () => "[]", () => "local.nested.a.b", () => "var.anything.list", () => "var.typed"],
    map: [() => "local.ports", () => "var.numbers", () => "tomap({ a = 1 })", () => "{}", () => 'tomap({ x = "y" })'],
    object: [() => "local.sites[1]", () => "local.nested", () => "var.typed[0]", () => '{ a = 1, b = "x", c = "z" }'],
  };
  const branch = (inner: Kind) => () => `${make("bool")} ? ${make(inner)} : ${make(inner)}`;
  const wrapped = (inner: Kind) => () => `try(${make(inner)}, ${make(inner)})`;
  const call =
    (name: string, ...kinds: readonly Kind[]) =>
    () =>
      `${name}(${kinds.map((one) => make(one)).join(", ")})`;

  const branches: { readonly [kind in Exclude<Kind, "any">]: readonly (() => string)[] } = {
    string: [
      () =>
        `"${pick(["a", "x ", "", "$${y} "])}\${${make(pick(["string", "number", "bool"]))}}${pick(["", " b", "%"])}\${${make("string")}}"`,
      () => `"%{ if ${make("bool")} }${pick(words).replace('"', "")}%{ else }\${${make("number")}}%{ endif }"`,
      () => `"%{ for x in ${make("strings")} ~} <\${x}> %{~ endfor }"`,
      call("upper", "string"),
      call("lower", "string"),
      call("title", "string"),
      call("trimspace", "string"),
      call("join", "string", "strings"),
      call("replace", "string", "string", "string"),
      call("substr", "string", "number", "number"),
      call("format", "string"),
      () => `format("${pick(["%s-%s", "%v %v", "%q|%5s", "%#v %s"])}", ${make("any")}, ${make("string")})`,
      () => `format("${pick(["%d", "%05.1f", "%x", "%v", "%g", "%e"])}", ${make("number")})`,
      call("jsonencode", "any"),
      call("tostring", "number"),
      call("trimprefix", "string", "string"),
      call("trimsuffix", "string", "string"),
      call("trim", "string", "string"),
      call("strrev", "string"),
      call("md5", "string"),
      call("base64encode", "string"),
      call("urlencode", "string"),
      call("element", "strings", "number"),
      call("coalesce", "string", "string"),
      call("chomp", "string"),
      call("indent", "number", "string"),
      () => `cidrsubnet("10.0.0.0/8", ${make("number")}, ${make("number")})`,
      () => `cidrhost("10.1.0.0/16", ${make("number")})`,
      () => `regex("[a-z]+", ${make("string")})`,
      () => `replace(${make("string")}, "/[aeiou.]/", ${make("string")})`,
      branch("string"),
      wrapped("string"),
    ],
    number: [
      () => `${make("number")} ${pick(["+", "-", "*", "/", "%"])} ${make("number")}`,
      () => `(${make("number")})`,
      () => `-(${make("number")} + 1)`,
      call("length", pick(["string", "strings", "tuple", "map", "object"])),
      call("max", "number", "number"),
      call("min", "number", "number"),
      call("abs", "number"),
      call("ceil", "number"),
      call("floor", "number"),
      call("signum", "number"),
      call("sum", "numbers"),
      call("tonumber", "string"),
      call("element", "numbers", "number"),
      call("index", "strings", "string"),
      () => `pow(${make("number")}, ${pick(["2", "0.5", "-1"])})`,
      () => `lookup(${make("map")}, ${make("string")}, ${make("number")})`,
      branch("number"),
      wrapped("number"),
    ],
    bool: [
      () => `${make("number")} ${pick(["<", "<=", ">", ">=", "==", "!="])} ${make("number")}`,
      () => `${make("any")} ${pick(["==", "!="])} ${make("any")}`,
      () => `${make("bool")} ${pick(["&&", "||"])} ${make("bool")}`,
      () => `!${make("bool")}`,
      call("contains", "strings", "string"),
      call("can", "any"),
      call("startswith", "string", "string"),
      call("endswith", "string", "string"),
      call("strcontains", "string", "string"),
      call("tobool", "bool"),
      () => `alltrue([${make("bool")}, ${make("bool")}])`,
      () => `anytrue([${make("bool")}, ${make("bool")}])`,
      () => `${make("object")}.a == null`,
      branch("bool"),
    ],
    strings: [
      () => `[${Array.from({ length: number(4) }, () => make("string")).join(", ")}]`,
      () => `[for x in ${make(pick(["strings", "tuple"]))} : ${make("string", [...names, "x"])}]`,
      () => `[for i, x in ${make("strings")} : "\${i}\${x}" if ${make("bool", [...names, "x", "i"])}]`,
      call("split", "string", "string"),
      call("keys", pick(["map", "object"])),
      call("concat", "strings", "strings"),
      call("distinct", "strings"),
      call("sort", "strings"),
      call("reverse", "strings"),
      call("compact", "strings"),
      call("toset", "strings"),
      call("tolist", "strings"),
      call("slice", "strings", "number", "number"),
      call("flatten", "tuple"),
      call("setunion", "strings", "strings"),
      call("setintersection", "strings", "strings"),
      call("setsubtract", "strings", "strings"),
      () => `formatlist("%s:%s", ${make("strings")}, ${make("string")})`,
      () => `regexall("[a-z]", ${make("string")})`,
      call("coalescelist", "strings", "strings"),
      branch("strings"),
      wrapped("strings"),
    ],
    numbers: [
      () => `[${Array.from({ length: number(4) }, () => make("number")).join(", ")}]`,
      () => `[for x in ${make("numbers")} : x * 2]`,
      call("values", "map"),
      call("range", "number"),
      branch("numbers"),
    ],
    tuple: [
      () => `[${Array.from({ length: number(4) }, () => make("any")).join(", ")}]`,
      () => `${make("tuple")}[*]`,
      () => `[for k, v in ${make(pick(["object", "map"]))} : [k, v]]`,
      () => `[for x in ${make("tuple")} : x if x != null]`,
      call("concat", "tuple", "tuple"),
      call("flatten", "tuple"),
      call("reverse", "tuple"),
      call("values", "object"),
      call("setproduct", "strings", "strings"),
      call("chunklist", "strings", "number"),
      call("tolist", "tuple"),
      call("toset", "tuple"),
      call("distinct", "tuple"),
      () => `${make("object")}[*].a`,
      () => `${make("bool")} ? local.sites : reverse(local.sites)`,
      wrapped("tuple"),
    ],
    map: [
      () => `{ for k, v in ${make(pick(["map", "object"]))} : upper(k) => v }`,
      () => `{ for x in ${make("strings")} : x => ${make("number", [...names, "x"])} }`,
      () => `{ for x in ${make("strings")} : substr(x, 0, 1) => x... }`,
      call("merge", "map", "map"),
      call("tomap", pick(["map", "object"])),
      call("zipmap", "strings", "numbers"),
      () => `transpose({ a = ${make("strings")}, b = ${make("strings")} })`,
      () => `${make("bool")} ? local.ports : { for x in ${make("strings")} : x => ${make("number")} }`,
    ],
    object: [
      () => `{ a = ${make("any")}, "b" = ${make("string")}, (${make("string")}) = ${make("number")} }`,
      call("merge", "object", "object"),
      () => `jsondecode(jsonencode(${make("object")}))`,
      () => `local.sites[${number(2)}]`,
      () => `${make("bool")} ? local.sites[${number(2)}] : local.sites[0]`,
    ],
  };
  const chosen =
    kind === "any" ? pick(["string", "number", "bool", "strings", "tuple", "map", "object"] as const) : kind;
  const make1 = depth <= 0 ? pick(leaves[chosen]) : chance(0.2) ? pick(leaves[chosen]) : pick(branches[chosen]);
  const text = make1();
  // What binds loosely needs parentheses among others.
  return /^[\w."'[{(]/.test(text) && !/ [?:<>=!&|+\-*/%]+ /.test(text) ? text : `(${text})`;
}

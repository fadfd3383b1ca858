// What is evaluated of values that are not known: references, candidates, causes, secrets.

import { describe, expect, test } from "vitest";
import { brief, evaluatorOf, expressionValue, instanceAt } from "../support/evaluator.ts";

const main = `
variable "name" {}
variable "secret" { sensitive = true }
variable "limits" { type = list(object({ size = number, unit = optional(string, "MB") })) }
locals {
  arn     = aws_acm_certificate.site.arn
  byZone  = { for name, one in aws_acm_certificate.zone : name => one.arn }
  late    = terraform_data.flag.id == "x"
  circle  = local.circular
  circular = local.circle
}
resource "aws_acm_certificate" "site" {}
resource "aws_acm_certificate" "zone" { for_each = toset(["a", "b"]) }
resource "aws_acm_certificate" "counted" { count = 2 }
resource "aws_acm_certificate" "none" { count = 0 }
resource "aws_acm_certificate" "targeted" {}
resource "aws_acm_certificate" "partly" { for_each = toset(["a", "b"]) }
resource "aws_waiter" "site" { certificate_arn = aws_acm_certificate.site.arn }
resource "terraform_data" "flag" { input = ["x", aws_acm_certificate.site.arn] }
data "aws_region" "here" {}
resource "aws_secret" "one" {}
resource "aws_secret" "all" {}
resource "aws_secret" "late" {}
resource "aws_secret" "part" {}
ephemeral "random_password" "one" {}
`;

const unknown = {
  unknown: { arn: true, id: true, options: true, status: true },
  values: { domain: "example.com", tags: { a: "b" } },
};

const instances = {
  "aws_acm_certificate.site": { ...unknown, sensitive: { domain: true } },
  'aws_acm_certificate.zone["a"]': unknown,
  'aws_acm_certificate.zone["b"]': unknown,
  "aws_acm_certificate.counted[0]": unknown,
  'aws_acm_certificate.partly["a"]': unknown,
  "aws_waiter.site": { unknown: { certificate_arn: true, status: true } },
  "aws_acm_certificate.counted[1]": { values: { arn: "arn:1" } },
  "terraform_data.flag": { values: { input: null }, unknown: { id: true, input: true, output: true } },
  "data.aws_region.here": { values: { name: "eu-west-1", port: 443, open: true } },
  "aws_secret.one": { values: { names: ["a"] }, unknown: { flag: true }, sensitive: { flag: true, names: true } },
  "aws_secret.all": { values: { name: "a" }, sensitive: true },
  "aws_secret.late": { unknown: true },
  "aws_secret.part": { values: { settings: { a: 1 } }, unknown: { settings: { b: true } } },
};

const variables = { name: "shop", secret: "s3cret", limits: [{ size: 5, unit: "MB" }] };

const made = { files: { "main.tf": main }, instances, variables, workspace: "staging" };

const evaluated = (expression: string) => brief(expressionValue(expression, made));

describe("a value is", () => {
  test.each([
    // known
    ["var.name", '"shop"'],
    ["upper(var.name)", '"SHOP"'],
    ["terraform.workspace", '"staging"'],
    ["path.module", '"."'],
    ["var.limits[0].unit", '"MB"'],
    ["length(aws_acm_certificate.none)", "0"],
    ["length(aws_acm_certificate.counted)", "2"],
    ["keys(aws_acm_certificate.zone)", '["a","b"]'],
    // known, and which attribute it is
    ["data.aws_region.here.name", '"eu-west-1" ← data.aws_region.here.name'],
    ["aws_acm_certificate.counted[1].arn", '"arn:1" ← aws_acm_certificate.counted[1].arn'],
    ["element(aws_acm_certificate.counted, 1).arn", '"arn:1" ← aws_acm_certificate.counted[1].arn'],
    ["{ a = data.aws_region.here.name }.a", '"eu-west-1" ← data.aws_region.here.name'],
    // an attribute of an instance
    ["local.arn", "→ aws_acm_certificate.site.arn"],
    ["local.byZone.b", '→ aws_acm_certificate.zone["b"].arn'],
    ['local.byZone["a"]', '→ aws_acm_certificate.zone["a"].arn'],
    ["aws_acm_certificate.counted[0].arn", "→ aws_acm_certificate.counted[0].arn"],
    ["aws_acm_certificate.counted.0.arn", "→ aws_acm_certificate.counted[0].arn"],
    ["one(aws_acm_certificate.site[*].arn)", "→ aws_acm_certificate.site.arn"],
    ['join("", [local.arn])', "→ aws_acm_certificate.site.arn"],
    ['"${local.arn}"', "→ aws_acm_certificate.site.arn"],
    ["aws_acm_certificate.site.options[0].name", "→ aws_acm_certificate.site.options[0].name"],
    ["coalesce(null, local.arn)", "→ aws_acm_certificate.site.arn"],
    ["try(aws_acm_certificate.site.arn, null)", "→ aws_acm_certificate.site.arn"],
    ["try(aws_acm_certificate.none[0].arn, local.arn)", "→ aws_acm_certificate.site.arn"],
    ['lookup(local.byZone, "c", local.arn)', "→ aws_acm_certificate.site.arn"],
    ["tostring(local.arn)", "→ aws_acm_certificate.site.arn"],
    ["aws_acm_certificate.site", "instance aws_acm_certificate.site"],
    // an identifier is neither null nor empty, nor is what is written as one, nor a JSON text
    ['local.arn == "" ? "none" : "some"', '"some"'],
    ['"" != "x-${local.arn}"', "true"],
    ['aws_waiter.site.certificate_arn != ""', "true"],
    ["aws_waiter.site.certificate_arn == null", "false"],
    ['aws_waiter.site.status == ""', "? computed =="],
    ['compact(["", jsonencode({ a = local.arn })])', "[json {a: → aws_acm_certificate.site.arn}]"],
    ['flatten([[local.arn], [["a"]]])', '[→ aws_acm_certificate.site.arn, "a"]'],
    // an instance that -target leaves out
    ["length(aws_acm_certificate.partly)", "2"],
    ['try(aws_acm_certificate.partly["b"].arn, "none")', '? not-in-plan aws_acm_certificate.partly["b"] | "none"'],
    ['try(aws_acm_certificate.partly["c"].arn, "none")', '"none"'],
    // a choice that may fail
    ['try(local.late ? { a = 1 }.b : "a", "b")', '"a" | "b"'],
    ['can(local.late ? { a = 1 }.b : "a")', "? computed can"],
    // known in part
    ["[local.arn, var.name]", '[→ aws_acm_certificate.site.arn, "shop"]'],
    [
      "{ for x in setunion([{ k = 1, v = local.arn }], [{ k = 2, v = 3 }]) : x.k => x.v }",
      "{1: → aws_acm_certificate.site.arn, 2: 3}",
    ],
    ["merge({ a = local.arn }, { b = 1 })", "{a: → aws_acm_certificate.site.arn, b: 1}"],
    ['"${local.arn}/*"', "(→ aws_acm_certificate.site.arn)/*"],
    ['format("%s/%s", local.arn, var.name)', "(→ aws_acm_certificate.site.arn)/shop"],
    ["jsonencode({ Resource = local.arn })", "json {Resource: → aws_acm_certificate.site.arn}"],
    ["jsondecode(jsonencode({ a = local.arn })).a", "→ aws_acm_certificate.site.arn"],
    ["terraform_data.flag.output", '["x", → aws_acm_certificate.site.arn]'],
    // one of several
    ['local.late ? "a" : "b"', '"a" | "b"'],
    ["local.late ? local.arn : null", "→ aws_acm_certificate.site.arn | null"],
    ['local.late ? "a" : "a"', '"a"'],
    ['upper(local.late ? "a" : "b")', '"A" | "B"'],
    ['join(",", ["x", local.late ? "a" : "b"])', '"x,a" | "x,b"'],
    [
      "local.byZone[terraform_data.flag.id]",
      '→ aws_acm_certificate.zone["a"].arn | → aws_acm_certificate.zone["b"].arn',
    ],
    ['[for x in ["a", "b"] : x if local.late]', '["a","b"] | ["a"] | ["b"] | []'],
    ["length(local.late ? [1] : [])", "1 | 0"],
    ['compact(["", local.arn])', "[→ aws_acm_certificate.site.arn]"],
    ['compact(["", aws_acm_certificate.site.status])', "[→ aws_acm_certificate.site.status] | []"],
    ['compact(["", local.arn])[0]', "→ aws_acm_certificate.site.arn"],
    ["local.arn == null ? 1 : 2", "2"],
    ["aws_acm_certificate.site.status == null ? 1 : 2", "1 | 2"],
    ['coalesce(local.arn, "other")', "→ aws_acm_certificate.site.arn"],
    ['coalesce(aws_acm_certificate.site.status, "other")', '→ aws_acm_certificate.site.status | "other"'],
    // a text that is replaced in part
    ['replace(local.arn, "/^.*$/", "other")', '"other"'],
    ['replace(local.arn, "/^(.*)$/", "$1")', "? computed replace"],
    ['replace(aws_acm_certificate.site.status, "/^.*$/", "other")', "? computed replace"],
    ['replace("a-${local.arn}-a", "a", "b")', "b-(? computed replace)-b"],
    // A match around an unknown part takes the end of one text and the beginning of the next.
    ['replace("<${terraform_data.flag.id}> <b>", "<b>", "<c>")', "<(? computed replace)> <c>"],
    ['replace("<${terraform_data.flag.id}> <b>", "<b>", "<")', "? computed replace"],
    ['replace("<<${terraform_data.flag.id}>> <<b>>", "<<b>>", "<<>")', "? computed replace"],
    // What such a match takes of a text can be a part of a match in it.
    ['replace("${terraform_data.flag.id}aba", "aba", "aca")', "? computed replace"],
    // What is in quotes holds no quotation mark.
    ['replace("<${local.arn}> <b>", "<b>", "<c>")', "<(? computed replace)> <c>"],
    ['replace("\\"${terraform_data.flag.id}\\"-\\"b\\"", "\\"b\\"", "\\"c\\"")', '"(? computed replace)"-"c"'],
    ['replace("<${terraform_data.flag.id}> b", " b", " c")', "<(? computed replace)> c"],
    ['replace("<${terraform_data.flag.id}> \\"b\\"", "\\"b\\"", "c")', "<(→ terraform_data.flag.id)> c"],
    ['replace("a-${local.arn}-a", "-a", "b")', "? computed replace"],
    [
      'replace(jsonencode({ Effect = "Deny", Of = local.arn }), "\\"Deny\\"", "\\"Allow\\"")',
      '{"Effect":"Allow","Of":"(→ aws_acm_certificate.site.arn)"}',
    ],
    ["try(aws_acm_certificate.site.options[0].name, var.name)", '→ aws_acm_certificate.site.options[0].name | "shop"'],
    // decided, whatever the rest is
    ["local.late && false", "false"],
    ["local.late || true", "true"],
    ['"${local.arn}/*" == null', "false"],
    ["anytrue([local.late, true])", "true"],
    ["contains([local.arn, var.name], var.name)", "true"],
    // unknown, with a cause
    ['file("x")', "? function file"],
    ["upper(local.arn)", "? computed upper"],
    ["provider::aws::arn_parse(local.arn)", "? function provider::aws::arn_parse"],
    ["timestamp()", "? function timestamp"],
    ["plantimestamp()", "? function plantimestamp"],
    // What Terraform returns is no part of the network.
    ['cidrsubnet("10.0.0.0/8", 8, -1)', "? function cidrsubnet"],
    ['cidrsubnet("10.0.0.0/8", -1, 0)', "? function cidrsubnet"],
    ['cidrhost("::ffff:10.0.0.0/104", 5)', "? function cidrhost"],
    ['cidrsubnet("::ffff:10.0.0.0/104", 8, 1)', "? function cidrsubnet"],
    ['cidrsubnets("::ffff:10.0.0.0/104", 8)', "? function cidrsubnets"],
    // Some versions of Terraform count from the end.
    ['element(["a", "b"], -1)', "? function element"],
    // Characters and lines whose form is not certain.
    ['yamlencode({ a = "\\u2028" })', "? function yamlencode"],
    ['yamlencode({ a = "\\u0001" })', "? function yamlencode"],
    ['yamlencode({ a = "\\nb" })', "? function yamlencode"],
    ['yamlencode({ a = "b \\nc" })', "? function yamlencode"],
    ['yamlencode({ a = "b\\n\\n" })', "? function yamlencode"],
    ["log(-1, 2)", "? limit"],
    ["pow(-1, 0.5)", "? limit"],
    ["1 / 0", "? limit"],
    ["5 % 0", "? limit"],
    ["[for x in aws_acm_certificate.site.options : x]", "? computed for"],
    ["aws_acm_certificate.targeted.arn", "? not-in-plan aws_acm_certificate.targeted"],
    ["ephemeral.random_password.one.result", "? ephemeral ephemeral.random_password.one"],
    ["local.circle", "? cycle local.circle"],
    ["local.arn == null", "false"],
    ["aws_acm_certificate.site.missing", "? failed there is no attribute missing"],
    // What an empty collection holds decides, and may have been lost.
    ['slice(tolist(["a"]), 0, 0) == tolist([])', "? type =="],
    ["[tostring(null)] == [null]", "? type =="],
    ['format("%s", null)', "? computed format"],
    // A type that another branch decides, which fails here.
    ["(true ? [1] : {}.a)[0] == 1", "? type =="],
    ['(true ? [1] : {}.a)[0] == "1"', "? computed =="],
    ["(true ? [1] : {}.a)[0] == 2", "false"],
    ["(true ? [1] : {}.a)[0] == (true ? [1] : {}.a)[0]", "true"],
    ['(true ? ["a"] : {}.a)[0] == "a"', "true"],
    ['(true ? [true] : {}.a)[0] == "true"', "? computed =="],
    ['(true ? { a = [1] } : {}.a).a[0] == "1"', "? computed =="],
    ["jsonencode(true ? [1] : {}.a)", "? type jsonencode"],
    ["jsonencode(true ? [true] : {}.a)", "? type jsonencode"],
    ["yamlencode(true ? [1] : {}.a)", "? function yamlencode"],
    ["yamlencode(true ? [true] : {}.a)", "? function yamlencode"],
    ["(true ? 1 : {}.a) == 1", "true"],
    // converted, it is the attribute all the same
    ["tostring(data.aws_region.here.port)", '"443" ← data.aws_region.here.port'],
    ["tostring(data.aws_region.here.open)", '"true" ← data.aws_region.here.open'],
    ["flatten([[tostring(aws_acm_certificate.site.status)]])", "[→ aws_acm_certificate.site.status]"],
    ["flatten([[aws_acm_certificate.site.status]])", "? computed flatten"],
    ['try(tostring(aws_acm_certificate.site), "no")', '"no"'],
    ["length(tomap(aws_acm_certificate.counted[1]))", "1"],
    ['"x" == aws_acm_certificate.site.status', "? computed =="],
    ["5 == aws_acm_certificate.site.status", "? computed =="],
    // a part of what is known in part
    ["aws_secret.part.settings.b", "→ aws_secret.part.settings.b"],
    ["aws_secret.part.settings", "{a: 1 ← aws_secret.part.settings.a, b: → aws_secret.part.settings.b}"],
    ["aws_secret.late.name", "→ aws_secret.late.name"],
    ["[local.arn, var.name][*]", '[→ aws_acm_certificate.site.arn, "shop"]'],
    ["toset([local.arn, var.name])[*]", "? computed splat"],
    // as many choices as there are conditions, up to sixteen
    ['length([for x in ["a", "b", "c", "d"] : x if local.late])', "4 | 3 | 2 | 1 | 0"],
    ['length([for x in ["a", "b", "c", "d", "e"] : x if local.late])', "? computed length"],
    ['sort([local.late ? "b" : "c", "a"])', '["a","b"] | ["a","c"]'],
    ["sum([local.late ? 1 : 2, 3])", "4 | 5"],
    ['transpose({ a = [local.late ? "x" : "y"] })', '{"x":["a"]} | {"y":["a"]}'],
    ['sort(sensitive([local.late ? "b" : "c", "a"]))', 'secret ["a","b"] | secret ["a","c"]'],
    ["lookup({ a = 1 }, terraform_data.flag.id, 5)", "1 | 5"],
    ['lookup(data.aws_region.here, "name", "x")', '"eu-west-1" ← data.aws_region.here.name'],
    ['lookup(data.aws_region.here, "other", "x")', '"x"'],
    // texts around what is unknown
    ['format("%v/x", "${local.arn}y")', "(→ aws_acm_certificate.site.arn)y/x"],
    ['format("%5v", "${local.arn}y")', "? computed format"],
    ['format("%#v", "${local.arn}y")', "? computed format"],
    ['format("%v", local.arn)', "? computed format"],
    ['format("%q", "${local.arn}y")', "? computed format"],
    ['formatlist("%s-a", [local.arn, "x"])', '[(→ aws_acm_certificate.site.arn)-a, "x-a"]'],
    ['formatlist("%s-a", toset([local.arn, "x"]))', "? computed formatlist"],
    ['jsonencode("${local.arn}/*")', "json (→ aws_acm_certificate.site.arn)/*"],
    ["jsonencode(upper(local.arn))", "? computed jsonencode"],
    ["jsondecode(jsonencode({ a = { b = local.arn } })).a.b", "→ aws_acm_certificate.site.arn"],
    ["jsondecode(jsonencode([[local.arn]]))[0][0]", "→ aws_acm_certificate.site.arn"],
    ['replace(jsonencode([jsonencode({ a = local.arn })]), "zz", "y")', '["{\\"a\\":\\"(? computed replace)\\"}"]'],
    // the first cause that says more than "computed"
    ['md5(jsonencode([1, file("x")]))', "? function file"],
    ['replace(upper(local.arn), file("x"), "y")', "? function file"],
    // a secret stays one
    ['aws_secret.one.flag == "x" ? "a" : "b"', 'secret "a" | "b"'],
    ['tostring(aws_secret.one.flag == "x" ? 1 : 2)', 'secret secret "1" | secret "2"'],
    ['upper(aws_secret.one.flag == "x" ? "a" : "b")', 'secret secret "A" | secret "B"'],
    ["[1, 2][aws_secret.one.flag]", "secret 1 | 2"],
    ["aws_secret.one.names[0]", 'secret "a" ← aws_secret.one.names[0]'],
    ["aws_secret.all.name", 'secret "a" ← aws_secret.all.name'],
    ["length(keys(aws_secret.all))", "secret 1"],
    ["var.secret", 'secret "s3cret"'],
    ["upper(var.secret)", 'secret "S3CRET"'],
    ["[var.secret, 1][1]", "1"],
    ['var.secret == "x" ? 1 : 2', "secret 2"],
    ["nonsensitive(var.secret)", '"s3cret"'],
    ["aws_acm_certificate.site.domain", 'secret "example.com" ← aws_acm_certificate.site.domain'],
    ['"${var.secret}${local.arn}"', "secret s3cret(→ aws_acm_certificate.site.arn)"],
  ])("%s: %s", (expression, expected) => expect(evaluated(expression)).toBe(expected));
});

test("a resource that is not in the configuration is unknown, not without settings", () => {
  const evaluator = evaluatorOf(made);
  for (const address of ["aws_acm_certificate.other", "module.other.aws_acm_certificate.site"]) {
    const id = instanceAt(address);
    const unknownName = `? not-in-configuration aws_acm_certificate.${id.name}`;
    expect(brief(evaluator.evaluateAttribute(id, ["domain_name"]))).toBe(unknownName);
    expect(brief(evaluator.providerSetting(id, "region"))).toBe(unknownName);
    expect(evaluator.blocksOf(id, "options").open).toMatchObject({ kind: "not-in-configuration" });
  }
});

test.each([
  ['local.late ? "a" : "b"'],
  ['upper(local.late ? "a" : "b")'],
  ['sort([local.late ? "b" : "c", "a"])'],
  ['[for x in ["a"] : x if local.late]'],
])("%s says what decides between its values", (expression) => {
  expect(expressionValue(expression, made)).toMatchObject({
    kind: "candidates",
    origins: [{ instance: "terraform_data.flag", path: ["id"] }],
  });
});

test("what is converted keeps what it was computed from", () => {
  expect(expressionValue("tostring(data.aws_region.here.port + 1)", made)).toMatchObject({
    text: "444",
    origins: [{ instance: "data.aws_region.here", path: ["port"] }],
  });
});

describe("more than anyone writes is unknown", () => {
  const ids = (count: number) =>
    `join("-", concat(${Array.from({ length: Math.floor(count / 1000) }, () => "local.ids").join(", ")}, slice(local.ids, 0, ${count % 1000})))`;
  const files = { "main.tf": `${main}\nlocals {\n  ids = [for x in range(1000) : local.arn]\n}\n` };
  const kindOf = (expression: string) => {
    const value = expressionValue(expression, { ...made, files });
    return value.kind === "unknown" ? value.cause.kind : value.kind;
  };

  test.each([
    [ids(5000), "template"],
    [ids(5001), "limit"],
    [ids(5000).replace("concat(", 'concat(["x"], '), "template"],
  ])("the parts of %s: %s", (expression, kind) => expect(kindOf(expression)).toBe(kind));

  test("the choices of a text", () => {
    const text = (count: number) =>
      `"${Array.from({ length: count }, (_, index) => `\${local.late ? "a${index}" : "b${index}"}`).join("")}"`;
    expect(kindOf(text(4))).toBe("candidates");
    expect(brief(expressionValue(text(6), made))).toBe("? limit | ? limit");
    expect(kindOf(text(7))).toBe("computed");
  });
});

test("says which attributes an unknown value comes from", () => {
  const { origins } = expressionValue('md5("${local.arn}${aws_acm_certificate.zone["a"].id}")', made);
  expect(origins).toEqual([
    { instance: "aws_acm_certificate.site", path: ["arn"] },
    { instance: 'aws_acm_certificate.zone["a"]', path: ["id"] },
  ]);
});

test("a known value says which attributes it was computed from", () => {
  expect(expressionValue("upper(data.aws_region.here.name)", made)).toMatchObject({
    text: "EU-WEST-1",
    origins: [{ instance: "data.aws_region.here", path: ["name"] }],
  });
});

describe("an attribute that is written", () => {
  const evaluator = evaluatorOf({
    files: {
      "main.tf": `
locals { headers = [{ name = "a", value = "1" }, { name = "b", value = aws_acm_certificate.c.arn }] }
resource "aws_acm_certificate" "c" {}
resource "aws_site" "one" {
  name = "one"
  alias { host = "fixed" }
  dynamic "alias" {
    for_each = { x = "x.example.com", y = "y.example.com" }
    iterator = it
    content {
      host = it.value
      key  = it.key
    }
  }
  dynamic "header" {
    for_each = local.headers
    content {
      name  = header.value.name
      value = header.value.value
      dynamic "part" {
        for_each = toset([header.key])
        content { index = part.value }
      }
    }
  }
  dynamic "late" {
    for_each = aws_acm_certificate.c.status == "" ? [1] : []
    content { on = true }
  }
  dynamic "open" {
    for_each = aws_acm_certificate.c.names
    content {
      name  = open.value
      fixed = "yes"
    }
  }
  listed = [{ name = "first" }, { name = "second" }]
}
`,
    },
    instances: {
      "aws_acm_certificate.c": { unknown: { arn: true, names: true, status: true } },
      // The provider's set has the blocks in another order.
      "aws_site.one": {
        values: {
          alias: [{ host: "y.example.com" }, { host: "fixed" }, { host: "x.example.com" }],
          header: [{ name: "a", value: "1" }, { name: "b" }],
        },
        unknown: { header: [{}, { value: true }] },
      },
    },
  });
  const site = instanceAt("aws_site.one");

  test("is found by the path of the plan", () => {
    const at = (...path: (string | number)[]) => brief(evaluator.evaluateAttribute(site, path));
    expect(at("name")).toBe('"one"');
    expect(at("missing")).toBe("nothing");
    expect(at("alias", 0, "host")).toBe('"y.example.com"');
    expect(at("alias", 1, "host")).toBe('"fixed"');
    expect(at("alias", 1, "key")).toBe("nothing");
    expect(at("header", 1, "value")).toBe("→ aws_acm_certificate.c.arn");
    expect(at("header", 1, "part", 0, "index")).toBe("1");
    expect(at("listed", 1, "name")).toBe('"second"');
  });

  test("is found in a list, whose order in the plan may be that of a set", () => {
    for (const [name, text] of [
      ["main.tf", 'resource "a_b" "c" {\n  names = ["z", aws_acm_certificate.c.arn, "a"]\n}\n'],
      ["main.tf.json", '{"resource": {"a_b": {"c": {"names": ["z", "${aws_acm_certificate.c.arn}", "a"]}}}}'],
    ] as const) {
      const evaluator = evaluatorOf({
        files: { [name]: text, "certificate.tf": 'resource "aws_acm_certificate" "c" {}\n' },
        instances: {
          "aws_acm_certificate.c": { unknown: { arn: true } },
          "a_b.c": { values: { names: ["a", "z", null] }, unknown: { names: [false, false, true] } },
        },
      });
      const at = (index: number) => brief(evaluator.evaluateAttribute(instanceAt("a_b.c"), ["names", index]));
      expect([at(0), at(1), at(2)]).toEqual(['"a"', '"z"', "→ aws_acm_certificate.c.arn"]);
    }
  });

  test("blocks come in the order of the configuration", () => {
    const { blocks, open } = evaluator.blocksOf(site, "alias");
    expect(blocks.map((block) => [brief(block.attribute("host")), brief(block.attribute("key"))])).toEqual([
      ['"fixed"', "nothing"],
      ['"x.example.com"', '"x"'],
      ['"y.example.com"', '"y"'],
    ]);
    expect(open).toBeUndefined();
  });

  test("blocks whose number is unknown are possible", () => {
    const late = evaluator.blocksOf(site, "late");
    expect(late.blocks.map(({ presence }) => presence)).toEqual(["possible"]);
    expect(late.open).toEqual({ kind: "computed", by: 'dynamic "late"' });
    const { blocks, open } = evaluator.blocksOf(site, "open");
    expect(open).toEqual({ kind: "known-after-apply" });
    expect(blocks.map((block) => [block.presence, brief(block.attribute("fixed"))])).toEqual([["possible", '"yes"']]);
    expect(brief(blocks[0]?.attribute("name"))).toBe('? computed dynamic "open"');
  });

  test("an attribute that holds objects can be read as blocks", () => {
    const { blocks } = evaluator.blocksOf(site, "listed");
    expect(blocks.map((block) => brief(block.attribute("name")))).toEqual(['"first"', '"second"']);
  });

  test("has a place in a file", () => {
    expect(evaluator.positionOf(site, ["name"])).toEqual({ file: "main.tf", line: 5, column: 3 });
    expect(evaluator.positionOf(site, ["alias", 1, "host"])).toEqual({ file: "main.tf", line: 6, column: 11 });
    expect(evaluator.positionOf(site, ["alias", 0, "host"])).toEqual({ file: "main.tf", line: 11, column: 7 });
    expect(evaluator.positionOf(site, ["header", 0])).toEqual({ file: "main.tf", line: 17, column: 5 });
    expect(evaluator.positionOf(site, ["missing"])).toBeUndefined();
  });
});

describe("modules and providers", () => {
  const evaluator = evaluatorOf({
    files: {
      "main.tf": `
locals { home = "eu-west-1" }
variable "american" { default = true }
provider "aws" { region = local.home }
provider "aws" {
  alias  = "use1"
  region = var.american ? "us-east-1" : local.home
}
resource "aws_a" "default" {}
resource "aws_a" "aliased" { provider = aws.use1 }
module "site" {
  source   = "./site"
  for_each = { shop = "shop.example.com", docs = "docs.example.com" }
  host     = each.value
  tls      = { minimum = "1.2" }
  providers = {
    aws.edge = aws.use1
    aws      = aws
  }
}
output "hosts" { value = { for name, one in module.site : name => one.host } }
`,
      "main_override.tf": 'resource "aws_a" "default" { name = "overridden" }\n',
      "site/main.tf": `
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.edge]
    }
  }
}
variable "host" { type = string }
variable "tls" { type = object({ minimum = string, suites = optional(list(string), ["a"]) }) }
variable "port" {
  type     = number
  default  = "443"
  nullable = false
}
resource "aws_a" "edge" {
  provider = aws.edge
  host     = var.host
  suites   = var.tls.suites
  port     = var.port
}
module "inner" { source = "../inner" }
output "host" { value = aws_a.edge.host }
`,
      "site.inner/main.tf": 'resource "aws_a" "deep" { path = path.module }\n',
    },
    instances: {
      "aws_a.default": { values: {} },
      "aws_a.aliased": { values: {} },
      'module.site["shop"].aws_a.edge': { values: { host: "shop.example.com" } },
      'module.site["docs"].aws_a.edge': { values: { host: "docs.example.com" } },
      'module.site["docs"].module.inner.aws_a.deep': { values: {} },
    },
  });
  const edge = instanceAt('module.site["docs"].aws_a.edge');

  test("arguments are converted, with their defaults", () => {
    expect(brief(evaluator.evaluateAttribute(edge, ["host"]))).toBe('"docs.example.com"');
    expect(brief(evaluator.evaluateAttribute(edge, ["suites"]))).toBe('["a"]');
    expect(brief(evaluator.evaluateAttribute(edge, ["port"]))).toBe("443");
  });

  test("outputs lead to the instance", () => {
    expect(brief(evaluator.output([], "hosts"))).toBe('{"docs":"docs.example.com","shop":"shop.example.com"}');
  });

  test("a provider's settings come from the configuration that is passed", () => {
    const region = (address: string) => brief(evaluator.providerSetting(instanceAt(address), "region"));
    expect(region("aws_a.default")).toBe('"eu-west-1"');
    expect(region("aws_a.aliased")).toBe('"us-east-1"');
    expect(region('module.site["shop"].aws_a.edge')).toBe('"us-east-1"');
    expect(region('module.site["docs"].module.inner.aws_a.deep')).toBe('"eu-west-1"');
    expect(brief(evaluator.providerSetting(instanceAt("aws_a.default"), "profile"))).toBe("null");
  });

  test("overrides are merged, and each module knows its directory", () => {
    expect(brief(evaluator.evaluateAttribute(instanceAt("aws_a.default"), ["name"]))).toBe('"overridden"');
    const deep = instanceAt('module.site["docs"].module.inner.aws_a.deep');
    expect(brief(evaluator.evaluateAttribute(deep, ["path"]))).toBe('"modules/site.inner"');
  });
});

test("a provider that is not passed is inherited, but not one with an alias", () => {
  const inherited = evaluatorOf({
    files: {
      "main.tf":
        'provider "aws" { region = "eu-west-1" }\nprovider "aws" {\n  alias  = "b"\n  region = "us-east-1"\n}\n' +
        'module "m" {\n  source    = "./m"\n  providers = { aws.c = aws.b }\n}\n',
      "m/main.tf":
        'resource "aws_a" "plain" {}\nresource "aws_a" "passed" { provider = aws.c }\nresource "aws_a" "missing" { provider = aws.b }\n',
    },
    instances: { "module.m.aws_a.plain": {}, "module.m.aws_a.passed": {}, "module.m.aws_a.missing": {} },
  });
  const region = (name: string) => brief(inherited.providerSetting(instanceAt(`module.m.aws_a.${name}`), "region"));
  expect(region("plain")).toBe('"eu-west-1"');
  expect(region("passed")).toBe('"us-east-1"');
  expect(region("missing")).toBe("null");
});

test("names may have letters of any language", () => {
  const files = { "main.tf": 'locals {\n  größe = { "tür-1" = 1, tür-1 = 2, 名 = 3 }\n}\n' };
  expect(brief(expressionValue("local.größe.名 + local.größe.tür-1", { files }))).toBe("5");
});

test("each question about a block has all its steps", () => {
  const { blocks } = evaluatorOf({
    files: {
      "main.tf":
        'resource "a_b" "c" {\n  dynamic "d" {\n    for_each = range(30)\n    content { e = sum([for x in range(300) : sum(range(20))]) }\n  }\n}\n',
    },
    instances: { "a_b.c": {} },
  }).blocksOf(instanceAt("a_b.c"), "d");
  expect(new Set(blocks.map((block) => brief(block.attribute("e"))))).toEqual(new Set(["57000"]));
});

describe("blocks that are written as an attribute, or in another order", () => {
  const evaluator = evaluatorOf({
    files: {
      "main.tf": `
variable "names" { sensitive = true }
resource "aws_acm_certificate" "c" {}
resource "aws_acm_certificate" "d" {}
resource "aws_site" "one" {
  dynamic "part" {
    for_each = ["dynamic"]
    content { name = part.value }
  }
  part { name = "fixed" }
  single  = { name = "only", inner = [{ x = 1 }] }
  nothing = null
  late    = aws_acm_certificate.c.arn
  either  = aws_acm_certificate.c.status == "" ? [{ name = "a" }] : [{ name = "b" }]
  text    = "plain"
  names   = var.names
  rule {
    path   = aws_acm_certificate.c.path
    target = "open"
  }
  rule {
    path   = "/b"
    target = "b"
  }
  alike {
    path   = aws_acm_certificate.c.path
    target = "c"
  }
  alike {
    path   = aws_acm_certificate.d.path
    target = "d"
  }
  port {
    number = "0443"
    target = "https"
  }
  port {
    number = "80"
    target = "http"
  }
}
`,
    },
    instances: {
      "aws_acm_certificate.c": { unknown: { arn: true, path: true, status: true } },
      "aws_acm_certificate.d": { unknown: { path: true } },
      "aws_site.one": {
        values: {
          names: ["b", "a"],
          rule: [{ path: "/x" }, { path: "/b" }],
          alike: [{ path: "/x" }, { path: "/y" }],
          port: [{ number: 80 }, { number: 443 }],
        },
      },
    },
    variables: { names: ["a", "b"] },
  });
  const site = instanceAt("aws_site.one");
  const at = (...path: (string | number)[]) => brief(evaluator.evaluateAttribute(site, path));
  const namesIn = (type: string) =>
    evaluator.blocksOf(site, type).blocks.map((block) => [block.presence, brief(block.attribute("name"))]);

  test("in the order of the file, whether they are dynamic or not", () => {
    expect(namesIn("part")).toEqual([
      ["always", '"dynamic"'],
      ["always", '"fixed"'],
    ]);
  });

  test("one object is one block, with its place and its blocks", () => {
    expect(namesIn("single")).toEqual([["always", '"only"']]);
    const [single] = evaluator.blocksOf(site, "single").blocks;
    expect(single?.blocks("inner").blocks.map((block) => brief(block.attribute("x")))).toEqual(["1"]);
    expect(single?.blocks("none")).toEqual({ blocks: [], open: undefined });
    expect(single?.attributeNames()).toEqual(["inner", "name"]);
    expect(single?.positionOf("name")).toEqual({ file: "main.tf", line: 11, column: 3 });
    expect(single?.positionOf("none")).toBeUndefined();
  });

  test("null is none, a text is none, and what is unknown can be any", () => {
    expect(evaluator.blocksOf(site, "nothing")).toMatchObject({ blocks: [], open: undefined });
    expect(evaluator.blocksOf(site, "text")).toMatchObject({ blocks: [], open: undefined });
    expect(evaluator.blocksOf(site, "late")).toMatchObject({ blocks: [], open: { kind: "known-after-apply" } });
  });

  test("either of two lists is possible", () => {
    expect(namesIn("either")).toEqual([
      ["possible", '"a"'],
      ["possible", '"b"'],
    ]);
    expect(evaluator.blocksOf(site, "either").open).toEqual({ kind: "computed", by: "a conditional" });
  });

  test("one that another place needs is not this one", () => {
    expect([at("rule", 0, "target"), at("rule", 1, "target")]).toEqual(['"open"', '"b"']);
  });

  test("of those that can be either, the one in the same place comes first", () => {
    expect([at("alike", 0, "target"), at("alike", 1, "target")]).toEqual(['"c" | "d"', '"d" | "c"']);
  });

  test("numbers that are written as texts are the same", () => {
    expect([at("port", 0, "target"), at("port", 1, "target")]).toEqual(['"http"', '"https"']);
  });

  test("an element of a secret list is a secret", () => {
    expect([at("names", 0), at("names", 1)]).toEqual(['secret "b"', 'secret "a"']);
  });
});

describe("a module", () => {
  const evaluator = evaluatorOf({
    files: {
      "main.tf": `
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "b"
  region = "us-east-1"
}
module "m" {
  source    = "./m"
  unset     = null
  set       = 5
  kept      = null
  providers = { aws.c = aws.b }
}
check "site" {
  data "a_check" "one" { name = "checked" }
}
output "checked" { value = data.a_check.one.name }
`,
      "m/main.tf": `
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws  = { source = "hashicorp/aws", version = "~> 5.0", configuration_aliases = [aws.c] }
    null = "3.2.0"
  }
}
provider "aws" {
  alias   = "c"
  version = "~> 5.0"
}
variable "unset" {
  default  = 1
  nullable = false
}
variable "set" {
  default  = 1
  nullable = false
}
variable "kept" { default = 1 }
resource "aws_a" "each" {
  for_each = toset(["x"])
  provider = aws.c
  name     = each.value
  key      = each.key
  places   = [path.module, path.root, path.cwd]
}
output "all" { value = [var.unset, var.set, var.kept] }
`,
    },
    instances: { 'module.m.aws_a.each["x"]': {}, "data.a_check.one": { values: { name: "checked" } } },
  });
  const each = instanceAt('module.m.aws_a.each["x"]');

  test("has its defaults in place of null, where null is not allowed", () => {
    expect(brief(evaluator.output([{ name: "m", key: undefined }], "all"))).toBe("[1,5,null]");
  });

  test("knows what is repeated by the elements of a set, and its places", () => {
    expect(brief(evaluator.evaluateAttribute(each, ["name"]))).toBe('"x"');
    expect(brief(evaluator.evaluateAttribute(each, ["key"]))).toBe('"x"');
    expect(brief(evaluator.evaluateAttribute(each, ["places"]))).toBe('["modules/m", ".", ? not-in-plan path.cwd]');
  });

  test("takes a provider through a block that only declares it", () => {
    expect(brief(evaluator.providerSetting(each, "region"))).toBe('"us-east-1"');
  });

  test("sees a check's data source", () => {
    expect(brief(evaluator.output([], "checked"))).toBe('"checked" ← data.a_check.one.name');
  });
});

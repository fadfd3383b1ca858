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
  "data.aws_region.here": { values: { name: "eu-west-1" } },
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
    // a secret stays one
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

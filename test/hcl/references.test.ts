// References and constants of expressions, as the JSON of a plan lists them.

import { expect, test } from "vitest";
import { constantIn, defaultIn } from "../../src/hcl/constant.ts";
import { parseJson } from "../../src/hcl/json-syntax.ts";
import { parseNative } from "../../src/hcl/native-syntax.ts";
import { referencesIn } from "../../src/hcl/references.ts";
import type { Attribute, Block } from "../../src/hcl/syntax.ts";

const native = (expression: string): Attribute =>
  parseNative({ path: "main.tf", text: `value = ${expression}\n` }).attribute("value") as Attribute;

const json = (text: string): Attribute =>
  parseJson({ path: "main.tf.json", text: `{"value": ${text}}` }).attribute("value") as Attribute;

test.each([
  ["local.list.a.b[0]", ["local.list.a.b[0]"]],
  ['var.map["a.b"].c', ['var.map["a.b"].c']],
  ["local.list.w.0.a", ["local.list.w[0].a"]],
  ["local.list[true]", ["local.list[]"]],
  ["(var.map).a", ["var.map"]],
  ["(aws_lb.site)[0].arn", ["aws_lb.site"]],
  ["local.list[(0)]", ["local.list"]],
  ["aws_lb.site[-1].arn", ["aws_lb.site"]],
  ["aws_lb.site[each.key].arn", ["aws_lb.site", "each.key"]],
  ["aws_lb.site[*].arn", ["aws_lb.site"]],
  ["aws_lb.site.*.arn", ["aws_lb.site"]],
  ["resource.aws_lb.site[0].arn", ["aws_lb.site[0].arn"]],
  ['data.aws_lb.site["a"].arn', ['data.aws_lb.site["a"].arn']],
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of Terraform
  ['aws_lb.site["$${a"].map["$${b"]', ['aws_lb.site["$${a"].map["${b"]']],
  ['module.site["$${a"].name', ['module.site["$${a"].name']],
  ['"${path.module}/${terraform.workspace}"', ["path.module", "terraform.workspace"]],
  ['"%{ for z in var.zones }${z.name}%{ endfor }"', ["var.zones"]],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: templates of Terraform
  ["[for k, x in local.list : x.a if k == var.key]", ["local.list", "var.key"]],
  ["[for local in [local] : local.a]", []],
  ["{ (var.key) = 1, key = each.value.x }", ["var.key", "each.value.x"]],
  ["var.a ? count.index : !self.b", ["var.a", "count.index", "self.b"]],
  ["provider::aws::arn_parse(var.arn)", ["var.arn"]],
  ["[aws_lb, data.aws_lb, module]", []],
  ["[module.site, module.site.name, module.site[0].name]", ["module.site", "module.site.name", "module.site[0].name"]],
  ["[for k, v in local.list : { k = v.key, i = k.x }]", ["local.list"]],
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of Terraform
  ['resource.aws_lb.site["$${a"].map["$${b"]', ['aws_lb.site["$${a"].map["${b"]']],
  ['data.aws_lb.site["$${a"].map["$${b"]', ['data.aws_lb.site["$${a"].map["${b"]']],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: templates of Terraform
])("%s refers to %j", (expression, references) => {
  expect(referencesIn(native(expression).expression)).toEqual(references);
});

test("text in JSON refers as its templates do", () => {
  const { expression } = json(`{"\${var.key}": ["\${aws_lb.site.arn}", "$\${x}"]}`);
  expect(referencesIn(expression)).toEqual(["var.key", "aws_lb.site.arn"]);
});

const value = (found: unknown) => ({ kind: "value", json: found });

test.each([
  ["null", value(null)],
  ["-1.50", value(-1.5)],
  ["{ a = [true ? 1 : 2, 1 == 1], b = null }", value({ a: [1, true], b: null })],
  ["[for x in [1, 2] : x * 2]", value([2, 4])],
  ['length("x")', { kind: "none" }],
  ['[length("x")]', { kind: "open" }],
  ["[var.x]", { kind: "open" }],
])("the constant of %s is %j", (expression, constant) => {
  expect(constantIn(native(expression))).toEqual(constant);
});

test("a constant in JSON is its text, with templates unread", () => {
  expect(constantIn(json(`{"a": "$\${x}", "\${var.b}": [1.0, null]}`))).toEqual(
    value({ a: `$\${x}`, "${var.b}": [1, null] }),
  );
});

test.each([
  ["", { kind: "none" }],
  ["default = null", value(null)],
  ['type = number\n default = "3"', value(3)],
  ['type = object({ a = optional(string, "x"), b = number })\n default = { b = "3" }', value({ a: "x", b: 3 })],
  ["type = nosuch\n default = 1", { kind: "open" }],
  ['type = list\n default = ["a"]', value(["a"])],
  ['type = list\n default = [1, "a"]', value(["1", "a"])],
  ['type = set\n default = ["b", "a", "b"]', value(["a", "b"])],
  ['type = map\n default = { b = 1, a = "x" }', value({ a: "x", b: "1" })],
])("the default of a variable with %j is %j", (body, constant) => {
  const text = `variable "x" {\n${body}\n}\n`;
  const [block] = parseNative({ path: "main.tf", text }).blocks("variable", 1);
  expect(defaultIn(block as Block)).toEqual(constant);
});

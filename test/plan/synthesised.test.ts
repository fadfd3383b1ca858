// A synthesised stack as a plan: its values, what only a plan tells, and what refers to what.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Terraform

import { describe, expect, test } from "vitest";
import { parsePlan } from "../../src/plan/parse.ts";
import type { Plan } from "../../src/plan/plan.ts";

const mark = { "//": { metadata: { stackName: "site", version: "0.21.0", backend: "local" } } };
const read = (stack: object): Plan => parsePlan(Buffer.from(JSON.stringify({ ...mark, ...stack })), "cdk.tf.json");

/** The one instance of a stack with one resource. */
const instanceOf = (body: object, more: object = {}) =>
  read({ resource: { thing: { a: body } }, ...more }).instances[0];
const afterOf = (body: object) => instanceOf(body)?.after;
const configOf = (body: object) =>
  read({ resource: { made_thing: { a: body } } }).configuration?.root_module?.resources?.[0];

describe("values", () => {
  test.each<[string, object, object]>([
    ["a constant", { size: 3, on: true, name: "x", none: null }, { size: 3, on: true, name: "x", none: null }],
    ["a block that is written once is a list of one", { rule: { port: 80 } }, { rule: [{ port: 80 }] }],
    ["blocks in a block", { rule: [{ to: { port: 80 } }] }, { rule: [{ to: [{ port: 80 }] }] }],
    ["a list", { names: ["a", 1, null] }, { names: ["a", 1, null] }],
    ["a text with escapes", { policy: "$${aws:username} %%{x}" }, { policy: "${aws:username} %{x}" }],
    // What Terraform itself reads is none of the provider's.
    [
      "what is written for Terraform",
      { "//": {}, depends_on: [], lifecycle: {}, provisioner: [], connection: {}, provider: "made.eu", count: 2, a: 1 },
      { a: 1 },
    ],
  ])("%s", (_, body, values) => expect(afterOf(body)?.values).toEqual(values));

  test.each<[string, object, object, object]>([
    ["a template", { name: "a-${var.x}", size: 3 }, { size: 3 }, { name: true, size: false }],
    ["a directive", { name: "%{ if x }a%{ endif }" }, {}, { name: true }],
    ["a template in a list", { names: ["a", "${var.x}"] }, { names: ["a", null] }, { names: [false, true] }],
    ["a template in a block", { rule: { port: "${var.x}" } }, { rule: [{}] }, { rule: [{ port: true }] }],
    [
      "blocks that a dynamic one makes",
      { dynamic: { rule: { for_each: "${var.x}", content: {} } }, rule: [], size: 1 },
      { size: 1 },
      { rule: true, size: false },
    ],
    ["a dynamic that is no object", { dynamic: [], size: 1 }, { size: 1 }, { size: false }],
  ])("that only a plan tells: %s", (_, body, values, unknown) => {
    expect(afterOf(body)).toMatchObject({ values, unknown });
    expect(Object.keys(afterOf(body)?.values ?? {})).toEqual(Object.keys(values));
  });

  test("what another resource takes is filled in by the provider, unless it is written", () => {
    const stack = read({
      resource: {
        thing: { a: { arn: "own" } },
        other: {
          b: { from: "${thing.a.arn}", id: "${thing.a[0].id}", region: "${data.place.here.name}", x: "${thing.a}" },
        },
      },
      data: { place: { here: {} } },
    });
    const unknownOf = (address: string) => stack.instances.find((one) => one.address === address)?.after?.unknown;
    expect(unknownOf("thing.a")).toEqual({ arn: false, id: true });
    expect(unknownOf("data.place.here")).toEqual({ name: true });
  });
});

describe("resources", () => {
  test("of both modes have their addresses", () => {
    const { instances, kind, formatVersion } = read({
      resource: { thing: { a: {}, b: {} } },
      data: { place: { here: {} } },
    });
    expect(instances.map(({ address, mode }) => [address, mode])).toEqual([
      ["thing.a", "managed"],
      ["thing.b", "managed"],
      ["data.place.here", "data"],
    ]);
    expect([kind, formatVersion]).toEqual(["configuration", null]);
  });

  test("without any instance are none", () => {
    expect(
      read({ resource: { thing: { a: { count: 0 }, b: { count: 1 } } } }).instances.map(({ name }) => name),
    ).toEqual(["b"]);
    expect(read({}).instances).toEqual([]);
  });

  test.each([
    ["its own provider", { provider: "made.eu" }, "made.eu"],
    ["the provider of its type", {}, "made"],
  ])("use %s", (_, body, key) => expect(configOf(body)?.provider_config_key).toBe(key));

  test("are repeated by count or for_each", () => {
    expect(configOf({ count: "${length(local.names)}" })).toMatchObject({
      count_expression: { references: ["local.names"] },
    });
    expect(configOf({ for_each: "${toset(var.names)}" })).toMatchObject({
      for_each_expression: { references: ["var.names"] },
    });
    expect(Object.keys(configOf({}) ?? {})).toEqual(["mode", "type", "name", "provider_config_key", "expressions"]);
  });
});

describe("expressions", () => {
  test.each<[string, unknown, object]>([
    ["a constant", 3, { constant_value: 3 }],
    ["a text", "x", { constant_value: "x" }],
    ["an empty list", [], { constant_value: [] }],
    ["a list", ["a", "${thing.b.arn}"], { constant_value: ["a", "${thing.b.arn}"], references: ["thing.b.arn"] }],
    [
      "a template",
      '${thing.b["x.y"].arn}-${thing.b["x.y"].arn}-${thing.c[0].list[*].id}',
      { references: ['thing.b["x.y"].arn', "thing.c[0].list[*].id"] },
    ],
    ["a text within a template", '${jsonencode("thing.b.arn")}', { constant_value: '${jsonencode("thing.b.arn")}' }],
    [
      "texts in a list",
      '${contains(["a.b", "c.d"], thing.b["x"].name) ? "e.f" : thing.c.name}',
      { references: ['thing.b["x"].name', "thing.c.name"] },
    ],
    ["a list of one text", '${join("", ["a.b"])}', { constant_value: '${join("", ["a.b"])}' }],
    ["what is escaped", "$${thing.b.arn}", { constant_value: "$${thing.b.arn}" }],
  ])("%s", (_, value, expression) => expect(configOf({ value })?.expressions?.value).toMatchObject(expression));

  test("of a constant there are no references", () => {
    expect(configOf({ value: "x" })?.expressions?.value).toEqual({ constant_value: "x" });
  });

  test("of blocks stand in a list, those of dynamic ones nowhere", () => {
    const rule = [{ port: { constant_value: 80 } }];
    expect(configOf({ rule: { port: 80 } })?.expressions).toEqual({ rule });
    expect(configOf({ rule: [{ port: 80 }] })?.expressions).toEqual({ rule });
    expect(configOf({ dynamic: { rule: {} }, rule: [], size: 1 })?.expressions).toEqual({
      size: { constant_value: 1 },
    });
  });
});

test("providers are told apart by their aliases", () => {
  const { configuration } = read({
    provider: { made: [{ region: "a" }, { alias: "eu", region: "${var.eu}" }], other: {} },
  });
  expect(configuration?.provider_config).toEqual({
    made: { name: "made", expressions: { region: { constant_value: "a" } } },
    "made.eu": { name: "made", expressions: { region: { constant_value: "${var.eu}", references: ["var.eu"] } } },
    other: { name: "other", expressions: {} },
  });
});

describe("a stack of another shape is an error", () => {
  test.each<[string, object]>([
    ["resources in a list", { resource: [] }],
    ["resources of a type in a list", { resource: { thing: [] } }],
    ["a resource that is null", { resource: { thing: { a: null } } }],
    ["a type that is null", { data: { place: null } }],
    ["a provider that is a text", { provider: { made: "x" } }],
    ["one of several providers", { provider: { made: [{}, 1] } }],
  ])("%s", (_, stack) => expect(() => read(stack)).toThrow("cdk.tf.json is no whole stack of CDKTF."));

  test("without its mark it is no stack at all", () => {
    const bare = (top: object) => () => parsePlan(Buffer.from(JSON.stringify({ resource: {}, ...top })), "a.json");
    for (const top of [{}, { "//": {} }, { "//": { metadata: null } }, { "//": { metadata: {} } }]) {
      expect(bare(top)).toThrow("a.json is a configuration, not its plan.");
    }
  });
});

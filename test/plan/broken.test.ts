// Plans of a wrong shape, and plans that nest deeper or list more than any real one: a user error that names the place.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/input-error.ts";
import { parsePlan } from "../../src/plan/parse.ts";
import type { Json, JsonObject } from "../../src/plan/plan.ts";
import { viewPlan } from "../../src/plan/view.ts";
import { findings, planPath } from "../support/plans.ts";

const read = (text: string) => parsePlan(Buffer.from(text), "plan.json");

function errorOf(content: string | object): string {
  try {
    read(typeof content === "string" ? content : JSON.stringify(content));
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "no error";
}

const change = (more: object = {}): object => ({
  address: "thing.a",
  mode: "managed",
  type: "thing",
  name: "a",
  change: { actions: ["create"], before: null, after: {}, ...more },
});

const config = (more: object = {}) => ({ address: "thing.a", mode: "managed", type: "thing", name: "a", ...more });

const plan = (more: object) => ({ format_version: "1.2", planned_values: {}, ...more });
const changed = (more: object) => plan({ resource_changes: [change(more)] });
const inRoot = (root_module: object) => plan({ configuration: { root_module } });
const written = (expressions: unknown) => inRoot({ resources: [config({ expressions })] });
const prior = (root_module: object) => plan({ prior_state: { values: { root_module } } });

describe("all that is read has its shape", () => {
  test.each<[string, object, string]>([
    ["a mask", changed({ after_unknown: { a: ["yes"] } }), "/resource_changes/0/change/after_unknown must be boolean"],
    [
      "a mask of before",
      changed({ before_sensitive: { a: null } }),
      "/resource_changes/0/change/before_sensitive must",
    ],
    ["a mask of after", changed({ after_sensitive: [[1]] }), "/resource_changes/0/change/after_sensitive must"],
    [
      "a provider's name",
      plan({ resource_changes: [{ ...change(), provider_name: 1 }] }),
      "/provider_name must be string",
    ],
    ["the time", plan({ timestamp: 5 }), "/timestamp must be string"],
    ["expressions", written([]), "/configuration/root_module/resources/0/expressions must be object"],
    ["an expression that is null", written({ a: null }), "/expressions/a must be object or array"],
    ["one that is a text", written({ a: "b" }), "/expressions/a must be object or array"],
    ["one in a block", written({ a: [{ b: 7 }] }), "/expressions/a/0/b must be object or array"],
    ["a block in a list", written({ a: [{}, true] }), "/expressions/a/1 must be object"],
    [
      "a call's argument",
      inRoot({ module_calls: { m: { expressions: { a: 1 } } } }),
      "/m/expressions/a must be object",
    ],
    [
      "a call's module",
      inRoot({ module_calls: { m: { module: { outputs: [] } } } }),
      "/m/module/outputs must be object",
    ],
    ["an output", inRoot({ outputs: { o: { expression: "x" } } }), "/outputs/o/expression must be object or array"],
    ["an output's mark", inRoot({ outputs: { o: { sensitive: "no" } } }), "/outputs/o/sensitive must be boolean"],
    ["a variable's mark", inRoot({ variables: { v: { sensitive: 1 } } }), "/variables/v/sensitive must be boolean"],
    ["count", inRoot({ resources: [config({ count_expression: 2 })] }), "/resources/0/count_expression must be object"],
    [
      "for_each",
      inRoot({ module_calls: { m: { for_each_expression: "a" } } }),
      "/m/for_each_expression must be object",
    ],
    ["depends_on", inRoot({ resources: [config({ depends_on: [1] })] }), "/resources/0/depends_on/0 must be string"],
    ["a provider", plan({ configuration: { provider_config: { aws: { alias: 1 } } } }), "/aws/alias must be string"],
    [
      "a provider's setting",
      plan({ configuration: { provider_config: { aws: { expressions: { region: "x" } } } } }),
      "/provider_config/aws/expressions/region must be object or array",
    ],
    [
      "a state's mask",
      prior({ resources: [{ ...config(), sensitive_values: { a: "b" } }] }),
      "/sensitive_values must be",
    ],
    ["a state's index", prior({ resources: [{ ...config(), index: [] }] }), "/index must be string or number"],
    [
      "a state's module",
      prior({ child_modules: [{ child_modules: [null] }] }),
      "/child_modules/0/child_modules/0 must be",
    ],
  ])("%s", (_, content, message) => {
    expect(errorOf(content)).toMatch(/^plan\.json looks like a plan, but \//);
    expect(errorOf(content)).toContain(message);
  });

  test("an index is no infinite number", () => {
    const text = JSON.stringify(plan({ resource_changes: [{ ...change(), index: "HERE" }] }));
    expect(errorOf(text.replace('"HERE"', "1e999"))).toContain("/resource_changes/0/index must be string or number");
  });

  test("in a state too", () => {
    const root_module = { resources: [{ ...config(), sensitive_values: "x" }] };
    expect(errorOf({ format_version: "1.0", values: { root_module } })).toContain(
      "/values/root_module/resources/0/sensitive_values must be boolean or array or object",
    );
  });

  test("keys of values are not repeated: they can be secret", () => {
    expect(errorOf(changed({ after_unknown: { hunter2: { hunter2: "x" } } }))).not.toContain("hunter2");
    expect(errorOf(prior({ resources: [{ ...config(), sensitive_values: { hunter2: 1 } }] }))).not.toContain("hunter2");
  });

  test("a long place is cut", () => {
    expect(errorOf(written({ ["a".repeat(100_000)]: 1 })).length).toBeLessThan(400);
  });
});

test("what a provider plans is any JSON, and what an expression refers to can be unknown", () => {
  const odd: Json = [null, [], { __proto__: null, constructor: 1 }, "\ud800", 1e300];
  expect(errorOf(changed({ after: { a: odd }, before: { a: odd } }))).toBe("no error");
  for (const references of [null, true, 7, "text", {}, [7]])
    expect(errorOf(written({ a: { references } }))).toBe("no error");
  // A block can have attributes of these names.
  expect(errorOf(written({ a: { references: { constant_value: 1 } } }))).toBe("no error");
});

/** JSON.stringify itself would overflow. */
const nestedText = (depth: number, before: string, after: string, middle = "1") =>
  before.repeat(depth) + middle + after.repeat(depth);

const withText = (json: object, text: string) => JSON.stringify(json).replace('"HERE"', text);

describe("more levels than any real plan has", () => {
  const levels = /^plan\.json nests values in more than 500 levels/;
  const lists = nestedText(100_000, "[", "]");
  const objects = nestedText(100_000, '{"a":', "}");
  const state = nestedText(50_000, '{"child_modules":[', "]}", "{}");
  const modules = nestedText(20_000, '{"module_calls":{"m":{"module":', "}}}", "{}");

  test.each([
    ["a variable", withText(plan({ variables: { a: { value: "HERE" } } }), lists)],
    [
      "a stack of CDKTF",
      withText({ "//": { metadata: { stackName: "a", version: "0.21.0" } }, resource: "HERE" }, objects),
    ],
    ["an attribute", withText(changed({ after: { a: "HERE" } }), lists)],
    ["an attribute that exists", withText(changed({ before: { a: "HERE" } }), objects)],
    ["a mask", withText(changed({ after_unknown: { a: "HERE" } }), objects)],
    ["an expression", withText(written({ a: "HERE" }), nestedText(100_000, '{"a":', "}", "{}"))],
    ["a constant", withText(written({ a: { constant_value: "HERE" } }), lists)],
    ["a default", withText(inRoot({ variables: { a: { default: "HERE" } } }), lists)],
    ["modules", withText(plan({ configuration: { root_module: "HERE" } }), modules)],
    ["modules of the state before", withText(plan({ prior_state: { values: { root_module: "HERE" } } }), state)],
    ["modules of a state", withText({ format_version: "1.0", values: { root_module: "HERE" } }, state)],
  ])("%s", (_, text) => expect(errorOf(text)).toMatch(levels));

  test("no plan at all", () => {
    expect(errorOf(lists)).toMatch(/is JSON, but no plan/);
    expect(errorOf("[".repeat(100_000))).toMatch(/no valid JSON/);
  });

  test("what is not read can nest as deep as it likes", () => {
    expect(errorOf(withText(plan({ resource_drift: "HERE" }), lists))).toBe("no error");
  });

  test("as many as a real one has are read", () => {
    const deep = nestedText(450, "[", "]");
    const found = read(withText(changed({ after: { a: "HERE" }, after_unknown: { b: true } }), deep));
    const [thing] = viewPlan(found, "after").resources("thing");
    expect(thing?.value("a").state).toBe("unknown");
    expect(JSON.stringify(thing?.whole("a"))).toContain("[[[[1]]]]");
  });

  test("modules in the addresses of resources", () => {
    const module_address = "module.a.".repeat(20_000).slice(0, -1);
    const json = plan({ resource_changes: [{ ...change(), module_address, address: `${module_address}.thing.a` }] });
    expect(errorOf(json)).toBe("plan.json nests modules more than 100 deep, which no real configuration does.");
    const resources = [{ ...config(), mode: "data" }];
    const nested = { address: module_address, resources };
    expect(errorOf(prior({ child_modules: [nested] }))).toMatch(/more than 100 deep/);
    expect(errorOf({ format_version: "1.0", values: { root_module: nested } })).toMatch(/more than 100 deep/);
  });
});

describe("what is long takes time by its length", () => {
  const certificate = (json: JsonObject) => {
    const plan = read(JSON.stringify({ ...JSON.parse(readFileSync(planPath("aws-https-only"), "utf8")), ...json }));
    return findings(plan).length;
  };

  test("20,000 blocks of a set", () => {
    const indexes = Array.from({ length: 20_000 }, (_, index) => index);
    const blocks = (make: (index: number) => JsonObject) => indexes.map(make);
    const resources = [config({ expressions: { set: blocks(() => ({ a: { references: ["local.a"] } })) } })];
    const after = { set: blocks((index) => ({ index })) };
    const json = { ...plan({ resource_changes: [change({ after })] }), configuration: { root_module: { resources } } };
    const [thing] = viewPlan(read(JSON.stringify(json)), "after").resources("thing");
    const found = thing?.blocks("set", { set: true }) ?? [];
    expect(found).toHaveLength(20_000);
    expect(found.at(-1)?.value("index")).toMatchObject({ state: "known", value: 19_999 });
    expect(found.at(-1)?.link("a", { thing: ["id"] }).state).toBe("absent");
  });

  test("100,000 references in one expression", () => {
    const { configuration } = JSON.parse(readFileSync(planPath("aws-https-only"), "utf8"));
    const references = Array.from({ length: 100_000 }, (_, index) => `terraform_data.a${index}.output`);
    for (const { expressions } of configuration.root_module.resources)
      for (const name of Object.keys(expressions)) expressions[name] = { references };
    expect(certificate({ configuration })).toBeGreaterThan(0);
  });
});

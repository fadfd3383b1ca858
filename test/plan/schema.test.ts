// The shape of all that is read of plans and states, by the schemas that the validators are generated from.

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/plan/plan.ts";
import { planSchema, sharedSchema, stateSchema } from "../../src/plan/schema.ts";

const ajv = new Ajv({ schemas: [sharedSchema, planSchema, stateSchema], strict: true, allowUnionTypes: true });

/** Where a schema finds the first fault. */
function faultOf(schema: "plan" | "state", json: Json): string | undefined {
  if (ajv.validate(schema, json)) return undefined;
  const [error] = ajv.errors ?? [];
  return `${error?.instancePath} ${error?.message}`;
}

const change = {
  address: "module.a.thing.b[0]",
  module_address: "module.a",
  previous_address: "thing.b",
  mode: "managed",
  type: "thing",
  name: "b",
  index: 0,
  provider_name: "registry.terraform.io/made/thing",
  deposed: "0a1b2c3d",
  change: {
    actions: ["update"],
    before: { a: 1 },
    after: { a: [true, null, "x"] },
    after_unknown: { a: [false] },
    before_sensitive: false,
    after_sensitive: {},
    importing: { id: "x" },
  },
};

const stateResource = {
  address: "thing.b",
  mode: "data",
  type: "thing",
  name: "b",
  index: "key",
  provider_name: "registry.terraform.io/made/thing",
  deposed_key: "0a1b2c3d",
  values: { a: 1 },
  sensitive_values: {},
};

const state = {
  format_version: "1.0",
  terraform_version: "1.11.4",
  values: {
    root_module: {
      address: "",
      resources: [stateResource],
      child_modules: [{ address: "module.a", resources: [stateResource] }],
    },
  },
};

const repeated = { expressions: { a: {} }, count_expression: {}, for_each_expression: {}, depends_on: ["thing.c"] };

const plan = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  timestamp: "2027-01-01T00:00:00Z",
  variables: { region: { value: "eu-west-1" } },
  resource_changes: [change],
  deferred_changes: [{ reason: "provider_config_unknown", resource_change: change }],
  prior_state: state,
  configuration: {
    provider_config: {
      thing: { name: "thing", full_name: "made/thing", alias: "eu", module_address: "module.a", expressions: {} },
    },
    root_module: {
      resources: [{ mode: "managed", type: "thing", name: "b", provider_config_key: "thing.eu", ...repeated }],
      module_calls: { a: { module: { resources: [{ mode: "data", type: "thing", name: "d" }] }, ...repeated } },
      outputs: { url: { expression: {}, sensitive: true } },
      variables: { region: { sensitive: false } },
    },
  },
  relevant_attributes: [{ resource: "thing.c", attribute: ["list", 0] }],
  complete: true,
  errored: false,
};

/** The same with another value at a place; without it, where that is undefined. */
function replaced(json: Json, at: string, value: Json | undefined): Json {
  const [, step = "", ...rest] = at.split("/");
  if (at === "") return value ?? null;
  const inner = (json as { readonly [step: string]: Json })[step] ?? null;
  const changed = rest.length === 0 ? value : replaced(inner, `/${rest.join("/")}`, value);
  if (Array.isArray(json)) return json.map((one, index) => (`${index}` === step ? (changed ?? null) : one));
  const { [step]: _, ...others } = json as JsonObject;
  return changed === undefined ? others : { ...others, [step]: changed };
}

test("a plan and a state with all their parts are right", () => {
  expect(faultOf("plan", plan)).toBeUndefined();
  expect(faultOf("state", state)).toBeUndefined();
});

const inChange = "/resource_changes/0";
const inDeferred = "/deferred_changes/0/resource_change";
const inConfig = "/configuration/root_module";
const inProvider = "/configuration/provider_config/thing";
const inState = "/values/root_module/resources/0";
const inChild = "/values/root_module/child_modules/0/resources/0";

describe("in a plan", () => {
  test.each<[string, Json, string]>([
    ["", [], "must be object"],
    ["/format_version", 1, "must be string"],
    ["/terraform_version", 1, "must be string"],
    ["/timestamp", 1, "must be string"],
    ["/variables", [], "must be object"],
    ["/variables/region", "eu-west-1", "must be object"],
    ["/resource_changes", {}, "must be array"],
    [inChange, "x", "must be object"],
    [`${inChange}/address`, 1, "must be string"],
    [`${inChange}/module_address`, 1, "must be string"],
    [`${inChange}/previous_address`, 1, "must be string"],
    [`${inChange}/mode`, "other", "must be equal to one of the allowed values"],
    [`${inChange}/type`, 1, "must be string"],
    [`${inChange}/name`, 1, "must be string"],
    [`${inChange}/index`, true, "must be string,number"],
    [`${inChange}/provider_name`, 1, "must be string"],
    [`${inChange}/deposed`, 1, "must be string"],
    [`${inChange}/change`, [], "must be object"],
    [`${inChange}/change/actions`, "create", "must be array"],
    [`${inChange}/change/actions/0`, 1, "must be string"],
    [`${inChange}/change/before`, "x", "must be object,null"],
    [`${inChange}/change/after`, [], "must be object,null"],
    [`${inChange}/change/importing`, "x", "must be object,null"],
    ["/deferred_changes", {}, "must be array"],
    ["/deferred_changes/0", "x", "must be object"],
    [`${inDeferred}/change/actions`, "create", "must be array"],
    ["/prior_state", [], "must be object,null"],
    ["/prior_state/values", [], "must be object"],
    ["/prior_state/values/root_module", [], "must be object"],
    [`/prior_state${inState}/name`, 1, "must be string"],
    ["/configuration", [], "must be object"],
    ["/configuration/provider_config", [], "must be object"],
    [inProvider, "x", "must be object"],
    [`${inProvider}/name`, 1, "must be string"],
    [`${inProvider}/full_name`, 1, "must be string"],
    [`${inProvider}/alias`, 1, "must be string"],
    [`${inProvider}/module_address`, 1, "must be string"],
    [inConfig, [], "must be object"],
    [`${inConfig}/resources`, {}, "must be array"],
    [`${inConfig}/resources/0`, "x", "must be object"],
    [`${inConfig}/resources/0/mode`, "other", "must be equal to one of the allowed values"],
    [`${inConfig}/resources/0/type`, 1, "must be string"],
    [`${inConfig}/resources/0/name`, 1, "must be string"],
    [`${inConfig}/resources/0/provider_config_key`, 1, "must be string"],
    [`${inConfig}/resources/0/depends_on`, "x", "must be array"],
    [`${inConfig}/resources/0/depends_on/0`, 1, "must be string"],
    [`${inConfig}/module_calls`, [], "must be object"],
    [`${inConfig}/module_calls/a`, "x", "must be object"],
    [`${inConfig}/module_calls/a/depends_on`, "x", "must be array"],
    [`${inConfig}/module_calls/a/module`, [], "must be object"],
    [`${inConfig}/module_calls/a/module/resources/0/name`, 1, "must be string"],
    [`${inConfig}/outputs`, [], "must be object"],
    [`${inConfig}/outputs/url`, "x", "must be object"],
    [`${inConfig}/outputs/url/sensitive`, "x", "must be boolean"],
    [`${inConfig}/variables`, [], "must be object"],
    [`${inConfig}/variables/region`, "x", "must be object"],
    [`${inConfig}/variables/region/sensitive`, "x", "must be boolean"],
    ["/relevant_attributes", {}, "must be array"],
    ["/relevant_attributes/0", "x", "must be object"],
    ["/relevant_attributes/0/resource", 1, "must be string"],
    ["/relevant_attributes/0/attribute", "x", "must be array"],
    ["/relevant_attributes/0/attribute/0", true, "must be string,number"],
    ["/complete", "x", "must be boolean"],
    ["/errored", "x", "must be boolean"],
  ])("%s", (at, value, message) => expect(faultOf("plan", replaced(plan, at, value))).toBe(`${at} ${message}`));

  test.each<[string, Json]>([
    [`${inChange}/mode`, "data"],
    [`${inChange}/index`, "key"],
    [`${inChange}/change/before`, null],
    [`${inChange}/change/after`, null],
    [`${inChange}/change/importing`, null],
    ["/prior_state", null],
    // Terraform passes on whatever a provider says.
    [`${inChange}/change/after`, { a: { b: [1, "x", null] } }],
  ])("%s can be %j", (at, value) => expect(faultOf("plan", replaced(plan, at, value))).toBeUndefined());

  test.each([
    ["", "format_version"],
    [inChange, "address"],
    [inChange, "mode"],
    [inChange, "type"],
    [inChange, "name"],
    [inChange, "change"],
    [`${inChange}/change`, "actions"],
    ["/deferred_changes/0", "resource_change"],
    [`${inConfig}/resources/0`, "mode"],
    [`${inConfig}/resources/0`, "type"],
    [`${inConfig}/resources/0`, "name"],
    ["/relevant_attributes/0", "resource"],
    ["/relevant_attributes/0", "attribute"],
  ])("%s must have %s", (at, name) => {
    const json = replaced(plan, `${at}/${name}`, undefined);
    expect(faultOf("plan", json)).toBe(`${at} must have required property '${name}'`);
  });

  test("masks, expressions and blocks are read elsewhere", () => {
    const nested = [
      ...["after_unknown", "before_sensitive", "after_sensitive"].map((name) => `${inChange}/change/${name}`),
      ...["expressions", "count_expression", "for_each_expression"].map((name) => `${inConfig}/resources/0/${name}`),
      `${inProvider}/expressions`,
      `${inConfig}/outputs/url/expression`,
    ];
    for (const at of nested) expect(faultOf("plan", replaced(plan, at, 1)), at).toBeUndefined();
    expect(faultOf("state", replaced(state, `${inState}/sensitive_values`, 1))).toBeUndefined();
  });
});

describe("in a state", () => {
  test.each<[string, Json, string]>([
    ["/format_version", 1, "must be string"],
    ["/terraform_version", 1, "must be string"],
    ["/values", [], "must be object"],
    ["/values/root_module", [], "must be object"],
    ["/values/root_module/address", 1, "must be string"],
    ["/values/root_module/resources", {}, "must be array"],
    [`${inState}/address`, 1, "must be string"],
    [`${inState}/mode`, "other", "must be equal to one of the allowed values"],
    [`${inState}/type`, 1, "must be string"],
    [`${inState}/index`, true, "must be string,number"],
    [`${inState}/deposed_key`, 1, "must be string"],
    [`${inState}/values`, "x", "must be object,null"],
    ["/values/root_module/child_modules", {}, "must be array"],
    [`${inChild}/name`, 1, "must be string"],
  ])("%s", (at, value, message) => expect(faultOf("state", replaced(state, at, value))).toBe(`${at} ${message}`));

  test.each(["address", "mode", "type", "name"])("a resource must have %s", (name) => {
    const json = replaced(state, `${inState}/${name}`, undefined);
    expect(faultOf("state", json)).toBe(`${inState} must have required property '${name}'`);
  });

  test("its format must be named", () => {
    expect(faultOf("state", replaced(state, "/format_version", undefined))).toBe(
      " must have required property 'format_version'",
    );
  });
});

// The plan before and after in one shape: resources, modules, and the settings of the provider that manages them.

import { describe, expect, test } from "vitest";
import type { Configuration, Expression, ModuleConfig } from "../../src/plan/plan.ts";
import type { Value } from "../../src/plan/value.ts";
import { viewPlan } from "../../src/plan/view.ts";
import { type Change, configured, type Made, plan, refersTo, resource, viewAfter } from "../support/made.ts";
import { fixture } from "../support/plans.ts";
import { unknownBecause } from "../support/unknown.ts";

const known = (value: unknown): Value => ({ state: "known", value });
const secret = (value: unknown): Value => ({ state: "known", value, sensitive: true });
const absent: Value = { state: "absent" };

describe("a view", () => {
  const old = { size: 1 };
  const fresh = { size: 2 };
  const made: Made = {
    changes: {
      "thing.created": { actions: ["create"], before: null, after: fresh },
      "thing.updated": { actions: ["update"], before: old, after: fresh },
      "thing.deleted": { actions: ["delete"], before: old, after: null },
      "data.thing.read": { actions: ["read"], before: null, after: fresh },
      "other.one": { after: fresh },
    },
  };
  const addresses = (moment: "before" | "after", type: string, mode?: "managed" | "data") =>
    viewPlan(plan(made), moment)
      .resources(type, mode)
      .map((one) => one.address);

  test("holds what exists at its moment", () => {
    expect(addresses("before", "thing")).toEqual(["thing.updated", "thing.deleted"]);
    expect(addresses("after", "thing")).toEqual(["thing.created", "thing.updated"]);
  });

  test("with the values of its moment", () => {
    expect(resource(viewPlan(plan(made), "before"), "thing.updated").value("size")).toEqual(known(1));
    expect(resource(viewPlan(plan(made), "after"), "thing.updated").value("size")).toEqual(known(2));
  });

  test("tells data sources from what is managed", () => {
    expect(addresses("after", "thing", "data")).toEqual(["data.thing.read"]);
    expect(addresses("after", "none")).toEqual([]);
  });

  test("finds resources by what identifies them, managed or read", () => {
    const view = viewPlan(plan(made), "after");
    const found = (value: unknown) => view.identified("thing", "size", value).map((one) => one.address);
    expect(found(2)).toEqual(["thing.created", "thing.updated", "data.thing.read"]);
    expect(found(1)).toEqual([]);
    expect(found(null)).toEqual([]);
    expect(view.identified("thing", "missing", undefined)).toEqual([]);
  });

  test("does not find by a value that is not known yet", () => {
    const view = viewAfter({ changes: { "thing.a": { after: { id: "old" }, after_unknown: { id: true } } } });
    expect(view.identified("thing", "id", "old")).toEqual([]);
  });

  test("finds the instances of one configuration in one module instance", () => {
    const view = viewAfter({
      changes: {
        'module.m["a"].thing.x[0]': {},
        'module.m["a"].thing.x[1]': {},
        'module.m["b"].thing.x[0]': {},
        "thing.x": {},
      },
    });
    const of = (path: Parameters<typeof view.instances>[0]) =>
      view.instances(path, "managed", "thing", "x").map((one) => one.address);
    expect(of([])).toEqual(["thing.x"]);
    expect(of([{ name: "m", key: "a" }])).toEqual(['module.m["a"].thing.x[0]', 'module.m["a"].thing.x[1]']);
    expect(of([{ name: "m", key: "c" }])).toEqual([]);
    expect(view.moduleKeys([{ name: "m", key: undefined }])).toEqual(["a", "b"]);
    expect(view.moduleKeys([{ name: "none", key: undefined }])).toEqual([undefined]);
  });

  test("knows whom a resource waits for, in its own module", () => {
    const module: ModuleConfig = { resources: [configured("thing.x", {}, { depends_on: ["thing.y", "module.z"] })] };
    const view = viewAfter({
      root: { module_calls: { m: { module } } },
      changes: { 'module.m["a.b"].thing.x': {} },
    });
    expect(resource(view, 'module.m["a.b"].thing.x').dependsOn).toEqual([
      'module.m["a.b"].thing.y',
      'module.m["a.b"].module.z',
    ]);
  });

  test("a resource says what it is", () => {
    const view = viewAfter({ changes: { 'module.m[0].data.thing.x["k"]': {} } });
    expect(resource(view, 'module.m[0].data.thing.x["k"]')).toMatchObject({
      address: 'module.m[0].data.thing.x["k"]',
      mode: "data",
      type: "thing",
      name: "x",
      key: "k",
      at: "",
      presence: "present",
    });
  });
});

describe("a provider's setting", () => {
  interface Setup {
    readonly key?: string;
    readonly providers?: Configuration["provider_config"];
    readonly root?: ModuleConfig;
    readonly variables?: Made["variables"];
  }

  const region = (region: Expression) => ({ name: "aws", expressions: { region } });
  const constant = (constant_value: string | null): Expression => ({ constant_value });

  test.each([[["eu-west-1"]], [{ toString: 1 }]])("that is %j is no text", (value) => {
    const providers = { aws: region({ constant_value: value } as Expression) };
    expect(setting({ key: "aws", providers })).toMatchObject({ state: "unknown", cause: { reason: "unrecognized" } });
  });

  function setting({ key, providers, root = {}, variables = {} }: Setup): Value {
    const config = configured("thing.a", {}, key === undefined ? {} : { provider_config_key: key });
    const root_module = { ...root, resources: [config, ...(root.resources ?? [])] };
    const configuration: Configuration = { root_module, ...(providers ? { provider_config: providers } : {}) };
    return resource(viewAfter({ changes: { "thing.a": {} }, configuration, variables }), "thing.a").provider("region");
  }

  const aws = { aws: region(constant("eu-west-1")), "aws.use1": region(constant("us-east-1")) };
  const byVariable = { aws: region(refersTo("var.region")) };
  const declared: ModuleConfig = { variables: { region: { default: "eu-north-1" }, secret: { sensitive: true } } };

  test.each<[string, Setup, Value]>([
    ["the default configuration", { key: "aws", providers: aws }, known("eu-west-1")],
    ["an alias", { key: "aws.use1", providers: aws }, known("us-east-1")],
    [
      "a variable",
      { key: "aws", providers: byVariable, root: declared, variables: { region: { value: "us-east-1" } } },
      known("us-east-1"),
    ],
    ["a variable's default", { key: "aws", providers: byVariable, root: declared }, known("eu-north-1")],
    [
      "a sensitive variable",
      {
        key: "aws",
        providers: { aws: region(refersTo("var.secret")) },
        root: declared,
        variables: { secret: { value: "us-east-1" } },
      },
      { state: "known", value: "us-east-1", sensitive: true },
    ],
    ["nothing: the environment or a profile decides", { key: "aws", providers: { aws: { name: "aws" } } }, absent],
    ["null", { key: "aws", providers: { aws: region(constant(null)) } }, absent],
    ["an empty text", { key: "aws", providers: { aws: region(constant("")) } }, absent],
    [
      "a variable that is null",
      { key: "aws", providers: byVariable, root: declared, variables: { region: {} } },
      absent,
    ],
    ["a configuration that the plan does not list", { key: "aws.other", providers: aws }, absent],
    // OpenTofu's for_each on a provider.
    [
      "OpenTofu: an instance by its key",
      { key: 'aws.by_region["eu-west-3"]', providers: { "aws.by_region": region(refersTo("each.key")) } },
      known("eu-west-3"),
    ],
    [
      "OpenTofu: a setting that all instances share",
      { key: 'aws.by_region["eu-west-3"]', providers: { "aws.by_region": region(constant("us-east-1")) } },
      known("us-east-1"),
    ],
  ])("%s", (_, setup, expected) => expect(setting(setup)).toEqual(expected));

  test.each<[string, Setup]>([
    ["no key in the plan", { providers: aws }],
    ["no providers in the plan", { key: "aws" }],
    ["a local value", { key: "aws", providers: { aws: region(refersTo("local.region")) } }],
    ["a function of constants", { key: "aws", providers: { aws: region({}) } }],
    ["two variables", { key: "aws", providers: { aws: region(refersTo("var.region", "var.secret")) }, root: declared }],
    [
      "OpenTofu: each.value",
      { key: 'aws.by_region["x"]', providers: { "aws.by_region": region(refersTo("each.value")) } },
    ],
  ])("is unknown: %s", (_, setup) => expect(setting(setup).state).toBe("unknown"));

  test.each<[string, string, Partial<Change>, boolean]>([
    ["a sensitive attribute", "thing.source.region", { after_sensitive: { region: true } }, true],
    ["an object with a sensitive part", "thing.source.at.region", { after_sensitive: { at: { id: true } } }, true],
    ["a sensitive resource", "thing.source.region", { after_sensitive: true }, true],
    ["an attribute beside a sensitive one", "thing.source.region", { after_sensitive: { at: true } }, false],
    ["an attribute", "thing.source.region", {}, false],
  ])("from a resource: %s", (_, reference, marks, isSecret) => {
    const after = { region: "us-east-1", at: { region: "us-east-1", id: 1 } };
    const root_module: ModuleConfig = {
      resources: [configured("thing.a", {}, { provider_config_key: "aws" }), configured("thing.source")],
    };
    const configuration = { root_module, provider_config: { aws: region(refersTo(reference)) } };
    const view = viewAfter({ changes: { "thing.a": {}, "thing.source": { after, ...marks } }, configuration });
    expect(resource(view, "thing.a").provider("region")).toEqual(isSecret ? secret("us-east-1") : known("us-east-1"));
  });

  test.each<[string, ModuleConfig]>([
    ["a sensitive variable", { variables: { region: { sensitive: true } }, outputs: { region: {} } }],
    ["a sensitive output", { variables: { region: {} }, outputs: { region: { sensitive: true } } }],
  ])("through a module: %s", (_, { variables, outputs }) => {
    for (const argument of [refersTo("thing.source.region"), constant("us-east-1")]) {
      const module: ModuleConfig = {
        ...(variables ? { variables } : {}),
        outputs: { region: { ...outputs?.region, expression: refersTo("var.region") } },
      };
      const root_module: ModuleConfig = {
        resources: [configured("thing.a", {}, { provider_config_key: "aws" }), configured("thing.source")],
        module_calls: { here: { module, expressions: { region: argument } } },
      };
      const configuration = { root_module, provider_config: { aws: region(refersTo("module.here.region")) } };
      const changes = { "thing.a": {}, "thing.source": { after: { region: "us-east-1" } } };
      const setting = resource(viewAfter({ changes, configuration }), "thing.a").provider("region");
      expect(setting).toEqual(secret("us-east-1"));
    }
  });

  test("says where an unknown one comes from", () => {
    expect(setting({ key: "aws", providers: { aws: region(refersTo("local.region")) } })).toEqual(
      unknownBecause("the provider's region comes from local.region"),
    );
  });

  describe("of a further configuration, by an expression of which the JSON shows a variable alone", () => {
    const provider = (alias: string | undefined, expression: Expression) => ({
      name: "aws",
      ...(alias && { alias }),
      expressions: { region: expression },
    });
    const further = (main: Expression, value: string, expression: Expression = refersTo("var.region")) =>
      setting({
        key: "aws.c",
        providers: { aws: provider(undefined, main), "aws.c": provider("c", expression) },
        root: declared,
        variables: { region: { value } },
      });

    test.each<[string, Value, Value]>([
      ["the variable's value", further(constant("eu-west-1"), "us-east-1"), known("us-east-1")],
      [
        "that of another configuration, written",
        further(constant("us-east-1"), "x", constant("us-east-1")),
        known("us-east-1"),
      ],
    ])("is known: %s", (_, value, expected) => expect(value).toEqual(expected));

    // region = var.region == "us-east-1" ? "eu-west-1" : "us-east-1"
    test.each([
      ["the main one's region", further(constant("us-east-1"), "us-east-1")],
      ["that of the variable of the main one", further(refersTo("var.region"), "us-east-1")],
    ])("is unknown: %s, as there would be no need for it", (_, value) =>
      expect(value).toEqual(
        unknownBecause(
          "the provider's region comes from var.region, by an expression that the JSON plan does not hold (check the plan file to resolve this)",
        ),
      ),
    );
  });

  test("of a sensitive attribute is sensitive", () => {
    const config = configured("thing.a", {}, { provider_config_key: "aws" });
    const made = viewAfter({
      changes: { "thing.a": {}, "data.home.is": { after: { name: "us-east-1" }, after_sensitive: { name: true } } },
      configuration: {
        provider_config: { aws: region(refersTo("data.home.is.name")) },
        root_module: { resources: [config, configured("data.home.is")] },
      },
    });
    expect(resource(made, "thing.a").provider("region")).toEqual({
      state: "known",
      value: "us-east-1",
      sensitive: true,
    });
  });

  describe("names the configuration, whatever its region", () => {
    const keyOf = (key: string | undefined, expression?: Expression) => {
      const config = configured("thing.a", {}, key === undefined ? {} : { provider_config_key: key });
      const provider_config = {
        "aws.by_region": { name: "aws", ...(expression && { expressions: { region: expression } }) },
      };
      const configuration = { root_module: { resources: [config] }, provider_config };
      return resource(viewAfter({ changes: { "thing.a": {} }, configuration }), "thing.a").providerKey;
    };
    test.each([
      ["aws", undefined, "aws"],
      ["module.m:aws", undefined, "module.m:aws"],
      ['aws.by_region["eu-west-1"]', refersTo("each.key"), 'aws.by_region["eu-west-1"]'],
      ["aws.by_region", refersTo("local.region"), "aws.by_region"],
      // OpenTofu: each instance has a region of its own.
      ["aws.by_region", refersTo("each.key"), undefined],
      ["aws.by_region", refersTo("each.value.region"), undefined],
      [undefined, undefined, undefined],
    ])("%s", (key, expression, expected) => expect(keyOf(key, expression)).toBe(expected));
  });

  test("is unknown before the apply: the configuration is that of the state to be reached", () => {
    const made = plan({
      changes: { "thing.a": { actions: ["no-op"], before: {}, after: {} } },
      configuration: {
        provider_config: aws,
        root_module: { resources: [configured("thing.a", {}, { provider_config_key: "aws" })] },
      },
    });
    expect(resource(viewPlan(made, "before"), "thing.a").provider("region").state).toBe("unknown");
  });

  test("of real plans, through aliases, variables and modules", () => {
    const regionOf = (name: string, address: string) => resource(viewAfter(fixture(name)), address).provider("region");
    const aliases = "aws-certificate-provider-alias-region";
    expect(regionOf(aliases, "aws_acm_certificate.default")).toEqual(known("eu-west-1"));
    expect(regionOf(aliases, "aws_acm_certificate.use1")).toEqual(known("us-east-1"));
    expect(regionOf(aliases, "aws_acm_certificate.eu")).toEqual(known("eu-central-1"));
    expect(regionOf(aliases, "aws_acm_certificate.byvar")).toEqual(known("us-east-1"));
    const regions = "awkward-provider-regions";
    expect(regionOf(regions, "aws_acm_certificate.by_profile")).toEqual(absent);
    expect(regionOf(regions, "aws_acm_certificate.by_data").state).toBe("unknown");
    expect(regionOf(regions, "module.own.aws_acm_certificate.this")).toEqual(known("us-east-1"));
    expect(regionOf(regions, "module.own_misplaced.aws_acm_certificate.this")).toEqual(known("eu-west-1"));
  });
});

// What an expression comes from: through variables, defaults, modules, outputs, count and for_each, in both syntaxes.
// The plans are made by hand: the cases are about the configuration that a plan shows, not about a provider.

import { describe, expect, test } from "vitest";
import type { Expression, ModuleConfig } from "../../src/plan/plan.ts";
import { describeOrigin, type Leaf, leafValue, trace } from "../../src/plan/reference.ts";
import { configured, type Made, refersTo, resource, viewAfter } from "../support/made.ts";
import { fixture } from "../support/plans.ts";

const constant = (constant_value: Expression["constant_value"]): Expression => ({ constant_value }) as Expression;

/** A leaf in a word: the address and attribute, the constant, or what stands in the way. */
function word(leaf: Leaf): string {
  if (leaf.kind === "constant") return `${JSON.stringify(leaf.value)}${leaf.sensitive ? " (sensitive)" : ""}`;
  if (leaf.kind === "opaque") return `? ${leaf.reference}`;
  return leaf.reference;
}

const leaves = (made: Made, address: string, expression: Expression): readonly Leaf[] =>
  trace(expression, resource(viewAfter(made), address).scope);

const words = (made: Made, address: string, expression: Expression): string[] =>
  leaves(made, address, expression).map(word);

/** A plan with a resource user.it in the root module, and whatever else. */
const root = (module: ModuleConfig, made: Made = {}): Made => ({
  ...made,
  changes: { "user.it": {}, ...made.changes },
  root: { ...module, resources: [configured("user.it"), ...(module.resources ?? [])] },
});

describe("constants and nothing", () => {
  test.each<[Expression | undefined, string[]]>([
    [constant("TLSv1.2"), ['"TLSv1.2"']],
    [constant(false), ["false"]],
    [constant(null), ["null"]],
    [{ references: [], constant_value: 1 }, ["1"]],
    // A function of constants alone leaves nothing.
    [{}, []],
    [undefined, []],
  ])("%j", (expression, expected) => {
    expect(trace(expression, resource(viewAfter(root({})), "user.it").scope).map(word)).toEqual(expected);
  });

  test("paths and the workspace are known, whatever they are", () => {
    expect(leaves(root({}), "user.it", refersTo("path.module", "terraform.workspace"))).toMatchObject([
      { kind: "constant", via: "path.module" },
      { kind: "constant", via: "terraform.workspace" },
    ]);
  });
});

test("a name of JavaScript's own is a name as any other", () => {
  const names = ["constructor", "toString", "__proto__"];
  for (const name of names) {
    const declared = JSON.parse(`{"${name}":{"default":"a"}}`);
    expect(words(root({}), "user.it", refersTo(`var.${name}`))).toEqual([`? var.${name}`]);
    expect(words(root({ variables: declared }), "user.it", refersTo(`var.${name}`))).toEqual(['"a"']);
    expect(words(root({}), "user.it", refersTo(`module.${name}.a`))).toEqual([`? module.${name}.a`]);
    const [leaf] = leaves(root({}), "user.it", refersTo(`user.it.${name}`));
    expect(leaf && leafValue(leaf)).toBe(null);
  }
  const lists = root({ variables: { list: { default: ["a"] } } });
  expect(words(lists, "user.it", refersTo("var.list.length"))).toEqual(["null"]);
});

test("a reference that is longer than any real one leads nowhere", () => {
  const long = (count: number) => `user.it.a${".b".repeat(count)}`;
  expect(words(root({}), "user.it", { references: [long(4000)] })).toEqual([long(4000)]);
  expect(words(root({}), "user.it", { references: [long(200_000)] })).toEqual([`? ${long(200_000)}`]);
});

test.each([
  [["a.b.c", "a.b", "a"], ["a.b.c"]],
  [
    ["a", "a-b", "a.b", "a[0]", "ab"],
    ["a-b", "a.b", "a[0]", "ab"],
  ],
  [["a.b", "a.b"], ["a.b"]],
  [
    ["a.b[0].c", "a.b", "a.bc"],
    ["a.b[0].c", "a.bc"],
  ],
])("of %j, what no other extends: %j", (references, expected) => {
  expect(words(root({}), "user.it", { references })).toEqual(expected.map((one) => `? ${one}`));
});

describe("variables of the root module", () => {
  const made = root(
    {
      variables: {
        given: { default: "default" },
        left_out: { default: "default" },
        without_default: {},
        secret: { sensitive: true },
        object: {},
      },
    },
    {
      variables: {
        given: { value: "given" },
        secret: { value: "shh" },
        object: { value: { a: { b: [1, 2] }, "x.y": 3 } },
      },
    },
  );

  test.each([
    ["var.given", '"given"'],
    ["var.left_out", '"default"'],
    ["var.without_default", "null"],
    ["var.secret", '"shh" (sensitive)'],
    ["var.object.a.b[1]", "2"],
    ['var.object["x.y"]', "3"],
    ["var.object.missing.deeper", "null"],
    ["var.undeclared", "? var.undeclared"],
    ["var", "? var"],
  ])("%s", (reference, expected) => expect(words(made, "user.it", { references: [reference] })).toEqual([expected]));

  test("null is a value, not the default", () => {
    const nulled = root({ variables: { given: { default: "default" } } }, { variables: { given: {} } });
    expect(words(nulled, "user.it", refersTo("var.given"))).toEqual(["null"]);
  });
});

describe("resources", () => {
  const made = root(
    {
      resources: [
        configured("thing.one"),
        configured("thing.many"),
        configured("data.thing.read"),
        configured("thing.none"),
      ],
    },
    {
      changes: {
        "thing.one": {},
        'thing.many["a"]': {},
        'thing.many["b.c"]': {},
        "thing.many[0]": {},
        "data.thing.read": {},
      },
    },
  );

  test.each<[string[], string[]]>([
    [["thing.one.id", "thing.one"], ["thing.one.id"]],
    [["thing.one"], ["thing.one"]],
    [["data.thing.read.arn", "data.thing.read"], ["data.thing.read.arn"]],
    [['thing.many["a"].id', 'thing.many["a"]', "thing.many"], ['thing.many["a"].id']],
    [['thing.many["b.c"].id'], ['thing.many["b.c"].id']],
    [["thing.many[0].id"], ["thing.many[0].id"]],
    [['thing.many["0"].id'], []],
    // A splat, or an index that is not in the plan: any of them.
    [["thing.many"], ['thing.many["a"]', 'thing.many["b.c"]', "thing.many[0]"]],
    [["thing.many[*].id"], ['thing.many["a"].id', 'thing.many["b.c"].id', "thing.many[0].id"]],
    // With count = 0 there is none.
    [["thing.none.id"], []],
    [["thing.elsewhere.id"], ["? thing.elsewhere.id"]],
    [["local.name"], ["? local.name"]],
    [["self.id"], ["? self.id"]],
    [["ephemeral.thing.token"], ["? ephemeral.thing.token"]],
    [["thing"], ["? thing"]],
    [[""], ["? "]],
  ])("%j", (references, expected) => expect(words(made, "user.it", { references })).toEqual(expected));

  test("prefixes say nothing of their own, neighbours do", () => {
    const expression = { references: ["thing.one.id", "thing.one", "var.a", "thing.onerous.id", "thing.onerous"] };
    expect(words(made, "user.it", expression)).toEqual(["thing.one.id", "? var.a", "? thing.onerous.id"]);
  });
});

describe("count and for_each", () => {
  const thing = (more: Parameters<typeof configured>[2]): ModuleConfig => ({
    resources: [
      configured("thing.a", {}, more),
      configured("other.b"),
      configured("third.c", {}, { for_each_expression: refersTo("thing.a") }),
    ],
    variables: { map: { default: { x: { floor: 1 }, y: { floor: 2 } } }, set: { default: ["x", "y"] } },
  });
  const changes = {
    'thing.a["x"]': {},
    'thing.a["y"]': {},
    'other.b["x"]': {},
    'other.b["y"]': {},
    'third.c["x"]': {},
    'third.c["y"]': {},
  };
  const map: Made = { root: thing({ for_each_expression: refersTo("var.map") }), changes };
  const set: Made = { root: thing({ for_each_expression: refersTo("var.set") }), changes };

  test.each<[string, Made, string, string[]]>([
    ["a map", map, "each.key", ['"y"']],
    ["a map", map, "each.value.floor", ["2"]],
    ["a map", map, "each.value", ['{"floor":2}']],
    ["a map", map, "each.value.missing", ["null"]],
    ["a set", set, "each.key", ['"y"']],
    ["a set", set, "each.value", ['"y"']],
  ])("%s: %s is of its own instance", (_, made, reference, expected) => {
    expect(words(made, 'thing.a["y"]', { references: [reference] })).toEqual(expected);
  });

  test("for_each over the instances of a resource with the same keys: the one of the same key", () => {
    expect(leaves(map, 'third.c["y"]', refersTo("each.value.id"))).toMatchObject([
      { reference: 'thing.a["y"]', isOneOf: false },
    ]);
  });

  test("with other keys: any of them, as a for expression can give each another key", () => {
    const { 'third.c["x"]': _, ...fewer } = map.changes ?? {};
    expect(leaves({ ...map, changes: fewer }, 'third.c["y"]', refersTo("each.value.id"))).toMatchObject([
      { reference: 'thing.a["x"]', isOneOf: true },
      { reference: 'thing.a["y"]', isOneOf: true },
    ]);
  });

  test("for_each over objects that refer to several resources: each of them can be meant", () => {
    const made: Made = { root: thing({ for_each_expression: refersTo("other.b", "var.map") }), changes };
    expect(words(made, 'thing.a["y"]', refersTo("each.value.id"))).toEqual(['other.b["x"]', 'other.b["y"]', "null"]);
  });

  test("for_each over what for_each made: the constant at its start is not taken for the resource", () => {
    expect(words(map, 'third.c["y"]', refersTo("each.key"))).toEqual(['"y"']);
  });

  // x[each.key], x[replace(each.key, "a", "b")] and x[var.which == "a" ? "b" : "a"] list the same references.
  test("a constant beside it is no index: any instance can be meant", () => {
    const both = ['other.b["x"]', 'other.b["y"]'];
    const variables = { which: { value: "x" } };
    const made: Made = { ...map, variables, root: { ...map.root, variables: { ...map.root?.variables, which: {} } } };
    const beside = (reference: string) => words(made, 'thing.a["y"]', { references: ["other.b", reference] });
    // What has the very keys of what refers to it: each instance stands behind one of them.
    expect(beside("each.key")).toEqual(['other.b["y"]']);
    expect(beside("var.which")).toEqual([...both, '"x"']);
    expect(beside("local.key")).toEqual([...both, "? local.key"]);
    expect(words(set, 'thing.a["x"]', { references: ["other.b", "each.value"] })).toEqual([...both, '"x"']);
  });

  test("count.index beside it is the index where both have the same count, and no other", () => {
    const counted: Made = {
      root: { resources: [configured("thing.a", {}, { count_expression: constant(2) }), configured("other.b")] },
      changes: { "thing.a[0]": {}, "thing.a[1]": {}, "other.b[0]": {}, "other.b[1]": {} },
    };
    const found = leaves(counted, "thing.a[1]", { references: ["other.b", "count.index"] });
    expect(found.map(word)).toEqual(["other.b[1]"]);
    const { "thing.a[0]": _, ...fewer } = counted.changes ?? {};
    const open = leaves({ ...counted, changes: fewer }, "thing.a[1]", { references: ["other.b", "count.index"] });
    expect(open.map(word)).toEqual(["other.b[0]", "other.b[1]", "1"]);
    expect(open.map(({ isOneOf }) => isOneOf)).toEqual([true, true, undefined]);
  });

  test("of an index that is written, and of a resource without instances, none is left open", () => {
    for (const references of [['other.b["x"].id', "each.key"], ["data.thing.read"]]) {
      const made: Made = { ...map, changes: { ...changes, "data.thing.read": {} } };
      expect(leaves(made, 'thing.a["y"]', { references })[0]).toMatchObject({ isOneOf: false });
    }
  });

  test.each(["each.key", "each.value", "count.index", "each"])("%s means nothing without it", (reference) => {
    expect(words(root({}), "user.it", { references: [reference] })).toEqual([`? ${reference}`]);
  });

  test("for_each over a local value or a function hides each.value, not each.key", () => {
    for (const for_each_expression of [refersTo("local.map"), {}]) {
      const made: Made = { root: thing({ for_each_expression }), changes };
      expect(leaves(made, 'thing.a["y"]', refersTo("each.value"))).toMatchObject([{ kind: "opaque" }]);
      expect(words(made, 'thing.a["y"]', refersTo("each.key"))).toEqual(['"y"']);
    }
  });
});

describe("modules", () => {
  /** module.cdn calls module.inner; both hand their variable `policy` down, and the policy's id up. */
  const inner: ModuleConfig = {
    resources: [configured("thing.deep"), configured("policy.made")],
    variables: { policy: {}, plain: { default: "inner default" }, secret: { sensitive: true } },
    outputs: {
      id: { expression: refersTo("policy.made.id") },
      given: { expression: refersTo("var.policy") },
      both: { expression: refersTo("policy.made.id", "var.policy") },
      object: { expression: constant({ a: "constant" }) },
    },
  };
  const cdn: ModuleConfig = {
    variables: { policy: { default: "cdn default" } },
    module_calls: {
      inner: { module: inner, expressions: { policy: refersTo("var.policy"), secret: refersTo("var.policy") } },
    },
    outputs: { id: { expression: refersTo("module.inner.id") } },
  };
  const deep = "module.cdn.module.inner.thing.deep";
  const policy = "module.cdn.module.inner.policy.made";
  const with_ = (argument: Expression | undefined, more: Made = {}): Made =>
    root(
      {
        resources: [configured("source.of")],
        variables: { policy: {} },
        module_calls: { cdn: { module: cdn, expressions: argument ? { policy: argument } : {} } },
      },
      { ...more, changes: { "source.of": {}, [deep]: {}, [policy]: {}, ...more.changes } },
    );

  test.each<[string, Made, string]>([
    ["a constant", with_(constant("strict")), '"strict"'],
    ["a resource's attribute", with_(refersTo("source.of.output")), "source.of.output"],
    ["a root variable", with_(refersTo("var.policy"), { variables: { policy: { value: "given" } } }), '"given"'],
    ["nothing: the default of the module on the way", with_(undefined), '"cdn default"'],
    ["a local value", with_(refersTo("local.policy")), "? local.policy"],
    ["null", with_(constant(null)), "null"],
    ["another output of the same module", with_(refersTo("module.cdn.id")), `${policy}.id`],
  ])("an argument from %s", (_, made, expected) => {
    expect(words(made, deep, refersTo("var.policy"))).toEqual([expected]);
  });

  test("a variable that is not given has its own module's default", () => {
    expect(words(with_(constant("x")), deep, refersTo("var.plain"))).toEqual(['"inner default"']);
  });

  test("a variable is secret where a module says so", () => {
    expect(words(with_(constant("x")), deep, refersTo("var.secret"))).toEqual(['"x" (sensitive)']);
  });

  test.each<[string, string[]]>([
    ["module.cdn.id", [`${policy}.id`]],
    ["module.cdn.missing", []],
    ["module.absent.id", ["? module.absent.id"]],
    // The whole module: any of its outputs.
    ["module.cdn", [`${policy}.id`]],
    ["module", ["? module"]],
  ])("the output %s", (reference, expected) => {
    expect(words(with_(constant("x")), "user.it", { references: [reference] })).toEqual(expected);
  });

  test("an output of a module's module, seen from the module", () => {
    expect(words(with_(refersTo("source.of.output")), deep, refersTo("policy.made.id"))).toEqual([`${policy}.id`]);
  });

  test("the way is told from where it is used to where it comes from", () => {
    const [leaf] = leaves(with_(refersTo("source.of.output")), deep, refersTo("var.policy"));
    expect(leaf && describeOrigin(leaf)).toBe("from module.cdn.module.inner.var.policy (source.of.output)");
    const [own] = leaves(with_(constant("x")), "user.it", refersTo("source.of.output"));
    expect(own && describeOrigin(own)).toBe("from source.of.output");
    const [fixed] = leaves(with_(constant("strict")), deep, refersTo("var.policy"));
    expect(fixed && describeOrigin(fixed)).toBe("from module.cdn.module.inner.var.policy (module.cdn.var.policy)");
  });

  describe("with for_each", () => {
    const site: ModuleConfig = {
      resources: [configured("thing.a"), configured("policy.made")],
      variables: { name: {}, settings: {} },
      outputs: { id: { expression: refersTo("policy.made.id") }, object: { expression: constant({ a: { b: 1 } }) } },
    };
    const made = root(
      {
        variables: { sites: { default: { x: { floor: 1 }, "y.z": { floor: 2 } } } },
        module_calls: {
          site: {
            module: site,
            for_each_expression: refersTo("var.sites"),
            expressions: { name: refersTo("each.key"), settings: refersTo("each.value") },
          },
        },
      },
      {
        changes: {
          'module.site["x"].thing.a': {},
          'module.site["y.z"].thing.a': {},
          'module.site["x"].policy.made': {},
          'module.site["y.z"].policy.made': {},
        },
      },
    );

    test("an argument of each instance", () => {
      expect(words(made, 'module.site["y.z"].thing.a', refersTo("var.name"))).toEqual(['"y.z"']);
      expect(words(made, 'module.site["x"].thing.a', refersTo("var.settings.floor"))).toEqual(["1"]);
      expect(words(made, 'module.site["y.z"].thing.a', { references: ["var.settings.floor"] })).toEqual(["2"]);
    });

    test("an output of one instance, or of all", () => {
      const [x, yz] = ['module.site["x"].policy.made.id', 'module.site["y.z"].policy.made.id'];
      expect(words(made, "user.it", { references: ['module.site["y.z"].id'] })).toEqual([yz]);
      expect(words(made, "user.it", { references: ["module.site"] })).toEqual([x, '{"a":{"b":1}}', yz]);
      expect(words(made, "user.it", { references: ["module.site[*].id"] })).toEqual([x, yz]);
      expect(words(made, "user.it", { references: ["module.site", "count.index"] })).toEqual([
        x,
        '{"a":{"b":1}}',
        yz,
        "? count.index",
      ]);
      const open = leaves(made, "user.it", { references: ["module.site"] });
      expect(open.every(({ isOneOf, isPart }) => isOneOf && isPart)).toBe(true);
      expect(words(made, "user.it", { references: ['module.site["none"].id'] })).toEqual([]);
    });

    test("a part of an output", () => {
      expect(words(made, "user.it", { references: ['module.site["x"].object.a.b'] })).toEqual(["1"]);
    });

    test("a module without resources of its own is known by the key that is written", () => {
      const names: ModuleConfig = { variables: { arn: {} }, outputs: { arn: { expression: refersTo("var.arn") } } };
      const calls = {
        names: {
          module: names,
          for_each_expression: refersTo("var.sites"),
          expressions: { arn: refersTo("source.of.arn") },
        },
      };
      const bare = root(
        { resources: [configured("source.of")], module_calls: calls },
        { changes: { "source.of": {} } },
      );
      expect(words(bare, "user.it", { references: ['module.names["x"].arn'] })).toEqual(["source.of.arn"]);
    });
  });
});

describe("JSON syntax", () => {
  test("references win over the text that stands beside them", () => {
    const made = root({ resources: [configured("thing.one")] }, { changes: { "thing.one": {} } });
    const expression = { constant_value: `$\{thing.one.id}`, references: ["thing.one.id", "thing.one"] };
    expect(words(made, "user.it", expression)).toEqual(["thing.one.id"]);
  });

  test("as in a real plan of it", () => {
    const view = viewAfter(fixture("awkward-json-syntax"));
    const distribution = resource(view, "aws_cloudfront_distribution.Site_Distribution");
    const config = distribution.scope.configs.get("managed aws_cloudfront_distribution.Site_Distribution");
    const [viewer] = [config?.expressions?.viewer_certificate].flat() as { acm_certificate_arn: Expression }[];
    expect(viewer?.acm_certificate_arn.constant_value).toMatch(/^\$\{/);
    expect(trace(viewer?.acm_certificate_arn, distribution.scope)).toMatchObject([{ kind: "resource" }]);
  });
});

describe("comes to an end", () => {
  /** An output of two variables that says so when it is asked without end. */
  function handedOn(): ModuleConfig {
    let asked = 0;
    const expression: Expression = {
      get references() {
        if (++asked > 1000) throw new Error("asked without end");
        return ["var.p", "var.q"];
      },
    };
    return { resources: [configured("thing.a")], variables: { p: {}, q: {} }, outputs: { x: { expression } } };
  }

  test("a module that is given its own output, twice", () => {
    const expressions = { p: refersTo("module.one.x"), q: refersTo("module.one.x") };
    const made = root(
      { module_calls: { one: { module: handedOn(), expressions } } },
      { changes: { "module.one.thing.a": {} } },
    );
    const found = leaves(made, "module.one.thing.a", refersTo("var.p"));
    expect(found.filter((leaf) => leaf.kind === "resource")).toEqual([]);
  });

  test("a resource whose for_each is itself", () => {
    const made: Made = {
      root: { resources: [configured("thing.a", {}, { for_each_expression: refersTo("each.value") })] },
      changes: { 'thing.a["x"]': {} },
    };
    expect(leaves(made, 'thing.a["x"]', refersTo("each.value"))).toMatchObject([{ kind: "opaque" }]);
  });

  test("a long row of modules that each use the one before twice", () => {
    const module = handedOn();
    const module_calls = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => {
        const from = index === 0 ? "source.of.id" : `module.m${index - 1}.x`;
        return [`m${index}`, { module, expressions: { p: refersTo(from), q: refersTo(from) } }];
      }),
    );
    const made = root({ resources: [configured("source.of")], module_calls }, { changes: { "source.of": {} } });
    const found = words(made, "user.it", refersTo("module.m11.x"));
    expect(new Set(found)).toEqual(new Set(["source.of.id"]));
    expect(found.length, "leaves").toBeLessThan(100);
  });

  test("legal circles between modules", () => {
    const view = viewAfter(fixture("awkward-references-in-circles"));
    for (const { address, type } of view.plan.instances) {
      const found = resource(view, address);
      const expressions = found.scope.configs.get(`managed ${type}.${found.name}`)?.expressions ?? {};
      for (const expression of Object.values(expressions)) trace(expression as Expression, found.scope);
    }
    expect(view.plan.instances).not.toHaveLength(0);
  });
});

describe("whether a leaf is a part, or one of several", () => {
  const flags = (made: Made, address: string, expression: Expression) =>
    leaves(made, address, expression).map(
      (leaf) => `${word(leaf)}${leaf.isPart ? ", a part" : ""}${leaf.isOneOf ? ", one of several" : ""}`,
    );
  const module: ModuleConfig = {
    resources: [configured("thing.inner")],
    outputs: { id: { expression: refersTo("thing.inner.id") }, all: { expression: refersTo("thing.inner") } },
  };
  const made = root(
    {
      resources: [configured("thing.one"), configured("thing.each")],
      module_calls: { one: { module }, many: { module } },
    },
    {
      changes: {
        "thing.one": {},
        'thing.each["a"]': {},
        'thing.each["b"]': {},
        "module.one.thing.inner": {},
        'module.many["a"].thing.inner': {},
        'module.many["b"].thing.inner': {},
      },
    },
  );

  test.each<[string, string[]]>([
    ["thing.one.id", ["thing.one.id"]],
    ["thing.one", ["thing.one"]],
    ['thing.each["a"].id', ['thing.each["a"].id']],
    ["thing.each.id", ['thing.each["a"].id, one of several', 'thing.each["b"].id, one of several']],
    ["module.one.id", ["module.one.thing.inner.id"]],
    // A step into the output takes a part of it.
    ["module.one.id.x", ["module.one.thing.inner.id, a part"]],
    ['module.many["b"].id', ['module.many["b"].thing.inner.id']],
    [
      "module.many.id",
      ['module.many["a"].thing.inner.id, one of several', 'module.many["b"].thing.inner.id, one of several'],
    ],
    ["module.one", ["module.one.thing.inner.id, a part", "module.one.thing.inner, a part"]],
  ])("%s", (reference, expected) => expect(flags(made, "user.it", { references: [reference] })).toEqual(expected));

  test("an argument of a module, and a step into it", () => {
    const inner: ModuleConfig = { resources: [configured("user.it")], variables: { given: {} } };
    const called = (given: Expression): Made => ({
      root: { resources: [configured("thing.one")], module_calls: { m: { module: inner, expressions: { given } } } },
      changes: { "thing.one": {}, "module.m.user.it": {} },
    });
    const of = (given: Expression, reference: string) =>
      flags(called(given), "module.m.user.it", { references: [reference] });
    expect(of(refersTo("thing.one.tags"), "var.given")).toEqual(["thing.one.tags"]);
    expect(of(refersTo("thing.one.tags"), "var.given.a")).toEqual(["thing.one.tags, a part"]);
    expect(of({ constant_value: { a: 1 } } as Expression, "var.given.a")).toEqual(["1, a part"]);
  });
});

test("constants of one origin that differ are all leaves", () => {
  const made = root({ resources: [], variables: { a: { default: "x" }, b: { default: "x" } } });
  expect(words(made, "user.it", refersTo("var.a", "var.b"))).toEqual(['"x"', '"x"']);
  expect(words(made, "user.it", refersTo("var.a", "var.a"))).toEqual(['"x"']);
});

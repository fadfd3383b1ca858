// Values joined with what is unknown, what is sensitive and what is configured: absent is not unknown.
// Made by hand where the case is about the reader; real plans show the same in test/plans/awkward-*.

import { describe, expect, test } from "vitest";
import { describeCause } from "../../src/cause.ts";
import type { Block } from "../../src/plan/block.ts";
import type { Link } from "../../src/plan/link.ts";
import type { Expressions, JsonObject, Mask, ModuleConfig } from "../../src/plan/plan.ts";
import type { Value } from "../../src/plan/value.ts";
import { viewPlan } from "../../src/plan/view.ts";
import { type Change, configured, entry, type Made, plan, refersTo, resource, viewAfter } from "../support/made.ts";
import { fixture } from "../support/plans.ts";
import { unknownBecause } from "../support/unknown.ts";

/** A view of one resource, thing.a, with its change and what is configured. */
function thing(change: Partial<Change>, expressions: Expressions | undefined, more: Made = {}): Block {
  const config = expressions ? [configured("thing.a", expressions)] : [];
  const root: ModuleConfig = { ...more.root, resources: [...config, ...(more.root?.resources ?? [])] };
  return resource(viewAfter({ ...more, changes: { "thing.a": change, ...more.changes }, root }), "thing.a");
}

const known = (value: unknown): Value => ({ state: "known", value });
const sensitive = (value: unknown): Value => ({ state: "known", value, sensitive: true });
const absent: Value = { state: "absent" };
const written = { constant_value: "written" };

describe("value: the four rows of the rule", () => {
  const source = {
    root: { resources: [configured("source.of")] },
    changes: { "source.of": { after_unknown: { id: true } } },
  };

  test.each<[string, Partial<Change>, Expressions | undefined, Value]>([
    ["a value is known, configured or not", { after: { size: 1 } }, { size: { constant_value: 1 } }, known(1)],
    ["a value that the provider fills in", { after: { size: 1 } }, {}, known(1)],
    ["a value, of no configuration", { after: { size: 1 } }, undefined, known(1)],
    ["false and 0 are values", { after: { size: 0 } }, {}, known(0)],
    ["unknown, and nothing written: absent", { after: {}, after_unknown: { size: true } }, {}, absent],
    ["null, unknown, and nothing written", { after: { size: null }, after_unknown: { size: true } }, {}, absent],
    [
      "unknown, and a reference written: unknown, with its cause",
      { after: {}, after_unknown: { size: true } },
      { size: refersTo("source.of.id") },
      unknownBecause("known after apply, from source.of.id"),
    ],
    ["null, and known: absent", { after: { size: null } }, {}, absent],
    ["not there, and known: absent", { after: {} }, {}, absent],
    ["an empty list: absent", { after: { size: [] } }, {}, absent],
    ["an empty text, as providers read back what is unset: absent", { after: { size: "" } }, {}, absent],
    ["null, although something is written", { after: { size: null } }, { size: refersTo("source.of.id") }, absent],
    ["false in the mask is no unknown", { after: { size: 1 }, after_unknown: { size: false } }, {}, known(1)],
    [
      "a part of it unknown",
      { after: { size: { a: 1 } }, after_unknown: { size: { b: true } } },
      { size: {} },
      unknownBecause("known after apply"),
    ],
    [
      "all of the resource unknown",
      { after: null, after_unknown: true },
      { size: refersTo("source.of.id") },
      unknownBecause("known after apply, from source.of.id"),
    ],
    ["all of the resource unknown, and nothing written", { after: null, after_unknown: true }, {}, absent],
    [
      "no configuration in the plan",
      { after: {}, after_unknown: { size: true } },
      undefined,
      unknownBecause(
        "known after apply, set in a dynamic block, whose expressions the JSON plan does not show (check the plan file to resolve this)",
      ),
    ],
  ])("%s", (_, change, expressions, expected) => {
    expect(thing(change, expressions, source).value("size")).toEqual(expected);
  });

  test.each<[string, Change["after_sensitive"], Value]>([
    ["the attribute", { size: true }, sensitive(1)],
    ["the whole resource", true, sensitive(1)],
    ["another attribute", { name: true }, known(1)],
    ["nothing", false, known(1)],
  ])("sensitive: %s", (_, after_sensitive, expected) => {
    expect(thing({ after: { size: 1 }, after_sensitive: after_sensitive ?? false }, {}).value("size")).toEqual(
      expected,
    );
  });

  test("sensitive: what is secret and absent is absent", () => {
    expect(thing({ after: { size: null }, after_sensitive: { size: true } }, {}).value("size")).toEqual(absent);
  });

  test("sensitive: a list with one secret element is secret as a whole", () => {
    const list = thing({ after: { names: ["a", "b"] }, after_sensitive: { names: [false, true] } }, {});
    expect(list.whole("names")).toEqual(sensitive(["a", "b"]));
    expect(list.elements("names")).toEqual([known("a"), sensitive("b")]);
  });
});

describe("value: what is written is null", () => {
  const open: Partial<Change> = { after: {}, after_unknown: { size: true } };
  const variable = (value: string | null): Made => ({
    root: { variables: { size: {} } },
    variables: { size: { value } },
  });

  test("null itself means that nothing was written", () => {
    expect(thing(open, { size: { constant_value: null } }).value("size")).toEqual(absent);
  });

  // size = coalesce(var.size, timestamp()) lists the same reference.
  test.each([null, "big"])("a variable that is %j does not: the plan hides what is made of it", (value) => {
    expect(thing(open, { size: refersTo("var.size") }, variable(value)).value("size")).toEqual(
      unknownBecause(
        "known after apply, from var.size, by an expression that the JSON plan does not hold (check the plan file to resolve this)",
      ),
    );
  });

  // No Terraform writes it.
  test("null beside references does not", () => {
    const both = { constant_value: null, ...refersTo("var.size") };
    expect(thing(open, { size: both }, variable("big")).value("size").state).toBe("unknown");
  });

  test("null beside something unknown does not", () => {
    const made = variable(null);
    const both = refersTo("var.size", "local.size");
    expect(thing(open, { size: both }, made).value("size").state).toBe("unknown");
  });

  test("as in a real plan", () => {
    const certificate = resource(viewAfter(fixture("awkward-null-variables")), "aws_acm_certificate.site");
    expect(certificate.planned("key_algorithm")).toBeUndefined();
    expect(certificate.value("key_algorithm").state).toBe("unknown");
    expect(certificate.value("arn")).toEqual(absent);
    expect(certificate.planned("arn")).toBeUndefined();
  });
});

describe("value: the cause of what is unknown", () => {
  const open: Partial<Change> = { after: {}, after_unknown: { size: true } };
  const source: Made = {
    root: {
      resources: [configured("source.of")],
      variables: { size: {} },
      module_calls: {
        cdn: {
          module: {
            resources: [configured("source.in")],
            variables: { size: {} },
            outputs: { size: { expression: refersTo("var.size") } },
          },
          expressions: { size: refersTo("source.of.output") },
        },
      },
    },
    changes: { "source.of": { after: { name: "n" }, after_unknown: { output: true } }, "module.cdn.source.in": {} },
    variables: { size: { value: 1 } },
  };

  test.each<[string, Expressions[string], string]>([
    ["a resource", refersTo("source.of.output"), "known after apply, from source.of.output"],
    ["a module", refersTo("module.cdn.size"), "known after apply, from module.cdn.size (source.of.output)"],
    [
      "the open one of several",
      refersTo("var.size", "source.of.name", "source.of.output"),
      "known after apply, from source.of.output",
    ],
    [
      "a local value",
      refersTo("local.size"),
      "known after apply, from local.size, and the JSON plan does not show what local values hold (check the plan file to resolve this)",
    ],
    ["a function of constants", {}, "known after apply"],
  ])("%s", (_, expression, cause) => {
    expect(thing(open, { size: expression }, source).value("size")).toEqual(unknownBecause(cause));
  });
});

describe("planned", () => {
  const block = thing({ after: { a: 1, b: null, c: "", d: "x" }, after_unknown: { d: true, e: true } }, {});
  test.each([
    ["a", 1],
    ["b", null],
    ["c", null],
    ["missing", null],
    ["d", undefined],
    ["e", undefined],
  ])("%s is %j", (name, value) => expect(block.planned(name)).toBe(value));
});

describe("elements", () => {
  test.each<[string, Partial<Change>, Expressions, readonly Value[]]>([
    ["of a list", { after: { names: ["a", "b"] } }, {}, [known("a"), known("b")]],
    [
      "partly unknown",
      { after: { names: ["a", null, "c"] }, after_unknown: { names: [false, true, false] } },
      { names: refersTo("local.names") },
      [
        known("a"),
        unknownBecause(
          "known after apply, from local.names, and the JSON plan does not show what local values hold (check the plan file to resolve this)",
        ),
        known("c"),
      ],
    ],
    [
      "wholly unknown",
      { after: {}, after_unknown: { names: true } },
      { names: refersTo("local.names") },
      [
        unknownBecause(
          "known after apply, from local.names, and the JSON plan does not show what local values hold (check the plan file to resolve this)",
        ),
      ],
    ],
    ["unknown, and nothing written", { after: {}, after_unknown: { names: true } }, {}, []],
    ["of nothing", { after: { names: null } }, {}, []],
    ["of an empty list", { after: { names: [] } }, {}, []],
    ["all secret", { after: { names: ["a"] }, after_sensitive: { names: true } }, {}, [sensitive("a")]],
  ])("%s", (_, change, expressions, expected) => {
    expect(thing(change, expressions).elements("names")).toEqual(expected);
  });
});

describe("blocks", () => {
  const list = (change: Partial<Change>, rules: readonly Expressions[] | undefined, options = {}) =>
    thing(change, rules ? { rule: rules } : {}, {
      root: { resources: [configured("source.of")] },
      changes: { "source.of": { after_unknown: { id: true } } },
    }).blocks("rule", options);

  test("their places, presence and values", () => {
    const blocks = list({ after: { rule: [{ size: 1 }, { size: 2 }] } }, [{}, {}]);
    expect(blocks.map(({ at, presence, value }) => [at, presence, value("size")])).toEqual([
      ["rule[0]", "present", known(1)],
      ["rule[1]", "present", known(2)],
    ]);
  });

  test("nested ones know where they are", () => {
    const block = thing({ after: { a: [{ b: [{}, { c: 1 }] }] } }, { a: [{ b: [{}, {}] }] });
    const inner = block.block("a").blocks("b")[1];
    expect(inner?.at).toBe("a[0].b[1]");
    expect(inner?.resource).toBe(block.resource);
    expect(inner?.block("none")).toMatchObject({ at: "a[0].b[1].none[0]", presence: "absent" });
  });

  test("none, empty, null and missing are all absent", () => {
    for (const rule of [[], null, undefined] as const) {
      const after = rule === undefined ? {} : { rule };
      expect(list({ after }, undefined)).toEqual([]);
      expect(thing({ after }, {}).block("rule")).toMatchObject({ at: "rule[0]", presence: "absent" });
    }
  });

  test("an attribute of an absent block is absent, and points nowhere", () => {
    const block = thing({ after: {} }, {}).block("rule");
    expect(block.value("size")).toEqual(absent);
    expect(block.elements("names")).toEqual([]);
    expect(block.link("target", { source: ["id"] })).toEqual(absent);
  });

  test("a single object is a block too", () => {
    expect(
      thing({ after: { rule: { size: 1 } } }, { rule: {} })
        .block("rule")
        .value("size"),
    ).toEqual(known(1));
  });

  test("an unknown block says so, and so do its attributes", () => {
    const [block, ...others] = list({ after: {}, after_unknown: { rule: true } }, [{}]);
    expect(others).toEqual([]);
    expect(block).toMatchObject({ at: "rule[0]", presence: "unknown" });
    expect(block?.value("size").state).toBe("unknown");
    expect(block?.blocks("inner")).toMatchObject([{ presence: "unknown" }]);
  });

  test("one of them unknown", () => {
    const blocks = list({ after: { rule: [{ size: 1 }, {}] }, after_unknown: { rule: [{}, true] } }, [{}, {}]);
    expect(blocks.map((block) => block.presence)).toEqual(["present", "unknown"]);
  });

  test("a computed block that is unknown and not written is absent", () => {
    const change: Partial<Change> = { after: {}, after_unknown: { rule: true } };
    expect(list(change, undefined, { computed: true })).toEqual([]);
    expect(list(change, [{}], { computed: true })).toMatchObject([{ presence: "unknown" }]);
    expect(list(change, undefined)).toMatchObject([{ presence: "unknown" }]);
  });

  test("a list is written in the plan's order", () => {
    const blocks = list(
      { after: { rule: [{ name: "a" }, { name: "b" }] }, after_unknown: { rule: [{ size: true }, { size: true }] } },
      [{ name: { constant_value: "a" } }, { name: { constant_value: "b" }, size: refersTo("source.of.id") }],
    );
    expect(blocks.map((block) => block.value("size"))).toEqual([
      absent,
      unknownBecause("known after apply, from source.of.id"),
    ]);
  });

  test("a dynamic block is not in the configuration: what is unknown there is not absent", () => {
    const open: Partial<Change> = { after: { rule: [{}] }, after_unknown: { rule: [{ size: true }] } };
    const cause =
      "known after apply, set in a dynamic block, whose expressions the JSON plan does not show (check the plan file to resolve this)";
    expect(list(open, undefined)[0]?.value("size")).toEqual(unknownBecause(cause));
    const two: Partial<Change> = {
      after: { rule: [{}, {}] },
      after_unknown: { rule: [{ size: true }, { size: true }] },
    };
    expect(list(two, [{}]).map((block) => block.value("size"))).toEqual([unknownBecause(cause), unknownBecause(cause)]);
  });

  describe("in an attribute that holds objects", () => {
    const nested = (ssl: Expressions[string], after: JsonObject, unknowns: Mask) =>
      thing(
        { after: { ssl: after }, after_unknown: { ssl: unknowns } },
        { ssl },
        {
          root: { resources: [configured("source.of")] },
          changes: { "source.of": { after_unknown: { id: true } } },
        },
      ).block("ssl");

    test("what is constant is written key by key: a key that is not there is absent, whatever the provider computes", () => {
      const constant_value = { method: "http", settings: { http2: "on" } };
      const ssl = nested(
        { constant_value },
        { method: "http", settings: { http2: "on" } },
        {
          type: true,
          settings: { floor: true },
        },
      );
      expect([ssl.value("method"), ssl.value("type")]).toEqual([known("http"), absent]);
      expect([ssl.block("settings").value("http2"), ssl.block("settings").value("floor")]).toEqual([
        known("on"),
        absent,
      ]);
    });

    test("of the rest, what is unknown comes from what all of it refers to", () => {
      const ssl = nested(
        refersTo("source.of.id"),
        { method: "http", settings: {} },
        {
          type: true,
          settings: { floor: true },
        },
      );
      const open = unknownBecause("known after apply, from source.of.id");
      expect([ssl.value("method"), ssl.value("type")]).toEqual([known("http"), open]);
      expect(ssl.block("settings").value("floor")).toEqual(open);
    });

    test("a list of objects is written in its order", () => {
      const block = thing(
        { after: { rules: [{ on: true }, {}] }, after_unknown: { rules: [{}, { on: true }] } },
        { rules: { constant_value: [{ on: true }, {}] } },
      );
      expect(block.blocks("rules").map((rule) => rule.value("on"))).toEqual([known(true), absent]);
    });

    const oddBlocks = ["strict", 1, true, ["a", null], [null], [[]], [{}, "a"]];

    test.each(oddBlocks.map((value) => [value]))("%j in the place of blocks is unknown", (value) => {
      const block = thing({ after: { value }, after_unknown: {} }, { value: { constant_value: value } });
      const odd = block.blocks("value").find(({ presence }) => presence === "unknown");
      for (const one of [odd?.value("on"), odd?.block("settings").value("on")]) {
        expect(one).toEqual(unknownBecause("is not a value that tlsgate recognises"));
      }
    });

    test("what is odd and sensitive is not printed", () => {
      const block = thing({ after: { value: ["hush"] }, after_sensitive: { value: [true] } }, {});
      const [odd] = block.blocks("value");
      expect(odd?.value("on")).toEqual(unknownBecause("a sensitive value is not a value that tlsgate recognises"));
    });

    test.each([null, [], ""])("%j holds no blocks", (value) => {
      const block = thing({ after: { value }, after_unknown: {} }, { value: { constant_value: value } });
      expect(block.blocks("value")).toEqual([]);
      expect(block.block("value").value("strict_transport_security")).toEqual(absent);
    });
  });

  test("dynamic blocks of a real plan", () => {
    const view = viewAfter(fixture("awkward-dynamic-blocks"));
    const values = view
      .resources("aws_cloudfront_distribution")
      .flatMap((one) => one.blocks("viewer_certificate").map((block) => block.value("minimum_protocol_version")));
    expect(values.map((value) => value.state)).not.toContain("absent");
  });

  describe("of a set, whose order is the provider's", () => {
    const set = { set: true };
    const named = (name: string, size: Expressions[string]): Expressions => ({ name: { constant_value: name }, size });

    test("go by their constants", () => {
      const blocks = list(
        { after: { rule: [{ name: "b" }, { name: "a" }] }, after_unknown: { rule: [{ size: true }, { size: true }] } },
        [named("a", refersTo("local.a")), named("b", refersTo("local.b"))],
        set,
      );
      expect(blocks.map((block) => block.value("size"))).toEqual([
        unknownBecause("local.b"),
        unknownBecause("local.a"),
      ]);
    });

    test("numbers and booleans are compared as texts", () => {
      const blocks = list(
        {
          after: { rule: [{ port: "443" }, { port: "80" }] },
          after_unknown: { rule: [{ size: true }, { size: true }] },
        },
        [{ port: { constant_value: 80 } }, { port: { constant_value: 443 }, size: refersTo("source.of.id") }],
        set,
      );
      expect(blocks.map((block) => block.value("size").state)).toEqual(["unknown", "absent"]);
    });

    test("go by the constants of their own blocks", () => {
      const inner = (name: string) => ({ inner: [{ name: { constant_value: name } }] });
      const blocks = list(
        {
          after: { rule: [{ inner: [{ name: "b" }] }, { inner: [{ name: "a" }] }] },
          after_unknown: { rule: [{ size: true }, { size: true }] },
        },
        [inner("a"), { ...inner("b"), size: refersTo("source.of.id") }],
        set,
      );
      expect(blocks.map((block) => block.value("size").state)).toEqual(["unknown", "absent"]);
    });

    test("that look alike may each be either", () => {
      const [block] = list(
        { after: { rule: [{}, {}] }, after_unknown: { rule: [{ size: true }, { size: true }] } },
        [{ size: refersTo("source.of.id") }, { size: refersTo("local.size") }],
        set,
      );
      expect(block?.value("size")).toEqual(unknownBecause("known after apply, from source.of.id"));
      expect(block?.link("size", { source: ["id"] })).toMatchObject({ state: "unknown" });
    });

    test("that look alike lead where the open one does, if the other is a constant", () => {
      const [block] = list(
        { after: { rule: [{}, {}] }, after_unknown: { rule: [{ size: true }, { size: true }] } },
        [{ size: { constant_value: "x" } }, { size: refersTo("source.of.id") }],
        set,
      );
      const link = block?.link("size", { source: ["id"] });
      expect(link?.state === "found" && link.resources.map(({ address }) => address)).toEqual(["source.of"]);
    });

    test("are told apart up to a thousand of a thousand", () => {
      const told = (count: number, written: number) => {
        const names = Array.from({ length: written }, (_, index) => `${index}`);
        const blocks = list(
          {
            after: { rule: names.slice(0, count).map((name) => ({ name })) },
            after_unknown: { rule: names.slice(0, count).map(() => ({ size: true })) },
          },
          names.map((name) => named(name, refersTo(`local.n${name}`))),
          set,
        );
        return blocks.at(-1)?.value("size");
      };
      expect(told(1000, 1000)).toEqual(unknownBecause("local.n999"));
      expect(told(1000, 1001)).toEqual(unknownBecause("set in a dynamic block"));
    });

    test("none of which fits is not known to be written", () => {
      const [block] = list(
        { after: { rule: [{ name: "c" }] }, after_unknown: { rule: [{ size: true }] } },
        [named("a", refersTo("source.of.id"))],
        set,
      );
      expect(block?.value("size").state).toBe("unknown");
    });

    test("more than are written: some are dynamic, and none is known to be the written one", () => {
      const blocks = list(
        {
          after: { rule: [{ name: "a" }, { name: "b" }] },
          after_unknown: { rule: [{ size: true }, { size: true }] },
        },
        [{ name: refersTo("var.name"), size: refersTo("source.of.id") }],
        set,
      );
      expect(blocks.map((block) => block.link("size", { source: ["id"] }).state)).toEqual(["unknown", "unknown"]);
      expect(blocks.map((block) => block.value("other").state)).toEqual(["absent", "absent"]);
    });
  });
});

describe("link", () => {
  const targets = { policy: ["id", "arn"] };
  const resources = [configured("policy.one"), configured("policy.many"), configured("other.thing")];
  const fresh: Partial<Change> = { after: { name: "n" }, after_unknown: { id: true, arn: true } };
  const made: Made = {
    root: { resources, variables: { which: { default: "x" }, id: { default: "fixed" }, nothing: {} } },
    changes: {
      "policy.one": fresh,
      'policy.many["x"]': fresh,
      'policy.many["y"]': fresh,
      "other.thing": fresh,
    },
  };
  const open = (target: Expressions[string], more: Made = made) =>
    thing({ after: {}, after_unknown: { target: true } }, { target }, more).link("target", targets);
  const shown = (link: Link) =>
    link.state === "found"
      ? link.resources.map((one) => one.address)
      : link.state === "unknown"
        ? describeCause(link.cause)
        : link.state;

  const orElse =
    "it could be policy.one, or another value, as the JSON plan does not hold the expression (check the plan file to resolve this)";

  test.each([
    ["shown", refersTo("policy.one.id"), undefined],
    ["shown behind a literal key", refersTo('policy.many["x"].id'), undefined],
    ["hidden behind an index", { references: ["policy.many", "var.which"] }, true],
    ["hidden by Terraform before 1.0", { references: ["policy.one"] }, true],
    ["hidden in one of two", { references: [...refersTo("policy.one.id").references, "policy.many"] }, true],
  ])("tells whether the attribute is hidden: %s", (_, target, expected) => {
    expect(open(target)).toMatchObject({ state: "found" });
    expect((open(target) as { readonly hidesAttribute?: true }).hidesAttribute).toBe(expected);
  });

  test("of many candidates, five are named", () => {
    const keys = ["a", "b", "c", "d", "e", "f", "g"];
    const changes = Object.fromEntries(keys.map((key) => [`policy.many["${key}"]`, fresh]));
    const link = open({ references: ["policy.many", "local.key"] }, { ...made, changes });
    expect(shown(link)).toMatch(/policy\.many\["e"\] and 2 more, or another value/);
  });

  test.each<[string, Expressions[string], unknown]>([
    ["a reference", refersTo("policy.one.id"), ["policy.one"]],
    ["an index that is written", refersTo('policy.many["y"].id'), ['policy.many["y"]']],
    [
      "an index by a variable, or by what is made of it",
      { references: ["policy.many", "var.which"] },
      ['policy.many["x"]', 'policy.many["y"]'],
    ],
    ["any instance", refersTo("policy.many"), ['policy.many["x"]', 'policy.many["y"]']],
    [
      "an index by something that is not known yet",
      { references: ["policy.many", ...refersTo("other.thing.id").references] },
      'it could be policy.many["x"], policy.many["y"], or another value, as the JSON plan does not hold the expression (check the plan file to resolve this)',
    ],
    [
      "an index by a local value, of a plan without relevant_attributes",
      { references: ["policy.many", "local.key"] },
      'it could be policy.many["x"], policy.many["y"], or another value, as the JSON plan does not hold the expression (check the plan file to resolve this)',
    ],
    // condition ? one : other
    ["either of two", refersTo("policy.one.id", 'policy.many["x"].id'), ["policy.one", 'policy.many["x"]']],
    // condition ? one : "literal"
    ["one, or a constant", refersTo("var.id", "policy.one.id"), orElse],
    ["one, chosen by a known attribute", refersTo("other.thing.name", "policy.one.id"), orElse],
    ["one, or something of another kind", refersTo("policy.one.id", "other.thing.id"), orElse],
    // Terraform before 1.0 lists no attributes: of a resource without instances, a value beside it is no index.
    ["one without its attribute, beside a variable", { references: ["policy.one", "var.which"] }, orElse],
    ["one without its attribute", { references: ["policy.one"] }, ["policy.one"]],
    ["something of another kind", refersTo("other.thing.id"), "known after apply, from other.thing.id"],
    [
      "a local value",
      refersTo("local.id"),
      "known after apply, from local.id, and the JSON plan does not show what local values hold (check the plan file to resolve this)",
    ],
    [
      "a variable that is null",
      refersTo("var.nothing"),
      "known after apply, from var.nothing, by an expression that the JSON plan does not hold (check the plan file to resolve this)",
    ],
    ["null", { constant_value: null }, "absent"],
  ])("by %s", (_, target, expected) => expect(shown(open(target))).toEqual(expected));

  test("absent where nothing is written", () => {
    expect(thing({ after: { target: null } }, {}).link("target", targets)).toEqual(absent);
    expect(thing({ after: {}, after_unknown: { target: true } }, {}).link("target", targets)).toEqual(absent);
  });

  describe("once its value is known", () => {
    const existing = (values: { readonly [name: string]: string }): Partial<Change> => ({
      actions: ["no-op"],
      before: values,
      after: values,
    });
    const link = (value: string, changes: Made["changes"] = {}, expression: Expressions[string] = written) =>
      shown(
        thing({ after: { target: value } }, { target: expression }, { root: { resources }, changes }).link(
          "target",
          targets,
        ),
      );

    test("by any of the attributes that identify it", () => {
      expect(link("p-1", { "policy.one": existing({ id: "p-1" }) })).toEqual(["policy.one"]);
      expect(link("arn:1", { "policy.one": existing({ id: "p-1", arn: "arn:1" }) })).toEqual(["policy.one"]);
      expect(link("p-1", { "policy.one": existing({ id: "p-1", arn: "p-1" }) })).toEqual(["policy.one"]);
    });

    test("a data source too", () => {
      const changes = { "data.policy.read": { actions: ["read"], after: { id: "p-1" } } };
      expect(link("p-1", changes)).toEqual(["data.policy.read"]);
    });

    test("a literal that this plan does not hold is outside", () => {
      expect(link("p-2", { "policy.one": existing({ id: "p-1" }), "other.thing": existing({ id: "p-2" }) })).toBe(
        "outside",
      );
      const outside = thing({ after: { target: "p-2" }, after_sensitive: { target: true } }, {}).link(
        "target",
        targets,
      );
      expect(outside).toEqual({ state: "outside", value: sensitive("p-2") });
    });

    test("of several with one identity, the reference tells which is meant", () => {
      const changes = { "policy.one": existing({ id: "p-1" }), 'policy.many["x"]': existing({ id: "p-1" }) };
      expect(link("p-1", changes, refersTo('policy.many["x"].id'))).toEqual(['policy.many["x"]']);
      expect(link("p-1", changes, refersTo("local.id"))).toEqual(["policy.one", 'policy.many["x"]']);
    });

    test("the value decides, not the reference", () => {
      expect(link("p-1", { "policy.one": existing({ id: "p-2" }) }, refersTo("policy.one.id"))).toBe("outside");
    });
  });
});

describe("has: whether this version of the provider has an attribute", () => {
  const real = (after: JsonObject, after_unknown: Mask = false) =>
    resource(
      viewAfter(
        plan({
          resource_changes: [
            {
              ...entry("thing.a", { actions: ["create"], after, after_unknown }),
              provider_name: "registry.terraform.io/hashicorp/thing",
            },
          ],
        }),
      ),
      "thing.a",
    );

  test.each<[string, JsonObject, Mask, boolean]>([
    ["a value", { size: 1 }, false, true],
    ["null", { size: null }, false, true],
    ["known after apply", {}, { size: true }, true],
    ["blocks in which nothing is unknown", {}, { size: [] }, true],
    ["all of the resource known after apply", {}, true, true],
    ["neither", { id: "a" }, { arn: true }, false],
    ["neither, but a method of every object", { id: "a" }, false, false],
  ])("%s: %j %j %j", (name, after, unknown, expected) => {
    expect(real(after, unknown).has(name.includes("method") ? "toString" : "size")).toBe(expected);
  });

  test("in a block likewise", () => {
    const block = real({ rule: [{ size: 1 }], none: [] }).block("rule");
    expect([block.has("size"), block.has("colour")]).toEqual([true, false]);
  });

  test("a block that is absent could have it, unless there is no such block", () => {
    const thing = real({ rule: [] });
    expect([thing.block("rule").has("size"), thing.block("other").has("size")]).toEqual([true, false]);
  });

  test("in a map, whose keys no schema lists, and in what no provider has planned", () => {
    expect(
      real({ annotations: { a: "b" } })
        .block("annotations")
        .has("c"),
    ).toBe(true);
    expect(thing({ after: {} }, {}).has("size")).toBe(true);
  });
});

describe("before the apply", () => {
  test("what is configured says nothing of what exists", () => {
    const made: Made = {
      root: { resources: [configured("thing.a", { size: refersTo("local.size") })] },
      changes: { "thing.a": { actions: ["update"], before: { size: null, name: "" }, after: { size: 1 } } },
    };
    const block = resource(viewPlan(plan(made), "before"), "thing.a");
    expect(block.value("size")).toEqual(absent);
    expect(block.value("name")).toEqual(absent);
    expect(block.dependsOn).toEqual([]);
  });

  test("before_sensitive is what hides it", () => {
    const changes = {
      "thing.a": {
        actions: ["update"],
        before: { size: 1 },
        after: { size: 1 },
        before_sensitive: { size: true },
        after_sensitive: false,
      },
    };
    expect(resource(viewPlan(plan({ changes }), "before"), "thing.a").value("size")).toEqual(sensitive(1));
    expect(resource(viewAfter({ changes }), "thing.a").value("size")).toEqual(known(1));
  });
});

test("has: of a configuration nobody has planned, any attribute", () => {
  const view = viewPlan({ ...plan({ changes: { "thing.a": {} } }), kind: "configuration" }, "after");
  expect(resource(view, "thing.a").has("size")).toBe(true);
});

describe("blank: how the configuration leaves an attribute without a value", () => {
  const late = { after: {}, after_unknown: { size: true } };
  const sources: Made = {
    root: { resources: [configured("source.of")], variables: { size: {} } },
    changes: { "source.of": { after_unknown: { id: true } } },
    variables: { size: { value: "x" } },
  };

  test.each<[string, Partial<Change>, Expressions | undefined, ReturnType<Block["blank"]>]>([
    ["a value", { after: { size: "x" } }, { size: { constant_value: "x" } }, undefined],
    ["nothing written", late, {}, "unset"],
    ["null", { after: { size: null } }, undefined, "unset"],
    ['""', { after: { size: "" } }, { size: { constant_value: "" } }, "empty"],
    ['"", planned as known after apply', late, { size: { constant_value: "" } }, "empty"],
    ['"" that was read back', { after: { size: "" } }, {}, "unset"],
    ["an expression of known parts", late, { size: refersTo("var.size") }, "unset"],
    ["an expression of another resource", late, { size: refersTo("source.of.id") }, undefined],
    ["no configuration", late, undefined, undefined],
  ])("%s", (_, change, expressions, expected) => {
    expect(thing(change, expressions, sources).blank("size")).toBe(expected);
  });
});

describe("unsettled: why more may come than is planned", () => {
  const made: Made = {
    root: { resources: [configured("source.of")], variables: { size: {} } },
    changes: { "source.of": { after: { name: "n" }, after_unknown: { id: true } } },
    variables: { size: { value: "x" } },
  };

  test.each<[string, Expressions, string | undefined]>([
    ["a resource that is not known yet", { names: refersTo("source.of.id") }, "known after apply, from source.of.id"],
    ["beside a local value", { names: refersTo("local.a", "source.of.id") }, "known after apply, from source.of.id"],
    // The provider plans the part that it knows: what else stands there, no reference shows.
    ["a local value", { names: refersTo("local.a") }, undefined],
    ["what is known of a resource", { names: refersTo("source.of.name") }, undefined],
    ["a variable", { names: refersTo("var.size") }, undefined],
    ["nothing", {}, undefined],
  ])("%s", (_, expressions, cause) => {
    const found = thing({ after: { names: ["a"] } }, expressions, made).unsettled("names");
    expect(found && describeCause(found)).toBe(cause);
  });
});

test("blocks that are asked for in another way are read in another way", () => {
  const block = thing(
    { after: { rule: [{ name: "b" }, { name: "a" }] }, after_unknown: { rule: [{ size: true }, { size: true }] } },
    {
      rule: [{ name: { constant_value: "a" } }, { name: { constant_value: "b" }, size: refersTo("local.size") }],
    },
  );
  const states = (options?: Parameters<Block["blocks"]>[1]) =>
    block.blocks("rule", options).map((one) => one.value("size").state);
  // A list first: none of the sets may be answered with it.
  expect(states()).toEqual(["absent", "unknown"]);
  expect(states({ set: true })).toEqual(["unknown", "absent"]);
  expect(states({ computed: true })).toEqual(["absent", "unknown"]);
  const late = thing({ after: {}, after_unknown: { rule: true } }, {});
  expect(late.blocks("rule")).toHaveLength(1);
  expect(late.blocks("rule", { computed: true })).toEqual([]);
  expect(late.blocks("rule", { set: true })).toHaveLength(1);
});

describe("what no provider writes", () => {
  const odd = (shown: string) => unknownBecause(`${shown} is not a value that tlsgate recognises`);
  const holding = (value: unknown, sensitive: Mask = false, expressions: Expressions | undefined = {}) =>
    thing({ after: { value } as JsonObject, after_sensitive: { value: sensitive } }, expressions);

  test.each<[unknown, string]>([
    [["TLSv1.2_2021"], '["TLSv1.2_2021"]'],
    [[null], "[null]"],
    [[[]], "[[]]"],
    [{}, "{}"],
    [{ a: { b: [1] } }, '{"a":{"b":[1]}}'],
  ])("%j is no text, number or flag", (value, shown) => {
    expect(holding(value).value("value")).toEqual(odd(shown));
    expect(holding(value, true).value("value")).toEqual(odd("a sensitive value"));
    expect(holding(value).whole("value")).toEqual(known(value));
  });

  test("a flag is true or false", () => {
    expect([true, false, null].map((value) => holding(value).flag("value"))).toEqual([
      known(true),
      known(false),
      absent,
    ]);
    expect(holding(true, true).flag("value")).toEqual(sensitive(true));
    for (const value of ["true", 1, ["true"], { on: true }]) {
      expect(holding(value).flag("value")).toEqual(odd(JSON.stringify(value)));
    }
  });

  test.each<[unknown, readonly unknown[]]>([
    ["text", [odd('"text"')]],
    [7, [odd("7")]],
    [{ a: 1 }, [odd('{"a":1}')]],
    [
      ["a", ["b"], { c: 1 }, null, 7, true],
      [known("a"), odd('["b"]'), odd('{"c":1}'), odd("null"), known(7), known(true)],
    ],
  ])("%j: its elements", (value, elements) => expect(holding(value).elements("value")).toEqual(elements));

  test("a sensitive element is not printed", () => {
    expect(holding(["a", ["hush"]], [false, true]).elements("value")).toEqual([known("a"), odd("a sensitive value")]);
    expect(holding("hush", true).elements("value")).toEqual([odd("a sensitive value")]);
  });

  test.each([[["80"]], [{ a: 1 }], [{ toString: 1 }]])("%j: the plan shows no text, number or flag", (value) => {
    expect(holding(value).planned("value")).toBeUndefined();
    expect(holding(value).plannedWhole("value")).toEqual(value);
  });

  test("the keys of a map, where the plan shows a map", () => {
    expect(holding({ a: 1, constructor: 2 }).keys("value")).toEqual(["a", "constructor"]);
    expect(holding(null).keys("value")).toEqual([]);
    for (const value of [["a"], "a", 7, true]) expect(holding(value).keys("value")).toBeUndefined();
  });

  test("an object leads nowhere, and no value of another resource is like it", () => {
    const value = { id: "x" };
    const block = thing({ after: { value } }, {}, { changes: { "target.a": { after: { id: value } } } });
    expect(block.link("value", { target: ["id"] })).toEqual(odd('{"id":"x"}'));
  });

  const references = [true, "text", 7, {}, ["a", 5], [null]];
  const expressions = [null, 7, "text", true, [], [[]], ...references.map((one) => ({ references: one }))];

  test.each(expressions.map((one) => [one]))("an expression that is %j: unknown, linked to nothing", (expression) => {
    const written = { value: expression, block: expression, inner: [{ value: expression }] } as unknown as Expressions;
    const late = { value: true, block: true, inner: [{ value: true }], list: [true] };
    const block = thing({ after: { inner: [{}], list: [null] }, after_unknown: late }, {
      ...written,
      list: expression,
    } as unknown as Expressions);
    for (const one of [block, block.block("block"), block.block("inner")]) {
      expect(one.value("value").state).toBe("unknown");
      expect(one.link("value", { target: ["id"] }).state).toBe("unknown");
    }
    expect(block.elements("list")).toMatchObject([{ state: "unknown" }]);
    expect(block.blocks("inner", { set: true })).toHaveLength(1);
  });

  test("blocks of a set are told apart by what is written well", () => {
    const inner = [
      null,
      7,
      { name: { constant_value: "a" }, deep: [null] },
      { name: null, deep: { references: null } },
    ];
    const block = thing({ after: { inner: [{ name: "a", deep: [{}] }, { name: "b" }] } }, {
      inner,
    } as unknown as Expressions);
    expect(block.blocks("inner", { set: true }).map((one) => one.value("name"))).toEqual([known("a"), known("b")]);
  });
});

describe("how many elements a list has", () => {
  const size = (change: Partial<Change>) => thing(change, { list: refersTo("var.x") }).size("list");

  test.each<[string, Partial<Change>, number | undefined]>([
    ["as many as it shows", { after: { list: ["a", null] }, after_unknown: { list: [false, true] } }, 2],
    ["none, where it is empty", { after: { list: [] } }, 0],
    ["none, where it is not set", { after: { list: null } }, 0],
    ["none, where it is not there", { after: {} }, 0],
    ["unknown, where it is", { after: {}, after_unknown: { list: true } }, undefined],
    [
      "unknown, where all of it is, whatever stands there",
      { after: { list: [] }, after_unknown: { list: true } },
      undefined,
    ],
    ["unknown, where it is no list", { after: { list: "a" } }, undefined],
  ])("%s", (_, change, expected) => expect(size(change)).toBe(expected));
});

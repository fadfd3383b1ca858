// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Terraform

// What the configuration says of a block: templates, and what is settled of a value that a plan shows in part.

import { describe, expect, test } from "vitest";
import { describeCause } from "../../src/cause.ts";
import { emptyConfig, fillUnknowns, hiddenConfig, type ResolvedValue } from "../../src/plan/block-config.ts";
import { configured, type Made, refersTo, resource, viewAfter } from "../support/made.ts";

const value = (value: unknown, unknown: unknown = false, sensitive: unknown = false) =>
  ({ value, unknown, sensitive }) as ResolvedValue;

describe("what is settled stands in the place of what a plan does not show", () => {
  test.each<[string, ResolvedValue, ResolvedValue, ResolvedValue]>([
    ["all of it", value(null, true), value("a"), value("a")],
    ["nothing, where all is shown", value("b"), value("a"), value("b")],
    ["nothing, where a part is shown", value({ a: 1 }), value({ a: 2 }), value({ a: 1 })],
    [
      "a part of an object",
      value({ a: 1, b: null }, { b: true }),
      value({ a: 9, b: 2, c: 3 }),
      value({ a: 1, b: 2 }, { a: false, b: false }, { a: false, b: false }),
    ],
    [
      "a part that the values do not hold",
      value({ a: 1 }, { b: true }),
      value({ b: 2 }),
      value({ a: 1, b: 2 }, { a: false, b: false }, { a: false, b: false }),
    ],
    [
      "a part of a part",
      value({ a: { b: null } }, { a: { b: true } }),
      value({ a: { b: "x" } }),
      value({ a: { b: "x" } }, { a: { b: false } }, { a: { b: false } }),
    ],
    [
      "an element of a list",
      value(["a", null], [false, true]),
      value(["x", "b"]),
      value(["a", "b"], [false, false], [false, false]),
    ],
    // What is still open stays so.
    ["nothing, where it is open too", value(null, true), value(null, true), value(null, true)],
    ["nothing of a list of another length", value([null], [true]), value(["a", "b"]), value([null], [true])],
    [
      "nothing of blocks, which may be a set's",
      value([{ a: null }], [{ a: true }]),
      value([{ a: 1 }]),
      value([{ a: null }], [{ a: true }]),
    ],
    ["nothing of an object by a list", value({ a: null }, { a: true }), value(["a"]), value({ a: null }, { a: true })],
    ["nothing of an object by a text", value({ a: null }, { a: true }), value("a"), value({ a: null }, { a: true })],
    ["nothing of an object by null", value({ a: null }, { a: true }), value(null), value({ a: null }, { a: true })],
    ["nothing of null", value(null, { a: true }), value({ a: 1 }), value(null, { a: true })],
    ["nothing of a text", value("x", { a: true }), value({ a: 1 }), value("x", { a: true })],
    ["a secret of the plan", value(null, true, true), value("a"), value("a", false, true)],
    ["a secret of the configuration", value(null, true), value("a", false, true), value("a", false, true)],
  ])("%s", (_, planned, settled, filled) => expect(fillUnknowns(planned, settled)).toEqual(filled));
});

describe("a block", () => {
  const view = viewAfter({ changes: { "thing.a": {} } });
  const answers = (config: typeof hiddenConfig) => ({
    isShown: config.isShown,
    has: config.has("size"),
    isNull: config.isConstant("size", null),
    isEmpty: config.isConstant("size", ""),
    leaves: config.leaves("size"),
    link: config.link("size", { thing: ["id"] }),
    resolved: config.resolvedValue("size"),
    templates: config.templates("size"),
    unplanned: config.unplannedBlocks("rule"),
    blocks: config.blocks("rule", [{}, {}], { masks: [] }),
    any: config.any("rule"),
  });
  const nothing = {
    has: false,
    isNull: false,
    isEmpty: false,
    leaves: [],
    link: undefined,
    resolved: undefined,
    templates: [],
    unplanned: undefined,
    blocks: [hiddenConfig, hiddenConfig],
    any: hiddenConfig,
  };

  test("whose configuration is not shown: nothing is known of what is written", () => {
    expect(answers(hiddenConfig)).toEqual({ isShown: false, ...nothing });
    expect(describeCause(hiddenConfig.cause("size"))).toMatch(/^known after apply, set in a dynamic block/);
  });

  test("that is not there: nothing is written", () => {
    expect(answers(emptyConfig)).toEqual({ isShown: true, ...nothing });
    expect(describeCause(emptyConfig.cause("size"))).toBe("known after apply");
    expect(resource(view, "thing.a").block("none").whole("size")).toEqual({ state: "absent" });
  });
});

describe("the texts of JSON syntax, with what stands in braces", () => {
  const made: Made = {
    root: {
      resources: [
        configured("source.of"),
        configured("many.of"),
        configured("thing.a", {
          text: { constant_value: "plain" },
          number: { constant_value: 5 },
          join: { constant_value: "arn:${source.of.id}/*", references: ["source.of.id", "source.of"] },
          only: { constant_value: "${source.of.id}" },
          two: { constant_value: ["${source.of.id}:${source.of.arn}", "b", 3] },
          directive: { constant_value: "%{ if x }a%{ endif }" },
          several: { constant_value: "${many.of.id}" },
          block: { constant_value: "${source.of.list[0].id}" },
          whole: { constant_value: "${source.of}" },
          native: refersTo("source.of.id"),
        } as never),
      ],
    },
    changes: {
      "source.of": { after_unknown: { id: true } },
      "many.of[0]": {},
      "many.of[1]": {},
      "thing.a": {},
    },
  };
  const block = resource(viewAfter(made), "thing.a");
  const templates = (name: string) =>
    block
      .templates(name)
      .map((parts) =>
        parts.map((part) => (typeof part === "object" ? `<${part.resource.address}.${part.attribute}>` : part)),
      );

  test.each<[string, unknown]>([
    ["text", [["plain"]]],
    ["number", []],
    ["join", [["arn:", "<source.of.id>", "/*"]]],
    ["only", [["<source.of.id>"]]],
    ["two", [["<source.of.id>", ":", "<source.of.arn>"], ["b"]]],
    // How often a part of it stands there, only a plan tells.
    ["directive", [[undefined]]],
    // It can be any instance, and any part.
    ["several", [[undefined]]],
    ["block", [[undefined]]],
    ["whole", [[undefined]]],
    ["native", []],
    ["missing", []],
  ])("%s", (name, parts) => expect(templates(name)).toEqual(parts));
});

// Resources that may serve HTTPS and are not judged: which of them count, and what the gate does with them.

import { describe, expect, test } from "vitest";
import type { NotJudgedTypes } from "../../src/facts/not-judged.ts";
import { decide, nothingAccepted } from "../../src/findings/decide.ts";
import type { Selection } from "../../src/findings/evaluate.ts";
import { verdictOf } from "../../src/findings/gate.ts";
import { notJudgedIn } from "../../src/findings/not-judged.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Resource } from "../../src/plan/view.ts";
import { adapters, notJudgedTypes } from "../../src/providers/registry.ts";
import { type Change, plan } from "../support/made.ts";
import { fixture } from "../support/plans.ts";

const types: NotJudgedTypes = {
  nimbus_stack: "Nimbus stack",
  nimbus_listener: {
    what: "Nimbus listener",
    kindOf: (resource) => (resource.planned("protocol") === "udp" ? undefined : "Nimbus listener"),
  },
};

const selection = (changes: Partial<Selection> = {}): Selection => ({
  policies: [],
  enforcement: {},
  adapters: [],
  notJudgedTypes: types,
  ...changes,
});

const planOf = (changes: { readonly [address: string]: Partial<Change> }): Plan => plan({ changes });

const addressesIn = (made: Plan, changes: Partial<Selection> = {}) =>
  notJudgedIn(made, selection(changes)).map(({ address }) => address);

const existing: Partial<Change> = { actions: ["no-op"], before: {}, after: {} };
const deleted: Partial<Change> = { actions: ["delete"], before: {}, after: null };

describe("counts", () => {
  test("what will exist, also in modules, of each instance", () => {
    const made = planOf({
      "nimbus_stack.a": {},
      'nimbus_stack.each["x"]': {},
      "module.inner[0].nimbus_stack.b": {},
      "module.inner[0].module.deep.nimbus_stack.c": existing,
      "nimbus_stack.replaced": { actions: ["delete", "create"], before: {}, after: {} },
      "nimbus_stack.unknown": { after_unknown: true },
    });
    expect(notJudgedIn(made, selection())).toEqual(
      [
        ["nimbus_stack.a", "introduced"],
        ['nimbus_stack.each["x"]', "introduced"],
        ["module.inner[0].nimbus_stack.b", "introduced"],
        ["module.inner[0].module.deep.nimbus_stack.c", "existing"],
        ["nimbus_stack.replaced", "existing"],
        ["nimbus_stack.unknown", "introduced"],
      ].map(([address, change]) => ({ address, type: "nimbus_stack", what: "Nimbus stack", change, refuses: false })),
    );
  });

  test.each<[string, string, Partial<Change>]>([
    ["what is deleted", "nimbus_stack.gone", deleted],
    ["what is forgotten", "nimbus_stack.forgotten", { actions: ["forget"], before: {}, after: null }],
    ["a data source", "data.nimbus_stack.read", {}],
    ["any other type", "nimbus_pool.a", {}],
    ["a name that every object has", "constructor.a", {}],
  ])("not %s", (_, address, change) => expect(addressesIn(planOf({ [address]: change }))).toEqual([]));

  test("what a look at the resource does not rule out", () => {
    const made = planOf({
      "nimbus_listener.dns": { after: { protocol: "udp" } },
      "nimbus_listener.web": { after: { protocol: "tcp" } },
      "module.inner.nimbus_listener.open": { after_unknown: { protocol: true } },
    });
    expect(addressesIn(made)).toEqual(["nimbus_listener.web", "module.inner.nimbus_listener.open"]);
  });

  test("not what an adapter reads, one of a pack as well", () => {
    const made = planOf({ "nimbus_stack.a": {}, "nimbus_listener.web": {} });
    const adapter = { id: "nimbus/stack", resourceTypes: ["nimbus_stack"] };
    expect(addressesIn(made, { adapters: [adapter] })).toEqual(["nimbus_listener.web"]);
  });

  test("what an adapter reads and says not to judge", () => {
    const made = planOf({ "nimbus_object.web": { after: { kind: "site" } }, "nimbus_object.mail": {} });
    const adapter = {
      id: "nimbus/object",
      resourceTypes: ["nimbus_object"],
      notJudged: {
        what: "Nimbus site",
        kindOf: (resource: Resource) => (resource.planned("kind") === "site" ? "Nimbus site" : undefined),
      },
    };
    const other = { id: "nimbus/other", resourceTypes: ["nimbus_object"] };
    expect(notJudgedIn(made, selection({ adapters: [other, adapter] }))).toMatchObject([
      { address: "nimbus_object.web", type: "nimbus_object", what: "Nimbus site" },
    ]);
  });

  test("nothing without a table", () =>
    expect(addressesIn(planOf({ "nimbus_stack.a": {} }), { notJudgedTypes: undefined })).toEqual([]));
});

describe("what the gate does", () => {
  const made = planOf({ "nimbus_stack.new": {}, "module.legacy.nimbus_stack.old": existing });
  const refusing = (changes: Partial<Selection>) =>
    notJudgedIn(made, selection(changes)).map(({ address, refuses }) => [address, refuses]);
  const [fresh, old] = ["nimbus_stack.new", "module.legacy.nimbus_stack.old"];

  test.each<[string, Partial<Selection>, (readonly [string, boolean])[]]>([
    [
      "notices them by default",
      {},
      [
        [fresh, false],
        [old, false],
      ],
    ],
    [
      "notices them",
      { notJudged: "notice" },
      [
        [fresh, false],
        [old, false],
      ],
    ],
    [
      "refuses them",
      { notJudged: "refuse" },
      [
        [fresh, true],
        [old, true],
      ],
    ],
    ["ignores them", { notJudged: "ignore" }, []],
    [
      "refuses what is introduced",
      { notJudged: "refuse", failOn: "introduced" },
      [
        [fresh, true],
        [old, false],
      ],
    ],
  ])("%s", (_, changes, expected) => expect(refusing(changes)).toEqual(expected));

  test("something else at some addresses, of which the first entry that says so has the last word", () => {
    const overrides = [
      { addresses: ["**"], enforcement: {} },
      { addresses: ["module.legacy.**"], enforcement: {}, notJudged: "ignore" as const },
      { addresses: ["**"], enforcement: {}, notJudged: "notice" as const },
    ];
    expect(refusing({ notJudged: "refuse", overrides })).toEqual([[fresh, false]]);
    expect(refusing({ notJudged: "refuse", overrides: overrides.slice(0, 2) })).toEqual([[fresh, true]]);
  });

  test("the verdict", () => {
    const verdict = (changes: Partial<Selection>) => verdictOf([], notJudgedIn(made, selection(changes)));
    expect(verdict({})).toBe("pass");
    expect(verdict({ notJudged: "refuse" })).toBe("refused");
    expect(verdict({ notJudged: "ignore" })).toBe("pass");
  });

  test("with --scope changed, what existed before is counted only", () => {
    const decided = (scope: "all" | "changed") => decide(made, selection(), { ...nothingAccepted, scope });
    expect(decided("changed").notJudged.map(({ address }) => address)).toEqual([fresh]);
    expect(decided("changed").leftOut).toEqual({ pass: 0, fail: 0, unknown: 0, notJudged: 1 });
    expect(decided("all")).toMatchObject({ notJudged: [{ address: fresh }, { address: old }], leftOut: undefined });
    const quiet = decide(planOf({}), selection(), { ...nothingAccepted, scope: "changed" });
    expect(quiet.leftOut).toEqual({ pass: 0, fail: 0, unknown: 0 });
  });
});

test("a real plan: what is judged, deleted, or serves nothing is not among them", () => {
  const found = notJudgedIn(fixture("aws-not-judged"), selection({ adapters, notJudgedTypes }));
  expect(found.map(({ address, what, change }) => [address, what, change])).toEqual([
    ['aws_apprunner_service.app["api"]', "App Runner service", "introduced"],
    ['aws_apprunner_service.app["web"]', "App Runner service", "introduced"],
    ["aws_cloudcontrolapi_resource.portal", "WorkSpaces web portal", "introduced"],
    ["aws_cloudformation_stack.remote", "CloudFormation stack", "introduced"],
    ["aws_cloudformation_stack_set.regions", "CloudFormation stack set", "introduced"],
    ["aws_lightsail_container_service.site", "Lightsail container service", "existing"],
    ["module.access.aws_verifiedaccess_endpoint.app", "Verified Access endpoint", "introduced"],
  ]);
});

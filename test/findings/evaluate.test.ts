// Endpoints × policies, before and after → findings: outcome, change, and what refuses a plan.
// The plans made by hand have a resource type of their own, so that no provider's rules get in the way.

import { describe, expect, test } from "vitest";
import { notSet } from "../../src/cause.ts";
import type { Adapter } from "../../src/facts/adapter.ts";
import { atLeast, type TlsVersion, tlsVersions } from "../../src/facts/endpoint.ts";
import { fact, known, unknown } from "../../src/facts/fact.ts";
import { evaluate, type Selection } from "../../src/findings/evaluate.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { withConfiguration } from "../../src/plan/configured.ts";
import type { JsonObject, Plan } from "../../src/plan/plan.ts";
import { definePolicy, judge, type Policy } from "../../src/policy.ts";
import { nameText, text } from "../../src/text.ts";
import { certificate, endpoint } from "../support/endpoint.ts";
import { type Change, configured, plan, refersTo } from "../support/made.ts";
import { planFileWith } from "../support/plan-file.ts";
import { findings, fixture } from "../support/plans.ts";

const treatmentOf = (value: unknown) =>
  value === "good" || value === "fine" ? "refused" : value === "bad" || value === "worse" ? "served" : undefined;

/** A thing is an endpoint with one route per path; a route is "good", "bad", or anything else, which is not recognised. */
const things: Adapter = {
  id: "made/thing",
  resourceTypes: ["thing"],
  endpoints: (thing) => [
    endpoint({
      address: thing.address,
      routes: thing.blocks("route").map((route) => ({
        path: nameText(String(route.planned("path"))),
        plainHttp: fact(route, "plain", {
          read: (value) => treatmentOf(value),
          absent: { unknown: notSet("plain") },
          remedy: "good",
        }),
        hsts: { maxAge: known(0), includeSubDomains: known(false), preload: known(false) } as never,
      })),
      certificates: [],
    }),
  ],
  certificates: (thing) =>
    thing.value("certificate").state === "absent" ? [] : [certificate({ address: thing.address })],
};

const policy = (changes: { readonly id?: string; readonly whenUnknown?: Policy["whenUnknown"] } = {}) =>
  definePolicy({
    id: "sample",
    requires: "Refuse plain HTTP",
    severity: "medium",
    whenUnknown: "refuse",
    why: "",
    fix: "Refuse it.",
    references: [],
    controls: {},
    ...changes,
    evaluate: ({ routes }) =>
      routes.map(({ path, plainHttp }) => judge(plainHttp, (it) => it === "refused" || text`serves ${path}`, path)),
  });

const judged = (made: Plan, selection: Partial<Selection> = {}): readonly Finding[] =>
  evaluate(made, { policies: [policy()], adapters: [things], enforcement: { sample: "mandatory" }, ...selection })
    .findings;

const routes = (paths: { readonly [path: string]: string } | null): JsonObject | null =>
  paths && { route: Object.entries(paths).map(([path, plain]) => ({ path, plain })) };

type Paths = Parameters<typeof routes>[0];

const change = (before: Paths, after: Paths): Plan => {
  const actions = before && after ? ["update"] : before ? ["delete"] : ["create"];
  return plan({ changes: { "thing.a": { actions, before: routes(before), after: routes(after) } } });
};

const at = (plain: string) => ({ "/": plain });

test("what two endpoints share is said once", () => {
  const twice: Adapter = {
    ...things,
    endpoints: (thing) => [things, things].flatMap((one) => one.endpoints?.(thing) ?? []),
  };
  const made = plan({ changes: { "thing.a": { after: routes({ "/": "bad", "/b": "good" }) } } });
  expect(judged(made, { adapters: [twice] })).toEqual(judged(made));
  expect(judged(made)).toHaveLength(2);
});

describe("change", () => {
  test.each<[string, Paths, Paths, Finding["outcome"], Finding["change"]]>([
    ["made well", null, at("good"), "pass", "none"],
    ["made badly", null, at("bad"), "fail", "introduced"],
    ["made, and not told", null, at("odd"), "unknown", "introduced"],
    ["stays well", at("good"), at("good"), "pass", "none"],
    ["stays bad", at("bad"), at("bad"), "fail", "existing"],
    ["stays not told", at("odd"), at("odd"), "unknown", "existing"],
    ["gets bad", at("good"), at("bad"), "fail", "introduced"],
    ["gets well", at("bad"), at("good"), "pass", "fixed"],
    ["was bad, and is no longer told", at("bad"), at("odd"), "unknown", "existing"],
    ["was well, and is no longer told", at("good"), at("odd"), "unknown", "introduced"],
    ["was not told, and is well", at("odd"), at("good"), "pass", "none"],
    // What nobody knew to be bad is no old sin.
    ["was not told, and is bad", at("odd"), at("bad"), "fail", "introduced"],
    ["was bad, and goes", at("bad"), null, "pass", "fixed"],
  ])("%s", (_, before, after, outcome, change_) => {
    expect(judged(change(before, after))).toMatchObject([{ address: "thing.a", outcome, change: change_ }]);
  });

  test.each<[string, Paths]>([
    ["was well, and goes", at("good")],
    ["was not told, and goes", at("odd")],
  ])("%s: there is nothing to say", (_, before) => expect(judged(change(before, null))).toEqual([]));

  test("of each part by itself, whatever its place in the list", () => {
    const found = judged(
      change({ "/a": "bad", "/b": "good", "/c": "bad" }, { "/new": "bad", "/b": "bad", "/a": "good", "/d": "good" }),
    );
    expect(found.map((one) => [one.at, one.outcome, one.change])).toEqual([
      ["route[0].plain", "fail", "introduced"],
      ["route[1].plain", "fail", "introduced"],
      ["route[2].plain", "pass", "fixed"],
      ["route[3].plain", "pass", "none"],
      // What it was about is gone.
      ["route[2].plain", "pass", "fixed"],
    ]);
  });

  test("parts of the same name are told apart by their order", () => {
    const twins = (...plains: string[]): JsonObject => ({ route: plains.map((plain) => ({ path: "/", plain })) });
    const made = plan({
      changes: { "thing.a": { actions: ["update"], before: twins("bad", "good"), after: twins("bad", "bad") } },
    });
    expect(judged(made).map((one) => one.change)).toEqual(["existing", "introduced"]);
  });

  test.each<[string, Partial<Change>, Finding["change"] | undefined]>([
    ["an import is new", { actions: ["no-op"], importing: { id: "a" } }, "introduced"],
    ["what is kept is old", { actions: ["no-op"] }, "existing"],
    ["what is replaced is old", { actions: ["create", "delete"] }, "existing"],
    ["what is forgotten is neither kept nor mended", { actions: ["forget"] }, undefined],
  ])("%s", (_, more, expected) => {
    const bad = routes(at("bad"));
    const made = plan({ changes: { "thing.a": { before: bad, after: bad, ...more } } });
    expect(judged(made)[0]?.change).toBe(expected);
  });

  test("of real plans", () => {
    const changes = (name: string) =>
      new Set(
        findings(name)
          .filter((one) => one.policy === "https-only")
          .map((one) => one.change),
      );
    expect(changes("aws-update-good-to-bad")).toEqual(new Set(["introduced"]));
    expect(changes("aws-update-bad-to-good")).toEqual(new Set(["fixed"]));
    expect(changes("aws-no-op-existing-bad")).toEqual(new Set(["existing"]));
    expect(changes("aws-delete-bad")).toEqual(new Set(["fixed"]));
    expect(changes("aws-https-only")).toEqual(new Set(["none"]));
  });
});

describe("what a finding says", () => {
  test("a violation: what is wrong, why nothing hides it, and what to set", () => {
    expect(judged(change(null, at("bad")))).toEqual([
      {
        policy: "sample",
        severity: "medium",
        enforcement: "mandatory",
        address: "thing.a",
        at: "route[0].plain",
        outcome: "fail",
        change: "introduced",
        message: "serves /",
        unknown: null,
        noFix: null,
        assumed: null,
        fix: "Refuse it.",
        remedy: { address: "thing.a", attribute: "route[0].plain", value: "good" },
        related: [],
        waiver: null,
        fingerprint: "",
        baseline: null,
        source: null,
        refuses: true,
      },
    ]);
  });

  test("a pass: what is met, and nothing to do", () => {
    const pass = { outcome: "pass", message: "Refuse plain HTTP", fix: null, remedy: null, refuses: false };
    expect(judged(change(null, at("good")))).toMatchObject([pass]);
  });

  test("a violation that goes: by what is mended, or with what is deleted", () => {
    const gone = { outcome: "pass", change: "fixed", fix: null, remedy: null, refuses: false };
    const [mended] = judged(change(at("bad"), at("good")));
    expect(mended).toMatchObject({ ...gone, message: "Refuse plain HTTP" });
    expect(mended).not.toHaveProperty("deleted");
    expect(judged(change(at("bad"), {}))[0]).not.toHaveProperty("deleted");
    expect(judged(change(at("bad"), null))).toMatchObject([
      { ...gone, message: "deleted by this plan", deleted: true },
    ]);
  });

  test("an unknown: why it is not told, and what to set", () => {
    expect(judged(change(null, at("odd")))).toMatchObject([
      { outcome: "unknown", message: '"odd" is not a value that tlsgate recognises', fix: "Refuse it." },
    ]);
  });
});

describe("advice where the configuration sets an option", () => {
  const asking = (passing: string) =>
    definePolicy({
      ...policy(),
      options: { ways: { description: "What passes", default: ["served", "refused"] } },
      evaluate: ({ routes }, { ways }) =>
        routes.map(({ path, plainHttp }) =>
          judge(plainHttp, (it) => (it === passing && ways.includes(it)) || text`serves ${path}`, path),
        ),
    });
  const advice = (passing: string, plain: string, ways?: readonly string[]) =>
    judged(change(null, at(plain)), {
      policies: [asking(passing)],
      ...(ways && { options: { sample: { ways } } }),
    }).map(({ fix, remedy }) => [fix, remedy?.value]);
  const asked = "Refuse it. The configuration asks for ways refused, gone.";

  test.each([
    ["is a remedy that meets it", "refused", "bad", ["refused", "gone"], [asked, "good"]],
    ["is no remedy that does not", "gone", "bad", ["refused", "gone"], [asked, undefined]],
    ["is no remedy where nobody can tell", "refused", "odd", ["refused", "gone"], [asked, undefined]],
    ["is the usual one where none is set", "refused", "odd", undefined, ["Refuse it.", "good"]],
  ])("%s", (_, passing, plain, ways, expected) => expect(advice(passing, plain, ways)).toEqual([expected]));
});

describe("refuses", () => {
  const bad = change(null, at("bad"));
  const old = change(at("bad"), at("bad"));
  const open = change(null, at("odd"));
  const openOld = change(at("odd"), at("odd"));
  const warns = [policy({ whenUnknown: "warn" })];

  test.each<[string, Plan, Partial<Selection>, boolean]>([
    ["a violation", bad, {}, true],
    ["an old violation", old, {}, true],
    ["a pass", change(null, at("good")), {}, false],
    ["what is fixed", change(at("bad"), at("good")), {}, false],
    ["an advisory violation", bad, { enforcement: { sample: "advisory" } }, false],
    ["an advisory unknown", open, { enforcement: { sample: "advisory" }, unknown: "refuse" }, false],

    ["an unknown, as the policy says", open, {}, true],
    ["an unknown, as another policy says", open, { policies: warns }, false],
    ["an unknown, with unknown: warn", open, { unknown: "warn" }, false],
    ["an unknown, with unknown: refuse", open, { policies: warns, unknown: "refuse" }, true],
    ["a violation, with unknown: warn", bad, { unknown: "warn" }, true],
    ["an unknown, of this policy to be warned of", open, { unknownOf: { sample: "warn" } }, false],
    ["an unknown, of this policy alone", open, { unknown: "refuse", unknownOf: { sample: "warn" } }, false],
    ["an unknown, of this policy to be refused", open, { unknown: "warn", unknownOf: { sample: "refuse" } }, true],
    ["an unknown, of another policy to be warned of", open, { unknownOf: { other: "warn" } }, true],

    ["a new violation, with failOn: introduced", bad, { failOn: "introduced" }, true],
    ["an old violation, with failOn: introduced", old, { failOn: "introduced" }, false],
    ["an old violation, with failOn: any", old, { failOn: "any" }, true],
    ["a new unknown, with failOn: introduced", open, { failOn: "introduced" }, true],
    ["an old unknown, with failOn: introduced", openOld, { failOn: "introduced" }, false],
    ["an old unknown, with failOn: any", openOld, {}, true],
  ])("%s", (_, made, selection, refused) => {
    expect(judged(made, selection).some((one) => one.refuses)).toBe(refused);
  });
});

describe("what no configuration can settle", () => {
  const outside: Adapter = {
    id: "made/outside",
    resourceTypes: ["thing"],
    endpoints: (thing) => [
      endpoint({
        address: thing.address,
        routes: [
          {
            path: text`/`,
            plainHttp: { ...unknown(notSet("plain"), "outside"), place: { address: thing.address, at: "plain" } },
            hsts: undefined,
          },
        ],
        certificates: [],
      }),
    ],
  };
  const made = plan({ changes: { "thing.a": {} } });

  test.each<[string, Partial<Selection>, [Finding["enforcement"], boolean]]>([
    ["is advice", {}, ["advisory", false]],
    ["is advice, where it is asked for", { outsidePlan: "warn" }, ["advisory", false]],
    ["weighs as anything else", { outsidePlan: "refuse" }, ["mandatory", true]],
    ["weighs so for one policy", { outsidePlanOf: { sample: "refuse" } }, ["mandatory", true]],
    [
      "weighs so at one address",
      { overrides: [{ addresses: ["thing.a"], enforcement: {}, outsidePlan: { sample: "refuse" } }] },
      ["mandatory", true],
    ],
  ])("%s", (_, selection, [enforcement, refuses]) => {
    expect(judged(made, { adapters: [outside], ...selection })).toMatchObject([
      { outcome: "unknown", unknown: { kind: "outside" }, enforcement, refuses },
    ]);
  });
});

describe("values that are one of several", () => {
  const condition = 'terraform_data.late.output == "x"';
  const route = (plain: string, path = "/") => `  route {\n    path  = "${path}"\n    plain = ${plain}\n  }\n`;
  const either = (one: string, other: string, at = condition) => `${at} ? "${one}" : "${other}"`;

  /** A thing for each list of routes, whose `plain` is open in the plan and written in the configuration. */
  const open = (...things: (readonly string[])[]): Plan => {
    const changes = Object.fromEntries(
      things.map((plains, index): [string, Partial<Change>] => [
        `thing.t${index}`,
        {
          after: { route: plains.map((_, at) => ({ path: `/${at}` })) },
          after_unknown: { route: plains.map(() => ({ plain: true })) },
        },
      ]),
    );
    const main = things.map(
      (plains, index) => `resource "thing" "t${index}" {\n${plains.map((one, at) => route(one, `/${at}`)).join("")}}\n`,
    );
    const root = {
      resources: things.map((plains, index) =>
        configured(`thing.t${index}`, {
          route: plains.map(() => ({ path: {}, plain: refersTo("terraform_data.late.output") })),
        } as never),
      ),
    };
    const late = { "terraform_data.late": { after: {}, after_unknown: { output: true } } };
    const planFile = planFileWith(`resource "terraform_data" "late" {}\n${main.join("")}`);
    return withConfiguration({ ...plan({ changes: { ...changes, ...late }, root }), planFile }, {});
  };
  const outcomesOf = (made: Plan) => judged(made).map(({ outcome }) => outcome);
  const good = either("good", "fine");

  test.each<[string, string, Finding["outcome"]]>([
    ["pass where each of them does", good, "pass"],
    ["fail where each of them does", either("bad", "worse"), "fail"],
    ["are unknown where one passes and one fails", either("good", "bad"), "unknown"],
    ["are unknown where one is not recognised", either("good", "odd"), "unknown"],
  ])("%s", (_, plain, outcome) => {
    expect(outcomesOf(open([plain]))).toEqual([outcome]);
  });

  test("settle nothing of what is known", () => {
    expect(outcomesOf(open(['"good"', '"bad"', good]))).toEqual(["pass", "fail", "pass"]);
  });

  test("are tried in all their combinations up to sixteen of them, and the first of one resource beyond", () => {
    expect(outcomesOf(open([good, good, good, good]))).toEqual(Array(4).fill("pass"));
    expect(outcomesOf(open([good, good, good, good, good]))).toEqual([...Array(4).fill("pass"), "unknown"]);
  });

  test("are tried for each resource by itself where all together would be too many", () => {
    expect(outcomesOf(open(...Array(5).fill([good])))).toEqual(Array(5).fill("pass"));
    const two = [good, good, good];
    expect(outcomesOf(open(two, two))).toEqual(Array(6).fill("pass"));
  });

  test("are tried in a large plan only as far as it stays quick", () => {
    const made = open(...Array(7).fill([good, good]));
    const among = (instances: number): Plan => ({
      ...made,
      instances: [
        ...made.instances,
        ...plan({
          changes: Object.fromEntries(
            Array.from({ length: instances - made.instances.length }, (_, index) => [`other.o${index}`, {}]),
          ),
        }).instances,
      ],
    });
    const settled = (instances: number) =>
      outcomesOf(among(instances)).filter((outcome) => outcome === "pass").length / 2;
    // Four plans for each thing: twenty of 500 resource instances, and sixteen of any number.
    expect(settled(500)).toBe(5);
    expect(settled(1_000)).toBe(4);
  });
});

describe("one attribute that several policies are about", () => {
  const versionOf = (value: unknown) => tlsVersions.find((one) => one === value);
  const floors: Adapter = {
    id: "made/floor",
    resourceTypes: ["thing"],
    endpoints: (thing) => [
      endpoint({
        address: thing.address,
        certificates: [],
        minimumTls: fact(thing, "floor", {
          read: versionOf,
          absent: { unknown: notSet("floor") },
          remedy: "TLS 1.2",
          stricter: ["TLS 1.3"],
        }),
      }),
    ],
  };
  const atLeastPolicy = (floor: TlsVersion) => {
    const { evaluate: _, ...head } = policy({ id: `at-least-${floor}` });
    return definePolicy({
      ...head,
      evaluate: ({ minimumTls }) => [
        minimumTls && judge(minimumTls, (it) => atLeast(it, floor) || text`accepts ${it}`),
      ],
    });
  };
  const changes = {
    "thing.a": { after: { floor: "TLS 1.0" } },
    "thing.b": { after: { floor: "TLS 1.2" } },
    "thing.c": { after: { floor: "odd" } },
  };
  const remedies = (...floors_: TlsVersion[]) =>
    judged(plan({ changes }), {
      adapters: [floors],
      policies: floors_.map(atLeastPolicy),
      enforcement: Object.fromEntries(floors_.map((floor) => [`at-least-${floor}`, "mandatory" as const])),
    })
      .map((one) => `${one.policy} ${one.address}: ${one.outcome}, ${one.remedy?.address} ${one.remedy?.value}`)
      .sort();

  test("has the one remedy that meets them all, in whatever order they are judged", () => {
    const expected = [
      "at-least-TLS 1.2 thing.a: fail, thing.a TLS 1.3",
      "at-least-TLS 1.2 thing.b: pass, undefined undefined",
      // What it would make of a value that is not recognised is not known.
      "at-least-TLS 1.2 thing.c: unknown, thing.c TLS 1.2",
      "at-least-TLS 1.3 thing.a: fail, thing.a TLS 1.3",
      "at-least-TLS 1.3 thing.b: fail, thing.b TLS 1.3",
      "at-least-TLS 1.3 thing.c: unknown, thing.c TLS 1.2",
    ];
    expect(remedies("TLS 1.2", "TLS 1.3")).toEqual(expected);
    expect(remedies("TLS 1.3", "TLS 1.2")).toEqual(expected);
  });

  test("has the mildest where one policy alone asks for it", () => {
    expect(remedies("TLS 1.2")[0]).toBe("at-least-TLS 1.2 thing.a: fail, thing.a TLS 1.2");
  });
});

describe("overrides", () => {
  const there = { addresses: ["thing.*"], enforcement: {} };
  const elsewhere = { addresses: ["module.other.**"], enforcement: {} };
  const [warn, refuse] = [{ sample: "warn" }, { sample: "refuse" }] as const;

  test.each<[string, Selection["overrides"], boolean]>([
    ["of an unknown have the last word", [{ ...there, unknown: warn }], false],
    ["of another policy say nothing of it", [{ ...there, unknown: { other: "warn" } }], true],
    ["of another address neither", [{ ...elsewhere, unknown: warn }], true],
    [
      "count from the first",
      [
        { ...there, unknown: refuse },
        { ...there, unknown: warn },
      ],
      true,
    ],
    [
      "of the enforcement alone leave the unknown to a later one",
      [
        { ...there, enforcement: { sample: "mandatory" } },
        { ...there, unknown: warn },
      ],
      false,
    ],
  ])("%s", (_, overrides, refused) => {
    const [found] = judged(change(null, at("odd")), { overrides, unknownOf: { sample: "refuse" } });
    expect(found).toMatchObject({ outcome: "unknown", enforcement: "mandatory", refuses: refused });
  });

  test("turn on, at their addresses, what is off elsewhere", () => {
    const overrides = [{ ...there, enforcement: { sample: "mandatory" as const } }];
    expect(judged(change(null, at("bad")), { enforcement: {}, overrides })).toMatchObject([{ refuses: true }]);
    expect(judged(change(null, at("bad")), { enforcement: {}, overrides: [{ ...there, unknown: warn }] })).toEqual([]);
  });
});

describe("selection", () => {
  const bad = change(null, at("bad"));

  test("a policy that is not named in the enforcement is off", () => {
    expect(judged(bad, { enforcement: {} })).toEqual([]);
  });

  test("each policy by its own enforcement", () => {
    const policies = [policy({ id: "first" }), policy({ id: "second" }), policy({ id: "third" })];
    const found = judged(bad, { policies, enforcement: { first: "mandatory", second: "advisory" } });
    expect(found.map((one) => [one.policy, one.enforcement, one.refuses])).toEqual([
      ["first", "mandatory", true],
      ["second", "advisory", false],
    ]);
  });

  test("policies of object stores judge what adapters say of storage", () => {
    const storage = definePolicy({
      id: "sample",
      requires: "Refuse plain HTTP",
      severity: "medium",
      whenUnknown: "warn",
      why: "",
      fix: "Refuse it.",
      references: [],
      controls: {},
      evaluateObjectStore: ({ address, refusesPlainHttp }) => [
        judge(refusesPlainHttp, (refuses) => refuses || text`${nameText(address)} accepts plain HTTP`),
      ],
    });
    const stores: Adapter = {
      id: "test/stores",
      resourceTypes: ["thing"],
      objectStores: (thing) => [
        {
          address: thing.address,
          kind: "store",
          refusesPlainHttp: fact(thing, "secure", {
            read: (value) => (typeof value === "boolean" ? value : undefined),
            absent: { unknown: notSet("secure") },
            remedy: true,
          }),
        },
      ],
    };
    const changes = {
      "thing.good": { after: { secure: true } },
      "thing.bad": { after: { secure: false } },
      "thing.open": { after: {} },
    };
    const found = judged(plan({ changes }), { policies: [storage], adapters: [stores] });
    expect(
      found.map(({ address, outcome, message, remedy, refuses }) => [
        address,
        outcome,
        message,
        remedy?.value,
        refuses,
      ]),
    ).toEqual([
      ["thing.good", "pass", "Refuse plain HTTP", undefined, false],
      ["thing.bad", "fail", "thing.bad accepts plain HTTP", true, true],
      ["thing.open", "unknown", "secure is not set", true, false],
    ]);
  });

  test("no adapter, no endpoint", () => {
    expect(evaluate(bad, { policies: [policy()], adapters: [], enforcement: { sample: "mandatory" } })).toEqual({
      findings: [],
      inventory: { endpoints: [], certificates: [], objectStores: [], chains: [] },
      assumptionsUsed: new Set(),
    });
  });

  test("the inventory is what will exist", () => {
    const of = (made: Plan) =>
      evaluate(made, { policies: [], adapters: [things], enforcement: {} }).inventory.endpoints.map(
        (one) => one.address,
      );
    expect(of(change(null, at("good")))).toEqual(["thing.a"]);
    expect(of(change(at("good"), null))).toEqual([]);
    expect(of(fixture("aws-https-only"))).toEqual([]);
  });

  test("a policy of certificates is asked of each certificate once", () => {
    const seen: (string | undefined)[] = [];
    const { evaluate: _, ...head } = policy();
    const ofCertificates = definePolicy({
      ...head,
      evaluateCertificate: ({ address, key }) => {
        seen.push(address);
        return [judge(key, () => true), undefined];
      },
    });
    const made = plan({ changes: { "thing.a": { after: { certificate: "x" } }, "thing.b": { after: {} } } });
    expect(judged(made, { policies: [ofCertificates] })).toMatchObject([{ outcome: "pass" }]);
    expect(seen).toEqual(["thing.a"]);
  });
});

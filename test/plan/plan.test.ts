// Which objects exist before and after a plan, for every action that a plan can hold.
// What no plan of test/plans shows is made by hand: it is about the reader, not about a provider.

import { describe, expect, test } from "vitest";
import { type Plan, type PlanJson, planFromJson, planFromState } from "../../src/plan/plan.ts";
import { type Change, entry, plan } from "../support/made.ts";
import { fixture } from "../support/plans.ts";

/** "before → after" of each instance, by address. */
const lives = ({ instances }: Plan) =>
  Object.fromEntries(
    instances.map(({ address, before, after }) => [
      address,
      before ? (after ? "stays" : "goes") : after ? "comes" : "never is",
    ]),
  );

describe("actions of real plans", () => {
  const distribution = (name: string) => `aws_cloudfront_distribution.${name}`;
  test.each<[action: string, plan: string, expected: { readonly [address: string]: string }]>([
    ["create", "aws-https-only", { [distribution("x")]: "comes" }],
    ["update", "aws-update-good-to-bad", { [distribution("x")]: "stays" }],
    ["no-op", "aws-no-op-existing-bad", { [distribution("x")]: "stays" }],
    ["delete", "aws-delete-bad", { [distribution("x")]: "goes" }],
    ["create, then delete", "aws-replace-certificate-cbd", { "aws_acm_certificate.c": "stays" }],
    [
      "delete, then create",
      "awkward-replacement",
      {
        "aws_acm_certificate.created_first": "stays",
        "aws_acm_certificate.deleted_first": "stays",
        "aws_acm_certificate_validation.created_first": "stays",
        [distribution("created_first")]: "stays",
        [distribution("deleted_first")]: "stays",
        [distribution("site")]: "stays",
      },
    ],
    [
      "forget",
      "awkward-removed",
      { [distribution("handed_over")]: "never is", [distribution("kept")]: "stays", [distribution("retired")]: "goes" },
    ],
    [
      "import",
      "awkward-import",
      {
        "aws_acm_certificate.site": "comes",
        [distribution("as_it_is")]: "comes",
        [distribution("made")]: "comes",
        [distribution("mended")]: "comes",
      },
    ],
    ["delete of a deposed object", "awkward-deposed", { [distribution("site")]: "stays" }],
    ["destroy", "awkward-destroy", { "aws_acm_certificate.site": "goes", [distribution("site")]: "goes" }],
    ["nothing", "aws-empty-plan", {}],
  ])("%s", (_, name, expected) => expect(lives(fixture(name))).toEqual(expected));

  test("a deposed object is not the one that took its place", () => {
    const [site, ...others] = fixture("awkward-deposed").instances;
    expect(others).toEqual([]);
    expect(site?.before?.values.id).toBe(site?.after?.values.id);
  });

  test("what moved says from where", () => {
    const moved = fixture("awkward-moved").instances.map(({ address, previousAddress }) => [address, previousAddress]);
    expect(Object.fromEntries(moved)).toEqual({
      "aws_cloudfront_distribution.manual": "aws_cloudfront_distribution.docs",
      'module.cdn["shop"].aws_cloudfront_distribution.this': "aws_cloudfront_distribution.site",
    });
  });

  test("a data source that was read while planning stands in the prior state alone", () => {
    const [document, ...others] = fixture("aws-only-data-sources").instances;
    expect(others).toEqual([]);
    expect(document).toMatchObject({ address: "data.aws_iam_policy_document.d", mode: "data" });
    expect(document?.after?.values.json).toContain("s3:GetObject");
  });

  test("one that is read during the apply stands among the changes", () => {
    const all = lives(fixture("awkward-data-sources"));
    expect(all).toMatchObject({
      "data.aws_acm_certificate.any": "comes",
      "data.terraform_remote_state.edge": "stays",
    });
  });

  test("managed resources of the prior state are not taken twice", () => {
    const addresses = fixture("aws-no-op-existing-bad").instances.map((one) => one.address);
    expect(addresses).toEqual(["aws_cloudfront_distribution.x"]);
  });
});

describe("actions made by hand", () => {
  const old = { size: 1 };
  const fresh = { size: 2 };
  test.each<[about: string, change: Partial<Change>, expected: string]>([
    ["read", { actions: ["read"], before: null, after: fresh }, "comes"],
    ["read again", { actions: ["read"], before: old, after: fresh }, "stays"],
    ["create, then forget", { actions: ["create", "forget"], before: old, after: fresh }, "stays"],
    ["forget, with values left", { actions: ["forget"], before: old, after: old }, "never is"],
    ["import without changes", { actions: ["no-op"], before: old, after: old, importing: { id: "x" } }, "comes"],
    ["importing: null says no import", { actions: ["no-op"], before: old, after: old, importing: null }, "stays"],
    ["delete, the key after left out", { actions: ["delete"], before: old, after: null }, "goes"],
    ["all of it unknown", { actions: ["create"], after: null, after_unknown: true }, "comes"],
    ["an action of a later version", { actions: ["mend"], before: old, after: fresh }, "stays"],
  ])("%s", (_, change, expected) => {
    expect(lives(plan({ changes: { "thing.a": change } }))).toEqual({ "thing.a": expected });
  });

  test("masks go with the side that they belong to", () => {
    const [instance] = plan({
      changes: {
        "thing.a": {
          actions: ["update"],
          before: old,
          after: fresh,
          after_unknown: { id: true },
          before_sensitive: { size: true },
          after_sensitive: { name: true },
        },
      },
    }).instances;
    expect(instance?.before).toEqual({ values: old, unknown: false, sensitive: { size: true } });
    expect(instance?.after).toEqual({ values: fresh, unknown: { id: true }, sensitive: { name: true } });
  });

  test("plans of old versions have no masks", () => {
    const [instance] = plan({ changes: { "thing.a": { after: fresh } } }).instances;
    expect(instance?.after).toEqual({ values: fresh, unknown: false, sensitive: false });
  });

  test("where it stands", () => {
    const address = 'module.a["x.y"].module.b[0].data.thing.name["k"]';
    expect(plan({ changes: { [address]: {} } }).instances).toMatchObject([
      { address, moduleAddress: 'module.a["x.y"].module.b[0]', mode: "data", type: "thing", name: "name", key: "k" },
    ]);
  });

  test("a deferred change is judged, and the plan is not complete", () => {
    const deferred = plan({
      complete: true,
      changes: { "thing.a": {} },
      deferred_changes: [{ resource_change: entry("thing.b", { after_unknown: { size: true } }) }],
    });
    expect(lives(deferred)).toEqual({ "thing.a": "comes", "thing.b": "comes" });
    expect(deferred.complete).toBe(false);
  });

  test("a deposed object is left out, deferred too", () => {
    const deposed = entry("thing.a", { actions: ["delete"], before: old, after: null }, { deposed: "0a1b2c3d" });
    const changes = [deposed, entry("thing.a", { actions: ["no-op"], before: old, after: old })];
    expect(lives(plan({ resource_changes: changes }))).toEqual({ "thing.a": "stays" });
    expect(lives(plan({ deferred_changes: [{ resource_change: deposed }] }))).toEqual({});
  });
});

test.each([
  ["-target", fixture("awkward-target"), false],
  ["a whole plan", fixture("aws-https-only"), true],
  ["a version that does not say", plan({}), true],
  ["complete: false", plan({ complete: false }), false],
])("complete: %s", (_, read, complete) => expect(read.complete).toBe(complete));

test("the head of a plan", () => {
  const { terraformVersion, ...read } = fixture("aws-count-zero");
  expect(read).toMatchObject({ kind: "plan", formatVersion: "1.2", variables: { on: { value: false } } });
  expect(terraformVersion).toMatch(/^1\.\d+\.\d+$/);
  expect(plan({})).toMatchObject({ terraformVersion: null, variables: {}, configuration: undefined });
});

describe("the prior state", () => {
  const data = entry("data.thing.a");
  const state = (resources: readonly object[], child: readonly object[] = []) =>
    ({
      values: { root_module: { resources, child_modules: [{ address: "module.a", resources: child }] } },
    }) as NonNullable<PlanJson["prior_state"]>;

  test("gives data sources of every module, before and after", () => {
    const read = plan({
      prior_state: state(
        [{ ...data, values: { size: 1 }, sensitive_values: { size: true } }],
        [{ ...entry("module.a.data.thing.b[0]"), values: { size: 2 } }],
      ),
    });
    expect(lives(read)).toEqual({ "data.thing.a": "stays", "module.a.data.thing.b[0]": "stays" });
    expect(read.instances).toMatchObject([
      { moduleAddress: undefined, after: { values: { size: 1 }, sensitive: { size: true } } },
      { moduleAddress: "module.a", key: 0, before: { values: { size: 2 }, unknown: false, sensitive: false } },
    ]);
  });

  test("gives no data source that is read anew, and nothing that is managed", () => {
    const read = plan({
      changes: { "data.thing.a": { actions: ["read"], after: {}, after_unknown: { size: true } } },
      prior_state: state([
        { ...data, values: { size: 1 } },
        { ...entry("thing.b"), values: {} },
      ]),
    });
    expect(lives(read)).toEqual({ "data.thing.a": "comes" });
    expect(read.instances[0]?.after?.values).toEqual({});
  });

  test.each([null, {}, { values: {} }])("can be %j", (prior_state) => {
    expect(plan({ prior_state }).instances).toEqual([]);
  });
});

describe("a state", () => {
  const read = planFromState(
    {
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: {
        root_module: {
          resources: [
            { address: "thing.a", mode: "managed", type: "thing", name: "a", values: { size: 1 } },
            { address: "thing.a", mode: "managed", type: "thing", name: "a", values: {}, deposed_key: "0a1b2c3d" },
            { address: "thing.empty", mode: "managed", type: "thing", name: "empty" },
          ],
          child_modules: [
            {
              address: 'module.a["k"]',
              child_modules: [
                {
                  address: 'module.a["k"].module.b',
                  resources: [
                    {
                      address: 'module.a["k"].module.b.thing.c[1]',
                      mode: "managed",
                      type: "thing",
                      name: "c",
                      index: 1,
                      sensitive_values: { size: true },
                      values: { size: 2 },
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    },
    "state.json",
  );

  test("exists before and after, deposed objects left out", () => {
    const inner = 'module.a["k"].module.b.thing.c[1]';
    expect(lives(read)).toEqual({ "thing.a": "stays", "thing.empty": "stays", [inner]: "stays" });
    expect(read.instances.find((one) => one.address === inner)).toMatchObject({
      moduleAddress: 'module.a["k"].module.b',
      key: 1,
      before: { values: { size: 2 }, unknown: false, sensitive: { size: true } },
    });
  });

  test("is complete, with no configuration to follow", () => {
    expect(read).toMatchObject({ kind: "state", path: "state.json", complete: true, variables: {} });
    expect(read.configuration).toBeUndefined();
  });

  test("can be empty", () => {
    expect(planFromState({ format_version: "1.0" }, "state.json").instances).toEqual([]);
    expect(planFromState({ format_version: "1.0", values: {} }, "state.json").instances).toEqual([]);
  });
});

test("a plan need not hold anything but its version", () => {
  expect(planFromJson({ format_version: "0.1" }, "plan.json")).toMatchObject({
    kind: "plan",
    path: "plan.json",
    formatVersion: "0.1",
    complete: true,
    instances: [],
  });
});

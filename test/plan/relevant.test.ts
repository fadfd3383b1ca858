// What has shaped a plan's changes, by relevant_attributes: all that an unknown local value can lead to.

import { describe, expect, test } from "vitest";
import type { ModuleStep } from "../../src/plan/address.ts";
import type { Expression } from "../../src/plan/plan.ts";
import type { View } from "../../src/plan/view.ts";
import { configured, type Made, refersTo, viewAfter } from "../support/made.ts";

describe("relevant attributes", () => {
  const made: Made = {
    changes: Object.fromEntries(
      ["policy.a", 'policy.b["x"]', "policy.ab", "data.policy.c", "policy_list.d", "thing.e"].map((address) => [
        address,
        { after_unknown: { id: true } },
      ]),
    ),
  };
  const relevantIn = (view: View, path: readonly ModuleStep[] = []) =>
    view.relevant({ policy: ["id"] }, view.scope(path))?.map((one) => one.address);
  const relevant = (relevant_attributes: NonNullable<Made["relevant_attributes"]>) =>
    relevantIn(viewAfter({ ...made, relevant_attributes }));

  test("name the resources that have shaped the plan, with all their instances", () => {
    expect(relevant([{ resource: "policy.a", attribute: ["id"] }])).toEqual(["policy.a"]);
    expect(relevant([{ resource: "policy.b", attribute: ["id"] }])).toEqual(['policy.b["x"]']);
    expect(relevant([{ resource: "data.policy.c", attribute: ["id"] }])).toEqual(["data.policy.c"]);
  });

  test("only by the attributes that identify them, and only of the types asked for", () => {
    expect(relevant([{ resource: "policy.a", attribute: ["name"] }])).toEqual([]);
    expect(relevant([{ resource: "policy_list.d", attribute: ["id"] }])).toEqual([]);
  });

  test("tell nothing beside one of another provider, which could hold anything", () => {
    const policy = { resource: "policy.a", attribute: ["id"] };
    expect(relevant([policy, { resource: "thing.e", attribute: ["id"] }])).toBeUndefined();
  });

  test("not where they are known already: what is not known cannot come from there", () => {
    const changes = { "policy.a": { after: { id: "known" } } };
    const relevant_attributes = [{ resource: "policy.a", attribute: ["id"] }];
    expect(relevantIn(viewAfter({ changes, relevant_attributes }))).toEqual([]);
  });

  test("are not in every plan", () => {
    expect(relevantIn(viewAfter(made))).toBeUndefined();
  });

  test("a data source that could hold anything tells nothing, unless all of it was read while planning", () => {
    const relevant_attributes = [
      { resource: "data.policy_item.c", attribute: ["id"] },
      { resource: "policy.a", attribute: ["id"] },
    ];
    const look = (...unknown: boolean[]) => {
      const read = unknown.map((after_unknown, key) => [`data.policy_item.c[${key}]`, { after_unknown }] as const);
      const changes = { ...made.changes, "data.policy_item.cd": { after_unknown: true }, ...Object.fromEntries(read) };
      return relevantIn(viewAfter({ changes, relevant_attributes }));
    };
    expect(look(false, false)).toEqual(["policy.a"]);
    expect(look(true, false)).toBeUndefined();
    expect(look(false, true)).toBeUndefined();
    expect(look()).toBeUndefined();
  });

  describe("for a module: what it holds and is given, as its local values come from nowhere else", () => {
    const addresses = [
      "policy.root",
      'module.site["a"].policy.own',
      'module.site["a"].module.inner.policy.deep',
      'module.site["b"].policy.own',
      "module.other.policy.own",
    ];
    const view = (expressions: { readonly [name: string]: Expression }) =>
      viewAfter({
        changes: Object.fromEntries(addresses.map((address) => [address, { after_unknown: { id: true } }])),
        relevant_attributes: addresses.map((resource) => ({ resource, attribute: ["id"] })),
        root: {
          resources: [configured("policy.root")],
          module_calls: {
            site: { expressions, module: { resources: [configured("policy.own")], module_calls: { inner: {} } } },
            other: { module: { outputs: { id: { expression: refersTo("policy.own.id") } } } },
          },
        },
      });
    const site = [{ name: "site", key: "a" }];
    const own = ['module.site["a"].policy.own', 'module.site["a"].module.inner.policy.deep'];

    test.each<[string, { readonly [name: string]: Expression }, readonly string[]]>([
      ["a constant", { name: { constant_value: "a" } }, own],
      ["a resource", { id: refersTo("policy.root.id") }, [...own, "policy.root"]],
      ["another module's output", { id: refersTo("module.other.id") }, [...own, "module.other.policy.own"]],
      ["a local value, which can be anything of its caller's", { id: refersTo("local.id") }, addresses],
    ])("%s", (_, expressions, expected) => {
      expect(relevantIn(view(expressions), site)).toEqual(expected);
    });

    test("a module in it is given what its caller has", () => {
      const inner = [...site, { name: "inner", key: undefined }];
      expect(relevantIn(view({}), inner)).toEqual([own[1]]);
      expect(relevantIn(view({}))).toEqual(addresses);
    });
  });
});

// Packs that hold something else than they must, and packs that fail: each is named, with its policy and the error.

import { describe, expect, test } from "vitest";
import type { Pack } from "../../src/config/config.ts";
import { checkPack, errorText, guardAdapter, guardPolicy, packFailures } from "../../src/config/pack.ts";
import type { Endpoint } from "../../src/facts/endpoint.ts";
import { known } from "../../src/plan/value.ts";
import type { EndpointPolicy } from "../../src/policy.ts";
import { plan, viewAfter } from "../support/made.ts";

const policy = {
  id: "own-policy",
  requires: "Require something",
  severity: "high",
  whenUnknown: "refuse",
  why: "w",
  fix: "f",
  references: [],
  controls: {},
  evaluate: (): unknown => [],
};

const checked = (pack: unknown) => () => checkPack(pack as Pack, "./pack.ts");

describe("what a pack must hold", () => {
  test("is there", () => {
    expect(checked({ policies: [policy], adapters: [{ id: "own/x", resourceTypes: ["a_b"] }] })).not.toThrow();
    expect(checked({ policies: [{ ...policy, options: { days: { description: "d", default: 1 } } }] })).not.toThrow();
  });

  test.each([
    [{ policies: {} }, "policies"],
    [{ policies: [null] }, "policies.0"],
    [{ policies: [{ ...policy, id: undefined }] }, "policies.0.id"],
    [{ policies: [{ ...policy, id: "Own Policy\n::error::x" }] }, "policies.0.id"],
    [{ policies: [policy, { ...policy, severity: "urgent" }] }, "policies.1.severity"],
    [{ policies: [{ ...policy, controls: undefined }] }, "policies.0.controls"],
    [{ policies: [{ ...policy, evaluate: "x" }] }, "policies.0.evaluate"],
    [{ policies: [{ ...policy, options: { days: 1 } }] }, "policies.0.options"],
    [{ adapters: [{ id: "own/x" }] }, "adapters.0.resourceTypes"],
    [{ adapters: [{ id: "own/x", resourceTypes: [], endpoints: 1 }] }, "adapters.0.endpoints"],
  ])("%j lacks %s", (pack, at) => {
    expect(checked(pack)).toThrow(`The pack ./pack.ts: ${at} is missing, or not what a pack has there.`);
  });

  test("a policy that judges nothing", () => {
    const { evaluate: _, ...idle } = policy;
    expect(checked({ policies: [idle] })).toThrow("The pack ./pack.ts: the policy own-policy judges nothing");
  });
});

const endpointOf = (more: object = {}) =>
  ({
    address: "a_b.c",
    kind: "x",
    names: [],
    certificates: [],
    routes: [],
    upstreams: [],
    ...more,
  }) as unknown as Endpoint;

/** What is noted when a policy does this. */
function failureOf(evaluate: (endpoint: Endpoint) => unknown, endpoint = endpointOf()): string | undefined {
  const failures = packFailures();
  const guarded = guardPolicy(
    { ...policy, evaluate } as unknown as EndpointPolicy,
    "./pack.ts",
    failures,
  ) as EndpointPolicy;
  const result = guarded.evaluate(endpoint, {});
  const [failure] = failures.take();
  if (failure) expect([result, failure.policy]).toEqual([[], "own-policy"]);
  expect(failures.take()).toEqual([]);
  return failure?.message;
}

const failing = (error: unknown) => () => {
  throw error;
};

describe("a policy that fails", () => {
  const who = "The policy own-policy of the pack ./pack.ts";

  test("is named, with its pack, the endpoint and the error", () => {
    expect(failureOf(failing(new TypeError("no such thing")))).toBe(
      `${who} failed at a_b.c: TypeError: no such thing.`,
    );
    expect(failureOf(failing("a text"))).toBe(`${who} failed at a_b.c: a text.`);
    expect(failureOf(failing(null))).toBe(`${who} failed at a_b.c: something that is no error was thrown.`);
  });

  test("says nothing of a value that is sensitive", () => {
    const endpoint = endpointOf({
      names: [{ ...known("secret.example", true), place: { address: "a_b.c", at: "x" } }],
    });
    const message = failureOf(failing(new TypeError("not a name: secret.example")), endpoint);
    expect(message).toBe(
      `${who} failed at a_b.c: TypeError, whose message is not shown, as it can hold a sensitive value.`,
    );
  });

  test.each([
    ["a text", "text", ""],
    ["a promise", Promise.resolve([]), ""],
    ["nothing", undefined, ""],
    ["a flag", [true], " (0)"],
    [
      "an outcome that there is not",
      [{ outcome: "good", message: "m", subject: "", place: { address: "a", at: "" }, related: [] }],
      " (0)",
    ],
    ["no place", [{ outcome: "pass", message: "", subject: "", related: [] }], " (0)"],
  ])("returned %s", (_, result, at) => {
    expect(failureOf(() => result)).toBe(`${who} returned something else than a list of judgements at a_b.c${at}.`);
  });

  test.each([
    ["no judgement", [undefined]],
    [
      "a pass",
      [{ outcome: "pass", message: "", unknown: undefined, subject: "", place: { address: "a", at: "" }, related: [] }],
    ],
    [
      "an unknown",
      [
        {
          outcome: "unknown",
          message: "m",
          unknown: { kind: "open", cause: { reason: "other", note: "n" } },
          subject: "",
          place: { address: "a", at: "" },
          related: [],
        },
      ],
    ],
  ])("does not: %s", (_, result) => expect(failureOf(() => result)).toBeUndefined());
});

describe("an adapter that fails", () => {
  const resources = (sensitive: boolean) =>
    viewAfter(
      plan({ changes: { "a_b.c": { after: { x: "y" }, after_sensitive: sensitive ? { x: true } : {} } } }),
    ).resources("a_b");

  function adapterFailure(endpoints: () => unknown, sensitive = false): string | undefined {
    const failures = packFailures();
    const adapter = { id: "own/x", resourceTypes: ["a_b"], endpoints: endpoints as () => readonly Endpoint[] };
    const [resource] = resources(sensitive);
    if (!resource) throw new Error("There is no resource.");
    guardAdapter(adapter, "./pack.ts", failures).endpoints?.(resource);
    return failures.take()[0]?.message;
  }

  const who = "The adapter own/x of the pack ./pack.ts";

  test("is named, and shows its error where nothing is sensitive", () => {
    expect(adapterFailure(failing(new Error("boom")))).toBe(`${who} failed at a_b.c: boom.`);
    expect(adapterFailure(failing(new Error("boom")), true)).toContain("Error, whose message is not shown");
    expect(adapterFailure(() => [{ address: "x" }])).toBe(
      `${who} returned something else than a list of endpoints at a_b.c (0.kind).`,
    );
    expect(adapterFailure(() => [endpointOf()])).toBeUndefined();
  });
});

test("an error in words is one line's worth, without Node's list of files", () => {
  expect(errorText(new Error("Cannot find module 'x'\nRequire stack:\n- /home/a.js"))).toBe("Cannot find module 'x'");
  expect(errorText(new RangeError(""))).toBe("RangeError");
});

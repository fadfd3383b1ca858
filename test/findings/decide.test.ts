// A plan and all that is accepted of it: waivers of the configuration and of the plan, and the baseline.

import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { baselineOf, emptyBaseline } from "../../src/findings/baseline.ts";
import { type Acceptance, decide, nothingAccepted } from "../../src/findings/decide.ts";
import type { Selection } from "../../src/findings/evaluate.ts";
import { digest } from "../../src/findings/fingerprint.ts";
import type { Waiver } from "../../src/findings/waivers.ts";
import { adapters } from "../../src/providers/registry.ts";
import { entry, plan } from "../support/made.ts";

const address = "aws_lb_listener.plain";
const today = new Date("2027-01-01T12:00:00Z");
const listener = { port: 80, protocol: "HTTP", default_action: [{ type: "forward" }] };

/** As the constructs write it, for what the listener does. */
const record = {
  rule: "https-only",
  resource: address,
  attribute: "default_action[0].type",
  fingerprint: digest("https-only", "default_action[0].type", "forward"),
  reason: "Behind a private link.",
  owner: "edge@example.com",
  until: "2027-03-31",
};

const holding = (before: readonly object[], after: readonly object[]) =>
  plan({
    resource_changes: [
      entry(address, { after: listener }),
      entry("terraform_data.tlsgate_waivers", {
        actions: ["update"],
        before: { input: before } as never,
        after: { input: after } as never,
      }),
    ],
  });
const bare = plan({ changes: { [address]: { after: listener } } });

const selection: Selection = { policies, adapters, enforcement: { "https-only": "mandatory" } };
const judged = (made = bare, acceptance: Partial<Acceptance> = {}, more: Partial<Selection> = {}) =>
  decide(
    made,
    { ...selection, ...more },
    { ...nothingAccepted, policies: policies.map(({ id }) => id), today, ...acceptance },
  );
const refusals = (decision: ReturnType<typeof judged>) =>
  decision.findings.filter(({ refuses }) => refuses).map(({ policy }) => policy);

test("without any acceptance a violation refuses the plan", () => {
  expect(refusals(decide(bare, selection, nothingAccepted))).toEqual(["https-only"]);
  expect(decide(bare, selection, nothingAccepted)).toMatchObject({ used: [], met: [], leftOut: undefined });
});

describe("waivers in the plan", () => {
  const [old, fresh] = [holding([record], [record]), holding([], [record])];

  test.each<[string, typeof old, Acceptance["ofPlan"], readonly string[]]>([
    ["count where all that are planned do", fresh, "planned", []],
    ["count where they have been applied before", old, "applied", []],
    ["do not excuse the change that adds them", fresh, "applied", ["https-only"]],
    ["accept nothing where none counts", old, "none", ["https-only"]],
  ])("%s", (_, made, ofPlan, expected) => expect(refusals(judged(made, { ofPlan }))).toEqual(expected));

  test("are said nothing of where none counts", () => {
    expect(refusals(decide(old, selection, nothingAccepted))).toEqual(["https-only"]);
    const broken = holding([], [{ ...record, owner: "" }]);
    expect(refusals(judged(broken, { ofPlan: "planned" }))).toEqual(["https-only", "waiver-malformed"]);
    expect(refusals(judged(broken, { ofPlan: "none" }))).toEqual(["https-only"]);
  });

  test("of a policy that is not judged are not called unused", () => {
    const notices = (more: Partial<Selection>) =>
      judged(holding([], [record]), { ofPlan: "planned" }, more)
        .findings.map(({ policy }) => policy)
        .filter((policy) => policy.startsWith("waiver"));
    const elsewhere = { ...record, resource: "aws_lb_listener.other" };
    expect(judged(holding([], [elsewhere]), { ofPlan: "planned" }).findings.map(({ policy }) => policy)).toContain(
      "waiver-unused",
    );
    expect(notices({ enforcement: { "hsts-enabled": "mandatory" } })).toEqual([]);
    expect(notices({ policies: policies.filter(({ id }) => id !== "https-only") })).toEqual([]);
  });

  test("are none of those that the configuration holds", () => {
    const waiver: Waiver = {
      policy: "https-only",
      address,
      reason: "Behind a private link.",
      owner: "edge@example.com",
      expires: "2027-03-31",
      file: "tlsgate.waivers.yaml",
      writtenIn: "tlsgate.waivers.yaml (waiver 1)",
    };
    expect(judged(bare, { waivers: [waiver] }).used).toEqual([waiver]);
    expect(judged(old, { ofPlan: "planned" }).used).toEqual([]);
  });
});

describe("fingerprints", () => {
  const of = (decision: ReturnType<typeof judged>) => decision.findings.map(({ fingerprint }) => fingerprint);

  test("name each violation, unless nobody asks for them", () => {
    const named = decide(bare, selection, nothingAccepted);
    expect(of(named)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(of(decide(bare, selection, nothingAccepted, false))).toEqual([""]);
    // A baseline needs them in any case.
    const baseline = baselineOf(named.findings);
    expect(decide(bare, selection, { ...nothingAccepted, baseline }, false)).toMatchObject({
      findings: [{ baseline: "known", refuses: false }],
      met: of(named),
    });
  });

  test("are none of those of an empty baseline", () => {
    expect(judged(bare, { baseline: emptyBaseline })).toMatchObject({
      findings: [{ baseline: "new", refuses: true }],
      met: [],
    });
  });
});

// The same configuration gets the same verdict before its first apply and after, and its state the same again.

import { describe, expect, test } from "vitest";
import type { Finding } from "../src/findings/finding.ts";
import { verdictOf } from "../src/findings/gate.ts";
import type { Plan } from "../src/plan/plan.ts";
import { readPlan } from "../src/plan/read.ts";
import { findings, fixture, planPath } from "./support/plans.ts";

const stateOf = (plan: string): Plan => readPlan(planPath(plan).replace(/plan\.json$/, "state.json"));

/** What was found where, but for how it compares with what exists. */
const verdicts = (plan: Plan | string): string[] =>
  findings(plan)
    .map(({ policy, address, at, outcome }) => `${policy} ${address} ${at}: ${outcome}`)
    .sort();

const only = (outcome: Finding["outcome"], plan: Plan | string): string[] => [
  ...new Set(
    findings(plan)
      .filter((one) => one.outcome === outcome)
      .map((one) => one.policy),
  ),
];

const changes = (plan: Plan | string, outcome: Finding["outcome"]): Set<Finding["change"]> =>
  new Set(
    findings(plan)
      .filter((one) => one.outcome === outcome)
      .map((one) => one.change),
  );

describe.each(["good", "bad"])("a %s site", (kind) => {
  const first = `awkward-first-apply-${kind}`;
  const after = `awkward-after-apply-${kind}`;

  test("first is all to be made, and after it nothing is left to do", () => {
    const managed = (plan: string) => fixture(plan).instances.filter((one) => one.mode === "managed");
    expect(managed(first).map((one) => one.address)).toEqual(managed(after).map((one) => one.address));
    expect(managed(first).filter((one) => one.before !== undefined)).toEqual([]);
    expect(managed(after).filter((one) => one.before === undefined || one.after === undefined)).toEqual([]);
    for (const { before, after: planned } of managed(after)) expect(planned?.values).toEqual(before?.values);
  });

  test("the verdict after the apply is that before", () => {
    expect(verdicts(after)).toEqual(verdicts(first));
    expect(verdicts(first).length).toBeGreaterThan(20);
    expect(verdictOf(findings(after))).toBe(verdictOf(findings(first)));
  });

  test("the state is judged as the plan that leaves it as it is", () => {
    expect(stateOf(after).kind).toBe("state");
    expect(verdicts(stateOf(after))).toEqual(verdicts(after));
  });

  test("what is wrong is introduced by the first apply, and old after it", () => {
    const [wrong, old] = kind === "bad" ? [["introduced"], ["existing"]] : [[], []];
    expect(changes(first, "fail")).toEqual(new Set(wrong));
    expect(changes(after, "fail")).toEqual(new Set(old));
    expect(changes(stateOf(after), "fail")).toEqual(new Set(old));
    expect([...changes(first, "pass"), ...changes(after, "pass")]).toEqual(["none", "none"]);
  });
});

test("the good site passes every policy, with nothing unknown", () => {
  const all = findings("awkward-first-apply-good");
  expect(all.filter((one) => one.outcome !== "pass")).toEqual([]);
  expect(verdictOf(all)).toBe("pass");
});

test("the bad site fails what it should, with nothing unknown", () => {
  expect(only("unknown", "awkward-first-apply-bad")).toEqual([]);
  expect(only("fail", "awkward-first-apply-bad").sort()).toEqual([
    "certificate-auto-renewal",
    "forward-secrecy",
    "hsts-enabled",
    "hsts-include-subdomains",
    "hsts-preload",
    "https-only",
    "minimum-tls-1-2",
    "modern-http",
    "origin-https-only",
    "origin-minimum-tls-1-2",
    "strong-ciphers",
  ]);
});

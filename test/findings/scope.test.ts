// What a plan changes, told alone: what is left out of each kind of finding, and what waivers and the baseline make of it.

import { expect, test } from "vitest";
import { profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { baselineOf } from "../../src/findings/baseline.ts";
import { decide, nothingAccepted } from "../../src/findings/decide.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { told } from "../../src/findings/scope.ts";
import type { Waiver } from "../../src/findings/waivers.ts";
import { adapters } from "../../src/providers/registry.ts";
import { fixture } from "../support/plans.ts";
import { finding } from "../support/report.ts";

const pass = { outcome: "pass", fix: null, refuses: false } as const;

test.each<[string, Partial<Finding>, boolean]>([
  ["an introduced violation", {}, true],
  ["an introduced unknown", { outcome: "unknown" }, true],
  ["an introduced violation that is waived", { waiver: {} as never }, true],
  ["an introduced violation that the baseline knows", { baseline: "known" }, true],
  ["what is fixed", { ...pass, change: "fixed" }, true],
  ["what is deleted", { ...pass, change: "fixed", deleted: true }, true],
  ["a notice about a waiver", { policy: "waiver-expired", change: "none" }, true],
  ["an existing violation", { change: "existing" }, false],
  ["an existing violation that is waived", { change: "existing", waiver: {} as never }, false],
  ["an existing violation that is new to the baseline", { change: "existing", baseline: "new" }, false],
  ["an existing unknown", { change: "existing", outcome: "unknown" }, false],
  ["a pass that was one", { ...pass, change: "none" }, false],
])("%s", (_, changes, isTold) => {
  const one = finding(changes);
  const { findings, leftOut } = told([one], "changed");
  expect(findings).toEqual(isTold ? [one] : []);
  expect(leftOut).toEqual({ pass: 0, fail: 0, unknown: 0, ...(isTold ? {} : { [one.outcome]: 1 }) });
  expect(told([one], "all")).toEqual({ findings: [one], leftOut: undefined });
});

const { enforcement } = profiles.recommended;
const selection = { policies, adapters, enforcement, failOn: "introduced" as const };
const judged = (name: string, accepted: Partial<typeof nothingAccepted> = {}) =>
  decide(fixture(name), selection, { ...nothingAccepted, ...accepted });

test("of a plan that changes nothing, nothing is told but how much that is", () => {
  const all = judged("aws-no-op-existing-bad").findings;
  const count = (outcome: string) => all.filter((one) => one.outcome === outcome).length;
  const { findings, leftOut } = judged("aws-no-op-existing-bad", { scope: "changed" });
  expect(findings).toEqual([]);
  expect(leftOut).toEqual({ pass: count("pass"), fail: count("fail"), unknown: count("unknown") });
  expect(leftOut?.fail).toBeGreaterThan(0);
});

test.each(["aws-update-good-to-bad", "aws-update-bad-to-good"])("of %s, all that changes", (name) => {
  const all = judged(name).findings;
  const { findings, leftOut } = judged(name, { scope: "changed" });
  expect(findings).toEqual(all.filter(({ change }) => change !== "none" && change !== "existing"));
  expect(findings).not.toEqual([]);
  expect(findings.length + Object.values(leftOut ?? {}).reduce((sum, one) => sum + one, 0)).toBe(all.length);
});

test("what is not told uses its waiver, and is met in the baseline", () => {
  const [old] = judged("aws-no-op-existing-bad").findings.filter(({ outcome }) => outcome === "fail");
  const { policy = "", address = "" } = old ?? {};
  const words = { reason: "r", owner: "o", expires: "2099-12-31", ticket: undefined, file: "f", writtenIn: "f" };
  const waiver: Waiver = { policy, address, ...words };
  const baseline = baselineOf(judged("aws-no-op-existing-bad").findings);
  const { findings, used, met } = judged("aws-no-op-existing-bad", { scope: "changed", waivers: [waiver], baseline });
  expect(findings).toEqual([]);
  expect(used).toEqual([waiver]);
  expect(met).toHaveLength(baseline.known.length);
});

// The JSON of a plan → report, as the settings want it, with the lines that its findings come from.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge, rulesOf } from "../../src/gate/judge.ts";
import { planPath } from "../support/plans.ts";

const directory = "test/plans/insecure-website";
const bytes = readFileSync(planPath("insecure-website"));

test("judges by the profile recommended", () => {
  const { verdict, plans } = judge(bytes, "site", rulesOf({}), directory);
  expect(verdict).toBe("refused");
  expect(plans).toMatchObject([{ path: "site", kind: "plan", verdict: "refused", endpoints: 1, complete: true }]);
});

test("says where in the configuration a finding comes from", () => {
  const [plan] = judge(bytes, "site", rulesOf({}), directory).plans;
  const plainHttp = plan?.findings.find(({ policy, outcome }) => policy === "https-only" && outcome === "fail");
  expect(plainHttp?.source?.file).toBe(`${directory}/main.tf`);
  const line = readFileSync(`${directory}/main.tf`, "utf8").split("\n")[(plainHttp?.source?.line ?? 0) - 1];
  expect(line).toContain('viewer_protocol_policy = "allow-all"');
});

test("takes a setting that is empty for none", () => {
  const settings = { TLSGATE_PROFILE: "", TLSGATE_UNKNOWN: "", TLSGATE_FAIL_ON: "", TLSGATE_PARTIAL: "" };
  expect(rulesOf(settings)).toEqual(rulesOf({}));
});

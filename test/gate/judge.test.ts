// The JSON of a plan → report, as the settings want it, with the lines that its findings come from.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge, rulesOf } from "../../src/gate/judge.ts";
import { planPath } from "../support/plans.ts";

const directory = "test/plans/insecure-website";
const bytes = readFileSync(planPath("insecure-website"));

test("judges by the profile recommended", async () => {
  const { verdict, plans } = await judge(bytes, "site", await rulesOf({}, directory), directory);
  expect(verdict).toBe("refused");
  expect(plans).toMatchObject([{ path: "site", kind: "plan", verdict: "refused", endpoints: 1, complete: true }]);
});

test("says where in the configuration a finding comes from", async () => {
  const [plan] = (await judge(bytes, "site", await rulesOf({}, directory), directory)).plans;
  const plainHttp = plan?.findings.find(({ policy, outcome }) => policy === "https-only" && outcome === "fail");
  expect(plainHttp?.source?.file).toBe(`${directory}/main.tf`);
  const line = readFileSync(`${directory}/main.tf`, "utf8").split("\n")[(plainHttp?.source?.line ?? 0) - 1];
  expect(line).toContain('viewer_protocol_policy = "allow-all"');
});

test("takes a setting that is empty for none", async () => {
  const settings = { TLSGATE_PROFILE: "", TLSGATE_UNKNOWN: "", TLSGATE_FAIL_ON: "", TLSGATE_PARTIAL: "" };
  const { selection, allowsPartial } = await rulesOf(settings, directory);
  expect({ selection, allowsPartial }).toEqual({ selection: (await rulesOf({}, directory)).selection, allowsPartial });
  expect(allowsPartial).toBe(false);
});

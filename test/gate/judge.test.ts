// The JSON of a plan → report, as the settings want it, with the lines that its findings come from.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judge, rulesOf, type ShownPlan } from "../../src/gate/judge.ts";
import { planPath } from "../support/plans.ts";

const directory = "test/plans/insecure-website";

/** A plan of which the file is encrypted, so that the JSON is all there is to judge. */
const shown = (name: string): ShownPlan => ({
  path: "site",
  planFile: Buffer.from('{"encrypted_data":""}'),
  json: readFileSync(planPath(name)),
  isPartial: false,
});

test("judges by the profile recommended", async () => {
  const { verdict, plans } = await judge(shown("insecure-website"), await rulesOf({}, directory), directory);
  expect(verdict).toBe("refused");
  expect(plans).toMatchObject([{ path: "site", kind: "plan", verdict: "refused", endpoints: 1, complete: true }]);
});

test("says where in the configuration a finding comes from", async () => {
  const [plan] = (await judge(shown("insecure-website"), await rulesOf({}, directory), directory)).plans;
  const plainHttp = plan?.findings.find(({ policy, outcome }) => policy === "https-only" && outcome === "fail");
  expect(plainHttp?.source?.file).toBe(`${directory}/main.tf`);
  const line = readFileSync(`${directory}/main.tf`, "utf8").split("\n")[(plainHttp?.source?.line ?? 0) - 1];
  expect(line).toContain('viewer_protocol_policy = "allow-all"');
});

describe("by the configuration", () => {
  const judgedBy = async (name: string, config: string, environment = {}) => {
    const place = mkdtempSync(join(tmpdir(), "tlsgate-judge-"));
    try {
      writeFileSync(join(place, "tlsgate.config.yaml"), config);
      return await judge(shown(name), await rulesOf(environment, place), place);
    } finally {
      rmSync(place, { recursive: true });
    }
  };
  const verdictBy = async (config: string, environment = {}) =>
    (await judgedBy("aws-tls-version-unknown", config, environment)).verdict;
  const warn = "policies: { minimum-tls-1-2: { unknown: warn } }";

  test("warns of what a plan does not tell a policy, unless the variable says otherwise", async () => {
    expect(await verdictBy("{}")).toBe("refused");
    expect(await verdictBy(warn)).toBe("pass");
    expect(await verdictBy(warn, { TLSGATE_UNKNOWN: "refuse" })).toBe("refused");
  });

  test("refuses resources that are not judged, where the configuration or the variable says so", async () => {
    const refuse = "notJudged: refuse";
    const verdictOf = async (config: string, environment = {}) => {
      const { verdict, summary } = await judgedBy("aws-not-judged", config, environment);
      return [verdict, summary.notJudged];
    };
    expect(await verdictOf("{}")).toEqual(["pass", 7]);
    expect(await verdictOf(refuse)).toEqual(["refused", 7]);
    expect(await verdictOf(refuse, { TLSGATE_NOT_JUDGED: "notice" })).toEqual(["pass", 7]);
    expect(await verdictOf("{}", { TLSGATE_NOT_JUDGED: "refuse" })).toEqual(["refused", 7]);
    expect(await verdictOf("notJudged: ignore")).toEqual(["pass", 0]);
    const overrides = 'overrides: [{ addresses: ["**"], notJudged: notice }]';
    expect(await verdictOf(`${refuse}\n${overrides}`)).toEqual(["pass", 7]);
  });

  test("tells and refuses for what changes alone", async () => {
    const { verdict, summary } = await judgedBy("aws-no-op-existing-bad", "scope: changed");
    expect([verdict, summary.checks, summary.leftOut?.fail]).toEqual(["pass", 0, 6]);
  });
});

test("takes a setting that is empty for none", async () => {
  const settings = {
    TLSGATE_PROFILE: "",
    TLSGATE_UNKNOWN: "",
    TLSGATE_NOT_JUDGED: "",
    TLSGATE_FAIL_ON: "",
    TLSGATE_PARTIAL: "",
  };
  const { selection, allowsPartial } = await rulesOf(settings, directory);
  expect({ selection, allowsPartial }).toEqual({ selection: (await rulesOf({}, directory)).selection, allowsPartial });
  expect(allowsPartial).toBe(false);
});

// What a code host keeps track of: the order, the places and the fingerprints of issues.

import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.ts";
import { issuesOf, sentencesOf } from "../../src/report/issues.ts";
import type { PlanReport } from "../../src/report/report.ts";
import { finding, planWith, reportOn } from "../support/report.ts";

const waiver = {
  reason: "behind a VPN",
  owner: "web-team",
  expires: "2027-05-31",
  ticket: "WEB-12",
  writtenIn: "tlsgate.waivers.yaml (waiver 1)",
};

const source = { file: "modules/site/main.tf", line: 12, column: 3 };

const issues = (findings: readonly Finding[], changes: Partial<PlanReport> = {}, directory?: string) =>
  issuesOf(reportOn(planWith(findings, changes)), directory);

describe("the order", () => {
  test("is what refuses, what is open, what is settled; each by severity, failures first", () => {
    const inOrder = [
      finding({ message: "refuses, critical", severity: "critical" }),
      finding({ message: "refuses, low", severity: "low" }),
      finding({ message: "refuses, low, unknown", severity: "low", outcome: "unknown" }),
      finding({ message: "open, high", severity: "high", refuses: false }),
      finding({ message: "open, medium", severity: "medium", refuses: false }),
      finding({ message: "waived, critical", severity: "critical", refuses: false, waiver }),
      finding({ message: "known, high", severity: "high", refuses: false, baseline: "known" }),
    ];
    const messages = issues([...inOrder].reverse()).map((one) => one.finding.message);
    expect(messages).toEqual(inOrder.map((one) => one.message));
  });

  test("leaves out what passes, and what the plan fixes", () => {
    expect(issues([finding({ outcome: "pass" }), finding({ outcome: "pass", change: "fixed" })])).toEqual([]);
  });
});

describe("the place", () => {
  const placeOf = (one: Finding, changes: Partial<PlanReport> = {}, directory?: string) =>
    issues([one], changes, directory)[0]?.place;

  test("is the source", () => {
    expect(placeOf(finding({ source }))).toEqual({ path: source.file, isDirectory: false, line: 12, column: 3 });
  });

  test.each([
    ["plan.json", "."],
    ["-", "."],
    ["infra/prod/plan.json", "infra/prod"],
    ["./infra/tfplan", "infra"],
    ["infra\\prod\\plan.json", "infra/prod"],
    ["/srv/infra/plan.json", "/srv/infra"],
    ["C:\\infra\\plan.json", "C:/infra"],
  ])("without a source is the directory of the plan %s, never the plan", (path, directory) => {
    expect(placeOf(finding(), { path })).toEqual({ path: directory, isDirectory: true, line: 1, column: undefined });
  });

  test("of a notice on a file of waivers is the file", () => {
    const path = "tlsgate.waivers.yaml";
    expect(placeOf(finding(), { path, kind: "waivers" })).toMatchObject({ path, isDirectory: false, line: 1 });
  });

  test.each([
    [source.file, "stacks/web", "stacks/web/modules/site/main.tf"],
    ["..\\shared\\main.tf", "stacks/web/", "stacks/shared/main.tf"],
    ["/srv/main.tf", "stacks/web", "/srv/main.tf"],
  ])("%s in the working directory %s is %s in the repository", (file, directory, path) => {
    expect(placeOf(finding({ source: { ...source, file } }), {}, directory)?.path).toBe(path);
    expect(placeOf(finding(), {}, directory)?.path).toMatch(/^stacks\/web/);
  });
});

describe("the fingerprint", () => {
  const fingerprints = (...findings: readonly Finding[]) => issues(findings).map((one) => one.fingerprint);

  test("is the finding's own, wherever it stands", () => {
    const fingerprint = "a".repeat(64);
    expect(fingerprints(finding({ fingerprint }))).toEqual([fingerprint]);
    expect(fingerprints(finding({ fingerprint, source: { ...source, line: 99 } }))).toEqual([fingerprint]);
  });

  test("is made of what was found where there is none, and is another for another finding", () => {
    const [one = ""] = fingerprints(finding({ policy: "waiver-unused" }));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprints(finding({ policy: "waiver-unused", source }))).toEqual([one]);
    expect(fingerprints(finding({ policy: "waiver-unused", message: "another" }))).not.toEqual([one]);
  });

  test("is no other's, in one plan and in several", () => {
    const fingerprint = "b".repeat(64);
    const plan = planWith([finding({ fingerprint }), finding({ fingerprint, message: "another" })]);
    const all = issuesOf(reportOn(plan, { ...plan, path: "prod.json" })).map((one) => one.fingerprint);
    expect(all).toEqual([fingerprint, `${fingerprint}:2`, `${fingerprint}:3`, `${fingerprint}:4`]);
  });
});

describe("the sentences", () => {
  test("say in the first what is wrong, then what to do, then why it is accepted", () => {
    expect(sentencesOf(finding({ waiver }))).toBe(
      "test_endpoint.sample: accepts TLS 1.0 (tls[0].floor). Raise the floor. Waived: behind a VPN (owner: web-team; until 2027-05-31; ticket: WEB-12; written in tlsgate.waivers.yaml (waiver 1)).",
    );
  });

  test("tell a question from a violation, and what is known from what is new", () => {
    const text = sentencesOf(finding({ outcome: "unknown", at: "", baseline: "known", message: "known after apply" }));
    expect(text).toBe(
      "test_endpoint.sample: cannot be told: known after apply. Make sure of it: Raise the floor. Known to the baseline.",
    );
  });

  test("stay on one line, printable and of a bearable length", () => {
    const text = sentencesOf(finding({ address: `test.x["\n::error::\u202e\u001b[2J${"a".repeat(9000)}"]` }));
    expect(text).toMatch(/^test\.x\[" ::error::\\u202e\\u001b\[2Ja{1000}/);
    expect(text).not.toContain("\n");
    expect([...text]).toHaveLength(2000);
  });
});

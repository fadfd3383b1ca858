// One finding a line, parsed line by line as a warehouse does.

import { describe, expect, test } from "vitest";
import { ndjson } from "../../src/report/ndjson.ts";
import { wellFormed } from "../../src/report/printable.ts";
import type { Report } from "../../src/report/report.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";
import { hostile, hostileFindings, sample } from "../support/sample-report.ts";

type Row = { readonly [field: string]: unknown };

const rowsOf = (report: Report): Row[] =>
  ndjson(report)
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);

test("golden", async () => {
  await expect(ndjson(sample)).toMatchFileSnapshot("golden/findings.ndjson");
});

test("a line tells the finding, its plan and the tool", () => {
  const [row] = rowsOf(reportOn(planWith([finding({ fingerprint: "ab12", baseline: "new" })])));
  expect(row).toEqual({
    schemaVersion: 1,
    tool: "tlsgate",
    toolVersion: "1.2.3",
    plan: "plan.json",
    planKind: "plan",
    planVerdict: "refused",
    planComplete: true,
    terraformVersion: "1.11.4",
    policy: "minimum-tls-1-2",
    severity: "high",
    enforcement: "mandatory",
    address: "test_endpoint.sample",
    attribute: "tls[0].floor",
    outcome: "fail",
    change: "introduced",
    message: "accepts TLS 1.0",
    unknownKind: null,
    noFix: null,
    fix: "Raise the floor.",
    refuses: true,
    waived: false,
    waiverOwner: null,
    waiverExpires: null,
    waiverReason: null,
    waiverTicket: null,
    fingerprint: "ab12",
    baseline: "new",
    file: null,
    line: null,
    columnNumber: null,
    constructPath: null,
    module: null,
    moduleVersion: null,
  });
});

test("a waiver and a source are fields of their own", () => {
  const waiver = { reason: "old client", owner: "edge", expires: "2027-03-31", ticket: undefined, writtenIn: "w.yaml" };
  const source = { file: "main.ts", line: 3, column: 5, constructPath: "site/cdn" };
  const [row] = rowsOf(reportOn(planWith([finding({ waiver, source, refuses: false })])));
  expect(row).toMatchObject({
    waived: true,
    waiverOwner: "edge",
    waiverExpires: "2027-03-31",
    waiverReason: "old client",
    waiverTicket: null,
    file: "main.ts",
    line: 3,
    columnNumber: 5,
    constructPath: "site/cdn",
  });
});

test("an input that could not be judged is a line too", () => {
  const [row, ...others] = rowsOf(reportOn(unjudged("broken.json")));
  expect(row).toMatchObject({
    plan: "broken.json",
    planVerdict: "error",
    outcome: "error",
    refuses: true,
    policy: null,
  });
  expect(others).toEqual([]);
});

test("a plan without an endpoint has no line", () => expect(ndjson(reportOn("aws-empty-plan"))).toBe(""));

describe("every line", () => {
  test.each(planNames)("%s: as many as findings, passes among them", (name) => {
    const { findings } = planReport(name);
    const rows = rowsOf(reportOn(name));
    expect(rows.map(({ policy, address, outcome }) => [policy, address, outcome])).toEqual(
      findings.map(({ policy, address, outcome }) => [policy, address, outcome]),
    );
  });

  test("has fields that SQL needs no quotes for", () => {
    const words =
      /^(all|any|as|asc|at|between|by|case|check|column|default|desc|end|from|group|in|limit|not|null|offset|on|order|primary|references|row|rows|select|table|then|to|unique|user|values|when|where|window|with)$/i;
    for (const field of Object.keys(rowsOf(sample)[0] ?? {})) {
      expect(field).toMatch(/^[a-z][A-Za-z]*$/);
      expect(field).not.toMatch(words);
    }
  });

  test("has the same fields in the same order, and nothing nested", () => {
    const rows = [...rowsOf(sample), ...rowsOf(hostile)];
    const shapes = new Set(rows.map((row) => Object.keys(row).join()));
    expect(shapes.size).toBe(1);
    for (const row of rows) {
      for (const value of Object.values(row)) expect(value === null || typeof value !== "object").toBe(true);
    }
  });
});

test("hostile names stay on their line, and are read back as they were", () => {
  expect(controlsIn(ndjson(hostile))).toEqual([]);
  const rows = rowsOf(hostile).filter(({ outcome }) => outcome !== "error");
  expect(rows.map(({ message, policy }) => [message, policy])).toEqual(
    hostileFindings.map(({ message, policy }) => [wellFormed(message), wellFormed(policy)]),
  );
});

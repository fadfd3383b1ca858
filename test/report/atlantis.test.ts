// conftest's JSON: its own shape, and what Atlantis looks for in its text.

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { atlantis } from "../../src/report/atlantis.ts";
import { printable } from "../../src/report/printable.ts";
import { type Report, unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";
import { eachKind, hostile, hostileFindings, hostileTexts, passing, sample } from "../support/sample-report.ts";

/** The Go types that conftest marshals: CheckResult, Result and Location in its output/result.go. */
const results = {
  type: "array",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["filename", "namespace", "successes"],
    properties: {
      filename: { type: "string" },
      namespace: { type: "string" },
      successes: { type: "integer", minimum: 0 },
      warnings: { $ref: "#/definitions/entries" },
      failures: { $ref: "#/definitions/entries" },
      exceptions: { $ref: "#/definitions/entries" },
    },
  },
  definitions: {
    // `omitempty`: an empty list is left out.
    entries: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["msg"],
        properties: {
          msg: { type: "string", minLength: 1 },
          loc: {
            type: "object",
            additionalProperties: false,
            properties: { file: { type: "string" }, line: { type: "integer", minimum: 1 } },
          },
          metadata: { type: "object" },
        },
      },
    },
  },
};

const isConftest = new Ajv().compile(results);

/** What Atlantis makes of it, by its versions: conftest's output, and that of a custom check (of old, and of today). */
const atlantisSees = (output: string) => ({
  isConftest: /^(WARN|FAIL|\[)/.test(output),
  native: !/([1-9]([0-9]?)* failure|failures": \[)/.test(output),
  customOfOld: !output.toLowerCase().includes("fail"),
  custom: !/([1-9][0-9]* failure|failures": \[)/.test(output) && !output.trim().startsWith("FAIL"),
});

const passes = { isConftest: true, native: true, customOfOld: true, custom: true };
const refuses = { isConftest: true, native: false, customOfOld: false, custom: false };

const parsed = (report: Report) => JSON.parse(atlantis(report));

test("golden", async () => {
  await expect(atlantis(sample)).toMatchFileSnapshot("golden/atlantis.txt");
});

describe("Atlantis", () => {
  test.each([
    ["a plan that passes", reportOn("secure-website"), passes],
    ["one with warnings, waivers and a baseline", passing, passes],
    ["one that is refused", reportOn(planWith([finding()])), refuses],
    ["one that cannot be judged", reportOn(unjudged("broken.json")), refuses],
    ["one that passes beside one that is refused", reportOn("secure-website", planWith([finding()])), refuses],
  ])("sees what becomes of %s", (_, report, seen) => expect(atlantisSees(atlantis(report))).toEqual(seen));

  test.each(planNames)("sees what becomes of %s", (name) => {
    const report = reportOn(name);
    expect(atlantisSees(atlantis(report))).toEqual(report.verdict === "pass" ? passes : refuses);
  });

  test.each([
    "failover",
    "FAILOVER",
    "aFail",
    "1 failure",
    '"failures": [',
    "\\fail",
    "\fail",
    "\ud8fail",
    "fa\u0131l",
    "\\\\fail",
  ])("is not misled by a name such as %j, which is read back as it was", (name) => {
    const report = reportOn(
      planWith([finding({ address: name, message: name, fix: name, refuses: false })], { path: name }),
    );
    expect(atlantisSees(atlantis(report))).toEqual(passes);
    expect(parsed(report)[0].filename).toBe(name);
    expect(parsed(report)[0].warnings[0].metadata).toMatchObject({ address: name, advice: name });
  });
});

describe("conftest", () => {
  test.each(planNames)("%s has its shape", (name) => {
    expect(isConftest(parsed(reportOn(name))), JSON.stringify(isConftest.errors)).toBe(true);
  });

  test("counts every finding once", () => {
    const [edge] = parsed(reportOn(planWith(eachKind)));
    expect(edge.successes).toBe(2);
    expect(edge.failures).toHaveLength(4);
    expect(edge.warnings).toHaveLength(3);
    expect(edge.exceptions).toHaveLength(1);
  });

  test("has one result a plan", () => {
    expect(parsed(sample).map((one: { filename: string }) => one.filename)).toEqual([
      "edge/plan.json",
      "shop/plan.json",
      "broken.json",
    ]);
  });

  test("says what is wrong, where, and what to do", () => {
    const [{ failures }] = parsed(
      reportOn(planWith([finding({ outcome: "unknown", source: { file: "main.tf", line: 4, column: 1 } })])),
    );
    expect(failures).toEqual([
      {
        msg: "minimum-tls-1-2: cannot be told: accepts TLS 1.0 (test_endpoint.sample · tls[0].floor)",
        loc: { file: "main.tf", line: 4 },
        metadata: {
          policy: "minimum-tls-1-2",
          severity: "high",
          address: "test_endpoint.sample",
          at: "tls[0].floor",
          change: "introduced",
          advice: "Make sure of it: Raise the floor.",
        },
      },
    ]);
  });

  test("says who accepts a violation, and why", () => {
    const [{ exceptions }] = parsed(reportOn(planWith(eachKind)));
    expect(exceptions[0].metadata.waiver).toMatchObject({ owner: "platform-team", expires: "2027-03-31" });
  });
});

describe("hostile names", () => {
  test("are read back as they were, without a control character in the text", () => {
    expect(isConftest(parsed(hostile)), JSON.stringify(isConftest.errors)).toBe(true);
    expect(controlsIn(atlantis(hostile))).toEqual([]);
    const result = parsed(hostile)[hostileTexts.length];
    const shown = [...result.failures, ...result.warnings, ...result.exceptions].map(({ metadata }) => metadata.policy);
    expect(shown.sort()).toEqual(hostileFindings.map(({ policy }) => policy).sort());
  });

  test("do not pass for failures", () => {
    const harmless = hostileFindings.map((one) => ({ ...one, refuses: false }));
    const report = reportOn(...hostileTexts.map((path) => planWith(harmless, { path })));
    expect(atlantisSees(atlantis(report))).toEqual(passes);
    expect(parsed(report)[0].filename).toBe(hostileTexts[0]);
    expect(printable(atlantis(report))).toBe(atlantis(report));
  });
});

test("a plan that is refused is told with its words as they are", () => {
  const { findings } = planReport("insecure-website");
  const refusing = findings.filter((one) => one.refuses);
  for (const { message } of refusing)
    expect(atlantis(reportOn("insecure-website"))).toContain(JSON.stringify(message).slice(1, -1));
});

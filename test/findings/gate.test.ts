// Findings → verdict and exit code.

import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.ts";
import { exitCode, type Verdict, verdictOf, worst } from "../../src/findings/gate.ts";

const finding = (changes: Partial<Finding>): Finding => ({
  policy: "sample",
  severity: "high",
  enforcement: "mandatory",
  address: "test_endpoint.sample",
  at: "",
  outcome: "fail",
  change: "introduced",
  message: "",
  unknown: null,
  noFix: null,
  assumed: null,
  fix: null,
  remedy: null,
  related: [],
  waiver: null,
  fingerprint: "",
  baseline: null,
  source: null,
  refuses: false,
  ...changes,
});

describe("verdictOf", () => {
  test.each<[string, readonly Finding[], Verdict]>([
    ["nothing found", [], "pass"],
    ["only what does not refuse", [finding({}), finding({ outcome: "unknown" })], "pass"],
    ["one that refuses", [finding({}), finding({ refuses: true }), finding({})], "refused"],
  ])("%s", (_, findings, verdict) => expect(verdictOf(findings)).toBe(verdict));
});

describe("worst", () => {
  test.each<[readonly Verdict[], Verdict]>([
    [[], "pass"],
    [["pass", "pass"], "pass"],
    [["refused", "pass"], "refused"],
    [["pass", "error", "refused"], "error"],
    [["error", "pass"], "error"],
  ])("%j is %s", (verdicts, expected) => expect(worst(verdicts)).toBe(expected));
});

test.each<[Verdict, number]>([
  ["pass", 0],
  ["refused", 1],
  ["error", 2],
])("%s exits with %i", (verdict, code) => expect(exitCode(verdict)).toBe(code));

// The JSON report, against the schema that the package publishes.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { profiles } from "../../policies/profiles.ts";
import { inventoryOf } from "../../src/facts/collect.ts";
import { adapters } from "../../src/providers/registry.ts";
import { json } from "../../src/report/json.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNamed, planNames, planReport, planWith, reportOn } from "../support/report.ts";
import { openPlaces, readSchema } from "../support/schema.ts";

const schema = readSchema("report");
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const validate = ajv.addSchema(readSchema("endpoints")).compile(schema);

const errorsOf = (document: unknown) => (validate(document) ? [] : validate.errors);

const documentOf = (...plans: Parameters<typeof reportOn>) => JSON.parse(json(reportOn(...plans)));

describe("the schema", () => {
  test("leaves no place open and none without a word to its reader", () => expect(openPlaces(schema)).toEqual([]));

  test.each(planNames)("holds for %s", (name) => {
    for (const { enforcement } of Object.values(profiles)) {
      expect(errorsOf(documentOf(planReport(name, { enforcement })))).toEqual([]);
    }
  });

  test("holds for several plans, one of which could not be read", () => {
    expect(errorsOf(documentOf("aws-https-only", unjudged("broken.json")))).toEqual([]);
  });

  test("holds for endpoints before and after, for a waiver and for what a baseline tells", () => {
    const inventory = {
      before: inventoryOf(planNamed("aws-update-good-to-bad"), "before", adapters).endpoints,
      after: inventoryOf(planNamed("aws-update-good-to-bad"), "after", adapters).endpoints,
    };
    const waiver = { reason: "r", owner: "o", expires: "2027-03-31", ticket: "T-1", writtenIn: "tlsgate.waivers.yaml" };
    const found = finding({ waiver, baseline: "known", fingerprint: "0".repeat(64) });
    expect(errorsOf(documentOf(planWith([found], { inventory })))).toEqual([]);
    expect(errorsOf(documentOf(planWith([finding({ waiver: { ...waiver, expires: "soon" } })])))).not.toEqual([]);
  });

  test("holds for a remedy that is a reference, and for one that is a list", () => {
    const remedies = [{ reference: "test_certificate.issued.arn" }, ["TLS 1.2"], true, 31_536_000].map((value) =>
      finding({ remedy: { address: "test_endpoint.sample", attribute: "tls", value } }),
    );
    expect(errorsOf(documentOf(planWith(remedies)))).toEqual([]);
  });

  test.each<[string, (document: ReturnType<typeof documentOf>) => void]>([
    ["another field at the top", (document) => Object.assign(document, { extra: 1 })],
    ["another field of a plan", ({ plans }) => Object.assign(plans[0], { extra: 1 })],
    ["another field of a finding", ({ plans }) => Object.assign(plans[0].findings[0], { extra: true })],
    ["a missing field", ({ plans }) => delete plans[0].findings[0].waiver],
    ["another version", (document) => Object.assign(document, { schemaVersion: 2 })],
    ["a verdict that does not exist", (document) => Object.assign(document, { verdict: "warn" })],
    ["a pass that is introduced", ({ plans }) => Object.assign(plans[0].findings[0], { change: "introduced" })],
    [
      "a failure without a fix",
      ({ plans }) => Object.assign(plans[0].findings[0], { outcome: "fail", change: "existing", fix: null }),
    ],
    ["a negative count", ({ summary }) => Object.assign(summary, { fixed: -1 })],
  ])("refuses %s", (_, change) => {
    const document = documentOf("secure-website");
    expect(document.plans[0].findings[0].outcome).toBe("pass");
    change(document);
    expect(errorsOf(document)).not.toEqual([]);
  });
});

describe("the report", () => {
  test("has its fields in the published order", () => {
    const document = documentOf("insecure-website");
    expect(Object.keys(document)).toEqual(["schemaVersion", "tool", "verdict", "summary", "plans"]);
    expect(Object.keys(document.plans[0])).toEqual([
      "path",
      "kind",
      "formatVersion",
      "terraformVersion",
      "complete",
      "verdict",
      "findings",
      "endpoints",
      "chains",
      "notJudged",
    ]);
    expect(Object.keys(document.plans[0].findings[0])).toEqual([
      "policy",
      "severity",
      "enforcement",
      "address",
      "at",
      "outcome",
      "change",
      "message",
      "unknown",
      "noFix",
      "assumed",
      "fix",
      "remedy",
      "related",
      "waiver",
      "fingerprint",
      "baseline",
      "source",
      "refuses",
    ]);
    expect(document.tool).toEqual({ name: "tlsgate", version: "1.2.3" });
  });

  test("lists passes, and what the plan fixes as passes", () => {
    const { summary, plans } = documentOf("aws-update-bad-to-good");
    const { findings } = plans[0] as { findings: { policy: string; outcome: string; change: string }[] };
    const count = (test: (one: { outcome: string; change: string }) => boolean) => findings.filter(test).length;
    expect(findings.find((one) => one.policy === "https-only")).toMatchObject({ outcome: "pass", change: "fixed" });
    expect(summary).toMatchObject({
      plans: 1,
      endpoints: 1,
      checks: findings.length,
      pass: count((one) => one.outcome === "pass"),
      fail: count((one) => one.outcome === "fail"),
      unknown: count((one) => one.outcome === "unknown"),
      refusing: 0,
      introduced: count((one) => one.change === "introduced"),
      existing: count((one) => one.change === "existing"),
      fixed: count((one) => one.change === "fixed"),
    });
    expect(summary.fixed).toBeGreaterThan(0);
    expect(summary.pass).toBeGreaterThan(summary.fixed);
  });

  test("gives the worst verdict of its plans", () => {
    expect(documentOf("aws-https-only").verdict).toBe("pass");
    expect(documentOf("aws-https-only", "insecure-website").verdict).toBe("refused");
    expect(documentOf(unjudged("broken.json"), "insecure-website").verdict).toBe("error");
  });

  test("writes control characters as escapes, so that it says the same and harms no terminal", () => {
    const address = 'test_endpoint.sample["\u001b[2J\u009b\u202e\u0007"]';
    const text = json(reportOn(planWith([finding({ address })])));
    expect(controlsIn(address)).not.toEqual([]);
    expect(controlsIn(text)).toEqual([]);
    expect(JSON.parse(text).plans[0].findings[0].address).toBe(address);
  });
});

test("the package exports its schemas", () => {
  const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  for (const name of ["report", "endpoints"]) {
    expect(exports[`./schemas/${name}.schema.json`]).toBe(`./schemas/${name}.schema.json`);
    expect(readSchema(name)).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#" });
  }
});

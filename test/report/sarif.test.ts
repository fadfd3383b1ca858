// SARIF, against the schema of the format and what GitHub code scanning takes of it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import type { Policy } from "../../src/policy.ts";
import { type Report, unjudged } from "../../src/report/report.ts";
import { type SarifOptions, sarif } from "../../src/report/sarif.ts";
import { controlsIn, finding, planNames, planWith, reportOn } from "../support/report.ts";

type Plans = Parameters<typeof reportOn>;

/** The package is there for its copy of the schema, that of https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/ */
const schemaPath = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

const isUri = (text: string): boolean => URL.canParse(text);
const isReference = (text: string): boolean =>
  /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})*$/.test(text) && URL.canParse(text, "file:///base/");

/** Its draft, 04, differs from what ajv takes in nothing that it uses but the name of `id`; one pattern is none of Unicode. */
const { id: _id, $schema: _draft, ...schema } = JSON.parse(readFileSync(schemaPath, "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat("uri", isUri);
ajv.addFormat("uri-reference", isReference);
ajv.addFormat("date-time", true);
const validate = ajv.compile(schema);

const errorsOf = (log: unknown) => (validate(log) ? [] : validate.errors);

const logOf = (report: Report, options: Partial<SarifOptions> = {}) =>
  JSON.parse(sarif({ policies, ...options })(report));

const runOf = (...plans: Plans) => logOf(reportOn(...plans)).runs[0];

const waiver = { reason: "a VPN", owner: "web", expires: "2027-05-31", ticket: "WEB-1", writtenIn: "waivers.yaml" };

const source = { file: "site/main.tf", line: 7, column: 5 };

// biome-ignore lint/suspicious/noExplicitAny: the format is what is tested
type Json = any;

describe("the schema", () => {
  test("is that of 2.1.0, without what only its draft has", () => {
    expect(schema.title).toContain("2.1.0");
    expect(JSON.stringify(schema)).not.toMatch(/"exclusive(Minimum|Maximum)"/);
  });

  test.each(planNames)("holds for %s", (name) => {
    const report = reportOn(name);
    const log = logOf(report);
    expect(errorsOf(log)).toEqual([]);
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0].results).toHaveLength(report.summary.fail + report.summary.unknown);
  });

  test("holds for all that a result can be, and for several plans, one of which could not be read", () => {
    const plan = planWith(
      [
        finding({ source, fingerprint: "1".repeat(64), baseline: "new" }),
        finding({ waiver, refuses: false, baseline: "known" }),
        finding({ outcome: "unknown", related: ["test_certificate.x"], at: "" }),
        finding({ policy: "waiver-unused", severity: "low", enforcement: "advisory", refuses: false }),
        finding({ source: { ...source, file: "C:\\a b\\ü#?.tf" } }),
      ],
      { complete: false, kind: "configuration" },
    );
    expect(errorsOf(logOf(reportOn(plan, unjudged("broken.json")), { category: "web" }))).toEqual([]);
  });

  test.each<[string, (run: Json) => void]>([
    ["another field of a run", (run) => Object.assign(run, { extra: 1 })],
    ["another field of a result", (run) => Object.assign(run.results[0], { fingerprint: "a" })],
    ["a result without a message", (run) => delete run.results[0].message],
    ["a kind that does not exist", (run) => Object.assign(run.results[0], { kind: "unknown" })],
    ["a level that does not exist", (run) => Object.assign(run.results[0], { level: "critical" })],
    ["a state that does not exist", (run) => Object.assign(run.results[0], { baselineState: "known" })],
    ["a line 0", (run) => Object.assign(run.results[0].locations[0].physicalLocation.region, { startLine: 0 })],
    ["a URI with a space", (run) => Object.assign(uriHolder(run.results[0]), { uri: "a b.tf" })],
    ["a URI with a backslash", (run) => Object.assign(uriHolder(run.results[0]), { uri: "a\\b.tf" })],
    ["a rule without an id", (run) => delete run.tool.driver.rules[0].id],
    ["a column kind that does not exist", (run) => Object.assign(run, { columnKind: "utf8" })],
  ])("refuses %s", (_, change) => {
    const log = logOf(reportOn("insecure-website"));
    change(log.runs[0]);
    expect(errorsOf(log)).not.toEqual([]);
  });
});

const uriHolder = (result: Json) => result.locations[0].physicalLocation.artifactLocation;

test("reads well", async () => {
  const plan = planWith(
    [
      finding({ source, fingerprint: "1".repeat(64), baseline: "new" }),
      finding({
        outcome: "unknown",
        message: "known after apply",
        address: 'module.site["eu"].test_endpoint.sample',
        fingerprint: "2".repeat(64),
        baseline: "new",
      }),
      finding({ waiver, refuses: false, fingerprint: "3".repeat(64), baseline: "known" }),
    ],
    { path: "infra/plan.json", complete: false },
  );
  const chosen = policies.filter((policy) => policy.id === "minimum-tls-1-2");
  const text = sarif({ policies: chosen, category: "stacks/web" })(reportOn(plan, unjudged("infra/broken.json")));
  await expect(text).toMatchFileSnapshot("golden/report.sarif");
});

describe("rules", () => {
  const rulesOf = (...plans: Plans): Json[] => runOf(...plans).tool.driver.rules;

  test("are all policies, whatever was found", () => {
    expect(rulesOf("secure-website").map((rule) => rule.id)).toEqual(policies.map((policy) => policy.id));
    expect(rulesOf("insecure-website")).toEqual(rulesOf("secure-website"));
  });

  test("have what GitHub requires, within its limits", () => {
    for (const rule of rulesOf("insecure-website")) {
      expect(rule.name).toMatch(/^[A-Z][A-Za-z0-9]{0,254}$/);
      for (const { text } of [rule.shortDescription, rule.fullDescription]) {
        expect(text.length).toBeGreaterThan(10);
        expect(text.length).toBeLessThanOrEqual(1024);
      }
      expect(rule.properties.tags).toContain("security");
      expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
    }
  });

  test("help in text and in Markdown with why, fix, controls and references", () => {
    const policy = policies.find((one) => one.id === "minimum-tls-1-2") as Policy;
    const { help, helpUri } = rulesOf("secure-website").find((rule) => rule.id === policy.id);
    for (const text of [help.text, help.markdown]) {
      for (const part of [policy.why, policy.fix, "SC-13", ...policy.references]) expect(text).toContain(part);
    }
    expect(help.markdown).toMatch(/^## Why\n\n/);
    expect(helpUri).toBeUndefined();
  });

  test.each([
    ["critical", 9, 10, "error"],
    ["high", 6.9, 9, "error"],
    ["medium", 3.9, 7, "warning"],
    ["low", 0, 4, "note"],
  ] as const)("of severity %s score above %d and below or at %d", (severity, above, most, level) => {
    const [policy] = policies.map((one) => ({ ...one, severity }));
    const rule = logOf(reportOn("aws-empty-plan"), { policies: [policy as Policy] }).runs[0].tool.driver.rules[0];
    const score = rule.properties["security-severity"];
    expect(score).toMatch(/^\d+\.\d$/);
    expect(Number(score)).toBeGreaterThan(above);
    expect(Number(score)).toBeLessThanOrEqual(most);
    expect(rule.defaultConfiguration.level).toBe(level);
  });

  test("of other people's policies are cut to the limits, and hold no HTML", () => {
    const policy: Policy = {
      ...(policies[0] as Policy),
      id: "x".repeat(400),
      requires: "r".repeat(2000),
      why: `<script>alert(1)</script> ${"w".repeat(2000)}`,
      controls: { Own: Array.from({ length: 40 }, (_, index) => `C-${index}`) },
      references: ["https://example.com/<b>?a=1"],
    };
    const log = logOf(reportOn("aws-empty-plan"), { policies: [policy] });
    const [rule] = log.runs[0].tool.driver.rules;
    expect(errorsOf(log)).toEqual([]);
    expect(rule.name).toHaveLength(255);
    expect(rule.shortDescription.text).toHaveLength(1024);
    expect(rule.fullDescription.text).toHaveLength(1024);
    expect(rule.properties.tags).toHaveLength(10);
    expect(rule.help.markdown).not.toMatch(/(?<!\\)<(?!https:)/);
  });

  test("are made up for ids that no policy has, without a severity of security", () => {
    const fix = "Mend what it accepted.";
    const expired = finding({ policy: "waiver-expired", severity: "medium", enforcement: "advisory", fix });
    const run = runOf(planWith([expired, expired, finding()]));
    expect(run.tool.driver.rules).toHaveLength(policies.length + 1);
    const rule = run.tool.driver.rules.at(-1);
    expect(rule).toMatchObject({
      id: "waiver-expired",
      name: "WaiverExpired",
      shortDescription: { text: "Waiver expired." },
      help: { text: fix, markdown: fix },
      defaultConfiguration: { level: "warning" },
    });
    expect(rule.properties).not.toHaveProperty("security-severity");
  });

  test("are what results refer to", () => {
    const run = runOf("insecure-website", planWith([finding({ policy: "waiver-unused" })]));
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
});

describe("a result", () => {
  const resultOf = (changes: Parameters<typeof finding>[0], plan: Parameters<typeof planWith>[1] = {}): Json =>
    runOf(planWith([finding(changes)], plan)).results[0];

  test.each([
    [{}, "fail", "error"],
    [{ severity: "low" }, "fail", "error"],
    [{ enforcement: "advisory", refuses: false }, "fail", "warning"],
    [{ enforcement: "advisory", refuses: false, severity: "low" }, "fail", "note"],
    [{ outcome: "unknown" }, "open", "none"],
    [{ outcome: "unknown", refuses: false }, "open", "none"],
  ] as const)("of %o is of kind %s and level %s", (changes, kind, level) => {
    expect(resultOf(changes)).toMatchObject({ kind, level });
  });

  test("is none for what passes, and for what the plan fixes", () => {
    expect(resultOf({ outcome: "pass", refuses: false })).toBeUndefined();
    expect(resultOf({ outcome: "pass", change: "fixed", refuses: false })).toBeUndefined();
  });

  test("is suppressed by a waiver, with its reason, and told to be open otherwise", () => {
    const run = runOf(planWith([finding({ waiver, refuses: false }), finding()]));
    expect(run.results.map((one: Json) => one.suppressions)).toEqual([
      [],
      [
        {
          kind: "external",
          status: "accepted",
          justification: "a VPN (owner: web; until 2027-05-31; ticket: WEB-1; written in waivers.yaml)",
        },
      ],
    ]);
  });

  test("has a baseline state where there is a baseline, and so have all", () => {
    const statesOf = (report: Report) => logOf(report).runs[0].results.map((one: Json) => one.baselineState);
    const notice = finding({ policy: "waiver-unused" });
    const compared = [finding({ baseline: "known", refuses: false }), finding({ baseline: "new" }), notice];
    expect(statesOf(reportOn(planWith(compared))).sort()).toEqual(["new", "new", "unchanged"]);
    expect(statesOf(reportOn(planWith([finding(), notice])))).toEqual([undefined, undefined]);
    const report = reportOn(planWith([notice]));
    expect(statesOf({ ...report, summary: { ...report.summary, gone: 0 } })).toEqual(["new"]);
  });

  test("has the finding's fingerprint where GitHub looks for one", () => {
    const fingerprint = "f".repeat(64);
    expect(resultOf({ fingerprint }).partialFingerprints).toEqual({
      primaryLocationLineHash: fingerprint,
      "tlsgate/v1": fingerprint,
    });
  });

  test("stands at its source, with the construct that it is made from", () => {
    const { locations, properties } = resultOf({ source: { ...source, constructPath: "site/cdn" } });
    expect(locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "site/main.tf", uriBaseId: "%SRCROOT%" },
          region: { startLine: 7, startColumn: 5 },
        },
        logicalLocations: [
          { name: "tls[0].floor", fullyQualifiedName: "test_endpoint.sample.tls[0].floor", kind: "property" },
        ],
      },
    ]);
    expect(properties.constructPath).toBe("site/cdn");
  });

  test.each([
    ["a b/ü[1]#?%.tf", "a%20b/%C3%BC%5B1%5D%23%3F%25.tf"],
    ["site\\main.tf", "site/main.tf"],
    ["a:b.tf", "./a:b.tf"],
    ["../network/main.tf", "../network/main.tf"],
    ["\u202e\ud800.tf", "%E2%80%AE%EF%BF%BD.tf"],
  ])("of %s has a relative URI", (file, uri) => {
    expect(uriHolder(resultOf({ source: { ...source, file } }))).toEqual({ uri, uriBaseId: "%SRCROOT%" });
  });

  test.each([
    ["/srv/a b.tf", "file:///srv/a%20b.tf"],
    ["C:\\srv\\main.tf", "file:///C:/srv/main.tf"],
  ])("of %s, which is in no repository, has the file's URI", (file, uri) => {
    expect(uriHolder(resultOf({ source: { ...source, file } }))).toEqual({ uri });
  });

  test.each([
    ["plan.json", "./"],
    ["infra/prod/plan.json", "infra/prod/"],
  ])("without a source stands in the directory of %s", (path, uri) => {
    const { physicalLocation } = resultOf({}, { path }).locations[0];
    expect(physicalLocation).toEqual({
      artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
  });

  test("is placed from the repository's root where the command runs below it", () => {
    const log = logOf(reportOn(planWith([finding({ source })])), { directory: "stacks/web" });
    expect(uriHolder(log.runs[0].results[0]).uri).toBe("stacks/web/site/main.tf");
  });
});

describe("the run", () => {
  test("names the tool, its version and what columns count", () => {
    const { tool, columnKind } = runOf("secure-website");
    expect(tool.driver).toMatchObject({ name: "tlsgate", version: "1.2.3", semanticVersion: "1.2.3" });
    expect(columnKind).toBe("utf16CodeUnits");
  });

  test.each([
    ["stacks/web", "stacks/web/"],
    ["stacks/web/", "stacks/web/"],
  ])("has the category %s, as GitHub reads it", (category, id) => {
    expect(logOf(reportOn("secure-website"), { category }).runs[0].automationDetails).toEqual({ id });
  });

  test("has no category of its own, which would win over that of the upload", () => {
    expect(runOf("secure-website")).not.toHaveProperty("automationDetails");
  });

  const notificationsOf = (report: Report): [string, string, string][] =>
    logOf(report).runs[0].invocations[0].toolExecutionNotifications.map((one: Json) => [
      one.descriptor.id,
      one.level,
      one.message.text,
    ]);

  test("was successful, with nothing to say, where all was judged", () => {
    expect(runOf("secure-website").invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
    expect(runOf("insecure-website").invocations[0].executionSuccessful).toBe(true);
  });

  test("was not where an input could not be judged, which is said", () => {
    const report = reportOn("secure-website", unjudged("broken.json"));
    expect(logOf(report).runs[0].invocations[0].executionSuccessful).toBe(false);
    expect(notificationsOf(report)).toEqual([["plan-not-judged", "error", "broken.json could not be judged."]]);
  });

  test("says what is partial, what is no plan, and what is gone of the baseline", () => {
    const report = reportOn(
      planWith([], { path: "a.json", complete: false }),
      planWith([], { path: "b.json", kind: "configuration" }),
    );
    const told = notificationsOf({ ...report, summary: { ...report.summary, gone: 3 } });
    expect(told.map(([id, level]) => [id, level])).toEqual([
      ["plan-partial", "warning"],
      ["plan-is-configuration", "note"],
      ["baseline-gone", "note"],
    ]);
    expect(told.map(([, , text]) => text.split(" ")[0])).toEqual(["a.json", "b.json", "3"]);
  });

  test("holds the worst 25,000 results in less than 10 MB as it is uploaded, and says what it leaves out", () => {
    const random = (seed: number) => (Math.imul(seed + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, "0").repeat(8);
    const findings = Array.from({ length: 25_010 }, (_, index) =>
      finding({
        address: `module.site["${index}"].test_endpoint.sample`,
        fingerprint: random(index),
        severity: index < 20 ? "low" : "high",
        source: { ...source, line: index + 1 },
      }),
    );
    const report = reportOn(planWith([...findings, finding({ severity: "critical", message: "the worst" })]));
    const text = sarif({ policies })(report);
    const { results } = JSON.parse(text).runs[0];
    expect(results).toHaveLength(25_000);
    expect(results[0].message.text).toContain("the worst");
    expect(results.filter((one: Json) => one.properties.severity === "low")).toHaveLength(9);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    expect(notificationsOf(report)).toEqual([
      ["results-left-out", "warning", "11 of 25011 results are left out: the run holds the worst 25000."],
      ["results-not-shown", "note", "GitHub shows 5000 of a run's results; the worst of these 25000 come first."],
    ]);
  });

  test("says nothing of limits that it keeps", () => {
    const findings = Array.from({ length: 5_000 }, (_, index) => finding({ address: `test_endpoint.x${index}` }));
    expect(notificationsOf(reportOn(planWith(findings)))).toEqual([]);
    expect(notificationsOf(reportOn(planWith([...findings, finding()]))).map(([id]) => id)).toEqual([
      "results-not-shown",
    ]);
  });
});

describe("hostile names", () => {
  const bad = "[click](https://example.com) {0} ##vso[task.complete]\u202e\u001b[2J\u0000\n::error::";
  const hostile = finding({
    address: `test.x["${bad}"]`,
    at: `a["${bad}"]`,
    message: bad,
    fix: bad,
    related: [bad],
    waiver: { ...waiver, reason: bad },
    source: { file: bad, line: 1, column: 1, constructPath: bad },
  });
  const report = reportOn(planWith([hostile], { path: bad }), unjudged(bad));
  const text = sarif({ policies, category: bad, directory: "a" })(report);

  test("leave the log what it is", () => {
    const log = JSON.parse(text);
    expect(errorsOf(log)).toEqual([]);
    expect(log.runs[0].results[0].properties.address).toBe(hostile.address);
  });

  test("are no link, no placeholder and no control character of a message", () => {
    const { results, invocations } = JSON.parse(text).runs[0];
    const messages = [results[0].message.text, invocations[0].toolExecutionNotifications[0].message.text];
    for (const message of messages) {
      expect(message).toContain(
        "[click] (https://example.com) { 0} ##vso[task.complete]\\u202e\\u001b[2J\\u0000 ::error::",
      );
      expect(message).not.toContain("](");
      expect(message).not.toMatch(/\{\d+\}/);
      expect(controlsIn(message)).toEqual([]);
    }
  });

  test("start no command in the log that the report may be printed to", () => {
    expect(controlsIn(text)).toEqual([]);
    expect(text).not.toContain("##");
    expect(text).not.toMatch(/^\s*::/m);
  });
});

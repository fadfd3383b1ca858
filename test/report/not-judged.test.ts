// Resources that are not judged, in every format: named as a notice, counted alike, and refused where that is configured.

import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import type { NotJudged } from "../../src/findings/not-judged.ts";
import { merged } from "../../src/merge.ts";
import { type Format, formats } from "../../src/report/formats.ts";
import { json } from "../../src/report/json.ts";
import { notJudgedNotices, notJudgedText, refusalReason } from "../../src/report/not-judged.ts";
import { pretty } from "../../src/report/pretty.ts";
import { leftOutText, type Report } from "../../src/report/report.ts";
import { reporters } from "../../src/report/reporters.ts";
import { plain } from "../../src/report/style.ts";
import { finding, planWith, reportOn } from "../support/report.ts";

const resource = (address: string, changes: Partial<NotJudged> = {}): NotJudged => ({
  address,
  type: "nimbus_stack",
  what: "Nimbus stack",
  change: "introduced",
  refuses: false,
  ...changes,
});

const helm = (address: string): NotJudged => resource(address, { type: "helm_release", what: "Helm release" });

const screen = { style: plain, width: 400 };
const context = { policies, category: undefined, directory: undefined, base: undefined };

function written(format: Format, report: Report): string {
  if (format === "json") return json(report);
  if (format === "pretty") return pretty({ policies, screen })(report);
  return reporters[format](context)(report);
}

describe("in words", () => {
  const textsOf = (resources: readonly NotJudged[]) => notJudgedNotices(resources).map(notJudgedText);

  test("by what they are, with their addresses", () => {
    expect(textsOf([])).toEqual([]);
    expect(textsOf([resource("nimbus_stack.a")])).toEqual([
      "1 resource may serve HTTPS and is not judged: Nimbus stack nimbus_stack.a",
    ]);
    expect(textsOf([resource("nimbus_stack.a"), helm("helm_release.c"), resource("module.x.nimbus_stack.b")])).toEqual([
      "3 resources may serve HTTPS and are not judged: Nimbus stack nimbus_stack.a, module.x.nimbus_stack.b; Helm release helm_release.c",
    ]);
  });

  test("those that refuse the plan first, apart from the others", () => {
    expect(textsOf([resource("nimbus_stack.a"), resource("nimbus_stack.b", { refuses: true })])).toEqual([
      "1 resource may serve HTTPS and is not judged (refused by notJudged: refuse): Nimbus stack nimbus_stack.b",
      "1 resource may serve HTTPS and is not judged: Nimbus stack nimbus_stack.a",
    ]);
  });

  test("ten addresses, and how many more there are; many of one kind hide no other", () => {
    const many = Array.from({ length: 30 }, (_, index) => resource(`nimbus_stack.s${index}`));
    const [text = ""] = textsOf([...many, helm("helm_release.a"), helm("helm_release.b")]);
    expect(text).toMatch(/^32 resources /);
    expect(text.match(/nimbus_stack\.s\d+|helm_release\.\w/g)).toHaveLength(10);
    expect(text).toMatch(/; Helm release helm_release\.a, helm_release\.b; and 22 more$/);
    expect(textsOf(many.slice(0, 10))[0]).not.toContain("more");
    expect(textsOf(many.slice(0, 11))[0]).toMatch(/; and 1 more$/);
    const kinds = Array.from({ length: 12 }, (_, index) => resource(`k.${index}`, { what: `Kind ${index}` }));
    expect(textsOf(kinds)[0]).toMatch(/Kind 9 k\.9; and 2 more$/);
  });

  test("a key as long as it likes is cut", () => {
    const [text = ""] = textsOf([resource(`nimbus_stack.a["${"x".repeat(5000)}"]`)]);
    expect(text.length).toBeLessThan(300);
  });

  test.each([
    [1, 0, "1 finding"],
    [2, 0, "2 findings"],
    [0, 1, "1 resource that is not judged"],
    [0, 2, "2 resources that are not judged"],
    [3, 2, "3 findings and 2 resources that are not judged"],
    [0, 0, "0 findings"],
  ])("refused for %i findings and %i resources: %s", (findings, resources, text) =>
    expect(refusalReason(findings, resources)).toBe(text),
  );
});

const notJudged = [resource("nimbus_stack.a"), resource('nimbus_stack.each["b"]'), helm("helm_release.c")];
const noticed = reportOn(planWith([], { notJudged }));
const refused = reportOn(
  planWith([], { notJudged: notJudged.map((one) => ({ ...one, refuses: true })), verdict: "refused" }),
);
const nothing = reportOn(planWith([], { notJudged: [] }));

/** Without what a format makes of quotes and spaces. */
const plainText = (text: string): string =>
  text
    .replace(/<[^>]*>/g, "")
    .replace(/&#34;|&quot;|\\"|&#95;|%22/g, '"')
    .replace(/&#91;/g, "[")
    .replace(/&#93;/g, "]")
    .replace(/\*\*/g, "");

describe.each(formats)("%s", (format) => {
  test("names them", () => {
    const text = plainText(written(format, noticed));
    for (const { address, what } of notJudged) {
      expect(text).toContain(address);
      expect(text).toContain(what);
    }
    if (format !== "json" && format !== "ndjson") {
      expect(text).toContain("3 resources may serve HTTPS and are not judged:");
    }
  });

  test("says that they refuse the plan", () => {
    const text = plainText(written(format, refused));
    for (const { address } of notJudged) expect(text).toContain(address);
    expect(text).toContain("refuse");
    expect(text).not.toBe(plainText(written(format, noticed)));
    expect(text).not.toMatch(/\b0 findings\b/);
  });

  test("says nothing where there are none", () => {
    expect(written(format, nothing)).not.toMatch(/may serve|[1-9]\d* not judged/);
  });
});

describe("as each format says it", () => {
  const parsed = (format: Format, report: Report) => JSON.parse(written(format, report));

  test("pretty: a line below the head and a count at the end", () => {
    expect(written("pretty", noticed)).toBe(
      [
        "✔ plan.json pass · Terraform 1.11.4 · 1 endpoint",
        '  ! 3 resources may serve HTTPS and are not judged: Nimbus stack nimbus_stack.a, nimbus_stack.each["b"]; Helm release helm_release.c',
        "",
        "pass · 1 endpoint · 0 checks: 0 pass, 0 fail, 0 unknown · 0 introduced, 0 existing, 0 fixed · 3 not judged",
        "",
      ].join("\n"),
    );
    expect(written("pretty", refused)).toContain("refused for 3 resources that are not judged · 1 endpoint");
  });

  test("pretty --quiet: nothing, unless they refuse the plan", () => {
    const quiet = pretty({ policies, screen, quiet: true });
    expect(quiet(noticed)).toBe("");
    expect(quiet(refused)).toContain(
      "✖ 3 resources may serve HTTPS and are not judged (refused by notJudged: refuse):",
    );
    const other = { ...planWith([finding()], { notJudged }), verdict: "refused" as const };
    expect(quiet(reportOn({ ...other, findings: [finding({ refuses: true })] }))).not.toContain("not judged");
  });

  test("json: each of them, whatever their number", () => {
    const many = Array.from({ length: 30 }, (_, index) => resource(`nimbus_stack.s${index}`));
    const { plans, summary } = parsed("json", reportOn(planWith([], { notJudged: many })));
    expect(plans[0].notJudged).toEqual(many);
    expect(summary.notJudged).toBe(30);
  });

  test("ndjson: a line for each, of the same fields as any other", () => {
    const lines = (report: Report) =>
      written("ndjson", report)
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    const report = reportOn(planWith([finding()], { notJudged }));
    const [first, ...others] = lines(report);
    expect(others).toHaveLength(3);
    for (const line of others) expect(Object.keys(line)).toEqual(Object.keys(first));
    expect(others[0]).toMatchObject({
      policy: null,
      address: "nimbus_stack.a",
      outcome: "not judged",
      change: "introduced",
      message: "may serve HTTPS and is not judged: Nimbus stack",
      refuses: false,
    });
    expect(lines(refused).map(({ refuses }) => refuses)).toEqual([true, true, true]);
  });

  test("sarif: a notification, and no result", () => {
    const [run] = parsed("sarif", noticed).runs;
    expect(run.results).toEqual([]);
    expect(run.invocations[0].toolExecutionNotifications).toMatchObject([
      { descriptor: { id: "resources-not-judged" }, level: "note" },
    ]);
    const [other] = parsed("sarif", refused).runs;
    expect(other.invocations[0].toolExecutionNotifications).toMatchObject([
      { descriptor: { id: "resources-refused" }, level: "error" },
    ]);
    expect(other.properties.verdict).toBe("refused");
  });

  test("junit: output of the suite, or a failure each", () => {
    expect(written("junit", noticed)).toContain('tests="1" failures="0" errors="0"');
    const text = written("junit", refused);
    expect(text).toContain('tests="3" failures="3" errors="0"');
    expect(text.match(/<failure type="not judged"/g)).toHaveLength(3);
  });

  test("github: a notice, or an error", () => {
    expect(written("github", noticed)).toMatch(/^::notice title=Not judged::3 resources .*\n$/);
    expect(written("github", refused)).toMatch(/^::error title=Not judged::3 resources .*\n$/);
  });

  test("github: at most ten of a level, the rest counted by what they are", () => {
    const plans = Array.from({ length: 12 }, (_, index) => planWith([], { path: `${index}.json`, notJudged }));
    const lines = written("github", reportOn(...plans))
      .trim()
      .split("\n");
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toContain("::notice title=3 more notices::3 with resources not judged");
  });

  test("azure: a line of the log and a count, or an error", () => {
    const lines = written("azure", noticed).trim().split("\n");
    expect(lines).toEqual([
      'tlsgate: 3 resources may serve HTTPS and are not judged: Nimbus stack nimbus_stack.a, nimbus_stack.each["b"]; Helm release helm_release.c',
      "##vso[task.complete result=Succeeded;]tlsgate: the plan may go, 3 not judged",
    ]);
    expect(written("azure", refused)).toContain("##vso[task.logissue type=error;code=tlsgate;]Not judged: 3 resources");
    const hostile = reportOn(planWith([], { notJudged: [resource('x.y["##vso[task.complete result=Failed;]"]')] }));
    expect(written("azure", hostile).match(/##vso/g)).toHaveLength(1);
  });

  test("gitlab: an entry that is info, or a blocker", () => {
    expect(parsed("gitlab", noticed)).toMatchObject([{ check_name: "resources-not-judged", severity: "info" }]);
    expect(parsed("gitlab", refused)).toMatchObject([{ check_name: "resources-not-judged", severity: "blocker" }]);
  });

  test("atlantis: a warning without the letters that it takes for a failure, or a failure", () => {
    expect(parsed("atlantis", noticed)[0].warnings).toHaveLength(1);
    const failing = planWith([], { notJudged: [resource("nimbus_stack.failover")] });
    expect(written("atlantis", reportOn(failing))).not.toMatch(/fail/i);
    expect(parsed("atlantis", reportOn(failing))[0].warnings[0].msg).toContain("nimbus_stack.failover");
    expect(parsed("atlantis", refused)[0].failures).toHaveLength(1);
  });

  test("markdown: a line for each plan, with its path where there are several", () => {
    expect(written("markdown", noticed)).toContain(
      "\n**3 resources may serve HTTPS and are not judged:** Nimbus stack <code>",
    );
    const two = written("markdown", reportOn(planWith([], { notJudged }), planWith([], { path: "b.json", notJudged })));
    expect(two).toContain("b.json: **3 resources");
    expect(two).toContain("6 not judged");
    expect(written("markdown", refused)).toContain("## ✖ tlsgate: refused for 3 resources that are not judged");
  });

  test("html: escaped, in words and as a number", () => {
    const hostile = reportOn(planWith([], { notJudged: [resource('x.y["<script>"]')] }));
    expect(written("html", hostile)).not.toContain('<script>"');
    expect(written("html", noticed)).toContain("<b>3</b> not judged");
    expect(written("html", refused)).toContain("3 resources that are not judged keep this from being applied.");
  });
});

describe("of several plans", () => {
  test("all are counted", () => {
    const { summary } = reportOn(
      planWith([], { notJudged }),
      planWith([], { notJudged: notJudged.slice(1) }),
      planWith([]),
    );
    expect(summary.notJudged).toBe(5);
  });

  test("a merged report holds those of its parts, of older ones none", () => {
    const old = JSON.parse(json(nothing));
    delete old.plans[0].notJudged;
    delete old.summary.notJudged;
    const texts = [json(noticed), json(refused), JSON.stringify(old)].map((text, index) => ({
      path: `${index}`,
      text,
    }));
    const report = merged(texts, "1.2.3");
    expect(report.verdict).toBe("refused");
    expect(report.summary.notJudged).toBe(6);
    expect(report.plans.map((plan) => plan.notJudged?.length)).toEqual([3, 3, undefined]);
  });

  test("with --scope changed, those that existed before are counted", () => {
    const scoped = planWith([], { leftOut: { pass: 0, fail: 12, unknown: 1, notJudged: 2 } });
    expect(leftOutText(reportOn(scoped, scoped).summary)).toBe(
      "24 existing violations, 2 unknown and 4 not judged are not shown (--scope changed)",
    );
    const alone = planWith([], { leftOut: { pass: 0, fail: 1, unknown: 0, notJudged: 1 } });
    expect(leftOutText(reportOn(alone).summary)).toBe(
      "1 existing violation and 1 not judged are not shown (--scope changed)",
    );
  });
});

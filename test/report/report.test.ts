// What every report has in common: what is not told is counted, and said in one line.

import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { merged } from "../../src/merge.ts";
import { html } from "../../src/report/html.ts";
import { json } from "../../src/report/json.ts";
import { markdown } from "../../src/report/markdown.ts";
import { pretty } from "../../src/report/pretty.ts";
import { leftOutText } from "../../src/report/report.ts";
import { sarif } from "../../src/report/sarif.ts";
import { plain } from "../../src/report/style.ts";
import { drawnPlan } from "../support/html.ts";
import { finding, planWith, reportOn } from "../support/report.ts";

const scoped = planWith([finding()], { leftOut: { pass: 40, fail: 12, unknown: 0 } });
const other = planWith([], { path: "other.json", leftOut: { pass: 1, fail: 0, unknown: 1 } });
const sentence = "12 existing violations are not shown (--scope changed)";

test.each([
  [{ pass: 40, fail: 12, unknown: 0 }, sentence],
  [{ pass: 0, fail: 1, unknown: 0 }, "1 existing violation is not shown (--scope changed)"],
  [{ pass: 0, fail: 0, unknown: 1 }, "0 existing violations and 1 unknown are not shown (--scope changed)"],
  [{ pass: 9, fail: 0, unknown: 0 }, "0 existing violations are not shown (--scope changed)"],
  [undefined, ""],
])("%j: %s", (leftOut, text) => {
  expect(leftOutText(reportOn(planWith([], { leftOut })).summary)).toBe(text);
});

test("what is not told is counted apart from what is", () => {
  const { summary } = reportOn(scoped, other);
  expect(summary).toMatchObject({ checks: 1, pass: 0, fail: 1, leftOut: { pass: 41, fail: 12, unknown: 1 } });
  expect(reportOn(planWith([finding()])).summary.leftOut).toBeUndefined();
});

describe("is told by", () => {
  const reporters = {
    pretty: pretty({ policies, screen: { style: plain, width: 200 } }),
    markdown: markdown(),
    html: html({ policies }),
    sarif: sarif({ policies }),
  };

  test.each(Object.entries(reporters))("%s", (_, reporter) => {
    expect(reporter(reportOn(scoped)).split(sentence)).toHaveLength(2);
    expect(reporter(reportOn(planWith([finding()])))).not.toContain("not shown");
  });

  test("json, for each plan and for all", () => {
    const { summary, plans } = JSON.parse(json(reportOn(scoped, other)));
    expect(summary.leftOut).toEqual({ pass: 41, fail: 12, unknown: 1 });
    expect(plans.map((plan: { leftOut: object }) => plan.leftOut)).toEqual([scoped.leftOut, other.leftOut]);
    expect(json(reportOn(planWith([finding()])))).not.toContain("leftOut");
  });

  test("a merged report, of the parts that left something out", () => {
    const texts = [scoped, other, planWith([finding()])].map((plan, index) => ({
      path: `${index}.json`,
      text: json(reportOn(plan)),
    }));
    expect(merged(texts, "1.2.3").summary.leftOut).toEqual({ pass: 41, fail: 12, unknown: 1 });
    expect(merged(texts.slice(2), "1.2.3").summary.leftOut).toBeUndefined();
  });
});

test("html draws no endpoint of which nothing is told", () => {
  const plan = drawnPlan("aws-no-op-existing-bad");
  const page = (changes: object) => html({ policies })(reportOn({ ...plan, findings: [], ...changes }));
  expect(page({})).toContain("<article");
  expect(page({ leftOut: { pass: 0, fail: 9, unknown: 0 } })).not.toContain("<article");
});

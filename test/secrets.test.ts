// Every leaf of every plan is marked as sensitive, and looked for in every format: no value is printed.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { policies } from "../policies/registry.ts";
import { inventoryOf } from "../src/facts/collect.ts";
import { verdictOf } from "../src/findings/gate.ts";
import { type Plan, type PlanJson, planFromJson } from "../src/plan/plan.ts";
import { adapters } from "../src/providers/registry.ts";
import { inventoryJson, inventoryText } from "../src/report/inventory.ts";
import { json } from "../src/report/json.ts";
import { pretty } from "../src/report/pretty.ts";
import { judgedPlan, reportOf } from "../src/report/report.ts";
import { reporters } from "../src/report/reporters.ts";
import { plain } from "../src/report/style.ts";
import { findings, planPath } from "./support/plans.ts";
import { planNames } from "./support/report.ts";

const screen = { style: plain, width: 200 };
const context = { policies, category: undefined, directory: undefined, base: undefined };

const formats = {
  pretty: pretty({ policies, screen }),
  json,
  ...Object.fromEntries(Object.entries(reporters).map(([format, make]) => [format, make(context)])),
};

/** All that tlsgate says of a plan, by format. */
function saidOf(plan: Plan): { readonly [format: string]: string } {
  const found = findings(plan);
  const after = inventoryOf(plan, "after", adapters);
  const inventory = { before: inventoryOf(plan, "before", adapters).endpoints, after: after.endpoints };
  const report = { ...judgedPlan(plan, { findings: found, inventory: after }, verdictOf(found)), inventory };
  const whole = reportOf([report], report.verdict, "1.2.3");
  const { path, formatVersion, terraformVersion, complete } = plan;
  const plans = [{ path, formatVersion, terraformVersion, complete, endpoints: after.endpoints }];
  return {
    ...Object.fromEntries(Object.entries(formats).map(([format, write]) => [format, write(whole)])),
    endpoints: inventoryText(plans, screen),
    "endpoints --format json": inventoryJson(plans, "1.2.3"),
  };
}

type Change = NonNullable<PlanJson["resource_changes"]>[number]["change"];

/** A plan of which no value may be shown; `change`: what becomes of each text in it. */
function secretPlan(
  name: string,
  change: (text: string) => string,
): { readonly plan: Plan; readonly leaves: Set<string> } {
  const document = JSON.parse(readFileSync(planPath(name), "utf8")) as PlanJson;
  const leaves = new Set<string>();
  const changed = <T>(value: T): T => {
    if (typeof value === "string") {
      const text = change(value);
      leaves.add(text);
      return text as T;
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(changed) as T;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one)])) as T;
  };
  const marked = (one: Change): Change => ({
    ...one,
    ...(one.before !== undefined && { before: changed(one.before) }),
    ...(one.after !== undefined && { after: changed(one.after) }),
    before_sensitive: true,
    after_sensitive: true,
  });
  const resource_changes = (document.resource_changes ?? []).map((one) => ({ ...one, change: marked(one.change) }));
  // What data sources have read, and constants of the configuration, have no mask: they are left out.
  const { prior_state: _, ...rest } = document;
  return { plan: planFromJson({ ...rest, resource_changes }, `${name}/plan.json`), leaves };
}

/** Texts that tlsgate writes itself: the words of its tables and policies. */
const ownWords = [...sources("src"), ...sources("policies")].join("\n").toLowerCase();

function sources(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(`${directory}/${file}`, "utf8"));
}

const isHidden = (text: string, names: string): boolean =>
  text.length >= 5 && !ownWords.includes(text.toLowerCase()) && !names.includes(text);

describe("a plan that is all secret", () => {
  test.each(planNames)("%s: no text of it is printed", (name) => {
    const { plan, leaves } = secretPlan(name, (text) => text.replaceAll("example", "qzxample"));
    // Addresses, keys among them, are no values; what the configuration writes as a constant is none of these either.
    const names = JSON.stringify([plan.instances.map(({ address }) => address), plan.configuration, plan.variables]);
    const hidden = [...leaves].filter((leaf) => isHidden(leaf, names));
    for (const [format, text] of Object.entries(saidOf(plan))) {
      expect(
        hidden.filter((leaf) => text.includes(leaf)),
        format,
      ).toEqual([]);
    }
  });

  test.each(planNames)("%s: nor one that tlsgate does not know", (name) => {
    const { plan } = secretPlan(name, (text) => `${text}qzx`);
    for (const [format, text] of Object.entries(saidOf(plan))) expect(text, format).not.toContain("qzx");
  });
});

test("the plans hold what would be found", () => {
  const { plan, leaves } = secretPlan("insecure-website", (text) => text.replaceAll("example", "qzxample"));
  expect([...leaves].filter((leaf) => isHidden(leaf, "")).length).toBeGreaterThan(5);
  const shown = {
    ...plan,
    instances: plan.instances.map((one) => ({ ...one, after: one.after && { ...one.after, sensitive: false } })),
  };
  expect(saidOf(shown).json).toContain("qzxample.com");
});

// Every attribute of every plan in test/plans: what its configuration evaluates to is what the plan shows.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configurationOf } from "../../src/hcl/configuration.ts";
import { createEvaluator } from "../../src/hcl/evaluator.ts";
import { readConfiguration } from "../../src/hcl/read.ts";
import { type Comparison, compareInstances } from "../support/differential.ts";
import { instancesOf, plannedValuesOf, type RawPlan } from "../support/planned.ts";

const root = "test/plans";

/** A folder with a plan and the configuration that it was made from. */
const folders = readdirSync(root).filter(
  (name) =>
    existsSync(join(root, name, "plan.json")) &&
    (existsSync(join(root, name, "main.tf")) || existsSync(join(root, name, "main.tf.json"))),
);

/** Attributes that the provider changes while it plans, by type and attribute. */
const changedByProvider: { readonly [attribute: string]: string } = {
  "aws_acm_certificate.subject_alternative_names": "the domain name is added",
  "aws_lightsail_certificate.subject_alternative_names": "the domain name is added",
  "aws_route53_record.name": "the dot at the end is removed",
  "aws_cloudfront_distribution.viewer_certificate.minimum_protocol_version": "null becomes the default",
  "aws_ecs_task_definition.container_definitions": "defaults are added to the JSON",
};

/** Functions whose result is not in the configuration. */
const readsFiles = new Set(["file", "filebase64", "templatefile", "fileset"]);

/** `aws_lb.ssl_policy` of `module.a["x"].aws_lb.site[0].ssl_policy`. */
const attributeOf = (at: string): string => {
  const plain = at.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, "").replace(/^(?:module\.[\w-]+\.)+/, "");
  const [type, , ...path] = plain.split(".");
  return [type, ...path].join(".");
};

const total: Comparison = { equal: 0, unknownInPlan: 0, open: [], different: [] };

test.each(folders)("%s", (name) => {
  const plan = JSON.parse(readFileSync(join(root, name, "plan.json"), "utf8")) as RawPlan;
  const configuration = configurationOf(readConfiguration(join(root, name)));
  expect(configuration.module("")?.problem).toBeUndefined();
  const evaluator = createEvaluator(configuration, plannedValuesOf(plan));
  const { equal, unknownInPlan, open, different } = compareInstances(evaluator, instancesOf(plan));
  total.equal += equal;
  total.unknownInPlan += unknownInPlan;
  total.open.push(...open);
  total.different.push(...different);
  expect(different.filter(({ at }) => !(attributeOf(at) in changedByProvider))).toEqual([]);
  const unexplained = open.filter(
    ({ cause }) => typeof cause === "string" || cause.kind !== "function" || !readsFiles.has(cause.name),
  );
  expect(unexplained).toEqual([]);
});

test("most attributes are compared, and each change of a provider is seen", () => {
  const seen = new Set(total.different.map(({ at }) => attributeOf(at)));
  expect(Object.keys(changedByProvider).filter((attribute) => !seen.has(attribute))).toEqual([]);
  console.log(
    `${folders.length} plans: ${total.equal} attributes equal, ${total.unknownInPlan} unknown in the plan, ` +
      `${total.open.length} read from files, ${total.different.length} changed by the provider`,
  );
  expect(total.equal).toBeGreaterThan(8000);
});

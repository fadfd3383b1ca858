// Which plans leave something open that their configuration could settle.

import { expect, test } from "vitest";
import { leavesOpen } from "../../src/plan/open.ts";
import { plan } from "../support/made.ts";
import { fixture } from "../support/plans.ts";

test.each([
  ["a plan that creates something", "aws-alb", true],
  ["one that changes nothing", "aws-no-op-existing-bad", false],
  ["an empty one", "aws-empty-plan", false],
])("%s: %s, %s", (_, name, expected) => expect(leavesOpen(fixture(name))).toBe(expected));

test.each([
  ["a constant", { constant_value: "eu-west-1" }, false],
  ["a reference", { references: ["var.region"] }, true],
  ["made of references that are no list", { references: true } as never, true],
])("a provider's region that is %s", (_, region, expected) => {
  const provider_config = { aws: { name: "aws", expressions: { region } } };
  expect(leavesOpen(plan({ configuration: { provider_config, root_module: {} } }))).toBe(expected);
});

// Expressions at random that the real Terraform has planned, read from the plan file that it wrote: their values here are the
// same, digit by digit.

import { describe, expect, test } from "vitest";
import { readPlanFile } from "../../src/hcl/archive.ts";
import { configurationOf } from "../../src/hcl/configuration.ts";
import { createEvaluator } from "../../src/hcl/evaluator.ts";
import type { Value } from "../../src/hcl/value.ts";
import { plannedValuesOf } from "../support/planned.ts";
import { random } from "../support/random.ts";
import { declared, randomExpression } from "../support/random-expressions.ts";
import { terraformIsHere } from "../support/terraform-run.ts";
import { failed, outputsFor, planFiles } from "../support/terraform-values.ts";

interface Outcome {
  readonly expression: string;
  readonly evaluated: Value | undefined;
  readonly planned: unknown;
}

function outcomesOf(expressions: readonly string[]): readonly Outcome[] {
  const { archive, plan } = planFiles({ "main.tf": outputsFor(expressions, declared) });
  const configuration = configurationOf(readPlanFile(archive, "tfplan"));
  expect(configuration.module("")?.problem).toBeUndefined();
  const evaluator = createEvaluator(configuration, plannedValuesOf(plan));
  return expressions.map((expression, index) => ({
    expression,
    evaluated: evaluator.output([], `e${index}`),
    planned: plan.output_changes?.[`e${index}`]?.after,
  }));
}

const textOf = ({ evaluated }: Outcome): string | undefined =>
  evaluated?.kind === "string" ? evaluated.text : undefined;

const isDifferent = (outcome: Outcome): boolean => {
  const text = textOf(outcome);
  return text !== undefined && text !== outcome.planned;
};

const shown = (outcome: Outcome) => ({
  expression: outcome.expression,
  evaluated: textOf(outcome) ?? outcome.evaluated,
  planned: outcome.planned,
});

describe.runIf(terraformIsHere("expressions"))("expressions", () => {
  test.each([1, 2, 3, 4])("at random, with seed %i", (seed) => {
    const source = random(seed);
    const outcomes = outcomesOf(Array.from({ length: 250 }, () => randomExpression(source, 3)));
    expect(outcomes.filter(isDifferent).map(shown)).toEqual([]);
    const open = outcomes.filter((outcome) => textOf(outcome) === undefined);
    // A number without end, or a position from the end of a list: Terraform's versions differ.
    expect(open.length).toBeLessThan(10);
    expect(outcomes.filter(({ planned }) => planned !== failed).length).toBeGreaterThan(120);
    console.log(`seed ${seed}: ${outcomes.length - open.length} expressions equal, ${open.length} left unknown`);
  });
});

// Expressions that the real Terraform has planned: their values here are the same, digit by digit.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { supportedFunctions } from "../../src/hcl/functions/call.ts";
import { expressionValue } from "../support/evaluator.ts";
import { declared } from "../support/random-expressions.ts";
import { terraformIsHere } from "../support/terraform-run.ts";
import { outputsFor, planFiles, textOrFailure } from "../support/terraform-values.ts";

/** One expression for each part of the language and each function, with a line of dashes between them. */
const written = readFileSync("test/hcl/expressions.txt", "utf8").trimEnd().split("\n---\n");

const isHere = terraformIsHere("expressions");
const planned = isHere ? planFiles({ "main.tf": outputsFor(written, declared) }).plan.output_changes : undefined;

describe.runIf(isHere)("expressions", () => {
  test.each(written.map((expression, index) => ({ expression, index })))("$expression", ({ expression, index }) => {
    const value = expressionValue(textOrFailure(expression), { files: { "main.tf": declared } });
    const text = value.kind === "string" ? value.text : value;
    expect(text).toEqual(planned?.[`e${index}`]?.after);
  });

  test("name each function that is supported", () => {
    const used = new Set([...written.join("\n").matchAll(/\b([a-z][a-z0-9]*)\(/g)].map(([, name]) => name));
    console.log(`${supportedFunctions.length} functions: ${supportedFunctions.join(", ")}`);
    // The time of the plan is that of each plan anew, and an ephemeral value cannot be an output.
    const elsewhere = ["ephemeralasnull", "plantimestamp"];
    expect(supportedFunctions.filter((name) => !used.has(name) && !elsewhere.includes(name))).toEqual([]);
  });
});

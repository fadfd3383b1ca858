// Azure Pipelines' logging commands, read as the agent reads them.

import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { azure } from "../../src/report/azure.ts";
import { printable } from "../../src/report/printable.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";
import { eachKind, hostile, hostileTexts, passing, sample } from "../support/sample-report.ts";

interface Command {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly message: string;
}

/** By the rules of the agent's Command.TryParse: a command is found anywhere in a line. */
function commandOf(line: string): Command {
  const match = /##vso\[([^\] ]+)(?: ([^\]]*))?\](.*)$/.exec(line);
  if (match?.index !== 0) throw new Error(`no command: ${line}`);
  const [, name = "", written = "", message = ""] = match;
  const pairs = written.split(";").flatMap((pair) => (pair === "" ? [] : [pair.split(/=(.*)/s, 2)]));
  const properties = Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, unescaped(value)]));
  return { name, properties, message: unescaped(message) };
}

const unescaped = (text: string): string =>
  text
    .replaceAll("%3B", ";")
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%5D", "]")
    .replaceAll("%AZP25", "%");

const commands = (report: Parameters<ReturnType<typeof azure>>[0], directory?: string): Command[] =>
  azure({ policies, directory })(report).split("\n").slice(0, -1).map(commandOf);

test("golden", async () => {
  await expect(azure({ policies })(sample)).toMatchFileSnapshot("golden/azure.txt");
});

test("an issue names its line, its policy and what to do", () => {
  const source = { file: "main.tf", line: 12, column: 3 };
  const [issue] = commands(reportOn(planWith([finding({ source, message: "a; b] 100%3B" })])), "infra");
  expect(issue?.name).toBe("task.logissue");
  expect(issue?.properties).toEqual({
    type: "error",
    sourcepath: "infra/main.tf",
    linenumber: "12",
    columnnumber: "3",
    code: "minimum-tls-1-2",
  });
  expect(issue?.message).toMatch(
    /^minimum-tls-1-2 \(high, introduced\): a; b\] 100%3B\ntest_endpoint\.sample · tls\[0\]\.floor\nRaise the floor\.\n/,
  );
});

test("without a source there is no path", () => {
  const [issue] = commands(reportOn(planWith([finding()])));
  expect(issue?.properties).toEqual({ type: "error", code: "minimum-tls-1-2" });
});

test("what refuses is an error, what is open a warning; what is waived or known is counted alone", () => {
  const found = commands(reportOn(planWith(eachKind)));
  expect(found.map(({ properties }) => properties.code ?? properties.result)).toEqual([
    "https-only",
    "minimum-tls-1-2",
    "hsts-enabled",
    "forward-secrecy",
    "waiver-unused",
    "Failed",
  ]);
  expect(found.at(-1)?.message).toBe("tlsgate: refused for 4 findings, 1 waived, 1 known");
});

describe("the task", () => {
  const completion = (report: Parameters<typeof commands>[0]) => commands(report).at(-1);

  test.each([
    ["refused", reportOn(planWith([finding()])), "Failed", "tlsgate: refused for 1 finding"],
    ["not judged", reportOn(unjudged("broken.json")), "Failed", "tlsgate: could not be judged"],
    ["passed with warnings", passing, "Succeeded", "tlsgate: the plan may go, 1 waived, 1 known"],
    ["passed", reportOn("secure-website"), "Succeeded", "tlsgate: the plan may go"],
  ])("%s", (_, report, result, message) => {
    expect(completion(report)).toEqual({ name: "task.complete", properties: { result }, message });
  });
});

test.each(planNames)("%s has at most ten errors and ten warnings, and one result", (name) => {
  const report = planReport(name);
  const found = commands(reportOn(report));
  for (const type of ["error", "warning"]) {
    expect(found.filter(({ properties }) => properties.type === type).length).toBeLessThanOrEqual(10);
  }
  expect(found.filter((one) => one.name === "task.complete")).toHaveLength(1);
  expect(found.some(({ properties }) => properties.type === "error")).toBe(report.verdict !== "pass");
});

describe("hostile names", () => {
  test("add no command, no property and no control character", () => {
    const written = azure({ policies })(hostile);
    const found = commands(hostile);
    expect(written.match(/##vso/g)).toHaveLength(found.length);
    expect(found.filter(({ name }) => name === "task.complete").map(({ properties }) => properties.result)).toEqual([
      "Failed",
    ]);
    expect(controlsIn(written)).toEqual([]);
  });

  test.each(hostileTexts)("%j is read back as it was", (text) => {
    const source = { file: `/${text}`, line: 7, column: 1 };
    const [issue] = commands(reportOn(planWith([finding({ message: text, source })])));
    const seen = printable(`/${text}`).replace(/##(?=\[|vso)/, "#\\u0023");
    expect(issue?.properties).toEqual({
      type: "error",
      sourcepath: seen,
      linenumber: "7",
      columnnumber: "1",
      code: "minimum-tls-1-2",
    });
    expect(issue?.message.split("\n")[0]).toContain(seen.slice(1).replaceAll("\n", " "));
  });
});

// JUnit XML: a test suite for each plan, a test case for each finding; a failure is what refuses the plan.

import type { Finding } from "../findings/finding.ts";
import type { NotJudged } from "../findings/not-judged.ts";
import { isSettled, toldOf, waiverText } from "./issues.ts";
import { withoutCommands } from "./log-commands.ts";
import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { place, shortened } from "./place.ts";
import { adviceOf } from "./pretty.ts";
import { onOneLine } from "./printable.ts";
import type { PlanReport, Reporter } from "./report.ts";

/**
 * Elements and attributes are those that Jenkins validates
 * (https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd).
 * What refuses nothing is skipped: a failure would turn a build red that the gate lets go.
 */
export const junit: Reporter = ({ plans }) => {
  const suites = plans.map(suiteOf);
  const count = (of: (suite: Suite) => number) => suites.reduce((sum, suite) => sum + of(suite), 0);
  const document = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    tag("testsuites", {
      name: "tlsgate",
      tests: count((suite) => suite.cases.length),
      failures: count(({ cases }) => told(cases, "failure")),
      errors: count(({ cases }) => told(cases, "error")),
    }),
    ...suites.flatMap(suiteLines),
    "</testsuites>\n",
  ].join("\n");
  return withoutCommands(document, (character) => `&#${character.charCodeAt(0)};`);
};

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly output: readonly string[];
}

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly result: Result | undefined;
}

interface Result {
  readonly element: "failure" | "error" | "skipped";
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

const told = (cases: readonly Case[], element: Result["element"]): number =>
  cases.filter(({ result }) => result?.element === element).length;

function suiteOf(plan: PlanReport): Suite {
  const { path, findings, notJudged = [] } = plan;
  const cases = [...withNames(findings), ...notJudged.filter((one) => one.refuses).map(notJudgedCase)];
  return {
    name: path,
    cases: cases.length > 0 && plan.verdict !== "error" ? cases : [planCase(plan), ...cases],
    output: outputOf(plan),
  };
}

/** A build server takes a report without any test case for a broken one. */
function planCase({ verdict, path }: PlanReport): Case {
  const name = "the plan can be judged";
  if (verdict !== "error") return { classname: "tlsgate.plan", name, result: undefined };
  const message = `${path} could not be judged`;
  return { classname: "tlsgate.plan", name, result: { element: "error", type: "input", message, lines: [] } };
}

/** Servers know a case by its name: what several findings share is numbered from the second on. */
function withNames(findings: readonly Finding[]): Case[] {
  const met = new Map<string, number>();
  return findings.map((finding) => {
    const name = place(finding.address, finding.at);
    const key = JSON.stringify([finding.policy, name]);
    const times = (met.get(key) ?? 0) + 1;
    met.set(key, times);
    return {
      // Jenkins takes what stands before the last dot for a package.
      classname: `tlsgate.${finding.policy}`,
      name: times === 1 ? name : `${name} (${times})`,
      result: resultOf(finding),
    };
  });
}

function notJudgedCase({ address, what }: NotJudged): Case {
  const message = `may serve HTTPS and is not judged: ${what}`;
  const result: Result = { element: "failure", type: "not judged", message, lines: [message] };
  return { classname: "tlsgate.not-judged", name: address, result };
}

function resultOf(finding: Finding): Result | undefined {
  const { outcome, refuses, severity, waiver, change } = finding;
  if (outcome === "pass") return undefined;
  const said = toldOf(finding);
  const { file, line, column, constructPath } = finding.source ?? {};
  const lines = [
    said,
    `→ ${adviceOf(finding)}`,
    file === undefined ? "" : `at ${file}:${line}:${column}${constructPath === undefined ? "" : ` (${constructPath})`}`,
    change === "none" ? severity : `${severity}, ${change}`,
  ];
  if (refuses) return { element: "failure", type: severity, message: said, lines };
  const why = waiver
    ? `waived: ${waiverText(waiver)}`
    : isSettled(finding)
      ? "known to the baseline"
      : "refuses nothing";
  return { element: "skipped", type: severity, message: `${why}: ${said}`, lines };
}

function outputOf(plan: PlanReport): string[] {
  const { kind, complete, verdict, terraformVersion, endpoints, chains, notJudged } = plan;
  if (verdict === "error" || kind === "waivers") return [];
  const shown = chains.slice(0, 20).map((chain) => `viewer → ${chain.join(" → ")}`);
  const more = chains.length - shown.length;
  return [
    `${kind ?? "plan"}${terraformVersion === null ? "" : ` of Terraform ${terraformVersion}`}, endpoints: ${endpoints}`,
    complete ? "" : "PARTIAL PLAN: it leaves out changes (-target, -exclude, or deferred ones), and the verdict too.",
    ...notJudgedNotices(notJudged).map(notJudgedText),
    ...shown,
    more > 0 ? `and ${more} more chains` : "",
  ].filter(Boolean);
}

function suiteLines({ name, cases, output }: Suite): string[] {
  const counts = {
    tests: cases.length,
    failures: told(cases, "failure"),
    errors: told(cases, "error"),
    skipped: told(cases, "skipped"),
  };
  return [
    `  ${tag("testsuite", { name, ...counts })}`,
    ...cases.flatMap(caseLines),
    ...(output.length > 0 ? [`    <system-out>${textOf(output)}</system-out>`] : []),
    "  </testsuite>",
  ];
}

function caseLines({ classname, name, result }: Case): string[] {
  const head = tag("testcase", { classname, name });
  if (!result) return [`    ${head.replace(/>$/, "/>")}`];
  const { element, type, message, lines } = result;
  return [`    ${head}`, `      ${tag(element, { type, message })}${textOf(lines)}</${element}>`, "    </testcase>"];
}

const tag = (element: string, attributes: { readonly [name: string]: string | number }): string =>
  `<${[element, ...Object.entries(attributes).map(([name, value]) => `${name}="${escaped(String(value))}"`)].join(" ")}>`;

/** A line of a plan never becomes two. */
const textOf = (lines: readonly string[]): string => lines.filter(Boolean).map(escaped).join("\n");

/** In characters; a key of a resource may be as long as it likes. */
const maxText = 2000;

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * For an attribute and for text. Control characters and what else XML 1.0 has no way to write
 * (https://www.w3.org/TR/xml/#charsets) become \uXXXX. `[[ATTACHMENT|` is a command of GitLab and Jenkins, which would fetch a file.
 */
const escaped = (text: string): string =>
  shortened(onOneLine(text), maxText)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/\[\[(?=ATTACHMENT)/gi, "[ [")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");

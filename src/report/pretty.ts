// The report for a person at a terminal: by resource, worst first; what is wrong, why it matters, what to set.

import type { Finding } from "../findings/finding.ts";
import type { Policy } from "../policy.ts";
import { moduleText } from "../text.ts";
import { grouped } from "./grouped.ts";
import { lines } from "./lines.ts";
import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { acceptedLines, fixedLines, noteLines, worstFirst } from "./notes.ts";
import { leftOutText, notJudgedCount, type PlanReport, type Report, type Reporter, refusalText } from "./report.ts";
import type { Paint, Screen } from "./style.ts";

export interface PrettyOptions {
  readonly policies: readonly Policy[];
  readonly screen: Screen;
  /** Only what keeps a plan from being applied. */
  readonly quiet?: boolean;
  /** What lets an unknown pass, as the user would write it. Default "--unknown warn". */
  readonly warns?: string;
}

interface Context {
  readonly screen: Screen;
  readonly warns: string;
  /** By policy; each is told once, so it is taken out where it is told. */
  readonly why: Map<string, string>;
  /** How many lines what refuses nothing may take for each plan: a plan that passes never fills more than a screen. */
  readonly room: { readonly notes: number; readonly fixed: number };
}

export const pretty =
  ({ policies, screen, quiet = false, warns = "--unknown warn" }: PrettyOptions): Reporter =>
  (report) => {
    const judged = report.plans.filter((plan) => plan.verdict !== "error" || plan.findings.length > 0);
    if (judged.length === 0) return "";
    const why = new Map(policies.map((policy) => [policy.id, policy.why]));
    const room = quiet
      ? { notes: 0, fixed: 0 }
      : judged.length === 1
        ? { notes: 11, fixed: 3 }
        : { notes: 4, fixed: 2 };
    const context = { screen, warns, why, room };
    const shown = report.plans.filter((plan) => !quiet || plan.verdict !== "pass" || !plan.complete);
    const parts = shown.map((plan) => planLines(plan, context));
    if (!quiet) parts.push(summaryLines(report, screen));
    return parts.map((part) => `${part.join("\n")}\n`).join("\n");
  };

function planLines(plan: PlanReport, context: Context): string[] {
  const { screen, room } = context;
  const refusing = plan.findings.filter((finding) => finding.refuses).sort(worstFirst);
  const resources = grouped(refusing, (finding) => finding.address);
  // Instances of one resource tend to have the same faults: they are told once.
  const alike = grouped(resources, (findings) =>
    findings.map((one) => [one.policy, one.at, one.outcome, one.change, one.message, adviceOf(one)]),
  );
  return [
    ...headline(plan, screen),
    ...(plan.complete || plan.verdict === "error" ? [] : partialLines(screen)),
    ...notJudgedLines(plan, context),
    ...chainLines(plan, screen),
    ...alike.flatMap((group) => ["", ...resourceLines(group, context)]),
    ...(refusing.some((one) => one.outcome === "unknown") ? ["", ...unknownHint(context)] : []),
    ...noteLines(plan.findings, screen, room.notes),
    ...acceptedLines(plan.findings, screen, room.notes),
    ...fixedLines(plan.findings, screen, room.fixed),
  ];
}

function headline(plan: PlanReport, { style, width }: Screen): string[] {
  const { path, kind, terraformVersion, verdict, complete, endpoints } = plan;
  const mark = verdict === "pass" ? "✔" : "✖";
  const facts =
    verdict === "error"
      ? ["could not be judged"]
      : [
          complete ? verdict : `${verdict} (partial)`,
          kind === "configuration" ? "· configuration without its plan: early feedback" : "",
          terraformVersion === null ? "" : `· Terraform ${terraformVersion}`,
          kind === "waivers" ? "" : `· ${endpoints === 0 ? "no endpoints to judge" : count(endpoints, "endpoint")}`,
        ];
  const color = verdict === "pass" ? style.green : style.red;
  return lines([[mark, color], [path, style.bold], ...facts.map((fact) => [fact, style.dim] as const)], {
    width,
    rest: 2,
  });
}

const partialLines = ({ style, width }: Screen): string[] =>
  lines(
    [
      [
        "PARTIAL PLAN: it leaves out changes (-target, -exclude, or deferred ones), and the verdict leaves them out too.",
        (text) => style.bold(style.yellow(text)),
      ],
    ],
    { width, first: 2 },
  );

/** Resources that no finding is about. Where only what refuses the plan is shown, those that do not are left out. */
function notJudgedLines({ notJudged }: PlanReport, { screen: { style, width }, room }: Context): string[] {
  const shown = notJudgedNotices(notJudged).filter(({ refuses }) => refuses || room.notes > 0);
  return shown.flatMap((notice) =>
    lines([notice.refuses ? ["✖", style.red] : ["!", style.yellow], notJudgedText(notice)], {
      width,
      first: 2,
      rest: 4,
    }),
  );
}

/** What a viewer sees is the first endpoint's, whatever stands behind it. */
const chainLines = ({ chains }: PlanReport, { style, width }: Screen): string[] =>
  chains.flatMap((chain) => lines([[`viewer → ${chain.join(" → ")}`, style.dim]], { width, first: 2, rest: 4 }));

function resourceLines(alike: readonly (readonly Finding[])[], context: Context): string[] {
  const { style, width } = context.screen;
  const [findings = []] = alike;
  const isOne = alike.length === 1;
  return [
    ...alike.flatMap(([one]) =>
      one
        ? lines([[one.address, style.bold], ...(isOne ? [] : sourceOf(one, style)), ...moduleOf(one, style)], { width })
        : [],
    ),
    ...grouped(findings, (one) => one.at).flatMap((group) => placeLines(group, isOne, context)),
  ];
}

/** The version of the module that the resource is written in: a fix may have to be made there. */
const moduleOf = ({ module }: Finding, { dim }: Screen["style"]): [string, Paint][] =>
  module ? [[`(${moduleText(module)})`, dim]] : [];

/** `main.ts:30:7 (website/cdn)` */
function sourceOf({ source }: Finding, style: Screen["style"]): [string, Paint][] {
  if (!source) return [];
  const { file, line, column, constructPath } = source;
  return [[`${file}:${line}:${column}${constructPath === undefined ? "" : ` (${constructPath})`}`, style.dim]];
}

function placeLines(findings: readonly [Finding, ...Finding[]], isOne: boolean, context: Context): string[] {
  const { style, width } = context.screen;
  return [
    ...lines([[findings[0].at, style.cyan], ...(isOne ? sourceOf(findings[0], style) : [])], { width, first: 2 }),
    // What one change mends stands together.
    ...grouped(findings, adviceOf).flatMap((group) => [
      ...group.flatMap((finding) => findingLines(finding, context)),
      ...lines([["→", style.green], adviceOf(group[0])], { width, first: 4, rest: 6 }),
    ]),
  ];
}

function findingLines({ policy, outcome, message, severity, change }: Finding, { screen, why }: Context): string[] {
  const { style, width } = screen;
  const reason = firstSentence(why.get(policy) ?? "");
  why.delete(policy);
  const [mark, told] = outcome === "fail" ? (["✖", message] as const) : (["?", `cannot be told: ${message}`] as const);
  return [
    ...lines(
      [
        [mark, outcome === "fail" ? style.red : style.yellow],
        [`${policy}:`, style.bold],
        told,
        [`(${severity}, ${change})`, style.dim],
      ],
      { width, first: 4, rest: 6 },
    ),
    ...lines([[reason, style.dim]], { width, first: 6 }),
  ];
}

/** What to set, in the words of the configuration where they are known. What the plan does not tell may be right already. */
export function adviceOf({ remedy, fix, address, at, outcome }: Finding): string {
  const isOpen = outcome === "unknown";
  if (!remedy) return isOpen ? `Make sure of it: ${fix}` : (fix ?? "");
  const { attribute, value, with: required = [] } = remedy;
  const setting = `${attribute === at ? lastStep(attribute) : attribute} = ${expressionOf(value)}`;
  const beside = required.map((one) => `, ${one.attribute} = ${expressionOf(one.value)}`);
  const elsewhere = `${beside.join("")}${remedy.address === address ? "" : ` in ${remedy.address}`}`;
  return isOpen ? `Make sure that it is right: ${setting}${elsewhere} would be.` : `Set ${setting}${elsewhere}`;
}

/** What stands behind the last dot that is in no key: `annotations["nginx.io/ssl"]`. */
const lastStep = (attribute: string): string => attribute.replace(/^.*\.(?=[^.[\]"]*(?:\[.*\])?$)/, "");

type Setting = NonNullable<Finding["remedy"]>["value"];

const expressionOf = (value: Setting): string => (isReference(value) ? value.reference : JSON.stringify(value));

const isReference = (value: Setting): value is { readonly reference: string } =>
  typeof value === "object" && "reference" in value;

const unknownHint = ({ screen: { style, width }, warns }: Context): string[] =>
  lines(
    [
      ["?", style.yellow],
      [
        `What the plan does not tell is refused. Write it as a constant, take it from a resource of this plan, or apply what it comes from first; ${warns} lets it pass.`,
        style.dim,
      ],
    ],
    { width, rest: 2 },
  );

/** `explain` tells the whole. */
export const firstSentence = (text: string): string => /^.*?\.(?=\s+[A-Z]|$)/s.exec(text)?.[0] ?? text;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

function summaryLines(report: Report, { style, width }: Screen): string[] {
  const { verdict, summary, plans } = report;
  const { endpoints, checks, pass, fail, unknown, introduced, existing, fixed, waived, known, gone } = summary;
  const whole = plans.every((plan) => plan.complete || plan.verdict === "error") ? "" : " (partial)";
  const told = {
    pass: `pass${whole}`,
    refused: refusalText(report).replace("refused", `refused${whole}`),
    error: "could not be judged",
  }[verdict];
  const facts = [
    plans.length === 1 ? "" : count(plans.length, "plan"),
    count(endpoints, "endpoint"),
    `${count(checks, "check")}: ${pass} pass, ${fail} fail, ${unknown} unknown`,
    `${introduced} introduced, ${existing} existing, ${fixed} fixed`,
    waived > 0 ? `${waived} waived` : "",
    gone === null ? "" : `baseline: ${summary.new} new, ${known} known, ${gone} gone`,
    notJudgedCount(summary),
    leftOutText(summary),
  ];
  const color = verdict === "pass" ? style.green : style.red;
  return lines([[told, (text) => style.bold(color(text))], ...facts.filter(Boolean).map((fact) => `· ${fact}`)], {
    width,
    rest: 2,
  });
}

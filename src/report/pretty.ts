// The report for a person at a terminal: by resource, worst first; what is wrong, why it matters, what to set.

import type { Finding } from "../findings/finding.ts";
import type { Policy, Severity } from "../policy.ts";
import { onOneLine, printable } from "./printable.ts";
import type { PlanReport, Reporter, Summary } from "./report.ts";
import type { Style } from "./style.ts";

export interface PrettyOptions {
  readonly policies: readonly Policy[];
  readonly style: Style;
  /** Only what keeps a plan from being applied. */
  readonly quiet?: boolean;
}

/** Findings that refuse nothing get a line each, and no more lines than this for a plan. */
const maxAdvice = 12;

export const pretty =
  ({ policies, style, quiet = false }: PrettyOptions): Reporter =>
  ({ plans, summary, verdict }) => {
    const why = new Map(policies.map((policy) => [policy.id, policy.why]));
    const parts = plans.map((plan) => planText(plan, why, style, quiet)).filter((text) => text !== "");
    if (!quiet || verdict !== "pass") parts.push(summaryLine(verdict, summary, style));
    return parts.length > 0 ? `${parts.join("\n\n")}\n` : "";
  };

function planText(plan: PlanReport, why: Map<string, string>, style: Style, quiet: boolean): string {
  const lines = [headline(plan, style)];
  if (!plan.complete) {
    const partial = "PARTIAL PLAN: it leaves changes out (-target, or deferred), and they are not judged.";
    lines.push(style.bold(style.yellow(`  ${partial}`)));
  }
  const refusing = plan.findings.filter((finding) => finding.refuses);
  for (const [address, findings] of byAddress(refusing)) {
    lines.push("", style.bold(onOneLine(address)));
    for (const finding of findings) lines.push(...detailed(finding, why, style));
  }
  const others = plan.findings.filter((finding) => !finding.refuses && finding.outcome !== "pass").sort(worstFirst);
  if (!quiet && others.length > 0) {
    lines.push("", style.dim(refusing.length > 0 ? "Beside that, refusing nothing:" : "To know, refusing nothing:"));
    for (const finding of others.slice(0, maxAdvice)) lines.push(brief(finding, style));
    if (others.length > maxAdvice)
      lines.push(style.dim(`  … and ${others.length - maxAdvice} more; --format json lists all`));
  }
  const silent = quiet && plan.verdict === "pass" && plan.complete;
  return silent ? "" : lines.join("\n");
}

function headline(plan: PlanReport, style: Style): string {
  const { path, terraformVersion, verdict, endpoints } = plan;
  const mark = { pass: style.green("✔"), refused: style.red("✖"), error: style.red("✖") }[verdict];
  const facts = [
    verdict === "error" ? "could not be judged" : verdict,
    terraformVersion === null ? "" : `Terraform ${onOneLine(terraformVersion)}`,
    count(endpoints, "endpoint"),
  ];
  return `${mark} ${style.bold(onOneLine(path))}  ${style.dim(facts.filter((fact) => fact !== "").join(" · "))}`;
}

function detailed(finding: Finding, why: Map<string, string>, style: Style): string[] {
  const { policy, severity, at, outcome, message, change } = finding;
  const color = outcome === "fail" ? style.red : style.yellow;
  const about = [severity, change === "none" ? "" : change].filter((one) => one !== "").join(", ");
  const lines = [
    `  ${color(outcome === "fail" ? "✖" : "?")} ${style.bold(policy)}  ${onOneLine(at)}  ${style.dim(about)}`,
    `    ${printable(outcome === "fail" ? message : `cannot be told: ${message}`).replaceAll("\n", "\n    ")}`,
  ];
  const reason = why.get(policy);
  if (reason !== undefined) {
    lines.push(`    ${style.dim(reason)}`);
    // Once is enough: the next finding of the policy stands below.
    why.delete(policy);
  }
  const advice = adviceOf(finding);
  if (advice) lines.push(`    ${style.cyan("→")} ${onOneLine(advice)}`);
  return lines;
}

const brief = ({ outcome, policy, address, at, message }: Finding, style: Style): string =>
  `  ${style.yellow(outcome === "fail" ? "!" : "?")} ${policy}  ${onOneLine(at ? `${address} ${at}` : address)}: ${onOneLine(message)}`;

/** What to set, in the words of the configuration where they are known. */
export function adviceOf({ remedy, fix, address }: Finding): string {
  if (!remedy) return fix ?? "";
  const place = remedy.address === address ? remedy.attribute : `${remedy.address}: ${remedy.attribute}`;
  // A reference is written as it is, a text in quotes.
  const isReference = typeof remedy.value === "string" && /^aws_\w+\.\S+\.\w+$/.test(remedy.value);
  return `set ${place} = ${isReference ? remedy.value : JSON.stringify(remedy.value)}`;
}

const severities: readonly Severity[] = ["critical", "high", "medium", "low"];

const rank = (finding: Finding): number =>
  severities.indexOf(finding.severity) * 2 + (finding.outcome === "fail" ? 0 : 1);

const worstFirst = (one: Finding, other: Finding): number => rank(one) - rank(other);

function byAddress(findings: readonly Finding[]): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(worstFirst)) {
    groups.set(finding.address, [...(groups.get(finding.address) ?? []), finding]);
  }
  return [...groups];
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

function summaryLine(verdict: string, summary: Summary, style: Style): string {
  const { plans, endpoints, checks, pass, fail, unknown, introduced, existing, fixed } = summary;
  const color = verdict === "pass" ? style.green : style.red;
  return [
    style.bold(color(verdict === "error" ? "could not be judged" : verdict)),
    plans === 1 ? "" : count(plans, "plan"),
    count(endpoints, "endpoint"),
    `${count(checks, "check")}: ${pass} pass, ${fail} fail, ${unknown} unknown`,
    `${introduced} introduced, ${existing} existing, ${fixed} fixed`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

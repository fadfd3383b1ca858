// Policies as SARIF rules, with the help that a code host shows beside an alert.

import type { Finding } from "../findings/finding.ts";
import type { Policy, Severity } from "../policy.ts";

/** What GitHub takes of a text (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object). */
const maxText = 1024;
const maxName = 255;

/** More than 20 are refused, and 10 are shown (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit). */
const maxTags = 10;

/** GitHub's "critical" is over 9.0, "high" from 7.0, "medium" from 4.0, "low" below (same page as the texts). */
const securitySeverity: { readonly [severity in Severity]: string } = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

const levels: { readonly [severity in Severity]: "error" | "warning" | "note" } = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** All policies, whatever was found, so that rules differ between versions only; then what else has findings. */
export function rulesOf(policies: readonly Policy[], findings: readonly Finding[]) {
  const ids = new Set(policies.map((policy) => policy.id));
  const others = new Map(findings.filter((one) => !ids.has(one.policy)).map((one) => [one.policy, one]));
  const rest = [...others.values()].sort((one, other) => (one.policy < other.policy ? -1 : 1));
  return [...policies.map(ruleOf), ...rest.map(ruleWithoutPolicy)];
}

function ruleOf(policy: Policy) {
  const { id, requires, severity, why } = policy;
  return {
    id,
    name: clipped(pascalCase(id), maxName),
    shortDescription: { text: clipped(`${requires}.`, maxText) },
    fullDescription: { text: clipped(why, maxText) },
    help: helpOf(policy),
    defaultConfiguration: { level: levels[severity] },
    properties: { precision: "high", "security-severity": securitySeverity[severity], tags: tagsOf(policy) },
  };
}

/** Of findings on waivers; no rule of security, so without a security severity. */
function ruleWithoutPolicy({ policy, severity, fix }: Finding) {
  const title = sentence(policy.replaceAll("-", " "));
  const help = fix ?? title;
  return {
    id: policy,
    name: clipped(pascalCase(policy), maxName),
    shortDescription: { text: clipped(title, maxText) },
    fullDescription: { text: clipped(help, maxText) },
    help: { text: help, markdown: withoutHtml(help) },
    defaultConfiguration: { level: levels[severity] },
    properties: { precision: "high", tags: ["tls", "waiver"] },
  };
}

function helpOf({ id, why, fix, whenUnknown, controls, references }: Policy) {
  const unknown = `${whenUnknown === "refuse" ? "Refuses the plan" : "Warns"} where the plan does not tell.`;
  const asked = Object.entries(controls).map(([framework, ids]) => `${framework}: ${ids.join(", ")}`);
  const text = [
    `Why: ${why}`,
    `Fix: ${fix}`,
    unknown,
    ...(asked.length > 0 ? [`Controls: ${asked.join("; ")}`] : []),
    ...(references.length > 0 ? [`References: ${references.join(" ")}`] : []),
  ];
  const markdown = [
    `## Why\n\n${withoutHtml(why)}`,
    `## Fix\n\n${withoutHtml(fix)}\n\n\`tlsgate explain ${id}\` shows Terraform that passes.`,
    `## When the plan does not tell\n\n${unknown}`,
    ...(asked.length > 0 ? [`## Controls\n\n${asked.map((one) => `- ${withoutHtml(one)}`).join("\n")}`] : []),
    ...(references.length > 0
      ? [`## References\n\n${references.map((one) => `- <${encodeURI(one)}>`).join("\n")}`]
      : []),
  ];
  return { text: text.join("\n\n"), markdown: markdown.join("\n\n") };
}

function tagsOf({ controls }: Policy): string[] {
  const asked = Object.entries(controls).flatMap(([framework, ids]) => ids.map((id) => `${framework} ${id}`));
  return [...new Set(["security", "tls", ...asked])].slice(0, maxTags);
}

/** SARIF forbids HTML in its Markdown (2.1.0, section 3.11.4.2). */
const withoutHtml = (text: string): string => text.replaceAll("<", "\\<");

const clipped = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

const pascalCase = (id: string): string =>
  id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase());

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

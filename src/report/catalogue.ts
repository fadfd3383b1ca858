// The policies, as a list and one by one.

import type { Policy } from "../policy.ts";
import type { Style } from "./style.ts";

export interface Example {
  readonly pass: string;
  readonly fail: string;
}

export function policyList(
  policies: readonly Policy[],
  enforcement: { readonly [policy: string]: string },
  style: Style,
): string {
  const width = Math.max(...policies.map((policy) => policy.id.length));
  const lines = policies.map(
    ({ id, severity, requires }) =>
      `${style.bold(id.padEnd(width))}  ${severity.padEnd(8)}  ${(enforcement[id] ?? "off").padEnd(9)}  ${requires}`,
  );
  return `${lines.join("\n")}\n`;
}

export function explanation(policy: Policy, example: Example | undefined, style: Style): string {
  const indent = (text: string) => text.replace(/^(?=.)/gm, "  ");
  const unknown = policy.whenUnknown === "refuse" ? "refuses the plan" : "warns";
  const parts = [
    `${style.bold(policy.id)}  ${style.dim(`${policy.severity}; ${unknown} when the plan does not tell`)}\n${policy.requires}.`,
    `${style.bold("Why")}\n${indent(policy.why)}`,
    `${style.bold("Fix")}\n${indent(policy.fix)}`,
    example && `${style.bold("Fails")}\n${indent(example.fail)}`,
    example && `${style.bold("Passes")}\n${indent(example.pass)}`,
    Object.keys(policy.controls).length > 0 &&
      `${style.bold("Controls")}\n${indent(
        Object.entries(policy.controls)
          .map(([framework, ids]) => `${framework}: ${ids.join(", ")}`)
          .join("\n"),
      )}`,
    `${style.bold("References")}\n${indent(policy.references.join("\n"))}`,
  ];
  return `${parts.filter((part) => part).join("\n\n")}\n`;
}

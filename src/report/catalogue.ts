// The policies, as a list and one by one.

import type { Policy } from "../policy.ts";
import { lines } from "./lines.ts";
import type { Screen } from "./style.ts";

/** Terraform that meets a policy, and Terraform that does not. */
export interface Example {
  readonly pass: string;
  readonly fail: string;
}

type Enforcement = { readonly [policy: string]: string };

export function policyList(policies: readonly Policy[], enforcement: Enforcement, { style, width }: Screen): string {
  const widest = Math.max(...policies.map((policy) => policy.id.length));
  const rows = policies.flatMap(({ id, severity, requires }) => {
    const head = `${style.bold(id.padEnd(widest))}  ${severity.padEnd(8)}  ${enforcementOf(id, enforcement).padEnd(9)}  `;
    const [first = "", ...others] = lines([requires], { width, first: widest + 23 });
    return [head + first.trimStart(), ...others];
  });
  return `${rows.join("\n")}\n`;
}

/** One document a policy; examples only where they are asked for. */
export function policyDocuments(
  policies: readonly Policy[],
  enforcement: Enforcement,
  examples?: { readonly [policy: string]: Example },
): string {
  const documents = policies.map(
    ({ id, requires, severity, whenUnknown, why, fix, references, controls, options }) => ({
      id,
      requires,
      severity,
      enforcement: enforcementOf(id, enforcement),
      whenUnknown,
      why,
      fix,
      references,
      controls,
      ...(options && { options }),
      ...(examples && { examples: examples[id] ?? null }),
    }),
  );
  return `${JSON.stringify(documents, null, 2)}\n`;
}

const enforcementOf = (id: string, enforcement: Enforcement): string => enforcement[id] ?? "off";

export function explanation(policy: Policy, example: Example | undefined, { style, width }: Screen): string {
  const { id, requires, severity, whenUnknown, why, fix, controls, references, options = {} } = policy;
  const text = (words: string) => lines([words], { width, first: 2 });
  const code = (source: string) => source.trimEnd().replace(/^(?=.)/gm, "  ");
  const section = (title: string, body: readonly string[]) =>
    body.length > 0 ? `${style.bold(title)}\n${body.join("\n")}` : undefined;
  const unknown = whenUnknown === "refuse" ? "refuses the plan" : "warns";
  const parts = [
    `${style.bold(id)}  ${style.dim(`${severity}; ${unknown} when the plan does not tell`)}\n${requires}.`,
    section("Why", text(why)),
    section("Fix", text(fix)),
    section(
      "Options",
      Object.entries(options).flatMap(([name, { description, default: usual }]) =>
        text(`${name}: ${description} (default ${JSON.stringify(usual)})`),
      ),
    ),
    example && section("Fails", [code(example.fail)]),
    example && section("Passes", [code(example.pass)]),
    section(
      "Controls",
      Object.entries(controls).flatMap(([framework, ids]) => text(`${framework}: ${ids.join(", ")}`)),
    ),
    section("References", references.flatMap(text)),
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

// The policies, as a list and one by one.

import type { Policy } from "../policy.ts";
import { lines } from "./lines.ts";
import { machineJson } from "./machine-json.ts";
import type { Screen } from "./style.ts";

/** Terraform that meets a policy, and Terraform that does not, if there is any. */
export interface Example {
  readonly pass: string;
  readonly fail?: string;
}

/** What is made of each policy, by its id. */
export interface Stance {
  readonly enforcement: { readonly [policy: string]: "mandatory" | "advisory" };
  /** What becomes of what a plan does not tell a mandatory one. */
  readonly unknown: { readonly [policy: string]: "refuse" | "warn" };
}

const heads = { id: "policy", severity: "severity", enforcement: "enforced", unknown: "unknown", requires: "requires" };

export function policyList(policies: readonly Policy[], stance: Stance, { style, width }: Screen): string {
  const widest = Math.max(...policies.map((policy) => policy.id.length));
  const row = ({ id, severity, enforcement, unknown, requires }: typeof heads, paint = style.bold) => {
    const head = `${paint(id.padEnd(widest))}  ${severity.padEnd(8)} ${enforcement.padEnd(9)} ${unknown.padEnd(7)} `;
    const [first = "", ...others] = lines([requires], { width, first: widest + 29 });
    return [head + first.trimStart(), ...others];
  };
  const rows = policies.flatMap((policy) => row({ ...policy, ...stanceOn(policy.id, stance) }));
  return `${[...row(heads, style.dim), ...rows].join("\n")}\n`;
}

/** One document a policy; examples only where they are asked for. */
export function policyDocuments(
  policies: readonly Policy[],
  stance: Stance,
  examples?: { readonly [policy: string]: Example },
): string {
  const documents = policies.map(
    ({ id, requires, severity, whenUnknown, why, fix, references, controls, options }) => ({
      id,
      requires,
      severity,
      ...stanceOn(id, stance),
      whenUnknown,
      why,
      fix,
      references,
      controls,
      ...(options && { options }),
      ...(examples && { examples: examples[id] ?? null }),
    }),
  );
  return machineJson(documents);
}

/** An advisory policy refuses nothing, and one that is off is not asked. */
function stanceOn(id: string, { enforcement, unknown }: Stance) {
  const enforced = enforcement[id] ?? "off";
  const onUnknown = { mandatory: unknown[id] ?? "refuse", advisory: "warn", off: "off" }[enforced];
  return { enforcement: enforced, unknown: onUnknown };
}

export function explanation(
  policy: Policy,
  stance: Stance,
  example: Example | undefined,
  { style, width }: Screen,
): string {
  const { id, requires, severity, why, fix, controls, references, options = {} } = policy;
  const text = (words: string) => lines([words], { width, first: 2 });
  const code = (source: string) => source.trimEnd().replace(/^(?=.)/gm, "  ");
  const section = (title: string, body: readonly string[]) =>
    body.length > 0 ? `${style.bold(title)}\n${body.join("\n")}` : undefined;
  const { enforcement, unknown } = stanceOn(id, stance);
  const told = unknown === "refuse" ? "refuses the plan" : "warns";
  const parts = [
    `${style.bold(id)}  ${style.dim(`${severity}; ${enforcement === "off" ? "switched off" : `${told} when the plan does not tell`}`)}\n${lines([`${requires}.`], { width }).join("\n")}`,
    section("Why", text(why)),
    section("Fix", text(fix)),
    section(
      "Options",
      Object.entries(options).flatMap(([name, { description, default: usual }]) =>
        text(`${name}: ${description} (default ${JSON.stringify(usual)})`),
      ),
    ),
    example?.fail && section("Fails", [code(example.fail)]),
    example && section("Passes", [code(example.pass)]),
    section(
      "Controls",
      Object.entries(controls).flatMap(([framework, ids]) => text(`${framework}: ${ids.join(", ")}`)),
    ),
    section("References", references.flatMap(text)),
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

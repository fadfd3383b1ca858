// Reports of shards, as JSON → one report.

import { verdictOf, worst } from "./findings/gate.ts";
import { InputError } from "./input-error.ts";
import { grouped } from "./report/grouped.ts";
import type { FactDocument } from "./report/inventory.ts";
import { type PlanReport, type Report, reportOf } from "./report/report.ts";
import { wrongInReport } from "./report-shape.ts";
import { nameText } from "./text.ts";

/** One report of several. Throws an InputError for a text that is no report of this version of the format. */
export function merged(texts: readonly { readonly path: string; readonly text: string }[], version: string): Report {
  const reports = texts.map(({ path, text }) => parsed(text, path));
  const all = reports.flatMap((report) => report.plans);
  const plans = [
    ...all.filter(({ kind }) => kind !== "waivers"),
    ...noticesOf(
      all.filter(({ kind }) => kind === "waivers"),
      reports.length,
    ),
  ];
  // Shards that share a baseline see its other violations as gone: only one report can tell.
  const gone = reports.length === 1 ? (reports[0]?.summary?.gone ?? null) : null;
  return reportOf(plans, worst(plans.map(({ verdict }) => verdict)), version, gone);
}

/** What shards say of the same file of waivers, once; a waiver or an assumption is unused when no shard has used it. */
function noticesOf(plans: readonly PlanReport[], shards: number): PlanReport[] {
  return grouped(plans, ({ path }) => path).map((group) => {
    const said = grouped(
      group.flatMap((plan) => plan.findings),
      ({ policy, message }) => [policy, message],
    );
    const findings = said
      .filter(([{ policy }, ...others]) => !policy.endsWith("-unused") || others.length + 1 === shards)
      .map(([finding]) => finding);
    return { ...group[0], findings, verdict: verdictOf(findings) };
  });
}

function parsed(text: string, path: string): Report {
  const wrong = (why: string) =>
    new InputError(`${path} is no report: ${why}.`, "tlsgate check --format json --output REPORT.json PLAN");
  let report: Partial<Report & { readonly schemaVersion: number }>;
  try {
    report = JSON.parse(text, revived);
  } catch {
    throw wrong("it is no JSON");
  }
  const problem = wrongInReport(report);
  if (problem === "") throw wrong("it is no object");
  if (problem === "schemaVersion") throw wrong("its schemaVersion is not 1");
  if (problem === "plans") throw wrong("`plans` is no list of plans");
  if (problem !== undefined) throw wrong(`\`${problem}\` is missing, or not what a report holds there`);
  const { plans: all, ...rest } = report as Report;
  // The document has no count of endpoints beside them.
  const plans = all.map((plan) => ({ ...plan, endpoints: plan.endpoints ?? 0, chains: plan.chains ?? [] }));
  return { ...rest, plans };
}

/** A fact as the document has it; in the model it has a place, a cause that is data, and sensitivity as a flag. */
function revived(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("state" in value && "address" in value && "at" in value)) {
    return value;
  }
  const { address, at, state, cause, ...fact } = value as FactDocument;
  const place = { address, at };
  if (state === "sensitive") return { ...fact, state: "known", sensitive: true, place };
  if (state === "unknown") return { ...fact, state, cause: { reason: "other", note: nameText(cause ?? "") }, place };
  return { ...fact, state, place };
}

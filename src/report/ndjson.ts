// One finding a line, flat, for a warehouse: every line has the same fields, null where there is nothing to say.

import type { Finding } from "../findings/finding.ts";
import type { NotJudged } from "../findings/not-judged.ts";
import { machineJsonText } from "./machine-json.ts";
import { wellFormed } from "./printable.ts";
import type { PlanReport, Reporter } from "./report.ts";

/** Grows by new fields only; another meaning of a field would be version 2. */
const schemaVersion = 1;

/**
 * JSON texts, each on its line, as https://github.com/ndjson/ndjson-spec describes them; passes are among them, so rates
 * can be told. An input that could not be judged is one line of outcome "error" without a policy, and a resource that is not
 * judged one of outcome "not judged"; a plan without either and without an endpoint has none.
 */
export const ndjson: Reporter = ({ tool, plans }) =>
  plans
    .flatMap((plan) => {
      const head = { schemaVersion, tool: tool.name, toolVersion: tool.version, ...planFields(plan) };
      const judged = [...plan.findings.map(fieldsOf), ...(plan.notJudged ?? []).map(notJudgedFields)];
      const rows = plan.verdict === "error" ? [{ ...nothing, ...unjudged }, ...judged] : judged;
      return rows.map((row) => `${lineOf({ ...head, ...row })}\n`);
    })
    .join("");

const lineOf = (row: object): string =>
  machineJsonText(
    JSON.stringify(row, (_field, value: unknown) => (typeof value === "string" ? wellFormed(value) : value)),
  );

const planFields = ({ path, kind, verdict, complete, terraformVersion }: PlanReport) => ({
  plan: path,
  planKind: kind,
  planVerdict: verdict,
  planComplete: complete,
  terraformVersion,
});

const fieldsOf = (finding: Finding) => ({
  policy: finding.policy,
  severity: finding.severity,
  enforcement: finding.enforcement,
  address: finding.address,
  // No name of a field is a word of SQL: `at` is one.
  attribute: finding.at,
  outcome: finding.outcome,
  change: finding.change,
  message: finding.message,
  unknownKind: finding.unknown?.kind ?? null,
  noFix: finding.noFix,
  fix: finding.fix,
  refuses: finding.refuses,
  waived: finding.waiver !== null,
  waiverOwner: finding.waiver?.owner ?? null,
  waiverExpires: finding.waiver?.expires ?? null,
  waiverReason: finding.waiver?.reason ?? null,
  waiverTicket: finding.waiver?.ticket ?? null,
  fingerprint: finding.fingerprint || null,
  baseline: finding.baseline,
  file: finding.source?.file ?? null,
  line: finding.source?.line ?? null,
  columnNumber: finding.source?.column ?? null,
  constructPath: finding.source?.constructPath ?? null,
  module: finding.module?.source ?? null,
  moduleVersion: finding.module?.version ?? null,
});

type Fields = {
  readonly [Field in keyof ReturnType<typeof fieldsOf>]:
    | (Field extends "outcome" ? string : ReturnType<typeof fieldsOf>[Field])
    | null;
};

const nothing: Fields = {
  policy: null,
  severity: null,
  enforcement: null,
  address: null,
  attribute: null,
  outcome: null,
  change: null,
  message: null,
  unknownKind: null,
  noFix: null,
  fix: null,
  refuses: null,
  waived: null,
  waiverOwner: null,
  waiverExpires: null,
  waiverReason: null,
  waiverTicket: null,
  fingerprint: null,
  baseline: null,
  file: null,
  line: null,
  columnNumber: null,
  constructPath: null,
  module: null,
  moduleVersion: null,
};

const notJudgedFields = ({ address, what, change, refuses }: NotJudged): Fields => ({
  ...nothing,
  address,
  attribute: "",
  outcome: "not judged",
  change,
  message: `may serve HTTPS and is not judged: ${what}`,
  refuses,
  waived: false,
});

const unjudged = { outcome: "error", message: "The input could not be judged.", refuses: true, waived: false };

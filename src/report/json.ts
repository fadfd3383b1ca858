// The JSON report, as schemas/report.schema.json describes it.

import { printable } from "./printable.ts";
import type { Report } from "./report.ts";

/** Grows by new fields only; another meaning of a field would be version 2. */
const schemaVersion = 1;

export function json({ tool, verdict, summary, plans }: Report): string {
  const document = {
    schemaVersion,
    tool,
    verdict,
    summary,
    plans: plans.map(({ path, formatVersion, terraformVersion, complete, verdict, findings }) => ({
      path,
      formatVersion,
      terraformVersion,
      complete,
      verdict,
      findings: findings.map(({ refuses: _, ...finding }) => finding),
    })),
  };
  return `${printable(JSON.stringify(document, null, 2))}\n`;
}

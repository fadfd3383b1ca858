// The JSON report, exactly as schemas/report.schema.json describes it.

import { documents } from "./inventory.ts";
import { machineJson } from "./machine-json.ts";
import type { PlanReport, Reporter } from "./report.ts";

/** Grows by new fields only; another meaning of a field would be version 2. */
const schemaVersion = 1;

export const json: Reporter = ({ tool, verdict, summary, plans }) => {
  return machineJson({ schemaVersion, tool, verdict, summary, plans: plans.map(planDocument) });
};

function planDocument({ inventory, ...plan }: PlanReport) {
  return inventory
    ? { ...plan, inventory: { before: documents(inventory.before), after: documents(inventory.after) } }
    : plan;
}

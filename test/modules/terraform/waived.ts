// A waiver for the cases of constructs and modules.

import { type WaivableRule, Waiver, type WaiverProps } from "../../../modules/waiver.ts";

const until = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10) as WaiverProps<"https-only">["until"];

/** As a module takes it. */
export const waiverInput = <Rule extends WaivableRule>(rule: Rule): WaiverProps<Rule> => ({
  rule,
  reason: "Meters in the field cannot be updated.",
  until,
  owner: "web@example.com",
});

/** As a construct takes it. */
export const waive = <Rule extends WaivableRule>(rule: Rule): Waiver<Rule> => Waiver.for(waiverInput(rule));

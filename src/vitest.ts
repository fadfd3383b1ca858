// vitest matchers: expect(plan).toPassPolicies().

import { expect } from "vitest";
import { evaluatePlan } from "./api.ts";
import type { Selection } from "./findings/evaluate.ts";
import type { Finding } from "./findings/finding.ts";
import type { NotJudged } from "./findings/not-judged.ts";
import type { Plan } from "./plan/plan.ts";
import { readPlan } from "./plan/read.ts";
import { loggable } from "./report/log-commands.ts";
import { onOneLine } from "./report/printable.ts";

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the type parameter must be vitest's own
  interface Matchers<T = any> {
    /**
     * Passes when the gate lets the plan go; takes a plan, or the path of one. By default all policies under the profile
     * "recommended".
     */
    toPassPolicies: (selection?: Partial<Selection>) => T;
  }
}

expect.extend({
  toPassPolicies(received: Plan | string, selection: Partial<Selection> = {}) {
    const plan = typeof received === "string" ? readPlan(received) : received;
    const { findings, notJudged, verdict } = evaluatePlan(plan, selection);
    const pass = verdict === "pass";
    const message = () =>
      pass
        ? loggable(`expected ${onOneLine(plan.path)} to be refused, but it passes`)
        : loggable(
            [
              `${onOneLine(plan.path)} is refused:`,
              ...findings.filter((one) => one.refuses).map(line),
              ...notJudged.filter((one) => one.refuses).map(notJudgedLine),
            ].join("\n"),
          );
    return { pass, message };
  },
});

const line = ({ address, at, policy, message }: Finding): string =>
  onOneLine(`  ${address} ${at}: ${policy}: ${message}`);

const notJudgedLine = ({ address, what }: NotJudged): string =>
  onOneLine(`  ${address}: may serve HTTPS and is not judged: ${what}`);

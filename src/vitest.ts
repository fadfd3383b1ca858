// vitest matchers: expect(plan).toPassPolicies().

import { expect } from "vitest";
import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { evaluate, type Selection } from "./findings/evaluate.ts";
import type { Finding } from "./findings/finding.ts";
import type { Plan } from "./plan/plan.ts";
import { readPlan } from "./plan/read.ts";
import { adapters } from "./providers/registry.ts";

interface Matchers<R> {
  /**
   * Passes when the gate lets the plan go; takes a plan, or the path of one. By default all policies under the profile
   * "recommended".
   */
  toPassPolicies: (selection?: Partial<Selection>) => R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the type parameter must be vitest's own
  interface Matchers<T = any> {
    toPassPolicies: (selection?: Partial<Selection>) => T;
  }
}

expect.extend({
  toPassPolicies(received: Plan | string, selection: Partial<Selection> = {}) {
    const plan = typeof received === "string" ? readPlan(received) : received;
    const { enforcement } = profiles.recommended;
    const { findings } = evaluate(plan, { policies, adapters, enforcement, ...selection });
    const refusing = findings.filter((finding) => finding.refuses);
    const pass = refusing.length === 0;
    const message = () =>
      pass
        ? `expected ${plan.path} to be refused, but it passes`
        : [`${plan.path} is refused:`, ...refusing.map(line)].join("\n");
    return { pass, message };
  },
});

const line = ({ address, at, policy, message }: Finding): string => `  ${address} ${at}: ${policy}: ${message}`;

export type { Matchers };

// How long each phase of a run took, for --timings: of each plan, and of the whole.

import { onOneLine } from "./report/printable.ts";

export interface Stopwatch {
  /** What has passed since the lap before was this phase's: of this plan, or of the whole. */
  readonly lap: (phase: string, plan?: string) => void;
  /** A line for each plan, one for the rest and one for the total since the process began, in milliseconds. */
  readonly told: () => string;
}

/** `now`: milliseconds since the process began. */
export function stopwatch(now = () => performance.now()): Stopwatch {
  let last = now();
  const plans = new Map<string, string[]>();
  const whole = [took("start", last)];
  return {
    lap(phase, plan) {
      const at = now();
      const laps = plan === undefined ? whole : (plans.get(plan) ?? []);
      laps.push(took(phase, at - last));
      if (plan !== undefined) plans.set(plan, laps);
      last = at;
    },
    told() {
      const ofPlans = [...plans].map(([plan, laps]) => `${onOneLine(plan)}: ${laps.join(", ")}`);
      const lines = [...ofPlans, whole.join(", "), took("total", now())];
      return lines.map((line) => `timings: ${line}\n`).join("");
    },
  };
}

const took = (phase: string, milliseconds: number): string => `${phase} ${milliseconds.toFixed(1)} ms`;

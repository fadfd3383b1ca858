// The stopwatch of --timings, which runs only where it is asked for.

import { type Stopwatch, stopwatch } from "../timings.ts";

let watch: Stopwatch | undefined;

export function startWatch(): void {
  watch = stopwatch();
}

export const lap: Stopwatch["lap"] = (phase, plan) => watch?.lap(phase, plan);

/** Nothing where it does not run. */
export const toldTimes = (): string => watch?.told() ?? "";

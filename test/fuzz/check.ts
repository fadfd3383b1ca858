// Checks properties with cases that a seed decides, and says of each failure where it comes from.

import fc from "fast-check";

export interface Property<T> {
  readonly name: string;
  readonly cases: fc.Arbitrary<T>;
  /** Throws where the property does not hold. */
  readonly check: (one: T) => void;
  /** A case in a line. */
  readonly describe: (one: T) => string;
}

export interface Failure {
  readonly property: string;
  /** The smallest case that was found. */
  readonly description: string;
  readonly counterexample: string;
  readonly error: Error;
}

/**
 * Far more than any case takes: what exceeds it takes time by something else than its size. In milliseconds of the
 * processor's time, as other programs take theirs.
 */
const patience = 15_000;

/** What fails in one place is one failure. */
function placeOf(error: unknown): string {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const frame = stack.split("\n").find((line) => /^\s*at .*\/(src|policies)\//.test(line));
  return frame?.trim() ?? message;
}

/** The failures of some cases, one for each place that they come from. */
export function checkProperty<T>(property: Property<T>, count: number, seed: number): Failure[] {
  const known = new Set<string>();
  const failures: Failure[] = [];
  for (let more = true; more; ) {
    let current: unknown;
    const run = fc.check(
      fc.property(property.cases, (one) => {
        try {
          checkInTime(property, one);
        } catch (error) {
          // While a failure is made smaller, another one does not take its place.
          const place = placeOf(error);
          if (known.has(place) || (current !== undefined && place !== current)) return;
          current = place;
          throw error;
        }
      }),
      { numRuns: count, seed },
    );
    more = run.failed;
    const [one] = run.counterexample ?? [];
    if (!run.failed || one === undefined) break;
    known.add(current as string);
    const error = run.errorInstance instanceof Error ? run.errorInstance : new Error(String(run.errorInstance));
    const counterexample = JSON.stringify(one).slice(0, 2000);
    failures.push({ property: property.name, description: property.describe(one), counterexample, error });
  }
  return failures;
}

function checkInTime<T>({ check }: Property<T>, one: T): void {
  const started = process.cpuUsage();
  check(one);
  const { user, system } = process.cpuUsage(started);
  const taken = (user + system) / 1000;
  if (taken > patience) throw new Error(`the case took ${Math.round(taken)} ms`);
}

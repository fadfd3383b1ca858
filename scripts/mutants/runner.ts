// Runs each test as it is, and then once more for each mutant that it reaches: the modules are loaded only once.

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { type RunnerTestCase, TestRunner } from "vitest";

/** What a run of vitest learns of its mutants; a line of JSON each in the file that `MUTANTS` names. */
export type Observation =
  | { readonly killed: readonly number[]; readonly by: string; readonly test: string }
  /** Reached while modules are loaded, or where a test does not allow another run: not decided here. */
  | { readonly undecided: readonly number[] }
  /** Whether the test came to a mutant that is on, or has kept from its first run what hides it. */
  | { readonly met: readonly number[]; readonly hidden: readonly number[] };

/** Which mutant is on in which process, for when it ends the process or loops without reaching any mutant. */
export interface MutantOn {
  readonly process: number;
  readonly id: number;
}

/** What a run is about. */
export interface Trials {
  /** By test file: the mutants that it is tried on. */
  readonly tried: { readonly [file: string]: readonly number[] };
  /** By test file: how many of its tests a mutant is tried on, where it is not `mostOfOneFile`. */
  readonly most: { readonly [file: string]: number };
  /** Ids of tests that an earlier run came to the end of. */
  readonly done: readonly string[];
}

/** Many tests of a file ask the same of another plan each: what this many let live, the others mostly do too. */
const mostOfOneFile = 40;

interface State {
  readonly isMutant: (id: number) => boolean;
  readonly trials: Trials;
  readonly killed: Set<number>;
  /** How many tests of a file a mutant has survived. */
  readonly survived: Map<string, number>;
  on: number | undefined;
  /** Whether the one that is on was reached. */
  wasOn: boolean;
  /** The mutants that were reached since it was emptied. */
  reached: Set<number>;
  steps: number;
  limit: number;
}

const globals = globalThis as unknown as { mutants?: State; isMutant?: State["isMutant"] };

function stateOf(): State {
  const state: State = {
    isMutant(id) {
      state.steps++;
      if (state.on === undefined) state.reached.add(id);
      // A mutant may loop without end.
      else if (state.steps > state.limit) throw new Error("A mutant took too many steps.");
      if (state.on !== id) return false;
      state.wasOn = true;
      return true;
    },
    trials: JSON.parse(readFileSync(`${process.env.MUTANTS}.trials`, "utf8")) as Trials,
    killed: new Set(),
    survived: new Map(),
    on: undefined,
    wasOn: false,
    reached: new Set(),
    steps: 0,
    limit: 0,
  };
  return state;
}

// One worker runs all files, each with a runner of its own.
globals.mutants ??= stateOf();
const state = globals.mutants;
globals.isMutant = state.isMutant;

const report = (observation: Observation) =>
  appendFileSync(process.env.MUTANTS ?? "", `${JSON.stringify(observation)}\n`);

/** Vitest calls it with `new`. */
export default function createRunner(config: ConstructorParameters<typeof TestRunner>[0]): TestRunner {
  const runner = new TestRunner(config);
  const finish = runner.onAfterRunFiles.bind(runner);
  return Object.assign(runner, {
    runTask,
    onAfterRunFiles: () => {
      finish();
      reportUndecided();
    },
  });
}

async function runTask(test: RunnerTestCase): Promise<void> {
  const run = TestRunner.getTestFn(test);
  const passes = async (): Promise<boolean> => {
    try {
      await run();
      return true;
    } catch {
      return false;
    }
  };
  reportUndecided();
  state.steps = 0;
  await run();
  if (state.trials.done.includes(test.id)) return;
  const tried = new Set(state.trials.tried[test.file.filepath]);
  const timesOf = (id: number) => state.survived.get(`${test.file.name} ${id}`) ?? 0;
  const most = state.trials.most[test.file.filepath] ?? mostOfOneFile;
  const candidates = [...state.reached].filter((id) => tried.has(id) && !state.killed.has(id) && timesOf(id) < most);
  state.reached = new Set();
  if (candidates.length === 0) return;
  state.limit = 20 * state.steps + 100_000;
  if (!(await passes())) return report({ undecided: candidates });
  const killed: number[] = [];
  const survivors: { readonly met: number[]; readonly hidden: number[] } = { met: [], hidden: [] };
  for (const id of candidates) {
    state.steps = 0;
    state.on = id;
    state.wasOn = false;
    writeFileSync(`${process.env.MUTANTS}.on`, JSON.stringify({ process: process.pid, id } satisfies MutantOn));
    if (!(await passes())) killed.push(id);
    else if (!state.wasOn) survivors.hidden.push(id);
    else {
      survivors.met.push(id);
      state.survived.set(`${test.file.name} ${id}`, timesOf(id) + 1);
    }
    state.on = undefined;
  }
  writeFileSync(`${process.env.MUTANTS}.on`, "");
  report(survivors);
  // What a mutant left behind, in a cache, must not have decided about the next.
  const isClean = await passes();
  state.reached = new Set();
  if (!isClean) return report({ undecided: killed });
  for (const id of killed) state.killed.add(id);
  report({ killed, by: `${test.file.name} > ${test.name}`, test: test.id });
}

function reportUndecided(): void {
  if (state.reached.size > 0) report({ undecided: [...state.reached] });
  state.reached = new Set();
}

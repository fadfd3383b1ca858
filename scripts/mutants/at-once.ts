// All mutants in one run of the tests: each test is repeated for the mutants that it reaches, in modules loaded once.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestSpecification } from "vitest/node";
import type { Mutant } from "./find.ts";
import type { MutantOn, Observation, Trials } from "./runner.ts";
import { startVitest } from "./start-vitest.ts";
import { withSwitches } from "./switches.ts";

export interface AtOnce {
  readonly killed: ReadonlySet<Mutant>;
  /** What modules reach while they are loaded, what is no expression, what left traces behind, and what they hid. */
  readonly undecided: ReadonlySet<Mutant>;
}

/**
 * Runs the groups of tests one after the other, each for the mutants that those before it did not kill. `groups`: by the
 * file of the mutants.
 */
export async function tryAtOnce(
  mutants: readonly Mutant[],
  groups: ReadonlyMap<string, readonly (readonly TestSpecification[])[]>,
  progress: (text: string) => void,
): Promise<AtOnce> {
  const texts = new Map(
    [...new Set(mutants.map(({ file }) => file))].map((file) => {
      const switches = mutants.flatMap(({ file: of, change }, id) =>
        of === file && change.isExpression ? [{ id, ...change }] : [],
      );
      return [resolve(file), withSwitches(readFileSync(file, "utf8"), switches)];
    }),
  );
  const live = new Set(mutants.keys());
  const killed = new Set<Mutant>();
  const [met, hidden] = [new Set<number>(), new Set<number>()];
  const undecided = new Set(mutants.filter(({ change }) => !change.isExpression));
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-mutants-"));
  const file = join(directory, "observations");
  const vitest = await startVitest((path) => texts.get(path), {
    runner: resolve("scripts/mutants/runner.ts"),
    env: { MUTANTS: file },
    bail: 0,
  });
  const all = await vitest.globTestSpecifications();
  const done: string[] = [];
  const kill = (id: number) => {
    live.delete(id);
    for (const mutant of mutants.slice(id, id + 1)) killed.add(mutant);
  };
  const triedBy = (at: number) => {
    const tried: { [test: string]: number[] } = {};
    for (const [file, of] of groups) {
      const ids = [...live].filter((id) => mutants[id]?.file === file);
      for (const { moduleId } of (ids.length > 0 && of[at]) || [])
        tried[moduleId] = [...(tried[moduleId] ?? []), ...ids];
    }
    return tried;
  };
  /** A group of several files, before the slow ones, is that of a folder. */
  const mostBy = (at: number) => {
    const near = [...groups.values()].map((of) => of[at] ?? []).filter((tests) => at < 2 && tests.length > 1);
    return Object.fromEntries(near.flat().map(({ moduleId }) => [moduleId, mostOfNearFile]));
  };
  /** Whether the tests ran to their end: a mutant that does not let them counts as killed. */
  const isComplete = async (specifications: readonly TestSpecification[], at: number): Promise<boolean> => {
    for (const name of [file, `${file}.on`]) writeFileSync(name, "");
    writeFileSync(`${file}.trials`, JSON.stringify({ tried: triedBy(at), most: mostBy(at), done } satisfies Trials));
    const stop = stopWhenStuck(`${file}.on`);
    const { testModules } = await vitest.runTestSpecifications([...specifications]);
    stop();
    for (const line of readFileSync(file, "utf8").trim().split("\n").filter(Boolean)) {
      const observation = JSON.parse(line) as Observation;
      if ("killed" in observation) {
        done.push(observation.test);
        for (const id of observation.killed) kill(id);
      } else if ("hidden" in observation) {
        // One by one, mutants meet the first of the groups alone.
        if (at > 0) continue;
        for (const id of observation.met) met.add(id);
        for (const id of observation.hidden) hidden.add(id);
      } else for (const mutant of observation.undecided.flatMap((id) => mutants[id] ?? [])) undecided.add(mutant);
    }
    const last = readFileSync(`${file}.on`, "utf8");
    if (last) kill((JSON.parse(last) as MutantOn).id);
    else {
      const errors = testModules.flatMap((module) =>
        module.errors().map(({ message }) => `${module.moduleId}: ${message}`),
      );
      if (errors.length > 0) throw new Error(`Tests cannot be loaded:\n${errors.join("\n")}`);
    }
    return last === "";
  };
  try {
    const count = Math.max(0, ...[...groups.values()].map(({ length }) => length));
    for (let at = 0; at < count; at++) {
      done.length = 0;
      const modules = new Set(Object.keys(triedBy(at)));
      const specifications = all.filter(({ moduleId }) => modules.has(moduleId));
      if (specifications.length === 0) continue;
      while (!(await isComplete(specifications, at)));
      progress(`${killed.size} of ${mutants.length} killed by ${modules.size} test files`);
    }
  } finally {
    await vitest.close();
    rmSync(directory, { recursive: true, force: true });
  }
  for (const id of hidden) if (!met.has(id)) for (const mutant of mutants.slice(id, id + 1)) undecided.add(mutant);
  for (const mutant of killed) undecided.delete(mutant);
  return { killed, undecided };
}

/** Of a folder's tests all are tried: each is about something else. */
const mostOfNearFile = 1000;

/** Ends the process of a mutant that takes longer than any test may. */
function stopWhenStuck(file: string): () => void {
  let before = "";
  const timer = setInterval(() => {
    const now = readFileSync(file, "utf8");
    if (now !== "" && now === before) process.kill((JSON.parse(now) as MutantOn).process, "SIGKILL");
    before = now;
  }, 60_000);
  return () => clearInterval(timer);
}

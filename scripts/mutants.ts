// Breaks policies, adapters and the core on purpose, in every small way that scripts/mutants/find.ts knows, and shows that
// some test goes red. A mutant is put in while vitest loads the module, so no file is ever touched.
// usage: npm run mutants [-- [--quick] [--near] [PATH…]]   PATH: a file or a folder, by default all that are tested so;
// --quick is content with the first dead mutant of each file; --near runs no test but those of the file's own folder

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { TestSpecification } from "vitest/node";
import { accepted } from "./mutants/accepted.ts";
import { tryAtOnce } from "./mutants/at-once.ts";
import { type Mutant, mutantsOf } from "./mutants/find.ts";
import { startVitest } from "./mutants/start-vitest.ts";

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const near = args.includes("--near");
const chosen = args.filter((arg) => !arg.startsWith("-"));

/** Every test leads through the core: its mutants meet the quick tests of their folder, and then these of whole plans. */
const slow: { readonly [folder: string]: readonly string[] } = {
  policies: ["test/corpus.test.ts"],
  "src/facts": ["test/corpus.test.ts", "test/providers"],
  "src/findings": ["test/corpus.test.ts"],
  "src/plan": ["test/corpus.test.ts", "test/plan/configured.test.ts", "test/plan/configuration-differences.test.ts"],
  "src/hcl": [
    "test/hcl/hostile.test.ts",
    "test/hcl/random-expressions.test.ts",
    "test/hcl/plans.test.ts",
    "test/plan/configured.test.ts",
  ],
};
const core = Object.keys(slow);

/** Files whose own tests have another name. */
const owners: { readonly [file: string]: string } = {
  "src/plan/block-differences.ts": "test/plan/configuration-differences.test.ts",
  "src/plan/same-constant.ts": "test/plan/configuration-differences.test.ts",
  "src/plan/evaluated-block.ts": "test/plan/configured.test.ts",
};

const isWithin = (folders: readonly string[]) => (file: string) =>
  folders.some((one) => `${file}/`.startsWith(`${one}/`));
const files = ["src/providers", ...core]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
  .filter((file) => !["registry.ts", "load.ts", "loaders.ts", "profiles.ts"].includes(basename(file)))
  .filter((file) => chosen.length === 0 || isWithin(chosen.map((path) => join(path)))(file))
  .sort();

let chosenMutant: Mutant | undefined;
let isLoaded = false;

const vitest = await startVitest((path) => {
  if (!chosenMutant || path !== resolve(chosenMutant.file)) return undefined;
  isLoaded = true;
  return chosenMutant.text;
});

/** The test files that fail. */
async function redOf(tests: readonly TestSpecification[], mutant?: Mutant): Promise<string[]> {
  chosenMutant = mutant;
  if (mutant) vitest.invalidateFile(resolve(mutant.file));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([...tests]);
  if (mutant) vitest.invalidateFile(resolve(mutant.file));
  chosenMutant = undefined;
  // Those of earlier runs are among them.
  const ran = testModules.filter(({ moduleId }) => tests.some((test) => test.moduleId === moduleId));
  return [
    ...ran.filter((module) => !module.ok()).map((module) => module.relativeModuleId),
    ...unhandledErrors.map(String),
  ];
}

/** The tests that load a file, in two groups: its own, which is the fastest and mostly enough, and the others. */
async function testsOf(file: string): Promise<TestSpecification[][]> {
  const own = resolve(owners[file] ?? join("test", file.replace(/^src\//, "").replace(/\.ts$/, ".test.ts")));
  const isOwn = ({ moduleId }: TestSpecification) => moduleId === own;
  // Which others load it takes its time to find out, and to run: what is named alike, then the folder, is enough here.
  if (quick) return [named(own), all.filter(({ moduleId }) => dirname(moduleId) === dirname(own))];
  const folder = core.find((one) => isWithin([one])(file));
  if (folder !== undefined) {
    const within = (path: string) => all.filter(({ moduleId }) => isWithin([resolve(path)])(moduleId));
    const later = (slow[folder] ?? []).map(within);
    const first = named(own);
    const rest = within(`test/${basename(folder)}`).filter((test) => ![first, ...later].flat().includes(test));
    const groups = [first, rest, ...(near ? [] : later)];
    return groups.filter((tests) => tests.length > 0);
  }
  vitest.config.related = [resolve(file)];
  const related = await vitest.getRelevantTestSpecifications();
  return [related.filter(isOwn), related.filter((test) => !isOwn(test))].filter((tests) => tests.length > 0);
}

/** The test of a file's name, or of the longest part of it: of `front-door-route.ts`, that of `front-door.ts`. */
function named(own: string): TestSpecification[] {
  for (let name = own; /-[^-/\\]+\.test\.ts$/.test(name); name = name.replace(/-[^-/\\]+\.test\.ts$/, ".test.ts")) {
    const found = all.filter(({ moduleId }) => moduleId === name);
    if (found.length > 0) return found;
  }
  return all.filter(({ moduleId }) => moduleId === own.replace(/(?:-[^-/\\]+)+\.test\.ts$/, ".test.ts"));
}

async function isKilled(mutant: Mutant, tests: readonly TestSpecification[][]): Promise<boolean> {
  for (const group of tests) if (group.length > 0 && (await redOf(group, mutant)).length > 0) return true;
  return false;
}

/** By the first of the groups that loads the file at all. */
async function isKilledNearby(mutant: Mutant, tests: readonly TestSpecification[][]): Promise<boolean> {
  isLoaded = false;
  for (const group of tests) {
    if (await isKilled(mutant, [group])) return true;
    if (isLoaded) return false;
  }
  throw new Error(`No test loads ${mutant.file}.`);
}

/** Whether any of them is killed, by the first tests or else by the others. */
async function hasDead(mutants: readonly Mutant[], tests: readonly TestSpecification[][]): Promise<boolean> {
  for (const group of tests) for (const mutant of mutants) if (await isKilled(mutant, [group])) return true;
  return false;
}

const isAccepted = (mutant: Mutant) => accepted.some(({ file, name }) => file === mutant.file && name === mutant.name);

const started = performance.now();
const problems: string[] = [];
const print = (...cells: readonly (string | number)[]) =>
  console.log(cells.map((cell, index) => (index === 0 ? `${cell}`.padEnd(44) : `${cell}`.padStart(9))).join(""));

async function tryAll(file: string, tests: readonly TestSpecification[][]): Promise<Mutant[]> {
  const began = performance.now();
  const mutants = mutantsIn.get(file) ?? [];
  const survivors: Mutant[] = [];
  let killed = 0;
  if (quick) killed = mutants.some((one) => atOnce.killed.has(one)) || (await hasDead(mutants, tests)) ? 1 : 0;
  else {
    for (const mutant of mutants) {
      const isDead =
        atOnce.killed.has(mutant) ||
        // A process for each mutant takes its time: the file's own test, or else those of its folder, are enough.
        (atOnce.undecided.has(mutant) && (await isKilledNearby(mutant, tests)));
      if (isDead) killed++;
      else {
        survivors.push(mutant);
        if (!isAccepted(mutant)) console.log(`survived: ${file}:${mutant.line}: ${mutant.name}`);
      }
    }
  }
  const bad = survivors.filter((mutant) => !isAccepted(mutant));
  print(file, killed, survivors.length - bad.length, bad.length, ((performance.now() - began) / 1000).toFixed(1));
  // The quick run shows that each file has a test that can go red; the whole run looks at every mutant.
  if (!quick && !near) problems.push(...bad.map(({ line, name }) => `survived: ${file}:${line}: ${name}`));
  if (killed === 0 && mutants.length > 0) problems.push(`no mutant was killed: ${file}`);
  return survivors;
}

/** How many of a folder's mutants some test goes red for. */
function printFolders(): void {
  print("folder", "mutants", "killed", "accepted", "survived", "score");
  for (const folder of ["src/providers", ...core]) {
    const all = files.filter(isWithin([folder])).flatMap((file) => mutantsIn.get(file) ?? []);
    const left = survivors.filter(({ file }) => isWithin([folder])(file));
    const listed = left.filter(isAccepted).length;
    const killed = all.length - left.length;
    if (all.length === 0) continue;
    const score = `${((100 * killed) / all.length).toFixed(1)} %`;
    print(folder, all.length, killed, listed, left.length - listed, score);
  }
}

/** Otherwise all mutants would seem to be killed. */
async function mustBeGreen(): Promise<void> {
  const each = new Map(
    [...tests.values()]
      .flatMap((groups) => groups.slice(0, 2))
      .flat()
      .map((test) => [test.moduleId, test]),
  );
  const red = await redOf([...each.values()]);
  if (red.length === 0) return;
  console.error(`Red without any mutant: ${red.join(", ")}`);
  process.exit(1);
}

/** The tests that have a file's name. */
const onlyOwn = (tests: ReadonlyMap<string, TestSpecification[][]>): ReadonlyMap<string, TestSpecification[][]> =>
  new Map([...tests].map(([file, [own = []]]) => [file, [own]]));

const all = await vitest.globTestSpecifications();
const tests = new Map<string, TestSpecification[][]>();
for (const file of files) tests.set(file, await testsOf(file));
const mutantsIn = new Map(files.map((file) => [file, mutantsOf(file, readFileSync(file, "utf8"))]));
/** Of a file in the quick run: some of them are enough, mostly the first. */
const sample = 5;
const tried = [...mutantsIn.values()].flatMap((mutants) => (quick ? mutants.slice(0, sample) : mutants));
const atOnce = await tryAtOnce(tried, quick ? onlyOwn(tests) : tests, console.log);

// What is tried one by one is killed by any red test; the others are compared with a run of the same test.
const isOneByOne = quick || atOnce.undecided.size > 0;
if (isOneByOne) await mustBeGreen();

print("file", "killed", "accepted", "survived", "seconds");
const survivors: Mutant[] = [];
for (const file of files) {
  const [own = [], ...others] = tests.get(file) ?? [];
  // What only others' tests see takes minutes a file: that is for the whole run.
  if (quick && own.length === 0) print(file, "–", "–", "–", "–");
  else survivors.push(...(await tryAll(file, [own, ...others])));
}
if (isOneByOne) await mustBeGreen();
if (!quick && !near) {
  const idle = accepted
    .filter(({ file }) => files.includes(file))
    .filter((one) => !survivors.some(({ name }) => name === one.name));
  problems.push(...idle.map(({ file, name }) => `accepted, but does not survive: ${file}: ${name}`));
}
if (!quick) printFolders();
for (const problem of problems) console.error(problem);
console.log(
  `${files.length} files, ${problems.length} problems, ${Math.round((performance.now() - started) / 1000)} seconds`,
);
await vitest.close();
process.exitCode = problems.length > 0 ? 1 : 0;

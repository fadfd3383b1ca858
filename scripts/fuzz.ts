// Makes up broken and hostile plans and configurations, and checks that each is judged or refused as an InputError.
// usage: npm run fuzz [-- [--count N] [--seed N] [WORD…]]   a word chooses the properties whose name has it

import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Failure } from "../test/fuzz/check.ts";
import { properties } from "../test/fuzz/properties.ts";

const options = {
  count: { type: "string", default: "20000" },
  seed: { type: "string", default: `${Date.now() % 2 ** 31}` },
} satisfies ParseArgsConfig["options"];
const { values, positionals: words } = parseArgs({ options, allowPositionals: true });
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) throw new Error("--count and --seed are numbers");

const chosen = properties.filter(({ name }) => words.every((word) => name.includes(word)));
const weights = chosen.reduce((sum, { weight }) => sum + weight, 0);

/** Cases between two lines of output. */
const batchSize = 5000;

const started = performance.now();
const failures = new Map<string, Failure>();
let done = 0;

for (const { weight, run, name } of chosen) {
  const share = Math.max(1, Math.round((count * weight) / weights));
  const began = performance.now();
  for (let at = 0; at < share; at += batchSize) {
    const size = Math.min(batchSize, share - at);
    for (const failure of run(size, seed + at)) report(failure, seed + at);
    done += size;
    const perSecond = Math.round((at + size) / ((performance.now() - began) / 1000));
    console.log(`${name}: ${at + size} of ${share} cases, ${perSecond}/s`);
  }
}

function report(failure: Failure, batchSeed: number): void {
  const { property, description, counterexample, error } = failure;
  const id = `${property} ${error.message} ${error.stack?.split("\n")[1]}`;
  if (failures.has(id)) return;
  failures.set(id, failure);
  console.error(`\nFAILED (seed ${batchSeed}): ${property}\n${description}\n${counterexample}\n${error.stack}\n`);
}

const seconds = (performance.now() - started) / 1000;
const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
console.log(
  `${done} cases in ${Math.round(seconds)} s (${Math.round(done / seconds)}/s), ${memory} MiB, seed ${seed}: ${failures.size} failures`,
);
process.exitCode = failures.size > 0 ? 1 : 0;

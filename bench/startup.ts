// How long `tlsgate check` takes on a plan of 100 kB, beside a Node that does nothing: at most 1.35 times as long. And how
// much longer it takes where the configuration has to settle what the JSON of the plan leaves open.
// usage: npm run bench

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { costOf } from "./cost.ts";
import { median } from "./median.ts";
import { writeSection } from "./results.ts";

const plan = "test/plans/aws-certificate-covers-alias/plan.json";
const open = "test/plans/evaluated/plan.json";
const [warmUps, pairs, limit] = [5, 40, 1.35];
/** 150 ms on a quiet machine, where a Node that does nothing takes 64 ms; on a slower one all takes longer. */
const limitOfConfiguration = 150 / 64;

const nothing = ["-e", "0"];
const check = ["dist/cli.cjs", "check", plan];
/** The same without the code that earlier runs have kept. */
const first = [...check];
const alone = ["dist/cli.cjs", "check", open];
const evaluated = ["dist/cli.cjs", "check", "--configuration", dirname(open), open];

/** Of this run alone: what a first check of some other plan has compiled would be kept for all later ones. */
const cache = mkdtempSync(join(tmpdir(), "tlsgate-bench-"));
process.once("exit", () => rmSync(cache, { recursive: true }));

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit", shell: process.platform === "win32" });

/** Milliseconds from the start of a process to its end, with its output read. */
function timed(args: readonly string[]): number {
  const caches = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache };
  const env = { ...process.env, ...caches, NODE_DISABLE_COMPILE_CACHE: args === first ? "1" : "" };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const elapsed = performance.now() - start;
  const isSound = args === nothing ? status === 0 : (status === 0 || status === 1) && stdout.length > 0;
  if (!isSound) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return elapsed;
}

function peakMemory(args: readonly string[]): string {
  const { memory } = costOf(args);
  return memory === undefined ? "–" : `${Math.round(memory)} MB`;
}

for (let round = 0; round < warmUps; round++) for (const args of [nothing, check, first, alone, evaluated]) timed(args);
const measured = Array.from({ length: pairs }, () => ({
  base: timed(nothing),
  whole: timed(check),
  first: timed(first),
  alone: timed(alone),
  evaluated: timed(evaluated),
}));

const base = median(measured.map((pair) => pair.base));
const whole = median(measured.map((pair) => pair.whole));
const ratio = whole / base;
const firstRun = median(measured.map((pair) => pair.first));
const pairwise = median(measured.map((pair) => pair.whole / pair.base));
const more = median(measured.map((turn) => turn.evaluated - turn.alone));
const moreRatio = median(measured.map((turn) => (turn.evaluated - turn.alone) / turn.base));
const verdictOf = (isMet: boolean) => (isMet ? "PASS" : "FAIL");
const verdict = verdictOf(ratio <= limit);
const verdictOfConfiguration = verdictOf(moreRatio <= limitOfConfiguration);

const text = `A whole \`tlsgate check\` of a plan of ${Math.round(statSync(plan).size / 1000)} kB and \`node -e 0\`, in turn, ${pairs} times each after ${warmUps} warm-ups. Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores.

| | median | peak memory |
| --- | ---: | ---: |
| \`node -e 0\` | ${base.toFixed(1)} ms | ${peakMemory(nothing)} |
| \`tlsgate check\` | ${whole.toFixed(1)} ms | ${peakMemory(check)} |
| its first run on a machine | ${firstRun.toFixed(1)} ms | |

Ratio of the medians ${ratio.toFixed(3)}, median of the ratios ${pairwise.toFixed(3)}, limit ${limit}: ${verdict}. The first run compiles tlsgate, ${(firstRun / base).toFixed(2)} times, and keeps the code for the next.

With \`--configuration\`, a check of a plan of ${Math.round(statSync(open).size / 1000)} kB that leaves values open takes ${more.toFixed(1)} ms longer than of its JSON alone, ${moreRatio.toFixed(2)} times what a Node takes that does nothing; limit ${limitOfConfiguration.toFixed(2)}, which is 150 ms where that takes 64: ${verdictOfConfiguration}.`;

console.log(text);
writeSection("Start-up", text);
if ([verdict, verdictOfConfiguration].includes("FAIL")) process.exitCode = 1;

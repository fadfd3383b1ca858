// How long `tlsgate check` takes on plans of 1 to 200 MB, beside a Node that only parses them.
// usage: npm run bench:big

import { deepEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../src/report/report.ts";
import { type Scale, template, writeBigPlan } from "./big-plan.ts";
import { type Cost, costOf } from "./cost.ts";
import { median } from "./median.ts";
import { writeSection } from "./results.ts";

const rounds = 5;

interface Case extends Scale {
  readonly name: string;
  /** Most seconds of CPU time; on a machine that does nothing else, nobody waits longer. */
  readonly limit?: number;
}

const cases: readonly Case[] = [
  { name: "mixed, 1 MB", units: 1, teams: 3, sites: 1 },
  { name: "mixed, 10 MB", units: 10, teams: 3, sites: 1, limit: 1 },
  { name: "mixed, 50 MB", units: 49, teams: 3, sites: 1 },
  { name: "mixed, 200 MB", units: 194, teams: 3, sites: 1, limit: 5 },
  { name: "sites alone, 17 MB", units: 12, teams: 0, sites: 10 },
  { name: "sites alone, 34 MB", units: 24, teams: 0, sites: 10 },
];

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit", shell: process.platform === "win32" });
const work = mkdtempSync(join(tmpdir(), "tlsgate-bench-"));
const file = join(work, "plan.json");

const parse = ["-e", "JSON.parse(fs.readFileSync(process.argv[1], 'utf8'))", file];
const check = ["dist/cli.cjs", "check", file];

/** How many findings there are of each kind. */
function countsOf(plan: string): Map<string, number> {
  const { plans } = JSON.parse(costOf(["dist/cli.cjs", "check", plan, "--format", "json"]).stdout) as Report;
  const counts = new Map<string, number>();
  for (const { policy, outcome, change } of plans.flatMap(({ findings }) => findings)) {
    const kind = `${policy} ${outcome} ${change}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

const expected = [...countsOf(template)];

const measured = cases.map((one) => {
  const length = writeBigPlan(file, one);
  // Each copy is judged as the template is, and nothing else is found.
  deepEqual(countsOf(file), new Map(expected.map(([kind, count]) => [kind, count * one.units * one.sites])));
  const turns = Array.from({ length: rounds }, () => ({ floor: costOf(parse), whole: costOf(check) }));
  const of = (run: "floor" | "whole", what: "cpu" | "wall" | "memory") =>
    median(turns.map((turn: Record<typeof run, Cost>) => turn[run][what] ?? 0));
  return {
    ...one,
    length,
    floor: of("floor", "cpu") / 1000,
    cpu: of("whole", "cpu") / 1000,
    wall: of("whole", "wall") / 1000,
    ratio: median(turns.map(({ floor, whole }) => whole.cpu / floor.cpu)),
    memory: [of("floor", "memory"), of("whole", "memory")] as const,
  };
});
rmSync(work, { recursive: true });

const rows = measured.map(({ name, length, units, sites, floor, cpu, ratio, wall, memory: [bare, whole] }) =>
  [
    name,
    (length / 1e6).toFixed(1),
    units * sites * 6,
    ...[floor, cpu, ratio, wall].map((number) => number.toFixed(2)),
    `${Math.round(bare)} MB`,
    `${Math.round(whole)} MB`,
  ].join(" | "),
);
const verdicts = measured.flatMap(({ name, cpu, limit }) =>
  limit === undefined
    ? []
    : [`${name}: ${cpu.toFixed(2)} s of CPU time, limit ${limit} s: ${cpu < limit ? "PASS" : "FAIL"}.`],
);

const text = `A whole \`tlsgate check\` and a Node that reads the same plan and parses it (JSON.parse), in turn, ${rounds} times each; medians. The plans are \`${template}\` multiplied: mostly resources that no adapter reads, and in "sites alone" none of those. Each is judged right before it is measured. Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores.

| plan | MB | endpoints | CPU s, parsed | CPU s, checked | ratio | s, checked | memory, parsed | memory, checked |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row} |`).join("\n")}

${verdicts.join(" ")}`;

console.log(text);
writeSection("Big plans", text);
if (text.includes("FAIL")) process.exitCode = 1;

// What the gate adds to an apply: tlsgate-terraform around a terraform that takes no time, beside the same steps without it.
// usage: npm run bench:gate

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median } from "./median.ts";
import { writeSection } from "./results.ts";

const plan = resolve("test/plans/certificate-validated/plan.json");
const [warmUps, rounds, limit] = [3, 30, 150];

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit", shell: process.platform === "win32" });

const work = mkdtempSync(join(tmpdir(), "tlsgate-bench-"));
const terraform = join(work, "terraform");
// It plans into the file of -out, shows the same plan each time, and applies nothing.
writeFileSync(
  terraform,
  `#!/bin/sh
for word in "$@"; do case $word in -out=*) : > "\${word#-out=}"; echo plan > "\${word#-out=}" ;; esac; done
case $1 in show) cat '${plan}' ;; esac
case $1 in plan) exit 2 ;; esac
`,
);
chmodSync(terraform, 0o755);

const steps = `'${terraform}' plan -out='${work}/plan'; '${terraform}' show -json '${work}/plan' > /dev/null; '${terraform}' apply '${work}/plan'`;
const runs = {
  nothing: [process.execPath, "-e", "0"],
  bare: ["/bin/sh", "-c", steps],
  gated: [process.execPath, "dist/terraform.cjs", "apply", "-auto-approve"],
} as const;

/** Milliseconds from the start of a process to its end. */
function timed(run: keyof typeof runs): number {
  const [program, ...args] = runs[run];
  const env = { ...process.env, TLSGATE_TERRAFORM: terraform };
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const elapsed = performance.now() - start;
  if (status !== 0) throw new Error(`${run} ended with ${status}: ${stderr}`);
  return elapsed;
}

const names = Object.keys(runs) as (keyof typeof runs)[];
for (let round = 0; round < warmUps; round++) for (const name of names) timed(name);
const measured = Array.from({ length: rounds }, () => ({
  nothing: timed("nothing"),
  bare: timed("bare"),
  gated: timed("gated"),
}));
rmSync(work, { recursive: true });

const of = (name: keyof typeof runs) => median(measured.map((round) => round[name]));
const overhead = median(measured.map(({ gated, bare }) => gated - bare));
const ratio = median(measured.map(({ gated, bare, nothing }) => (gated - bare) / nothing));
const verdict = overhead < limit ? "PASS" : "FAIL";

const text = `\`tlsgate-terraform apply -auto-approve\` around a script that plans, shows a plan of ${Math.round(statSync(plan).size / 1000)} kB and applies without doing anything, beside the three steps without the gate and \`node -e 0\`, in turn, ${rounds} times each after ${warmUps} warm-ups. Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores.

| | median |
| --- | ---: |
| \`node -e 0\` | ${of("nothing").toFixed(1)} ms |
| the steps alone | ${of("bare").toFixed(1)} ms |
| the steps in the gate | ${of("gated").toFixed(1)} ms |

The gate adds ${overhead.toFixed(1)} ms, ${ratio.toFixed(2)} times what a Node takes that does nothing; limit ${limit} ms: ${verdict}.`;

console.log(text);
writeSection("The gate around terraform", text);
if (verdict === "FAIL") process.exitCode = 1;

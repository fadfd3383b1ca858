// What a run of Node costs: its time from start to end, the CPU time of all its threads, its peak memory.

import { spawnSync } from "node:child_process";

export interface Cost {
  /** In milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  /** In megabytes, as the kernel of Linux counts it for the process alone; elsewhere nothing is said. */
  readonly memory: number | undefined;
  readonly status: number | null;
  readonly stdout: string;
}

const hook = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const status = process.platform === "linux" ? fs.readFileSync("/proc/self/status", "utf8") : "";
  fs.writeSync(2, "\\ncpu " + (user + system) + "\\n" + status);
})`;
const preload = `data:text/javascript,${encodeURIComponent(`import fs from "node:fs";${hook}`)}`;

export function costOf(args: readonly string[]): Cost {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", preload, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 29,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const wall = performance.now() - start;
  const [, cpu] = /^cpu (\d+)$/m.exec(stderr) ?? [];
  // A refused plan ends with 1.
  if (cpu === undefined || (status !== 0 && status !== 1))
    throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(stderr) ?? [];
  return { wall, cpu: Number(cpu) / 1000, memory: kilobytes ? Number(kilobytes) / 1024 : undefined, status, stdout };
}

// The lines of CDKTF and its AWS bindings that the constructs are tested on beside the one of package.json. Their packages
// are large, so they are installed in test/lines/ when a test first asks for them.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What stands in for cdktf and for @cdktf/provider-aws, by folder of test/lines/. */
export const lines = {
  aws6: { cdktf: "cdktf", provider: "@cdktf/provider-aws" },
  cdktn: { cdktf: "cdktn", provider: "@cdktn/provider-aws" },
} as const;

export type Line = keyof typeof lines;

const folderOf = (line: Line): string => resolve("test/lines", line);

/** The directory of a package of the line. */
export const packageOf = (line: Line, name: string): string => join(folderOf(line), "node_modules", name);

/** Whether the line has all that it asks for, in the very versions. */
export function isInstalled(line: Line): boolean {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
  const wanted = Object.entries<string>(read(join(folderOf(line), "package.json")).dependencies);
  return wanted.every(([name, version]) => {
    const file = join(packageOf(line, name), "package.json");
    return existsSync(file) && read(file).version === version;
  });
}

/** Installs what is missing. Where that cannot be, the tests of the line are skipped, but not in CI. */
export default function setup(): void {
  for (const line of Object.keys(lines) as Line[]) {
    // Every project asks: once a run is enough.
    const tried = `TLSGATE_TRIED_${line}`;
    if (isInstalled(line) || process.env[tried]) continue;
    process.env[tried] = "yes";
    console.log(`Installing test/lines/${line}: about 400 MB, once.`);
    try {
      execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
        cwd: folderOf(line),
        stdio: ["ignore", "ignore", "inherit"],
        shell: process.platform === "win32",
      });
    } catch (cause) {
      if (process.env.CI) throw new Error(`test/lines/${line} cannot be installed.`, { cause });
      console.warn(`NOT TESTED: test/lines/${line} cannot be installed, so nothing ran on ${lines[line].provider}.`);
    }
  }
}

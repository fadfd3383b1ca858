// Keeps bench/results.md: one section a benchmark, each written anew by its own run.

import { existsSync, readFileSync, writeFileSync } from "node:fs";

const file = "bench/results.md";
const head =
  "# Results\n\nWritten by `npm run bench`, `npm run bench:big`, `npm run bench:gate` and `npm run bench:peers`, each on one machine at one time.\n";

export function writeSection(title: string, text: string): void {
  const [, ...sections] = existsSync(file) ? readFileSync(file, "utf8").split(/^## /m) : [""];
  const others = sections.filter((section) => !section.startsWith(`${title}\n`)).map((section) => section.trim());
  const all = [...others, `${title}\n\n${text}`].sort();
  writeFileSync(file, `${head}${all.map((section) => `\n## ${section}\n`).join("")}`);
}

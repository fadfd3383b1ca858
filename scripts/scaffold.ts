// Writes new files and adds to others, all or none: nothing that is there is overwritten.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export function scaffold(
  files: { readonly [path: string]: string },
  next: readonly string[],
  additions: { readonly [path: string]: (text: string) => string } = {},
): void {
  const there = Object.keys(files).filter((path) => existsSync(path));
  if (there.length > 0) refuse(`${there.join(", ")} exists already.`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`written ${path}`);
  }
  for (const [path, add] of Object.entries(additions)) {
    writeFileSync(path, add(readFileSync(path, "utf8")));
    console.log(`added to ${path}`);
  }
  const sources = Object.keys({ ...files, ...additions }).filter((path) => path.endsWith(".ts"));
  execFileSync("biome", ["format", "--write", "--log-level=error", ...sources], {
    shell: process.platform === "win32",
  });
  console.log(`\nNext:\n${next.map((step, index) => `${index + 1}. ${step}`).join("\n")}`);
}

export function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}

/** Lower-case words and numbers, joined by hyphens. */
export const isKebabCase = (id: string): boolean => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id);

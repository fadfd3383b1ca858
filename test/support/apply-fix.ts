// Writes a fix into a configuration, as a person would: at the line that the report names.

import { readFileSync, writeFileSync } from "node:fs";
import type { Remedy } from "../../src/facts/fact.ts";
import type { SourceLocation } from "../../src/findings/finding.ts";

/** Sets an attribute at the place where it stands, or in the nearest block around it that is written. */
export function applyFix({ attribute, value, with: required = [] }: Remedy, { file, line }: SourceLocation): void {
  const lines = readFileSync(file, "utf8").split("\n");
  const found = lines[line - 1] ?? "";
  const steps = attribute.split(".").map((step) => step.replace(/\[.*\]$/, ""));
  const name = steps.at(-1) ?? "";
  const expression = typeof value === "object" && "reference" in value ? value.reference : JSON.stringify(value);
  const written = new RegExp(`(^|[{\\s])(${name}\\s*=\\s*)("[^"]*"|\\[[^\\]]*\\]|[^\\s,}]+(?:\\([^)]*\\))?.*)`);
  if (written.test(found)) {
    lines[line - 1] = found.replace(written, (_all, before, head) => `${before}${head}${expression}`);
  } else {
    const around = /^\s*(?:resource\b|(\w+)\s*\{|dynamic\s+"(\w+)")/.exec(found);
    const [, block = around?.[2]] = around ?? [];
    const missing = steps.slice(block === undefined ? 0 : steps.lastIndexOf(block) + 1, -1);
    const beside = required.map((one) => `${one.attribute} = ${JSON.stringify(one.value)}`);
    // Another fix may have written the block already.
    let at = line - 1;
    while (missing.length > 0 && lines[at + 1] === `${missing[0]} {`) {
      missing.shift();
      at++;
    }
    const setting = missing.reduceRight(
      (inner, step) => `${step} {\n${inner}\n}`,
      [`${name} = ${expression}`, ...beside].join("\n"),
    );
    lines[at] = (lines[at] ?? "").replace(/\{/, `{\n${setting}\n`);
  }
  writeFileSync(file, lines.join("\n"));
}

// Values of expressions as the real Terraform computes them, and the plan file that it wrote.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { terraformEnvironment } from "../../scripts/terraform.ts";
import type { RawPlan } from "./planned.ts";

export interface PlannedFiles {
  readonly archive: Buffer;
  readonly plan: RawPlan;
}

type Files = { readonly [path: string]: string };

interface Options {
  readonly workspace?: string;
  readonly args?: readonly string[];
}

/**
 * Plans files of a configuration, the same files once: a mutation run repeats its tests, and keeps what was planned in a
 * directory for the next process.
 */
export function planFiles(files: Files, options: Options = {}): PlannedFiles {
  const key = JSON.stringify([files, options]);
  const found = planned.get(key) ?? kept(key, () => planAnew(files, options));
  planned.set(key, found);
  return found;
}

const planned = new Map<string, PlannedFiles>();

function kept(key: string, compute: () => PlannedFiles): PlannedFiles {
  const directory = process.env.MUTANTS_PLANNED;
  if (directory === undefined) return compute();
  const path = join(directory, createHash("sha256").update(key).digest("hex"));
  if (existsSync(path)) {
    const { archive, plan } = JSON.parse(readFileSync(path, "utf8")) as { archive: string; plan: RawPlan };
    return { archive: Buffer.from(archive, "base64"), plan };
  }
  const result = compute();
  writeFileSync(path, JSON.stringify({ ...result, archive: result.archive.toString("base64") }));
  return result;
}

/** In a directory of their own. */
function planAnew(files: Files, options: Options): PlannedFiles {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-hcl-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const env = { ...process.env, ...terraformEnvironment() };
    const terraform = (...words: readonly string[]) =>
      execFileSync("terraform", words, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 });
    terraform("init", "-input=false", "-no-color", "-backend=false");
    if (options.workspace) terraform("workspace", "new", "-no-color", options.workspace);
    const args = options.args ?? [];
    terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=tfplan", ...args);
    return {
      archive: readFileSync(join(directory, "tfplan")),
      plan: JSON.parse(terraform("show", "-json", "tfplan").toString()) as RawPlan,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What an expression fails with, in place of its value. */
export const failed = "(fails)";

/** Its JSON text, with all digits, or that it fails. */
export const textOrFailure = (expression: string): string => `try(jsonencode(\n    ${expression}\n  ), "${failed}")`;

/** A configuration with an output for each expression: its JSON text, with all digits, or that it fails. */
export const outputsFor = (expressions: readonly string[], rest = ""): string =>
  [
    rest,
    ...expressions.map(
      (expression, index) =>
        `output "e${index}" {\n  sensitive = true\n  value     = ${textOrFailure(expression)}\n}\n`,
    ),
  ].join("\n");

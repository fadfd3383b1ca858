// Takes a synthesised stack out of CDKTF: reads it, asks Terraform for the providers' schemas, and writes a directory.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type JsonNode, parseJsonText } from "../hcl/json-syntax.ts";
import { problemOf } from "../hcl/syntax.ts";
import { InputError } from "../input-error.ts";
import type { Terraform } from "../registry/terraform.ts";
import { readRegularFile } from "../whole-file.ts";
import { schemasIn } from "./provider-schema.ts";
import { filesOf, type StackFiles, sourcesOf } from "./stack.ts";

export interface Ejected extends StackFiles {
  /** The directory of the stack that was read. */
  readonly stack: string;
}

/** What CDKTF writes beside the stack, and the configuration needs: files of assets, and the providers' versions. */
const copiedNames = ["assets", ".terraform.lock.hcl"];

/**
 * Writes the configuration of a stack into a new directory. `stack` is its directory, its cdk.tf.json or its name in
 * cdktf.out. Throws an InputError where terraform init has not run there, and where the directory holds something.
 */
export function eject(stack: string, output: string, terraform: Terraform): Ejected {
  const directory = stackDirectory(stack);
  const path = join(directory, stackFile);
  const others = readdirSync(directory).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name) && name !== stackFile);
  if (others.length > 0) throw new InputError(`${directory} holds further configuration: ${others.join(", ")}.`);
  if (existsSync(output) && readdirSync(output).length > 0) {
    throw new InputError(`${output} is not empty.`, "--output with a new directory");
  }
  const root = parsed(readRegularFile(path), path);
  const printed = schemasOf(directory, terraform);
  const written = attempt(path, () =>
    filesOf(root, schemasIn(printed, sourcesOf(root)), (file) => fromOutput(file, output)),
  );
  mkdirSync(dirname(resolve(output)), { recursive: true });
  const draft = mkdtempSync(`${resolve(output)}-`);
  try {
    for (const [name, text] of written.files) writeFileSync(join(draft, name), text);
    for (const name of copiedNames) {
      if (existsSync(join(directory, name))) cpSync(join(directory, name), join(draft, name), { recursive: true });
    }
    terraform.run(draft, ["fmt"]);
    rmSync(output, { recursive: true, force: true });
    renameSync(draft, output);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return { ...written, stack: directory };
}

const stackFile = "cdk.tf.json";

function stackDirectory(stack: string): string {
  const candidates = [stack.endsWith(".json") ? dirname(stack) : stack, join("cdktf.out", "stacks", stack)];
  const found = candidates.find((directory) => existsSync(join(directory, stackFile)));
  if (found !== undefined) return found;
  throw new InputError(`${stack} is not a stack: ${join(stack, stackFile)} not found.`, "cdktf synth");
}

function parsed(text: string, path: string): JsonNode {
  return attempt(path, () => parseJsonText(text));
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path} cannot be read: ${problemOf(error).message}.`, "cdktf synth");
  }
}

function schemasOf(directory: string, terraform: Terraform): string {
  try {
    return terraform.run(directory, ["providers", "schema", "-json"]).toString();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `The providers of ${directory} are not installed. Their schemas say what is a block.`,
      `terraform -chdir=${directory} init`,
      error.details,
    );
  }
}

/** CDKTF writes the state's path from the root of the machine's disk; nobody else has that path. */
function fromOutput(path: string, output: string): string {
  return isAbsolute(path) ? relative(resolve(output), path).split(sep).join("/") : path;
}

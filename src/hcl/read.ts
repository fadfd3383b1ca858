// Reads a configuration from files: out of a plan file, or from a directory and the modules that it calls.

import { readdirSync } from "node:fs";
import { isAbsolute, join, posix } from "node:path";
import { InputError } from "../input-error.ts";
import { readInputFile, readRegularFile } from "../whole-file.ts";
import { isArchive, isConfigurationFile, readPlanFile } from "./archive.ts";
import { type ConfigurationSource, configurationOf, type ModuleSource } from "./configuration.ts";
import type { SourceFile } from "./syntax.ts";

/** Calls in calls, more than any configuration has. */
const maxDepth = 50;

/** Reads a plan file, or a directory of .tf files. */
export function readConfiguration(path: string, bytes = bytesOf(path)): ConfigurationSource {
  if (bytes === undefined) return readDirectory(path);
  if (!isArchive(bytes))
    throw new InputError(
      `${path} is neither a Terraform plan file nor a directory.`,
      "Write a plan file with: terraform plan -out=tfplan",
    );
  return readPlanFile(bytes, path);
}

/** The bytes of a file; undefined for a directory. */
function bytesOf(path: string): Uint8Array | undefined {
  try {
    return readInputFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EISDIR") return undefined;
    throw new InputError(`${path} not found.`);
  }
}

function readDirectory(root: string): ConfigurationSource {
  const installed = installedModules(root);
  const modules: ModuleSource[] = [];

  const read = (key: string, directory: string, depth: number): void => {
    const module = {
      key,
      directory,
      files: filesIn(isAbsolute(directory) ? directory : join(root, directory), directory),
    };
    modules.push(module);
    if (depth >= maxDepth) return;
    const { calls } =
      configurationOf({ modules: [module], workspace: undefined, lockFile: undefined }).module(key) ?? {};
    for (const [name, { body }] of calls ?? []) {
      const source = body.attribute("source")?.expression;
      const written = source?.kind === "literal" && typeof source.value === "string" ? source.value : "";
      const inner = key === "" ? name : `${key}.${name}`;
      const isLocal = written.startsWith("./") || written.startsWith("../");
      const place = installed.get(inner) ?? (isLocal ? posix.normalize(posix.join(directory, written)) : undefined);
      if (place !== undefined) read(inner, place.replace(/\/$/, ""), depth + 1);
    }
  };

  read("", ".", 0);
  const lockFile = textOf(join(root, ".terraform.lock.hcl"));
  return {
    directory: root,
    modules,
    workspace: undefined,
    lockFile: lockFile === undefined ? undefined : { path: ".terraform.lock.hcl", text: lockFile },
  };
}

function filesIn(directory: string, prefix: string): readonly SourceFile[] {
  let names: readonly string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names.filter(isConfigurationFile).flatMap((name) => {
    const text = textOf(join(directory, name));
    return text === undefined ? [] : [{ path: prefix === "." ? name : `${prefix}/${name}`, text }];
  });
}

function textOf(path: string): string | undefined {
  try {
    return readRegularFile(path);
  } catch {
    return undefined;
  }
}

/** Where `terraform init` has put the modules, by the names of their calls. */
function installedModules(root: string): ReadonlyMap<string, string> {
  const text = textOf(join(root, ".terraform/modules/modules.json"));
  try {
    const manifest = JSON.parse(text ?? "{}") as { readonly Modules?: readonly { Key: string; Dir: string }[] };
    return new Map((manifest.Modules ?? []).map(({ Key, Dir }) => [Key, Dir]));
  } catch {
    return new Map();
  }
}

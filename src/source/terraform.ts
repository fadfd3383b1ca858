// Terraform address → line of a configuration in HCL or JSON: the attribute, or the block where it would stand.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAddress, parseModuleAddress, type Step } from "../plan/address.ts";
import { readRegularFile } from "../whole-file.ts";
import { choose, inside } from "./choose.ts";
import { elementPath } from "./construct.ts";
import { type Entry, type Position, positionAt, scan } from "./hcl.ts";

/** A file of a configuration, scanned. */
export interface Scanned {
  readonly path: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

export interface Place extends Position {
  readonly file: string;
}

/** The files of a module by its directory; none when there is no such directory. */
export type ReadModule = (directory: string) => readonly Scanned[];

/**
 * Finds an attribute of an address. What a module holds that comes from a registry or another repository is shown at
 * the call of that module, as that is what can be edited here.
 */
export function placeInTerraform(
  root: string,
  { address, at }: { readonly address: string; readonly at: string },
  read: ReadModule,
  planned?: unknown,
): Place | undefined {
  const path = parseAddress(at);
  let directory = root;
  let call: Found | undefined;
  const modules = parseModuleAddress(address).map(({ name }) => name);
  for (const [depth, name] of modules.entries()) {
    const files = read(directory);
    const next = find(files, ["module", name], path, undefined);
    if (!next) return call && placeOf(argument(call, path));
    call = next;
    const inner = moduleDirectory(next.block, directory, root, modules.slice(0, depth + 1));
    if (inner === undefined) return placeOf(argument(next, path));
    directory = inner;
  }
  const names = elementPath(resourceAddress(address));
  const found = names.length === 3 ? find(read(directory), names, path, planned) : undefined;
  return found ? placeOf(found) : call && placeOf(argument(call, path));
}

/** Finds an attribute in one file, by the names of the blocks around it. */
export function placeInElement(
  file: Scanned,
  names: readonly string[],
  path: readonly Step[],
  planned?: unknown,
): Place | undefined {
  const found = find([file], names, path, planned);
  return found && placeOf(found);
}

interface Found {
  readonly file: Scanned;
  readonly block: Entry;
  /** The attribute, or the block nearest to where it would stand. */
  readonly entry: Entry;
  /** How many blocks and attributes of the path were found. */
  readonly depth: number;
}

const placeOf = ({ file, entry }: Found): Place => ({ file: file.path, ...positionAt(file.text, entry.at) });

/** The resource that an address names, without the modules around it; "" for a module. */
function resourceAddress(address: string): string {
  const names = parseAddress(address).flatMap((step) => ("name" in step ? step.name : []));
  while (names[0] === "module") names.splice(0, 2);
  return names.join(".");
}

/** The block of that name in which most of the path stands. */
function find(files: readonly Scanned[], names: readonly string[], path: readonly Step[], planned: unknown) {
  const found = files.flatMap((file) =>
    named(file.entries, names).map((block): Found => ({ file, block, ...deepest(block, path, planned) })),
  );
  const depth = Math.max(0, ...found.map((one) => one.depth));
  return depth > 0 ? found.find((one) => one.depth === depth) : found.at(-1);
}

const called = (from: Entry, name: string): readonly Entry[] => from.entries.filter((entry) => entry.name === name);

/** Follows an attribute path as far as it is written out. */
function deepest(
  from: Entry,
  path: readonly Step[],
  planned: unknown,
  depth = 0,
): { readonly entry: Entry; readonly depth: number } {
  const [step, next] = path;
  if (!step) return { entry: from, depth };
  const name = "name" in step ? step.name : String(step.key);
  const blocks = [...called(from, name), ...dynamicBlocks(from, name)];
  blocks.sort((one, other) => one.at - other.at);
  const inName = inside(planned, name);
  if (!next || !("key" in next) || typeof next.key !== "number") {
    const [block] = blocks;
    return block ? deepest(block, path.slice(1), inName, depth + 1) : { entry: from, depth };
  }
  const inBlock = inside(inName, next.key);
  const block = choose(blocks, writtenIn, next.key, inBlock);
  if (!block) return { entry: from, depth };
  return deepest(elementOf(block, next.key, inBlock) ?? block, path.slice(2), inBlock, depth + 1);
}

/** The plan sorts sets: what is written out is found by what it says, and what is an expression is none of those. */
function elementOf({ entries }: Entry, index: number, planned: unknown): Entry | undefined {
  const elements = entries.filter(({ name }) => /^\d+$/.test(name));
  const counted = elements.find(({ name }) => name === String(index));
  if (typeof planned !== "string" || counted?.literal === planned) return counted;
  return (
    elements.find(({ literal }) => literal === planned) ??
    elements.find(({ literal }) => literal === undefined) ??
    counted
  );
}

/** What a `dynamic` block repeats, at the line that begins it. */
const dynamicBlocks = (from: Entry, name: string): readonly Entry[] =>
  called(from, "dynamic")
    .flatMap((dynamic) => called(dynamic, name))
    .flatMap((dynamic) => called(dynamic, "content").map((content) => ({ ...content, at: dynamic.at })));

const writtenIn = ({ entries }: Entry) =>
  Object.fromEntries(entries.flatMap(({ name, literal }) => (literal === undefined ? [] : [[name, literal]])));

/** The argument of a module call that the attribute comes from, by its name: `viewer_certificate`, or `minimum_tls`. */
function argument(call: Found, path: readonly Step[]): Found {
  if (call.depth > 0) return call;
  const last = path.findLast((step) => "name" in step);
  return last ? { ...call, ...deepest(call.block, [last], undefined) } : call;
}

// --- modules

/** Where a module of this repository stands; nothing for one that comes from elsewhere. */
function moduleDirectory(call: Entry, directory: string, root: string, modules: readonly string[]): string | undefined {
  const source = call.entries.find(({ name }) => name === "source")?.literal;
  if (typeof source !== "string") return installedAt(root, modules.join("."));
  return /^\.\.?\//.test(source) ? join(directory, source) : undefined;
}

/** Where `terraform init` found the module, for a source that is an expression. */
function installedAt(root: string, key: string): string | undefined {
  const text = textOf(join(root, ".terraform", "modules", "modules.json"));
  try {
    const { Modules: installed } = JSON.parse(text ?? "{}") as { Modules?: { Key: string; Dir: string }[] };
    const directory = installed?.find((one) => one.Key === key)?.Dir;
    return directory === undefined || /^\.terraform[\\/]/.test(directory) ? undefined : join(root, directory);
  } catch {
    return undefined;
  }
}

/** Reads modules from the disk, each once. */
export function moduleReader(): ReadModule {
  const modules = new Map<string, readonly Scanned[]>();
  return (directory) => {
    const known = modules.get(directory);
    if (known) return known;
    const names = list(directory)
      .filter((name) => /\.(tf|tofu)(\.json)?$/.test(name))
      .sort();
    // An override file is asked first, as it has the last word.
    const isOverride = (name: string) => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);
    const inOrder = [...names.filter(isOverride), ...names.filter((name) => !isOverride(name))];
    const files = inOrder.flatMap((name) => scanFile(join(directory, name)) ?? []);
    modules.set(directory, files);
    return files;
  };
}

export function scanFile(path: string): Scanned | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  return { path, text, entries: scan(text, path.endsWith(".json") ? "json" : "hcl") };
}

/** The entries of that name, by the names of what is around them and their own: `module`, `cdn`. */
const named = (entries: readonly Entry[], [name, ...inner]: readonly string[]): readonly Entry[] => {
  const found = entries.filter((entry) => entry.name === name);
  return inner.length === 0 ? found : found.flatMap((entry) => named(entry.entries, inner));
};

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Source is a courtesy: where it cannot be read, a finding has none. */
export function textOf(path: string): string | undefined {
  try {
    return readRegularFile(path);
  } catch {
    return undefined;
  }
}

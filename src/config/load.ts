// Finds the configuration, its waivers and its baseline, from the working tree or from a commit, and reads them.

import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { type Baseline, readBaseline } from "../findings/baseline.ts";
import type { Written } from "../findings/waivers.ts";
import { type WithdrawnVersions, withdrawnIn } from "../findings/withdrawn-modules.ts";
import { InputError } from "../input-error.ts";
import type { Config, Pack } from "./config.ts";
import { checkPack, errorText, type NamedPack } from "./pack.ts";
import { gitTree, isCheckedOut, type Tree, upwards, workingTree } from "./tree.ts";
import { parsedYaml, placesIn } from "./yaml.ts";

export interface Sought {
  /** Where to begin. */
  readonly directory: string;
  /** This file, and no search. */
  readonly file?: string | undefined;
  /** Read everything from this commit, and run no code of the working tree. */
  readonly from?: string | undefined;
  /** Run a configuration or packs that are code, even though they are read from a commit. */
  readonly allowCode?: boolean | undefined;
  /** The baseline is to be written: there need not be one yet. */
  readonly isBaselineNew?: boolean | undefined;
  /** This file of waivers, and no search. */
  readonly waiversFile?: string | undefined;
}

export interface Loaded {
  readonly config: Config;
  /** For people; null where there is none. */
  readonly path: string | null;
  readonly packs: readonly NamedPack[];
  /** Entries of waivers, and where they come from. */
  readonly waivers: readonly (Written & { readonly entries: unknown; readonly file: string })[];
  readonly baseline: Baseline | undefined;
  /** Where `tlsgate baseline` writes. */
  readonly baselinePath: string;
  readonly registries: readonly WithdrawnVersions[];
}

const data = ["tlsgate.config.json", "tlsgate.config.yaml", "tlsgate.config.yml"];
const code = ["tlsgate.config.ts", "tlsgate.config.js", "tlsgate.config.mjs", "tlsgate.config.cjs"];
const waiverFiles = ["tlsgate.waivers.yaml", "tlsgate.waivers.yml"];
const baselineFile = "tlsgate.baseline.json";

export async function loadConfig({
  directory,
  file,
  from,
  allowCode = false,
  isBaselineNew = false,
  waiversFile,
}: Sought): Promise<Loaded> {
  const tree = from === undefined ? workingTree : gitTree(from, directory);
  const found =
    file === undefined ? search(tree, directory, [...data, ...code]) : theFile(tree, resolve(directory, file));
  const home = found ? dirname(found.path) : resolve(directory);
  const config = found ? await configOf(found, tree, allowCode) : {};
  const waivers =
    waiversFile === undefined
      ? search(tree, home, waiverFiles)
      : theFile(tree, resolve(waiversFile), "a file of waivers");
  const named = config.baseline === undefined ? undefined : resolve(home, config.baseline);
  const baseline = isBaselineNew
    ? undefined
    : named === undefined
      ? search(tree, home, [baselineFile])
      : theFile(tree, named, "the baseline that it names");
  return {
    config,
    path: found ? shown(found.path, tree) : null,
    packs: await Promise.all((config.packs ?? []).map((pack, index) => packOf(pack, index, { home, tree, allowCode }))),
    waivers: [
      ...(found && config.waivers ? [await waiversOf(found, tree, config.waivers, "waivers")] : []),
      ...(waivers ? [await waiversOf(waivers, tree, await yaml(waivers, tree))] : []),
    ],
    baseline: baseline && readBaseline(baseline.text, shown(baseline.path, tree)),
    baselinePath: named ?? baseline?.path ?? resolve(home, baselineFile),
    registries: await Promise.all(
      Object.entries(config.registries ?? {}).map(([host, place]) => registryAt(host, place, { home, tree })),
    ),
  };
}

interface File {
  readonly path: string;
  readonly text: string;
}

/** The first directory on the way up that has one of the files. */
function search(tree: Tree, directory: string, names: readonly string[]): File | undefined {
  for (const at of upwards(directory)) {
    const [found, another] = names.flatMap((name) => {
      const path = join(at, name);
      const text = tree.read(path);
      return text === undefined ? [] : [{ path, text }];
    });
    if (another && found) {
      throw new InputError(`${shown(found.path, tree)} and ${shown(another.path, tree)}: which of them is meant?`);
    }
    if (found) return found;
  }
  return undefined;
}

function theFile(tree: Tree, path: string, what = "the configuration"): File {
  const text = tree.read(path);
  if (text === undefined) throw new InputError(`${shown(path, tree)}: there is no such file (${what}).`);
  return { path, text };
}

const isCode = (path: string): boolean => /\.[cm]?[jt]s$/.test(path);

const shown = (path: string, { ref }: Tree): string => {
  const near = relative("", path);
  return `${near.startsWith("..") ? path : near}${ref === "" ? "" : ` (at ${ref})`}`;
};

async function configOf(file: File, tree: Tree, allowCode: boolean): Promise<Config> {
  const { checkConfig } = await import("./check-config.ts");
  return checkConfig(await parsed(file, tree, allowCode), shown(file.path, tree), isCode(file.path));
}

async function parsed(file: File, tree: Tree, allowCode: boolean): Promise<unknown> {
  if (extname(file.path) === ".json") return json(file, tree);
  if (/\.ya?ml$/.test(file.path)) return yaml(file, tree);
  if (tree.ref !== "" && !allowCode) {
    throw new InputError(
      `${shown(file.path, tree)} is code, and what it imports would come from the working tree: it is not run.`,
      "a tlsgate.config.yaml or .json, or --allow-config-code where you trust the working tree",
    );
  }
  return run(file.path, { as: shown(file.path, tree) });
}

function json(file: File, tree: Tree): unknown {
  try {
    return JSON.parse(file.text);
  } catch (error) {
    throw new InputError(`${shown(file.path, tree)} is no JSON: ${(error as Error).message}.`);
  }
}

async function yaml(file: File, tree: Tree): Promise<unknown> {
  try {
    return await parsedYaml(file.text);
  } catch (error) {
    throw new InputError(`${shown(file.path, tree)} is no YAML: ${withoutLines((error as Error).message)}.`);
  }
}

/** The parser shows the lines in question below its message. */
const withoutLines = (message: string): string => message.replace(/[:.]?\s*\n.*/s, "");

/** A line of a commit is one of the working tree only where both are the same: an annotation stands in what is proposed. */
async function waiversOf({ path, text }: File, tree: Tree, entries: unknown, key?: string) {
  const file = named(path);
  const hasLines = !isCode(path) && (tree.ref === "" || isCheckedOut(path, text));
  return { entries, file, ref: tree.ref, places: hasLines ? await placesIn(text, file, key) : [] };
}

/** From the working directory, also where it is above it, but in its repository: what is there stands in the diff. */
function named(path: string): string {
  const isWithin = upwards(".").some((directory) => !relative(directory, path).startsWith(".."));
  return isWithin ? relative("", path).split(sep).join("/") : path;
}

/** Runs TypeScript or JavaScript, and gives its default export. `as`: what messages call it. */
async function run(
  specifier: string,
  { as, from = specifier }: { readonly as: string; readonly from?: string },
): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(from, { moduleCache: false });
  try {
    return await jiti.import(specifier, { default: true });
  } catch (error) {
    throw new InputError(`${as} cannot be loaded: ${errorText(error)}.`);
  }
}

/** How long a registry may take to answer, in milliseconds. */
const patience = 10_000;

/** Without the index of a registry that is named, nobody knows what it has withdrawn: that is an error. */
async function registryAt(
  host: string,
  place: string,
  { home, tree }: { readonly home: string; readonly tree: Tree },
): Promise<WithdrawnVersions> {
  const isUrl = /^https:\/\//.test(place);
  const text = isUrl ? await fetched(place) : theFile(tree, resolve(home, place), `the index of ${host}`).text;
  const found = withdrawnIn(text, host);
  if (found) return found;
  throw new InputError(
    `${place} is not the index of a registry (registries.${host}).`,
    "the address of its index.json",
  );
}

async function fetched(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (response.ok) return await response.text();
    throw new Error(`status ${response.status}`);
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
    throw new InputError(`${url} could not be read (${cause?.code ?? message}).`, "a file with a copy of it");
  }
}

/** `index`: which of the configuration's packs it is. */
async function packOf(
  pack: string | Pack,
  index: number,
  { home, tree, allowCode }: { readonly home: string; readonly tree: Tree; readonly allowCode: boolean },
): Promise<NamedPack> {
  if (typeof pack !== "string") return checkPack(pack, `packs.${index}`);
  if (tree.ref !== "" && !allowCode) {
    throw new InputError(
      `The pack ${pack} is code that would come from the working tree: it is not run with --config-from.`,
      "--allow-config-code where you trust the working tree",
    );
  }
  const specifier = /^\.{1,2}\//.test(pack) ? resolve(home, pack) : pack;
  const loaded = await run(specifier, { as: `The pack ${pack}`, from: join(home, "tlsgate.config.json") });
  if (typeof loaded !== "object" || loaded === null || !("policies" in loaded || "adapters" in loaded)) {
    throw new InputError(`The pack ${pack} exports neither policies nor adapters by default.`);
  }
  return checkPack(loaded as Pack, pack);
}

// A finding → the line to edit: of the TypeScript that a CDKTF stack was made from, or of the Terraform configuration.

import { statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Finding, SourceLocation } from "../findings/finding.ts";
import { parseAddress } from "../plan/address.ts";
import type { Plan } from "../plan/plan.ts";
import { constructAt, elementPath } from "./construct.ts";
import type { Frame } from "./frame.ts";
import { parseSource, propertyAt, type Source } from "./property.ts";
import { sourceMaps } from "./source-map.ts";
import { moduleReader, placeInElement, placeInTerraform, scanFile, textOf } from "./terraform.ts";

/** What to find: a finding, or its remedy as `{ address, at: attribute }`. */
export interface Wanted {
  readonly address: string;
  /** Attribute path; "" for the resource itself. */
  readonly at: string;
}

export type Locate = (wanted: Wanted) => SourceLocation | undefined;

/**
 * Prepares to find what stands in a directory: that of a synthesised stack (or its cdk.tf.json), or that of a Terraform
 * configuration. Each file is read once, when something in it is wanted. The plan tells blocks apart that stand in
 * another order in it.
 */
export function locator(directory: string, plan?: Plan): Locate {
  const stack = directory.endsWith(".json") ? directory : join(directory, "cdk.tf.json");
  const planned = new Map(plan?.instances.map(({ address, after }) => [address, after?.values]));
  const locate = isFile(stack) ? inStack(stack) : inTerraform(directory);
  const names = new Map<string, string>();
  return (wanted) => {
    const location = locate(wanted, planned.get(wanted.address));
    if (!location) return undefined;
    const file = names.get(location.file) ?? shown(location.file, stack);
    names.set(location.file, file);
    return { ...location, file };
  };
}

/** Findings with their sources; what passes needs none, and only what refuses where nothing else will be shown. */
export function located(
  findings: readonly Finding[],
  directory: string,
  plan: Plan,
  only: "open" | "refusing" = "open",
): Finding[] {
  const isWanted = (one: Finding) => (only === "refusing" ? one.refuses : one.outcome !== "pass");
  if (!findings.some(isWanted)) return [...findings];
  const locate = locator(directory, plan);
  return findings.map((one) => (isWanted(one) ? { ...one, source: locate(one) ?? null } : one));
}

type Find = (wanted: Wanted, planned: unknown) => SourceLocation | undefined;

function inTerraform(directory: string): Find {
  const read = moduleReader();
  return (wanted, planned) => placeInTerraform(directory, wanted, read, planned);
}

function inStack(path: string): Find {
  const scanned = scanFile(path);
  const stack = parsed(scanned?.text);
  const sources = new Map<string, Source | undefined>();
  const files = new Map<string, string>();
  const mapped = sourceMaps(textOf);
  return ({ address, at }, planned) => {
    const construct = constructAt(stack, address);
    const [first, ...others] = (construct?.frames ?? []).map((frame) => mapped({ ...frame, file: fileOf(frame) }));
    const constructPath = construct && { constructPath: construct.path };
    // Without a trace, the synthesised stack is all there is.
    if (!first) {
      const place = scanned && placeInElement(scanned, elementPath(address), parseAddress(at), planned);
      return place && { ...place, ...constructPath };
    }
    // The innermost call that says anything of the attribute; a class of one's own may only hand it on.
    for (const frame of at ? [first, ...others] : []) {
      const source = sourceOf(frame.file);
      const property = source && propertyAt(source, frame, parseAddress(at), planned);
      if (property) return { file: frame.file, line: property.line, column: property.column, ...constructPath };
    }
    return { file: first.file, line: first.line, column: first.column, ...constructPath };
  };

  function fileOf({ file }: Frame): string {
    const known = files.get(file) ?? reachable(file, path);
    files.set(file, known);
    return known;
  }

  function sourceOf(file: string): Source | undefined {
    if (!sources.has(file)) {
      const code = textOf(file);
      sources.set(file, code === undefined ? undefined : parseSource(code, file));
    }
    return sources.get(file);
  }
}

/** Traces hold paths from where the app was synthesised: a directory above the stack, or else this one. */
function reachable(file: string, stack: string): string {
  for (let at = dirname(resolve(stack)); at !== dirname(at); at = dirname(at)) {
    if (isFile(resolve(at, file))) return resolve(at, file);
  }
  return resolve(file);
}

/** cdktf runs terraform in OUT/stacks/STACK: from there, a file is named as from the app's own directory. */
function shown(path: string, stack: string): string {
  const out = resolve(dirname(stack), "../..");
  const isRunWithin = isBelow(resolve(), out) && isFile(join(out, "manifest.json"));
  const near = ["", ...(isRunWithin ? [dirname(out)] : [])].find((from) => isBelow(path, resolve(from)));
  return near === undefined ? resolve(path) : relative(near, path);
}

const isBelow = (path: string, directory: string): boolean => !relative(directory, path).startsWith("..");

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

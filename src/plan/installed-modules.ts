// Which module packages a configuration has installed, and which of them a resource comes from.

import { parseModuleAddress } from "./address.ts";

/** A module of a registry, a repository or an archive, as `terraform init` has installed it. */
export interface InstalledModule {
  /** The calls that lead to it, as `terraform init` names them: "site", "site.cdn". */
  readonly call: string;
  readonly source: string;
  /** null for a source that has no versions. */
  readonly version: string | null;
}

/** Reads the manifest of installed modules (modules.json). Undefined where it is not readable. */
export function parseModulesManifest(text: string): InstalledModule[] | undefined {
  try {
    const manifest: unknown = JSON.parse(text);
    // A plan file holds the list alone.
    const entries: unknown = Array.isArray(manifest)
      ? manifest
      : (manifest as { readonly Modules?: unknown } | null)?.Modules;
    return Array.isArray(entries) ? entries.flatMap(moduleIn) : undefined;
  } catch {
    return undefined;
  }
}

function moduleIn(entry: unknown): InstalledModule[] {
  if (typeof entry !== "object" || entry === null) return [];
  const { Key: call, Source: source, Version: version } = entry as { readonly [name: string]: unknown };
  const isPackage = typeof source === "string" && source !== "" && !/^\.\.?(?:\/|$)/.test(source);
  if (typeof call !== "string" || call === "" || !isPackage) return [];
  return [{ call, source, version: typeof version === "string" ? version : null }];
}

/** The package that the resource of an address is written in; undefined for one of the configuration itself. */
export function moduleOf(address: string, modules: readonly InstalledModule[]): InstalledModule | undefined {
  const calls = parseModuleAddress(address).map(({ name }) => name);
  for (let length = calls.length; length > 0; length--) {
    const call = calls.slice(0, length).join(".");
    const found = modules.find((one) => one.call === call);
    if (found) return found;
  }
  return undefined;
}

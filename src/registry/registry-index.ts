// index.json: every module and version of a registry, with its checksums, its verdict, and why it was withdrawn.

import { InputError } from "../input-error.ts";
import { newestFirst } from "./module-address.ts";
import type { ModuleDocument, Verification } from "./module-document.ts";

export interface IndexedVersion {
  readonly version: string;
  readonly sha256: string;
  readonly h1: string;
  /** In ISO 8601. */
  readonly published: string;
  readonly verification: Pick<Verification, "time" | "tlsgate" | "policyDigest" | "result">;
  /** Policies that a waiver of an example names. */
  readonly waived: readonly string[];
  readonly withdrawn?: { readonly reason: string; readonly time: string };
}

export interface IndexedModule {
  /** NAMESPACE/NAME/SYSTEM */
  readonly address: string;
  /** Of the newest version. */
  readonly description: string;
  /** The newest first. */
  readonly versions: readonly IndexedVersion[];
}

export interface RegistryIndex {
  readonly format: 1;
  /** Sorted by address. */
  readonly modules: readonly IndexedModule[];
}

const empty: RegistryIndex = { format: 1, modules: [] };

/** Reads an index; an empty one where there is none. Throws an InputError where it is none of this program's. */
export function parseIndex(content: Buffer | undefined, name: string): RegistryIndex {
  if (content === undefined) return empty;
  try {
    const index = JSON.parse(content.toString("utf8")) as RegistryIndex;
    if (index.format === 1 && Array.isArray(index.modules)) return index;
  } catch {
    // Falls through to the same error.
  }
  throw new InputError(`${name} is not the index of a registry that this version of tlsgate can read.`);
}

export const indexText = (index: RegistryIndex): Buffer => Buffer.from(`${JSON.stringify(index, null, 2)}\n`);

export const moduleIn = ({ modules }: RegistryIndex, address: string): IndexedModule | undefined =>
  modules.find((one) => one.address === address);

/** Adds a version, or returns the same index where it is there already. Throws an InputError where it has other content. */
export function withVersion(index: RegistryIndex, document: ModuleDocument, time: string): RegistryIndex {
  const { address, version, sha256, h1, description, verification } = document;
  const before = moduleIn(index, address);
  const present = before?.versions.find((one) => one.version === version);
  if (present) {
    if (present.sha256 === sha256) return index;
    throw new InputError(
      `${address} ${version} was published with other content (sha256:${present.sha256}).`,
      "a new version",
    );
  }
  const waived = verification.examples.flatMap(({ waivers }) => waivers.map(({ policy }) => policy));
  const added: IndexedVersion = {
    version,
    sha256,
    h1,
    published: time,
    verification: inIndex(verification),
    waived: [...new Set(waived)].sort(),
  };
  const versions = newestFirst([...(before?.versions ?? []), added]);
  const isNewest = versions[0] === added;
  const module = { address, description: isNewest || !before ? description : before.description, versions };
  return replaced(index, module);
}

export const inIndex = ({ time, tlsgate, policyDigest, result }: Verification): IndexedVersion["verification"] => ({
  time,
  tlsgate,
  policyDigest,
  result,
});

/** Changes one version. Throws an InputError where it was not published. */
export function withChange(
  index: RegistryIndex,
  address: string,
  version: string,
  change: (present: IndexedVersion) => IndexedVersion,
): RegistryIndex {
  const module = moduleIn(index, address);
  if (!module?.versions.some((one) => one.version === version)) {
    const known = module ? module.versions.map((one) => one.version) : index.modules.map((one) => one.address);
    throw new InputError(
      `${address} ${version} was not published.`,
      known.length > 0 ? `one of: ${known.join(", ")}` : undefined,
    );
  }
  return replaced(index, {
    ...module,
    versions: module.versions.map((one) => (one.version === version ? change(one) : one)),
  });
}

const replaced = (index: RegistryIndex, module: IndexedModule): RegistryIndex => ({
  ...index,
  modules: [...index.modules.filter(({ address }) => address !== module.address), module].sort((one, other) =>
    one.address < other.address ? -1 : 1,
  ),
});

/** The answer to `versions` of the registry protocol: what Terraform may select. */
export const versionsText = (module: IndexedModule | undefined): Buffer => {
  const versions = (module?.versions ?? []).filter((one) => !one.withdrawn).map(({ version }) => ({ version }));
  return Buffer.from(`${JSON.stringify({ modules: [{ versions }] })}\n`);
};

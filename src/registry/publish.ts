// tlsgate modules publish and withdraw: what is built becomes a registry, file by file, the list of versions last.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../input-error.ts";
import { builtFiles } from "./build.ts";
import { addressText, parseModuleAddress, parseVersion } from "./module-address.ts";
import { type ModuleDocument, parseModuleDocument } from "./module-document.ts";
import { sha256Of } from "./module-package.ts";
import { badge } from "./pages/badge.ts";
import { catalogPage } from "./pages/catalog.ts";
import { versionPage } from "./pages/version.ts";
import {
  indexText,
  moduleIn,
  parseIndex,
  type RegistryIndex,
  versionsText,
  withChange,
  withVersion,
} from "./registry-index.ts";
import { serverFiles } from "./server-files.ts";
import { createOnce, type Store, update } from "./store.ts";

export interface Built {
  readonly document: ModuleDocument;
  readonly archive: Buffer;
  readonly statements: Buffer;
}

/** All that `build` has written below a directory. Throws an InputError where there is nothing, or an archive is not the one of its document. */
export function readBuilt(directory: string): Built[] {
  const found = readdirSync(existing(directory), { recursive: true, encoding: "utf8" })
    .filter((path) => path.split(/[\\/]/).at(-1) === builtFiles.document)
    .sort();
  if (found.length === 0) throw nothingBuilt(directory);
  return found.map((path) => {
    const at = join(directory, path);
    const document = parseModuleDocument(readFileSync(at, "utf8"), at);
    const beside = (name: string) => readFileSync(join(at, "..", name));
    const archive = beside(builtFiles.archive);
    parseModuleAddress(document.address);
    parseVersion(document.version);
    if (sha256Of(archive) !== document.sha256) {
      throw new InputError(
        `${join(at, "..", builtFiles.archive)} is not the archive that was built.`,
        "tlsgate modules build",
      );
    }
    return { document, archive, statements: beside(builtFiles.statements) };
  });
}

const nothingBuilt = (directory: string): InputError =>
  new InputError(`Nothing is built in ${directory}.`, `tlsgate modules build DIR --output ${directory}`);

function existing(directory: string): string {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return directory;
  throw nothingBuilt(directory);
}

// --- the tree

const moduleDirectory = (address: string): string => `v1/modules/${address}`;
export const versionDirectory = (address: string, version: string): string => `${moduleDirectory(address)}/${version}`;
export const packagePath = (sha256: string): string => `packs/${sha256}.tar.gz`;
export const statementsPath = (sha256: string): string => `packs/${sha256}.intoto.jsonl`;
const indexPath = "index.json";

/** Publishes what is built. Returns what became of each: "published", or "unchanged" where it was there already. */
export async function publish(
  store: Store,
  built: readonly Built[],
  time: Date,
): Promise<("published" | "unchanged")[]> {
  for (const [path, content] of Object.entries(serverFiles())) {
    await update(store, path, () => Buffer.from(content));
  }
  const results: ("published" | "unchanged")[] = [];
  for (const one of built) results.push(await publishOne(store, one, time));
  return results;
}

async function publishOne(
  store: Store,
  { document, archive, statements }: Built,
  time: Date,
): Promise<"published" | "unchanged"> {
  const { address, version, sha256 } = document;
  // Before anything is written: most of what goes wrong is seen here.
  withVersion(await readIndex(store), document, time.toISOString());
  const directory = versionDirectory(address, version);
  await createOnce(store, packagePath(sha256), archive);
  const created = await createOnce(store, `${directory}/module.tar.gz`, archive);
  await createOnce(store, `${directory}/SHA256SUMS`, Buffer.from(`${sha256}  module.tar.gz\n`));
  await createOnce(
    store,
    `${directory}/download`,
    Buffer.from(`${JSON.stringify({ location: `./module.tar.gz?checksum=sha256:${sha256}` })}\n`),
  );
  // A second build of the same bytes was judged at another time: what was published first stays.
  if (await store.create(`${directory}/module.json`, Buffer.from(`${JSON.stringify(document)}\n`))) {
    await store.create(statementsPath(sha256), statements);
  }
  await updateIndex(store, address, (index) => withVersion(index, document, time.toISOString()));
  return created === "created" ? "published" : "unchanged";
}

export async function readIndex(store: Store): Promise<RegistryIndex> {
  return parseIndex((await store.read(indexPath))?.content, `${indexPath} in ${store.name}`);
}

/** Changes the index, and what is derived from it: pages first, the versions that Terraform sees last. */
export async function updateIndex(
  store: Store,
  address: string,
  change: (index: RegistryIndex) => RegistryIndex,
): Promise<void> {
  await update(store, indexPath, (present) => indexText(change(parseIndex(present, `${indexPath} in ${store.name}`))));
  // Each is made from the index as it is then: of two publishers, the later one sees what both have added.
  const derive = (path: string, make: (index: RegistryIndex) => Buffer | Promise<Buffer>) =>
    update(store, path, async () => make(await readIndex(store)));
  const index = await readIndex(store);
  for (const { version } of moduleIn(index, address)?.versions ?? []) {
    const directory = versionDirectory(address, version);
    const document = await documentOf(store, address, version);
    await derive(`${directory}/index.html`, (now) => Buffer.from(versionPage(document, now)));
    await derive(`${directory}/badge.svg`, (now) => Buffer.from(badge(now, address, version)));
  }
  await derive("index.html", (now) => Buffer.from(catalogPage(now)));
  await derive(`${moduleDirectory(address)}/versions`, (now) => versionsText(moduleIn(now, address)));
}

/** What was published of a version. */
export async function documentOf(store: Store, address: string, version: string): Promise<ModuleDocument> {
  const path = `${versionDirectory(address, version)}/module.json`;
  const file = await store.read(path);
  if (!file) throw new InputError(`${path} is missing in ${store.name}.`, "tlsgate modules publish");
  return parseModuleDocument(file.content.toString("utf8"), path);
}

/** Takes a version from the list that Terraform selects from. Its package stays, for those who have locked it. */
export async function withdraw(
  store: Store,
  address: string,
  version: string,
  reason: string,
  time: Date,
): Promise<void> {
  const name = addressText(parseModuleAddress(address));
  if (reason.trim() === "") throw new InputError("The reason is empty: users are told of it.", '--reason "…"');
  const withdrawn = { reason, time: time.toISOString() };
  await updateIndex(store, name, (index) =>
    withChange(index, name, parseVersion(version), (one) => ({ ...one, withdrawn })),
  );
}

// tlsgate modules recheck: judges published versions again, because policies learn and a verdict ages.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../config/settings.ts";
import { InputError } from "../input-error.ts";
import { version as tlsgateVersion } from "../version.ts";
import { type ExampleVerdict, exampleNames, judgeExample, writeFiles } from "./admission.ts";
import { policyDigest, type Verification } from "./module-document.ts";
import { unpackModule } from "./module-package.ts";
import { packagePath, readIndex, statementsPath, updateIndex } from "./publish.ts";
import { type IndexedVersion, inIndex, withChange } from "./registry-index.ts";
import { verificationSummary } from "./statements.ts";
import { type Store, update } from "./store.ts";
import type { Terraform } from "./terraform.ts";

export interface RecheckOptions {
  readonly store: Store;
  readonly terraform: Terraform;
  readonly settings: Settings;
  readonly isOffline: boolean;
  readonly report: (line: string) => void;
}

/** Judges every version that is not withdrawn. Returns whether all of them still pass. */
export async function recheck(options: RecheckOptions): Promise<boolean> {
  const { store, report } = options;
  let isFine = true;
  for (const { address, versions } of (await readIndex(store)).modules) {
    for (const indexed of versions.filter(({ withdrawn }) => !withdrawn)) {
      const examples = await judgedAgain(indexed, address, options);
      const refusals = examples.flatMap(({ name, refusals }) => refusals.map((one) => `  examples/${name}: ${one}`));
      const verification = verificationOf(examples, options);
      isFine &&= verification.result === "PASSED";
      report(`${verification.result === "PASSED" ? "passes" : "refused"} ${address} ${indexed.version}`);
      for (const line of refusals) report(line);
      await record(store, address, indexed, verification);
    }
  }
  return isFine;
}

async function judgedAgain(
  { version, sha256 }: IndexedVersion,
  address: string,
  { store, terraform, settings, isOffline }: RecheckOptions,
): Promise<ExampleVerdict[]> {
  const archive = await store.read(packagePath(sha256));
  if (!archive)
    throw new InputError(`${packagePath(sha256)}, the package of ${address} ${version}, is missing in ${store.name}.`);
  const files = await unpackModule(archive.content, packagePath(sha256));
  const work = mkdtempSync(join(tmpdir(), "tlsgate-modules-"));
  try {
    const place = join(work, "module");
    mkdirSync(place);
    writeFiles(files, place);
    const examples: ExampleVerdict[] = [];
    for (const name of exampleNames(files))
      examples.push(await judgeExample(terraform, place, name, settings, isOffline));
    return examples;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const verificationOf = (
  examples: readonly ExampleVerdict[],
  { terraform, settings }: RecheckOptions,
): Verification => ({
  time: new Date().toISOString(),
  tlsgate: tlsgateVersion,
  terraform: terraform.version,
  policyDigest: policyDigest(settings, tlsgateVersion),
  result: examples.every(({ verdict }) => verdict === "pass") ? "PASSED" : "FAILED",
  examples,
});

/** A statement is added to those of the package, and the index and the pages show the newest verdict. */
async function record(
  store: Store,
  address: string,
  indexed: IndexedVersion,
  verification: Verification,
): Promise<void> {
  const { version, sha256, h1 } = indexed;
  const line = verificationSummary({ address, version, sha256, h1 }, verification);
  await update(store, statementsPath(sha256), (present) =>
    Buffer.concat([present ?? Buffer.alloc(0), Buffer.from(line)]),
  );
  await updateIndex(store, address, (index) =>
    withChange(index, address, version, (one) => ({ ...one, verification: inIndex(verification) })),
  );
}

// tlsgate modules recheck: judges published versions again, because policies change after a version was built.

import { InputError } from "../input-error.ts";
import { type ExampleVerdict, type Judging, judgeExamples, refusalsOf } from "./admission.ts";
import { type Verification, verificationOf } from "./module-document.ts";
import { sha256Of, unpackModule } from "./module-package.ts";
import { packagePath, readIndex, statementsPath, updateIndex } from "./publish.ts";
import { type IndexedVersion, inIndex, withChange } from "./registry-index.ts";
import { verificationSummary } from "./statements.ts";
import { type Store, update } from "./store.ts";

export interface RecheckOptions extends Judging {
  readonly store: Store;
}

/** Judges every version that is not withdrawn. Returns whether all of them still pass. */
export async function recheck(options: RecheckOptions): Promise<boolean> {
  const { store, report } = options;
  let isFine = true;
  for (const { address, versions } of (await readIndex(store)).modules) {
    for (const indexed of versions.filter(({ withdrawn }) => !withdrawn)) {
      const examples = await judgedAgain(indexed, address, options);
      const verification = verificationOf(examples, options);
      isFine &&= verification.result === "PASSED";
      report(`${verification.result === "PASSED" ? "passes" : "refused"} ${address} ${indexed.version}`);
      for (const line of refusalsOf(examples)) report(`  ${line}`);
      await record(store, address, indexed, verification);
    }
  }
  return isFine;
}

async function judgedAgain(
  { version, sha256 }: IndexedVersion,
  address: string,
  options: RecheckOptions,
): Promise<ExampleVerdict[]> {
  const path = packagePath(sha256);
  const archive = await options.store.read(path);
  const wrong = !archive ? "is missing" : sha256Of(archive.content) === sha256 ? undefined : "has other content";
  if (!archive || wrong) {
    throw new InputError(`${path}, the package of ${address} ${version}, ${wrong} in ${options.store.name}.`);
  }
  return judgeExamples(await unpackModule(archive.content, path), options);
}

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

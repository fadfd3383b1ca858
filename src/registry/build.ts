// tlsgate modules build: checks modules, asks Terraform and the gate about their examples, and packs what passes.

import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { gitIn } from "../config/git.ts";
import { InputError } from "../input-error.ts";
import {
  checkFormat,
  type ExampleVerdict,
  exampleNames,
  fileProblems,
  inCopy,
  interfaceIn,
  type Judging,
  judgeExamples,
  refusalsOf,
  runTests,
  submoduleNames,
  undocumented,
} from "./admission.ts";
import { addressText, type ModuleAddress, parseModuleAddress } from "./module-address.ts";
import { descriptionIn, type ModuleDocument, verificationOf } from "./module-document.ts";
import { type ModulePackage, packModule, sourceDateEpoch } from "./module-package.ts";
import { type PackageFile, type ReadFiles, readModuleFiles } from "./package-files.ts";
import { outsideCallsInJson, withSiblings } from "./siblings.ts";
import { statementsOf } from "./statements.ts";

export interface BuildOptions extends Judging {
  /** A module, or a directory of modules. */
  readonly directory: string;
  readonly namespace: string;
  /** Undefined: the module's only provider. */
  readonly system: string | undefined;
  readonly version: string;
  /** Where the packages are written. */
  readonly output: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface BuiltModule {
  readonly document: ModuleDocument;
  readonly package: ModulePackage;
}

/** Builds all modules of a directory. Throws an InputError for the first one that may not be published. */
export async function buildModules(options: BuildOptions): Promise<BuiltModule[]> {
  const built: BuiltModule[] = [];
  for (const directory of moduleDirectories(options.directory)) built.push(await buildModule(directory, options));
  for (const one of built) writeBuilt(one, options.output);
  return built;
}

const holdsConfiguration = (directory: string): boolean =>
  readdirSync(directory).some((name) => /\.tf(?:\.json)?$/.test(name));

/** The directory itself, or the directories in it that hold configuration. */
export function moduleDirectories(directory: string): string[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new InputError(`${directory} is not a directory.`, "tlsgate modules build DIR");
  }
  if (holdsConfiguration(directory)) return [directory];
  const found = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(directory, name))
    .filter(holdsConfiguration)
    .sort();
  if (found.length > 0) return found;
  throw new InputError(`There is no module in ${directory}: no .tf file in it or in a directory of it.`);
}

/** The namespace and system come from options; a directory named terraform-SYSTEM-NAME says both. */
function addressOf(directory: string, files: readonly PackageFile[], options: BuildOptions): ModuleAddress {
  const name = basename(resolve(directory));
  const [, systemInName, nameInName] = /^terraform-([0-9a-z]+)-(.+)$/.exec(name) ?? [];
  const providers = interfaceIn(files).providers.filter(({ source }) => source !== "terraform.io/builtin/terraform");
  const [only] = providers.length === 1 ? providers : [];
  const system = options.system ?? systemInName ?? only?.name;
  if (system === undefined) {
    throw new InputError(
      `${directory}: the module has ${providers.length} providers, so its system cannot be derived.`,
      "--system SYSTEM, such as aws",
    );
  }
  return parseModuleAddress(`${options.namespace}/${nameInName ?? name}/${system}`);
}

/** The files of a module as its package holds them. Throws an InputError with all that is wrong with them. */
export function packageFiles(directory: string): readonly PackageFile[] {
  const own = readModuleFiles(directory);
  const parent = dirname(resolve(directory));
  const siblings = (name: string): ReadFiles | undefined => {
    const path = join(parent, name);
    return existsSync(path) && holdsConfiguration(path) ? readModuleFiles(path) : undefined;
  };
  const { files, problems } = withSiblings(basename(resolve(directory)), own.files, siblings);
  const complete = withLicense(files, directory);
  const wrong = [...own.problems, ...problems, ...outsideCallsInJson(complete), ...fileProblems(complete)];
  if (wrong.length > 0) throw refusal(directory, wrong);
  const undescribed = undocumented(interfaceIn(complete));
  if (undescribed.length > 0) throw refusal(directory, undescribed);
  return complete;
}

const refusal = (directory: string, problems: readonly string[]): InputError =>
  new InputError(`${directory} may not be published:`, undefined, problems);

const isLicense = ({ path }: PackageFile): boolean => /^LICENSE(?:\.\w+)?$/i.test(path);

/** The license of the repository, or of the npm package, holds for its modules. */
function withLicense(files: readonly PackageFile[], directory: string): readonly PackageFile[] {
  if (files.some(isLicense)) return files;
  for (let at = resolve(directory); dirname(at) !== at; at = dirname(at)) {
    const license = readModuleFiles(at, 0).files.find(isLicense);
    if (license) return [...files, license];
    // What is further up belongs to others.
    if ([".git", "package.json"].some((name) => existsSync(join(at, name)))) break;
  }
  return files;
}

async function buildModule(directory: string, options: BuildOptions): Promise<BuiltModule> {
  const { terraform, report, version } = options;
  const files = packageFiles(directory);
  const address = addressText(addressOf(directory, files, options));
  report(`${address} ${version}`);
  const inModule = within(directory);
  await inModule(() => inCopy(files, (copy) => checkFormat(terraform, copy)));
  report("  format: ok");
  const examples = await inModule(() => judgeExamples(files, options));
  for (const { name, verdict, passed, failed, unknown, waivers } of examples) {
    const counts = `${passed} passed, ${failed} failed, ${unknown} unknown, ${waivers.length} waived`;
    report(`  examples/${name}: ${verdict} (${counts})`);
  }
  if (examples.some(({ verdict }) => verdict !== "pass")) throw refusal(directory, refusalsOf(examples));
  await inModule(() => inCopy(files, (copy) => runTests(terraform, copy)));
  report("  tests: ok");
  const packed = await packModule(files, sourceDateEpoch(options.environment));
  report(`  package: ${packed.archive.length} bytes, sha256:${packed.sha256}, ${packed.h1}`);
  return { document: documentOf(address, files, packed, examples, directory, options), package: packed };
}

/** An error says which module it is about. */
const within =
  (directory: string) =>
  async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(`${directory}: ${error.headline}`, error.mend, error.details);
    }
  };

function documentOf(
  address: string,
  files: readonly PackageFile[],
  { sha256, h1 }: ModulePackage,
  examples: readonly ExampleVerdict[],
  directory: string,
  options: BuildOptions,
): ModuleDocument {
  const text = (path: string) => files.find((file) => file.path === path)?.content.toString("utf8") ?? "";
  const readme = files.find(({ path }) => /^README\.md$/i.test(path))?.content.toString("utf8") ?? "";
  return {
    format: 1,
    address,
    version: options.version,
    sha256,
    h1,
    description: descriptionIn(readme),
    readme,
    interface: interfaceIn(files),
    submodules: submoduleNames(files).map((name) => ({ name, interface: interfaceIn(files, `modules/${name}`) })),
    examples: exampleNames(files).map((name) => ({ name, text: text(`examples/${name}/main.tf`) })),
    source: sourceOf(directory),
    verification: verificationOf(examples, options),
  };
}

/** The commit of the directory, and where it came from. */
function sourceOf(directory: string): ModuleDocument["source"] {
  const git = gitIn(directory);
  const commit = git("rev-parse", "HEAD").stdout.trim();
  if (commit === "") return null;
  const remote = git("remote", "get-url", "origin").stdout.trim();
  // A remote can be written with a password.
  const repository = remote === "" ? null : remote.replace(/^(\w+:\/\/)[^@/]*@/, "$1");
  return { repository, commit };
}

/** The version that a tag of the current commit says: "1.2.3", "v1.2.3" or "NAME/v1.2.3". */
export function versionOfTag(directory: string): string | undefined {
  const tags = gitIn(directory)("tag", "--points-at", "HEAD").stdout.split("\n");
  const versions = new Set(
    tags.flatMap((tag) => /^(?:.*\/)?v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(tag)?.[1] ?? []),
  );
  const [version, another] = versions;
  if (another !== undefined) {
    throw new InputError(`The commit has tags of several versions: ${[...versions].join(", ")}.`, "--version VERSION");
  }
  return version;
}

/** Files of a built module, in OUTPUT/NAMESPACE/NAME/SYSTEM/VERSION. */
export const builtFiles = { archive: "module.tar.gz", document: "module.json", statements: "statements.intoto.jsonl" };

function writeBuilt({ document, package: { archive } }: BuiltModule, output: string): void {
  const directory = join(output, document.address, document.version);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, builtFiles.archive), archive);
  writeFileSync(join(directory, builtFiles.document), `${JSON.stringify(document, null, 2)}\n`);
  writeFileSync(join(directory, builtFiles.statements), statementsOf(document));
}

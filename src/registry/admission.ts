// Whether a module may be published: its files, what Terraform says of its examples and tests, and the gate's verdict.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { judgedSource } from "../command/plans.ts";
import type { Settings } from "../config/settings.ts";
import type { Finding } from "../findings/finding.ts";
import { moduleFrom } from "../hcl/configuration.ts";
import { InputError } from "../input-error.ts";
import { parsePlan } from "../plan/parse.ts";
import { readInputFile } from "../whole-file.ts";
import { type ModuleInterface, moduleInterface } from "./module-interface.ts";
import type { PackageFile } from "./package-files.ts";
import type { Terraform } from "./terraform.ts";

/** A failure of an example that a waiver accepts. */
export interface ShownWaiver {
  readonly policy: string;
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

/** What the gate says of an example. */
export interface ExampleVerdict {
  readonly name: string;
  readonly verdict: "pass" | "refused";
  /** Findings that pass, fail and cannot be determined; those that are waived are among the failures. */
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly waivers: readonly ShownWaiver[];
  /** Findings that refuse the plan. */
  readonly refusals: readonly string[];
}

// --- files

/** What every package must hold, and how it must be written. */
export function fileProblems(files: readonly PackageFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const has = (pattern: RegExp) => [...paths].some((path) => pattern.test(path));
  return [
    ...(has(/^README\.md$/i) ? [] : ["README.md is missing: say what the module makes and how to call it."]),
    ...(has(/^LICENSE(?:\.\w+)?$/i) ? [] : ["LICENSE is missing: nobody may use a module without one."]),
    ...(has(/^[^/]+\.tf(?:\.json)?$/) ? [] : ["There is no .tf file: this is not a module."]),
    ...(exampleNames(files).length > 0
      ? []
      : ["examples/ is missing: a module is judged by the plans of its examples. Write examples/minimal/main.tf."]),
    ...files.flatMap(outsidePaths),
  ];
}

/** `${path.module}/../..` that leads out of the package. */
function outsidePaths({ path, content }: PackageFile): string[] {
  if (!path.endsWith(".tf")) return [];
  const found = content.toString("utf8").matchAll(/\$\{path\.(?:module|root|cwd)\}((?:\/\.\.)+)/g);
  return [...found]
    .filter(([, up = ""]) => posix.join(posix.dirname(path), `.${up}`).startsWith(".."))
    .map(([text]) => `${path} reads ${text}, which is outside of the package: move the file into it.`);
}

/** Variables and outputs of the root module that nobody has described. */
export const undocumented = ({ inputs, outputs }: ModuleInterface): string[] => [
  ...inputs
    .filter(({ description }) => description.trim() === "")
    .map(({ name }) => `variable "${name}" has no description.`),
  ...outputs
    .filter(({ description }) => description.trim() === "")
    .map(({ name }) => `output "${name}" has no description.`),
];

/** The interface of the module in a directory of the package; "" for its root. */
export function interfaceIn(files: readonly PackageFile[], directory = ""): ModuleInterface {
  const prefix = directory === "" ? "" : `${directory}/`;
  const own = files.filter(
    ({ path }) => path.startsWith(prefix) && /^[^/]+\.tf(?:\.json)?$/.test(path.slice(prefix.length)),
  );
  return moduleInterface(own.map(({ path, content }) => ({ path, text: content.toString("utf8") })));
}

/** Directories below examples/ and modules/ that hold configuration. */
const directoriesBelow = (files: readonly PackageFile[], folder: string): string[] => {
  const pattern = new RegExp(`^${folder}/([^/]+)/[^/]+\\.tf(?:\\.json)?$`);
  return [...new Set(files.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []))].sort();
};

export const exampleNames = (files: readonly PackageFile[]): string[] => directoriesBelow(files, "examples");
export const submoduleNames = (files: readonly PackageFile[]): string[] => directoriesBelow(files, "modules");

/** Writes a package into a temporary directory, works there, and removes it. */
export async function inCopy<T>(
  files: readonly PackageFile[],
  work: (directory: string) => T | Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-modules-"));
  try {
    for (const { path, content, isExecutable } of files) {
      const file = join(directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: isExecutable ? 0o755 : 0o644, flag: "wx" });
    }
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// --- Terraform

/** `terraform fmt` finds nothing to change. */
export function checkFormat(terraform: Terraform, directory: string): void {
  try {
    terraform.run(directory, ["fmt", "-check", "-recursive", "-no-color"]);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError("Not formatted:", "terraform fmt -recursive", error.details);
  }
}

/** Runs the module's own tests, where it has some. */
export function runTests(terraform: Terraform, directory: string): void {
  const tests = ["", "tests"].flatMap((folder) => namesIn(join(directory, folder)));
  if (!tests.some((name) => /\.(?:tf|tofu)test\.(?:hcl|json)$/.test(name))) return;
  terraform.run(directory, ["init", "-input=false", "-no-color", "-backend=false"]);
  terraform.run(directory, ["test", "-no-color"]);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** What judges examples. */
export interface Judging {
  readonly terraform: Terraform;
  readonly settings: Settings;
  /** Plan with the AWS provider without credentials. */
  readonly isOffline: boolean;
  /** Reports a step. */
  readonly report: (line: string) => void;
}

/** The verdicts on the examples of a package. */
export const judgeExamples = (files: readonly PackageFile[], judging: Judging): Promise<ExampleVerdict[]> =>
  inCopy(files, async (directory) => {
    const verdicts: ExampleVerdict[] = [];
    for (const name of exampleNames(files)) verdicts.push(await judgeExample(directory, name, judging));
    return verdicts;
  });

/** The findings that refuse examples, each with its example. */
export const refusalsOf = (examples: readonly ExampleVerdict[]): string[] =>
  examples.flatMap(({ name, refusals }) => refusals.map((one) => `examples/${name}: ${one}`));

/** Initializes, validates and plans an example, and asks the gate. */
async function judgeExample(
  directory: string,
  name: string,
  { terraform, settings, isOffline }: Judging,
): Promise<ExampleVerdict> {
  const example = join(directory, "examples", name);
  if (isOffline) writeFileSync(join(example, offlineFile), offlineSettings(example));
  terraform.run(example, ["init", "-input=false", "-no-color", "-backend=false"]);
  terraform.run(example, ["validate", "-no-color"]);
  terraform.run(example, ["plan", "-input=false", "-no-color", "-lock=false", "-refresh=false", "-out=tlsgate.tfplan"]);
  const json = terraform.run(example, ["show", "-json", "tlsgate.tfplan"]);
  const path = join(example, "tlsgate.tfplan");
  const plan = { ...parsePlan(json, path), planFile: readInputFile(path) };
  const { report } = await judgedSource({ path, read: () => plan }, settings, {
    sourced: "open",
    drawn: false,
    named: true,
    configuration: undefined,
  });
  if (report.verdict === "error") throw new InputError(`The plan of examples/${name} could not be judged.`);
  return verdictOn(name, report.findings, report.verdict);
}

/** Terraform merges it over the example's own provider blocks. https://developer.hashicorp.com/terraform/language/files/override */
const offlineFile = "tlsgate_override.tf.json";

/** Settings under which the AWS provider plans without credentials and without asking AWS, for each of its configurations. */
function offlineSettings(example: string): string {
  const files = namesIn(example)
    .filter((name) => /\.tf(?:\.json)?$/.test(name))
    .map((name) => ({ path: name, text: readFileSync(join(example, name), "utf8") }));
  const names = [...moduleFrom(files).providers.keys()];
  const aws = names
    .filter((name) => name === "aws" || name.startsWith("aws."))
    .map((name) => ({
      ...(name === "aws" ? {} : { alias: name.slice("aws.".length) }),
      access_key: "none",
      secret_key: "none",
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
    }));
  return JSON.stringify({ provider: { aws } });
}

function verdictOn(name: string, findings: readonly Finding[], verdict: "pass" | "refused"): ExampleVerdict {
  const count = (outcome: Finding["outcome"]) => findings.filter((one) => one.outcome === outcome).length;
  return {
    name,
    verdict,
    passed: count("pass"),
    failed: count("fail"),
    unknown: count("unknown"),
    waivers: findings.flatMap(({ policy, address, waiver }) =>
      waiver ? [{ policy, address, reason: waiver.reason, owner: waiver.owner, expires: waiver.expires }] : [],
    ),
    refusals: findings
      .filter(({ refuses }) => refuses)
      .map(({ policy, address, at, message }) => `${policy}: ${at ? `${address} ${at}` : address}: ${message}`),
  };
}

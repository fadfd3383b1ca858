// Bytes → Plan; when they are no plan, what they seem to be and what to run instead.

import type * as zlib from "node:zlib";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";
import { checkLevels, maxLevels, type WrongPart, wrongPartOfPlan, wrongPartOfState } from "./nested-parts.ts";
import { type Plan, type PlanJson, planFromJson, planFromState, type StateJson } from "./plan.ts";
import { isStack, isSynthesised, planFromSynthesised } from "./synthesised.ts";
import { validatePlan, validateState } from "./validators.generated.js";

const showPlan = "terraform show -json PLANFILE > plan.json";
const showState = "terraform show -json > state.json";
export const makePlan = "terraform plan -out=tfplan && tlsgate check tfplan";

/** The bytes of `terraform show -json` for a plan or a state. Never repeats the content in an error: it can be secret. */
export function parsePlan(bytes: Buffer, path: string): Plan {
  const json = parseJson(decode(bytes, path), path);
  if (!isRecord(json)) throw notPlan(path);
  try {
    return planOf(json, path);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(
      `${path} nests values in more than ${maxLevels} levels, which no plan of Terraform does.`,
      showPlan,
    );
  }
}

function planOf(json: Record<string, unknown>, path: string): Plan {
  if (isSynthesised(json)) {
    if (!isStack(json)) throw new InputError(`${path} is no whole stack of CDKTF.`, "cdktf synth");
    checkLevels(json);
    return planFromSynthesised(json, path);
  }
  const other = others.find(({ keys }) => keys.every((key) => key in json));
  if (other) throw new InputError(`${path} ${other.is}.`, other.mend);
  if (typeof json.format_version !== "string" || !(isPlan(json) || isState(json))) throw notPlan(path);
  checkVersion(json.format_version, path);
  if (!isPlan(json)) {
    check<StateJson>(validateState, wrongPartOfState, json, path, "a state");
    return planFromState(json, path);
  }
  check<PlanJson>(validatePlan, wrongPartOfPlan, json, path, "a plan");
  if (json.errored) {
    throw new InputError(
      `${path} is the plan of a run that failed, so it is not whole.`,
      "terraform plan -out=PLANFILE, until it succeeds",
    );
  }
  if (!json.resource_changes && holdsResources(json)) {
    throw new InputError(`${path} plans resources, but its resource_changes were taken out.`, showPlan);
  }
  return planFromJson(json, path);
}

const notPlan = (path: string) => new InputError(`${path} is JSON, but no plan.`, makePlan);

/** Other JSON of Terraform's world, by the keys that tell, and what to run instead. */
const others: readonly { readonly keys: readonly string[]; readonly is: string; readonly mend: string }[] = [
  {
    keys: ["@level", "@message"],
    is: "holds the log lines of `terraform plan -json`, not the plan",
    mend: makePlan,
  },
  { keys: ["lineage", "serial"], is: "is Terraform's own state file", mend: showState },
  { keys: ["provider_schemas"], is: "is a provider schema, not a plan", mend: showPlan },
  {
    keys: ["encrypted_data"],
    is: "is encrypted by OpenTofu",
    mend: "tofu show -json PLANFILE > plan.json, where the key is configured",
  },
  { keys: ["resource"], is: "is a configuration, not its plan", mend: makePlan },
];

const isPlan = (json: Record<string, unknown>): boolean =>
  "planned_values" in json || "resource_changes" in json || "configuration" in json;

/** A state has its values at the top; an empty one has nothing but its versions. */
const isState = (json: Record<string, unknown>): boolean =>
  "values" in json || Object.keys(json).every((key) => ["format_version", "terraform_version", "checks"].includes(key));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function holdsResources(json: object): boolean {
  const values = "planned_values" in json ? json.planned_values : undefined;
  const root = isRecord(values) ? values.root_module : undefined;
  return isRecord(root) && ("resources" in root || "child_modules" in root);
}

// --- what a file of a directory is

/** How much of a file's beginning `looksLikePlan` asks for. */
export const headLength = 1024;

/**
 * Whether a file of a directory is meant as a plan: by its content, whatever its name, and even if it is broken. Most
 * files are told by their first bytes; `whole` reads the others.
 */
export function looksLikePlan(head: Buffer, whole: () => Buffer): boolean {
  if (isBinaryPlan(head)) return true;
  const start = textOf(unzipped(head));
  const [, firstKey = ""] = /^\s*\{\s*"(\w+)"\s*:/.exec(start) ?? [];
  if (!planKeys.has(firstKey)) return false;
  if (/^\s*\{\s*"format_version"[^{}]*"(variables|planned_values)"/.test(start)) return true;
  // Its keys were sorted, or it is a state, or something else.
  const all = unzipped(whole());
  const bytes = isUtf16(all) ? Buffer.from(textOf(all)) : all;
  return [Buffer.from('"format_version"'), Buffer.from('"planned_values"')].every((key) => bytes.includes(key));
}

/** The keys at the top of a plan. https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const planKeys = new Set([
  "action_invocations",
  "applyable",
  "checks",
  "complete",
  "configuration",
  "deferred_action_invocations",
  "deferred_changes",
  "errored",
  "format_version",
  "output_changes",
  "planned_values",
  "prior_state",
  "relevant_attributes",
  "resource_changes",
  "resource_drift",
  "terraform_version",
  "timestamp",
  "variables",
]);

/** A zip archive whose first entry is Terraform's plan. */
export const isBinaryPlan = (bytes: Buffer): boolean =>
  isZip(bytes) && bytes.subarray(30, 36).toString("latin1") === "tfplan";

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString("latin1") === "PK\u0003\u0004";

// --- bytes to text to JSON

/** What a string of the runtime can hold. */
const maxLength = 0x1fffffe8;

function decode(bytes: Buffer, path: string): string {
  if (isGzip(bytes)) {
    const unpacked = gunzip(bytes, path);
    // Some archives unpack to themselves.
    if (isGzip(unpacked)) throw new InputError(`${path} is gzip data in gzip data.`, showPlan);
    return decode(unpacked, path);
  }
  if (isZip(bytes)) throw new InputError(`${path} is a zip archive, but no plan of Terraform.`, makePlan);
  if (bytes.length > maxLength) throw tooLarge(path);
  const text = isUtf16(bytes) ? asciiOf(bytes, path) : textOf(bytes);
  if (text.trim() === "") throw new InputError(`${path} is empty.`, showPlan);
  return text;
}

/**
 * PowerShell's `>` writes UTF-16 of what it has read by the console's code page, which may not be Terraform's UTF-8. All of
 * them read ASCII alike, so where there is nothing else, nothing was garbled. One knows ASCII alone and makes "?" of any
 * other byte (https://learn.microsoft.com/previous-versions/dotnet/netframework-1.1/aa332076(v=vs.71)), of which a
 * character has two at least.
 */
function asciiOf(bytes: Buffer, path: string): string {
  const pairs = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = (bytes[0] === 0xfe ? Buffer.from(pairs).swap16() : pairs).toString("utf16le");
  if (text.startsWith("\uFEFF") && !/[\u0080-\uffff]|\?\?/.test(text.slice(1))) return text.slice(1);
  throw new InputError(
    `${path} is UTF-16 text, as PowerShell's \`>\` writes it, which can garble names.`,
    "terraform show -json PLANFILE | Out-File -Encoding utf8 plan.json",
  );
}

const tooLarge = (path: string) =>
  new InputError(`${path} is larger than 512 MiB, more than this version can read.`, "one plan for each root module");

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Plans of many equal resources pack to a hundredth of their size; what was made to fill the memory, to a thousandth. */
const maxRatio = 300;

/** A small file may have any ratio. */
const maxUnpacked = ({ length }: Buffer): number => Math.min(maxLength, Math.max(2 ** 24, length * maxRatio));

function gunzip(bytes: Buffer, path: string): Buffer {
  const { gunzipSync } = load("node:zlib") as typeof zlib;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpacked(bytes) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw maxUnpacked(bytes) < maxLength
        ? new InputError(`${path} unpacks to more than ${maxRatio} times its size, which no plan does.`, showPlan)
        : tooLarge(path);
    throw new InputError(`${path} is gzip data that is damaged or cut off.`, showPlan);
  }
}

/** The same for looking at a file, which may be cut off: as much as can be read. */
function unzipped(bytes: Buffer): Buffer {
  if (!isGzip(bytes)) return bytes;
  const { constants, gunzipSync } = load("node:zlib") as typeof zlib;
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxUnpacked(bytes) });
  } catch {
    return Buffer.alloc(0);
  }
}

/** By its byte order mark, or by the zero that is half of every Latin letter. */
const isUtf16 = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;

function textOf(bytes: Buffer): string {
  if (!isUtf16(bytes)) return bytes.toString("utf8").replace(/^\uFEFF/, "");
  return bytes.toString("latin1").replace(/\0|^(ÿþ|þÿ)/g, "");
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Many documents, one a line: Terraform's log.
    const first = tryParse(text.trimStart().split("\n", 1)[0] ?? "");
    if (isRecord(first) && "@level" in first) return first;
    if (/^\s*[[{]/.test(text)) {
      const position = /position (\d+)/.exec(String(error))?.[1];
      const place = position === undefined ? "" : ` from character ${position} on`;
      throw new InputError(`${path} is no valid JSON${place}: it may be cut off, or hold other output too.`, showPlan);
    }
    throw textError(text, path);
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textError(text: string, path: string): InputError {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours, where a terminal's output was kept
  const bare = text.replace(/\u001b\[[\d;]*m/g, "");
  if (/^(Terraform|OpenTofu) (used the selected|will perform)|^\s*# \S.* (will|must) be |^No changes\./m.test(bare)) {
    return new InputError(`${path} is the text of a plan, for people.`, showPlan);
  }
  if (/^# \S+:(\s.*)?\n(resource|data) "|^No state\./m.test(bare)) {
    return new InputError(`${path} is the text of a state, for people.`, showState);
  }
  return new InputError(`${path} is neither JSON nor a plan file.`, makePlan);
}

// --- checks

function checkVersion(version: string, path: string): void {
  const major = /^(\d+)\.\d+$/.exec(version)?.[1];
  if (major === "0" || major === "1") return;
  throw new InputError(
    `${path} has format_version ${JSON.stringify(version.slice(0, 20))}; this version of tlsgate reads 0.x and 1.x.`,
    "npm install tlsgate@latest",
  );
}

type Validator = ((json: unknown) => boolean) & {
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

/** By the schema, and then the parts that the schema leaves out. */
function check<T>(
  validate: Validator,
  wrongPart: (json: T) => WrongPart | undefined,
  json: unknown,
  path: string,
  kind: string,
): asserts json is T {
  const isValid = validate(json);
  const [error] = validate.errors ?? [];
  const wrong = isValid ? wrongPart(json as T) : { at: error?.instancePath ?? "", must: error?.message ?? "is wrong" };
  if (!wrong) return;
  const place = wrong.at.length > maxPlace ? `${wrong.at.slice(0, maxPlace)}…` : wrong.at || "the top";
  throw new InputError(`${path} looks like ${kind}, but ${place} ${wrong.must.replaceAll(",", " or ")}.`, showPlan);
}

/** A place that is longer says no more to a person. */
const maxPlace = 200;

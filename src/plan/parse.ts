// Bytes → Plan; when they are no plan, what they seem to be and what to run instead.

import type * as zlib from "node:zlib";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";
import { type Plan, type PlanJson, planFromJson, planFromState, type StateJson } from "./plan.ts";
import { validatePlan, validateState } from "./validators.generated.js";

const showPlan = "terraform show -json PLANFILE > plan.json";

/** The bytes of `terraform show -json` for a plan or a state. Never repeats the content in an error: it can be secret. */
export function parsePlan(bytes: Buffer, path: string): Plan {
  const text = decode(bytes, path);
  const json = parseJson(text, path);
  if (!isRecord(json)) throw new InputError(`${path} is JSON, but no plan.`, showPlan);
  if (looksLikeLog(json)) {
    throw new InputError(
      `${path} holds the log lines of \`terraform plan -json\`, not the plan.`,
      `terraform plan -out=PLANFILE && ${showPlan}`,
    );
  }
  if ("lineage" in json && "serial" in json) {
    throw new InputError(`${path} is Terraform's own state file.`, "terraform show -json > state.json");
  }
  if (typeof json.format_version !== "string") throw new InputError(`${path} is JSON, but no plan.`, showPlan);
  checkVersion(json.format_version, path);
  if ("provider_schemas" in json) throw new InputError(`${path} is a provider schema, not a plan.`, showPlan);
  if (isState(json)) {
    check<StateJson>(validateState, json, path, "a state");
    return planFromState(json, path);
  }
  check<PlanJson>(validatePlan, json, path, "a plan");
  if (json.errored) {
    throw new InputError(
      `${path} is the plan of a run that failed, so it is not whole.`,
      "terraform plan -out=PLANFILE, until it succeeds",
    );
  }
  return planFromJson(json, path);
}

/** Whether a file of a directory is meant as a plan: by its content, whatever its name. */
export function looksLikePlan(bytes: Buffer): boolean {
  if (isBinaryPlan(bytes)) return true;
  const head = bytes.subarray(0, 64).toString("utf8");
  if (!/^\uFEFF?\s*\{/.test(head)) return false;
  return bytes.includes('"format_version"') && bytes.includes('"planned_values"');
}

/** A zip archive with Terraform's plan in it. */
export const isBinaryPlan = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString("latin1") === "PK\u0003\u0004" && bytes.includes("tfplan");

function decode(bytes: Buffer, path: string): string {
  if (bytes.length === 0) throw new InputError(`${path} is empty.`, showPlan);
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) return decode((load("node:zlib") as typeof zlib).gunzipSync(bytes), path);
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || second === 0) {
    throw new InputError(
      `${path} is UTF-16 text, as PowerShell's \`>\` writes it, which can garble names.`,
      "terraform show -json PLANFILE | Out-File -Encoding utf8 plan.json",
    );
  }
  if (first === 0x50 && second === 0x4b) {
    throw new InputError(`${path} is a zip archive, but no plan of Terraform.`, "terraform plan -out=PLANFILE");
  }
  if (bytes.length > maxLength) {
    throw new InputError(
      `${path} is larger than 512 MiB, more than this version can read.`,
      "terraform plan per root module",
    );
  }
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** What a string of the runtime can hold. */
const maxLength = 0x1fffffe8;

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [line = ""] = text.split("\n", 1);
    if (looksLikeLog(tryParse(line))) return tryParse(line);
    if (/^\s*[[{]/.test(text)) {
      const position = /position (\d+)/.exec(String(error))?.[1];
      const place = position === undefined ? "" : ` from character ${position} on`;
      throw new InputError(`${path} is no valid JSON${place}: it may be cut off, or hold other output too.`, showPlan);
    }
    if (
      /Terraform (will perform|used the selected)|OpenTofu (will perform|used)|^# \S+ will be|No changes\./m.test(text)
    ) {
      throw new InputError(`${path} is the text of a plan, for people.`, showPlan);
    }
    throw new InputError(`${path} is neither JSON nor a plan file.`, `terraform plan -out=PLANFILE && ${showPlan}`);
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const looksLikeLog = (json: unknown): boolean => isRecord(json) && "@level" in json && "@message" in json;

/** A state has its values at the top; an empty one has nothing but versions. */
const isState = (json: Record<string, unknown>): boolean =>
  !("planned_values" in json || "resource_changes" in json || "configuration" in json);

function checkVersion(version: string, path: string): void {
  const major = /^(\d+)\.\d+$/.exec(version)?.[1];
  if (major === "0" || major === "1") return;
  throw new InputError(
    `${path} has format_version ${JSON.stringify(version)}; this version of tlsgate reads 0.x and 1.x.`,
    "npm install tlsgate@latest",
  );
}

type Validator = ((json: unknown) => boolean) & {
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

function check<T>(validate: Validator, json: unknown, path: string, kind: string): asserts json is T {
  if (validate(json)) return;
  const [error] = validate.errors ?? [];
  const place = error?.instancePath ? `at ${error.instancePath}` : "at the top";
  throw new InputError(`${path} looks like ${kind}, but ${place} it ${error?.message ?? "is not one"}.`, showPlan);
}

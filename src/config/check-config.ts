// What is wrong with a configuration that holds something else than it may. Its schema is large: it is loaded where there
// is a configuration.

import { assumable, problemWith as problemWithAssumption } from "../findings/assumptions.ts";
import { InputError } from "../input-error.ts";
import { nearest } from "../nearest.ts";
import type { Config } from "./config.ts";
import { validateConfig } from "./validators.generated.js";

/** Checks what a file holds. `isCode`: packs can be objects, which are left to the language's types. */
export function checkConfig(raw: unknown, path: string, isCode = false): Config {
  const wrong = (problem: string) =>
    new InputError(`${path}: ${problem}`, "tlsgate --help, or schemas/config.schema.json");
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw wrong("a configuration is an object.");
  const { packs } = raw as Config;
  const names = isCode && Array.isArray(packs) ? packs.filter((one) => typeof one !== "object" || one === null) : packs;
  if (!validateConfig(names === undefined ? raw : { ...raw, packs: names })) {
    throw wrong(problemOf(deepest(validateConfig.errors ?? [])));
  }
  for (const [index, entry] of ((raw as Config).assume ?? []).entries()) {
    const problem = problemWithAssumption(entry);
    if (problem) throw wrong(`assume.${index}: ${problem}.`);
  }
  const idle = (raw as Config).overrides?.findIndex((one) => !one.policies && !one.notJudged) ?? -1;
  if (idle >= 0) throw wrong(`overrides.${idle} must have policies or notJudged.`);
  return raw as Config;
}

type SchemaError = NonNullable<typeof validateConfig.errors>[number];

/** Of the forms that something can take, the one that it comes nearest to says what is wrong. */
const deepest = (errors: readonly SchemaError[]): SchemaError | undefined =>
  [...errors].sort((one, other) => depthOf(other) - depthOf(one))[0];

const depthOf = ({ instancePath, params }: SchemaError): number =>
  instancePath.split("/").length + (params?.additionalProperty === undefined ? 0 : 0.5);

/** What there is, by where it is. */
const fields: readonly (readonly [place: RegExp, names: readonly string[]])[] = [
  [
    /^$/,
    [
      "profile",
      "policies",
      "overrides",
      "unknown",
      "outsidePlan",
      "notJudged",
      "failOn",
      "scope",
      "assume",
      "waivers",
      "baseline",
      "registries",
      "packs",
      "$schema",
    ],
  ],
  [/^\/assume\/\d+$/, ["address", ...assumable, "reason", "owner", "expires"]],
  [/^\/policies\/[^/]+$/, ["enforcement", "unknown", "outsidePlan", "options"]],
  [/^\/overrides\/\d+$/, ["addresses", "policies", "notJudged", "reason"]],
  [/^\/overrides\/\d+\/policies\/[^/]+$/, ["enforcement", "unknown", "outsidePlan"]],
];

function problemOf(error: SchemaError | undefined): string {
  if (!error) return "it is no configuration.";
  const { instancePath, params, message } = error;
  const place = instancePath.slice(1).replaceAll("/", ".") || "the configuration";
  const strange = params?.additionalProperty;
  if (typeof strange === "string") {
    const [, names = []] = fields.find(([where]) => where.test(instancePath)) ?? [];
    const meant = nearest(strange, names);
    return `${place} has no ${JSON.stringify(strange)}${meant ? `; did you mean ${meant}?` : "."}`;
  }
  const allowed = Array.isArray(params?.allowedValues) ? `: ${params.allowedValues.join(", ")}` : "";
  return `${place} ${message ?? "is wrong"}${allowed}.`;
}

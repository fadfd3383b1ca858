// The configuration: what it may hold, and what is wrong with one that holds something else.

import type { Adapter } from "../facts/adapter.ts";
import { type AssumptionEntry, assumable, problemWith as problemWithAssumption } from "../findings/assumptions.ts";
import { InputError } from "../input-error.ts";
import { nearest, orNearest } from "../nearest.ts";
import type { Policy, PolicyOption } from "../policy.ts";
import { validateConfig } from "./validators.generated.js";

export type Enforcement = "mandatory" | "advisory" | "off";

/** refuse: such a resource refuses the plan; notice: reports name it; ignore: no report does. */
export type NotJudgedAction = "refuse" | "notice" | "ignore";

/** What is set of a policy. */
export interface PolicySettings {
  readonly enforcement?: Enforcement;
  /** What becomes of what a plan does not tell it. */
  readonly unknown?: "refuse" | "warn";
  /** Whether what no configuration can change refuses a plan, or is advisory. */
  readonly outsidePlan?: "refuse" | "warn";
  readonly options?: { readonly [name: string]: unknown };
}

/** Further policies and adapters, as a package or a module gives them. */
export interface Pack {
  readonly policies?: readonly Policy[];
  readonly adapters?: readonly Adapter[];
}

/** As schemas/config.schema.json describes it. */
export interface Config {
  /** The profile to start from. Default: recommended. */
  readonly profile?: string;
  /** By policy id, beside the profile. */
  readonly policies?: {
    readonly [policy: string]: Enforcement | PolicySettings;
  };
  /** Something else at some addresses. */
  readonly overrides?: readonly {
    readonly addresses: readonly string[];
    readonly policies?: { readonly [policy: string]: Enforcement | Omit<PolicySettings, "options"> };
    readonly notJudged?: NotJudgedAction;
    readonly reason?: string;
  }[];
  /** What becomes of what a plan does not tell. Default: as each policy says. */
  readonly unknown?: "refuse" | "warn";
  /** Whether what no configuration can change refuses a plan, or is advisory. Default: as the profile says. */
  readonly outsidePlan?: "refuse" | "warn";
  /** What the gate does with resources that may serve HTTPS and are not judged. Default: notice. */
  readonly notJudged?: NotJudgedAction;
  /** Which violations refuse a plan. Default: any. */
  readonly failOn?: "any" | "introduced";
  /** What is told: all, or what a plan introduces or fixes, and then nothing else refuses it. Default: all. */
  readonly scope?: "all" | "changed";
  /** What plans cannot show, e.g. that an application behind a load balancer sends HSTS. */
  readonly assume?: readonly AssumptionEntry[];
  /** Accepted violations. */
  readonly waivers?: readonly object[];
  /** File of known violations. Default: tlsgate.baseline.json. */
  readonly baseline?: string;
  /** Registries of modules, by host: where their index.json is, a file or an https:// URL. Versions that one has withdrawn refuse a plan. */
  readonly registries?: { readonly [host: string]: string };
  /** Packages or paths; in TypeScript and JavaScript the packs themselves, too. */
  readonly packs?: readonly (string | Pack)[];
}

/** A configuration as it is, checked by its type. */
export const defineConfig = (config: Config): Config => config;

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

/** Refuses ids of policies that do not exist, and options that they do not have or take. */
export function checkPolicies({ policies = {}, overrides = [] }: Config, known: readonly Policy[], path: string): void {
  const ids = known.map(({ id }) => id);
  const wrong = (problem: string) => new InputError(`${path}: ${problem}`, "tlsgate policies");
  const named = [...Object.keys(policies), ...overrides.flatMap((one) => Object.keys(one.policies ?? {}))];
  const strange = named.find((id) => !ids.includes(id));
  if (strange !== undefined) throw wrong(`there is no policy ${orNearest(strange, ids)}`);
  for (const [id, set] of Object.entries(policies)) {
    const { options = {} } = known.find((one) => one.id === id) ?? {};
    for (const [name, value] of Object.entries((typeof set === "object" && set.options) || {})) {
      const option = options[name];
      if (!option) throw wrong(`${id} has no option ${orNearest(name, Object.keys(options))}`);
      const problem = problemWith(value, option);
      if (problem) throw wrong(`${id}: ${name} ${problem}, not ${JSON.stringify(value)}.`);
    }
  }
}

function problemWith(value: unknown, option: PolicyOption): string | undefined {
  const { default: usual, minimum, allowed } = option;
  if (Array.isArray(usual)) {
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? undefined : "is a list of texts";
  }
  if (typeof value !== typeof usual) return `is a ${typeof usual === "number" ? "number" : "text"}`;
  if (typeof value === "number" && minimum !== undefined && !(value >= minimum)) return `is at least ${minimum}`;
  if (typeof value === "string" && allowed && !allowed.includes(value)) return `is ${allowed.join(" or ")}`;
  return undefined;
}

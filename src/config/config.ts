// The configuration: what it may hold, and which of its policies and options do not exist.

import type { Adapter } from "../facts/adapter.ts";
import type { AssumptionEntry } from "../findings/assumptions.ts";
import { InputError } from "../input-error.ts";
import { orNearest } from "../nearest.ts";
import type { Policy, PolicyOption } from "../policy.ts";

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

// The configuration and what the command line says beside it → what is judged, and what is accepted.

import { type Profile, profiles } from "../../policies/profiles.ts";
import { policies as ownPolicies } from "../../policies/registry.ts";
import type { Acceptance } from "../findings/decide.ts";
import type { Selection } from "../findings/evaluate.ts";
import type { Scope } from "../findings/scope.ts";
import { readWaivers, type Waivers } from "../findings/waivers.ts";
import type { WithdrawnVersions } from "../findings/withdrawn-modules.ts";
import { InputError } from "../input-error.ts";
import { orNearest } from "../nearest.ts";
import type { Policy } from "../policy.ts";
import { type Config, checkPolicies, type NotJudgedAction, type PolicySettings } from "./config.ts";
import type { Loaded } from "./load.ts";
import { guardAdapter, guardPolicy, type PackFailures, packFailures } from "./pack.ts";

/** What is said beside the configuration, and has the last word. */
export interface Said {
  readonly profile?: string | undefined;
  /** Judge by these policies alone, each mandatory. */
  readonly policies?: readonly string[] | undefined;
  readonly unknown?: "refuse" | "warn" | undefined;
  readonly outsidePlan?: "refuse" | "warn" | undefined;
  readonly notJudged?: NotJudgedAction | undefined;
  readonly failOn?: "any" | "introduced" | undefined;
  readonly scope?: Scope | undefined;
  readonly noWaivers?: boolean | undefined;
  readonly noBaseline?: boolean | undefined;
}

export interface Settings {
  /** Its adapters are those of packs; each plan brings its providers'. */
  readonly selection: Selection;
  readonly acceptance: Acceptance;
  /** Every policy that there is. */
  readonly policies: readonly Policy[];
  /** What went wrong in policies and adapters of packs, plan by plan. */
  readonly packFailures: PackFailures;
  readonly registries: readonly WithdrawnVersions[];
  /** All waivers of the configuration and its files, good or not. */
  readonly waivers: Waivers;
}

/** `trusted`: the plan's own waivers count only once they have been applied. */
export function settingsOf(loaded: Loaded, said: Said, today: Date, trusted: boolean): Settings {
  const { config, packs } = loaded;
  const failures = packFailures();
  const ofPacks = packs.flatMap(({ name, policies = [] }) => policies.map((one) => guardPolicy(one, name, failures)));
  const policies = distinct([...ownPolicies, ...ofPacks]);
  checkPolicies(config, policies, loaded.path ?? "");
  const ids = policies.map(({ id }) => id);
  const waivers = said.noWaivers
    ? { waivers: [], malformed: [] }
    : joined(loaded.waivers.map((one) => readWaivers(one.entries, one.file, ids, one)));
  const chosen = said.policies?.map((id) => policyNamed(id, policies));
  // What is not judged has neither used its waivers nor mended what the baseline knows.
  const isJudged = ({ policy }: { readonly policy: string }) => !chosen || chosen.some(({ id }) => id === policy);
  const judgedWaivers = { ...waivers, waivers: waivers.waivers.filter(isJudged) };
  const { baseline } = loaded;
  const scope = said.scope ?? config.scope ?? "all";
  const profile = profileNamed(said.profile ?? config.profile ?? "recommended");
  return {
    policies,
    registries: loaded.registries,
    packFailures: failures,
    waivers: judgedWaivers,
    selection: {
      policies: chosen ?? policies,
      adapters: packs.flatMap(({ name, adapters = [] }) => adapters.map((one) => guardAdapter(one, name, failures))),
      enforcement: chosen
        ? Object.fromEntries(chosen.map(({ id }) => [id, "mandatory"]))
        : enforcementOf(loaded, profile),
      overrides: (config.overrides ?? []).map((one) => ({
        addresses: one.addresses,
        enforcement: each(one.policies, ({ enforcement }) => enforcement),
        unknown: said.unknown ? {} : each(one.policies, ({ unknown }) => unknown),
        outsidePlan: said.outsidePlan ? {} : each(one.policies, ({ outsidePlan }) => outsidePlan),
        notJudged: said.notJudged ? undefined : one.notJudged,
      })),
      options: each(config.policies, ({ options }) => options),
      unknown: said.unknown ?? config.unknown,
      unknownOf: said.unknown ? {} : each(config.policies, ({ unknown }) => unknown),
      outsidePlan: said.outsidePlan ?? config.outsidePlan ?? profile.outsidePlan,
      outsidePlanOf: said.outsidePlan ? {} : each(config.policies, ({ outsidePlan }) => outsidePlan),
      notJudged: said.notJudged ?? config.notJudged,
      failOn: failOnOf(said, config, scope),
      assumptions: (config.assume ?? []).map((one, index) => ({
        ...one,
        writtenIn: `${loaded.path} (assumption ${index + 1})`,
      })),
    },
    acceptance: {
      waivers: judgedWaivers.waivers,
      ofPlan: said.noWaivers ? "none" : trusted ? "applied" : "planned",
      baseline: said.noBaseline || !baseline ? undefined : { ...baseline, known: baseline.known.filter(isJudged) },
      policies: ids,
      today,
      scope,
    },
  };
}

/** What is not told refuses nothing. */
function failOnOf(said: Said, config: Config, scope: Scope): NonNullable<Selection["failOn"]> {
  if (scope === "all") return said.failOn ?? config.failOn ?? "any";
  // The scope of the command line has the last word on what the configuration fails on.
  const failOn = said.failOn ?? (said.scope ? undefined : config.failOn);
  if (failOn !== "any") return "introduced";
  throw new InputError(
    "The scope is changed: what a plan leaves as it was is not shown, so it cannot be refused for any violation.",
    "tlsgate check --scope changed, or --fail-on any with --scope all",
  );
}

const joined = (all: readonly Waivers[]): Waivers => ({
  waivers: all.flatMap((one) => one.waivers),
  malformed: all.flatMap((one) => one.malformed),
});

function distinct(policies: readonly Policy[]): readonly Policy[] {
  const twice = policies.find(({ id }, index) => policies.findIndex((one) => one.id === id) !== index);
  if (twice) throw new InputError(`There are two policies ${twice.id}: a pack's needs an id of its own.`);
  return policies;
}

/** By policy id, where it is set. */
function each<T>(policies: Config["policies"] = {}, read: (set: PolicySettings) => T | undefined): { [id: string]: T } {
  const set = Object.entries(policies).map(
    ([id, one]) => [id, read(typeof one === "string" ? { enforcement: one } : one)] as const,
  );
  return Object.fromEntries(set.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
}

/** The profile's, what the configuration says beside it, and mandatory for a pack's that neither names. */
function enforcementOf({ config, packs }: Loaded, profile: Profile): Selection["enforcement"] {
  const ofPacks = packs.flatMap((pack) => (pack.policies ?? []).map(({ id }) => [id, "mandatory"] as const));
  const all = new Map<string, "mandatory" | "advisory" | "off">([
    ...ofPacks,
    ...Object.entries(profile.enforcement),
    ...Object.entries(each(config.policies, ({ enforcement }) => enforcement)),
  ]);
  return Object.fromEntries(
    [...all].flatMap(([id, enforcement]) => (enforcement === "off" ? [] : [[id, enforcement]])),
  );
}

/** Throws an InputError for a profile that does not exist. */
export function profileNamed(name: string): Profile {
  const names = Object.keys(profiles);
  if (Object.hasOwn(profiles, name)) return profiles[name as keyof typeof profiles];
  throw new InputError(`There is no profile ${orNearest(name, names)}`, `tlsgate check --profile ${names.join("|")}`);
}

export function policyNamed(id: string, policies: readonly Policy[]): Policy {
  const policy = policies.find((one) => one.id === id);
  if (policy) return policy;
  const ids = policies.map((one) => one.id);
  throw new InputError(`There is no policy ${orNearest(id, ids)}`, "tlsgate policies");
}

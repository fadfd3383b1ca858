// Endpoints × policies, before and after → findings.

import type { Adapter } from "../facts/adapter.ts";
import { type Inventory, inventoryOf } from "../facts/collect.ts";
import type { NotJudgedTypes } from "../facts/not-judged.ts";
import { groupedBy, onceEach } from "../plan/once.ts";
import type { Plan } from "../plan/plan.ts";
import { type Judgement, type OptionValues, optionsOf, type Policy } from "../policy.ts";
import { addressMatcher } from "./address-glob.ts";
import { type Assumption, assumeFacts, assumptionFindings } from "./assumptions.ts";
import type { Finding, Outcome } from "./finding.ts";

export interface Selection {
  readonly policies: readonly Policy[];
  /** By policy id; a policy that is not named is off. */
  readonly enforcement: { readonly [policy: string]: Finding["enforcement"] };
  /** By address: the first that means a finding's has the last word. */
  readonly overrides?: readonly Override[] | undefined;
  /** By policy id: what is set of its options. */
  readonly options?: { readonly [policy: string]: { readonly [name: string]: unknown } } | undefined;
  readonly adapters: readonly Adapter[];
  /** What plans cannot show, as the configuration states it. */
  readonly assumptions?: readonly Assumption[] | undefined;
  /** The day that decides whether an assumption has expired. Default: today. */
  readonly today?: Date | undefined;
  /** What the gate does with "unknown"; each policy says so itself unless it is set. */
  readonly unknown?: "refuse" | "warn" | undefined;
  /** By policy id: the same, with the last word. */
  readonly unknownOf?: { readonly [policy: string]: "refuse" | "warn" } | undefined;
  /**
   * Whether what no configuration can change weighs as anything else: an unknown outside the plan, a violation for which
   * nothing can be written. "warn" (the default): it is advisory.
   */
  readonly outsidePlan?: "refuse" | "warn" | undefined;
  /** By policy id: the same, with the last word. */
  readonly outsidePlanOf?: { readonly [policy: string]: "refuse" | "warn" } | undefined;
  /** Which violations refuse a plan: any (the default), or those that it introduces. */
  readonly failOn?: "any" | "introduced" | undefined;
  /** Types of resources that may serve HTTPS and that no adapter reads. */
  readonly notJudgedTypes?: NotJudgedTypes | undefined;
  /** What the gate does with resources that may serve HTTPS and are not judged. Default "notice". */
  readonly notJudged?: "refuse" | "notice" | "ignore" | undefined;
}

/** Something else at some addresses. */
export interface Override {
  /** Globs, see addressMatcher. */
  readonly addresses: readonly string[];
  readonly enforcement: { readonly [policy: string]: Finding["enforcement"] | "off" };
  readonly unknown?: { readonly [policy: string]: "refuse" | "warn" } | undefined;
  readonly outsidePlan?: { readonly [policy: string]: "refuse" | "warn" } | undefined;
  readonly notJudged?: Selection["notJudged"];
}

/** What the gate does with an unknown answer of a policy, wherever no override says something else. */
export const actionOnUnknown = (
  { id, whenUnknown }: Policy,
  { unknown, unknownOf = {} }: Pick<Selection, "unknown" | "unknownOf">,
): "refuse" | "warn" => unknownOf[id] ?? unknown ?? whenUnknown;

export interface Evaluation {
  readonly findings: readonly Finding[];
  /** What will exist. */
  readonly inventory: Inventory;
  /** Where the assumptions are written that settled something, or that the plan contradicts. */
  readonly assumptionsUsed: ReadonlySet<string>;
}

export function evaluate(plan: Plan, selection: Selection): Evaluation {
  const { assumptions = [], today = new Date() } = selection;
  const assumedIn = (inventory: Inventory) => {
    const { endpoints, objectStores, uses } = assumeFacts(inventory, assumptions, today);
    return { inventory: { ...inventory, endpoints, objectStores }, uses };
  };
  const { inventory: before } = assumedIn(inventoryOf(plan, "before", selection.adapters));
  const { inventory: after, uses } = assumedIn(inventoryOf(plan, "after", selection.adapters));
  const alternatives = alternativesOf(plan).map((set) =>
    set.map((one) => assumedIn(inventoryOf(one, "after", selection.adapters)).inventory),
  );
  const strictness = new Map<Finding, number>();
  const overridesAt = overridesByAddress(selection.overrides ?? []);
  const deleted = new Set(plan.instances.filter((one) => !one.after).map(({ address }) => address));
  // What only a plan can tell is open in a configuration, and no reason to refuse it.
  const unknown = selection.unknown ?? (plan.kind === "configuration" ? "warn" : undefined);
  const findings = selection.policies.flatMap((policy) => {
    const enforcement: Context["enforcement"] = selection.enforcement[policy.id] ?? "off";
    const isOn = (one: Override) => one.enforcement[policy.id] !== undefined && one.enforcement[policy.id] !== "off";
    if (enforcement === "off" && !selection.overrides?.some(isOn)) return [];
    const options = optionsOf(policy, selection.options?.[policy.id]);
    const existing = judgements(policy, options, before);
    const planned = alternatives.reduce(
      (judged, set) => resolveUnknowns(judged, () => set.map((one) => judgements(policy, options, one))),
      judgements(policy, options, after),
    );
    const gone = [...existing].filter(([identity, one]) => one.outcome === "fail" && !planned.has(identity));
    const context = { policy, enforcement, selection: { ...selection, unknown }, overridesAt, deleted, strictness };
    return [
      ...[...planned].flatMap(([identity, one]) =>
        findingOf(one, changeOf(existing.get(identity)?.outcome, one.outcome), context),
      ),
      // What is deleted, or no longer there to be judged, was a violation and will be none.
      ...gone.flatMap(([, one]) => findingOf({ ...one, outcome: "pass" }, "fixed", context)),
    ];
  });
  return {
    findings: [...reconciled(findings, strictness), ...assumptionFindings(uses)],
    inventory: after,
    assumptionsUsed: new Set(uses.map(({ assumption }) => assumption.writtenIn)),
  };
}

/** More than any real configuration leaves open in one place; with more, what they lead to stays unknown. */
const maxAlternatives = 16;

/** Each is judged as a plan of its own: the resource instances of all of them together, beyond those of the first few. */
const maxInstances = 10_000;

/**
 * The plans that one can become where values of its configuration are one of several: a set for all of these values, or
 * where those are too many, one for the values of each resource, with all other values left open.
 */
function alternativesOf(plan: Plan): readonly (readonly Plan[])[] {
  const { evaluated } = plan;
  const choices = [...(evaluated?.choices() ?? [])];
  if (!evaluated || choices.length === 0) return [];
  const chosenIn = (some: typeof choices) =>
    some.reduce<readonly ReadonlyMap<string, number>[]>(
      (chosen, [at, { count }]) =>
        chosen.length * count > maxAlternatives
          ? chosen
          : chosen.flatMap((one) => Array.from({ length: count }, (_, index) => new Map([...one, [at, index]]))),
      [new Map()],
    );
  const product = choices.reduce((product, [, { count }]) => product * count, 1);
  const groups = product <= maxAlternatives ? [choices] : groupedBy(choices, ([, { resource }]) => resource).values();
  let rest = Math.max(maxAlternatives, Math.floor(maxInstances / plan.instances.length));
  return [...groups].flatMap((group) => {
    const chosen = chosenIn(group);
    rest -= chosen.length;
    return rest < 0 || chosen.length < 2
      ? []
      : [chosen.map((one): Plan => ({ ...plan, evaluated: evaluated.choose(one) }))];
  });
}

/** What all alternatives say is so, whichever comes about. */
function resolveUnknowns(
  planned: Map<string, Judgement>,
  judged: () => readonly ReadonlyMap<string, Judgement>[],
): Map<string, Judgement> {
  if (![...planned.values()].some(({ outcome }) => outcome === "unknown")) return planned;
  const alternatives = judged();
  const entries = [...planned].map(([identity, one]): [string, Judgement] => {
    if (one.outcome !== "unknown") return [identity, one];
    const [first, ...others] = alternatives.map((all) => all.get(identity));
    return [identity, first && others.every((other) => other?.outcome === first.outcome) ? first : one];
  });
  return new Map(entries);
}

/** Each glob is parsed once, and matched once with each address. */
function overridesByAddress(overrides: readonly Override[]): Context["overridesAt"] {
  const matchers = overrides.map(({ addresses }) => addresses.map(addressMatcher));
  return onceEach((address: string) =>
    overrides.filter((_, index) => matchers[index]?.some((matches) => matches(address))),
  );
}

/** An attribute has one value: where several policies are violated there, the strictest of their remedies meets them all. */
function reconciled(findings: readonly Finding[], strictness: ReadonlyMap<Finding, number>): readonly Finding[] {
  const strictest = new Map<string, { readonly rank: number; readonly remedy: Finding["remedy"] }>();
  for (const [{ remedy }, rank] of strictness) {
    if (rank > (strictest.get(attributeOf(remedy))?.rank ?? 0)) strictest.set(attributeOf(remedy), { rank, remedy });
  }
  if (strictest.size === 0) return findings;
  return findings.map((one) => {
    const { remedy } = (strictness.has(one) && strictest.get(attributeOf(one.remedy))) || one;
    return remedy === one.remedy ? one : { ...one, remedy };
  });
}

const attributeOf = (remedy: Finding["remedy"]): string => (remedy ? `${remedy.address} ${remedy.attribute}` : "");

/** By what pairs them before and after: the address, the part of the endpoint, and the place in line among equals. */
function judgements(policy: Policy, options: OptionValues, inventory: Inventory): Map<string, Judgement> {
  const found = judgedBy(policy, options, inventory);
  const byIdentity = new Map<string, Judgement>();
  for (const one of found.flat()) {
    if (!one) continue;
    const base = `${one.place.address}\n${one.subject}`;
    let identity = base;
    for (let twin = 2; byIdentity.has(identity); twin++) {
      // Two endpoints can share what it stands at, e.g. a backend: it is said once.
      if (isSame(byIdentity.get(identity), one)) break;
      identity = `${base}\n${twin}`;
    }
    if (!byIdentity.has(identity)) byIdentity.set(identity, one);
  }
  return byIdentity;
}

function judgedBy(policy: Policy, options: OptionValues, { endpoints, certificates, objectStores }: Inventory) {
  if ("evaluate" in policy) return endpoints.map((one) => policy.evaluate(one, options));
  if ("evaluateCertificate" in policy) return certificates.map((one) => policy.evaluateCertificate(one, options));
  return objectStores.map((one) => policy.evaluateObjectStore(one, options));
}

const isSame = (one: Judgement | undefined, other: Judgement): boolean => JSON.stringify(one) === JSON.stringify(other);

function changeOf(before: Outcome | undefined, after: Outcome): Finding["change"] {
  if (after === "pass") return before === "fail" ? "fixed" : "none";
  // What nobody knew to be bad is no old sin.
  const isOld = before === "fail" || (before === "unknown" && after === "unknown");
  return isOld ? "existing" : "introduced";
}

interface Context {
  readonly policy: Policy;
  readonly enforcement: Finding["enforcement"] | "off";
  readonly selection: Selection;
  /** In their order, those that mean an address. */
  readonly overridesAt: (address: string) => readonly Override[];
  /** Addresses of what the plan deletes. */
  readonly deleted: ReadonlySet<string>;
  /** Of the remedies that are known to pass. */
  readonly strictness: Map<Finding, number>;
}

function findingOf(one: Judgement, change: Finding["change"], context: Context): Finding[] {
  const { policy, selection } = context;
  const passes = one.outcome === "pass";
  const { address, at } = one.place;
  /** What the first override says that means the address, and says it of the policy. */
  const overridden = <T>(said: (override: Override) => T | undefined): T | undefined => {
    const override = context.overridesAt(address).find((two) => said(two) !== undefined);
    return override && said(override);
  };
  const enforcement = overridden((two) => two.enforcement[policy.id]) ?? context.enforcement;
  if (enforcement === "off") return [];
  const onUnknown = overridden((two) => two.unknown?.[policy.id]) ?? actionOnUnknown(policy, selection);
  const outsidePlan =
    overridden((two) => two.outsidePlan?.[policy.id]) ??
    selection.outsidePlanOf?.[policy.id] ??
    selection.outsidePlan ??
    "warn";
  const isAdvice = isAdvisory(one, outsidePlan);
  const weighs = one.outcome === "fail" || onUnknown === "refuse";
  const counts = selection.failOn !== "introduced" || change === "introduced";
  const isDeleted = change === "fixed" && context.deleted.has(address);
  const finding: Finding = {
    policy: policy.id,
    severity: policy.severity,
    enforcement: isAdvice ? "advisory" : enforcement,
    address,
    at,
    outcome: one.outcome,
    change,
    ...(isDeleted && { deleted: true as const }),
    message: isDeleted ? "deleted by this plan" : passes ? policy.requires : messageOf(one),
    unknown: one.unknown ? { kind: one.unknown.kind, reason: one.unknown.cause.reason } : null,
    noFix: one.noFix ?? null,
    assumed: one.assumed ?? null,
    ...(passes ? { fix: null, remedy: null } : adviceOn(one, policy, selection.options?.[policy.id])),
    related: one.related,
    waiver: null,
    fingerprint: "",
    baseline: null,
    source: null,
    refuses: !passes && !isAdvice && enforcement === "mandatory" && weighs && counts,
  };
  if (finding.remedy && one.strictness !== undefined) context.strictness.set(finding, one.strictness);
  return [finding];
}

/** What nobody can write anything against is advice, and so is what the service itself refuses. */
const isAdvisory = ({ unknown, noFix }: Judgement, outsidePlan: "refuse" | "warn"): boolean =>
  unknown?.kind === "fails safe" || (outsidePlan === "warn" && (unknown?.kind === "outside" || noFix !== undefined));

const messageOf = ({ message, noFix }: Judgement): string =>
  noFix === undefined ? message : `${message}; nothing can be set: ${noFix}`;

/** Where the configuration asks for more than usual, only a remedy that is known to give it is advice. */
function adviceOn(
  { remedy, strictness }: Judgement,
  { fix }: Policy,
  options: { readonly [name: string]: unknown } = {},
): Pick<Finding, "fix" | "remedy"> {
  const asked = Object.entries(options).map(([name, value]) => `${name} ${[value].flat().join(", ")}`);
  if (asked.length === 0) return { fix, remedy: remedy ?? null };
  return {
    fix: `${fix} The configuration asks for ${asked.join(", ")}.`,
    remedy: (strictness !== undefined && remedy) || null,
  };
}

// Endpoints × policies, before and after → findings.

import type { Adapter } from "../facts/adapter.ts";
import { type Inventory, inventoryOf } from "../facts/collect.ts";
import type { Plan } from "../plan/plan.ts";
import { type Judgement, type OptionValues, optionsOf, type Policy } from "../policy.ts";
import { matchesAddress } from "./address-glob.ts";
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
  /** What the gate does with "unknown"; each policy says so itself unless it is set. */
  readonly unknown?: "refuse" | "warn" | undefined;
  /** Which violations refuse a plan: any (the default), or those that it introduces. */
  readonly failOn?: "any" | "introduced" | undefined;
}

/** Another enforcement at some addresses. */
export interface Override {
  /** Globs, see matchesAddress. */
  readonly addresses: readonly string[];
  readonly enforcement: { readonly [policy: string]: Finding["enforcement"] | "off" };
}

export interface Evaluation {
  readonly findings: readonly Finding[];
  /** What will exist. */
  readonly inventory: Inventory;
}

export function evaluate(plan: Plan, selection: Selection): Evaluation {
  const before = inventoryOf(plan, "before", selection.adapters);
  const after = inventoryOf(plan, "after", selection.adapters);
  // What only a plan can tell is open in a configuration, and no reason to refuse it.
  const unknown = selection.unknown ?? (plan.kind === "configuration" ? "warn" : undefined);
  const findings = selection.policies.flatMap((policy) => {
    const enforcement: Context["enforcement"] = selection.enforcement[policy.id] ?? "off";
    const isOn = (one: Override) => one.enforcement[policy.id] !== undefined && one.enforcement[policy.id] !== "off";
    if (enforcement === "off" && !selection.overrides?.some(isOn)) return [];
    const options = optionsOf(policy, selection.options?.[policy.id]);
    const today = judgements(policy, options, before);
    const planned = judgements(policy, options, after);
    const gone = [...today].filter(([identity, one]) => one.outcome === "fail" && !planned.has(identity));
    const context = { policy, enforcement, selection: { ...selection, unknown } };
    return [
      ...[...planned].flatMap(([identity, one]) =>
        findingOf(one, changeOf(today.get(identity)?.outcome, one.outcome), context),
      ),
      // What is deleted, or no longer there to be judged, was a violation and will be none.
      ...gone.flatMap(([, one]) => findingOf({ ...one, outcome: "pass" }, "fixed", context)),
    ];
  });
  return { findings, inventory: after };
}

/** By what pairs them before and after: the address, the part of the endpoint, and the place in line among equals. */
function judgements(
  policy: Policy,
  options: OptionValues,
  { endpoints, certificates }: Inventory,
): Map<string, Judgement> {
  const found =
    "evaluate" in policy
      ? endpoints.map((one) => policy.evaluate(one, options))
      : certificates.map((one) => policy.evaluateCertificate(one, options));
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
}

function findingOf(one: Judgement, change: Finding["change"], context: Context): Finding[] {
  const { policy, selection } = context;
  const passes = one.outcome === "pass";
  const { address, at } = one.place;
  const override = selection.overrides?.find(
    (two) => two.enforcement[policy.id] && two.addresses.some((glob) => matchesAddress(glob, address)),
  );
  const enforcement = override?.enforcement[policy.id] ?? context.enforcement;
  if (enforcement === "off") return [];
  const weighs = one.outcome === "fail" || (selection.unknown ?? policy.whenUnknown) === "refuse";
  const counts = selection.failOn !== "introduced" || change === "introduced";
  const finding: Finding = {
    policy: policy.id,
    severity: policy.severity,
    enforcement,
    address,
    at,
    outcome: one.outcome,
    change,
    message: passes ? policy.requires : one.message,
    fix: passes ? null : policy.fix,
    remedy: passes ? null : (one.remedy ?? null),
    related: one.related,
    waiver: null,
    fingerprint: "",
    baseline: null,
    source: null,
    refuses: !passes && enforcement === "mandatory" && weighs && counts,
  };
  return [finding];
}

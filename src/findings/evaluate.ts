// Endpoints × policies, before and after → findings.

import type { Adapter } from "../facts/adapter.ts";
import { type Inventory, inventoryOf } from "../facts/collect.ts";
import type { Plan } from "../plan/plan.ts";
import type { Judgement, Policy } from "../policy.ts";
import type { Finding, Outcome } from "./finding.ts";

export interface Selection {
  readonly policies: readonly Policy[];
  /** By policy id; a policy that is not named is off. */
  readonly enforcement: { readonly [policy: string]: Finding["enforcement"] };
  readonly adapters: readonly Adapter[];
  /** What the gate does with "unknown"; each policy says so itself unless it is set. */
  readonly unknown?: "refuse" | "warn" | undefined;
  /** Which violations refuse a plan: any (the default), or those that it introduces. */
  readonly failOn?: "any" | "introduced" | undefined;
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
    const enforcement = selection.enforcement[policy.id];
    if (!enforcement) return [];
    const today = judgements(policy, before);
    const planned = judgements(policy, after);
    const gone = [...today].filter(([identity, one]) => one.outcome === "fail" && !planned.has(identity));
    const context = { policy, enforcement, selection: { ...selection, unknown } };
    return [
      ...[...planned].map(([identity, one]) =>
        findingOf(one, changeOf(today.get(identity)?.outcome, one.outcome), context),
      ),
      // What is deleted, or no longer there to be judged, was a violation and will be none.
      ...gone.map(([, one]) => findingOf({ ...one, outcome: "pass" }, "fixed", context)),
    ];
  });
  return { findings, inventory: after };
}

/** By what pairs them before and after: the address, the part of the endpoint, and the place in line among equals. */
function judgements(policy: Policy, { endpoints, certificates }: Inventory): Map<string, Judgement> {
  const found = "evaluate" in policy ? endpoints.map(policy.evaluate) : certificates.map(policy.evaluateCertificate);
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
  readonly enforcement: Finding["enforcement"];
  readonly selection: Selection;
}

function findingOf(one: Judgement, change: Finding["change"], { policy, enforcement, selection }: Context): Finding {
  const passes = one.outcome === "pass";
  const { address, at } = one.place;
  const weighs = one.outcome === "fail" || (selection.unknown ?? policy.whenUnknown) === "refuse";
  const counts = selection.failOn !== "introduced" || change === "introduced";
  return {
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
    source: null,
    refuses: !passes && enforcement === "mandatory" && weighs && counts,
  };
}

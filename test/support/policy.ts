// Tests a policy as its author must: what passes, what fails, what stays unknown, and a real plan.

import { describe, expect, test } from "vitest";
import type { Certificate, Endpoint } from "../../src/facts/endpoint.ts";
import type { ObjectStore } from "../../src/facts/object-store.ts";
import type { Outcome } from "../../src/findings/finding.ts";
import { type Judgement, optionsOf, type Policy } from "../../src/policy.ts";
import { outcomes } from "./plans.ts";

/** What a policy judges: certificates, object stores or endpoints. */
type Subject<P extends Policy> = P extends { readonly evaluateCertificate: unknown }
  ? Certificate
  : P extends { readonly evaluateObjectStore: unknown }
    ? ObjectStore
    : Endpoint;

type AnySubject = Certificate | Endpoint | ObjectStore;

interface PolicyCases<S> {
  readonly pass: { readonly [name: string]: S };
  readonly fail: { readonly [name: string]: S };
  readonly unknown: { readonly [name: string]: S };
  /** Subjects that it says nothing of. */
  readonly silent?: { readonly [name: string]: S };
  /** No plan can show a violation. */
  readonly neverFailsInPlans?: true;
  /** Every address that the policy judges in test/plans/<policy id>, with the worst outcome there. */
  readonly plan: { readonly [address: string]: Outcome };
}

const rank = { pass: 0, unknown: 1, fail: 2 };

const judgements = (policy: Policy, subject: AnySubject): Judgement[] =>
  judgedBy(policy, subject).filter((one) => one !== undefined);

function judgedBy(policy: Policy, subject: AnySubject) {
  const options = optionsOf(policy);
  if ("evaluate" in policy) return policy.evaluate(subject as Endpoint, options);
  if ("evaluateCertificate" in policy) return policy.evaluateCertificate(subject as Certificate, options);
  return policy.evaluateObjectStore(subject as ObjectStore, options);
}

function worst(policy: Policy, subject: AnySubject): Outcome | "silent" {
  const all = judgements(policy, subject).map((one) => one.outcome);
  return all.sort((one, other) => rank[other] - rank[one])[0] ?? "silent";
}

/** Fails when a group is empty, or when the plan holds an address that the test does not name. */
export function testPolicy<P extends Policy>(policy: P, cases: PolicyCases<Subject<P>>): void {
  describe(policy.id, () => {
    for (const outcome of ["pass", "fail", "unknown"] as const) {
      const group = Object.entries<AnySubject>(cases[outcome]);
      test(`has a case that is ${outcome}`, () => expect(group).not.toHaveLength(0));
      test.each(group)(`${outcome}: %s`, (_, subject) => expect(worst(policy, subject)).toBe(outcome));
    }
    const silent = Object.entries<AnySubject>(cases.silent ?? {});
    test.each(silent)("silent: %s", (_, subject) => expect(worst(policy, subject)).toBe("silent"));

    test("says what is wrong, but nothing that is sensitive", () => {
      for (const [name, subject] of Object.entries<AnySubject>(cases.fail)) {
        const [judgement] = judgements(policy, subject).filter((one) => one.outcome === "fail");
        expect(judgement?.message, name).not.toBe("");
        if (name.includes("sensitive")) expect(judgement?.message, name).toContain("sensitive");
      }
    });

    test("judges its plan", () => {
      expect(outcomes(policy.id, policy.id)).toEqual(cases.plan);
      expect(new Set(Object.values(cases.plan))).toEqual(
        new Set([...Object.values(cases.plan), "pass", ...(cases.neverFailsInPlans ? [] : ["fail"])]),
      );
    });
  });
}

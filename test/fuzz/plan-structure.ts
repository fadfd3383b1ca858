// Properties of plans whose JSON was changed somewhere.

import fc from "fast-check";
import { verdictOf } from "../../src/findings/gate.ts";
import type { Property } from "./check.ts";
import { type Mutation, mutate, mutations, textOf } from "./json-mutations.ts";
import { type Judged, judge } from "./judge.ts";
import { type FuzzPlan, fuzzPlans } from "./plans.ts";

/** A plan by its place in the list, so that a case stays short where it is printed. */
const planOf = (plans: readonly FuzzPlan[], index: number): FuzzPlan => plans[index % plans.length] as FuzzPlan;

interface Case {
  readonly plan: number;
  readonly mutations: readonly Mutation[];
}

const cases = fc.record({ plan: fc.nat(9999), mutations });

/** More than any finding of a plan that was not written to take long. */
const maxReport = (bytes: number) => 2_000_000 + bytes * 100;

function judgeText(text: string): Judged | undefined {
  const judged = judge(Buffer.from(text));
  if (judged instanceof Error) return undefined;
  if (judged.reportLength > maxReport(text.length)) throw new Error(`the report has ${judged.reportLength} characters`);
  return judged;
}

export const anyMutation: Property<Case> = {
  name: "a plan of any shape is judged, or refused as broken",
  cases,
  check: ({ plan, mutations }) => {
    const { document, nodes } = planOf(fuzzPlans(), plan);
    judgeText(textOf(mutate(document, nodes, nodes, mutations)));
  },
  describe: ({ plan, mutations }) => {
    const { name, nodes } = planOf(fuzzPlans(), plan);
    return [name, ...mutations.map(({ target }) => nodes[target % nodes.length]?.join("/"))].join(" ");
  },
};

const badPlans = () => fuzzPlans().filter(({ bad }) => bad.length > 0);

const badCase = ({ plan, endpoint }: { readonly plan: number; readonly endpoint: number }) => {
  const found = planOf(badPlans(), plan);
  const bad = found.bad[endpoint % found.bad.length] as FuzzPlan["bad"][number];
  return { ...found, endpoint: bad };
};

export const unrelatedMutation: Property<Case & { readonly endpoint: number }> = {
  name: "a bad endpoint stays refused, whatever is changed elsewhere",
  cases: fc.record({ plan: fc.nat(9999), endpoint: fc.nat(9999), mutations }),
  check: ({ mutations, ...chosen }) => {
    const { document, endpoint } = badCase(chosen);
    const judged = judgeText(textOf(mutate(document, endpoint.unrelated, endpoint.unrelated, mutations)));
    if (!judged) return;
    const own = judged.findings.filter(({ address }) => address === endpoint.address);
    if (verdictOf(own) === "pass") throw new Error(`${endpoint.address} passes ${endpoint.policy}`);
  },
  describe: ({ mutations, ...chosen }) => {
    const { name, endpoint } = badCase(chosen);
    const places = mutations.map(({ target }) => endpoint.unrelated[target % endpoint.unrelated.length]?.join("/"));
    return [name, endpoint.address, ...places].join(" ");
  },
};

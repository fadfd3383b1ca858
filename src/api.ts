// What `import "tlsgate"` gives; the only file that re-exports.

import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { type Evaluation, evaluate, type Selection } from "./findings/evaluate.ts";
import { type Verdict, verdictOf } from "./findings/gate.ts";
import { type NotJudged, notJudgedIn } from "./findings/not-judged.ts";
import { withConfiguration } from "./plan/configured.ts";
import type { Plan } from "./plan/plan.ts";
import { type ReadOptions, readPlan as read } from "./plan/read.ts";
import { adapters, computedAttributes, notJudgedTypes } from "./providers/registry.ts";

export type { Profile, ProfileName } from "../policies/profiles.ts";
export { profiles } from "../policies/profiles.ts";
export { policies } from "../policies/registry.ts";
export { because, type Cause, describeCause, type UnknownKind } from "./cause.ts";
export { type Config, defineConfig, type Enforcement, type NotJudgedAction, type Pack } from "./config/config.ts";
export { type Adapter, defineAdapter } from "./facts/adapter.ts";
export type { Inventory } from "./facts/collect.ts";
export type {
  Certificate,
  CertificateKey,
  CertificateUse,
  Endpoint,
  Hsts,
  Route,
  TlsVersion,
  Upstream,
} from "./facts/endpoint.ts";
export { atLeast, tlsVersions } from "./facts/endpoint.ts";
export {
  both,
  type Fact,
  fact,
  mapped,
  type Place,
  type Reading,
  type Remedy,
  replaced,
  type Stand,
  standAt,
} from "./facts/fact.ts";
export type { NotJudgedType, NotJudgedTypes } from "./facts/not-judged.ts";
export type { ObjectStore } from "./facts/object-store.ts";
export type { Evaluation, Selection } from "./findings/evaluate.ts";
export type { Finding, Outcome, SourceLocation } from "./findings/finding.ts";
export type { Verdict } from "./findings/gate.ts";
export type { NotJudged } from "./findings/not-judged.ts";
export { InputError } from "./input-error.ts";
export type { Block, BlockOptions } from "./plan/block.ts";
export type { Link, Targets } from "./plan/link.ts";
export { parsePlan } from "./plan/parse.ts";
export type { Plan } from "./plan/plan.ts";
export type { ReadOptions } from "./plan/read.ts";
export { type Decided, isSensitive, isShown, known, unknown, type Value } from "./plan/value.ts";
export type { Resource } from "./plan/view.ts";
export { definePolicy, type Judgement, judge, type Policy, type PolicyOption, type Severity } from "./policy.ts";
export { adapters, notJudgedTypes } from "./providers/registry.ts";
export { type Locate, locator, type Wanted } from "./source/locate.ts";
export { type DisplayText, nameText, text, valueText } from "./text.ts";

/**
 * Reads one plan: its JSON, or a plan file, with the configuration that it holds. `configuration`: the plan file, or the
 * directory of .tf files, that the JSON of a plan was made from. Throws an InputError if the input is not a plan.
 */
export const readPlan = (path: string, options: ReadOptions & { readonly configuration?: string } = {}): Plan =>
  withConfiguration(read(path, options), computedAttributes, options.configuration);

/**
 * Judges a plan, as `tlsgate check` does: by all policies and adapters and the profile "recommended", but for what
 * `selection` says otherwise. `notJudged` lists the resources that may serve HTTPS and are not judged.
 *
 * @example
 * const { verdict, findings } = evaluatePlan(readPlan("plan.json"));
 */
export function evaluatePlan(
  plan: Plan,
  selection: Partial<Selection> = {},
): Evaluation & { readonly notJudged: readonly NotJudged[]; readonly verdict: Verdict } {
  const { enforcement } = profiles.recommended;
  const whole = { policies, adapters, enforcement, notJudgedTypes, ...selection };
  const evaluation = evaluate(plan, whole);
  const notJudged = notJudgedIn(plan, whole);
  return { ...evaluation, notJudged, verdict: verdictOf(evaluation.findings, notJudged) };
}

// Packs are third-party code: checks their shape, and reports a pack that fails without ending the run.

import type { Adapter } from "../facts/adapter.ts";
import { InputError } from "../input-error.ts";
import { masksAny } from "../plan/mask.ts";
import type { Resource } from "../plan/view.ts";
import type { Policy } from "../policy.ts";
import { anyOf, is, listOf, object, oneOf, optional, type Shape, scalar, text, wrongIn } from "../shape.ts";
import type { Pack } from "./config.ts";

/** A pack, and how messages name it. */
export interface NamedPack extends Pack {
  readonly name: string;
}

/** A policy or an adapter of a pack that failed on a plan. */
export interface PackFailure {
  /** "The policy acme-names of the pack ./pack.ts" */
  readonly who: string;
  /** For the user: who failed, where, and how. */
  readonly message: string;
  /** The policy whose findings do not count; undefined for an adapter. */
  readonly policy: string | undefined;
}

/** Collects failures plan by plan, so that all other policies still judge a plan on which one fails. */
export interface PackFailures {
  readonly add: (failure: PackFailure) => void;
  /** Those since the last call. */
  readonly take: () => readonly PackFailure[];
}

export function packFailures(): PackFailures {
  let failures: PackFailure[] = [];
  return {
    add(failure) {
      failures.push(failure);
    },
    take() {
      const taken = failures;
      failures = [];
      return taken;
    },
  };
}

/** An error in words, whatever a program throws; without the list of files that Node adds to the message. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : "something that is no error was thrown";
  const message = error.message.replace(/\s*\nRequire stack:.*$/s, "").trim();
  if (message === "") return error.name;
  return (error.name === "Error" ? message : `${error.name}: ${message}`).replace(/\.$/, "");
}

// --- what a pack must hold

const action = is((value) => typeof value === "function");

const option = object({
  description: text,
  default: anyOf(scalar, listOf(text)),
  minimum: optional(is((value) => typeof value === "number")),
  allowed: optional(listOf(text)),
});

const policyShape = object({
  // As reports and waivers name it.
  id: is((value) => typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)),
  requires: text,
  severity: oneOf("critical", "high", "medium", "low"),
  whenUnknown: oneOf("refuse", "warn"),
  why: text,
  fix: text,
  references: listOf(text),
  controls: is(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((ids) => listOf(text)(ids) === undefined),
  ),
  options: optional(
    is(
      (value) => typeof value === "object" && Object.values(value as object).every((one) => option(one) === undefined),
    ),
  ),
  evaluate: optional(action),
  evaluateCertificate: optional(action),
  evaluateObjectStore: optional(action),
});

const adapterShape = object({
  id: text,
  resourceTypes: listOf(text),
  endpoints: optional(action),
  certificates: optional(action),
  objectStores: optional(action),
});

const packShape = object({ policies: optional(listOf(policyShape)), adapters: optional(listOf(adapterShape)) });

const judges = ["evaluate", "evaluateCertificate", "evaluateObjectStore"] as const;

/** Throws an InputError for a pack that holds something else. */
export function checkPack(pack: Pack, name: string): NamedPack {
  const wrong = wrongIn(pack, packShape);
  if (wrong !== undefined) {
    throw new InputError(`The pack ${name}: ${wrong || "it"} is missing, or not what a pack has there.`);
  }
  const { policies = [], adapters = [] } = pack;
  const idle = policies.find((policy) => !judges.some((one) => one in policy));
  if (idle) throw new InputError(`The pack ${name}: the policy ${idle.id} judges nothing: it has no ${judges[0]}.`);
  return { name, policies, adapters };
}

// --- what becomes of a run when one fails

const place = object({ address: text, at: text });

const judgement = object({
  outcome: oneOf("pass", "fail", "unknown"),
  message: text,
  unknown: optional(object({ kind: oneOf("open", "outside", "fails safe"), cause: object({ reason: text }) })),
  subject: text,
  place,
  remedy: optional(object({ address: text, attribute: text })),
  noFix: optional(text),
  related: listOf(text),
});

const isNone = is((value) => value === undefined || value === null);
const judgements = listOf(anyOf(isNone, judgement));

const lists = (...names: readonly string[]): Shape =>
  object(Object.fromEntries(names.map((name) => [name, is(Array.isArray)])));

const endpoints = listOf(
  object({
    address: text,
    kind: text,
    names: listOf(object({})),
    certificates: listOf(object({ certificate: lists("names") })),
    routes: listOf(object({ path: text })),
    upstreams: listOf(object({ name: text, protocol: object({}), routes: listOf(text) })),
  }),
);
const certificates = listOf(lists("names"));
const objectStores = listOf(object({ address: text }));

interface Guard {
  /** "The policy acme-names of the pack ./pack.ts" */
  readonly who: string;
  readonly policy: string | undefined;
  readonly shape: Shape;
  readonly what: string;
  readonly failures: PackFailures;
}

/** The same function; if it fails, the failure is recorded and the result is empty. */
const guarded =
  <A extends readonly [object, ...unknown[]], R>(run: (...args: A) => readonly R[], guard: Guard) =>
  (...args: A): readonly R[] => {
    const { who, policy, shape, what, failures } = guard;
    const [about] = args;
    const where = "address" in about && typeof about.address === "string" ? ` at ${about.address}` : "";
    try {
      const result = run(...args);
      const wrong = wrongIn(result, shape);
      if (wrong === undefined) return result;
      const at = wrong === "" ? "" : ` (${wrong})`;
      failures.add({ who, message: `${who} returned something else than ${what}${where}${at}.`, policy });
    } catch (error) {
      // It was given the values of the plan, and its words can hold them.
      const words = holdsSensitive(about)
        ? `${error instanceof Error ? error.name : "an error"}, whose message is not shown, as it can hold a sensitive value`
        : errorText(error);
      failures.add({ who, message: `${who} failed${where}: ${words}.`, policy });
    }
    return [];
  };

/** Whether a policy or an adapter can have come by a value that is sensitive. */
function holdsSensitive(about: object): boolean {
  if ("scope" in about) {
    const { plan, moment } = (about as Resource).scope.view;
    return plan.instances.some((instance) => masksAny(instance[moment]?.sensitive ?? false));
  }
  return isMarked(about, 0);
}

/** An endpoint is a tree of facts, no deeper than that. */
const isMarked = (value: unknown, depth: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  depth < 12 &&
  (("sensitive" in value && value.sensitive === true) || Object.values(value).some((one) => isMarked(one, depth + 1)));

/** A policy of a pack, whose failures are noted. */
export function guardPolicy(policy: Policy, pack: string, failures: PackFailures): Policy {
  const who = `The policy ${policy.id} of the pack ${pack}`;
  const guard: Guard = { who, policy: policy.id, shape: judgements, what: "a list of judgements", failures };
  if ("evaluate" in policy) return { ...policy, evaluate: guarded(policy.evaluate, guard) };
  if ("evaluateCertificate" in policy) {
    return { ...policy, evaluateCertificate: guarded(policy.evaluateCertificate, guard) };
  }
  return { ...policy, evaluateObjectStore: guarded(policy.evaluateObjectStore, guard) };
}

/** An adapter of a pack, whose failures are noted. */
export function guardAdapter(adapter: Adapter, pack: string, failures: PackFailures): Adapter {
  const guard = { who: `The adapter ${adapter.id} of the pack ${pack}`, policy: undefined, failures };
  const { endpoints: ofEndpoints, certificates: ofCertificates, objectStores: ofStores } = adapter;
  return {
    ...adapter,
    ...(ofEndpoints && {
      endpoints: guarded(ofEndpoints, { ...guard, shape: endpoints, what: "a list of endpoints" }),
    }),
    ...(ofCertificates && {
      certificates: guarded(ofCertificates, { ...guard, shape: certificates, what: "a list of certificates" }),
    }),
    ...(ofStores && {
      objectStores: guarded(ofStores, { ...guard, shape: objectStores, what: "a list of object stores" }),
    }),
  };
}

// Resources that may serve HTTPS and that no adapter reads: each report names them, so that silence is never a pass.

import type { Adapter } from "../facts/adapter.ts";
import type { NotJudgedTypes } from "../facts/not-judged.ts";
import { onceEach } from "../plan/once.ts";
import type { Instance, Plan } from "../plan/plan.ts";
import { type Resource, type View, viewPlan } from "../plan/view.ts";
import { addressMatcher } from "./address-glob.ts";
import type { Selection } from "./evaluate.ts";

/** A resource that may serve HTTPS, will exist after the apply, and is not judged. */
export interface NotJudged {
  readonly address: string;
  readonly type: string;
  /** What it is, as a noun phrase: "CloudFormation stack". */
  readonly what: string;
  /** "existing": it is there before the apply too. */
  readonly change: "introduced" | "existing";
  /** Whether it keeps the plan from being applied. */
  readonly refuses: boolean;
}

/** In the order of the plan. Of a type that an adapter reads, the adapter says what it does not judge. */
export function notJudgedIn(plan: Plan, selection: Selection): NotJudged[] {
  const { notJudged = "notice", overrides = [], failOn } = selection;
  const kindOf = kindsIn(plan, selection);
  const decisive = overrides.flatMap(({ addresses, notJudged: action }) =>
    action ? [{ matchers: addresses.map(addressMatcher), action }] : [],
  );
  const actionAt = (address: string): NonNullable<Selection["notJudged"]> =>
    decisive.find(({ matchers }) => matchers.some((matches) => matches(address)))?.action ?? notJudged;
  return plan.instances.flatMap((instance) => {
    const what = kindOf(instance);
    if (what === undefined) return [];
    const { address, type, before } = instance;
    const action = actionAt(address);
    if (action === "ignore") return [];
    const change = before ? "existing" : "introduced";
    const counts = failOn !== "introduced" || change === "introduced";
    return [{ address, type, what, change, refuses: action === "refuse" && counts }];
  });
}

type KindOf = (resource: Resource) => string | undefined;

/** What an instance is; undefined for what does not exist after the apply, serves no HTTPS, or is judged. */
function kindsIn(plan: Plan, { adapters, notJudgedTypes = {} }: Selection): (instance: Instance) => string | undefined {
  const kindOfType = onceEach((type: string) => kindOf(type, adapters, notJudgedTypes));
  // Most plans hold no resource that has to be looked at, and need no view.
  let view: View | undefined;
  const resourcesOf = onceEach((type: string) => {
    view ??= viewPlan(plan, "after");
    return new Map(view.resources(type).map((one) => [one.address, one]));
  });
  return ({ mode, type, after, address }) => {
    if (mode !== "managed" || !after) return undefined;
    const kind = kindOfType(type);
    if (typeof kind !== "function") return kind;
    const resource = resourcesOf(type).get(address);
    return resource && kind(resource);
  };
}

/** What resources of a type are; a function where it takes a look at each. */
function kindOf(type: string, adapters: readonly Adapter[], types: NotJudgedTypes): string | KindOf | undefined {
  const readers = adapters.filter(({ resourceTypes }) => resourceTypes.includes(type));
  if (readers.length > 0) {
    const parts = readers.flatMap(({ notJudged }) => notJudged ?? []);
    if (parts.length === 0) return undefined;
    return (resource) => parts.map((one) => one.kindOf(resource)).find((what) => what !== undefined);
  }
  if (!Object.hasOwn(types, type)) return undefined;
  const entry = types[type];
  return typeof entry === "object" ? entry.kindOf : entry;
}

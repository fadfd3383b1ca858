// The real plans of test/plans that are mutated, and what each of their bad endpoints depends on.

import { readdirSync, readFileSync } from "node:fs";
import type { Json, JsonObject } from "../../src/plan/plan.ts";
import { planPath } from "../support/plans.ts";
import { nodesOf, type Path } from "./json-mutations.ts";
import { judge } from "./judge.ts";

/** Larger plans take most of the time and hold nothing else. */
const maxSize = 70_000;

export interface FuzzPlan {
  readonly name: string;
  readonly text: string;
  readonly document: JsonObject;
  /** All nodes that may be read. */
  readonly nodes: readonly Path[];
  readonly bad: readonly BadEndpoint[];
}

export interface BadEndpoint {
  readonly address: string;
  readonly policy: string;
  /** Nodes that have nothing to do with it. */
  readonly unrelated: readonly Path[];
}

/** Left alone, for a change of it is no change of what is judged. */
const unread = new Set<string | number>(["planned_values", "resource_drift", "output_changes", "checks"]);

const isRead = ([first = "", second]: Path): boolean => second === undefined || !unread.has(first);

/** Plans are read once, when they are first asked for. */
export function fuzzPlans(): readonly FuzzPlan[] {
  loaded ??= readdirSync(new URL("../plans", import.meta.url))
    .map((name) => ({ name, text: readFileSync(planPath(name), "utf8") }))
    .filter(({ text }) => text.length < maxSize)
    .map(({ name, text }): FuzzPlan => {
      const document = JSON.parse(text) as JsonObject;
      return { name, text, document, nodes: nodesOf(document, isRead), bad: badEndpointsOf(document, text) };
    });
  return loaded;
}

let loaded: readonly FuzzPlan[] | undefined;

/** Each address at which a violation refuses the plan, with one policy that does. */
function badEndpointsOf(document: JsonObject, text: string): BadEndpoint[] {
  const judged = judge(Buffer.from(text));
  if (judged instanceof Error) throw judged;
  const refusing = judged.findings.filter(({ refuses, outcome }) => refuses && outcome === "fail");
  const byAddress = new Map(refusing.map((finding) => [finding.address, finding]));
  const groups = groupsOf(document);
  return [...byAddress.values()].flatMap(({ address, policy, related }) => {
    const own = new Set([address, ...related].map((one) => groups.groupOf(partOf(one))));
    const isOwn = (path: Path): boolean => own.has(groups.groupOf(partAt(document, path) ?? ""));
    const unrelated = nodesOf(document, isRead).filter((path) => isUnrelated(document, path, isOwn));
    return unrelated.length === 0 ? [] : [{ address, policy, unrelated }];
  });
}

// --- what belongs together

/** A resource of the root module by type and name, or a module that the root module calls with all that is in it. */
const partOf = (address: string): string =>
  /^module\.[^.[]+/.exec(address)?.[0] ?? /^(?:data\.)?[^.[]+\.[^.[]+/.exec(address)?.[0] ?? address;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const elementsOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined;

/** The part that a node belongs to. */
function partAt(document: JsonObject, path: Path): string | undefined {
  if (path[2] === "module_calls") return path[3] === undefined ? undefined : `module.${path[3]}`;
  let value: Json | undefined = document;
  for (const step of path) {
    value = (value as { readonly [step: string]: Json })[step];
    const address = memberOf(value, "address") ?? memberOf(value, "resource");
    if (typeof address === "string" && address !== "") return partOf(address);
  }
  return undefined;
}

/** Every part with the parts that its configuration refers to, by one name for all of them. */
function groupsOf(document: JsonObject): { readonly groupOf: (part: string) => string } {
  const leaders = new Map<string, string>();
  const groupOf = (part: string): string => {
    const leader = leaders.get(part);
    return leader === undefined || leader === part ? part : groupOf(leader);
  };
  const join = (one: string, other: string) => {
    leaders.set(groupOf(one), groupOf(other));
  };
  const root = memberOf(document.configuration, "root_module");
  for (const config of elementsOf(memberOf(root, "resources")))
    for (const reference of referencesIn(config)) join(partOf(`${memberOf(config, "address")}`), partOf(reference));
  for (const [name, call] of Object.entries(memberOf(root, "module_calls") ?? {}))
    for (const reference of referencesIn(call as Json, "module")) join(`module.${name}`, partOf(reference));
  // A provider has no resource that it belongs to: what its settings come from belongs to all.
  return { groupOf };
}

/** All references in a node; none of those below `except`. */
function referencesIn(value: Json | undefined, except?: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => referencesIn(one, except));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === except
      ? []
      : name === "references" || name === "depends_on"
        ? elementsOf(one).map(String)
        : referencesIn(one, except),
  );
}

/**
 * Whether a node is inside of a resource, or of a list of them, that the endpoint has nothing to do with. Variables and
 * providers may have.
 */
function isUnrelated(document: JsonObject, path: Path, isOwn: (path: Path) => boolean): boolean {
  const [first] = path;
  if (first === "variables" || first === "provider_config" || path[1] === "provider_config") return false;
  const part = partAt(document, path);
  if (part !== undefined) return !isOwn(path);
  // What holds resources holds those of the endpoint too.
  return !["resource_changes", "configuration", "prior_state", "deferred_changes"].includes(`${first}`);
}

// An expression of the configuration → the resources and constants that it comes from, through variables, outputs and modules.

import type { Cause } from "../cause.ts";
import { type DisplayText, nameText, text } from "../text.ts";
import { type ModuleStep, parseAddress, type Step } from "./address.ts";
import { groupedBy, oncePer } from "./once.ts";
import { ownItem } from "./own-item.ts";
import type { Expression, Json, ModuleCall, ModuleConfig, ResourceConfig } from "./plan.ts";
import { isSensitive } from "./value.ts";
import type { Resource, View } from "./view.ts";

/** The instance that an expression is evaluated for. */
export interface Each {
  readonly key: string | number | undefined;
  readonly forEach: Expression | undefined;
  /** The keys of all its instances. */
  readonly keys: () => readonly (string | number | undefined)[];
}

/** Where the names of an expression are looked up: a module instance, and the count or for_each around it. */
export interface Scope {
  readonly view: View;
  readonly path: readonly ModuleStep[];
  /** `module.a["x"].`, before all addresses in it. */
  readonly prefix: string;
  readonly module: ModuleConfig | undefined;
  /** The module's resource configurations, by mode, type and name. */
  readonly configs: ReadonlyMap<string, ResourceConfig>;
  /** What its for_each expressions, and references to its variables and its calls' outputs, have been found to come from. */
  readonly found: Map<string | Expression, readonly Leaf[]>;
  /** How the module was called; nothing for the root module. */
  readonly call: { readonly config: ModuleCall; readonly scope: Scope } | undefined;
  readonly each: Each | undefined;
}

interface Origin {
  /** The reference where the value is used, with its module: `module.cdn.var.policy`. */
  readonly via: string;
  /** The reference at the end of the chain: `terraform_data.tls.output`. */
  readonly reference: string;
}

/**
 * What an expression comes from. A JSON plan lists references without what is done with them:
 * - `isPart`: one attribute was taken of an object whose parts the references do not distinguish.
 * - `isOneOf`: the reference is to several instances by an index that is not written in it, as in `x[each.key].id`.
 * - `sensitive`: a variable or an output on the way is declared so.
 */
export type Leaf = { readonly isPart?: boolean; readonly isOneOf?: boolean; readonly sensitive?: boolean } & (
  | (Origin & { readonly kind: "constant"; readonly value: Json; readonly sensitive: boolean })
  | (Origin & { readonly kind: "resource"; readonly resource: Resource; readonly attribute: readonly Step[] })
  /** A plan does not show what stands behind it, e.g. a local value; `cause`: why, where the configuration is evaluated. */
  | (Origin & { readonly kind: "opaque"; readonly cause?: Cause })
);

/** "from module.cdn.var.policy (terraform_data.tls.output)" */
export const describeOrigin = ({ via, reference }: Origin): DisplayText =>
  reference.startsWith(via) ? text`from ${nameText(reference)}` : text`from ${nameText(via)} (${nameText(reference)})`;

/** A value that is known while planning, but not written in the plan: neither null nor the key of anything. */
const notShown = "";

/** More steps than any real configuration has; ends a cycle in a file that is no real configuration. */
const maxDepth = 64;

/** More characters than any real reference has: it is read again for each instance that is made by it. */
const maxReference = 10_000;

/** All that an expression comes from; functions and conditions are not evaluated, so each part counts. */
export function trace(expression: Expression | undefined, scope: Scope, depth = 0): readonly Leaf[] {
  if (expression === undefined || depth > maxDepth) return [];
  // JSON syntax writes "${…}" as a constant beside its references: the references are the truth.
  const { references = [], constant_value: value } = readExpression(expression);
  if (references.length === 0) {
    if (value === undefined) return [];
    const end = { via: "a constant", reference: "a constant" };
    // JSON syntax again: a template that refers to nothing is known, but not shown.
    const isTemplate = typeof value === "string" && /[$%]\{/.test(value);
    return [{ kind: "constant", value: isTemplate ? notShown : value, sensitive: false, ...end }];
  }
  const whole = withoutPrefixes(references);
  const [only = "", another] = whole;
  if (another === undefined) return follow(only, scope, depth);
  const counterparts = counterpartsIn(whole, scope, depth);
  if (counterparts) return counterparts;
  return distinct(whole.flatMap((reference) => follow(reference, scope, depth)));
}

/**
 * The instance of the same key: `x[each.key]` and `x[count.index]`, where x has the very keys of what refers to it. Whatever
 * the index is computed by there, each instance of x still stands behind some instance, which is judged by it.
 */
function counterpartsIn(references: readonly string[], scope: Scope, depth: number): readonly Leaf[] | undefined {
  const [target, another] = references.filter((one) => one !== "each.key" && one !== "count.index");
  if (target === undefined || another !== undefined || scope.each?.key === undefined) return undefined;
  const leaves = follow(target, scope, depth);
  return hasSameKeys(leaves, scope) ? ofSameKey(leaves, scope) : undefined;
}

/** The references that no other one extends: Terraform lists `a.b` and `a` too where it lists `a.b.c`. */
function withoutPrefixes(references: readonly string[]): readonly string[] {
  if (references.length < 2) return references;
  const sorted = [...references].sort();
  return references.filter((one) => !startsAny(sorted, `${one}.`) && !startsAny(sorted, `${one}[`));
}

/** Whether one of the sorted texts begins so. */
function startsAny(sorted: readonly string[], start: string): boolean {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as string) < start) from = middle + 1;
    else to = middle;
  }
  return sorted[from]?.startsWith(start) === true;
}

const isInstance = (leaf: Leaf): leaf is Leaf & { readonly kind: "resource" } =>
  leaf.kind === "resource" && leaf.attribute.length === 0 && leaf.resource.key !== undefined;

/** Whether leaves are all instances of something that has the keys of what refers to it. */
function hasSameKeys(leaves: readonly Leaf[], { each }: Scope): boolean {
  const instances = leaves.filter(isInstance);
  const keys = new Set(each?.keys());
  return (
    instances.length === leaves.length &&
    instances.length === keys.size &&
    instances.every(({ resource }) => keys.has(resource.key))
  );
}

const ofSameKey = (leaves: readonly Leaf[], { each }: Scope): readonly Leaf[] =>
  leaves
    .filter((leaf) => isInstance(leaf) && leaf.resource.key === each?.key)
    .map((leaf) => ({ ...leaf, isOneOf: false }));

/** Stands in the place of references that Terraform does not write. */
const unreadable = "an expression that tlsgate does not recognise";

/** An expression as a plan shows it; one of any other shape refers to what nobody can follow. Blocks refer to nothing. */
export function readExpression(shown: unknown): Expression {
  if (Array.isArray(shown)) return {};
  if (typeof shown !== "object" || shown === null) return { references: [unreadable] };
  const { references } = shown as { readonly references?: unknown };
  if (references === undefined) return shown;
  const isList = Array.isArray(references) && references.every((one) => typeof one === "string");
  return isList ? shown : { ...shown, references: [unreadable] };
}

/** Several ways can lead to the same end. Constants can be long: only those of the same origin are compared. */
function distinct(leaves: readonly Leaf[]): readonly Leaf[] {
  if (leaves.length < 2) return leaves;
  const originOf = ({ via, reference, isPart, isOneOf }: Leaf) => JSON.stringify([via, reference, isPart, isOneOf]);
  const origins = leaves.map(originOf);
  if (new Set(origins).size === leaves.length) return leaves;
  const ends = leaves.map((leaf, index) => [`${origins[index]} ${JSON.stringify(constantOf(leaf))}`, leaf] as const);
  return [...new Map(ends).values()];
}

const constantOf = (leaf: Leaf) => (leaf.kind === "constant" ? leaf.value : undefined);

/** The value at the end of a leaf; null where nothing is set, undefined where it is not known. */
export function leafValue(leaf: Leaf): Json | undefined {
  if (leaf.kind === "constant") return leaf.value;
  if (leaf.kind === "opaque") return undefined;
  const [step, ...rest] = leaf.attribute;
  // A whole resource always holds something that only its creation tells.
  if (!step || !("name" in step)) return undefined;
  const value = leaf.resource.plannedWhole(step.name);
  return value === undefined ? undefined : dig(value, rest);
}

const markedIf = (secret: boolean, leaf: Leaf): Leaf => (secret ? { ...leaf, sensitive: true } : leaf);

/** Whether the value at the end of a leaf must not be printed; an attribute with a sensitive part counts as a whole. */
export function isSensitiveLeaf(leaf: Leaf): boolean {
  const [step] = leaf.kind === "resource" ? leaf.attribute : [];
  if (leaf.kind !== "resource" || !step || !("name" in step)) return leaf.sensitive === true;
  return leaf.sensitive === true || isSensitive(leaf.resource.whole(step.name));
}

export const isKnownLeaf = (leaf: Leaf): boolean => leafValue(leaf) !== undefined;

/** What one reference leads to, each end once: all instances where no index is written in it. */
function follow(reference: string, scope: Scope, depth: number): readonly Leaf[] {
  const full = reference === unreadable ? reference : scope.prefix + reference;
  const origin = { via: full, reference: full };
  const opaque: Leaf[] = [{ kind: "opaque", ...origin }];
  const constant = (value: Json, sensitive = false): Leaf[] => [{ kind: "constant", value, sensitive, ...origin }];
  if (reference.length > maxReference) return opaque;
  const [head, ...rest] = parseAddress(reference);
  const [name, ...path] = rest;
  if (!head || !("name" in head)) return opaque;
  switch (head.name) {
    case "var":
      return name && "name" in name ? remembered(reference, () => variable(name.name, path)) : opaque;
    case "each":
      return name && "name" in name ? each(name.name, path) : opaque;
    case "count":
      return scope.each?.key === undefined ? opaque : constant(scope.each.key);
    case "path":
    case "terraform":
      return constant(notShown);
    case "local":
    case "self":
      return opaque;
    case "module":
      return name && "name" in name ? remembered(reference, () => output(name.name, path)) : opaque;
    case "data":
      return name && "name" in name ? resources("data", name.name, path) : opaque;
    default:
      return resources("managed", head.name, rest);
  }

  /** What is used many times can come from many places, or from a long way off. */
  function remembered(id: string | Expression, compute: () => readonly Leaf[]): readonly Leaf[] {
    const found = scope.found.get(id);
    if (found) return found;
    const leaves = distinct(compute());
    scope.found.set(id, leaves);
    return leaves;
  }

  function beyond(leaves: readonly Leaf[], isPart: boolean, isOneOf = false): Leaf[] {
    return leaves.map((leaf) => {
      const end = leaf.reference === "a constant" ? full : leaf.reference;
      const open = { isPart: isPart || leaf.isPart === true, isOneOf: isOneOf || leaf.isOneOf === true };
      return { ...leaf, via: full, reference: end, ...open };
    });
  }

  function variable(variableName: string, steps: readonly Step[]): Leaf[] {
    const declared = ownItem(scope.module?.variables, variableName);
    const secret = declared?.sensitive === true;
    if (!scope.call) {
      const given = ownItem(scope.view.plan.variables, variableName);
      if (given) return constant(dig(given.value ?? null, steps), secret);
    } else {
      const argument = ownItem(scope.call.config.expressions, variableName);
      if (argument) {
        return beyond(trace(argument, scope.call.scope, depth + 1), steps.length > 0).map((leaf) =>
          leaf.kind === "constant"
            ? { ...leaf, value: dig(leaf.value, steps), sensitive: leaf.sensitive || secret }
            : markedIf(secret, leaf),
        );
      }
    }
    if (!declared) return opaque;
    return constant(dig(declared.default ?? null, steps), secret);
  }

  function each(part: string, steps: readonly Step[]): readonly Leaf[] {
    const { key, forEach } = scope.each ?? {};
    if (key === undefined) return opaque;
    if (part === "key") return constant(key);
    const items = forEach ? remembered(forEach, () => trace(forEach, { ...scope, each: undefined }, depth + 1)) : [];
    if (items.length === 0) return opaque;
    const isWhole = (leaf: Leaf) => leaf.kind === "resource" && leaf.attribute.length === 0;
    // Over the instances of another resource, too, a `for` expression can give each of them another key.
    const meant = hasSameKeys(items, scope) ? ofSameKey(items, scope) : items;
    const leaves = beyond(meant, true).map((leaf): Leaf => {
      if (isWhole(leaf)) return { ...leaf, isPart: false };
      if (leaf.kind !== "constant") return leaf;
      // The value of a set's element is its key.
      if (isMap(leaf.value)) return { ...leaf, value: dig(leaf.value, [{ key }, ...steps]) };
      return { ...leaf, value: Array.isArray(leaf.value) ? key : notShown };
    });
    return distinct(leaves);
  }

  function output(call: string, steps: readonly Step[]): Leaf[] {
    const config = ownItem(scope.module?.module_calls, call);
    if (!config?.module) return opaque;
    const index = steps[0] && "key" in steps[0] ? steps[0].key : undefined;
    const [outputStep, ...path] = index === undefined ? steps : steps.slice(1);
    const named = outputStep && "name" in outputStep ? [outputStep.name] : Object.keys(config.module.outputs ?? {});
    const instances = scope.view.moduleKeys([...scope.path, { name: call, key: undefined }]);
    const isOneOf = index === undefined && instances.some((one) => one !== undefined);
    return beyond(
      // A module without resources has no instance in the plan: the key that is written is the one.
      (index === undefined ? instances : [index]).flatMap((one) => {
        const inner = scope.view.scope([...scope.path, { name: call, key: one }]);
        return named.flatMap((one) => {
          const declared = ownItem(config.module?.outputs, one);
          return trace(declared?.expression, inner, depth + 1).map((leaf) =>
            markedIf(
              declared?.sensitive === true,
              leaf.kind === "constant" ? { ...leaf, value: dig(leaf.value, path) } : leaf,
            ),
          );
        });
      }),
      // Of a whole module, the other outputs are other parts.
      path.length > 0 || !outputStep,
      isOneOf,
    );
  }

  function resources(mode: "managed" | "data", type: string, steps: readonly Step[]): readonly Leaf[] {
    const [nameStep, ...afterName] = steps;
    if (!nameStep || !("name" in nameStep)) return opaque;
    const index = afterName[0] && "key" in afterName[0] ? afterName[0].key : undefined;
    const attribute = index === undefined ? afterName : afterName.slice(1);
    const declared = scope.configs.has(`${mode} ${type}.${nameStep.name}`);
    // Neither configured nor planned: an iterator of a dynamic block, or an ephemeral resource.
    const instances = scope.view.instances(scope.path, mode, type, nameStep.name);
    if (instances.length === 0 && !declared) return opaque;
    const meant = index === undefined ? instances : (instancesByKey(instances).get(index) ?? []);
    const path = attribute.map((step) => ("name" in step ? `.${step.name}` : "")).join("");
    const leavesOf = () =>
      meant.map((resource): Leaf => {
        const isOneOf = index === undefined && resource.key !== undefined;
        return { kind: "resource", resource, attribute, reference: resource.address + path, via: full, isOneOf };
      });
    return meant === instances ? remembered(reference, leavesOf) : distinct(leavesOf());
  }
}

const instancesByKey = oncePer((instances: readonly Resource[]) => groupedBy(instances, ({ key }) => key));

const isMap = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function dig(value: Json, steps: readonly Step[]): Json {
  let at: Json | undefined = value;
  for (const step of steps) {
    if (typeof at !== "object" || at === null) return null;
    const key = "name" in step ? step.name : step.key;
    // The length of a list is no part of it.
    if (Array.isArray(at) && typeof key !== "number") return null;
    at = ownItem(at as { readonly [name: string]: Json }, key);
  }
  return at ?? null;
}

// An expression of the configuration → the resources and constants that it comes from, through variables, outputs and modules.

import { extendsReference, type ModuleStep, modulePrefix, parseAddress, type Step } from "./address.ts";
import type { Expression, Json, ModuleCall, ModuleConfig, ResourceConfig } from "./plan.ts";
import type { Resource, View } from "./view.ts";

/** Where the names of an expression are looked up: a module instance, and the count or for_each around it. */
export interface Scope {
  readonly view: View;
  readonly path: readonly ModuleStep[];
  readonly module: ModuleConfig | undefined;
  /** The module's resource configurations, by mode, type and name. */
  readonly configs: ReadonlyMap<string, ResourceConfig>;
  /** What references to its variables and its calls' outputs have been found to come from. */
  readonly found: Map<string, Leaf[]>;
  /** How the module was called; nothing for the root module. */
  readonly call: { readonly config: ModuleCall; readonly scope: Scope } | undefined;
  readonly each: { readonly key: string | number | undefined; readonly forEach: Expression | undefined } | undefined;
}

interface Origin {
  /** The reference where the value is used, with its module: `module.cdn.var.policy`. */
  readonly via: string;
  /** The reference at the end of the chain: `terraform_data.tls.output`. */
  readonly reference: string;
}

/** What an expression comes from. `isPart`: one attribute was taken of an object whose parts a plan does not tell apart. */
export type Leaf = { readonly isPart?: boolean } & (
  | (Origin & { readonly kind: "constant"; readonly value: Json; readonly sensitive: boolean })
  | (Origin & { readonly kind: "resource"; readonly resource: Resource; readonly attribute: readonly Step[] })
  /** A plan does not show what stands behind it, e.g. a local value. */
  | (Origin & { readonly kind: "opaque" })
);

/** "from module.cdn.var.policy (terraform_data.tls.output)" */
export const describeOrigin = ({ via, reference }: Origin): string =>
  reference.startsWith(via) ? `from ${reference}` : `from ${via} (${reference})`;

/** A value that is known while planning, but not written in the plan: neither null nor the key of anything. */
const notShown = "";

/** More steps than any real configuration has; ends a cycle in a file that is no real configuration. */
const maxDepth = 64;

/** All that an expression comes from; functions and conditions are not evaluated, so each part counts. */
export function trace(expression: Expression | undefined, scope: Scope, depth = 0): Leaf[] {
  if (!expression || depth > maxDepth) return [];
  // JSON syntax writes "${…}" as a constant beside its references: the references are the truth.
  const references = expression.references ?? [];
  if (references.length === 0) {
    const { constant_value: value } = expression;
    if (value === undefined) return [];
    const end = { via: "a constant", reference: "a constant" };
    // JSON syntax again: a template that refers to nothing is known, but not shown.
    const isTemplate = typeof value === "string" && /[$%]\{/.test(value);
    return [{ kind: "constant", value: isTemplate ? notShown : value, sensitive: false, ...end }];
  }
  const whole = references.filter((one) => !references.some((other) => other !== one && extendsReference(other, one)));
  const keys = lazy(() => indexIn(whole, scope, depth));
  return distinct(whole.flatMap((reference) => follow(reference, scope, keys, depth)));
}

/** Several ways can lead to the same end. */
const distinct = (leaves: readonly Leaf[]): Leaf[] => [
  ...new Map(
    leaves.map((leaf) => [JSON.stringify([leaf.via, leaf.reference, leaf.isPart, constantOf(leaf)]), leaf]),
  ).values(),
];

const constantOf = (leaf: Leaf) => (leaf.kind === "constant" ? leaf.value : undefined);

type Keys = () => readonly (string | number)[];

const noKeys: Keys = () => [];

/**
 * The constant that can only be an index: the one in the expression. Beside a second one, or a local value, it may just
 * as well be what the index is computed from. A boolean is a condition.
 */
function indexIn(references: readonly string[], scope: Scope, depth: number): (string | number)[] {
  if (references.some((one) => one.startsWith("local."))) return [];
  const plain = references.filter((one) => /^(each|count|var)\./.test(one));
  const values = plain.flatMap((one) => follow(one, scope, noKeys, depth)).map(leafValue);
  const others = values.filter((value) => typeof value !== "boolean");
  const [value] = others;
  return others.length === 1 && (typeof value === "string" || typeof value === "number") ? [value] : [];
}

/** The value at the end of a leaf; null where nothing is set, undefined where it is not known. */
export function leafValue(leaf: Leaf): Json | undefined {
  if (leaf.kind === "constant") return leaf.value;
  if (leaf.kind === "opaque") return undefined;
  const [step, ...rest] = leaf.attribute;
  // A whole resource always holds something that only its creation tells.
  if (!step || !("name" in step)) return undefined;
  const value = leaf.resource.planned(step.name);
  return value === undefined ? undefined : dig(value, rest);
}

export const isKnownLeaf = (leaf: Leaf): boolean => leafValue(leaf) !== undefined;

function lazy<T>(compute: () => T): () => T {
  let result: { value: T } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}

/** `keys`: the constants beside this reference, one of which may be its index, as in `x[each.key].id`. */
function follow(reference: string, scope: Scope, keys: Keys, depth: number): Leaf[] {
  const full = modulePrefix(scope.path) + reference;
  const origin = { via: full, reference: full };
  const opaque: Leaf[] = [{ kind: "opaque", ...origin }];
  const constant = (value: Json, sensitive = false): Leaf[] => [{ kind: "constant", value, sensitive, ...origin }];
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
      return name && "name" in name ? remembered(`${reference} ${keys()}`, () => output(name.name, path)) : opaque;
    case "data":
      return name && "name" in name ? resources("data", name.name, path) : opaque;
    default:
      return resources("managed", head.name, rest);
  }

  /** A variable or an output is often used many times, and what it comes from can be a long way off. */
  function remembered(id: string, compute: () => Leaf[]): Leaf[] {
    const found = scope.found.get(id);
    if (found) return found;
    const leaves = distinct(compute());
    scope.found.set(id, leaves);
    return leaves;
  }

  function beyond(leaves: readonly Leaf[], isPart: boolean): Leaf[] {
    return leaves.map((leaf) => {
      const end = leaf.reference === "a constant" ? full : leaf.reference;
      return { ...leaf, via: full, reference: end, isPart: isPart || leaf.isPart === true };
    });
  }

  function variable(variableName: string, steps: readonly Step[]): Leaf[] {
    const declared = scope.module?.variables?.[variableName];
    const secret = declared?.sensitive === true;
    if (!scope.call) {
      const given = scope.view.plan.variables[variableName];
      if (given) return constant(dig(given.value ?? null, steps), secret);
    } else {
      const argument = scope.call.config.expressions?.[variableName];
      if (argument) {
        return beyond(trace(argument, scope.call.scope, depth + 1), steps.length > 0).map((leaf) =>
          leaf.kind === "constant"
            ? { ...leaf, value: dig(leaf.value, steps), sensitive: leaf.sensitive || secret }
            : leaf,
        );
      }
    }
    if (!declared) return opaque;
    return constant(dig(declared.default ?? null, steps), secret);
  }

  function each(part: string, steps: readonly Step[]): Leaf[] {
    const key = scope.each?.key;
    if (key === undefined) return opaque;
    if (part === "key") return constant(key);
    const items = trace(scope.each?.forEach, { ...scope, each: undefined }, depth + 1);
    if (items.length === 0) return opaque;
    return beyond(items, true).flatMap((leaf): Leaf[] => {
      if (leaf.kind === "constant") {
        // The value of a set's element is its key.
        if (isMap(leaf.value)) return [{ ...leaf, value: dig(leaf.value, [{ key }, ...steps]) }];
        return [{ ...leaf, value: Array.isArray(leaf.value) ? key : notShown }];
      }
      if (leaf.kind === "resource" && leaf.attribute.length === 0) {
        // for_each over the instances of another resource: the one with the same key.
        return leaf.resource.key === undefined || leaf.resource.key === key ? [{ ...leaf, isPart: false }] : [];
      }
      return [leaf];
    });
  }

  function output(call: string, steps: readonly Step[]): Leaf[] {
    const config = scope.module?.module_calls?.[call];
    if (!config?.module) return opaque;
    const index = steps[0] && "key" in steps[0] ? steps[0].key : undefined;
    const [outputStep, ...path] = index === undefined ? steps : steps.slice(1);
    const named = outputStep && "name" in outputStep ? [outputStep.name] : Object.keys(config.module.outputs ?? {});
    const instances = scope.view.moduleKeys([...scope.path, { name: call, key: undefined }]);
    return beyond(
      // A module without resources has no instance in the plan: the key that is written is the one.
      (index === undefined ? pick(instances, (key) => key, index, keys) : [index]).flatMap((key) => {
        const inner = scope.view.scope([...scope.path, { name: call, key }]);
        return named
          .flatMap((one) => trace(config.module?.outputs?.[one]?.expression, inner, depth + 1))
          .map((leaf) => (leaf.kind === "constant" ? { ...leaf, value: dig(leaf.value, path) } : leaf));
      }),
      path.length > 0,
    );
  }

  function resources(mode: "managed" | "data", type: string, steps: readonly Step[]): Leaf[] {
    const [nameStep, ...afterName] = steps;
    if (!nameStep || !("name" in nameStep)) return opaque;
    const index = afterName[0] && "key" in afterName[0] ? afterName[0].key : undefined;
    const attribute = index === undefined ? afterName : afterName.slice(1);
    const declared = scope.configs.has(`${mode} ${type}.${nameStep.name}`);
    // Neither configured nor planned: an iterator of a dynamic block, or an ephemeral resource.
    const instances = scope.view.instances(scope.path, mode, type, nameStep.name);
    if (instances.length === 0 && !declared) return opaque;
    return pick(instances, (resource) => resource.key, index, keys).map((resource) => ({
      kind: "resource",
      resource,
      attribute,
      ...origin,
      reference: resource.address + attribute.map((step) => ("name" in step ? `.${step.name}` : "")).join(""),
      via: full,
    }));
  }
}

/** The instances that an index means: the written one, the one beside it in the expression, or all. */
function pick<T>(
  instances: readonly T[],
  keyOf: (instance: T) => string | number | undefined,
  index: string | number | undefined,
  keys: Keys,
): readonly T[] {
  if (index !== undefined) return instances.filter((instance) => keyOf(instance) === index);
  if (instances.length < 2) return instances;
  const nearby = keys();
  const chosen = instances.filter((instance) => nearby.some((key) => key === keyOf(instance)));
  return chosen.length > 0 ? chosen : instances;
}

const isMap = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function dig(value: Json, steps: readonly Step[]): Json {
  let at: Json | undefined = value;
  for (const step of steps) {
    if (typeof at !== "object" || at === null) return null;
    const key = "name" in step ? step.name : step.key;
    at = (at as { readonly [name: string]: Json })[key];
  }
  return at ?? null;
}

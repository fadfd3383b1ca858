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

/** What an expression comes from. */
export type Leaf =
  | (Origin & { readonly kind: "constant"; readonly value: Json; readonly sensitive: boolean })
  | (Origin & { readonly kind: "resource"; readonly resource: Resource; readonly attribute: readonly Step[] })
  /** A plan does not show what stands behind it, e.g. a local value. */
  | (Origin & { readonly kind: "opaque" });

/** "from module.cdn.var.policy (terraform_data.tls.output)" */
export const describeOrigin = ({ via, reference }: Origin): string =>
  reference.startsWith(via) ? `from ${reference}` : `from ${via} (${reference})`;

/** More steps than any real configuration has; ends a cycle in a file that is no real configuration. */
const maxDepth = 64;

/** All that an expression comes from; functions and conditions are not evaluated, so each part counts. */
export function trace(expression: Expression | undefined, scope: Scope, depth = 0): Leaf[] {
  if (!expression || depth > maxDepth) return [];
  // JSON syntax writes "${…}" as a constant beside its references: the references are the truth.
  const references = expression.references ?? [];
  if (references.length === 0) {
    if (expression.constant_value === undefined) return [];
    return [
      {
        kind: "constant",
        value: expression.constant_value,
        sensitive: false,
        via: "a constant",
        reference: "a constant",
      },
    ];
  }
  const whole = references.filter((one) => !references.some((other) => other !== one && extendsReference(other, one)));
  const keys = lazy(() =>
    whole
      .filter(isPlain)
      .flatMap((one) => follow(one, scope, noKeys, depth))
      .flatMap(constantKey),
  );
  return whole.flatMap((reference) => follow(reference, scope, keys, depth));
}

type Keys = () => readonly (string | number)[];

const noKeys: Keys = () => [];

const isPlain = (reference: string): boolean => /^(each|count|var)\./.test(reference);

const constantKey = (leaf: Leaf): (string | number)[] =>
  leaf.kind === "constant" && (typeof leaf.value === "string" || typeof leaf.value === "number") ? [leaf.value] : [];

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
      return name && "name" in name ? variable(name.name, path) : opaque;
    case "each":
      return name && "name" in name ? each(name.name, path) : opaque;
    case "count":
      return scope.each?.key === undefined ? opaque : constant(scope.each.key);
    case "path":
    case "terraform":
      // Paths and the workspace's name are known in every plan, but not written there.
      return constant("");
    case "local":
    case "self":
      return opaque;
    case "module":
      return name && "name" in name ? output(name.name, path) : opaque;
    case "data":
      return name && "name" in name ? resources("data", name.name, path) : opaque;
    default:
      return resources("managed", head.name, rest);
  }

  function beyond(leaves: readonly Leaf[]): Leaf[] {
    return leaves.map((leaf) => ({
      ...leaf,
      via: full,
      ...(leaf.reference === "a constant" ? { reference: full } : {}),
    }));
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
        return beyond(trace(argument, scope.call.scope, depth + 1)).map((leaf) =>
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
    return beyond(items).flatMap((leaf): Leaf[] => {
      if (leaf.kind === "constant") {
        // The value of a set's element is its key.
        const item = isMap(leaf.value) ? dig(leaf.value, [{ key }]) : key;
        return [{ ...leaf, value: dig(item, steps) }];
      }
      if (leaf.kind === "resource" && leaf.attribute.length === 0) {
        // for_each over the instances of another resource: the one with the same key.
        return leaf.resource.key === undefined || leaf.resource.key === key ? [leaf] : [];
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
      pick(instances, (key) => key, index, keys).flatMap((key) => {
        const inner = scope.view.scope([...scope.path, { name: call, key }]);
        return named
          .flatMap((one) => trace(config.module?.outputs?.[one]?.expression, inner, depth + 1))
          .map((leaf) => (leaf.kind === "constant" ? { ...leaf, value: dig(leaf.value, path) } : leaf));
      }),
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

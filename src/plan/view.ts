// The plan before and the plan after its apply, in the same shape, so that facts can be read from both.

import { because } from "../cause.ts";
import { nameText } from "../text.ts";
import { type ModuleStep, modulePrefix, parseModuleAddress } from "./address.ts";
import { type Block, createBlock, single } from "./block.ts";
import { type BlockConfig, configFromPlan, hiddenConfig } from "./block-config.ts";
import type { Targets } from "./link.ts";
import { groupedBy, once, onceEach } from "./once.ts";
import { ownItem } from "./own-item.ts";
import type {
  Expression,
  Expressions,
  Instance,
  ModuleConfig,
  Plan,
  ProviderConfig,
  ResourceConfig,
  Snapshot,
} from "./plan.ts";
import { isSensitiveLeaf, type Leaf, leafValue, type Scope, trace } from "./reference.ts";
import { relevantIn } from "./relevant.ts";
import { absent, known, unknown, type Value } from "./value.ts";

/** A resource instance in a view. */
export interface Resource extends Block {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  readonly scope: Scope;
  /** Addresses that it waits for, by `depends_on` of its own and of the module calls around it. */
  readonly dependsOn: readonly string[];
  /** A setting of the provider that manages it, e.g. "region". */
  provider(setting: string): Value;
  /** Names the provider configuration that manages it: resources of the same one share its settings, whatever they are. */
  readonly providerKey: string | undefined;
}

/** All resource instances at one moment. */
export interface View {
  readonly plan: Plan;
  readonly moment: "before" | "after";
  /** Instances of a type, data sources included only when `mode` says so. */
  resources(type: string, mode?: "managed" | "data"): readonly Resource[];
  /** Resources of a type, managed or read, whose attribute is shown to have a value. */
  identified(type: string, attribute: string, value: unknown): readonly Resource[];
  /** The resource of an address. */
  at(address: string): Resource | undefined;
  /**
   * Target resources that are not known yet, have shaped this plan's changes, and can be what a local value leads to;
   * undefined where the plan does not list them, or lists one that could hold anything.
   */
  relevant(targets: Targets, scope: Scope): readonly Resource[] | undefined;
  /** Instances of one configured resource in one module instance. */
  instances(path: readonly ModuleStep[], mode: "managed" | "data", type: string, name: string): readonly Resource[];
  /** The keys of a module call's instances; [undefined] when it has neither count nor for_each. */
  moduleKeys(path: readonly ModuleStep[]): readonly (string | number | undefined)[];
  /** The scope of a module instance. */
  scope(path: readonly ModuleStep[]): Scope;
}

export function viewPlan(plan: Plan, moment: "before" | "after"): View {
  const present = plan.instances.filter((instance) => instance[moment] !== undefined);
  const byType = groupedBy(present, ({ mode, type }) => `${mode} ${type}`);
  // Most of a big plan is never asked for: resources are made when the first of their type is.
  const ofType = onceEach((id: string) =>
    (byType.get(id) ?? []).map((one) => resourceOf(one, one[moment] as Snapshot, scopeAt(one.moduleAddress))),
  );
  const byAddress = once(() => new Map(present.map((one) => [one.address, one])));
  const byConfig = onceEach((id: string) => groupedBy(ofType(id), ({ scope, name }) => scope.prefix + name));
  const identities = onceEach((type: string) =>
    onceEach((attribute: string) =>
      groupedBy<unknown, Resource>([...view.resources(type), ...view.resources(type, "data")], (one) =>
        one.planned(attribute),
      ),
    ),
  );
  const moduleKeys = once(() => keysOfCalls(new Set(present.map(({ moduleAddress }) => moduleAddress))));
  const scopes = new Map<string, Scope>();
  const scopeAt = onceEach((address: string | undefined) => scopeOf(parseModuleAddress(address)));
  const configsIn = onceEach(configsOf);
  const view: View = {
    plan,
    moment,
    resources: (type, mode = "managed") => ofType(`${mode} ${type}`),
    identified: (type, attribute, value) => (value == null ? [] : (identities(type)(attribute).get(value) ?? [])),
    at: (address) => {
      const instance = byAddress().get(address);
      return instance && ofType(`${instance.mode} ${instance.type}`).find((one) => one.address === address);
    },
    relevant: (targets, scope) => relevant()(targets, scope),
    instances: (path, mode, type, name) => byConfig(`${mode} ${type}`).get(`${modulePrefix(path)}${name}`) ?? [],
    moduleKeys: (path) => moduleKeys().get(modulePrefix(path)) ?? [undefined],
    scope: scopeOf,
  };
  const relevant = once(() => relevantIn(view));
  return view;

  function scopeOf(path: readonly ModuleStep[]): Scope {
    const id = modulePrefix(path);
    const cached = scopes.get(id);
    if (cached) return cached;
    const scope = createScope(path);
    scopes.set(id, scope);
    return scope;
  }

  function createScope(path: readonly ModuleStep[]): Scope {
    const last = path.at(-1);
    const each = undefined;
    if (!last) {
      const module = plan.configuration?.root_module;
      return { view, path, prefix: "", module, configs: configsIn(module), found: new Map(), call: undefined, each };
    }
    const parent = scopeOf(path.slice(0, -1));
    const config = ownItem(parent.module?.module_calls, last.name);
    const keys = () => view.moduleKeys([...path.slice(0, -1), { name: last.name, key: undefined }]);
    const caller = { ...parent, each: { key: last.key, forEach: config?.for_each_expression, keys } };
    const call = config && { config, scope: caller };
    const module = config?.module;
    return { view, path, prefix: modulePrefix(path), module, configs: configsIn(module), found: new Map(), call, each };
  }
}

const configsOf = (module: ModuleConfig | undefined): ReadonlyMap<string, ResourceConfig> =>
  new Map(module?.resources?.map((config) => [configId(config), config]));

/** What finds the configuration of a resource in its module. */
export const configId = ({ mode, type, name }: { mode: string; type: string; name: string }): string =>
  `${mode} ${type}.${name}`;

const written = ({ resource }: Block, name: string): unknown =>
  resource.scope.configs.get(configId(resource))?.expressions?.[name];

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The expression of a resource's attribute, as the plan shows the configuration. */
export function writtenExpression(block: Block, name: string): Expression | undefined {
  const found = written(block, name);
  return isObject(found) ? found : undefined;
}

/** The blocks of a type that a resource is written with, without those of `dynamic` blocks. */
export function writtenBlocks(block: Block, name: string): readonly Expressions[] {
  const found = written(block, name);
  return Array.isArray(found) && found.every(isObject) ? (found as readonly Expressions[]) : [];
}

/** The keys that each module call has, from the addresses of the modules that hold anything. */
function keysOfCalls(addresses: Iterable<string | undefined>): ReadonlyMap<string, readonly ModuleStep["key"][]> {
  const keys = new Map<string, Set<ModuleStep["key"]>>();
  for (const path of [...addresses].map(parseModuleAddress)) {
    path.forEach(({ name, key }, depth) => {
      const call = modulePrefix([...path.slice(0, depth), { name, key: undefined }]);
      keys.set(call, (keys.get(call) ?? new Set()).add(key));
    });
  }
  return new Map([...keys].map(([call, found]) => [call, [...found]]));
}

function resourceOf(instance: Instance, snapshot: Snapshot, module: Scope): Resource {
  const { address, mode, type, name, key } = instance;
  const { view } = module;
  // The configuration describes the state to be reached; what exists today may come from an older one.
  const config = view.moment === "after" ? module.configs.get(configId(instance)) : undefined;
  const evaluated = view.moment === "after" ? view.plan.evaluated : undefined;
  const id = { module: module.path, mode, type, name, key };
  const keys = () => view.instances(module.path, mode, type, name).map((one) => one.key);
  const scope: Scope = { ...module, each: { key, forEach: config?.for_each_expression, keys } };
  const head = {
    address,
    mode,
    type,
    name,
    key,
    scope,
    dependsOn: dependencies(config?.depends_on, scope),
    provider,
    providerKey: sharedProviderKey(config, view),
  };
  return createBlock(head, snapshot, written());

  /** OpenTofu's provider for_each has values of each instance, which the evaluator does not know. */
  function provider(setting: string): Value {
    const isEach = config?.provider_config_key?.includes("[") === true;
    const found = evaluated && !isEach ? evaluated.providerSetting(id, setting, view) : undefined;
    return single(found ?? providerSetting(config, setting, view));
  }

  function written(): BlockConfig {
    const block = evaluated?.blockConfig(id, view);
    return block ?? (config ? configFromPlan([config.expressions ?? {}], scope) : hiddenConfig);
  }
}

/** What it waits for itself, and what the calls of the modules around it wait for. */
function dependencies(own: readonly string[] | undefined, scope: Scope): string[] {
  const here = (own ?? []).map((one) => scope.prefix + one);
  return scope.call ? [...here, ...dependencies(scope.call.config.depends_on, scope.call.scope)] : here;
}

/**
 * Terraform resolves the configurations that modules are handed to the one that they come from. Before 1.2 it names them
 * by the module: equal keys are the same configuration, and unequal ones may be.
 */
function sharedProviderKey(config: ResourceConfig | undefined, view: View): string | undefined {
  const key = config?.provider_config_key;
  if (!key) return undefined;
  const { base, instance } = parseProviderKey(key);
  const expressions = ownItem(view.plan.configuration?.provider_config, base)?.expressions;
  // OpenTofu's provider for_each: without an instance's key, each can be another.
  const isSplit = instance === undefined && /"each\.(key|value)/.test(JSON.stringify(expressions ?? {}));
  return isSplit ? undefined : key;
}

/** OpenTofu's provider for_each writes the instance's key behind the configuration's: aws.by_region["eu-west-1"]. */
function parseProviderKey(key: string): { readonly base: string; readonly instance: string | undefined } {
  const [, base = key, instance] = /^(.*?)\["(.*)"\]$/.exec(key) ?? [];
  return { base, instance };
}

function providerSetting(config: ResourceConfig | undefined, setting: string, view: View): Value {
  const key = config?.provider_config_key;
  const providers = view.plan.configuration?.provider_config;
  if (!key || !providers) return unknown(because`the plan does not say which provider configuration it uses`);
  const { base, instance } = parseProviderKey(key);
  const own = ownItem(providers, base);
  const leaf = settingLeaf(own, setting, view, instance);
  if (leaf === "absent") return absent;
  const value = leaf && leafValue(leaf);
  if (value === null || value === "") return absent;
  if (leaf && value !== undefined) {
    // Only a literal is not made by an expression, of which the JSON lists no more than the variable in it.
    const isLiteral = leaf.reference === "a constant";
    const main = own?.alias === undefined ? undefined : mainConfiguration(own, providers);
    const mainLeaf = main && settingLeaf(main, setting, view);
    // A further configuration is there to differ from the main one: a value that does not differ is not the whole of it.
    if (!isLiteral && mainLeaf && mainLeaf !== "absent" && leafValue(mainLeaf) === value) {
      return unknown(
        because`the provider's ${nameText(setting)} comes from ${nameText(leaf.via)}, by an expression that the JSON plan does not hold (check the plan file to resolve this)`,
      );
    }
    return known(value, isSensitiveLeaf(leaf));
  }
  return unknown(because`the provider's ${nameText(setting)} comes from ${nameText(leaf?.via ?? "an expression")}`);
}

/** What a setting comes from, if it is one thing; the first of several has no value. */
function settingLeaf(
  provider: ProviderConfig | undefined,
  setting: string,
  view: View,
  instance?: string,
): Leaf | "absent" | undefined {
  const expression = provider?.expressions?.[setting];
  if (!expression) return "absent";
  const scope = view.scope(parseModuleAddress(provider?.module_address));
  const leaves = trace(expression, { ...scope, each: { key: instance, forEach: undefined, keys: () => [] } });
  const [leaf, another] = leaves;
  return leaf && another ? { kind: "opaque", via: leaf.via, reference: leaf.reference } : leaf;
}

/** The configuration of the same provider, in the same module, that has no alias. */
const mainConfiguration = (
  { name, full_name, module_address }: ProviderConfig,
  providers: { readonly [key: string]: ProviderConfig },
): ProviderConfig | undefined =>
  Object.values(providers).find(
    (one) =>
      one.alias === undefined &&
      one.module_address === module_address &&
      (one.full_name ?? one.name) === (full_name ?? name),
  );

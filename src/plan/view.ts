// The plan before and the plan after its apply, in the same shape, so that facts can be read from both.

import { extendsReference, type ModuleStep, modulePrefix, parseAddress, parseModuleAddress } from "./address.ts";
import { type Block, canHoldAnything, createBlock, type Targets } from "./block.ts";
import type { Instance, ModuleConfig, Plan, RelevantAttribute, ResourceConfig } from "./plan.ts";
import { leafValue, type Scope, trace } from "./reference.ts";
import { absent, known, sensitive, unknown, type Value } from "./value.ts";

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
}

/** All resource instances at one moment. */
export interface View {
  readonly plan: Plan;
  readonly moment: "before" | "after";
  /** Instances of a type, data sources included only when `mode` says so. */
  resources(type: string, mode?: "managed" | "data"): readonly Resource[];
  /** Resources of a type, managed or read, whose attribute is shown to have a value. */
  identified(type: string, attribute: string, value: unknown): readonly Resource[];
  /**
   * Target resources that are not known yet and have shaped this plan's changes; undefined where the plan does not list
   * them, or lists one that could hold anything.
   */
  relevant(targets: Targets): readonly Resource[] | undefined;
  /** Instances of one configured resource in one module instance. */
  instances(path: readonly ModuleStep[], mode: "managed" | "data", type: string, name: string): readonly Resource[];
  /** The keys of a module call's instances; [undefined] when it has neither count nor for_each. */
  moduleKeys(path: readonly ModuleStep[]): readonly (string | number | undefined)[];
  /** The scope of a module instance. */
  scope(path: readonly ModuleStep[]): Scope;
}

export function viewPlan(plan: Plan, moment: "before" | "after"): View {
  const byType = new Map<string, Resource[]>();
  const byConfig = new Map<string, Resource[]>();
  const moduleInstances = new Map<string, Set<string | number | undefined>>();
  const identities = new Map<string, Map<unknown, Resource[]>>();
  const scopes = new Map<string, Scope>();
  const view: View = {
    plan,
    moment,
    resources: (type, mode = "managed") => byType.get(`${mode} ${type}`) ?? [],
    identified,
    relevant,
    instances: (path, mode, type, name) => byConfig.get(`${mode} ${modulePrefix(path)}${type}.${name}`) ?? [],
    moduleKeys: (path) => [...(moduleInstances.get(modulePrefix(path)) ?? [undefined])],
    scope: scopeOf,
  };
  for (const instance of plan.instances) {
    const resource = resourceOf(instance, view);
    if (!resource) continue;
    push(byType, `${resource.mode} ${resource.type}`, resource);
    push(byConfig, `${resource.mode} ${modulePrefix(resource.scope.path)}${resource.type}.${resource.name}`, resource);
    resource.scope.path.forEach(({ name, key }, depth) => {
      const call = modulePrefix([...resource.scope.path.slice(0, depth), { name, key: undefined }]);
      const keys = moduleInstances.get(call) ?? new Set();
      moduleInstances.set(call, keys.add(key));
    });
  }
  return view;

  function identified(type: string, attribute: string, value: unknown): readonly Resource[] {
    const id = `${type}.${attribute}`;
    let index = identities.get(id);
    if (!index) {
      index = new Map();
      identities.set(id, index);
      for (const resource of [...view.resources(type), ...view.resources(type, "data")]) {
        const identity = resource.planned(attribute);
        if (identity != null) push(index, identity, resource);
      }
    }
    return index.get(value) ?? [];
  }

  function relevant(targets: Targets): Resource[] | undefined {
    const listed = plan.relevantAttributes;
    const isCarrier = ({ resource }: RelevantAttribute) => {
      const type =
        parseAddress(resource)
          .flatMap((step) => ("name" in step ? step.name : []))
          .at(-2) ?? "";
      return canHoldAnything(type, targets) && !isReadAlready(resource);
    };
    if (!listed || listed.some(isCarrier)) return undefined;
    return Object.entries(targets).flatMap(([type, attributes]) => {
      const addresses = listed
        .filter(({ attribute }) => attribute.some((step) => attributes.includes(String(step))))
        .map((one) => one.resource);
      const candidates = [...view.resources(type), ...view.resources(type, "data")];
      return candidates.filter(
        (one) =>
          addresses.some((address) => extendsReference(one.address, address)) &&
          attributes.some((attribute) => one.planned(attribute) === undefined),
      );
    });
  }

  /** A data source that was read while planning holds nothing that is unknown. */
  function isReadAlready(address: string): boolean {
    const read = plan.instances.filter((one) => one.mode === "data" && extendsReference(one.address, address));
    return read.length > 0 && read.every((one) => one.after?.unknown === false);
  }

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
      return { view, path, module, configs: configsOf(module), found: new Map(), call: undefined, each };
    }
    const parent = scopeOf(path.slice(0, -1));
    const config = parent.module?.module_calls?.[last.name];
    const caller = { ...parent, each: { key: last.key, forEach: config?.for_each_expression } };
    const call = config && { config, scope: caller };
    return { view, path, module: config?.module, configs: configsOf(config?.module), found: new Map(), call, each };
  }
}

const configsOf = (module: ModuleConfig | undefined): ReadonlyMap<string, ResourceConfig> =>
  new Map(module?.resources?.map((config) => [configId(config), config]));

/** What finds the configuration of a resource in its module. */
export const configId = ({ mode, type, name }: { mode: string; type: string; name: string }): string =>
  `${mode} ${type}.${name}`;

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function resourceOf(instance: Instance, view: View): Resource | undefined {
  const snapshot = instance[view.moment];
  if (!snapshot) return undefined;
  const { address, mode, type, name, key } = instance;
  const module = view.scope(parseModuleAddress(instance.moduleAddress));
  // The configuration describes the state to be reached; what exists today may come from an older one.
  const config = view.moment === "after" ? module.configs.get(configId(instance)) : undefined;
  const scope: Scope = { ...module, each: { key, forEach: config?.for_each_expression } };
  const head = {
    address,
    mode,
    type,
    name,
    key,
    scope,
    dependsOn: dependencies(config?.depends_on, scope),
    provider: (setting: string) => providerSetting(config, setting, view),
  };
  return createBlock(head, snapshot, config ? [config.expressions ?? {}] : undefined);
}

/** What it waits for itself, and what the calls of the modules around it wait for. */
function dependencies(own: readonly string[] | undefined, scope: Scope): string[] {
  const here = (own ?? []).map((one) => modulePrefix(scope.path) + one);
  return scope.call ? [...here, ...dependencies(scope.call.config.depends_on, scope.call.scope)] : here;
}

function providerSetting(config: ResourceConfig | undefined, setting: string, view: View): Value {
  const key = config?.provider_config_key;
  const providers = view.plan.configuration?.provider_config;
  if (!key || !providers) return unknown("the plan does not say which provider configuration it uses");
  // OpenTofu's provider for_each writes the instance's key behind the configuration's: aws.by_region["eu-west-1"].
  const [, base = key, quoted] = /^(.*?)\["(.*)"\]$/.exec(key) ?? [];
  const provider = providers[base];
  const expression = provider?.expressions?.[setting];
  if (!expression) return absent;
  const scope = view.scope(parseModuleAddress(provider?.module_address));
  const leaves = trace(expression, { ...scope, each: { key: quoted, forEach: undefined } });
  const [leaf] = leaves;
  const value = leaves.length === 1 && leaf ? leafValue(leaf) : undefined;
  if (value === null || value === "") return absent;
  if (leaf && value !== undefined) {
    return leaf.kind === "constant" && leaf.sensitive ? sensitive(value) : known(value);
  }
  return unknown(`the provider's ${setting} comes from ${leaf?.via ?? "an expression"}`);
}

// A plan in memory: what `terraform show -json` says, cut down to what judging needs.
// https://developer.hashicorp.com/terraform/internals/json-format

import { InputError } from "../input-error.ts";
import { parseModuleAddress } from "./address.ts";
import type { EvaluatedConfiguration } from "./block-config.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** Marks the leaves of a value: `true` for a leaf or for everything below it. */
export type Mask = boolean | readonly Mask[] | { readonly [name: string]: Mask };

/** An expression of the configuration: what it refers to, or its constant. JSON syntax writes both for "${…}". */
export interface Expression {
  readonly constant_value?: Json;
  readonly references?: readonly string[];
}

/** The expressions of a block by attribute; nested blocks stand as a block, or a list of blocks. */
export interface Expressions {
  readonly [name: string]: Expression | Expressions | readonly Expressions[];
}

export interface ResourceConfig {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string;
  readonly expressions?: Expressions;
  readonly count_expression?: Expression;
  readonly for_each_expression?: Expression;
  readonly depends_on?: readonly string[];
}

export interface ModuleCall {
  readonly source?: string;
  readonly module?: ModuleConfig;
  readonly expressions?: { readonly [name: string]: Expression };
  readonly count_expression?: Expression;
  readonly for_each_expression?: Expression;
  readonly depends_on?: readonly string[];
}

export interface ModuleConfig {
  readonly resources?: readonly ResourceConfig[];
  readonly module_calls?: { readonly [name: string]: ModuleCall };
  readonly outputs?: { readonly [name: string]: { readonly expression?: Expression; readonly sensitive?: boolean } };
  readonly variables?: { readonly [name: string]: { readonly default?: Json; readonly sensitive?: boolean } };
}

export interface ProviderConfig {
  readonly name: string;
  readonly full_name?: string;
  readonly alias?: string;
  readonly module_address?: string;
  readonly expressions?: { readonly [name: string]: Expression };
}

export interface Configuration {
  readonly provider_config?: { readonly [key: string]: ProviderConfig };
  readonly root_module?: ModuleConfig;
}

/** A resource instance at one moment. */
export interface Snapshot {
  readonly values: JsonObject;
  readonly unknown: Mask;
  readonly sensitive: Mask;
  /** Terraform made it by the provider's schema: an attribute that is in neither of the two does not exist. */
  readonly isComplete?: boolean;
}

/** One resource instance of the plan. */
export interface Instance {
  readonly address: string;
  /** Where a `moved` block found it. */
  readonly previousAddress: string | undefined;
  readonly moduleAddress: string | undefined;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  /** What exists today; nothing for an instance that this plan creates or imports. */
  readonly before: Snapshot | undefined;
  /** What will exist; nothing for an instance that this plan deletes or forgets. */
  readonly after: Snapshot | undefined;
}

export interface Plan {
  readonly path: string;
  /** "configuration": what CDKTF has synthesised, before any plan. */
  readonly kind: "plan" | "state" | "configuration";
  /** null for a configuration, which has none. */
  readonly formatVersion: string | null;
  readonly terraformVersion: string | null;
  /** False when the plan leaves changes out: deferrals, -target, -exclude. */
  readonly complete: boolean;
  readonly instances: readonly Instance[];
  readonly configuration: Configuration | undefined;
  readonly variables: { readonly [name: string]: { readonly value?: Json } };
  /** Attributes of resources that the plan's changes were computed from, through local values too. */
  readonly relevantAttributes: readonly RelevantAttribute[] | undefined;
  /** When it was made. */
  readonly timestamp?: string | undefined;
  /** The plan file that it was read from: it holds the configuration too. */
  readonly planFile?: Uint8Array | undefined;
  /** What the configuration says that it was made from, where that is at hand: see withConfiguration. */
  readonly evaluated?: EvaluatedConfiguration | undefined;
}

export interface RelevantAttribute {
  /** Address of the resource in its module instance, without a key of its own. */
  readonly resource: string;
  readonly attribute: readonly (string | number)[];
}

interface Change {
  readonly actions: readonly string[];
  readonly before?: JsonObject | null;
  readonly after?: JsonObject | null;
  readonly after_unknown?: Mask;
  readonly before_sensitive?: Mask;
  readonly after_sensitive?: Mask;
  readonly importing?: object | null;
}

interface ResourceHead {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  /** In everything that Terraform has written; what a configuration alone tells has none. */
  readonly provider_name?: string;
}

interface ResourceChange extends ResourceHead {
  readonly module_address?: string;
  readonly previous_address?: string;
  readonly deposed?: string;
  readonly change: Change;
}

interface StateResource extends ResourceHead {
  readonly values?: JsonObject;
  readonly sensitive_values?: Mask;
  readonly deposed_key?: string;
}

interface StateModule {
  readonly address?: string;
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

interface State {
  readonly values?: { readonly root_module?: StateModule };
}

/** The part of `terraform show -json PLAN` that the schema checks. */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly variables?: Plan["variables"];
  readonly resource_changes?: readonly ResourceChange[];
  readonly deferred_changes?: readonly { readonly resource_change: ResourceChange }[];
  readonly prior_state?: State | null;
  readonly relevant_attributes?: readonly RelevantAttribute[];
  readonly timestamp?: string;
  readonly configuration?: Configuration;
  readonly complete?: boolean;
  readonly errored?: boolean;
}

/** The part of `terraform show -json STATE` that the schema checks. */
export interface StateJson extends State {
  readonly format_version: string;
  readonly terraform_version?: string;
}

/** Builds the plan from its checked JSON. */
export function planFromJson(json: PlanJson, path: string): Plan {
  const deferred = (json.deferred_changes ?? []).map((entry) => entry.resource_change);
  // A deposed object is on its way out; the object that replaces it stands in an entry of its own.
  const changes = [...(json.resource_changes ?? []), ...deferred].filter((change) => change.deposed === undefined);
  const changed = changes.map(instanceOfChange);
  checkModules(changed, path);
  const seen = new Set(changed.map((instance) => instance.address));
  if (seen.size < changed.length) throw listedTwice(changed, path);
  // A data source that could be read while planning stands only in the prior state.
  const read = stateInstances(json.prior_state?.values?.root_module).filter(
    (instance) => instance.mode === "data" && !seen.has(instance.address),
  );
  checkModules(read, path);
  return {
    path,
    kind: "plan",
    formatVersion: json.format_version,
    terraformVersion: json.terraform_version ?? null,
    // Versions before 1.8, and OpenTofu, write no `complete`: its absence says nothing.
    complete: json.complete !== false && deferred.length === 0,
    instances: [...changed, ...read],
    configuration: json.configuration,
    variables: json.variables ?? {},
    relevantAttributes: json.relevant_attributes,
    timestamp: json.timestamp,
  };
}

/** Terraform lists a resource once. Of two entries, nobody knows which one is planned. */
function listedTwice(instances: readonly Instance[], path: string): InputError {
  const addresses = instances.map(({ address }) => address);
  const twice = addresses.find((address, index) => addresses.indexOf(address) < index);
  return new InputError(`${path} lists ${twice} twice.`, "terraform show -json tfplan > plan.json");
}

/** A state is judged as it stands: what exists before is what exists after. */
export function planFromState(json: StateJson, path: string): Plan {
  const instances = stateInstances(json.values?.root_module);
  checkModules(instances, path);
  return {
    path,
    kind: "state",
    formatVersion: json.format_version,
    terraformVersion: json.terraform_version ?? null,
    complete: true,
    instances,
    configuration: undefined,
    variables: {},
    relevantAttributes: undefined,
  };
}

/** More modules in one another than any real configuration has: what looks up their names goes down as deep. */
const maxModules = 100;

/** The shortest step of a module address: `module.a.` */
const shortestStep = 9;

function checkModules(instances: readonly Instance[], path: string): void {
  for (const address of new Set(instances.map(({ moduleAddress }) => moduleAddress))) {
    const isLong = address !== undefined && address.length >= maxModules * shortestStep;
    if (isLong && parseModuleAddress(address).length > maxModules)
      throw new InputError(`${path} nests modules more than ${maxModules} deep, which no real configuration does.`);
  }
}

function instanceOfChange(entry: ResourceChange): Instance {
  const { actions, before, after, importing } = entry.change;
  // A forgotten object goes on existing outside of Terraform: this plan neither keeps nor mends it.
  const forgotten = actions.includes("forget") && !actions.includes("create");
  const isComplete = entry.provider_name === undefined ? {} : { isComplete: true };
  const snapshot = (values: JsonObject | null | undefined, unknown: Mask, sensitive: Mask | undefined) =>
    values == null || forgotten ? undefined : { values, unknown, sensitive: sensitive ?? false, ...isComplete };
  // With every attribute unknown, `after` can be null although the object will exist.
  const planned = after ?? (entry.change.after_unknown === true ? {} : null);
  return {
    address: entry.address,
    previousAddress: entry.previous_address,
    moduleAddress: entry.module_address,
    mode: entry.mode,
    type: entry.type,
    name: entry.name,
    key: entry.index,
    // An import brings an object under this configuration for the first time: all of it is new here.
    before: importing ? undefined : snapshot(before, false, entry.change.before_sensitive),
    after: snapshot(planned, entry.change.after_unknown ?? false, entry.change.after_sensitive),
  };
}

function stateInstances(module: StateModule | undefined): Instance[] {
  if (!module) return [];
  const own = (module.resources ?? [])
    .filter((resource) => resource.deposed_key === undefined)
    .map((resource): Instance => {
      const snapshot = {
        values: resource.values ?? {},
        unknown: false,
        sensitive: resource.sensitive_values ?? false,
        ...(resource.provider_name !== undefined && { isComplete: true }),
      };
      return {
        address: resource.address,
        previousAddress: undefined,
        moduleAddress: module.address,
        mode: resource.mode,
        type: resource.type,
        name: resource.name,
        key: resource.index,
        before: snapshot,
        after: snapshot,
      };
    });
  return [...own, ...(module.child_modules ?? []).flatMap(stateInstances)];
}

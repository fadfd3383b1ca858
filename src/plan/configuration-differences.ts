// What differs between the configuration in a directory and the one that a plan was made from.

import { type Configuration, type Module, providerName } from "../hcl/configuration.ts";
import { constantIn, defaultIn, type ShownConstant } from "../hcl/constant.ts";
import { bareIn, isProxyBlock } from "../hcl/module-scope.ts";
import { referencesIn } from "../hcl/references.ts";
import type { Attribute, Block } from "../hcl/syntax.ts";
import { parseModuleAddress } from "./address.ts";
import {
  addDifference,
  compareBody,
  compareExpression,
  compareReferences,
  type Difference,
  type MetaNames,
  notInPlan,
  type Owner,
  onlyInPlan,
  otherConstant,
} from "./block-differences.ts";
import { ownItem } from "./own-item.ts";
import type {
  Configuration as ConfigurationJson,
  Instance,
  ModuleCall,
  ModuleConfig,
  ProviderConfig,
  ResourceConfig,
} from "./plan.ts";
import { sameConstant } from "./same-constant.ts";

/** The two sides, and where differences go. */
interface Comparison {
  readonly configuration: Configuration;
  readonly shown: ConfigurationJson;
  readonly keyKinds: KeyKinds;
  readonly add: (difference: Difference) => void;
}

/** A module on both sides. */
interface ModulePair {
  /** The names of the calls that lead to it: "site.cdn". */
  readonly key: string;
  /** `module.site.module.cdn` */
  readonly address: string;
  readonly module: Module;
  readonly shown: ModuleConfig;
}

/**
 * Differences between the configuration in a directory and the `configuration` of a plan, sorted.
 *
 * A plan's JSON shows modules, resources, providers, variables and outputs, and of each attribute its references or its
 * constant. It shows neither local values, types of variables, `dynamic` blocks nor ephemeral resources, and nothing of what
 * functions and operators do, or of constants beside them: none of these can be compared. Blocks that change no value, such
 * as `lifecycle` and `provisioner`, are not compared.
 */
export function configurationDifferences(
  configuration: Configuration,
  shown: ConfigurationJson,
  instances: readonly Instance[],
): readonly Difference[] {
  const found: Difference[] = [];
  const add = (difference: Difference) => {
    found.push(difference);
  };
  compareModule({ configuration, shown, keyKinds: keyKindsOf(instances), add }, "", shown.root_module ?? {});
  const sortKey = ({ address, attribute = "", text }: Difference) => `${address}\0${attribute}\0${text}`;
  return found.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

/** `aws_lb.site certificate_arn: not in the plan (main.tf:5)`, on one line. */
export function describeDifference({ address, attribute, text, position }: Difference): string {
  const subject = [address, attribute].filter(Boolean).join(" ");
  const place = position ? ` (${position.file}:${position.line})` : "";
  return `${subject === "" ? "" : `${subject}: `}${text}${place}`.replace(/[\t\n]/g, " ");
}

const joinAddress = (address: string, name: string): string => (address === "" ? name : `${address}.${name}`);

const moduleAddressOf = (key: string): string =>
  key
    .split(".")
    .filter(Boolean)
    .map((name) => `module.${name}`)
    .join(".");

const joinKey = (key: string, name: string): string => (key === "" ? name : `${key}.${name}`);

const namesOf = (shown: object | undefined, found: ReadonlyMap<string, unknown>): readonly string[] => [
  ...new Set([...Object.keys(shown ?? {}), ...found.keys()]),
];

/** Reports what one side alone has. */
function compareExistence<T>(owner: Owner, shown: T | undefined, then: (shown: T, block: Block) => void): void {
  if (owner.block && shown !== undefined) then(shown, owner.block);
  else addDifference(owner, owner.block ? notInPlan : onlyInPlan);
}

// --- modules

const noBlocks: ReadonlySet<string> = new Set();

const callNames: MetaNames = {
  attributes: new Set(["source", "version", "count", "for_each", "depends_on", "providers"]),
  blocks: noBlocks,
};

function compareModule(comparison: Comparison, key: string, shown: ModuleConfig): void {
  const { configuration, add, keyKinds } = comparison;
  const address = moduleAddressOf(key);
  const module = configuration.module(key);
  if (!module) return;
  if (module.problem) {
    add({ address, text: "this file could not be read", position: module.problem });
    return;
  }
  const pair = { key, address, module, shown };
  compareResources(comparison, pair);
  compareProviders(comparison, pair);
  compareVariables(comparison, pair);
  compareOutputs(comparison, pair);
  for (const name of namesOf(shown.module_calls, module.calls)) {
    const owner = { address: joinAddress(address, `module.${name}`), block: module.calls.get(name), add };
    compareExistence(owner, ownItem(shown.module_calls, name), (call, block) => {
      compareBody(owner, call.expressions ?? {}, block.body, callNames);
      compareRepetition(owner, call, block, keyKinds.get(owner.address));
      compareDependencies(owner, call.depends_on, block);
      const innerKey = joinKey(key, name);
      if (isInstalled(configuration.module(innerKey), call.module))
        compareModule(comparison, innerKey, call.module ?? {});
      else addDifference(owner, "its source is not in the directory, run: terraform init");
    });
  }
}

/** A directory without content stands for a module that has not been installed, unless the plan's has none either. */
function isInstalled(module: Module | undefined, shown: ModuleConfig = {}): boolean {
  if (!module) return false;
  const { calls, locals, outputs, providers, requiredProviders, resources, variables, problem } = module;
  const content = [calls, locals, outputs, providers, requiredProviders, resources, variables];
  return problem !== undefined || content.some(({ size }) => size > 0) || Object.keys(shown).length === 0;
}

// --- resources

/** Written in a resource's block, but no attributes of it. */
const resourceNames: MetaNames = {
  attributes: new Set(["count", "for_each", "provider", "depends_on"]),
  blocks: new Set(["connection", "lifecycle", "provisioner"]),
};

function compareResources(comparison: Comparison, pair: ModulePair): void {
  const { module, address, shown } = pair;
  const configs = new Map((shown.resources ?? []).map((one) => [`${one.mode} ${one.type}.${one.name}`, one] as const));
  for (const id of new Set<string>([...configs.keys(), ...module.resources.keys()])) {
    const [mode, name = ""] = id.split(" ");
    if (mode !== "managed" && mode !== "data") continue;
    const owner = {
      address: joinAddress(address, mode === "data" ? `data.${name}` : name),
      block: module.resources.get(id),
      add: comparison.add,
    };
    compareExistence(owner, (configs as ReadonlyMap<string, ResourceConfig>).get(id), (config, block) => {
      compareBody(owner, config.expressions ?? {}, block.body, resourceNames);
      compareRepetition(owner, config, block, mode === "managed" ? comparison.keyKinds.get(owner.address) : undefined);
      compareDependencies(owner, config.depends_on, block);
      compareProvider(comparison, pair, owner, config, block);
    });
  }
}

type KeyKind = "count" | "for_each" | "none";

/** The kinds of keys that instances have, by the address of their resource or module without keys. */
type KeyKinds = ReadonlyMap<string, ReadonlySet<KeyKind>>;

function keyKindsOf(instances: readonly Instance[]): KeyKinds {
  const kinds = new Map<string, Set<KeyKind>>();
  const add = (address: string, key: string | number | undefined) => {
    const kind = key === undefined ? "none" : typeof key === "number" ? "count" : "for_each";
    kinds.set(address, (kinds.get(address) ?? new Set()).add(kind));
  };
  for (const { after, mode, moduleAddress, type, name, key } of instances) {
    // A data source may still stand in the state under the keys of an earlier configuration.
    if (!after || mode !== "managed") continue;
    let address = "";
    for (const step of parseModuleAddress(moduleAddress)) {
      address = joinAddress(address, `module.${step.name}`);
      add(address, step.key);
    }
    add(joinAddress(address, `${type}.${name}`), key);
  }
  return kinds;
}

/** Compares `count` and `for_each`. Terraform leaves out one without references and constant: the keys tell then. */
function compareRepetition(
  owner: Owner,
  { count_expression, for_each_expression }: ResourceConfig | ModuleCall,
  { body }: Block,
  planned: ReadonlySet<KeyKind> = new Set(),
): void {
  let hasDifference = false;
  const compare = (name: string, shown: ResourceConfig["count_expression"]) => {
    const attribute = body.attribute(name);
    if (attribute && shown) compareExpression(owner, name, shown, attribute);
    else if (shown) {
      hasDifference = true;
      addDifference(owner, onlyInPlan, name);
    } else if (attribute && (referencesIn(attribute.expression).length > 0 || constantIn(attribute).kind === "value")) {
      hasDifference = true;
      addDifference(owner, notInPlan, name, attribute);
    }
  };
  compare("count", count_expression);
  compare("for_each", for_each_expression);
  const written: KeyKind = body.attribute("count") ? "count" : body.attribute("for_each") ? "for_each" : "none";
  const [kind] = planned;
  if (hasDifference || kind === undefined || planned.has(written)) return;
  if (kind === "none") addDifference(owner, notInPlan, written, body.attribute(written));
  else addDifference(owner, onlyInPlan, kind);
}

function compareDependencies(owner: Owner, shown: readonly string[] | undefined, { body }: Block): void {
  const attribute = body.attribute("depends_on");
  const { expression } = attribute ?? {};
  const elements = expression?.kind === "tuple" ? expression.elements : [];
  const references = elements.flatMap((element) =>
    referencesIn(attribute ? bareIn({ ...attribute, expression: element }) : element),
  );
  // An element of a kind that only older versions of Terraform take.
  if (references.length < elements.length) return;
  compareReferences(owner, "depends_on", shown, references, attribute);
}

// --- variables and outputs

function isTrue(attribute: Attribute | undefined): boolean {
  const constant = attribute && constantIn(attribute);
  return constant?.kind === "value" && (constant.json === true || constant.json === "true");
}

function compareVariables({ add }: Comparison, { module, address, shown: { variables } }: ModulePair): void {
  for (const name of namesOf(variables, module.variables)) {
    const owner = { address: joinAddress(address, `var.${name}`), block: module.variables.get(name), add };
    compareExistence(owner, ownItem(variables, name), (shown, block) => {
      const { default: json } = shown;
      const constant: ShownConstant = json === undefined ? { kind: "none" } : { kind: "value", json };
      if (!sameConstant(constant, defaultIn(block), { isUnordered: true }))
        addDifference(owner, otherConstant, "default", block.body.attribute("default"));
      compareSensitivity(owner, shown.sensitive, block);
    });
  }
}

function compareOutputs({ add }: Comparison, { module, address, shown: { outputs } }: ModulePair): void {
  for (const name of namesOf(outputs, module.outputs)) {
    const owner = { address: joinAddress(address, `output.${name}`), block: module.outputs.get(name), add };
    compareExistence(owner, ownItem(outputs, name), (shown, block) => {
      const attribute = block.body.attribute("value");
      if (attribute) compareExpression(owner, "value", shown.expression ?? {}, attribute);
      compareSensitivity(owner, shown.sensitive, block);
    });
  }
}

/** It decides what may be printed. */
function compareSensitivity(owner: Owner, shown: boolean | undefined, { body }: Block): void {
  const attribute = body.attribute("sensitive");
  if (isTrue(attribute) !== (shown === true))
    addDifference(owner, shown ? onlyInPlan : notInPlan, "sensitive", attribute);
}

// --- providers

const providerNames: MetaNames = { attributes: new Set(["alias", "version"]), blocks: noBlocks };

function compareProviders({ shown, add }: Comparison, { module, address }: ModulePair): void {
  const configs = new Map<string, ProviderConfig>();
  for (const config of Object.values(shown.provider_config ?? {}))
    if ((config.module_address ?? "") === address)
      configs.set(config.alias === undefined ? config.name : `${config.name}.${config.alias}`, config);
  for (const name of new Set([...configs.keys(), ...module.providers.keys()])) {
    const expressions = configs.get(name)?.expressions ?? {};
    const block = module.providers.get(name);
    const owner = { address: joinAddress(address, `provider.${name}`), block, add };
    if (block) compareBody(owner, expressions, block.body, providerNames);
    // A provider that is only required, or passed in, is listed without expressions.
    else if (Object.keys(expressions).length > 0) addDifference(owner, onlyInPlan);
  }
}

/** Compares which provider configuration manages a resource: Terraform names the one that all calls on the way pass on. */
function compareProvider(
  { configuration, shown: { provider_config = {} } }: Comparison,
  { key }: ModulePair,
  owner: Owner,
  { type, provider_config_key: shown }: ResourceConfig,
  { body }: Block,
): void {
  const attribute = body.attribute("provider");
  const name = attribute ? providerName(bareIn(attribute)) : type.split("_", 1)[0];
  // Versions differ in how far they follow a provider up.
  if (name === undefined || shown === undefined || !Object.hasOwn(provider_config, shown)) return;
  if (!providerKeys(configuration, key, name).includes(shown))
    addDifference(
      owner,
      `another provider configuration than in the plan, where it is ${shown}`,
      "provider",
      attribute,
    );
}

/** Keys of a provider configuration in its module and in those that it is passed from: "module.site:aws", "aws.use1". */
function providerKeys(configuration: Configuration, key: string, name: string): readonly string[] {
  const block = configuration.module(key)?.providers.get(name);
  if (key === "") return [name];
  const own = `${moduleAddressOf(key)}:${name}`;
  if (block && !isProxyBlock(block)) return [own];
  const end = key.lastIndexOf(".");
  const parent = key.slice(0, Math.max(0, end));
  const call = configuration.module(parent)?.calls.get(key.slice(end + 1));
  const passed = call?.body.attribute("providers")?.expression;
  const item =
    passed?.kind === "object" ? passed.items.find((one) => providerName(one.key) === name)?.value : undefined;
  const outer = item ? providerName(item) : name;
  return outer === undefined ? [own] : [own, ...providerKeys(configuration, parent, outer)];
}

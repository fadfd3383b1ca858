// A module instance: its variables, local values, outputs, calls and resources, evaluated when they are asked for.

import { type Configuration, type Module, providerName } from "./configuration.ts";
import { type Constant, convert } from "./convert.ts";
import { type Budget, evaluate, type Scope } from "./evaluate.ts";
import { bareExpression } from "./json-syntax.ts";
import { toInteger } from "./number.ts";
import {
  type InstanceKey,
  instanceValue,
  type ModuleStep,
  type PlannedInstance,
  type PlannedValues,
  type ResourceId,
  valueFromJson,
} from "./planned.ts";
import type { Attribute, Block, Expression, SourceFile } from "./syntax.ts";
import { type Type, typeFrom } from "./type.ts";
import {
  computed,
  derived,
  expanded,
  isIdentifier,
  isWhollyKnown,
  nothing,
  number,
  object,
  string,
  tuple,
  type UnknownValue,
  unknown,
  type Value,
  withSensitivity,
} from "./value.ts";

export interface ModuleScope {
  readonly module: Module;
  readonly steps: readonly ModuleStep[];
  /** The module that calls it; nothing for the root module. */
  readonly parent: ModuleScope | undefined;
  /** The call, and where the names in it are looked up. */
  readonly call: { readonly block: Block; readonly scope: Scope } | undefined;
  /** Names of the module, with the `each` and `count` of one instance. */
  readonly scope: (file: SourceFile, repetition?: Repetition) => Scope;
  readonly child: (name: string, key: InstanceKey) => ModuleScope | undefined;
  /** `each` and `count` in the block of a resource or a call. */
  readonly repetition: (block: Block, key: InstanceKey) => Repetition;
}

export interface Repetition {
  readonly each?: Value;
  readonly count?: Value;
}

/** More instances than a provider could plan; each of them is a value. */
const maxInstances = 10_000;

interface Context {
  readonly configuration: Configuration;
  readonly planned: PlannedValues;
  readonly budget: Budget;
  /** Gives a question all its steps, unless it is part of another one. */
  readonly asked: <T>(answer: () => T) => T;
  /** What the configuration gives an attribute. */
  readonly writtenFor: (id: ResourceId, key: InstanceKey, name: string) => Value | undefined;
}

const namespace = (get: (name: string) => Value | undefined, names: () => readonly string[] = () => []): Value => ({
  kind: "lazy",
  names,
  get,
});

/** Where no name means anything. */
export const constantScope = (file: SourceFile, budget: Budget): Scope => ({
  root: () => undefined,
  file,
  budget,
  timestamp: undefined,
});

const isTrue = (attribute: Attribute | undefined): boolean =>
  attribute?.expression.kind === "literal" && attribute.expression.value === true;

/** An expression that JSON holds as a string: a type, or the name of a provider. */
export const bareIn = ({ expression }: Attribute): Expression =>
  expression.kind === "literal" && typeof expression.value === "string"
    ? bareExpression(expression.value, expression.at)
    : expression;

const keyText = (key: InstanceKey): string =>
  key === undefined ? "" : typeof key === "number" ? `[${key}]` : `[${JSON.stringify(key)}]`;

/** The module instance of some steps below the root. */
export function moduleScope(
  context: Context,
  module: Module,
  steps: readonly ModuleStep[],
  parent?: ModuleScope,
  call?: ModuleScope["call"],
): ModuleScope {
  const { planned, budget, configuration } = context;
  const memo = new Map<string, Value>();
  const evaluating = new Set<string>();
  const children = new Map<string, ModuleScope | undefined>();

  /** Evaluates once; a name that leads to itself ends there. */
  function once(name: string, compute: () => Value): Value {
    const found = memo.get(name);
    if (found) return found;
    if (evaluating.has(name)) return unknown({ kind: "cycle", name });
    evaluating.add(name);
    const value = context.asked(compute);
    evaluating.delete(name);
    // What was cut short may have more steps the next time.
    if (budget.steps > 0) memo.set(name, value);
    return value;
  }

  function variable(name: string): Value | undefined {
    const block = module.variables.get(name);
    if (!block) return undefined;
    return once(`var.${name}`, () => {
      const { body, file } = block;
      const written = body.attribute("type");
      const type: Type = (written && typeFrom(bareIn(written))) ?? "any";
      const constant: Constant = (expression) => evaluate(expression, constantScope(file, budget));
      const given = argument(name, body.attribute("ephemeral"));
      const isNullable = body.attribute("nullable")?.expression;
      const refusesNull = isNullable?.kind === "literal" && isNullable.value === false;
      const fallback = body.attribute("default");
      const value =
        given === undefined || (given.kind === "null" && refusesNull && fallback)
          ? fallback
            ? constant(fallback.expression)
            : unknown({ kind: "not-in-plan", name: `var.${name}` })
          : given;
      return withSensitivity(convert(value, type, constant), isTrue(body.attribute("sensitive")));
    });
  }

  function argument(name: string, ephemeral: Attribute | undefined): Value | undefined {
    if (isTrue(ephemeral)) return unknown({ kind: "ephemeral", name: `var.${name}` });
    if (call) {
      const written = call.block.body.attribute(name);
      return written && evaluate(written.expression, { ...call.scope, file: written.file });
    }
    return Object.hasOwn(planned.variables, name) ? valueFromJson(planned.variables[name] ?? null) : undefined;
  }

  function local(name: string): Value | undefined {
    const attribute = module.locals.get(name);
    return attribute && once(`local.${name}`, () => evaluate(attribute.expression, scope(attribute.file)));
  }

  function output(name: string): Value | undefined {
    const block = module.outputs.get(name);
    const attribute = block?.body.attribute("value");
    if (!block || !attribute) return undefined;
    return once(`output.${name}`, () =>
      withSensitivity(evaluate(attribute.expression, scope(attribute.file)), isTrue(block.body.attribute("sensitive"))),
    );
  }

  const outputs = (): Value => namespace(output, () => [...module.outputs.keys()]);

  /** `count` and `for_each`, evaluated: keys with their values; undefined where they are unknown. */
  function instancesOf(block: Block): { readonly keys: readonly InstanceKey[]; readonly forEach?: Value } | undefined {
    const count = block.body.attribute("count");
    if (count) {
      const value = convert(evaluate(count.expression, scope(count.file)), "number");
      if (value.kind !== "number") return undefined;
      const length = toInteger(value.number);
      return length !== undefined && length <= maxInstances
        ? { keys: Array.from({ length }, (_, index) => index) }
        : undefined;
    }
    const forEach = block.body.attribute("for_each");
    if (!forEach) return { keys: [undefined] };
    const value = expanded(evaluate(forEach.expression, scope(forEach.file)));
    if (value.kind === "mapping") return { keys: [...value.entries.keys()], forEach: value };
    if (value.kind !== "sequence" || !isWhollyKnown(value)) return undefined;
    return { keys: value.elements.flatMap((one) => (one.kind === "string" ? [one.text] : [])), forEach: value };
  }

  function repetition(block: Block, key: InstanceKey): Repetition {
    if (typeof key === "number") {
      return { count: namespace((name) => (name === "index" ? number(key) : undefined)) };
    }
    if (key === undefined) return {};
    const attribute = block.body.attribute("for_each");
    const value = () => {
      if (!attribute) return unknown({ kind: "not-in-plan", name: "each.value" });
      const all = expanded(evaluate(attribute.expression, scope(attribute.file)));
      if (all.kind === "mapping") {
        const found = all.entries.get(key);
        return found ? withSensitivity(found, all.sensitive) : unknown({ kind: "not-in-plan", name: "each.value" });
      }
      // The value of a set's element is its key.
      if (all.kind === "sequence") return withSensitivity(string(key), all.sensitive);
      return computed("each.value", [all]);
    };
    return {
      each: namespace((name) =>
        name === "key"
          ? string(key)
          : name === "value"
            ? memoized(memo, `each ${block.at} ${block.file.path} ${key}`, value)
            : undefined,
      ),
    };
  }

  function child(name: string, key: InstanceKey): ModuleScope | undefined {
    const id = `${name}${keyText(key)}`;
    if (children.has(id)) return children.get(id);
    const block = module.calls.get(name);
    const callee = configuration.module(module.key === "" ? name : `${module.key}.${name}`);
    const made =
      block && callee && !callee.problem
        ? moduleScope(context, callee, [...steps, { name, key }], self, {
            block,
            scope: scope(block.file, repetition(block, key)),
          })
        : undefined;
    children.set(id, made);
    return made;
  }

  function childOutputs(name: string, key: InstanceKey): Value {
    const made = child(name, key);
    return made ? namespaceOf(made) : unknown({ kind: "not-in-plan", name: `module.${name}` });
  }

  function moduleCall(name: string): Value | undefined {
    const block = module.calls.get(name);
    if (!block) return undefined;
    return once(`module.${name}`, () => {
      const keys = instancesOf(block)?.keys ?? planned.moduleKeys(steps, name);
      if (keys.length === 0 && !instancesOf(block)) return unknown({ kind: "not-in-plan", name: `module.${name}` });
      return repeated(block, keys, (key) => childOutputs(name, key), `module.${name}`);
    });
  }

  /** One value, a tuple by `count`, or an object by `for_each`. */
  function repeated(
    block: Block,
    keys: readonly InstanceKey[],
    make: (key: InstanceKey) => Value,
    name: string,
  ): Value {
    const isCounted = block.body.attribute("count") !== undefined;
    const isMapped = block.body.attribute("for_each") !== undefined;
    if (!isCounted && !isMapped) return keys.length === 1 ? make(keys[0]) : unknown({ kind: "not-in-plan", name });
    if (isCounted) {
      const indexes = keys.filter((key) => typeof key === "number").sort((one, other) => one - other);
      // An instance that -target left out would shift all others.
      return indexes.every((key, index) => key === index)
        ? tuple(indexes.map(make))
        : unknown({ kind: "not-in-plan", name });
    }
    return object(keys.flatMap((key) => (typeof key === "string" ? [[key, make(key)] as const] : [])));
  }

  function resource(mode: ResourceId["mode"], type: string, name: string): Value | undefined {
    const block = module.resources.get(`${mode} ${type}.${name}`);
    const address = `${mode === "managed" ? "" : `${mode}.`}${type}.${name}`;
    if (!block) return undefined;
    if (mode === "ephemeral") return unknown({ kind: "ephemeral", name: address });
    return once(address, () => {
      const id: ResourceId = { module: steps, mode, type, name };
      const instances = planned.instances(id);
      if (instances.length > 0) {
        const byKey = new Map(instances.map((instance) => [instance.key, instance]));
        // The instances that -target leaves out will exist as well.
        const meant = instancesOf(block)?.keys ?? [];
        const all = new Set(meant);
        const keys = [...byKey.keys()].every((key) => all.has(key)) ? meant : [...byKey.keys()];
        const attributesAt = (key: InstanceKey): Value => {
          const instance = byKey.get(key);
          return instance
            ? planAttributes(id, instance)
            : unknown({ kind: "not-in-plan", name: address + keyText(key) });
        };
        return repeated(block, keys, attributesAt, address);
      }
      // No instance: it is meant to have none, or the plan leaves it out.
      const isEmpty = instancesOf(block)?.keys.length === 0;
      return isEmpty ? repeated(block, [], () => nothing, address) : unknown({ kind: "not-in-plan", name: address });
    });
  }

  function planAttributes(id: ResourceId, instance: PlannedInstance): Value {
    const form = planned.collectionForm;
    const value = instanceValue(instance, form && ((path) => form(id, path)));
    if (value.kind !== "lazy") return value;
    return {
      ...value,
      get: (name) => {
        const found = value.get(name);
        return found?.kind === "unknown" ? (computedAttribute(id, instance, name, found) ?? found) : found;
      },
    };
  }

  /** What an attribute will be that is computed from the configuration of its resource alone, or what is known of it. */
  function computedAttribute(
    id: ResourceId,
    { key }: PlannedInstance,
    name: string,
    found: UnknownValue,
  ): Value | undefined {
    if (id.type === "terraform_data") {
      const input = name === "output" ? context.writtenFor(id, key, "input") : undefined;
      return input && derived(input, [found]);
    }
    if (isIdentifier(found)) return found;
    const value = planned.computedAttribute?.({ ...id, key }, name);
    if (!value && id.mode === "managed") {
      const written = context.writtenFor(id, key, name);
      return written && isIdentifier(written) ? { ...found, isIdentifier: true } : undefined;
    }
    // It is the attribute all the same, unchanged.
    return (
      value && withSensitivity({ ...value, ...(found.reference && { reference: found.reference }) }, found.sensitive)
    );
  }

  const types = (mode: ResourceId["mode"], type: string): Value => namespace((name) => resource(mode, type, name));

  function root(name: string): Value | undefined {
    switch (name) {
      case "var":
        return namespace(variable, () => [...module.variables.keys()]);
      case "local":
        return namespace(local, () => [...module.locals.keys()]);
      case "module":
        return namespace(moduleCall);
      case "data":
        return namespace((type) => types("data", type));
      case "ephemeral":
        return namespace((type) => types("ephemeral", type));
      case "path":
        return namespace((part) =>
          part === "module"
            ? string(module.directory)
            : part === "root"
              ? string(".")
              : unknown({ kind: "not-in-plan", name: `path.${part}` }),
        );
      case "terraform":
        return namespace((part) =>
          part === "workspace" && configuration.workspace !== undefined
            ? string(configuration.workspace)
            : unknown({ kind: "not-in-plan", name: `terraform.${part}` }),
        );
      case "resource":
        return namespace((type) => types("managed", type));
      case "self":
        return undefined;
      default:
        return types("managed", name);
    }
  }

  function scope(file: SourceFile, around: Repetition = {}): Scope {
    return {
      root: (name) => (name === "each" ? around.each : name === "count" ? around.count : root(name)),
      file,
      budget,
      timestamp: planned.timestamp,
    };
  }

  const self: ModuleScope = { module, steps, parent, call, scope, child, repetition };
  outputsOf.set(self, outputs);
  return self;
}

const outputsOf = new WeakMap<ModuleScope, () => Value>();

/** The outputs of a module instance as one object. */
export const namespaceOf = (scope: ModuleScope): Value => outputsOf.get(scope)?.() ?? nothing;

function memoized(memo: Map<string, Value>, key: string, compute: () => Value): Value {
  const found = memo.get(key);
  if (found) return found;
  const value = compute();
  memo.set(key, value);
  return value;
}

/** The block that configures a provider for a module, and where the names in it are looked up. */
export function providerBlock(
  scope: ModuleScope,
  name: string,
): { readonly block: Block; readonly scope: ModuleScope } | undefined {
  const own = scope.module.providers.get(name);
  if (own && !isProxyBlock(own)) return { block: own, scope };
  if (!scope.parent || !scope.call) return own && { block: own, scope };
  const passed = scope.call.block.body.attribute("providers");
  if (passed?.expression.kind === "object") {
    for (const { key, value } of passed.expression.items)
      if (providerName(key) === name) {
        const outer = providerName(value);
        return outer === undefined ? undefined : providerBlock(scope.parent, outer);
      }
  }
  // What is not passed is inherited, but for configurations with an alias.
  return name.includes(".") ? undefined : providerBlock(scope.parent, name);
}

/** An empty block that only declares that a provider is passed in. */
export const isProxyBlock = ({ body }: Block): boolean =>
  body.attributeNames().every((name) => name === "alias" || name === "version") &&
  body.blockTypes().every((type) => body.isJson || type === "");

// How a block is written: what its attributes come from, and which of its blocks is which. As a plan's JSON shows it here.

import type { Cause } from "../cause.ts";
import { text } from "../text.ts";
import type { ModuleStep } from "./address.ts";
import { eitherLink, type Link, linkByReference, type Targets } from "./link.ts";
import { maskAt, masksAny } from "./mask.ts";
import { oncePer } from "./once.ts";
import { ownItem } from "./own-item.ts";
import type { Expression, Expressions, Json, JsonObject, Mask } from "./plan.ts";
import { describeOrigin, isKnownLeaf, type Leaf, readExpression, type Scope, trace } from "./reference.ts";
import { unknown, type Value } from "./value.ts";
import type { Resource, View } from "./view.ts";

/** The configuration of a block, from the configuration itself or as far as a plan's JSON shows it. */
export interface BlockConfig {
  /** False where no configuration is shown, e.g. of a `dynamic` block; nothing is known of what is written then. */
  readonly isShown: boolean;
  /** Whether an attribute is written. */
  has(name: string): boolean;
  /** Whether an attribute is this constant, whatever else is unknown. */
  isConstant(name: string, value: null | ""): boolean;
  /** What the value of an attribute comes from. */
  leaves(name: string): readonly Leaf[];
  /** Why the value of an attribute is not known. */
  cause(name: string): Cause;
  /** What an attribute leads to whose value is not known; undefined where that leads to none of the targets. */
  link(name: string, targets: Targets): Link | undefined;
  /** What an attribute holds whose value the plan does not show, or not whole. */
  resolvedValue(name: string): ResolvedValue | undefined;
  /** The text of an attribute, or each of a list, as far as it is written out; nothing where it is not shown. */
  templates(name: string): readonly Template[];
  /** For each planned block of a type, how it is written. */
  blocks(name: string, planned: readonly Json[], options: PlannedBlocks): readonly BlockConfig[];
  /** The blocks of a type where the plan shows none of them; undefined if they can't be determined. */
  unplannedBlocks(name: string): readonly BlockConfig[] | undefined;
  /** What can be said of a block of a type of which nothing else is known. */
  any(name: string): BlockConfig;
}

/** A configuration that is evaluated over a plan. */
export interface EvaluatedConfiguration {
  /** How a resource instance is written; undefined where the configuration does not have it. */
  blockConfig(instance: InstanceId, view: View): BlockConfig | undefined;
  /** A setting of the provider that manages a resource; undefined where the configuration of that could not be read. */
  providerSetting(instance: InstanceId, setting: string, view: View): Value | undefined;
  /** The version of a provider, e.g. of "hashicorp/azurerm", as the lock file has it. */
  providerVersion(source: string): string | undefined;
  /** Of what has been asked for, the values that are one of several, by their places. */
  choices(): ReadonlyMap<string, Choice>;
  /** The same with one candidate, by its place in line, instead of each of these values. */
  choose(chosen: ReadonlyMap<string, number>): EvaluatedConfiguration;
}

/** A value that is one of several. */
export interface Choice {
  readonly count: number;
  /** Names the resource instance that it is part of. */
  readonly resource: string;
}

/** What finds a resource instance in a configuration. */
export interface InstanceId {
  readonly module: readonly ModuleStep[];
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
}

/** What is known of planned blocks beside their values. */
export interface PlannedBlocks {
  /** They are a set, whose order is not the configuration's. */
  readonly set?: boolean | undefined;
  /** What is unknown of each. */
  readonly masks: readonly Mask[];
}

/** A text of which parts are not known yet: those are attributes of resources, or undefined. */
export type Template = readonly (string | AttributeSource | undefined)[];

/** Where a part of a text comes from. */
export interface AttributeSource {
  readonly resource: Resource;
  readonly attribute: string;
}

/** A value that the configuration settles as far as the masks say. */
export interface ResolvedValue {
  readonly value: Json;
  readonly unknown: Mask;
  readonly sensitive: Mask;
}

export const hiddenConfig: BlockConfig = {
  isShown: false,
  has: () => false,
  isConstant: () => false,
  leaves: () => [],
  cause: () => ({
    reason: "after-apply",
    why: text`set in a dynamic block, whose expressions the JSON plan does not show (check the plan file to resolve this)`,
  }),
  link: () => undefined,
  resolvedValue: () => undefined,
  templates: () => [],
  blocks: (_, planned) => planned.map(() => hiddenConfig),
  unplannedBlocks: () => undefined,
  any: () => hiddenConfig,
};

/** A block that is not there, for certain. */
export const emptyConfig: BlockConfig = { ...hiddenConfig, isShown: true, cause: () => ({ reason: "after-apply" }) };

/** One that may have been written by any of these expressions: several for the elements of a set that look alike. */
export function configFromPlan(candidates: readonly Expressions[], scope: Scope): BlockConfig {
  let traced: Map<string, readonly Leaf[]> | undefined;
  const expressionsOf = (name: string): readonly Expression[] =>
    candidates.flatMap((one) => {
      const found = ownItem(one, name);
      return found === undefined ? [] : [readExpression(found)];
    });
  const any = (name: string): BlockConfig => blocksOf(name)?.rest ?? hiddenConfig;
  // Written part by part, without a spread: there can be very many.
  const written: BlockConfig = {
    isShown: true,
    resolvedValue: hiddenConfig.resolvedValue,
    unplannedBlocks: hiddenConfig.unplannedBlocks,
    has: (name) => candidates.some((one) => ownItem(one, name) !== undefined),
    isConstant: (name, value) => {
      const expressions = expressionsOf(name);
      return expressions.length > 0 && expressions.every((one) => isOnly(one, value));
    },
    leaves: (name) => {
      let leaves = traced?.get(name);
      if (!leaves) {
        leaves = expressionsOf(name).flatMap((one) => trace(one, scope));
        traced ??= new Map();
        traced.set(name, leaves);
      }
      return leaves;
    },
    cause: (name) => causeOf(written.leaves(name)),
    link: (name, targets) => {
      // Of blocks that look alike it can be any; one that is written as a constant is none that is unknown.
      const open = expressionsOf(name).filter((one) => (one.references ?? []).length > 0);
      const [first, ...others] = open.map(
        (one) => linkByReference(trace(one, scope), targets, scope) ?? unknown(written.cause(name)),
      );
      return first && others.reduce(eitherLink, first);
    },
    templates: (name) => expressionsOf(name).flatMap((one) => templatesIn(one, scope)),
    blocks,
    any,
  };
  return written;

  /** The blocks that are written, or what is written in their place; undefined where a plan does not tell. */
  function blocksOf(name: string): { readonly list?: readonly Expressions[]; readonly rest?: BlockConfig } | undefined {
    const expressions: unknown = candidates.length === 1 ? ownItem(candidates[0], name) : undefined;
    if (isObject(expressions) && isAttribute(expressions)) return partsOf(expressions, scope);
    const list = Array.isArray(expressions) ? expressions : [expressions];
    return list.every(isObject) ? { list: list as readonly Expressions[] } : undefined;
  }

  function blocks(name: string, items: readonly Json[], options: PlannedBlocks): readonly BlockConfig[] {
    const { list, rest = hiddenConfig } = blocksOf(name) ?? {};
    // With more blocks than are written, some are dynamic, and none is known to be a written one. Equal ones of a set are one.
    const tells =
      list &&
      (options.set
        ? list.length >= items.length && list.length * items.length <= maxPairs
        : list.length === items.length);
    const possible = tells ? list : undefined;
    return items.map((item, index) => {
      const values = isObject(item) ? item : {};
      const chosen = options.set ? possible?.filter((one) => agrees(one, values)) : possible?.slice(index, index + 1);
      return chosen?.length ? configFromPlan(chosen, scope) : rest;
    });
  }
}

/** The blocks of a set are compared each with each. No service takes sets of thousands. */
const maxPairs = 1_000_000;

/** JSON syntax, which is what CDKTF writes, shows a text although what stands in its "${…}" is known after apply alone. */
function templatesIn({ constant_value: constant }: Expression, scope: Scope): readonly Template[] {
  const texts = Array.isArray(constant) ? (constant as readonly Json[]) : [constant];
  return texts.flatMap((text) => (typeof text === "string" ? [templateIn(text, scope)] : []));
}

function templateIn(text: string, scope: Scope): Template {
  if (text.includes("%{")) return [undefined];
  // Every other part stands in braces.
  return text
    .split(/\$\{([^}]*)\}/)
    .map((part, index) => (index % 2 === 0 ? part : sourceOf(trace({ references: [part] }, scope))))
    .filter((part) => part !== "");
}

/** The attribute that is all that something comes from. */
export function sourceOf([leaf, another]: readonly Leaf[]): AttributeSource | undefined {
  if (leaf?.kind !== "resource" || another || leaf.isOneOf || leaf.isPart) return undefined;
  const [step, more] = leaf.attribute;
  return step && "name" in step && !more ? { resource: leaf.resource, attribute: step.name } : undefined;
}

/** An attribute that holds objects has one expression for all of it: each part of it comes from anything in that. */
function configFromWholeExpression(whole: Expression, scope: Scope): BlockConfig {
  const expression = readExpression(whole);
  const written: BlockConfig = {
    ...hiddenConfig,
    isShown: true,
    has: () => true,
    isConstant: (_, value) => isOnly(expression, value),
    leaves: () => trace(expression, scope),
    cause: () => causeOf(trace(expression, scope)),
    link: (_, targets) => linkByReference(trace(expression, scope), targets, scope),
    blocks: (_, planned) => planned.map(() => written),
    any: () => written,
  };
  return written;
}

/** Why something is not known that comes from leaves. Many instances can share very many of them. */
const causeOf = oncePer((leaves: readonly Leaf[]): Cause => {
  const open = leaves.find((leaf) => !isKnownLeaf(leaf));
  const from = open && describeOrigin(open);
  if (open?.kind === "opaque" && /(^|\.)local\./.test(open.reference)) {
    return {
      reason: "after-apply",
      from,
      why: text`and the JSON plan does not show what local values hold (check the plan file to resolve this)`,
    };
  }
  if (open) return { reason: "after-apply", from };
  const [known] = leaves;
  if (!known || known.reference === "a constant") return { reason: "after-apply" };
  return {
    reason: "after-apply",
    from: describeOrigin(known),
    why: text`by an expression that the JSON plan does not hold (check the plan file to resolve this)`,
  };
});

/** Of JSON syntax, "" can stand beside references; null is written alone. */
const isOnly = ({ constant_value: constant, references = [] }: Expression, value: null | ""): boolean =>
  constant === value && (value === "" || references.length === 0);

/** An attribute that holds objects, as newer providers have in place of blocks. */
const isAttribute = (written: object): written is Expression =>
  "constant_value" in written || ("references" in written && !isObject(written.references));

/** What is constant is written key by key; of the rest a plan shows only what all of it refers to. */
function partsOf(
  whole: Expression,
  scope: Scope,
): { readonly list?: readonly Expressions[]; readonly rest?: BlockConfig } {
  const { constant_value: constant, references = [] } = readExpression(whole);
  if (references.length > 0 || typeof constant !== "object" || constant === null) {
    return { rest: configFromWholeExpression(whole, scope) };
  }
  const objects = (Array.isArray(constant) ? constant : [constant]) as readonly JsonObject[];
  return {
    list: objects.map((object) =>
      Object.fromEntries(Object.entries(object ?? {}).map(([name, value]) => [name, { constant_value: value }])),
    ),
  };
}

/** Whether the constants of a configured block are the planned values. */
function agrees(expressions: Expressions, values: JsonObject): boolean {
  return Object.entries(expressions).every(([name, expression]: [string, unknown]) => {
    const planned = ownItem(values, name);
    if (Array.isArray(expression)) {
      return (
        Array.isArray(planned) &&
        expression.every(
          (one) => isObject(one) && planned.some((item) => agrees(one as Expressions, isObject(item) ? item : {})),
        )
      );
    }
    const { constant_value: constant, references } = readExpression(expression);
    if (constant === undefined || references?.length || planned == null) return true;
    if (typeof constant === "object" || typeof planned === "object") return true;
    return String(constant) === String(planned);
  });
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a plan shows of a value, with what is settled in place of what it does not show. */
export function fillUnknowns(planned: ResolvedValue, settled: ResolvedValue): ResolvedValue {
  if (planned.unknown === true) return { ...settled, sensitive: either(planned.sensitive, settled.sensitive) };
  if (!masksAny(planned.unknown) || typeof planned.value !== "object" || planned.value === null) return planned;
  const [here, there] = [planned.value, settled.value];
  if (typeof there !== "object" || there === null || Array.isArray(here) !== Array.isArray(there)) return planned;
  // Objects can be a set's, whose order is not the configuration's.
  if (Array.isArray(here) && (here.length !== (there as readonly Json[]).length || here.some(isObject))) return planned;
  const names = new Set([...Object.keys(here), ...Object.keys(planned.unknown)]);
  const partOf = ({ value, unknown, sensitive }: ResolvedValue, name: string): ResolvedValue => ({
    value: ownItem(value as JsonObject, name) ?? null,
    unknown: maskAt(unknown, name),
    sensitive: maskAt(sensitive, name),
  });
  const parts = [...names].map((name) => [name, fillUnknowns(partOf(planned, name), partOf(settled, name))] as const);
  const each = <T>(part: (one: ResolvedValue) => T) => {
    const found = parts.map(([name, one]) => [name, part(one)] as const);
    return Array.isArray(here) ? found.map(([, one]) => one) : Object.fromEntries(found);
  };
  return {
    value: each((one) => one.value) as Json,
    unknown: each((one) => one.unknown) as Mask,
    sensitive: each((one) => one.sensitive) as Mask,
  };
}

const either = (one: Mask, other: Mask): Mask => (masksAny(one) ? one : other);

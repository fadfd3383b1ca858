// Answers what the configuration says about an attribute or a block of one resource instance.

import { type Configuration, providerName } from "./configuration.ts";
import { convert, equal } from "./convert.ts";
import { attributeOf, indexIn } from "./element.ts";
import { type Budget, evaluate, type Scope, withName } from "./evaluate.ts";
import { isJsonObject, type Json, type Mask, maskBelow } from "./json.ts";
import { bareIn, type ModuleScope, moduleScope, namespaceOf, providerBlock } from "./module-scope.ts";
import type { InstanceId, InstanceKey, ModuleStep, PlannedInstance, PlannedValues, ResourceId } from "./planned.ts";
import { valueFromJson } from "./planned.ts";
import { type Block, type Body, type Position, positionAt, type SourceFile } from "./syntax.ts";
import {
  type Cause,
  candidates,
  computed,
  expanded,
  isWhollyKnown,
  limitReached,
  nothing,
  number,
  string,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

/** A block of a resource after `dynamic` has been expanded. */
export interface ExpandedBlock {
  /** "possible": whether there is such a block is unknown. */
  readonly presence: "always" | "possible";
  readonly attributeNames: () => readonly string[];
  /** The value of an attribute; undefined if nothing is written. */
  readonly attribute: (name: string) => Value | undefined;
  readonly blocks: (type: string) => BlockList;
  /** Types of the blocks in it, and in JSON names of attributes as well. */
  readonly blockTypes: () => readonly string[];
  /** Where the block starts. */
  readonly position: Position;
  /** Where an attribute stands; undefined if nothing is written. */
  readonly positionOf: (name: string) => Position | undefined;
}

export interface BlockList {
  /** In the order of the configuration. */
  readonly blocks: readonly ExpandedBlock[];
  /** Why there may be further blocks, or other ones; undefined where these are all. */
  readonly open: Cause | undefined;
  /** They are written as an attribute that holds objects. */
  readonly isAttribute?: true;
}

export type AttributePath = readonly (string | number)[];

export interface Evaluator {
  /**
   * The value that the configuration gives an attribute: `["viewer_certificate", 0, "acm_certificate_arn"]`. Undefined
   * if nothing is written for it. Indexes of blocks are those of the plan.
   */
  readonly evaluateAttribute: (instance: InstanceId, path: AttributePath) => Value | undefined;
  /** The resource's own block, and with it all that is written for the instance. */
  readonly resourceBlock: (instance: InstanceId) => ExpandedBlock | undefined;
  readonly blocksOf: (instance: InstanceId, type: string) => BlockList;
  /** A setting of the provider that manages the resource: null if its configuration does not have it. */
  readonly providerSetting: (resource: ResourceId, name: string) => Value;
  /** An output of a module instance, or of the root module. */
  readonly output: (module: readonly ModuleStep[], name: string) => Value | undefined;
  /** Where an attribute or a block is written; undefined if nothing is. */
  readonly positionOf: (instance: InstanceId, path: AttributePath) => Position | undefined;
}

/** Steps for one question: expressions, elements and characters that a function looks at. */
const stepsPerQuestion = 500_000;

/** More than a question about any real configuration takes. What a question takes beyond it, all of them together share. */
const freeSteps = 5000;
const sharedSteps = 2_000_000;

const noBlocks: BlockList = { blocks: [], open: undefined };

/** Evaluates a configuration over a plan; both are only read. */
export function createEvaluator(configuration: Configuration, planned: PlannedValues): Evaluator {
  const budget: Budget = { steps: stepsPerQuestion, depth: 0 };
  const rootModule = configuration.module("");
  const context = { configuration, planned, budget, asked, writtenFor };
  let isAsking = false;
  let shared = sharedSteps;
  const root = rootModule && !rootModule.problem ? moduleScope(context, rootModule, []) : undefined;

  function writtenFor(id: ResourceId, key: InstanceKey, name: string): Value | undefined {
    return resourceBlock({ ...id, key })?.attribute(name);
  }

  function scopeOf(steps: readonly ModuleStep[]): ModuleScope | undefined {
    let scope = root;
    for (const { name, key } of steps) scope = scope?.child(name, key);
    return scope;
  }

  /** A new question has steps of its own; a question in a question shares them. */
  function asked<T>(answer: () => T): T {
    if (isAsking) return answer();
    const steps = Math.min(stepsPerQuestion, freeSteps + shared);
    budget.steps = steps;
    budget.depth = 0;
    isAsking = true;
    try {
      return answer();
    } finally {
      isAsking = false;
      shared -= Math.max(0, Math.min(steps, steps - budget.steps) - freeSteps);
    }
  }

  /** Errors are Terraform's to report: one that it did not report is a bug here. */
  const settled = (value: Value): Value =>
    value.kind === "error" ? unknown({ kind: "failed", message: value.message }) : value;

  function resourceBlock(id: InstanceId): ExpandedBlock | undefined {
    const scope = scopeOf(id.module);
    const block = scope?.module.resources.get(`${id.mode} ${id.type}.${id.name}`);
    if (!scope || !block) return undefined;
    return expandedBlock(block.body, scope.scope(block.file, scope.repetition(block, id.key)), block, "always");
  }

  function instanceOf(id: InstanceId): PlannedInstance | undefined {
    return planned.instances(id).find(({ key }) => key === id.key);
  }

  function evaluateAttribute(id: InstanceId, path: AttributePath): Value | undefined {
    return asked(() => {
      const block = resourceBlock(id);
      if (!block) return missing(id);
      const instance = instanceOf(id);
      const value = valueAt(block, path, instance?.values, instance?.unknown ?? false);
      return value && settled(value);
    });
  }

  /** Nothing is known of a resource that is not in the configuration, or in a file that could not be read. */
  const missing = (id: ResourceId): UnknownValue =>
    unreadable(id) ?? unknown({ kind: "not-in-configuration", name: `${id.type}.${id.name}` });

  /** A module whose files could not be read leaves all of its attributes unknown. */
  function unreadable({ module: steps }: ResourceId): UnknownValue | undefined {
    let key = "";
    for (const step of [undefined, ...steps]) {
      if (step) key = key === "" ? step.name : `${key}.${step.name}`;
      const problem = configuration.module(key)?.problem;
      if (problem) return unknown({ kind: "syntax", position: problem });
    }
    return undefined;
  }

  function positionOf(id: InstanceId, path: AttributePath): Position | undefined {
    return asked(() => {
      let block = resourceBlock(id);
      let json: Json | undefined = instanceOf(id)?.values;
      let mask: Mask = instanceOf(id)?.unknown ?? false;
      let position = block?.position;
      for (let at = 0; block && at < path.length; ) {
        const name = `${path[at]}`;
        const index = path[at + 1];
        const list: BlockList = block.blocks(name);
        if (list.blocks.length === 0 || typeof index !== "number")
          return block.positionOf(name) ?? list.blocks[0]?.position;
        const all: Json | undefined = isJsonObject(json) ? json[name] : undefined;
        const below = maskBelow(mask, name);
        const [found] = blocksAt(list.blocks, all, below, index);
        json = Array.isArray(all) ? (all[index] as Json | undefined) : all;
        mask = maskBelow(below, index);
        block = found;
        position = found?.position;
        at += 2;
      }
      return position;
    });
  }

  return {
    evaluateAttribute,
    positionOf,
    resourceBlock: (id) => asked(() => resourceBlock(id)),
    blocksOf: (id, type) =>
      asked(() => {
        const block = resourceBlock(id);
        return block ? block.blocks(type) : { blocks: [], open: missing(id).cause };
      }),
    providerSetting: (id, name) =>
      asked(() => {
        const scope = scopeOf(id.module);
        const block = scope?.module.resources.get(`${id.mode} ${id.type}.${id.name}`);
        if (!scope || !block) return missing(id);
        const written = block.body.attribute("provider");
        const provider = (written && providerName(bareIn(written))) ?? (id.type.split("_", 1)[0] as string);
        const found = providerBlock(scope, provider);
        const attribute = found?.block.body.attribute(name);
        return attribute && found
          ? settled(evaluate(attribute.expression, found.scope.scope(attribute.file)))
          : nothing;
      }),
    output: (steps, name) =>
      asked(() => {
        const scope = scopeOf(steps);
        const value = scope && attributeOf(namespaceOf(scope), name);
        return value && settled(value);
      }),
  };

  // --- blocks

  function expandedBlock(
    body: Body,
    scope: Scope,
    at: { at: number; file: SourceFile },
    presence: ExpandedBlock["presence"],
  ): ExpandedBlock {
    const made = new Map<string, BlockList>();
    return {
      presence,
      attributeNames: body.attributeNames,
      blockTypes: () => [
        ...new Set([
          ...body.blockTypes().filter((type) => type !== "dynamic"),
          ...body.blocks("dynamic", 1).map(({ labels }) => labels[0] ?? ""),
        ]),
      ],
      attribute: (name) => {
        const attribute = body.attribute(name);
        return attribute && asked(() => settled(evaluate(attribute.expression, { ...scope, file: attribute.file })));
      },
      blocks: (type) => {
        const found = made.get(type) ?? asked(() => blocksIn(body, type, scope, presence));
        made.set(type, found);
        return found;
      },
      get position() {
        return positionAt(at.file, at.at);
      },
      positionOf: (name) => {
        const attribute = body.attribute(name);
        return attribute && positionAt(attribute.file, attribute.at);
      },
    };
  }

  function blocksIn(body: Body, type: string, scope: Scope, presence: ExpandedBlock["presence"]): BlockList {
    const dynamic = body.blocks("dynamic", 1).filter(({ labels }) => labels[0] === type);
    const fixed = body.blocks(type, 0);
    const attribute = fixed.length === 0 && dynamic.length === 0 ? body.attribute(type) : undefined;
    // Some blocks may be written as an attribute: a list of objects.
    if (attribute) {
      const value = evaluate(attribute.expression, { ...scope, file: attribute.file });
      return { ...blocksFromValue(value, positionAt(attribute.file, attribute.at)), isAttribute: true };
    }
    const all = [...fixed, ...dynamic].sort((one, other) => (one.file === other.file ? one.at - other.at : 0));
    const lists = all.map(
      (block): BlockList =>
        block.type === "dynamic"
          ? dynamicBlocks(block, type, scope, presence)
          : { blocks: [expandedBlock(block.body, scope, block, presence)], open: undefined },
    );
    return {
      blocks: lists.flatMap(({ blocks }) => blocks),
      open: lists.find(({ open }) => open !== undefined)?.open,
    };
  }

  function dynamicBlocks(block: Block, type: string, scope: Scope, presence: ExpandedBlock["presence"]): BlockList {
    const forEach = block.body.attribute("for_each");
    const [content] = block.body.blocks("content", 0);
    if (!forEach || !content) return noBlocks;
    const written = block.body.attribute("iterator");
    const iterator = (written && providerName(bareIn(written))) ?? type;
    const value = evaluate(forEach.expression, { ...scope, file: forEach.file });
    const make = (key: Value, element: Value, isCertain: boolean): ExpandedBlock => {
      const item: Value = {
        kind: "lazy",
        names: () => ["key", "value"],
        get: (name) => (name === "key" ? key : name === "value" ? element : undefined),
      };
      return expandedBlock(content.body, withName(scope, iterator, item), content, isCertain ? presence : "possible");
    };
    const expand = (collection: Value, isCertain: boolean): BlockList => {
      const all = expanded(collection);
      if (all.kind === "candidates") {
        const lists = all.values.map((one) => expand(one, false));
        return {
          blocks: lists.flatMap(({ blocks }) => blocks),
          open: { kind: "computed", by: `dynamic "${type}"` },
        };
      }
      if (all.kind === "mapping")
        return { blocks: [...all.entries].map(([name, one]) => make(string(name), one, isCertain)), open: undefined };
      if (all.kind === "sequence")
        return {
          blocks: all.elements.map((one, index) => make(all.form === "set" ? one : number(index), one, isCertain)),
          open: undefined,
        };
      const cause = settled(all);
      const open: Cause = cause.kind === "unknown" ? cause.cause : { kind: "computed", by: `dynamic "${type}"` };
      const element = computed(`dynamic "${type}"`, [all]);
      return { blocks: [make(element, element, false)], open };
    };
    return expand(value, true);
  }

  function blocksFromValue(value: Value, position: Position): BlockList {
    const all = expanded(value);
    if (all.kind === "null") return noBlocks;
    if (all.kind === "candidates") {
      const lists = all.values.map((one) => blocksFromValue(one, position));
      return {
        blocks: lists.flatMap(({ blocks }) => blocks.map((block) => ({ ...block, presence: "possible" as const }))),
        open: { kind: "computed", by: "a conditional" },
      };
    }
    const elements = all.kind === "sequence" ? all.elements : all.kind === "mapping" ? [all] : undefined;
    if (!elements) {
      const cause = settled(all);
      return cause.kind === "unknown" ? { blocks: [], open: cause.cause } : noBlocks;
    }
    const made = elements.map((one) => {
      const entries = expanded(one);
      const object = entries.kind === "mapping" ? entries.entries : new Map<string, Value>();
      const block: ExpandedBlock = {
        presence: "always",
        attributeNames: () => [...object.keys()],
        attribute: (name) => object.get(name),
        blocks: (type) => {
          const inner = object.get(type);
          return inner ? blocksFromValue(inner, position) : noBlocks;
        },
        blockTypes: () => [...object.keys()],
        position,
        positionOf: (name) => (object.has(name) ? position : undefined),
      };
      return block;
    });
    return { blocks: made, open: undefined };
  }

  // --- values by the paths of a plan

  function valueAt(block: ExpandedBlock, path: AttributePath, json: Json | undefined, mask: Mask): Value | undefined {
    const [name, index, ...rest] = path;
    if (typeof name !== "string") return undefined;
    if (budget.steps <= 0) return limitReached;
    const list = typeof index === "number" ? blockListOf(block, name) : undefined;
    if (!list || (list.blocks.length === 0 && list.open === undefined)) {
      const value = block.attribute(name);
      if (!value || typeof index !== "number") return value && stepsInto(value, path.slice(1));
      const planned = isJsonObject(json) ? json[name] : undefined;
      return stepsInto(elementAt(value, planned, maskBelow(mask, name), index), rest);
    }
    const below = isJsonObject(json) ? json[name] : undefined;
    const found = blocksAt(list.blocks, below, maskBelow(mask, name), index as number);
    const values = found.map((one) =>
      rest.length === 0
        ? objectOf(one)
        : valueAt(
            one,
            rest,
            Array.isArray(below) ? (below[index as number] as Json) : undefined,
            maskBelow(maskBelow(mask, name), index as number),
          ),
    );
    const written = values.map((value) => value ?? nothing);
    if (list.open) return withCause(written, list.open);
    return values.every((value) => value === undefined) ? undefined : candidates(written);
  }

  /** Blocks of a name; undefined where it is an attribute, as far as the syntax shows. */
  function blockListOf(block: ExpandedBlock, name: string): BlockList | undefined {
    const list = block.blockTypes().includes(name) ? block.blocks(name) : undefined;
    return list?.isAttribute ? undefined : list;
  }

  /** A whole block as an object. */
  function objectOf(block: ExpandedBlock): Value {
    return {
      kind: "lazy",
      names: block.attributeNames,
      get: (name) => block.attribute(name),
    };
  }
}

const withCause = (values: readonly Value[], cause: Cause): Value => candidates([...values, unknown(cause)]);

const stepsInto = (value: Value, steps: AttributePath): Value =>
  steps.reduce<Value>(
    (at, step) => (typeof step === "number" ? indexIn(at, number(step)) : attributeOf(at, step)),
    value,
  );

/**
 * The element that can be the one at an index of the plan. Where it is a set, the plan's order is not that of the
 * configuration: an element with another known value is not it.
 */
function elementAt(value: Value, json: Json | undefined, mask: Mask, index: number): Value {
  if (value.kind !== "sequence" || !Array.isArray(json)) return indexIn(value, number(index));
  const isUnknown = maskBelow(mask, index) === true;
  const possible = value.elements.filter((one) =>
    isUnknown ? !isWhollyKnown(one) : mayBe(one, (json[index] ?? null) as Json),
  );
  const own = value.elements[index];
  // The plan shows fewer: what is equal in a set counts once.
  if (possible.length === 0) return own ?? unknown({ kind: "mismatch" });
  const known = possible.find((one) => !isUnknown && isWhollyKnown(one));
  const found = known ?? candidates(possible);
  return value.sensitive ? { ...found, sensitive: true } : found;
}

/**
 * The blocks that can be the one at an index of the plan. The plan's order is not the configuration's where the blocks
 * are a set: a block that has another known value there is not it.
 */
export function blocksAt(
  blocks: readonly ExpandedBlock[],
  json: Json | undefined,
  mask: Mask,
  index: number,
): readonly ExpandedBlock[] {
  const certain = blocks.filter(({ presence }) => presence === "always");
  if (!Array.isArray(json)) return blocks[index] ? [blocks[index]] : blocks;
  const fits = (block: ExpandedBlock, at: number): boolean => {
    const element: Json | undefined = json[at];
    if (!isJsonObject(element)) return true;
    return block.attributeNames().every((name) => {
      if (!Object.hasOwn(element, name) || maskBelow(maskBelow(mask, at), name) === true) return true;
      const value = block.attribute(name);
      return value === undefined || mayBe(value, element[name] ?? null);
    });
  };
  const possible = blocks.filter((block) => fits(block, index));
  if (possible.length < 2 || certain.length !== json.length) return possible;
  // One that no other element can be is not this one.
  const own = blocks[index];
  const isInOrder = own !== undefined && blocks.every((block, at) => fits(block, at));
  const others = json.map((_, at) => blocks.filter((block) => fits(block, at)));
  const taken = others.flatMap((list, at) => (at !== index && list.length === 1 ? list : []));
  const left = possible.filter((block) => !taken.includes(block));
  if (left.length === 1) return left;
  // Equal in all that is known: whichever it is, the order of the configuration serves as well as any.
  return isInOrder && own && left.includes(own) ? sortedFirst(left, own) : left;
}

const sortedFirst = (blocks: readonly ExpandedBlock[], first: ExpandedBlock): readonly ExpandedBlock[] => [
  first,
  ...blocks.filter((block) => block !== first),
];

/** Whether a value of the configuration can have become a planned one. */
export function mayBe(value: Value, json: Json): boolean {
  switch (value.kind) {
    case "string":
    case "number":
    case "boolean": {
      if (typeof json === "object") return false;
      const planned = valueFromJson(json);
      const answer = equal(convert(value, "string"), convert(planned, "string"));
      if (answer.kind !== "boolean" || answer.truth) return true;
      const [one, other] = [convert(value, "number"), convert(planned, "number")];
      return one.kind === "number" && other.kind === "number" && isTrue(equal(one, other));
    }
    default:
      return true;
  }
}

const isTrue = (value: Value): boolean => value.kind === "boolean" && value.truth;

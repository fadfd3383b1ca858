// What differs between a block of the configuration and what a plan shows of it: attributes, nested blocks, references, constants.
// https://developer.hashicorp.com/terraform/internals/json-format#block-expressions-representation

import { constantIn, type ShownConstant } from "../hcl/constant.ts";
import { referencesIn, referencesInBlock } from "../hcl/references.ts";
import { type Attribute, type Block, type Body, type Position, positionAt, type SourceFile } from "../hcl/syntax.ts";
import { extended } from "./address.ts";
import { ownItem } from "./own-item.ts";
import type { Expression, Expressions, Json, JsonObject } from "./plan.ts";
import { holdsObjects, sameConstant } from "./same-constant.ts";

/** One difference: of a module, a resource, a provider or one of their attributes. It holds names, never values. */
export interface Difference {
  /** `module.site.aws_lb.main`; "" for the root module. */
  readonly address: string;
  /** `default_action[0].type`; none where the whole differs. */
  readonly attribute?: string | undefined;
  readonly text: string;
  /** Where it is written in the directory. */
  readonly position?: Position | undefined;
}

/** A node of the syntax tree with its file. */
interface Written {
  readonly at: number;
  readonly file: SourceFile;
}

/** What the compared attributes belong to. */
export interface Owner {
  readonly address: string;
  /** Where it is written; nothing for what is in the plan alone. */
  readonly block: Block | undefined;
  readonly add: (difference: Difference) => void;
}

export const onlyInPlan = "only in the plan";
export const notInPlan = "not in the plan";
export const otherConstant = "another constant than in the plan";

export function addDifference({ address, block, add }: Owner, text: string, attribute?: string, node?: Written): void {
  const at = node ?? block;
  add({ address, attribute, text, position: at && positionAt(at.file, at.at) });
}

/** Names that are no attributes of a block. */
export interface MetaNames {
  readonly attributes: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
}

const noMetaNames: MetaNames = { attributes: new Set(), blocks: new Set() };

/** Compares attributes and blocks. Terraform leaves out `dynamic` blocks, and blocks that JSON writes as null or []. */
export function compareBody(
  owner: Owner,
  shown: Expressions,
  body: Body,
  meta: MetaNames = noMetaNames,
  path: string = "",
): void {
  // What escapes the names of meta-arguments stands in a block of its own.
  if (body.blocks("_", 0).length > 0) return;
  for (const name of new Set([...Object.keys(shown), ...namesIn(body, meta)])) {
    const expression = ownItem(shown, name);
    const attribute = body.attribute(name);
    const blocks = attribute && !attribute.written ? [] : body.blocks(name, 0);
    const at = path === "" ? name : `${path}.${name}`;
    if (expression === undefined) {
      if (!isNoBlock(attribute)) addDifference(owner, notInPlan, at, attribute ?? blocks[0]);
    } else if (!attribute && blocks.length === 0) addDifference(owner, onlyInPlan, at);
    else if (isBlockList(expression)) compareBlocks(owner, expression, attribute, blocks, at);
    else if (isBlock(expression)) compareBlocks(owner, [expression], attribute, blocks, at);
    else if (attribute && !isEmptyBlock(expression, blocks)) compareExpression(owner, at, expression, attribute);
    else if (!attribute) compareAttributeAsBlocks(owner, at, expression, blocks);
  }
}

function namesIn(body: Body, meta: MetaNames): readonly string[] {
  const attributes = body.attributeNames().filter((name) => !meta.attributes.has(name));
  // JSON says neither what is a block nor what an attribute.
  if (body.isJson) return attributes.filter((name) => !meta.blocks.has(name) && name !== "dynamic");
  const blocks = body.blockTypes().filter((type) => !meta.blocks.has(type) && body.blocks(type, 0).length > 0);
  return [...attributes, ...blocks];
}

const isBlockList = (shown: Expressions[string]): shown is readonly Expressions[] => Array.isArray(shown);

/** Whether it is one block: neither references nor a constant. */
function isBlock(shown: Expression | Expressions): shown is Expressions {
  return Object.entries(shown).some(
    ([name, item]) => name !== "constant_value" && (name !== "references" || !isTextList(item)),
  );
}

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** A property of JSON that stands for no block at all. */
function isNoBlock(attribute: Attribute | undefined): boolean {
  const json = attribute?.written?.();
  return json === null || (Array.isArray(json) && json.length === 0);
}

/** A property of JSON that stands for one block without content, which a plan shows as it does an expression without a constant. */
const isEmptyBlock = (shown: Expression, [block, another]: readonly Block[]): boolean =>
  Object.keys(shown).length === 0 && block !== undefined && !another && block.body.attributeNames().length === 0;

function compareBlocks(
  owner: Owner,
  shown: readonly Expressions[],
  attribute: Attribute | undefined,
  blocks: readonly Block[],
  path: string,
): void {
  const count = (number: number) => `${number} ${number === 1 ? "block" : "blocks"}`;
  if (blocks.length !== shown.length || blocks.length === 0) {
    const text = `${blocks.length === 0 ? "an attribute" : count(blocks.length)}, in the plan ${count(shown.length)}`;
    addDifference(owner, text, path, attribute ?? blocks[0]);
    return;
  }
  for (const [index, block] of blocks.entries()) {
    const at = blocks.length > 1 ? `${path}[${index}]` : path;
    compareBody({ ...owner, block }, shown[index] ?? {}, block.body, noMetaNames, at);
  }
}

/** Compares an attribute by its references and its constant. */
export function compareExpression(owner: Owner, path: string, shown: Expression, attribute: Attribute): void {
  const references = referencesIn(attribute.expression);
  if (!compareReferences(owner, path, shown.references, references, attribute)) return;
  // In the native syntax there is no constant beside references, but for parts that Terraform need not evaluate.
  if (references.length > 0 && !attribute.written) return;
  const { constant_value: json } = shown;
  const constant: ShownConstant = json === undefined ? { kind: "none" } : { kind: "value", json };
  if (!sameConstant(constant, constantIn(attribute))) addDifference(owner, otherConstant, path, attribute);
}

/** Compares references with all that they extend, which some versions of Terraform list and some do not. */
export function compareReferences(
  owner: Owner,
  path: string,
  shown: unknown,
  references: readonly string[],
  node: Written | undefined,
): boolean {
  // Some versions list provider-defined functions.
  const planned = isTextList(shown) ? shown.filter((one) => !one.startsWith("provider::")) : [];
  const [added, removed] = [lacking(references, planned), lacking(planned, references)];
  if (added.length + removed.length === 0) return true;
  const inDirectory = added.length > 0 ? `refers to ${added.join(", ")}` : "";
  const inPlan = removed.length > 0 ? `in the plan to ${removed.join(", ")}` : notInPlan;
  addDifference(owner, inDirectory === "" ? `refers ${inPlan}` : `${inDirectory}, ${inPlan}`, path, node);
  return false;
}

/** The longest references that others do not have, sorted. */
function lacking(references: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.flatMap(extended));
  const own = [...new Set(references)].filter((one) => !known.has(one));
  const extendedByOwn = new Set(own.flatMap((one) => extended(one).filter((prefix) => prefix !== one)));
  return own.filter((one) => !extendedByOwn.has(one)).sort();
}

/**
 * Blocks that stand for an attribute whose value is a list of objects, as some providers have it.
 * https://developer.hashicorp.com/terraform/language/attr-as-blocks
 */
function compareAttributeAsBlocks(owner: Owner, path: string, shown: Expression, blocks: readonly Block[]): void {
  const references = [...new Set(blocks.flatMap(referencesInBlock))];
  if (!compareReferences(owner, path, shown.references, references, blocks[0]) || references.length > 0) return;
  const objects = blocks.map(constantInBlock);
  const known = objects.filter((object) => object !== undefined);
  if (known.length < objects.length) return;
  const { constant_value: json } = shown;
  // A single block without any content looks like an expression without a constant.
  const isEmpty = json === undefined && known.length === 1 && Object.keys(known[0] ?? {}).length === 0;
  if (!isEmpty && !holdsObjects(json, known)) addDifference(owner, otherConstant, path, blocks[0]);
}

/** The object that the attributes of a block make; undefined where they are not all constant. */
function constantInBlock({ body }: Block): JsonObject | undefined {
  if (body.blockTypes().length > 0) return undefined;
  const entries: (readonly [string, Json])[] = [];
  for (const name of body.attributeNames()) {
    const attribute = body.attribute(name);
    const constant = attribute && constantIn(attribute);
    if (constant?.kind !== "value") return undefined;
    entries.push([name, constant.json]);
  }
  return Object.fromEntries(entries);
}

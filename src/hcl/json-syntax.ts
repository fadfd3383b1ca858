// Reads a .tf.json file: JSON with positions and all digits, and the expressions in its strings.
// https://developer.hashicorp.com/terraform/language/syntax/json

import { parserOf } from "./expression-parser.ts";
import type { Json } from "./json.ts";
import {
  type Attribute,
  type Block,
  type Body,
  type Expression,
  problemOf,
  type SourceFile,
  syntaxFailure,
} from "./syntax.ts";

/** A JSON value with its place, and numbers with all their digits. */
export type JsonNode = { readonly at: number } & (
  | { readonly kind: "object"; readonly properties: readonly Property[] }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "literal"; readonly value: boolean | null }
);

export interface Property {
  readonly name: string;
  readonly at: number;
  readonly value: JsonNode;
}

const maxDepth = 250;

/** Reads all of a file; throws a syntax failure where it cannot. */
export function parseJson(file: SourceFile): Body {
  const root = parseJsonText(file.text);
  const objects = root.kind === "array" ? root.items : [root];
  return jsonBody(objects.flatMap(propertiesOf), file);
}

const propertiesOf = (node: JsonNode): readonly Property[] => (node.kind === "object" ? node.properties : []);

/** JSON text with all its digits; throws a syntax failure for anything else. */
export function parseJsonText(text: string): JsonNode {
  let position = text.startsWith("\ufeff") ? 1 : 0;
  const space = /[ \t\r\n]*/y;
  const quoted = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
  const plain = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

  const fail = (): never => {
    throw syntaxFailure("the file is not valid JSON", position);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) position += found.length;
    return found;
  };
  const take = (token: string): boolean => {
    match(space);
    if (text[position] !== token) return false;
    position++;
    return true;
  };
  const unquoted = (literal: string): string => {
    try {
      return JSON.parse(literal) as string;
    } catch {
      return fail();
    }
  };

  function value(depth: number): JsonNode {
    if (depth > maxDepth) fail();
    match(space);
    const at = position;
    if (take("{")) {
      const properties: Property[] = [];
      while (!take("}")) {
        if (properties.length > 0 && !take(",")) fail();
        match(space);
        const start = position;
        const name = unquoted(match(quoted) ?? fail());
        if (!take(":")) fail();
        properties.push({ name, at: start, value: value(depth + 1) });
      }
      return { kind: "object", properties, at };
    }
    if (take("[")) {
      const items: JsonNode[] = [];
      while (!take("]")) {
        if (items.length > 0 && !take(",")) fail();
        items.push(value(depth + 1));
      }
      return { kind: "array", items, at };
    }
    const string = match(quoted);
    if (string !== undefined) return { kind: "string", text: unquoted(string), at };
    const word = match(plain) ?? fail();
    if (word === "true" || word === "false" || word === "null")
      return { kind: "literal", value: word === "null" ? null : word === "true", at };
    return { kind: "number", text: word, at };
  }

  const root = value(0);
  match(space);
  return position < text.length ? fail() : root;
}

/** The expression that a JSON value stands for: strings are templates. */
function expressionOf(node: JsonNode): Expression {
  const { at } = node;
  switch (node.kind) {
    case "string":
      return templateIn(node.text, at);
    case "number":
      return { kind: "number", text: node.text, at };
    case "literal":
      return { kind: "literal", value: node.value, at };
    case "array":
      return { kind: "tuple", elements: node.items.map(expressionOf), at };
    case "object":
      return {
        kind: "object",
        items: node.properties.map((property) => ({
          key: templateIn(property.name, property.at),
          value: expressionOf(property.value),
        })),
        at,
      };
  }
}

function writtenIn(node: JsonNode): Json {
  switch (node.kind) {
    case "string":
      return node.text;
    case "number":
      return Number(node.text);
    case "literal":
      return node.value;
    case "array":
      return node.items.map(writtenIn);
    case "object":
      return Object.fromEntries(node.properties.map(({ name, value }) => [name, writtenIn(value)]));
  }
}

function templateIn(text: string, at: number): Expression {
  if (!text.includes("${") && !text.includes("%{")) return { kind: "literal", value: text, at };
  try {
    return moved(parserOf(text).template(), at);
  } catch (error) {
    problemOf(error);
    return { kind: "invalid", at };
  }
}

/** Offsets in a decoded string mean nothing in the file: the tree stands where its string does. */
const moved = (expression: Expression, at: number): Expression => ({ ...expression, at });

/** Reads a string that holds an expression as the native syntax has it: a provider's reference, or a type. */
export function bareExpression(text: string, at: number): Expression {
  try {
    const parser = parserOf(text);
    const expression = parser.expression();
    parser.skip(true);
    return parser.at() === text.length ? moved(expression, at) : { kind: "invalid", at };
  } catch (error) {
    problemOf(error);
    return { kind: "invalid", at };
  }
}

function jsonBody(properties: readonly Property[], file: SourceFile): Body {
  // "//" is a comment.
  const named = properties.filter(({ name }) => name !== "//");
  const names = () => [...new Set(named.map(({ name }) => name))];
  return {
    file,
    isJson: true,
    attributeNames: names,
    blockTypes: names,
    attribute: (name): Attribute | undefined => {
      const property = named.findLast((one) => one.name === name);
      if (!property) return undefined;
      return {
        name,
        expression: expressionOf(property.value),
        at: property.at,
        file,
        written: () => writtenIn(property.value),
      };
    },
    blocks: (type, labels) =>
      named.filter(({ name }) => name === type).flatMap(({ value, at }) => blocksIn(value, type, labels, [], at, file)),
  };
}

/** Other items stand in the list of an attribute, which looks the same. */
const isBlockLike = (node: JsonNode): boolean =>
  node.kind === "object" || (node.kind === "literal" && node.value === null);

/** Labels are the names of objects in objects; a list holds several blocks, and null in it is one without content. */
function blocksIn(
  node: JsonNode,
  type: string,
  labels: number,
  found: readonly string[],
  at: number,
  file: SourceFile,
): Block[] {
  if (node.kind === "array" && (found.length < labels || !node.items.every(isBlockLike)))
    return node.items.flatMap((item) => blocksIn(item, type, labels, found, item.at, file));
  if (node.kind === "array")
    return node.items.map((item) => ({
      type,
      labels: found,
      body: jsonBody(propertiesOf(item), file),
      at: item.at,
      file,
    }));
  if (node.kind !== "object") return [];
  if (found.length === labels) return [{ type, labels: found, body: jsonBody(node.properties, file), at, file }];
  return node.properties
    .filter(({ name }) => name !== "//")
    .flatMap((property) => blocksIn(property.value, type, labels, [...found, property.name], property.at, file));
}

// Writes blocks of JSON syntax in the native syntax. `terraform fmt` aligns and indents what this writes.
// https://developer.hashicorp.com/terraform/language/syntax/configuration

import type { JsonNode, Property } from "../hcl/json-syntax.ts";
import { asBlock, type BlockSchema } from "./provider-schema.ts";
import { escaped, expressionOfReference, expressionOfTemplate, type NewNames } from "./template-text.ts";

/** How Terraform's own arguments and blocks are written; undefined for those of a schema. */
export type Meta = (name: string, value: JsonNode) => MetaContent | undefined;

/** The expression of an argument, or blocks. */
export type MetaContent = string | readonly string[];

export interface Writer {
  /** A block with its header, such as `resource "aws_lb" "web"`. */
  readonly block: (header: string, node: JsonNode, schema?: BlockSchema, meta?: Meta) => string;
  readonly expression: (node: JsonNode) => string;
  readonly reference: (node: JsonNode) => string;
}

export const propertiesOf = (node: JsonNode | undefined): readonly Property[] =>
  node?.kind === "object" ? node.properties.filter(({ name }) => name !== "//") : [];

/** The last value of that name, as Terraform takes it. */
export const propertyOf = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node?.kind === "object" ? node.properties.findLast((one) => one.name === name)?.value : undefined;

export const textOf = (node: JsonNode | undefined): string | undefined =>
  node?.kind === "string" ? node.text : undefined;

/** Several blocks of a type are a list; one can stand alone. */
export const nodesOf = (node: JsonNode | undefined): readonly JsonNode[] =>
  node === undefined || isNull(node) ? [] : node.kind === "array" ? node.items : [node];

const isNull = (node: JsonNode): boolean => node.kind === "literal" && node.value === null;

/** Names that mean something else where a key stands. */
const keywords = new Set(["for", "null", "true", "false"]);

const isKey = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) && !keywords.has(name);

export const label = (name: string): string => `"${escaped(name)}"`;

/** Terraform's own arguments that stand before all others. */
const leading = new Set(["count", "for_each", "provider", "providers", "source", "version"]);

/** Width at which a list gets a line for each element. */
const maxWidth = 100;

export function writerOf(names: NewNames): Writer {
  function expression(node: JsonNode): string {
    switch (node.kind) {
      case "string":
        return expressionOfTemplate(node.text, names);
      case "number":
        return node.text;
      case "literal":
        return String(node.value);
      case "array":
        return list(node.items.map(expression));
      case "object":
        return object(node);
    }
  }

  /** In an object, unlike in a block, "//" is a key like any other. */
  function object({ properties }: Extract<JsonNode, { kind: "object" }>): string {
    const items = properties.map(({ name, value }) => `${key(name)} = ${expression(value)}\n`);
    return items.length === 0 ? "{}" : `{\n${items.join("")}}`;
  }

  /** The keys of an object are templates as well. */
  function key(name: string): string {
    if (isKey(name)) return name;
    const text = expressionOfTemplate(name, names);
    return text.startsWith('"') ? text : `(${text})`;
  }

  const reference = (node: JsonNode): string =>
    node.kind === "array"
      ? list(node.items.map(reference))
      : node.kind === "string"
        ? expressionOfReference(node.text, names)
        : expression(node);

  /**
   * In the order of Terraform's style guide: its own arguments, all others, the blocks, and what it depends on.
   * https://developer.hashicorp.com/terraform/language/style#resource-order
   */
  function block(header: string, node: JsonNode, schema: BlockSchema = {}, meta: Meta = () => undefined): string {
    const [first, second, inner, last]: [string[], string[], string[], string[]] = [[], [], [], []];
    for (const { name, value } of propertiesOf(node)) {
      const own = meta(name, value);
      if (typeof own === "string") {
        const place = leading.has(name) ? first : name === "depends_on" ? last : second;
        place.push(argument(name, own));
      } else if (own) inner.push(...own);
      else if (name === "dynamic") inner.push(...dynamicBlocks(value, schema));
      else {
        const blocks = blocksOf(name, value, schema);
        if (blocks) inner.push(...blocks);
        else if (!isNull(value)) second.push(argument(name, expression(value)));
      }
    }
    const sections = [first.join(""), second.join(""), ...inner, last.join("")].filter((text) => text !== "");
    return sections.length === 0 ? `${header} {}\n` : `${header} {\n${sections.join("\n")}}\n`;
  }

  /** The blocks that a schema makes of a value; nothing for an argument. */
  function blocksOf(name: string, value: JsonNode, schema: BlockSchema): string[] | undefined {
    const nested = schema.block_types?.[name];
    if (nested?.nesting_mode === "map") {
      return nodesOf(value).flatMap((node) =>
        propertiesOf(node).map((one) => block(`${name} ${label(one.name)}`, one.value, nested.block)),
      );
    }
    const inner = nested?.block ?? innerSchema(name, schema);
    const nodes = nodesOf(value);
    const isBlocks = nested !== undefined || (nodes.length > 0 && nodes.every((node) => node.kind === "object"));
    return inner && isBlocks ? nodes.map((node) => block(name, node, inner)) : undefined;
  }

  const innerSchema = (name: string, schema: BlockSchema): BlockSchema | undefined => {
    const attribute = schema.attributes?.[name];
    return schema.block_types?.[name]?.block ?? (attribute && asBlock(attribute));
  };

  /** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
  function dynamicBlocks(value: JsonNode, schema: BlockSchema): string[] {
    return nodesOf(value).flatMap((node) =>
      propertiesOf(node).flatMap(({ name, value }) =>
        nodesOf(value).map((one) =>
          block(`dynamic ${label(name)}`, one, {}, (argumentName, given) => {
            if (argumentName === "iterator") return reference(given);
            if (argumentName !== "content") return undefined;
            return nodesOf(given).map((content) => block("content", content, innerSchema(name, schema)));
          }),
        ),
      ),
    );
  }

  return { block, expression, reference };
}

const argument = (name: string, value: string): string => `${name} = ${value}\n`;

function list(items: readonly string[]): string {
  const line = `[${items.join(", ")}]`;
  if (line.length <= maxWidth && !line.includes("\n")) return line;
  // Nothing may stand behind the end of a heredoc.
  const lines = items.map((item) => `${item}${item.startsWith("<<") ? "\n" : ""},\n`);
  return `[\n${lines.join("")}]`;
}

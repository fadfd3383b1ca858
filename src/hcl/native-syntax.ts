// Reads a .tf file: attributes and blocks.

import { type Parser, parserOf } from "./expression-parser.ts";
import type { Attribute, Block, Body, SourceFile } from "./syntax.ts";

/** Blocks in blocks, more than any resource type has. */
const maxDepth = 100;

/** Reads all of a file; throws a syntax failure where it cannot. */
export function parseNative(file: SourceFile): Body {
  // A byte order mark is no part of the configuration.
  const parser = parserOf(file.text, file.text.startsWith("\ufeff") ? 1 : 0);
  return bodyOf(parser, file, 0);
}

function bodyOf(parser: Parser, file: SourceFile, depth: number): Body {
  if (depth > maxDepth) parser.fail("the nesting is too deep");
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  const isRoot = depth === 0;
  for (;;) {
    parser.skip(true);
    if (isRoot ? parser.at() >= file.text.length : parser.peek("}")) break;
    const at = parser.at();
    const name = parser.name() ?? parser.fail("an attribute or a block is missing");
    parser.skip();
    if (parser.peek("=") && !parser.peek("==")) {
      parser.take("=");
      attributes.set(name, { name, expression: parser.expression(), at, file });
    } else blocks.push(blockOf(name, at));
    parser.skip();
    const isEnd = parser.at() >= file.text.length || parser.peek("\n") || (!isRoot && parser.peek("}"));
    if (!isEnd) parser.fail("a line end is missing");
  }
  return nativeBody(attributes, blocks, file);

  function blockOf(type: string, at: number): Block {
    const labels: string[] = [];
    for (;;) {
      if (parser.take("{")) break;
      labels.push(parser.take('"') ? parser.label() : (parser.name() ?? parser.fail("a block's { is missing")));
    }
    const body = bodyOf(parser, file, depth + 1);
    parser.take("}");
    return { type, labels, body, at, file };
  }
}

/** A body of attributes and blocks that are told apart. */
export const nativeBody = (
  attributes: ReadonlyMap<string, Attribute>,
  blocks: readonly Block[],
  file: SourceFile,
): Body => ({
  file,
  isJson: false,
  attributeNames: () => [...attributes.keys()],
  attribute: (name) => attributes.get(name),
  blocks: (type, labels) => blocks.filter((block) => block.type === type && block.labels.length === labels),
  blockTypes: () => [...new Set(blocks.map(({ type }) => type))],
});

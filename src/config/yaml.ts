// YAML, and JSON as the part of it that it is: what a file says, and where the entries of a list stand in it.

import type { Places } from "../findings/waivers.ts";

/** YAML 1.2 and its core schema, whatever a file asks for. */
async function documentOf(text: string) {
  const { LineCounter, parseDocument, ...nodes } = await import("yaml");
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: "core", resolveKnownTags: false });
  return { document, counter, ...nodes };
}

/** Throws for what is no YAML, and for a tag, which would be left out otherwise. */
export async function parsedYaml(text: string): Promise<unknown> {
  const { document } = await documentOf(text);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw problem;
  return document.toJS();
}

/** Of each entry of the list under a key, or of the whole text: where it begins, as "", and where its keys stand. */
export async function placesIn(text: string, file: string, key?: string): Promise<Places[]> {
  const { document, counter, isAlias, isMap, isNode, isScalar, isSeq } = await documentOf(text);
  const real = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  const placeOf = (node: unknown) => {
    const { line, col } = counter.linePos((isNode(node) && node.range?.[0]) || 0);
    return { file, line, column: col };
  };
  const list = real(key === undefined ? document.contents : document.get(key, true));
  return (isSeq(list) ? list.items : [list]).map((entry) => {
    const map = real(entry);
    const keys = isMap(map) ? map.items.map((pair) => pair.key).filter(isScalar) : [];
    return new Map([["", placeOf(entry)], ...keys.map((one) => [String(one.value), placeOf(one)] as const)]);
  });
}

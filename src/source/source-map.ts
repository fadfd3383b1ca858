// Compiled JavaScript → the place in the source that it was made from, for apps that run without --enable-source-maps.

import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, resolve } from "node:path";
import type { Frame } from "./frame.ts";

interface Mapping {
  readonly map: SourceMap;
  /** What its sources are named from. */
  readonly directory: string;
}

/** Prepares to lead frames to the source, by the maps that the compiled files name; a frame without a map stays. */
export function sourceMaps(read: (path: string) => string | undefined): (frame: Frame) => Frame {
  const mappings = new Map<string, Mapping | undefined>();
  return (frame) => {
    const { file, line, column } = frame;
    if (!/\.[cm]?js$/.test(file)) return frame;
    if (!mappings.has(file)) mappings.set(file, mappingOf(file, read));
    const mapping = mappings.get(file);
    const entry = mapping?.map.findEntry(line - 1, column - 1);
    if (!mapping || !entry || !("originalSource" in entry)) return frame;
    return {
      ...frame,
      file: resolve(mapping.directory, entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  };
}

function mappingOf(file: string, read: (path: string) => string | undefined): Mapping | undefined {
  const url = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(read(file) ?? "")?.[1];
  if (url === undefined) return undefined;
  const inline = /^data:application\/json;(?:charset=[^;]+;)?base64,(.*)$/.exec(url)?.[1];
  try {
    const path = inline === undefined ? resolve(dirname(file), decodeURI(url)) : file;
    const text = inline === undefined ? read(path) : Buffer.from(inline, "base64").toString();
    const payload = JSON.parse(text ?? "") as SourceMapPayload;
    return { map: new SourceMap(payload), directory: resolve(dirname(path), payload.sourceRoot ?? "") };
  } catch {
    return undefined;
  }
}

// One line of a stack trace, as V8 writes it: `new Site (main.ts:7:5)` or `file:///app/main.js:12:1`.

import { fileURLToPath } from "node:url";

export interface Frame {
  /** The function that stands at this place, e.g. `new Site`; "" at the top of a file. */
  readonly call: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The frame that a line shows; nothing for a line without a place in a file. */
export function parseFrame(text: string): Frame | undefined {
  const [, call = "", path, line, column] =
    /^(.*?) \((.+):(\d+):(\d+)\)$/.exec(text) ?? /^()(?:async )?(.+):(\d+):(\d+)$/.exec(text) ?? [];
  if (path === undefined || /^(node:|native$|<anonymous>$|eval at )/.test(path)) return undefined;
  const file = path.startsWith("file:") ? pathOf(path) : path;
  return file === undefined ? undefined : { call, file, line: Number(line), column: Number(column) };
}

export const frameText = ({ call, file, line, column }: Frame): string =>
  call ? `${call} (${file}:${line}:${column})` : `${file}:${line}:${column}`;

/** Whether somebody else's package stands there. */
export const isLibrary = ({ file }: Frame): boolean => /(^|[\\/])node_modules[\\/]/.test(file);

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

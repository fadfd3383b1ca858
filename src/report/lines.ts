// Text → lines that fit the screen: broken at spaces, never inside an address.

import { onOneLine } from "./printable.ts";
import { type Paint, same } from "./style.ts";

/** A part of a line, and how it is painted. */
export type Piece = string | readonly [text: string, paint: Paint];

export interface Indent {
  readonly width: number;
  /** Columns before the first line, and before those that follow. */
  readonly first?: number;
  readonly rest?: number;
}

/** Joins pieces with spaces and breaks them where the width asks for it. All text is made printable. */
export function lines(pieces: readonly Piece[], { width, first = 0, rest = first }: Indent): string[] {
  const done: string[] = [];
  let runs: [text: string, paint: Paint][] = [];
  let column = first;
  const finish = () => {
    const indent = " ".repeat(done.length === 0 ? first : rest);
    done.push(indent + runs.map(([text, paint]) => paint(text)).join(" "));
    runs = [];
    column = rest;
  };
  for (const piece of pieces) {
    const [given, paint] = typeof piece === "string" ? [piece, same] : piece;
    const text = onOneLine(given).trim();
    if (text === "") continue;
    // Most texts fit whole.
    for (const word of column + 1 + text.length <= width ? [text] : wordsOf(text)) {
      if (runs.length > 0 && column + 1 + word.length > width) finish();
      const last = runs.at(-1);
      column += word.length + (last ? 1 : 0);
      if (last?.[1] === paint) last[0] += ` ${word}`;
      else runs.push([word, paint]);
    }
  }
  if (runs.length > 0) finish();
  return done;
}

/** A key in brackets belongs to its word, spaces and all: `aws_x.y["a b"].z`. */
const wordsOf = (text: string): string[] => text.match(/(?:\["(?:[^"\\]|\\.)*"\]|\S)+/g) ?? [];

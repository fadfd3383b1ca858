// Combines values of which some have candidates, or are unknown in part.

import { convert } from "./convert.ts";
import {
  candidates,
  computed,
  derived,
  failure,
  limitReached,
  maxLength,
  string,
  type Value,
  withSensitivity,
} from "./value.ts";

/** Applies a function to each choice among candidates, the same choice wherever it stands. */
export function distribute(values: readonly Value[], apply: (values: readonly Value[]) => Value): Value {
  const failed = values.find(({ kind }) => kind === "error");
  if (failed) return failed;
  const open = values.find(({ kind }) => kind === "candidates");
  if (open?.kind !== "candidates") return apply(values);
  if (combinations(values) > maxCombinations) return computed("a choice", values);
  const results = open.values.map((choice) =>
    distribute(
      values.map((value) => (value === open ? withSensitivity(choice, open.sensitive) : value)),
      apply,
    ),
  );
  return candidates(results, {
    ...(open.sensitive ? { sensitive: true } : {}),
    ...(open.origins ? { origins: open.origins } : {}),
  });
}

/** More choices than anyone writes; their number doubles with each. */
const maxCombinations = 64;

/** How many choices there are among all candidates, the same ones counted once. */
function combinations(values: readonly Value[]): number {
  let count = 1;
  for (const value of new Set(values)) if (value.kind === "candidates") count *= value.values.length;
  return count;
}

/** Text, or a template of what is known and what is not. */
export function templateOf(parts: readonly Value[]): Value {
  return distribute(parts, (chosen) => {
    const texts = chosen.map((part) =>
      part.kind === "null" ? failure("a template cannot hold null") : convert(part, "string"),
    );
    const failed = texts.find(({ kind }) => kind === "error");
    if (failed) return failed;
    const flat = texts.flatMap((part) => (part.kind === "template" ? part.parts : [part]));
    const length = flat.reduce((sum, part) => sum + (part.kind === "string" ? part.text.length : 0), 0);
    if (length > maxLength) return limitReached;
    if (flat.every(({ kind }) => kind === "string"))
      return derived(string(flat.map((part) => (part.kind === "string" ? part.text : "")).join("")), texts);
    // An empty text beside it changes nothing.
    const nonEmpty = flat.filter((part) => part.kind !== "string" || part.text !== "");
    const [only] = nonEmpty;
    if (nonEmpty.length === 1 && only) return only;
    const merged: Value[] = [];
    for (const part of nonEmpty) {
      const last = merged.at(-1);
      if (part.kind === "string" && last?.kind === "string")
        merged[merged.length - 1] = derived(string(last.text + part.text), [last, part]);
      else merged.push(part);
    }
    if (merged.length > 10_000) return limitReached;
    return derived({ kind: "template", parts: merged }, texts);
  });
}

// The name that was meant: the nearest of those that exist.

/** Nothing when none is near. What begins like it comes first: "minimum-tls" means "minimum-tls-1-2". */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const longer = names.find((one) => name !== "" && one.startsWith(name));
  if (longer !== undefined) return longer;
  const [best] = names
    .map((one) => ({ one, edits: edits(name, one) }))
    .sort((first, second) => first.edits - second.edits);
  return best && best.edits <= Math.max(2, name.length / 3) ? best.one : undefined;
}

/** The end of a sentence about a name that does not exist. */
export function orNearest(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return `${JSON.stringify(name)}${meant === undefined ? "." : `; did you mean ${meant}?`}`;
}

/** How many letters to insert, delete or replace (Levenshtein's distance), row by row. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...from].entries()) {
    const above = row;
    row = [at + 1];
    for (const [index, other] of [...to].entries()) {
      const replaced = (above[index] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(replaced, (above[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}

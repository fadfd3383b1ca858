// A module that holds all its mutants at once: scripts/mutants/runner.ts says which one is on.

import type { Change } from "./find.ts";

export interface Switch extends Change {
  readonly id: number;
}

/** `a !== b` becomes `(mutant(7) ? (a === b) : a !== b)`. */
export function withSwitches(text: string, switches: readonly Switch[]): string {
  const outerFirst = [...switches].sort((a, b) => a.start - b.start || b.end - a.end);
  const render = (start: number, end: number, within: readonly Switch[]): string => {
    const [first] = within;
    if (!first) return text.slice(start, end);
    const alike = within.filter((one) => one.start === first.start && one.end === first.end);
    const inner = within.filter((one) => !alike.includes(one) && one.end <= first.end);
    const after = within.filter((one) => one.start >= first.end);
    const cases = alike.map(({ id, becomes }) => `globalThis.isMutant(${id}) ? (${becomes}) : `).join("");
    const site = `(${cases}${render(first.start, first.end, inner)})`;
    return text.slice(start, first.start) + site + render(first.end, end, after);
  };
  return render(0, text.length, outerFirst);
}

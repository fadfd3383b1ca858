// Which of several blocks in the source is the one that a plan counts as number n: a set has another order in a plan.

/** What the source writes out in a block, by attribute. */
export interface Written {
  readonly [attribute: string]: unknown;
}

/** The block whose written values agree best with the planned ones; among equals, the one at the same index. */
export function choose<T>(
  blocks: readonly T[],
  written: (block: T) => Written,
  index: number,
  planned: unknown,
): T | undefined {
  const agreements = blocks.map((block) => agreement(written(block), planned));
  const best = Math.max(...agreements);
  return agreements[index] === best ? blocks[index] : blocks[agreements.lastIndexOf(best)];
}

/** How many values are the same; -1 when one differs. */
function agreement(written: Written, planned: unknown): number {
  const both = Object.entries(written).flatMap(([attribute, value]) => {
    const other = inside(planned, attribute);
    // Terraform converts: the port "443" of the source may be 443 in the plan.
    return other == null || typeof other === "object" ? [] : [String(other) === String(value)];
  });
  return both.includes(false) ? -1 : both.length;
}

/** What a plan holds one step deeper. */
export const inside = (planned: unknown, step: string | number): unknown =>
  typeof planned === "object" && planned !== null && Object.hasOwn(planned, step) ? planned[step as never] : undefined;

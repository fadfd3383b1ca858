// What an attribute leads to, where this plan makes it.

import { type Fact, standAt, unknown } from "../../facts/fact.ts";
import { linked } from "../../facts/service.ts";
import type { Block, Targets } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";

/** The one resource, or why there is none: of what is only looked up, a plan does not show enough. */
export function madeBy(block: Block, attribute: string, targets: Targets, what: string): Resource | Fact<never> {
  const found = linked(block, attribute, targets, what);
  if ("state" in found || found.mode === "managed") return found;
  return { ...unknown(`${what} is defined outside this plan`), ...standAt(block, attribute) };
}

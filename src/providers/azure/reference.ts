// What an attribute leads to, where this plan makes it.

import { definedElsewhere } from "../../cause.ts";
import { type Fact, standAt, unknown } from "../../facts/fact.ts";
import { linked } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Targets } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";
import type { DisplayText } from "../../text.ts";

/** The one resource, or why there is none: of what is only looked up, a plan does not show enough. */
export function madeBy(block: Block, attribute: string, targets: Targets, what: DisplayText): Resource | Fact<never> {
  const found = linked(block, attribute, targets, what);
  if ("state" in found || found.mode === "managed") return found;
  return { ...unknown(definedElsewhere(what)), ...standAt(block, attribute) };
}

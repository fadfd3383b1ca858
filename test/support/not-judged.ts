// What of a plan made by hand is not judged, by all tables and adapters.

import { notJudgedIn } from "../../src/findings/not-judged.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { adapters, notJudgedTypes } from "../../src/providers/registry.ts";
import { plan } from "./made.ts";

/** What it is, by address. */
export const notJudgedOf = (made: Plan): { readonly [address: string]: string } =>
  Object.fromEntries(
    notJudgedIn(made, { policies: [], enforcement: {}, adapters, notJudgedTypes }).map(({ address, what }) => [
      address,
      what,
    ]),
  );

/** What the one resource of a plan is; undefined where it is judged, or serves no HTTPS. */
export const kindOf = (type: string, after: object, after_unknown: object = {}): string | undefined =>
  notJudgedOf(plan({ changes: { [`${type}.it`]: { after: after as never, after_unknown: after_unknown as never } } }))[
    `${type}.it`
  ];

// Plans of Google Cloud resources made by hand: what refers to another resource is unknown, as in a plan that creates both.

import type { Plan } from "../../../src/plan/plan.ts";
import { type Change, configured, plan, refersTo } from "../../support/made.ts";

interface Reference {
  readonly to: readonly string[];
}

export interface Values {
  readonly [name: string]: unknown;
}

/** An attribute's value that is an expression with references, known after apply. */
export const ref = (...to: string[]): Reference => ({ to });

const isReference = (value: unknown): value is Reference =>
  typeof value === "object" && value !== null && "to" in value && Object.keys(value).length === 1;

const isBlock = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as it stands in `after`, in `after_unknown` and in the configuration. */
function parts(value: unknown): { after: unknown; open: unknown; written: unknown } {
  if (isReference(value)) return { after: undefined, open: true, written: refersTo(...value.to) };
  if (Array.isArray(value) && value.some(isReference)) {
    const references = value.filter(isReference).flatMap(({ to }) => to);
    const whole = value.every(isReference);
    const after = whole ? undefined : value.map((one) => (isReference(one) ? null : one));
    return { after, open: whole ? true : value.map(isReference), written: refersTo(...references) };
  }
  if (Array.isArray(value) && value.some(isBlock)) {
    const all = value.map(parts);
    return {
      after: all.map((one) => one.after),
      open: all.map((one) => one.open),
      written: all.map((one) => one.written),
    };
  }
  if (isBlock(value)) {
    const all = Object.entries(value).map(([name, inner]) => [name, parts(inner)] as const);
    const each = (choose: "after" | "open" | "written") =>
      Object.fromEntries(all.flatMap(([name, part]) => (part[choose] === undefined ? [] : [[name, part[choose]]])));
    return { after: each("after"), open: each("open"), written: each("written") };
  }
  return { after: value, open: false, written: { constant_value: value } };
}

/** A plan that creates resources, by address. */
export function creating(resources: { readonly [address: string]: Values }): Plan {
  const made = Object.entries(resources).map(([address, values]) => ({ address, ...parts(values) }));
  const changes = Object.fromEntries(
    made.map(({ address, after, open }) => {
      const computed = address.startsWith("data.") ? {} : { id: true, self_link: true, output: true };
      return [address, { after, after_unknown: { ...computed, ...(open as object) } } as Partial<Change>];
    }),
  );
  const root = { resources: made.map(({ address, written }) => configured(address, written as never)) };
  return plan({ changes, root });
}

// Plans made by hand, for cases about the reader of plans that no provider is needed for.

import { type ModuleConfig, type Plan, type PlanJson, planFromJson } from "../../src/plan/plan.ts";
import { type Resource, type View, viewPlan } from "../../src/plan/view.ts";

export type ChangeEntry = NonNullable<PlanJson["resource_changes"]>[number];
export type Change = ChangeEntry["change"];

const create: Change = { actions: ["create"], after: {} };

/** An entry of `resource_changes`; all but the change is read from its address. */
export function entry(address: string, change: Partial<Change> = {}, more: Partial<ChangeEntry> = {}): ChangeEntry {
  const words = address.match(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]|[\w-]+/g) ?? [];
  const key = words.at(-1)?.startsWith("[") ? words.pop() : undefined;
  const [type = "", name = ""] = words.splice(-2);
  const isData = words.at(-1) === "data" && words.at(-2) !== "module";
  const own = `${isData ? "data." : ""}${type}.${name}${key ?? ""}`;
  const module_address = address.slice(0, -own.length - 1);
  return {
    address,
    ...(module_address ? { module_address } : {}),
    mode: isData ? "data" : "managed",
    type,
    name,
    ...(key === undefined ? {} : { index: JSON.parse(key)[0] }),
    change: { ...create, ...change },
    ...more,
  };
}

export interface Made extends Partial<PlanJson> {
  /** Changes by address. */
  readonly changes?: { readonly [address: string]: Partial<Change> };
  /** Configuration of the root module. */
  readonly root?: ModuleConfig;
}

export function plan({ changes = {}, root, ...json }: Made): Plan {
  const resource_changes = Object.entries(changes).map(([address, change]) => entry(address, change));
  const configuration = root && { configuration: { root_module: root } };
  return planFromJson({ format_version: "1.2", resource_changes, ...configuration, ...json }, "made by hand");
}

/** A resource configuration: `managed("thing.name", { attribute: { constant_value: 1 } })`. */
export function configured(
  id: string,
  expressions: NonNullable<ModuleConfig["resources"]>[number]["expressions"] = {},
  more: Partial<NonNullable<ModuleConfig["resources"]>[number]> = {},
): NonNullable<ModuleConfig["resources"]>[number] {
  const [name = "", type = "", data] = id.split(".").reverse();
  return { mode: data ? "data" : "managed", type, name, expressions, ...more };
}

/** A reference as a plan lists it: with all its prefixes, the longest first. */
export function refersTo(...references: string[]): { references: string[] } {
  const prefixes = (reference: string) => {
    const found = [reference];
    for (let rest = reference; /[.[]/.test(rest); ) {
      rest = rest.replace(/(\["[^"]*"\]|\[\d+\]|\.[^.[\]]+)$/, "");
      if (rest.includes(".")) found.push(rest);
    }
    return found;
  };
  return { references: references.flatMap(prefixes) };
}

export const viewAfter = (made: Made | Plan): View => viewPlan("instances" in made ? made : plan(made), "after");

/** The one resource with an address. */
export function resource(view: View, address: string): Resource {
  const { type, mode } = entry(address);
  const found = view.resources(type, mode).find((one) => one.address === address);
  if (!found) throw new Error(`There is no ${address} ${view.moment} this plan`);
  return found;
}

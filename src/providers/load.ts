// What a plan needs of the providers: adapters, types that are not judged and computed attributes, of those providers whose
// resources it has. A command that starts for every plan loads no others.

import type { Adapter } from "../facts/adapter.ts";
import type { NotJudgedTypes } from "../facts/not-judged.ts";
import type { ComputedAttributes } from "../plan/computed-attributes.ts";
import type { Plan } from "../plan/plan.ts";
import { loaders } from "./loaders.ts";

type Instances = Pick<Plan, "instances">;

export const adaptersFor = async (plan: Instances): Promise<Adapter[]> =>
  (await registriesFor(plan)).flatMap(({ adapters }) => adapters);

/** What the plan's providers compute from the configuration of a resource alone. */
export const computedAttributesFor = async (plan: Instances): Promise<ComputedAttributes> =>
  Object.assign({}, ...(await registriesFor(plan)).map(({ computedAttributes }) => computedAttributes));

/** What is selected, with the adapters of the plan's providers before its own. */
export async function withProviders<T extends { readonly adapters: readonly Adapter[] }>(
  plan: Instances,
  selection: T,
): Promise<T & { readonly notJudgedTypes: NotJudgedTypes }> {
  const registries = await registriesFor(plan);
  return {
    ...selection,
    adapters: [...registries.flatMap(({ adapters }) => adapters), ...selection.adapters],
    notJudgedTypes: Object.assign({}, ...registries.map(({ notJudged }) => notJudged)),
  };
}

function registriesFor({ instances }: Instances) {
  const prefixes = new Set(instances.map(({ type }) => type.split("_", 1)[0] ?? type));
  const wanted = Object.entries(loaders).filter(([prefix]) => prefixes.has(prefix));
  return Promise.all([...new Set(wanted.map(([, load]) => load))].map((load) => load()));
}

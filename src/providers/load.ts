// What a plan needs of the providers: the adapters of its resource types, and the types that are not judged and computed
// attributes of its providers. A command that starts for every plan loads no others.

import type { Adapter, ProviderRegistry } from "../facts/adapter.ts";
import type { NotJudgedTypes } from "../facts/not-judged.ts";
import type { ComputedAttributes } from "../plan/computed-attributes.ts";
import type { Plan } from "../plan/plan.ts";
import { loaders } from "./loaders.ts";

type Instances = Pick<Plan, "instances">;

export const adaptersFor = async (plan: Instances): Promise<Adapter[]> => adaptersOf(plan, await registriesFor(plan));

/** What the plan's providers compute from the configuration of a resource alone. */
export async function computedAttributesFor(plan: Instances): Promise<ComputedAttributes> {
  const modules = await loadAll((await registriesFor(plan)).flatMap(({ computed }) => computed));
  return Object.assign({}, ...modules.map(({ computedAttributes }) => computedAttributes));
}

/** What is selected, with the adapters of the plan's resource types before its own. */
export async function withProviders<T extends { readonly adapters: readonly Adapter[] }>(
  plan: Instances,
  selection: T,
): Promise<T & { readonly notJudgedTypes: NotJudgedTypes }> {
  const registries = await registriesFor(plan);
  return {
    ...selection,
    adapters: [...(await adaptersOf(plan, registries)), ...selection.adapters],
    notJudgedTypes: await notJudgedOf(plan, registries),
  };
}

async function adaptersOf({ instances }: Instances, registries: readonly ProviderRegistry[]): Promise<Adapter[]> {
  const types = new Set(instances.map(({ type }) => type));
  const services = registries.flatMap(({ services }) => services);
  const wanted = services.filter(({ resourceTypes }) => resourceTypes.some((type) => types.has(type)));
  return (await loadAll(wanted.map(({ load }) => load))).map((module) => module.default);
}

async function notJudgedOf(plan: Instances, registries: readonly ProviderRegistry[]): Promise<NotJudgedTypes> {
  const used = prefixesOf(plan);
  const tables = registries.flatMap(({ tables }) => tables);
  const wanted = tables.filter(({ prefixes }) => prefixes.some((prefix) => used.has(prefix)));
  const modules = await loadAll(wanted.map(({ load }) => load));
  return Object.assign({}, ...modules.map(({ notJudged }) => notJudged));
}

function registriesFor(plan: Instances): Promise<ProviderRegistry[]> {
  const used = prefixesOf(plan);
  const wanted = Object.entries(loaders).filter(([prefix]) => used.has(prefix));
  return loadAll([...new Set(wanted.map(([, load]) => load))]);
}

const prefixesOf = ({ instances }: Instances): ReadonlySet<string> =>
  new Set(instances.map(({ type }) => type.split("_", 1)[0] ?? type));

const loadAll = <T>(loads: readonly (() => Promise<T>)[]): Promise<T[]> => Promise.all(loads.map((load) => load()));

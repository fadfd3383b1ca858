// The adapters that a plan needs: those of the providers whose resources it has. A command that starts for every plan
// loads no others.

import type { Adapter } from "../facts/adapter.ts";
import type { Plan } from "../plan/plan.ts";
import { loaders } from "./loaders.ts";

export async function adaptersFor({ instances }: Pick<Plan, "instances">): Promise<Adapter[]> {
  const prefixes = new Set(instances.map(({ type }) => type.split("_", 1)[0] ?? type));
  const wanted = Object.entries(loaders).filter(([prefix]) => prefixes.has(prefix));
  const loaded = await Promise.all([...new Set(wanted.map(([, load]) => load))].map((load) => load()));
  return loaded.flatMap(({ adapters }) => adapters);
}

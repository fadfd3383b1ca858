// What a plan lists as having shaped its changes (relevant_attributes): also through local values, which it shows nowhere.

import { extended, modulePrefix, parseAddress } from "./address.ts";
import { canHoldAnything } from "./holders.ts";
import type { Targets } from "./link.ts";
import { groupedBy, once, onceEach } from "./once.ts";
import { type Scope, trace } from "./reference.ts";
import type { Resource, View } from "./view.ts";

/** Answers `View.relevant`. */
export function relevantIn(view: View): View["relevant"] {
  const { instances, relevantAttributes: listed } = view.plan;
  if (!listed) return () => undefined;
  const addresses = once(() => groupedBy(new Set(listed.map(({ resource }) => resource)), typeOf));
  // References to data sources, and whether all that stands behind them was read while planning.
  const reads = once(() => {
    const found = new Map<string, boolean>();
    for (const { address, after } of instances.filter(({ mode }) => mode === "data")) {
      for (const reference of extended(address)) {
        found.set(reference, after?.unknown === false && found.get(reference) !== false);
      }
    }
    return found;
  });
  // Equal targets are asked for again and again.
  const answers = onceEach((targets: string) => {
    const all = relevant(JSON.parse(targets));
    return all && { all: new Set(all), byModule: byModule(all) };
  });
  const reaches = new Map<string, Reach>();
  return (targets, scope) => {
    const found = answers(JSON.stringify(targets));
    const { prefix, given } = reaches.get(scope.prefix) ?? reachOf(scope);
    reaches.set(scope.prefix, { prefix, given });
    return found && [...(found.byModule.get(prefix) ?? []), ...given.filter((one) => found.all.has(one))];
  };

  function relevant(targets: Targets): Resource[] | undefined {
    for (const [type, ofType] of addresses()) {
      // A data source that was read while planning holds nothing that is unknown.
      if (canHoldAnything(type, targets) && ofType.some((address) => !reads().get(address))) return undefined;
    }
    return Object.entries(targets).flatMap(([type, attributes]) => {
      const used = new Set(
        listed
          ?.filter(({ attribute }) => attribute.some((step) => attributes.includes(String(step))))
          .map(({ resource }) => resource),
      );
      return [...view.resources(type), ...view.resources(type, "data")].filter(
        (one) =>
          extended(one.address).some((reference) => used.has(reference)) &&
          attributes.some((attribute) => one.plannedWhole(attribute) === undefined),
      );
    });
  }
}

/** Where the values of a module can come from: what it holds, the modules that it calls included, and what it is given. */
interface Reach {
  readonly prefix: string;
  readonly given: readonly Resource[];
}

function reachOf({ prefix, call }: Scope): Reach {
  if (!call) return { prefix, given: [] };
  const leaves = Object.values(call.config.expressions ?? {}).flatMap((argument) => trace(argument, call.scope));
  // A local value of its caller can come from wherever the caller's can.
  if (leaves.some(({ kind }) => kind === "opaque")) return reachOf(call.scope);
  return { prefix, given: leaves.flatMap((leaf) => (leaf.kind === "resource" ? [leaf.resource] : [])) };
}

/** By the prefix of each module that a resource stands in, "" for the root module. */
function byModule(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const placed = resources.flatMap((resource) =>
    Array.from({ length: resource.scope.path.length + 1 }, (_, depth) => ({
      prefix: modulePrefix(resource.scope.path.slice(0, depth)),
      resource,
    })),
  );
  const groups = groupedBy(placed, ({ prefix }) => prefix);
  return new Map([...groups].map(([prefix, group]) => [prefix, group.map(({ resource }) => resource)]));
}

/** `aws_acm_certificate` of `module.site["a"].aws_acm_certificate.this`. */
const typeOf = (address: string): string =>
  parseAddress(address)
    .flatMap((step) => ("name" in step ? step.name : []))
    .at(-2) ?? "";

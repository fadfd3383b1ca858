// Which resources lead to a resource by an attribute: a link the other way round, followed once for all of a view.

import type { Block } from "../plan/block.ts";
import type { Targets } from "../plan/link.ts";
import type { Resource, View } from "../plan/view.ts";

export interface Users {
  readonly types: readonly string[];
  readonly attribute: string;
  readonly targets: Targets;
}

const indexes = new WeakMap<View, Map<string, Map<Resource, Resource[]>>>();

/** Those that lead to a resource, or may: alone or among others. With the same types and attribute, `follow` is the same too. */
export function usersOf(target: Resource, users: Users, follow = linkedBy): readonly Resource[] {
  const { view } = target.scope;
  const known = indexes.get(view) ?? new Map<string, Map<Resource, Resource[]>>();
  indexes.set(view, known);
  const { types, attribute, targets } = users;
  const id = [attribute, ...types, "of", ...Object.keys(targets)].join(" ");
  const index = known.get(id) ?? new Map<Resource, Resource[]>();
  if (!known.has(id)) {
    known.set(id, index);
    for (const user of types.flatMap((type) => view.resources(type))) {
      for (const one of new Set(follow(user, attribute, targets))) {
        const found = index.get(one);
        if (found) found.push(user);
        else index.set(one, [user]);
      }
    }
  }
  return index.get(target) ?? [];
}

/** The resources that an attribute leads to. */
export function linkedBy(block: Block, attribute: string, targets: Targets): readonly Resource[] {
  const link = block.link(attribute, targets);
  return link.state === "found" ? link.resources : [];
}

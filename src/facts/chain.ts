// Endpoints behind endpoints: the way from the viewer to the last endpoint that this plan makes.

import type { Endpoint } from "./endpoint.ts";

/** More than anyone reads. Layers that all lead to one another have exponentially many. */
const maxChains = 1000;

/** Longer than any real chain: one that goes on is cut there. */
const maxLength = 50;

/**
 * Addresses from the endpoint that viewers reach to the last one behind it; only what has another endpoint behind it, and
 * at most 1000 of them, of at most 50 endpoints each.
 */
export function chainsOf(endpoints: readonly Endpoint[]): string[][] {
  const made = new Set(endpoints.map(({ address }) => address));
  const next = new Map<string, Set<string>>();
  for (const { address, upstreams } of endpoints) {
    const behind = upstreams.flatMap(({ endpoint }) => (endpoint && made.has(endpoint) ? [endpoint] : []));
    next.set(address, new Set([...(next.get(address) ?? []), ...behind]));
  }
  const hidden = new Set([...next.values()].flatMap((behind) => [...behind]));
  const chains: string[][] = [];
  for (const address of next.keys()) if (!hidden.has(address)) follow(address, [], new Set());
  return chains;

  function follow(address: string, before: readonly string[], passed: Set<string>): void {
    if (chains.length >= maxChains) return;
    const way = [...before, address];
    passed.add(address);
    // A loop is left where it closes.
    const all = way.length < maxLength ? [...(next.get(address) ?? [])] : [];
    const behind = all.filter((one) => !passed.has(one));
    for (const one of behind) follow(one, way, passed);
    if (behind.length === 0 && way.length > 1) chains.push(way);
    passed.delete(address);
  }
}

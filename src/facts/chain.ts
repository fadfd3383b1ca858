// Endpoints behind endpoints: the way from the viewer to the last endpoint that this plan makes.

import type { Endpoint } from "./endpoint.ts";

/** Addresses from the endpoint that viewers reach to the last one behind it; only what has another endpoint behind it. */
export function chainsOf(endpoints: readonly Endpoint[]): string[][] {
  const made = new Set(endpoints.map(({ address }) => address));
  const next = new Map<string, Set<string>>();
  for (const { address, upstreams } of endpoints) {
    const behind = upstreams.flatMap(({ endpoint }) => (endpoint && made.has(endpoint) ? [endpoint] : []));
    next.set(address, new Set([...(next.get(address) ?? []), ...behind]));
  }
  const hidden = new Set([...next.values()].flatMap((behind) => [...behind]));
  return [...next.keys()].filter((address) => !hidden.has(address)).flatMap((address) => waysFrom([address]));

  function waysFrom(way: string[]): string[][] {
    // A loop is left where it closes.
    const behind = [...(next.get(way.at(-1) ?? "") ?? [])].filter((address) => !way.includes(address));
    if (behind.length === 0) return way.length > 1 ? [way] : [];
    return behind.flatMap((address) => waysFrom([...way, address]));
  }
}

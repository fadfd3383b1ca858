// Answers that are computed once, when they are first wanted, or never; and items by their keys.

export function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}

/** Once for each key. */
export function onceEach<K, T>(compute: (key: K) => T): (key: K) => T {
  const results = new Map<K, { readonly value: T }>();
  return (key) => {
    let result = results.get(key);
    if (!result) {
      result = { value: compute(key) };
      results.set(key, result);
    }
    return result.value;
  };
}

/** Once for each object, for as long as somebody holds it: a view, a resource. */
export function oncePer<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const results = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    let result = results.get(key);
    if (!result) {
      result = { value: compute(key) };
      results.set(key, result);
    }
    return result.value;
  };
}

/** The items by a key that each of them has. */
export function groupedBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

// What an object read from JSON has by a name, where that name can be any.

/** What an object has of its own by a name. "constructor" is a name as any other. */
export const ownItem = <T>(items: { readonly [name: string]: T } | undefined, name: string | number): T | undefined =>
  items !== undefined && Object.hasOwn(items, name) ? items[name] : undefined;

// Names for what CDKTF has named by a path and a hash: `site_cdn_1A2B3C4D` becomes `site_cdn`.

import type { JsonNode } from "../hcl/json-syntax.ts";
import { propertiesOf, propertyOf } from "./native-syntax.ts";
import type { NewNames } from "./template-text.ts";

/** The name that CDKTF makes of a construct's path; a name that the app has chosen is kept. */
const hashed = /^(.+)_[0-9A-F]{8}$/;

/** The new name of each resource and module call that CDKTF has named, by its address. */
export function newNamesOf(stack: JsonNode): NewNames {
  const names = new Map<string, string>();
  for (const [prefix, named] of namespacesOf(stack)) {
    const old = propertiesOf(named).map(({ name }) => name);
    const taken = new Set(old.filter((name) => !hashed.test(name)));
    for (const name of old) {
      const base = hashed.exec(name)?.[1]?.replaceAll("-", "_");
      if (base === undefined) continue;
      let chosen = base;
      for (let count = 2; taken.has(chosen); count++) chosen = `${base}_${count}`;
      taken.add(chosen);
      names.set(`${prefix}${name}`, chosen);
    }
  }
  return names;
}

/** Objects whose keys are names of their own, by what stands before a name in its address. */
function namespacesOf(stack: JsonNode): [prefix: string, named: JsonNode][] {
  const typed = (mode: string, prefix: string) =>
    propertiesOf(propertyOf(stack, mode)).map(({ name, value }): [string, JsonNode] => [`${prefix}${name}.`, value]);
  const modules = propertyOf(stack, "module");
  return [
    ...typed("resource", ""),
    ...typed("data", "data."),
    ...typed("ephemeral", "ephemeral."),
    ...(modules ? [["module.", modules] satisfies [string, JsonNode]] : []),
  ];
}

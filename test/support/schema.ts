// The published schemas, and whether they are as strict and as talkative as a reader wants them.

import { readFileSync } from "node:fs";

type Schema = { readonly [keyword: string]: unknown };

export const readSchema = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8"));

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Places where an object takes any other field, or where a field, a definition or an alternative has no description. */
export function openPlaces(schema: Schema, at = "#"): string[] {
  const types = [schema.type].flat();
  const open = types.includes("object") && schema.additionalProperties !== false ? [`${at} takes any field`] : [];
  // The second half of an allOf narrows the first, which describes the field.
  const narrows = /\/allOf\/\d+/.test(at);
  const named = Object.entries({ properties: schema.properties, definitions: schema.definitions }).flatMap(
    ([keyword, members]) =>
      Object.entries(isObject(members) ? members : {}).flatMap(([name, member]) => {
        const place = `${at}/${keyword}/${name}`;
        if (!isObject(member)) return [`${place} is no schema`];
        const silent = member.description === undefined && !("$ref" in member) && !narrows && !isOption(at);
        return [...(silent ? [`${place} has no description`] : []), ...openPlaces(member, place)];
      }),
  );
  const inner = ["items", "allOf", "oneOf"].flatMap((keyword) =>
    [schema[keyword]]
      .flat()
      .flatMap((member, index) => (isObject(member) ? openPlaces(member, `${at}/${keyword}/${index}`) : [])),
  );
  return [...open, ...named, ...inner];
}

/** An alternative of a oneOf tells apart what is described elsewhere. */
const isOption = (at: string): boolean => /\/oneOf\/\d+$/.test(at);

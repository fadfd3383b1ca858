// Whether the configuration and the plan say the same about an attribute.

import { isJsonObject, type Json } from "../../src/hcl/json.ts";
import { jsonOf, type Value } from "../../src/hcl/value.ts";

/** Whether a value is the planned one, up to the conversion to the attribute's type and the order of sets. */
export function agrees(value: Value, planned: Json): boolean {
  const json = jsonOf(value);
  return json !== undefined && sameJson(json, planned);
}

function sameJson(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (one === null || other === null) return isEmpty(one) && isEmpty(other);
  if (typeof one !== "object" || typeof other !== "object") return sameText(one, other);
  if (Array.isArray(one) && Array.isArray(other)) return sameElements(one, other);
  if (Array.isArray(one) || Array.isArray(other)) {
    // A single block may be written as an object in JSON.
    const [list, single] = Array.isArray(one) ? [one, other] : [other as readonly Json[], one];
    return list.length === 1 && sameJson(list[0] ?? null, single as Json);
  }
  const [first, second] = [one, other] as { readonly [name: string]: Json }[];
  return Object.entries(first as object).every(([name, item]) => sameJson(item, second?.[name] ?? null));
}

function sameElements(one: readonly Json[], other: readonly Json[]): boolean {
  if (one.length !== other.length) {
    // Elements of a set that are equal after their conversion count once.
    return (
      one.every((own) => other.some((item) => sameJson(own, item))) &&
      other.every((item) => one.some((own) => sameJson(own, item)))
    );
  }
  const left = [...other];
  return one.every((item) => {
    const index = left.findIndex((candidate) => sameJson(item, candidate));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

const isEmpty = (json: Json): boolean =>
  json === null || json === "" || (typeof json === "object" && Object.values(json).every(isEmpty));

/** As numbers, booleans and their texts are converted; JSON texts have no one form. */
function sameText(one: Json, other: Json): boolean {
  if (typeof one === "object" || typeof other === "object") return false;
  if (`${one}` === `${other}`) return true;
  if (typeof one === "number" || typeof other === "number")
    return Number(one) === Number(other) && `${one}` !== "" && `${other}` !== "";
  try {
    const parse = (text: Json) => JSON.stringify(JSON.parse(`${text}`, sorted));
    return parse(one) === parse(other);
  } catch {
    return false;
  }
}

const sorted = (_: string, value: unknown): unknown =>
  isJsonObject(value as Json) ? Object.fromEntries(Object.entries(value as object).sort()) : value;

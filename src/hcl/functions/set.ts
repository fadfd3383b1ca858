// Terraform's functions of sets.

import { convert, identityOf, setOf } from "../convert.ts";
import { isShape, type Type, typeOf, unify } from "../type.ts";
import { computed, failure, sequence, tuple, type Value } from "../value.ts";
import { define, elementsOf, type FunctionTable } from "./definition.ts";

const anySet: Type = { set: "any" };

/** The element type of all sets: empty ones without a type of their own do not count. */
function elementTypeOf(values: readonly Value[]): Type | undefined {
  const types = values.map(typeOf).flatMap((type) => (isShape(type, "set") ? [type.set] : []));
  return unify(types.filter((type, index) => type !== "any" || elementsOf(values[index]).length > 0));
}

const combination =
  (combine: (sets: readonly (readonly Value[])[]) => readonly Value[]) =>
  (values: readonly Value[]): Value => {
    const type = elementTypeOf(values);
    if (type === undefined) return failure("the sets have no type in common");
    return setOf(combine(values.map((value) => elementsOf(value).map((one) => convert(one, type)))), type);
  };

const hashes = (values: readonly Value[]): ReadonlySet<string> => new Set(values.map(identityOf));

/** Each combination of one element of each list; a set if one of them is a set. */
function product(values: readonly Value[]): Value {
  if (values.length < 2) return failure("setproduct needs two arguments or more");
  if (values.some((value) => value.kind !== "sequence")) return failure("setproduct needs lists or sets");
  let rows: readonly (readonly Value[])[] = [[]];
  for (const value of values) {
    const type = unify(elementsOf(value).map(typeOf));
    if (type === undefined) return failure("all elements must have one type");
    const elements = elementsOf(value).map((one) => convert(one, type));
    if (rows.length * elements.length > 100_000) return { kind: "unknown", cause: { kind: "limit" } };
    rows = rows.flatMap((row) => elements.map((one) => [...row, one]));
  }
  const tuples = rows.map((row) => tuple(row));
  // A list or a set of a plan: the order is the same, but an order by another rule is not.
  const isList = values.every((value) => value.kind === "sequence" && value.form !== "set");
  return isList ? sequence("list", tuples) : setOf(tuples);
}

export const setFunctions: FunctionTable = {
  setintersection: define(
    [anySet],
    combination(([first = [], ...others]) => {
      const known = others.map(hashes);
      return first.filter((one) => known.every((set) => set.has(identityOf(one))));
    }),
    { rest: anySet },
  ),
  setproduct: define([], product, { rest: "any" }),
  setsubtract: define(
    [anySet, anySet],
    combination(([first = [], second = []]) => {
      const known = hashes(second);
      return first.filter((one) => !known.has(identityOf(one)));
    }),
  ),
  setunion: define(
    [anySet],
    // Elements of which a part is unknown stay in the union; they may turn out to be equal.
    (sets) =>
      sets.every(({ kind }) => kind === "sequence")
        ? combination((elements) => elements.flat())(sets)
        : computed("setunion", sets),
    { rest: anySet, acceptsUnknown: true },
  ),
};

// Terraform's functions of lists, maps and objects.

import { convert, equal, identityOf, isNotNull } from "../convert.ts";
import { indexIn } from "../element.ts";
import { add, compare, fromInteger } from "../number.ts";
import { type Type, typeOf, unify } from "../type.ts";
import {
  bool,
  candidates,
  compareText,
  computed,
  expanded,
  failure,
  isNeverEmpty,
  isNotEmpty,
  isSecret,
  isWhollyKnown,
  type MappingValue,
  mapping,
  maxCandidates,
  nothing,
  number,
  object,
  type SequenceValue,
  sequence,
  string,
  tuple,
  unknown,
  type Value,
  withSensitivity,
} from "../value.ts";
import {
  bigNumberOf,
  collectionOf,
  define,
  elementsOf,
  entriesOf,
  type FunctionDefinition,
  type FunctionTable,
  integerOf,
  notACollection,
  textOf,
} from "./definition.ts";
import { graphemesOf } from "./graphemes.ts";

const anyList: Type = { list: "any" };

/** A function that also gets values of which parts are unknown. */
const partial = (
  parameters: readonly Type[],
  run: FunctionDefinition["run"],
  options: Omit<FunctionDefinition, "parameters" | "run"> = {},
) => define(parameters, run, { ...options, acceptsUnknown: true });

/** The open value as a whole, or an error where it cannot be a collection. */
const notOpen = (name: string, values: readonly Value[]): Value =>
  values.some((value) => !isWhollyKnown(value)) ? computed(name, values) : notACollection;

/** Whether the number of elements is not known: equal ones of a set count once. */
const mayShrink = (value: SequenceValue): boolean =>
  (value.form === "set" || value.form === "array") && !isWhollyKnown(value);

function length([value = nothing]: readonly Value[]): Value {
  const collection = collectionOf(value);
  if (value.kind === "string") return number(graphemesOf(value.text).length);
  if (collection?.kind === "mapping") return number(collection.entries.size);
  if (!collection)
    return { ...notOpen("length", [value]), ...(isWhollyKnown(value) ? {} : { type: "number" as const }) } as Value;
  return mayShrink(collection)
    ? { ...computed("length", [value]), type: "number" }
    : number(collection.elements.length);
}

/** Sequences of a plan may be sets, where Terraform would refuse an index. */
function element([list = nothing, position = nothing]: readonly Value[]): Value {
  const collection = collectionOf(list);
  if (collection?.kind !== "sequence") return notOpen("element", [list]);
  if (collection.form === "set") return failure("element cannot read from a set");
  const { elements } = collection;
  if (elements.length === 0) return failure("element cannot read from an empty list");
  if (position.kind !== "number") return indexIn(collection, position);
  const index = integerOf(position);
  if (index === undefined) return failure("element needs a whole number");
  // Some versions of Terraform count from the end, others fail.
  if (index < 0) return unknown({ kind: "function", name: "element" });
  const found = elements[index % elements.length] ?? nothing;
  return withSensitivity(found, list.sensitive);
}

function lookup([map = nothing, key = nothing, fallback]: readonly Value[]): Value {
  const collection = map.kind === "lazy" ? map : collectionOf(map);
  if (collection?.kind !== "mapping" && collection?.kind !== "lazy") return notOpen("lookup", [map]);
  if (key.kind !== "string") return candidates([indexIn(expanded(collection), key), ...(fallback ? [fallback] : [])]);
  const found = collection.kind === "lazy" ? collection.get(key.text) : collection.entries.get(key.text);
  const type = typeOf(collection);
  // In a map the default must have the type of the elements, whether it is taken or not.
  const converted = fallback && typeof type === "object" && "map" in type ? convert(fallback, type.map) : fallback;
  if (converted?.kind === "error") return converted;
  if (found) return withSensitivity(found, map.sensitive);
  return converted ?? failure("lookup found no such key");
}

/** Later ones win; null counts as an empty map. */
function merge(values: readonly Value[]): Value {
  const maps = values.filter(({ kind }) => kind !== "null").map(collectionOf);
  if (maps.some((map) => map?.kind !== "mapping")) return notOpen("merge", values);
  const entries = (maps as readonly MappingValue[]).flatMap((map) => [...map.entries]);
  const forms = new Set((maps as readonly MappingValue[]).map(({ form }) => form));
  const types = (maps as readonly MappingValue[]).map(typeOf);
  const [first] = types;
  const isMap =
    forms.size === 1 && forms.has("map") && types.every((type) => JSON.stringify(type) === JSON.stringify(first));
  return isMap ? mapping("map", entries, (first as { map: Type }).map) : object(entries);
}

/** Lists of one type make a list, others a tuple. */
function concat(values: readonly Value[]): Value {
  if (values.length === 0) return failure("concat needs an argument");
  const lists = values.map(collectionOf);
  if (lists.some((list) => list?.kind !== "sequence" || list.form === "set")) return notOpen("concat", values);
  const sequences = lists as readonly SequenceValue[];
  if (sequences.some(mayShrink)) return computed("concat", values);
  const elements = sequences.flatMap((list) => list.elements);
  if (sequences.some(({ form }) => form === "array")) return sequence("array", elements);
  if (sequences.some(({ form }) => form !== "list")) return tuple(elements);
  const type = unify(sequences.map(typeOf));
  return typeof type === "object" && "list" in type ? convert(sequence("list", elements), type) : tuple(elements);
}

function flatten([value = nothing]: readonly Value[]): Value {
  const list = collectionOf(value);
  if (list?.kind !== "sequence") return notOpen("flatten", [value]);
  const found: Value[] = [];
  let isOpen = mayShrink(list);
  const visit = (one: Value, depth: number): void => {
    if (one.kind === "sequence" && depth < 100) {
      isOpen ||= mayShrink(one);
      for (const inner of one.elements) visit(inner, depth + 1);
    } else {
      // What is unknown may be a list itself, unless its type is known.
      isOpen ||=
        one.kind === "candidates" ||
        (one.kind === "unknown" && !isNeverEmpty(one) && !["string", "number", "bool"].includes(`${one.type}`));
      found.push(one);
    }
  };
  for (const one of list.elements) visit(one, 0);
  return isOpen ? computed("flatten", [value]) : tuple(found);
}

function keys([value = nothing]: readonly Value[]): Value {
  if (value.kind === "lazy") return tuple([...value.names()].sort(compareText).map(string));
  const map = collectionOf(value);
  if (map?.kind !== "mapping") return notOpen("keys", [value]);
  const names = [...map.entries.keys()].map(string);
  return map.form === "object" ? tuple(names) : sequence("list", names, "string");
}

function values([value = nothing]: readonly Value[]): Value {
  const map = collectionOf(value);
  if (map?.kind !== "mapping") return notOpen("values", [value]);
  const list = [...map.entries.values()];
  return map.form === "object" ? tuple(list) : sequence(map.form === "map" ? "list" : "array", list, map.elementType);
}

function contains([list = nothing, wanted = nothing]: readonly Value[]): Value {
  const collection = collectionOf(list);
  if (collection?.kind !== "sequence") return notOpen("contains", [list]);
  const answers = collection.elements.map((one) => equal(one, wanted));
  if (answers.some((answer) => answer.kind === "boolean" && answer.truth)) return bool(true);
  return answers.every(({ kind }) => kind === "boolean")
    ? bool(false)
    : { ...computed("contains", [list, wanted]), type: "bool" };
}

/** What is unknown may be empty, and be left out: each of them doubles the results. */
function compact([list = nothing]: readonly Value[]): Value {
  if (list.kind !== "sequence") return notOpen("compact", [list]);
  let results: (readonly Value[])[] = [[]];
  for (const one of list.elements) {
    if (one.kind === "null" || (one.kind === "string" && one.text === "")) continue;
    const isKept = isNotEmpty(one);
    results = isKept ? results.map((kept) => [...kept, one]) : results.flatMap((kept) => [[...kept, one], kept]);
    if (results.length > maxCandidates) return computed("compact", [list]);
  }
  return candidates(results.map((kept) => sequence("list", kept, "string")));
}

/** The first one that is neither null nor empty. */
function coalesce(list: readonly Value[]): Value {
  const type = unify(list.map(typeOf));
  if (type === undefined) return failure("the arguments have no type in common");
  const possible: Value[] = [];
  for (const value of list) {
    const one = convert(value, type);
    if (one.kind === "error") return one;
    if (one.kind === "null" || (one.kind === "string" && one.text === "")) continue;
    possible.push(one);
    const mayBeEmpty = one.kind === "template" && !isNotEmpty(one);
    if (isNotNull(one) && !mayBeEmpty) break;
  }
  return possible.length === 0 ? failure("all arguments are null or empty") : candidates(possible);
}

function coalesceList(lists: readonly Value[]): Value {
  const isWrong = (list: Value) =>
    list.kind === "sequence" ? list.form === "set" : !["null", "unknown", "candidates"].includes(list.kind);
  if (lists.some(isWrong)) return failure("coalescelist needs lists");
  for (const list of lists) {
    if (list.kind === "null") continue;
    if (list.kind !== "sequence") return notOpen("coalescelist", lists);
    if (list.elements.length > 0) return list;
  }
  return failure("all lists are empty");
}

function one([value = nothing]: readonly Value[]): Value {
  const list = collectionOf(value);
  if (list?.kind !== "sequence") return notOpen("one", [value]);
  const [first = nothing, second] = list.elements;
  if (second === undefined) return withSensitivity(first, value.sensitive);
  return mayShrink(list) ? computed("one", [value]) : failure("one needs at most one element");
}

/** The bounds of slice as Terraform checks them. */
function slice([list = nothing, start, end]: readonly Value[]): Value {
  const collection = collectionOf(list);
  if (collection?.kind !== "sequence" || start?.kind !== "number" || end?.kind !== "number" || mayShrink(collection))
    return notOpen("slice", [list, start ?? nothing, end ?? nothing]);
  if (collection.form === "set") return failure("slice cannot read from a set");
  const [from, to] = [integerOf(start), integerOf(end)];
  const { elements, form, elementType } = collection;
  if (from === undefined || to === undefined || from < 0 || to > elements.length || from > to)
    return failure("the bounds of slice are outside of the list");
  return sequence(form, elements.slice(from, to), elementType);
}

function zipmap([names = nothing, list = nothing]: readonly Value[]): Value {
  const collection = collectionOf(list);
  if (names.kind !== "sequence" || collection?.kind !== "sequence" || mayShrink(collection))
    return notOpen("zipmap", [names, list]);
  if (names.elements.some(({ kind }) => kind === "null")) return failure("a key of zipmap cannot be null");
  if (names.elements.some(({ kind }) => kind !== "string")) return computed("zipmap", [names, list]);
  if (names.elements.length !== collection.elements.length) return failure("zipmap needs as many values as keys");
  const entries = names.elements.map((name, index) => [textOf(name), collection.elements[index] ?? nothing] as const);
  const map =
    collection.form === "tuple" ? object(entries) : mapping(collection.form === "list" ? "map" : "record", entries);
  return withSensitivity(map, isSecret(names));
}

function chunks([list, size]: readonly Value[]): Value {
  const count = integerOf(size);
  if (count === undefined || count < 0) return failure("chunklist needs a whole number");
  const all = elementsOf(list);
  if (count === 0) return sequence("list", all.length === 0 ? [] : [list ?? nothing]);
  const found: Value[] = [];
  for (let at = 0; at < all.length; at += count) found.push(sequence("list", all.slice(at, at + count)));
  return sequence("list", found);
}

/** Numbers from a start up to, or down to, a limit. */
function range(list: readonly Value[]): Value {
  const [first, second, third] = list.map(bigNumberOf);
  if (!first) return failure("range needs a limit");
  const zero = fromInteger(0);
  const start = second ? first : zero;
  const limit = second ?? first;
  const isDown = compare(limit, start) < 0;
  const step = third ?? fromInteger(isDown ? -1 : 1);
  if (compare(step, zero) === 0 || (third && compare(step, zero) < 0 !== isDown && compare(limit, start) !== 0))
    return failure("range never comes to its limit");
  const found: Value[] = [];
  for (let at = start; isDown ? compare(at, limit) > 0 : compare(at, limit) < 0; at = add(at, step)) {
    // Terraform stops there as well.
    if (found.length >= 1024) return failure("range makes more than 1024 numbers");
    found.push(number(at));
  }
  return sequence("list", found, "number");
}

function transposed([map]: readonly Value[]): Value {
  const found = new Map<string, string[]>();
  for (const [name, list] of entriesOf(map))
    for (const value of elementsOf(list)) {
      if (value.kind !== "string") return failure("transpose needs strings");
      const names = found.get(value.text);
      if (names) names.push(name);
      else found.set(value.text, [name]);
    }
  const lists = [...found].map(
    ([name, names]) => [name, sequence("list", names.sort(compareText).map(string), "string")] as const,
  );
  return mapping("map", lists, { list: "string" });
}

/** `alltrue` and `anytrue`: one value can decide, whatever the others are. */
const truths =
  (name: string, decisive: boolean) =>
  ([list = nothing]: readonly Value[]): Value => {
    if (list.kind !== "sequence") return notOpen(name, [list]);
    if (list.elements.some((one) => one.kind === "boolean" && one.truth === decisive)) return bool(decisive);
    if (!decisive && list.elements.some(({ kind }) => kind === "null")) return bool(false);
    return list.elements.every(({ kind }) => kind === "boolean" || kind === "null")
      ? bool(!decisive)
      : { ...computed(name, [list]), type: "bool" };
  };

function distinct([list]: readonly Value[]): Value {
  const seen = new Set<string>();
  const kept = elementsOf(list).filter((one) => {
    const hash = identityOf(one);
    if (seen.has(hash)) return false;
    seen.add(hash);
    return true;
  });
  return sequence("list", kept, list?.kind === "sequence" ? list.elementType : undefined);
}

function position([list = nothing, wanted = nothing]: readonly Value[]): Value {
  const collection = collectionOf(list);
  if (collection?.kind !== "sequence" || collection.form === "set") return failure("index needs a list");
  for (const [index, one] of collection.elements.entries()) {
    const answer = equal(one, wanted);
    if (answer.kind === "boolean" && answer.truth) return number(index);
    if (answer.kind !== "boolean") return computed("index", [list, wanted]);
  }
  return failure("index found no such element");
}

function matching([list, found, wanted]: readonly Value[]): Value {
  const all = elementsOf(list);
  const marks = elementsOf(found);
  if (all.length !== marks.length) return failure("matchkeys needs lists of one length");
  const hashes = new Set(elementsOf(wanted).map(identityOf));
  return sequence(
    "list",
    all.filter((_, index) => hashes.has(identityOf(marks[index] ?? nothing))),
  );
}

export const collectionFunctions: FunctionTable = {
  alltrue: partial([{ list: "bool" }], truths("alltrue", false), { readsElements: true }),
  anytrue: partial([{ list: "bool" }], truths("anytrue", true), { readsElements: true }),
  chunklist: define([anyList, "number"], chunks),
  coalesce: partial(["any"], coalesce, { rest: "any", acceptsNull: true, readsElements: true }),
  coalescelist: partial([], coalesceList, { rest: "any", acceptsNull: true, readsElements: true }),
  compact: partial([{ list: "string" }], compact, { readsElements: true }),
  concat: partial([], concat, { rest: "any" }),
  contains: partial(["any", "any"], contains, { readsElements: true }),
  distinct: define([anyList], distinct),
  element: partial(["any", "number"], element, { isShallow: true }),
  flatten: partial(["any"], flatten),
  index: define(["any", "any"], position),
  keys: partial(["any"], keys, { isShallow: true }),
  length: partial(["any"], length, { isShallow: true }),
  lookup: partial(["any", "string", "any"], lookup, { optional: 1, acceptsNull: true, isShallow: true }),
  matchkeys: define([anyList, anyList, anyList], matching),
  merge: partial([], merge, { rest: "any", acceptsNull: true }),
  one: partial(["any"], one, { isShallow: true }),
  range: define([], range, { rest: "number" }),
  reverse: partial(["any"], ([list = nothing]) => {
    const collection = collectionOf(list);
    if (collection?.kind !== "sequence") return notOpen("reverse", [list]);
    if (mayShrink(collection)) return computed("reverse", [list]);
    const { form, elements, elementType } = collection;
    return sequence(form === "set" ? "list" : form, [...elements].reverse(), elementType);
  }),
  slice: partial(["any", "number", "number"], slice),
  transpose: define([{ map: { list: "string" } }], transposed),
  values: partial(["any"], values),
  zipmap: partial([{ list: "string" }, "any"], zipmap),
};

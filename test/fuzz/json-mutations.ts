// Mutations of a JSON document: each changes one node of it to something that no program writes there.

import fc from "fast-check";
import type { Json, JsonObject } from "../../src/plan/plan.ts";

/** The way to a node from the top. */
export type Path = readonly (string | number)[];

const kinds = ["remove", "replace", "copy", "duplicate", "wrap", "add", "rename", "inside"] as const;

export interface Mutation {
  readonly kind: (typeof kinds)[number];
  /** Which of the nodes that may change. */
  readonly target: number;
  /** Which of the nodes that may be copied to it. */
  readonly source: number;
  readonly key: string;
  readonly value: Json;
}

/** Keys that mean something to JavaScript, to Terraform's JSON or to no one. */
const keys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "toJSON",
  "length",
  "\ud800",
  "",
  "0",
  "*",
  "a.b[0]",
  "constant_value",
  "references",
  "module",
  "resources",
  "address",
  "value",
  "default",
];

/** JSON has no infinity, but JSON.parse makes one of 1e999. */
const tooLargeNumber = "\u0001too large";

function nested(depth: number, isList: boolean): Json {
  let value: Json = "deep";
  for (let level = 0; level < depth; level++) value = isList ? [value] : { a: value };
  return value;
}

const scalars: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  443,
  2 ** 53 + 2,
  -1e308,
  5e-324,
  tooLargeNumber,
  "",
  " ",
  "a",
  "true",
  "443",
  "*",
  "\ud800",
  "\u0000",
  "https://[",
  "%ZZ",
  `\${a.b}`,
  '["a"',
  "[".repeat(2000),
  "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
  "function handler(event) { return event.response",
  "arn:aws:acm:",
];

const references = ["each.key", "each.value", "count.index", "local.a", "var.a", "path.module", "a", "", "module.a.b"];

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...scalars) },
  { weight: 1, arbitrary: fc.constantFrom<Json>([], {}, [[]], [{}], [null], { toString: 1 }, [1, "a", {}]) },
  { weight: 1, arbitrary: fc.constantFrom(...references).map((one) => ({ references: [one] })) },
  { weight: 1, arbitrary: fc.constantFrom(...scalars).map((one) => ({ constant_value: one })) },
  { weight: 1, arbitrary: fc.constantFrom(...scalars).map((one) => ({ references: one })) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20, unit: "binary" }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((one) => one as Json) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(3, 100, 470, 3000), fc.boolean())
      .map(([depth, isList]) => nested(depth, isList)),
  },
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...kinds),
  target: fc.nat(2 ** 31 - 1),
  source: fc.nat(2 ** 31 - 1),
  key: fc.constantFrom(...keys),
  value,
});

/** One, and now and then several at once. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(mutation, { minLength: 2, maxLength: 6 }) },
);

type JsonNode = readonly Json[] | JsonObject;

const isNode = (value: Json | undefined): value is JsonNode => typeof value === "object" && value !== null;

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** All nodes of a document but the top. `isWanted`: whether to look at a node, and below it. */
export function nodesOf(document: Json, isWanted: (path: Path) => boolean = () => true): Path[] {
  const found: Path[] = [];
  const visit = (value: Json, path: Path): void => {
    if (!isWanted(path)) return;
    if (path.length > 0) found.push(path);
    if (isList(value)) for (const [index, one] of value.entries()) visit(one, [...path, index]);
    else if (isNode(value)) for (const [name, one] of Object.entries(value)) visit(one, [...path, name]);
  };
  visit(document, []);
  return found;
}

const itemAt = (value: Json | undefined, step: string | number): Json | undefined =>
  isNode(value) && Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined;

export const valueAt = (document: Json, path: Path): Json | undefined =>
  path.reduce<Json | undefined>(itemAt, document);

/** The document with some nodes changed. `targets`: the nodes that may change; `sources`: those that may be copied. */
export const mutate = (
  document: Json,
  targets: readonly Path[],
  sources: readonly Path[],
  mutations: readonly Mutation[],
): Json =>
  mutations.reduce(
    (changed, mutation) =>
      changeAt(changed, targets[mutation.target % targets.length] ?? [], (parent, step) =>
        change(parent, step, mutation, valueAt(document, sources[mutation.source % sources.length] ?? []) ?? null),
      ),
    document,
  );

function change(
  parent: JsonNode,
  step: string | number,
  { kind, target, source, key, value }: Mutation,
  copied: Json,
): Json {
  const before = itemAt(parent, step) ?? null;
  switch (kind) {
    case "remove":
      return withItem(parent, step);
    case "duplicate":
      return isList(parent) ? [...parent, before] : withItem(parent, key, before);
    case "rename":
      return isList(parent) ? [...parent].reverse() : withItem(withoutItem(parent, step), key, before);
    case "copy":
      return withItem(parent, step, copied);
    case "wrap":
      return withItem(parent, step, target % 2 === 0 ? [before] : { [key]: before });
    case "add": {
      const added = isList(before) ? [...before, value] : isNode(before) ? withItem(before, key, value) : value;
      return withItem(parent, step, added);
    }
    case "inside":
      return withItem(parent, step, changedInside(before, source, value));
    default:
      return withItem(parent, step, value);
  }
}

/** Many attributes hold JSON in a text: a policy, a template. */
function changedInside(text: Json, source: number, value: Json): Json {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return value;
  try {
    const inner: Json = JSON.parse(text);
    const nodes = nodesOf(inner);
    return JSON.stringify(
      changeAt(inner, nodes[source % nodes.length] ?? [], (parent, step) => withItem(parent, step, value)),
    );
  } catch {
    return `${text}]`;
  }
}

/** Changes what holds a node; nothing where an earlier change has taken it away. */
function changeAt(
  document: Json,
  [step, ...rest]: Path,
  change: (parent: JsonNode, step: string | number) => Json,
): Json {
  if (step === undefined || !isNode(document) || !Object.hasOwn(document, step)) return document;
  if (rest.length === 0) return change(document, step);
  return withItem(document, step, changeAt(itemAt(document, step) ?? null, rest, change));
}

/** Object.fromEntries makes `__proto__` a property as any other. */
function withItem(parent: JsonNode, step: string | number, value?: Json): Json {
  if (isList(parent))
    return parent.flatMap((one, index) => (index !== step ? [one] : value === undefined ? [] : [value]));
  const entries = Object.entries(parent);
  const isNew = !Object.hasOwn(parent, step);
  if (value !== undefined && isNew) return Object.fromEntries([...entries, [`${step}`, value]]);
  return Object.fromEntries(
    entries.flatMap(([name, one]) => (name !== `${step}` ? [[name, one]] : value === undefined ? [] : [[name, value]])),
  );
}

const withoutItem = (parent: JsonObject, step: string | number): JsonObject =>
  Object.fromEntries(Object.entries(parent).filter(([name]) => name !== `${step}`));

/** As `JSON.stringify` writes it, with a number that is too large where one is asked for. */
export const textOf = (document: Json): string =>
  JSON.stringify(document).replaceAll(JSON.stringify(tooLargeNumber), "1e999");

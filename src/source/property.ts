// Attribute path → property in a construct's call: `viewer_certificate[0].minimum_protocol_version` is the line of
// `minimumProtocolVersion` in `new CloudfrontDistribution(this, "cdn", { viewerCertificate: {…} })`.

import type * as Babel from "@babel/parser";
import { load } from "../load.ts";
import type { Step } from "../plan/address.ts";
import { choose, inside, type Written } from "./choose.ts";
import type { Position } from "./hcl.ts";

/** A node of the syntax tree, as far as it is looked at here. */
interface SyntaxNode {
  readonly type: string;
  readonly loc: { readonly start: Position; readonly end: Position };
  readonly [part: string]: unknown;
}

/** A parsed file: TypeScript, or JavaScript. */
export type Source = SyntaxNode;

/** Parses a file; nothing when it cannot be read as TypeScript. */
export function parseSource(code: string, file: string): Source | undefined {
  // Only a finding that is shown in TypeScript needs a parser, so no other one waits for it.
  const { parse } = load("@babel/parser") as typeof Babel;
  const isMarkup = /\.[jt]sx$/.test(file);
  try {
    return parse(code, {
      sourceType: "unambiguous",
      errorRecovery: true,
      plugins: ["typescript", "decorators", "explicitResourceManagement", ...(isMarkup ? (["jsx"] as const) : [])],
    }).program as unknown as SyntaxNode;
  } catch {
    return undefined;
  }
}

/** Where the property stands that sets an attribute, or the one nearest to it; nothing where the call has none of it. */
export function propertyAt(
  source: Source,
  call: Position,
  path: readonly Step[],
  planned?: unknown,
): Position | undefined {
  const parents = callAt(source, shifted(call, -1));
  const made = parents.at(-1);
  const values = nodes(made?.arguments).reverse();
  // A construct's properties come last; a construct of one's own may name them otherwise.
  for (const route of [path, ...renamed(path)]) {
    const found = values
      .map((value) => deepest({ node: value, parents, hops: 0 }, route, route === path ? planned : undefined))
      .reduce<Found | undefined>((best, one) => (one.depth > (best?.depth ?? 0) ? one : best), undefined);
    if (found) return shifted(found.at.loc.start, 1);
  }
  return undefined;
}

/** The parser counts columns from 0. */
const shifted = ({ line, column }: Position, by: number): Position => ({ line, column: column + by });

/** What the constructs of tlsgate/modules call an attribute. */
const ownNames: { readonly [attribute: string]: readonly string[] } = {
  acm_certificate_arn: ["certificate"],
  aliases: ["domains", "from"],
  http_version: ["http"],
  minimum_protocol_version: ["minimumTls"],
  response_headers_policy_id: ["headers"],
  ssl_policy: ["tls"],
  strict_transport_security: ["headers"],
  validation_method: ["validation"],
  viewer_protocol_policy: ["viewerProtocol"],
};

/** The path as tlsgate/modules has it: behaviors are the properties of an object, everything else stands at the top. */
function renamed(path: readonly Step[]): Step[][] {
  const [first, second] = path;
  const behavior = second && first && "name" in first && first.name === "ordered_cache_behavior" ? second : undefined;
  const own = path.flatMap((step) => ("name" in step ? (ownNames[step.name] ?? []) : []));
  return own.flatMap((name) => [...(behavior ? [[{ name: "behaviors" }, behavior, { name }]] : []), [{ name }]]);
}

// --- the call

const calls = ["NewExpression", "CallExpression", "OptionalCallExpression"];

/** The call that a stack frame points at, behind everything around it. */
function callAt(source: Source, place: Position): readonly SyntaxNode[] {
  const chain: SyntaxNode[] = [];
  for (let at: SyntaxNode | undefined = source; at; at = children(at).find((one) => holds(one.loc, place)))
    chain.push(at);
  // V8 points at `new`, at `super`, or at the name of a method: never into the arguments of the call.
  const isMeant = ({ type, loc, callee }: SyntaxNode) =>
    calls.includes(type) && holds({ start: loc.start, end: (callee as SyntaxNode).loc.end }, place);
  return chain.slice(0, chain.findLastIndex(isMeant) + 1);
}

const holds = ({ start, end }: SyntaxNode["loc"], place: Position): boolean =>
  !isAfter(start, place) && isAfter(end, place);

const isAfter = (one: Position, other: Position): boolean =>
  one.line > other.line || (one.line === other.line && one.column > other.column);

const children = (node: SyntaxNode): SyntaxNode[] => Object.values(node).flatMap(nodes);

const nodes = (part: unknown): SyntaxNode[] => (Array.isArray(part) ? part.flatMap(nodes) : isNode(part) ? [part] : []);

const isNode = (part: unknown): part is SyntaxNode =>
  typeof part === "object" && part !== null && "type" in part && "loc" in part && typeof part.type === "string";

// --- the property

/** An expression, and what stands around it. */
interface Expression {
  readonly node: SyntaxNode;
  readonly parents: readonly SyntaxNode[];
  /** Variables that led here. */
  readonly hops: number;
}

interface Found {
  readonly at: SyntaxNode;
  readonly depth: number;
}

/** Follows a path through what is written out in this file; what is computed ends it. */
function deepest(value: Expression, path: readonly Step[], planned: unknown, from?: Found): Found {
  const here = from ?? { at: value.node, depth: 0 };
  const [step, ...rest] = path;
  const written = resolve(value);
  if (!step || !written) return here;
  const { node } = written;
  if ("key" in step && typeof step.key === "number") {
    const inBlock = inside(planned, step.key);
    if (node.type === "ArrayExpression") {
      const elements = nodes(node.elements).map((one) => ({ ...written, node: one }));
      const element = choose(elements, writtenIn, step.key, inBlock);
      return element ? deepest(element, rest, inBlock, { at: element.node, depth: here.depth }) : here;
    }
    // A single block is no list in CDKTF. The behaviors of tlsgate/modules are the properties of an object.
    const property = isNamed(here.at, "behaviors") ? nodes(node.properties)[step.key] : undefined;
    if (property?.type !== "ObjectProperty") return deepest(value, rest, inBlock, here);
    const behavior = { ...written, node: property.value as SyntaxNode };
    return deepest(behavior, rest, undefined, { at: property, depth: here.depth + 1 });
  }
  const name = "name" in step ? step.name : String(step.key);
  const property = propertyOf(written, name);
  if (!property) return here;
  return deepest(property.value, rest, inside(planned, name), { at: property.at, depth: here.depth + 1 });
}

/** The property of an object that counts: the last one of that name, be it in an object that is spread. */
function propertyOf(
  { node, parents, hops }: Expression,
  name: string,
): { at: SyntaxNode; value: Expression } | undefined {
  if (node.type !== "ObjectExpression") return undefined;
  for (const one of nodes(node.properties).reverse()) {
    if (one.type !== "SpreadElement") {
      if (isNamed(one, name)) return { at: one, value: { node: (one.value ?? one) as SyntaxNode, parents, hops } };
      continue;
    }
    for (const argument of branches(one.argument as SyntaxNode)) {
      const spread = resolve({ node: argument, parents, hops });
      const found = spread && propertyOf(spread, name);
      if (found) return found;
    }
  }
  return undefined;
}

/** What may be spread: `...(strict ? { a } : {})`, `...(strict && { a })`. */
function branches(node: SyntaxNode): SyntaxNode[] {
  if (node.type === "ConditionalExpression") return [node.consequent, node.alternate].flatMap(nodes).flatMap(branches);
  return node.type === "LogicalExpression" ? nodes(node.right).flatMap(branches) : [node];
}

/** cdktf writes `is_ipv6_enabled` as isIpv6Enabled; in overrides and dynamic blocks it stays as it is. */
const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();

function isNamed(property: SyntaxNode, name: string): boolean {
  const written = property.computed ? undefined : nameOf(property.key);
  return written !== undefined && plain(written) === plain(name);
}

function nameOf(key: unknown): string | undefined {
  if (!isNode(key)) return undefined;
  return key.type === "Identifier" ? String(key.name) : key.type === "StringLiteral" ? String(key.value) : undefined;
}

/** What an object writes out, with the names of Terraform. */
function writtenIn(value: Expression): Written {
  const written = resolve(value);
  if (written?.node.type !== "ObjectExpression") return {};
  const literals = nodes(written.node.properties).flatMap((one) => {
    const name = one.type === "ObjectProperty" && !one.computed ? nameOf(one.key) : undefined;
    const literal =
      isNode(one.value) && /^(String|Numeric|Boolean)Literal$/.test(one.value.type) ? one.value.value : null;
    return name === undefined || literal === null
      ? []
      : [[name.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`), literal]];
  });
  return Object.fromEntries(literals);
}

// --- variables

/** Enough for what people write, and an end for an object that is spread into itself. */
const maxHops = 8;

/** The object or array that an expression is: written here, or in a variable of this file. */
function resolve(value: Expression): Expression | undefined {
  const { node } = value;
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return resolve({ ...value, node: node.expression as SyntaxNode });
    case "Identifier": {
      const found = value.hops < maxHops ? variable(String(node.name), value) : undefined;
      return found && resolve(found);
    }
    case "MemberExpression": {
      const object = resolve({ ...value, node: node.object as SyntaxNode });
      const name = node.computed ? undefined : nameOf(node.property);
      const property = object && name !== undefined ? propertyOf(object, name) : undefined;
      return property && resolve(property.value);
    }
    default:
      return value;
  }
}

/** What a variable is initialised with, in the nearest block around its use that declares it. */
function variable(name: string, { parents, hops }: Expression): Expression | undefined {
  for (let depth = parents.length - 1; depth >= 0; depth--) {
    const scope = parents[depth]!;
    const bound = scope.type.startsWith("For") ? [scope.left, scope.init] : [scope.params, scope.param];
    if (bound.flatMap(nodes).some((one) => binds(one, name))) return undefined;
    const statements = Array.isArray(scope.body) ? nodes(scope.body) : [];
    const declarations = statements
      .map((one) => (one.type === "ExportNamedDeclaration" && isNode(one.declaration) ? one.declaration : one))
      .filter((one) => one.type === "VariableDeclaration")
      .flatMap((one) => nodes(one.declarations));
    const declared = declarations.find((one) => binds(one.id as SyntaxNode, name));
    if (!declared) continue;
    const isSimple = (declared.id as SyntaxNode).type === "Identifier" && isNode(declared.init);
    return isSimple
      ? { node: declared.init as SyntaxNode, parents: parents.slice(0, depth + 1), hops: hops + 1 }
      : undefined;
  }
  return undefined;
}

/** Whether a pattern, such as `{ a, b: [c] }` or a parameter, makes a variable of that name. */
const binds = (pattern: SyntaxNode, name: string): boolean =>
  (pattern.type === "Identifier" && pattern.name === name) || children(pattern).some((one) => binds(one, name));

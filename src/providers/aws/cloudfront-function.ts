// A CloudFront function's code, parsed → the Strict-Transport-Security header that it sets on every response.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html

import type * as Acorn from "acorn";
import type * as Walk from "acorn-walk";
import { load } from "../../load.ts";

/** What the code does: set a header's text, surely leave it alone, or something that reading it does not decide. */
export type FunctionHsts =
  | { readonly kind: "sets"; readonly header: string }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: string };

const headerName = "strict-transport-security";
const responseHeaders = "event.response.headers";

type Node = Acorn.AnyNode;
type Handler =
  | Acorn.FunctionDeclaration
  | Acorn.AnonymousFunctionDeclaration
  | Acorn.FunctionExpression
  | Acorn.ArrowFunctionExpression;

const unclear = (why: string): FunctionHsts => ({ kind: "unclear", why });

/** The code is never run: it comes from the plan, and a plan comes from anybody. */
export function hstsOfFunction(code: string): FunctionHsts {
  const program = parse(code);
  if (!program) return unclear("its code could not be parsed");
  const handler = findHandler(program);
  if (!handler) return unclear("its code has no function named handler");
  const names = namesIn(program, handler);
  const writes = writesIn(handler, names);
  if (writes.hsts.length === 0) {
    if (mentionsHeader(program))
      return unclear("its code mentions the header in a way that reading it does not decide");
    return writes.dynamic ? unclear("its code sets headers whose names reading it does not show") : { kind: "none" };
  }
  const [write, ...others] = writes.hsts;
  if (!write || others.length > 0) return unclear("its code sets the header in more than one place");
  if (!write.always) return unclear("its code sets the header only under a condition");
  if (write.header === undefined) return unclear("its code computes the header's value");
  return { kind: "sets", header: write.header };
}

function parse(code: string): Acorn.Program | undefined {
  const { parse } = load("acorn") as typeof Acorn;
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parse(code, { ecmaVersion: "latest", sourceType });
    } catch {
      // The runtime takes scripts as well as modules.
    }
  }
  return undefined;
}

const isFunction = (node: Node | null | undefined): node is Handler =>
  node?.type === "FunctionDeclaration" ||
  node?.type === "FunctionExpression" ||
  node?.type === "ArrowFunctionExpression";

function findHandler(program: Acorn.Program): Handler | undefined {
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id?.name === "handler") return declaration;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && id.name === "handler" && isFunction(init)) return init;
    }
  }
  return undefined;
}

/** What names stand for: a path from the event ("event.response.headers"), or a constant text. */
interface Names {
  readonly paths: Map<string, string>;
  readonly texts: Map<string, string>;
}

function namesIn(program: Acorn.Program, handler: Handler): Names {
  const names: Names = { paths: new Map(), texts: new Map() };
  const [event] = handler.params;
  if (event?.type === "Identifier") names.paths.set(event.name, "event");
  if (event?.type === "ObjectPattern") bindPattern(event, "event", names);
  const assigned = new Set<string>();
  ancestors(program, (node) => {
    if (node.type === "AssignmentExpression" && node.left.type === "Identifier") assigned.add(node.left.name);
  });
  const declared = new Set<string>();
  ancestors(program, (node) => {
    if (node.type !== "VariableDeclarator" || !node.init) return;
    if (node.id.type === "ObjectPattern") bindPattern(node.id, pathOf(node.init, names), names);
    if (node.id.type !== "Identifier") return;
    const { name } = node.id;
    // A name that is written twice, anywhere, stands for nothing certain.
    if (assigned.has(name) || declared.has(name)) {
      names.paths.delete(name);
      names.texts.delete(name);
      return;
    }
    declared.add(name);
    const path = pathOf(node.init, names);
    const text = textOf(node.init, names);
    if (path !== undefined) names.paths.set(name, path);
    if (text !== undefined) names.texts.set(name, text);
  });
  return names;
}

function bindPattern(pattern: Acorn.ObjectPattern, from: string | undefined, names: Names): void {
  if (from === undefined) return;
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.computed) continue;
    const key = property.key.type === "Identifier" ? property.key.name : undefined;
    if (key === undefined) continue;
    if (property.value.type === "Identifier") names.paths.set(property.value.name, `${from}.${key}`);
    if (property.value.type === "ObjectPattern") bindPattern(property.value, `${from}.${key}`, names);
  }
}

function pathOf(node: Node, names: Names): string | undefined {
  if (node.type === "Identifier") return names.paths.get(node.name);
  if (node.type !== "MemberExpression") return undefined;
  const parent = pathOf(node.object, names);
  const key = keyOf(node, names);
  return parent === undefined || key === undefined ? undefined : `${parent}.${key}`;
}

function keyOf(node: Acorn.MemberExpression, names: Names): string | undefined {
  if (node.computed) return textOf(node.property, names);
  return node.property.type === "Identifier" ? node.property.name : undefined;
}

function textOf(node: Node, names: Names): string | undefined {
  if (node.type === "Literal") return typeof node.value === "object" ? undefined : String(node.value);
  if (node.type === "Identifier") return names.texts.get(node.name);
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const [left, right] = [textOf(node.left, names), textOf(node.right, names)];
    if (left === undefined || right === undefined) return undefined;
    // Two numbers are added, not joined.
    return isNumeric(left) && isNumeric(right) ? undefined : left + right;
  }
  if (node.type === "TemplateLiteral") {
    const parts = node.expressions.map((one) => textOf(one, names));
    if (parts.includes(undefined)) return undefined;
    return node.quasis.map((quasi, index) => (quasi.value.cooked ?? "") + (parts[index] ?? "")).join("");
  }
  return undefined;
}

const isNumeric = (text: string): boolean => /^[\d.]+$/.test(text);

interface Write {
  readonly header: string | undefined;
  readonly always: boolean;
}

interface Writes {
  readonly hsts: Write[];
  /** Whether headers are written whose names the code computes, or elsewhere. */
  dynamic: boolean;
}

function writesIn(handler: Handler, names: Names): Writes {
  const writes: Writes = { hsts: [], dynamic: false };
  const exits: number[] = [];
  const add = (property: { value: Node }, path: readonly Node[]) =>
    writes.hsts.push({ header: headerText(property.value, names), always: runsAlways(path, handler, exits, names) });
  ancestors(handler.body, (node, path) => {
    if (node.type === "ReturnStatement" || node.type === "ThrowStatement") {
      if (node.type === "ThrowStatement" || !returnsResponse(node, names)) writes.dynamic = true;
      exits.push(node.start);
    }
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
      const target = pathOf(node.left.object, names);
      if (target === responseHeaders) {
        const key = keyOf(node.left, names);
        if (key === headerName) add({ value: node.right }, path);
        if (key === undefined) writes.dynamic = true;
      } else if (target === "event.response" && keyOf(node.left, names) === "headers") {
        fromObject(node.right, path);
      }
    }
    if (node.type === "UnaryExpression" && node.operator === "delete" && mentionsHeader(node)) writes.dynamic = true;
    if (node.type === "CallExpression") fromCall(node, path);
  });
  // A write that a later delete or replacement can undo decides nothing.
  if (writes.dynamic && writes.hsts.length > 0) writes.hsts.splice(0, writes.hsts.length, ...writes.hsts.map(doubtful));
  return writes;

  function fromCall(node: Acorn.CallExpression, path: readonly Node[]): void {
    const handed = node.arguments.filter((one) => {
      const given = pathOf(one, names);
      return given !== undefined && responseHeaders.startsWith(given);
    });
    if (handed.length === 0) return;
    const isAssign = node.callee.type === "MemberExpression" && keyOf(node.callee, names) === "assign";
    if (!isAssign || pathOf(node.arguments[0] as Node, names) !== responseHeaders) {
      if (!isLogging(node)) writes.dynamic = true;
      return;
    }
    for (const source of node.arguments.slice(1)) fromObject(source, path);
  }

  function fromObject(source: Node, path: readonly Node[]): void {
    if (source.type !== "ObjectExpression") {
      writes.dynamic = true;
      return;
    }
    for (const property of source.properties) {
      if (property.type === "SpreadElement") {
        if (pathOf(property.argument, names) !== responseHeaders) writes.dynamic = true;
        continue;
      }
      const key = property.computed ? textOf(property.key, names) : nameOf(property.key);
      if (key === headerName) add({ value: property.value }, path);
      if (key === undefined) writes.dynamic = true;
    }
  }
}

const doubtful = ({ header }: Write): Write => ({ header, always: false });

const nameOf = (key: Node): string | undefined =>
  key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;

const isLogging = (node: Acorn.CallExpression): boolean =>
  node.callee.type === "MemberExpression" &&
  node.callee.object.type === "Identifier" &&
  (node.callee.object.name === "console" || node.callee.object.name === "JSON");

const returnsResponse = (node: Acorn.ReturnStatement, names: Names): boolean =>
  !!node.argument && pathOf(node.argument, names) === "event.response";

/** The text of `{ value: "max-age=…" }`. */
function headerText(node: Node, names: Names): string | undefined {
  if (node.type !== "ObjectExpression") return undefined;
  for (const property of node.properties) {
    if (property.type === "Property" && !property.computed && nameOf(property.key) === "value") {
      return textOf(property.value, names);
    }
  }
  return undefined;
}

const plainStatements = new Set([
  "BlockStatement",
  "ExpressionStatement",
  "AssignmentExpression",
  "CallExpression",
  "VariableDeclaration",
  "VariableDeclarator",
]);

/** Whether each run of the handler comes by: nothing around it but blocks, and no exit before it. */
function runsAlways(path: readonly Node[], handler: Handler, exits: readonly number[], names: Names): boolean {
  const here = path.at(-1)?.start ?? 0;
  if (exits.some((exit) => exit < here)) return false;
  return path.every((node, index) => {
    if (node === handler.body || plainStatements.has(node.type)) return true;
    // "Unless the origin has sent it": the header is there either way.
    return node.type === "IfStatement" && path[index + 1] === node.consequent && testsAbsence(node.test, names);
  });
}

function testsAbsence(test: Node, names: Names): boolean {
  if (test.type !== "UnaryExpression" || test.operator !== "!") return false;
  return pathOf(test.argument, names) === `${responseHeaders}.${headerName}`;
}

/** Whether the header's name stands in the code, other than in a comment. */
function mentionsHeader(root: Node): boolean {
  let found = false;
  const look = (text: unknown) => {
    if (typeof text === "string" && text.toLowerCase().includes("strict-transport")) found = true;
  };
  ancestors(root, (node) => {
    if (node.type === "Literal") look(node.value);
    if (node.type === "TemplateElement") look(node.value.cooked);
  });
  return found;
}

/** Calls back for each node, with its ancestors and itself. */
function ancestors(root: Node, visit: (node: Node, path: readonly Node[]) => void): void {
  const walk = load("acorn-walk") as typeof Walk;
  walk.fullAncestor(root, (node, _state, path) => visit(node as Node, path as Node[]));
}

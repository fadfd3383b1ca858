// A CloudFront function's code, followed step by step → the Strict-Transport-Security header of what it returns.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html

import type * as Acorn from "acorn";
import { load } from "../../load.ts";
import { type DisplayText, text } from "../../text.ts";

/** What the code does: set a header's text, surely leave it alone, or something that reading it does not decide. */
export type FunctionHsts =
  /** `yields`: only in a response that has none yet, from the origin or a response headers policy. */
  | { readonly kind: "sets"; readonly header: string; readonly yields: boolean }
  | { readonly kind: "none" }
  | { readonly kind: "unclear"; readonly why: DisplayText };

const headerName = "strict-transport-security";

/** Ten times what CloudFront takes. */
const maxLength = 100_000;

const unclear = (why: DisplayText) => ({ kind: "unclear", why }) as const;

const undecided = unclear(text`its code treats the header in a way that reading it does not decide`);
const conditional = unclear(text`its code sets the header only under a condition`);
const dynamic = unclear(text`its code sets headers whose names reading it does not show`);
const shared = unclear(text`its code hands the response or its headers to code that reading it does not follow`);

type Unclear = ReturnType<typeof unclear>;
type Node = Acorn.AnyNode;

/** An object of the running code. It is followed as long as no other code can reach it, and lost from then on. */
interface Tracked {
  readonly fields: Map<string, Meaning>;
  /** Whether it may hold more than its fields, as what comes with the event does. */
  open: boolean;
  /** Made once for all runs of the handler: what one run changes, the next one finds. */
  lasting: boolean;
  changed: boolean;
  lost: Unclear | undefined;
}

/** The header that the response came with, or this one if there was none. */
interface Fallback {
  readonly fallback: Tracked;
}

/** What an expression stands for: a constant, an object, or nothing certain, and then never an object that is followed. */
type Meaning = string | number | Tracked | Fallback | Unclear;

/** How surely the code runs that is being read: always, whenever the header is missing, perhaps, or many times. */
type Mode = "always" | "if missing" | "perhaps" | "repeated";

/** What one exit of the handler makes of the header; "continues" where the request goes on to the cache or the origin. */
type Exit = FunctionHsts | { readonly kind: "continues" };

/** The event that the function runs on. */
type Event = "viewer-request" | "viewer-response";

/** The code as far as it has been followed. */
interface Run {
  readonly event: Event;
  readonly program: Names;
  scope: Names;
  readonly meanings: Map<string, Meaning>;
  mode: Mode;
  /** Whether a return has been met: what follows it in its block never runs. */
  ended: boolean;
  /** The header that the response may come with. */
  readonly original: Tracked;
  /** What each exit of the handler says of the header. */
  readonly exits: Exit[];
}

/** What a function on viewer-response makes of the header. */
export function hstsOfFunction(code: string): FunctionHsts {
  const found = exitOf(code, "viewer-response");
  return found.kind === "continues" ? undecided : found;
}

/**
 * What a function on viewer-request sends where it answers every request itself; undefined where it may pass one on.
 * CloudFront returns such an answer "without checking for a cached response or any further processing"
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/function-code-choose-purpose.html).
 */
export function hstsOfAnswers(code: string): FunctionHsts | undefined {
  const found = exitOf(code, "viewer-request");
  return found.kind === "continues" ? undefined : found;
}

/** The code is never run: it comes from the plan, and a plan comes from anybody. */
function exitOf(code: string, event: Event): Exit {
  // What cannot be read at all may pass every request on.
  const failed = (why: DisplayText): Exit => (event === "viewer-request" ? { kind: "continues" } : unclear(why));
  if (code.length > maxLength) return failed(text`its code is longer than CloudFront takes`);
  try {
    const program = parse(code);
    return program ? follow(program, event, failed) : failed(text`its code could not be parsed`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed(text`its code is nested too deeply to be read`);
  }
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

function follow(program: Acorn.Program, event: Event, failed: (why: DisplayText) => Exit): Exit {
  const handler = findHandler(program);
  if (!handler) return failed(text`its code has no function named handler`);
  const names = namesIn(program, handler);
  if (names.given.get("handler") !== 1 || handler.generator || names.isDevious) return failed(undecided.why);

  const original = track({}, true);
  const headers = track({ [headerName]: original }, true);
  const parameter = track(event === "viewer-response" ? { response: track({ headers }, true) } : {}, true);
  const run: Run = {
    event,
    program: names,
    scope: names,
    meanings: new Map(),
    mode: "always",
    ended: false,
    original,
    exits: [],
  };
  for (const statement of program.body) read(statement, run);
  run.meanings.forEach(outlive);

  run.scope = namesIn(handler, handler);
  const [first, ...others] = handler.params;
  if (first) assign(first, parameter, run, "let");
  for (const param of others) assign(param, undecided, run, "let");
  const result = read(handler.body, run);
  if (handler.body.type !== "BlockStatement") run.exits.push(judge(result, run));
  else if (!run.ended) run.exits.push(failed(text`its code does not return the response in every case`));
  return together(run.exits);
}

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

type Handler =
  | Acorn.FunctionDeclaration
  | Acorn.AnonymousFunctionDeclaration
  | Acorn.FunctionExpression
  | Acorn.ArrowFunctionExpression;

const isFunction = (node: Node | null | undefined): node is Handler =>
  node?.type === "FunctionDeclaration" ||
  node?.type === "FunctionExpression" ||
  node?.type === "ArrowFunctionExpression";

/** What a returned value says of the header. */
function judge(returned: Meaning, run: Run): Exit {
  if (run.event === "viewer-request") return judgeAnswer(returned);
  if (!isTracked(returned)) return unclear(text`its code returns something other than the response`);
  const headers = peek(returned, "headers");
  const names = isTracked(headers) ? [...headers.fields.keys()] : [];
  if (names.some((name) => name !== headerName && name.toLowerCase() === headerName)) return undecided;
  const held = peek(headers, headerName);
  if (isUntouched(held, run)) return { kind: "none" };
  const yields = isFallback(held);
  if (yields && !isUntouched(run.original, run)) return undecided;
  const entry = yields ? held.fallback : held;
  const header = peek(entry, "value");
  if (isUnclear(header)) return header;
  const isWhole = isTracked(entry) && entry.fields.size === 1 && !entry.open;
  return typeof header === "string" && isWhole ? { kind: "sets", header, yields } : undecided;
}

/** What is returned is not sure to be what it looks like. */
const unsure = ({ event }: Run): Exit => (event === "viewer-request" ? { kind: "continues" } : undecided);

/** The same of a function on viewer-request: a status code makes an answer of what it returns. */
function judgeAnswer(returned: Meaning): Exit {
  if (!isTracked(returned) || returned.lost || !returned.fields.has("statusCode")) return { kind: "continues" };
  const headers = returned.fields.get("headers");
  if (headers === undefined) return returned.open ? undecided : { kind: "none" };
  if (!isTracked(headers) || headers.lost) return undecided;
  const names = [...headers.fields.keys()].filter((name) => name.toLowerCase() === headerName);
  const [name, another] = names;
  if (name === undefined) return headers.open ? undecided : { kind: "none" };
  const entry = headers.fields.get(name) ?? undecided;
  const header = peek(entry, "value");
  const isWhole = isTracked(entry) && entry.fields.size === 1 && !entry.open && another === undefined;
  return typeof header === "string" && isWhole ? { kind: "sets", header, yields: false } : undecided;
}

function together([first = undecided, ...others]: readonly Exit[]): Exit {
  const continuing = [first, ...others].find((exit) => exit.kind === "continues");
  if (continuing) return continuing;
  const open = [first, ...others].find((exit) => exit.kind === "unclear");
  return open ?? (others.every((exit) => JSON.stringify(exit) === JSON.stringify(first)) ? first : conditional);
}

// --- objects

const track = (fields: { readonly [name: string]: Meaning } = {}, open = false): Tracked => ({
  fields: new Map(Object.entries(fields)),
  open,
  lasting: false,
  changed: false,
  lost: undefined,
});

const isTracked = (meaning: Meaning | undefined): meaning is Tracked =>
  typeof meaning === "object" && "fields" in meaning;

const isFallback = (meaning: Meaning | undefined): meaning is Fallback =>
  typeof meaning === "object" && "fallback" in meaning;

const isUnclear = (meaning: Meaning): meaning is Unclear => typeof meaning === "object" && "why" in meaning;

const isConstant = (meaning: Meaning): meaning is string | number => typeof meaning !== "object";

/** Whether it is the header that the response may come with, untouched: an object, or undefined. */
const isUntouched = (meaning: Meaning | undefined, { original }: Run): boolean =>
  meaning === original && !original.changed;

function outlive(meaning: Meaning): void {
  if (!isTracked(meaning) || meaning.lasting) return;
  meaning.lasting = true;
  meaning.fields.forEach(outlive);
}

function change(object: Tracked, run: Run): void {
  object.changed = true;
  // What this run has read of it is not what the next one reads.
  if (object.lasting) run.exits.push(undecided);
}

/** From here on other code can read and change it, and all that it holds. */
function lose(meaning: Meaning | undefined, why: Unclear, run: Run): void {
  if (isFallback(meaning)) {
    lose(meaning.fallback, why, run);
    lose(run.original, why, run);
  }
  if (!isTracked(meaning) || meaning.lost) return;
  change(meaning, run);
  meaning.lost = why;
  for (const held of meaning.fields.values()) lose(held, why, run);
}

function peek(object: Meaning, name: string): Meaning {
  if (!isTracked(object)) return isUnclear(object) ? object : undecided;
  return object.lost ?? object.fields.get(name) ?? undecided;
}

/** What code gets that reads a field: any of them where the name is not known. */
function field(object: Meaning, name: string | undefined, run: Run): Meaning {
  const held = name === undefined ? undefined : peek(object, name);
  if (held !== undefined && !isFallback(held)) return held;
  const possible = isTracked(object) && held === undefined ? object.fields.values() : [held];
  for (const one of possible) lose(one, shared, run);
  return undecided;
}

function write(object: Meaning, name: string | undefined, value: Meaning, run: Run, mode = run.mode): void {
  // Written, a header that is missing is there as undefined.
  if (value === run.original) change(run.original, run);
  if (!isTracked(object) || object.lost || name === undefined) {
    lose(value, shared, run);
    lose(object, dynamic, run);
    return;
  }
  change(object, run);
  const before = object.fields.get(name);
  const setsMissing = mode === "if missing" && isTracked(value) && isUntouched(before, run);
  const isSure = mode === "always" || setsMissing;
  if (!isSure) lose(before, conditional, run);
  if (!isSure) lose(value, conditional, run);
  object.fields.set(name, setsMissing ? { fallback: value } : isSure ? value : conditional);
}

/** `{ ...source }` and Object.assign. */
function copy(source: Meaning, target: Tracked, run: Run, mode = run.mode): void {
  if (!isTracked(source) || source.lost || target.lost) {
    write(target, undefined, source, run);
    return;
  }
  change(target, run);
  for (const name of source.open ? [...target.fields.keys()] : []) {
    if (!source.fields.has(name)) write(target, name, undecided, run, "perhaps");
  }
  target.open ||= source.open;
  for (const [name, value] of source.fields) {
    const before = target.fields.get(name);
    const copiesOriginal = isUntouched(value, run) && mode === "always";
    // A header that is missing is not copied: `{ "strict-transport-security": …, ...response.headers }` sets it.
    if (copiesOriginal && before === undefined) target.fields.set(name, value);
    else if (copiesOriginal && isTracked(before)) target.fields.set(name, { fallback: before });
    else write(target, name, value, run, copiesOriginal ? "perhaps" : mode);
  }
}

// --- code

/** Follows an expression or a statement. What has no case of its own may do anything to the objects in it. */
function read(node: Node, run: Run): Meaning {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" || typeof node.value === "number" ? node.value : undecided;
    case "Identifier":
      return run.meanings.get(node.name) ?? undecided;
    case "TemplateLiteral":
      return joined(node, run);
    case "BinaryExpression":
      return computed(node, run);
    case "UnaryExpression":
      if (node.operator === "delete") assign(node.argument, unclear(text`its code removes the header`), run);
      else read(node.argument, run);
      return undecided;
    case "UpdateExpression":
      assign(node.argument, undecided, run);
      return undecided;
    case "MemberExpression":
      return field(read(node.object, run), keyOf(node, run), run);
    case "ChainExpression":
      return within("perhaps", run, () => read(node.expression, run));
    case "SequenceExpression":
      return node.expressions.map((one) => read(one, run)).at(-1) ?? undecided;
    case "LogicalExpression":
      return either(node, run);
    case "ObjectExpression":
      return built(node, run);
    case "AssignmentExpression":
      return assigned(node, run);
    case "CallExpression":
      return called(node, run);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassDeclaration":
    case "ClassExpression":
      // Nothing that it uses is followed: see Names.
      return undecided;
    case "ExpressionStatement":
      return read(node.expression, run);
    case "ExportNamedDeclaration":
      return node.declaration ? read(node.declaration, run) : undecided;
    case "VariableDeclaration":
      for (const { id, init } of node.declarations) assign(id, init ? read(init, run) : undecided, run, node.kind);
      return undecided;
    case "BlockStatement":
      for (const statement of node.body) if (!run.ended) read(statement, run);
      return undecided;
    case "IfStatement":
      return branched(node, run);
    case "ReturnStatement": {
      const value = node.argument ? read(node.argument, run) : undecided;
      // Another round of the loop may change what is returned, and so may a `finally`.
      run.exits.push(run.mode === "repeated" ? unsure(run) : judge(value, run));
      run.ended = true;
      return undecided;
    }
    case "ThrowStatement":
      run.exits.push(unclear(text`its code throws an error`));
      return undecided;
    default:
      return within("repeated", run, () => {
        if (node.type === "ForInStatement" || node.type === "ForOfStatement") assign(node.left, undecided, run);
        for (const child of children(node)) {
          lose(read(child, run), shared, run);
          run.ended = false;
        }
        return undecided;
      });
  }
}

function within(mode: Mode, run: Run, action: () => Meaning): Meaning {
  const outer = run.mode;
  run.mode = outer === "repeated" ? outer : mode;
  const meaning = action();
  run.mode = outer;
  return meaning;
}

function branched({ test, consequent, alternate }: Acorn.IfStatement, run: Run): Meaning {
  const negated = test.type === "UnaryExpression" && test.operator === "!" ? test.argument : undefined;
  const tested = read(negated ?? test, run);
  const asksMissing = negated !== undefined && isUntouched(tested, run) && run.mode !== "perhaps";
  within(asksMissing ? "if missing" : "perhaps", run, () => read(consequent, run));
  const ended = run.ended;
  run.ended = false;
  if (alternate) within("perhaps", run, () => read(alternate, run));
  run.ended &&= ended;
  return undecided;
}

function either({ operator, left, right }: Acorn.LogicalExpression, run: Run): Meaning {
  const first = read(left, run);
  // An object is true, but for the header that may be missing.
  if (isTracked(first) && first !== run.original) return operator === "&&" ? read(right, run) : first;
  const second = within("perhaps", run, () => read(right, run));
  lose(first, shared, run);
  lose(second, shared, run);
  return undecided;
}

function joined(node: Acorn.TemplateLiteral, run: Run): Meaning {
  const values = node.expressions.map((one) => read(one, run));
  if (!values.every(isConstant)) return undecided;
  return node.quasis.map((quasi, index) => `${quasi.value.cooked ?? ""}${values[index] ?? ""}`).join("");
}

function computed(node: Acorn.BinaryExpression, run: Run): Meaning {
  const [left, right] = [read(node.left, run), read(node.right, run)];
  if (!isConstant(left) || !isConstant(right)) return undecided;
  const areNumbers = typeof left === "number" && typeof right === "number";
  if (node.operator === "*" && areNumbers) return left * right;
  if (node.operator !== "+") return undecided;
  return areNumbers ? left + right : `${left}${right}`;
}

function built(node: Acorn.ObjectExpression, run: Run): Tracked {
  const object = track();
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      copy(read(property.argument, run), object, run, "always");
      continue;
    }
    write(object, propertyKey(property, run), read(property.value, run), run, "always");
    if (property.kind !== "init") lose(object, undecided, run);
  }
  return object;
}

function assigned({ operator, left, right }: Acorn.AssignmentExpression, run: Run): Meaning {
  if (left.type !== "MemberExpression") {
    const value = within(operator === "=" ? run.mode : "perhaps", run, () => read(right, run));
    assign(left, value, run);
    return value;
  }
  const [object, key] = [read(left.object, run), keyOf(left, run)];
  if (operator === "=") {
    const value = read(right, run);
    write(object, key, value, run);
    return value;
  }
  const setsMissing = /^(\|\||\?\?)=$/.test(operator) && isUntouched(field(object, key, run), run);
  const value = within("perhaps", run, () => read(right, run));
  write(object, key, value, run, setsMissing && run.mode === "always" ? "if missing" : "perhaps");
  return undecided;
}

const harmless = /^(console\.\w+|Object\.keys)$/;

function called(node: Acorn.CallExpression, run: Run): Meaning {
  const { callee } = node;
  const isMethod = callee.type === "MemberExpression";
  const self = read(isMethod ? callee.object : callee, run);
  const method = isMethod ? keyOf(callee, run) : undefined;
  const values = node.arguments.map((one) => read(one, run));
  const name = globalName(callee, run);
  const [target, ...sources] = values;
  if (name === "Object.assign" && isTracked(target)) {
    for (const source of sources) copy(source, target, run);
    return target;
  }
  if (harmless.test(name) || (name === "JSON.stringify" && values.length === 1)) return undecided;
  if (method !== "hasOwnProperty") lose(self, shared, run);
  for (const value of values) lose(value, shared, run);
  return undecided;
}

/** `Object.assign`, unless the code gives Object another meaning. */
const globalName = (callee: Node, { program }: Run): string =>
  callee.type === "MemberExpression" &&
  callee.object.type === "Identifier" &&
  callee.property.type === "Identifier" &&
  !callee.computed &&
  !program.given.has(callee.object.name)
    ? `${callee.object.name}.${callee.property.name}`
    : "";

const keyOf = ({ property, computed }: Acorn.MemberExpression, run: Run): string | undefined =>
  computed || property.type !== "Identifier" ? constantText(read(property, run)) : property.name;

const propertyKey = ({ key, computed }: Acorn.Property | Acorn.AssignmentProperty, run: Run): string | undefined =>
  computed || key.type !== "Identifier" ? constantText(read(key, run)) : key.name;

const constantText = (meaning: Meaning): string | undefined => (isConstant(meaning) ? String(meaning) : undefined);

/** Gives a value to a variable, a property, or a pattern of them; `kind` where it declares them. */
function assign(target: Node, value: Meaning, run: Run, kind?: Acorn.VariableDeclaration["kind"]): void {
  switch (target.type) {
    case "Identifier": {
      const { given, elsewhere } = run.scope;
      // A `var` outlives its block, where it may be undefined.
      const isCertain = kind && given.get(target.name) === 1 && (kind !== "var" || run.mode === "always");
      if (isCertain && !(isTracked(value) && elsewhere.has(target.name))) run.meanings.set(target.name, value);
      else lose(value, shared, run);
      return;
    }
    case "MemberExpression":
      write(read(target.object, run), keyOf(target, run), value, run);
      return;
    case "AssignmentPattern": {
      // What is surely there needs no default.
      const isThere = isTracked(value) && value !== run.original;
      const fallback = isThere ? value : within("perhaps", run, () => read(target.right, run));
      if (!isThere) lose(value, conditional, run);
      if (!isThere) lose(fallback, conditional, run);
      assign(target.left, isThere ? value : undecided, run, kind);
      return;
    }
    case "ObjectPattern":
      for (const property of target.properties) {
        if (property.type === "Property") {
          assign(property.value, field(value, propertyKey(property, run), run), run, kind);
        } else {
          lose(value, shared, run);
          assign(property.argument, undecided, run, kind);
        }
      }
      return;
    default:
      lose(value, shared, run);
      for (const child of children(target)) assign(child, undecided, run, kind);
  }
}

// --- names

/** How a program or function uses names. A name that is given a value more than once stands for nothing certain. */
interface Names {
  /** How many times each name is given a value. */
  readonly given: ReadonlyMap<string, number>;
  /** Names that functions in it use: what they stand for can be read and changed whenever one is called. */
  readonly elsewhere: ReadonlySet<string>;
  /** Whether it reaches objects by ways that show no name. */
  readonly isDevious: boolean;
}

const devious: ReadonlySet<unknown> = new Set(
  "arguments constructor eval Function getPrototypeOf global globalThis prototype __proto__".split(" "),
);

/** Where a node of each type holds the names that it gives a value, as far as code is followed. */
const targets: { readonly [type: string]: readonly string[] } = {
  VariableDeclarator: ["id"],
  AssignmentExpression: ["left"],
  UpdateExpression: ["argument"],
  ForInStatement: ["left"],
  ForOfStatement: ["left"],
  CatchClause: ["param"],
  FunctionDeclaration: ["id", "params"],
  FunctionExpression: ["id", "params"],
  ArrowFunctionExpression: ["params"],
  ClassDeclaration: ["id"],
  ImportSpecifier: ["local"],
  ImportDefaultSpecifier: ["local"],
  ImportNamespaceSpecifier: ["local"],
};

function namesIn(root: Node, handler: Handler): Names {
  const given = new Map<string, number>();
  const elsewhere = new Set<string>();
  let isDevious = false;
  const look = (node: Node, isElsewhere: boolean): void => {
    for (const name of (targets[node.type] ?? []).flatMap((part) => nodesIn(node, part)).flatMap(namesGiven)) {
      given.set(name, (given.get(name) ?? 0) + 1);
    }
    if (node.type === "Identifier" && isElsewhere) elsewhere.add(node.name);
    const word = "property" in node ? node.property : "key" in node ? node.key : node;
    isDevious ||= word.type === "Identifier" ? devious.has(word.name) : "value" in word && devious.has(word.value);
    isDevious ||= node.type === "ThisExpression" || node.type === "WithStatement";
    const isClosure = node !== handler && (isFunction(node) || node.type.startsWith("Class"));
    for (const child of children(node)) look(child, isElsewhere || isClosure);
  };
  look(root, false);
  return { given, elsewhere, isDevious };
}

const globals = ["Object", "console", "JSON"];

/** The names in a pattern, and a global object whose property it is. */
function namesGiven(pattern: Node): string[] {
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "VariableDeclaration") return [];
  const names = children(pattern).flatMap(namesGiven);
  return pattern.type === "MemberExpression" ? names.filter((name) => globals.includes(name)) : names;
}

/** The nodes right below, but for words that are no variables: names of properties. */
const children = (node: Node): Node[] =>
  Object.keys(node).flatMap((part) => {
    const isWord = (part === "property" || part === "key") && !("computed" in node && node.computed);
    return isWord ? [] : nodesIn(node, part);
  });

function nodesIn(node: Node, part: string): Node[] {
  const held: unknown = node[part as keyof Node];
  return [held].flat().filter((one): one is Node => typeof (one as Node | null | undefined)?.type === "string");
}

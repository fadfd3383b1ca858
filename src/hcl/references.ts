// The references in an expression, as the JSON of a plan lists them.
// https://developer.hashicorp.com/terraform/internals/json-format#expression-representation

import type { Block, Expression } from "./syntax.ts";

type Step = { readonly name: string } | { readonly key: string | number | undefined };

/** Names that stand for one value: what follows them is no part of an address. */
const singleNames = new Set(["count", "each", "local", "path", "terraform", "var"]);

/**
 * References in an expression, each at its full length: Terraform lists the shorter ones that it extends as well. A
 * reference ends before an index that is no literal, before a splat and after parentheses. Names that `for` declares
 * are none, nor are provider-defined functions.
 */
export function referencesIn(expression: Expression): readonly string[] {
  const found = new Set<string>();
  collect(expression, new Set(), found);
  return [...found];
}

/** References in all attributes of a block and of the blocks in it. */
export function referencesInBlock({ body }: Block): readonly string[] {
  const own = body.attributeNames().flatMap((name) => {
    const attribute = body.attribute(name);
    return attribute ? referencesIn(attribute.expression) : [];
  });
  const inner = body.blockTypes().flatMap((type) => body.blocks(type, 0).flatMap(referencesInBlock));
  return [...new Set([...own, ...inner])];
}

function collect(expression: Expression, names: ReadonlySet<string>, found: Set<string>): void {
  const steps = stepsOf(expression);
  if (steps) {
    const reference = names.has(rootOf(steps)) ? undefined : referenceOf(steps);
    if (reference !== undefined) found.add(reference);
    return;
  }
  if (expression.kind !== "for") {
    for (const part of partsOf(expression)) collect(part, names, found);
    return;
  }
  const { collection, keyName, valueName } = expression;
  const declared = new Set([...names, valueName, ...(keyName === undefined ? [] : [keyName])]);
  for (const part of partsOf(expression)) collect(part, part === collection ? names : declared, found);
}

/** The expressions that an expression is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "template":
      return expression.parts;
    case "join":
      return [expression.items];
    case "attribute":
      return [expression.source];
    case "index":
      return [expression.source, expression.key];
    case "splat":
      return [expression.source, expression.each];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "for": {
      const { collection, key, value, condition } = expression;
      return [collection, value, ...(key ? [key] : []), ...(condition ? [condition] : [])];
    }
    case "call":
      return expression.arguments;
    case "tuple":
      return expression.elements;
    case "object":
      return expression.items.flatMap(({ key, value }) => [key, value]);
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "literal":
    case "number":
    case "variable":
    case "item":
    case "invalid":
      return [];
  }
}

const rootOf = ([root]: readonly Step[]): string => (root && "name" in root ? root.name : "");

/** The steps of a reference; undefined where a part of it is computed. */
function stepsOf(expression: Expression): Step[] | undefined {
  if (expression.kind === "variable") return [{ name: expression.name }];
  if (expression.kind !== "attribute" && expression.kind !== "index") return undefined;
  const before = expression.source.isEnclosed ? undefined : stepsOf(expression.source);
  if (!before) return undefined;
  if (expression.kind === "attribute") return [...before, { name: expression.name }];
  const { key } = expression;
  if (key.isEnclosed) return undefined;
  if (key.kind === "number") return [...before, { key: Number(key.text) }];
  // Terraform writes nothing for an index that is neither a text nor a number.
  if (key.kind === "literal") return [...before, { key: typeof key.value === "string" ? key.value : undefined }];
  return undefined;
}

/** A reference as Terraform writes it; undefined for what it takes for none. */
function referenceOf(steps: readonly Step[]): string | undefined {
  const root = rootOf(steps);
  if (singleNames.has(root) || root === "self") return steps.length < 2 ? undefined : textOf(steps);
  if (root === "module") return steps.length < 2 ? undefined : textOf(steps, 2);
  const mode = root === "data" || root === "ephemeral" || root === "resource" ? 1 : 0;
  const name = steps[mode + 1];
  if (!name || !("name" in name)) return undefined;
  return root === "resource" ? textOf(steps.slice(1), 2) : textOf(steps, mode + 2);
}

/** `instance`: where the key of an instance may stand, which Terraform quotes in a way of its own. */
function textOf(steps: readonly Step[], instance = -1): string {
  return steps
    .map((step, index) => {
      if ("name" in step) return index === 0 ? step.name : `.${step.name}`;
      const text = step.key === undefined ? "" : JSON.stringify(step.key);
      return `[${index === instance ? text.replace(/[$%](?=\{)/g, "$&$&") : text}]`;
    })
    .join("");
}

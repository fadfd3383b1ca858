// Evaluates an expression as far as it is known.
// https://developer.hashicorp.com/terraform/language/expressions

import { as, convert, equal } from "./convert.ts";
import { distribute, templateOf } from "./distribute.ts";
import { attributeOf, indexIn } from "./element.ts";
import { callFunction } from "./functions/call.ts";
import { add, compare, divide, modulo, multiply, negate, parseNumber, subtract } from "./number.ts";
import {
  type BinaryOperator,
  type Expression,
  type ForExpression,
  type Position,
  positionAt,
  type SourceFile,
} from "./syntax.ts";
import { holdsAny, typeOf, unify } from "./type.ts";
import {
  bool,
  candidates,
  computed,
  derived,
  expanded,
  failure,
  isSecret,
  isWhollyKnown,
  leftOut,
  limitReached,
  maxCandidates,
  nothing,
  number,
  object,
  originsOf,
  sequence,
  sizeOf,
  string,
  tuple,
  unknown,
  type Value,
  withSensitivity,
} from "./value.ts";

/** How much an evaluator may still do; what is left over is unknown. */
export interface Budget {
  steps: number;
  depth: number;
}

/** Where the names of an expression are looked up. */
export interface Scope {
  /** The value of a name at the start of a reference: `var`, `local`, a resource type. */
  readonly root: (name: string) => Value | undefined;
  /** Names that `for` and `dynamic` declare, the innermost first. */
  readonly names?: LocalName;
  /** The element that a splat is at. */
  readonly item?: Value;
  readonly file: SourceFile;
  readonly budget: Budget;
  readonly timestamp: string | undefined;
}

export interface LocalName {
  readonly name: string;
  readonly value: Value;
  readonly outer: LocalName | undefined;
}

export const withName = (scope: Scope, name: string, value: Value): Scope => ({
  ...scope,
  names: { name, value, outer: scope.names },
});

const positionOf = (expression: Expression, { file }: Scope): Position => positionAt(file, expression.at);

/** Each level takes a few frames of the stack. */
export const maxDepth = 600;

export function evaluate(expression: Expression, scope: Scope): Value {
  const { budget } = scope;
  if (budget.steps-- <= 0 || budget.depth >= maxDepth) return limitReached;
  budget.depth++;
  try {
    return evaluateNode(expression, scope);
  } finally {
    budget.depth--;
  }
}

function evaluateNode(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return value === null ? nothing : typeof value === "string" ? string(value) : bool(value);
    }
    case "number": {
      const parsed = parseNumber(expression.text);
      return parsed ? number(parsed) : limitReached;
    }
    case "template":
      return templateOf(expression.parts.map((part) => evaluate(part, scope)));
    case "join":
      return distribute([evaluate(expression.items, scope)], ([items]) =>
        items?.kind === "sequence" ? derived(templateOf(items.elements), [items]) : (items ?? nothing),
      );
    case "variable":
      return named(expression.name, scope);
    case "attribute":
      return attributeOf(evaluate(expression.source, scope), expression.name);
    case "index":
      return indexIn(evaluate(expression.source, scope), evaluate(expression.key, scope));
    case "splat":
      return splat(evaluate(expression.source, scope), (item) => evaluate(expression.each, { ...scope, item }));
    case "item":
      return scope.item ?? failure("there is no element here");
    case "conditional":
      return conditional(
        evaluate(expression.condition, scope),
        () => evaluate(expression.whenTrue, scope),
        () => evaluate(expression.whenFalse, scope),
        scope.budget,
      );
    case "for":
      return distribute([evaluate(expression.collection, scope)], ([collection]) =>
        loop(expression, collection as Value, scope),
      );
    case "call":
      return call(expression, scope);
    case "tuple": {
      const elements = expression.elements.map((one) => evaluate(one, scope));
      return elements.find(({ kind }) => kind === "error") ?? tuple(elements);
    }
    case "object": {
      const items = expression.items.map((item) => [evaluate(item.key, scope), evaluate(item.value, scope)] as const);
      const failed = items.flat().find(({ kind }) => kind === "error");
      return (
        failed ??
        distribute(
          items.map(([key]) => key),
          (keys) =>
            objectOf(
              keys,
              items.map(([, value]) => value),
            ),
        )
      );
    }
    case "unary":
      return distribute([evaluate(expression.operand, scope)], ([operand]) =>
        unary(expression.operator, operand as Value),
      );
    case "binary":
      return distribute([evaluate(expression.left, scope), evaluate(expression.right, scope)], ([left, right]) =>
        binary(expression.operator, left as Value, right as Value),
      );
    case "invalid":
      return unknown({ kind: "syntax", position: positionOf(expression, scope) });
  }
}

function named(name: string, scope: Scope): Value {
  for (let local = scope.names; local; local = local.outer) if (local.name === name) return local.value;
  return scope.root(name) ?? unknown({ kind: "not-in-plan", name });
}

const sensitivity = (values: readonly Value[]): { readonly sensitive?: true } =>
  values.some((value) => value.sensitive) ? { sensitive: true } : {};

function splat(source: Value, each: (item: Value) => Value): Value {
  return distribute([source], ([value]) => {
    if (!value) return nothing;
    if (value.kind === "null") return withSensitivity(tuple([]), value.sensitive);
    if (value.kind === "unknown") return computed("splat", [value]);
    const items = value.kind === "sequence" ? value.elements : [value];
    const results = items.map((item) => each(item));
    const failed = results.find(({ kind }) => kind === "error");
    if (failed) return failed;
    const isTuple = value.kind !== "sequence" || value.form === "tuple";
    if (value.kind === "sequence" && value.form === "set" && !isWhollyKnown(value)) return computed("splat", [value]);
    return withSensitivity(sequence(isTuple ? "tuple" : "list", results), value.sensitive);
  });
}

function conditional(condition: Value, whenTrue: () => Value, whenFalse: () => Value, budget: Budget): Value {
  return distribute([condition], ([decided]) => {
    const test = convert(decided ?? nothing, "bool");
    if (test.kind === "error") return test;
    if (test.kind === "null") return failure("a condition cannot be null");
    if (test.kind === "boolean") {
      const [chosen, other] = test.truth ? [whenTrue(), whenFalse()] : [whenFalse(), whenTrue()];
      budget.steps -= sizeOf(chosen) + sizeOf(other);
      return withSensitivity(unified(chosen, other), test.sensitive);
    }
    const [one, other] = [whenTrue(), whenFalse()];
    budget.steps -= sizeOf(one) + sizeOf(other);
    const origins = originsOf([test]);
    const marks = { ...sensitivity([test]), ...(origins.length === 0 ? {} : { origins }) };
    return candidates([unified(one, other), unified(other, one)], marks);
  });
}

/** A branch, converted to the type that it has in common with the other one. */
function unified(chosen: Value, other: Value): Value {
  if (chosen.kind === "error") return chosen;
  // The branch that fails may still have a type in part, such as that of an object with one wrong attribute.
  if (other.kind === "error")
    return chosen.kind === "sequence" || chosen.kind === "mapping" ? loosened(chosen) : chosen;
  const type = unify([typeOf(chosen), typeOf(other)]);
  if (type === undefined) return failure("the branches of a conditional have no type in common");
  if (type === "any") return chosen;
  const converted = as(chosen, type);
  // Null without a type beside other types: which conversion Terraform takes is not certain.
  const isCertain = converted.kind !== "error" || !(holdsAny(typeOf(chosen)) || holdsAny(typeOf(other)));
  return isCertain ? converted : unknown({ kind: "type", by: "a conditional" });
}

/** Elements that may have been converted to a type that is not known here. */
function loosened(value: Value): Value {
  if (value.kind === "sequence") return { ...value, elements: value.elements.map(loosened) };
  if (value.kind === "mapping")
    return { ...value, entries: new Map([...value.entries].map(([name, one]) => [name, loosened(one)])) };
  return as(value, "untyped");
}

function loop(expression: ForExpression, source: Value, scope: Scope): Value {
  const collection = expanded(source);
  if (collection.kind === "null") return failure("for cannot iterate over null");
  if (collection.kind !== "sequence" && collection.kind !== "mapping")
    return isWhollyKnown(collection)
      ? failure(`for cannot iterate over ${collection.kind}`)
      : computed("for", [collection]);
  // What is in the result when all conditions are known; each open condition doubles the results.
  let results: (readonly (readonly [Value, Value])[])[] = [[]];
  const conditions: Value[] = [];
  for (const [key, value] of itemsOf(collection)) {
    const inner = withName(
      expression.keyName ? withName(scope, expression.keyName, key) : scope,
      expression.valueName,
      value,
    );
    const condition = expression.condition ? convert(evaluate(expression.condition, inner), "bool") : bool(true);
    if (condition.kind === "error") return condition;
    if (condition.kind === "null") return failure("the condition of a for cannot be null");
    conditions.push(condition);
    if (condition.kind === "boolean" && !condition.truth) continue;
    const item = [expression.key ? evaluate(expression.key, inner) : key, evaluate(expression.value, inner)] as const;
    const failed = item.find((one) => one.kind === "error");
    if (failed) return failed;
    if (scope.budget.steps <= 0) return limitReached;
    if (condition.kind === "boolean") for (const one of results) (one as (readonly [Value, Value])[]).push(item);
    else results = results.flatMap((one) => [[...one, item], [...one]]);
    if (results.length > maxCandidates) return computed("for", conditions);
  }
  const isSensitive = collection.sensitive || conditions.some(isSecret);
  const open = conditions.filter((one) => one.kind !== "boolean");
  const made = results.map((items) =>
    expression.key
      ? distribute(
          items.map(([key]) => key),
          (keys) =>
            objectOf(
              keys,
              items.map(([, value]) => value),
              expression.isGrouped,
              true,
            ),
        )
      : tuple(items.map(([, value]) => value)),
  );
  return withSensitivity(candidates(made, open.length === 0 ? {} : { origins: originsOf(open) }), isSensitive);
}

/** Keys and values of a collection; the keys of a set are its elements. */
function itemsOf(collection: Extract<Value, { kind: "sequence" | "mapping" }>): (readonly [Value, Value])[] {
  if (collection.kind === "mapping")
    return [...collection.entries].map(([name, value]) => [string(name), value] as const);
  return collection.elements.map((value, index) => {
    if (collection.form === "set") return [value, value] as const;
    // A plan does not show whether it is a list or a set.
    const key = collection.form === "array" ? unknown({ kind: "type", by: "for" }) : number(index);
    return [key, value] as const;
  });
}

function objectOf(keys: readonly Value[], values: readonly Value[], isGrouped = false, isUnique = false): Value {
  const names = keys.map((key) => (key.kind === "null" ? failure("a key cannot be null") : convert(key, "string")));
  const failed = names.find(({ kind }) => kind === "error");
  if (failed) return failed;
  if (names.some(({ kind }) => kind !== "string")) return computed("an object's key", [...names, ...values]);
  const grouped = new Map<string, Value[]>();
  for (const [index, name] of names.entries()) {
    if (name.kind !== "string") continue;
    const value = values[index] ?? nothing;
    const group = grouped.get(name.text);
    if (group && isGrouped) group.push(value);
    // In an object constructor the last one counts; in a for, Terraform reports it.
    else if (group && isUnique) return failure("two items have the same key");
    else grouped.set(name.text, [value]);
  }
  const entries = [...grouped].map(
    ([name, group]) => [name, isGrouped ? tuple(group) : (group[0] ?? nothing)] as const,
  );
  return withSensitivity(object(entries), names.some(isSecret));
}

function unary(operator: "-" | "!", operand: Value): Value {
  const value = convert(operand, operator === "-" ? "number" : "bool");
  if (value.kind === "error") return value;
  if (value.kind === "null") return failure("an operand cannot be null");
  if (value.kind === "number") return derived(number(negate(value.number)), [operand]);
  if (value.kind === "boolean") return derived(bool(!value.truth), [operand]);
  return computed(operator, [operand]);
}

function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (operator === "==") return equal(left, right);
  if (operator === "!=") return unary("!", equal(left, right));
  const isLogical = operator === "&&" || operator === "||";
  const operands = [left, right].map((one) => convert(one, isLogical ? "bool" : "number"));
  const failed = operands.find(({ kind }) => kind === "error");
  if (failed) return failed;
  if (operands.some(({ kind }) => kind === "null")) return failure("an operand cannot be null");
  const [one, other] = operands;
  if (isLogical) {
    const decisive = operator === "||";
    if (operands.some((operand) => operand.kind === "boolean" && operand.truth === decisive))
      return derived(bool(decisive), operands);
    if (one?.kind === "boolean" && other?.kind === "boolean") return derived(bool(!decisive), operands);
    return computed(operator, operands);
  }
  if (one?.kind !== "number" || other?.kind !== "number") return computed(operator, operands);
  const order = compare(one.number, other.number);
  const result = (): Value => {
    switch (operator) {
      case "<":
        return bool(order < 0);
      case "<=":
        return bool(order <= 0);
      case ">":
        return bool(order > 0);
      case ">=":
        return bool(order >= 0);
      case "+":
        return number(add(one.number, other.number));
      case "-":
        return number(subtract(one.number, other.number));
      case "*":
        return number(multiply(one.number, other.number));
      default: {
        const quotient = (operator === "/" ? divide : modulo)(one.number, other.number);
        // Terraform goes on with an infinite number here, which nothing can hold.
        return quotient ? number(quotient) : limitReached;
      }
    }
  };
  return derived(result(), operands);
}

function call({ name, arguments: list, expandsLast }: Extract<Expression, { kind: "call" }>, scope: Scope): Value {
  const plain = name.startsWith("core::") ? name.slice("core::".length) : name;
  if (plain === "try") return tryAll(list, scope);
  if (plain === "can") {
    const [only, another] = list;
    if (!only || another || expandsLast) return failure("can takes one argument");
    const { value, mayFail } = attempt(only, scope);
    if (value.kind === "error") return bool(false);
    return mayFail ? computed("can", [value]) : bool(true);
  }
  const values = list.map((argument) => evaluate(argument, scope));
  return distribute(values, (chosen) => {
    if (!expandsLast) return callFunction(plain, chosen, scope);
    const last = chosen.at(-1);
    if (last?.kind !== "sequence")
      return last && !isWhollyKnown(last) ? computed(plain, chosen) : failure("the last argument must be a list");
    const elements = last.elements.map((one) => withSensitivity(one, last.sensitive));
    return withSensitivity(callFunction(plain, [...chosen.slice(0, -1), ...elements], scope), last.sensitive);
  });
}

/** The first argument that does not fail; one that may still fail leaves the others possible. */
function tryAll(list: readonly Expression[], scope: Scope): Value {
  const possible: Value[] = [];
  for (const argument of list) {
    const { value, mayFail } = attempt(argument, scope);
    if (value.kind === "error") continue;
    possible.push(value);
    if (!mayFail) break;
  }
  return possible.length === 0 ? failure("no argument of try succeeded") : candidates(possible);
}

/** What an argument of `try` or `can` evaluates to, and whether it may still fail once all is known. */
function attempt(argument: Expression, scope: Scope): { readonly value: Value; readonly mayFail: boolean } {
  const before = leftOut.failures;
  const value = evaluate(argument, scope);
  return { value, mayFail: leftOut.failures > before || !isCertain(value) };
}

/** Whether the evaluation cannot fail any more once all is known. */
function isCertain(value: Value): boolean {
  switch (value.kind) {
    case "unknown":
      return value.reference !== undefined && !value.mayFail;
    case "sequence":
      return value.elements.every(isCertain);
    case "mapping":
      return [...value.entries.values()].every(isCertain);
    case "template":
      return value.parts.every(isCertain);
    case "encoded":
      return isCertain(value.value);
    case "candidates":
      return value.values.every(isCertain);
    default:
      return true;
  }
}

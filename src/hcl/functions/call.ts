// Calls a function of Terraform by its name.
// https://developer.hashicorp.com/terraform/language/functions

import { convert } from "../convert.ts";
import type { Type } from "../type.ts";
import {
  candidates,
  computed,
  derived,
  expanded,
  failure,
  isSecret,
  isWhollyKnown,
  limitReached,
  mapping,
  originsOf,
  sequence,
  sizeOf,
  unknown,
  type Value,
  withSensitivity,
} from "../value.ts";
import { collectionFunctions } from "./collection.ts";
import { dateFunctions } from "./date.ts";
import type { FunctionContext, FunctionDefinition, FunctionTable } from "./definition.ts";
import { encodingFunctions } from "./encoding.ts";
import { formatFunctions } from "./format.ts";
import { networkFunctions } from "./network.ts";
import { numberFunctions } from "./numeric.ts";
import { setFunctions } from "./set.ts";
import { stringFunctions } from "./text.ts";
import { typeFunctions, withoutSensitivity } from "./type-functions.ts";
import { yamlFunctions } from "./yaml.ts";

const table: FunctionTable = {
  ...collectionFunctions,
  ...dateFunctions,
  ...encodingFunctions,
  ...formatFunctions,
  ...networkFunctions,
  ...numberFunctions,
  ...setFunctions,
  ...stringFunctions,
  ...typeFunctions,
  ...yamlFunctions,
};

/** Names of all functions that are evaluated, `try` and `can` included. */
export const supportedFunctions: readonly string[] = [...Object.keys(table), "can", "nonsensitive", "try"].sort();

interface CallContext extends FunctionContext {
  readonly budget: { steps: number };
}

/** The value of a call; unknown, with the function's name, where the function is not supported. */
export function callFunction(name: string, values: readonly Value[], context: CallContext): Value {
  // The one function whose result does not take over the sensitivity of its argument.
  if (name === "nonsensitive") return values[0] ? withoutSensitivity(values[0]) : failure("nonsensitive needs a value");
  const definition = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!definition) return derived(unknown({ kind: "function", name }), values);
  if (!definition.isShallow) context.budget.steps -= values.reduce((sum, value) => sum + sizeOf(value), 0);
  if (context.budget.steps <= 0) return limitReached;
  const converted = argumentsOf(name, definition, values);
  const failed = converted.find(({ kind }) => kind === "error");
  if (failed) return failed;
  const result = run(name, definition, converted, context, 0);
  if (!definition.isShallow) context.budget.steps -= sizeOf(result);
  return result;
}

function argumentsOf(name: string, definition: FunctionDefinition, values: readonly Value[]): readonly Value[] {
  const { parameters, rest, optional = 0, acceptsNull } = definition;
  if (values.length < parameters.length - optional || (rest === undefined && values.length > parameters.length))
    return [failure(`${name} takes another number of arguments`)];
  return values.map((value, index) => {
    const type: Type = parameters[index] ?? rest ?? "any";
    if (value.kind === "null" && !acceptsNull) return failure(`an argument of ${name} cannot be null`);
    return convert(value, type);
  });
}

/** Candidates in candidates, at most. */
const maxNesting = 4;

function run(
  name: string,
  definition: FunctionDefinition,
  values: readonly Value[],
  context: CallContext,
  depth: number,
): Value {
  if (definition.acceptsUnknown) {
    const result = definition.run(values, context);
    return withSensitivity(
      result,
      values.some((value) => (definition.readsElements ? isSecret(value) : value.sensitive)),
    );
  }
  if (values.every(isWhollyKnown)) return derived(definition.run(values.map(expanded), context), values);
  // One of several values inside of a list or an object: each of them makes another result.
  const open = depth < maxNesting ? nestedCandidates(values) : undefined;
  if (open) {
    const results = open.values.map((choice) =>
      run(
        name,
        definition,
        values.map((value) => replaced(value, open, choice)),
        context,
        depth + 1,
      ),
    );
    const origins = originsOf([open]);
    return candidates(results, origins.length === 0 ? {} : { origins });
  }
  const result = computed(name, values);
  return definition.returns === undefined ? result : { ...result, type: definition.returns };
}

type Candidates = Extract<Value, { kind: "candidates" }>;

function nestedCandidates(values: Iterable<Value>): Candidates | undefined {
  for (const value of values) {
    const found =
      value.kind === "candidates"
        ? value
        : value.kind === "sequence"
          ? nestedCandidates(value.elements)
          : value.kind === "mapping"
            ? nestedCandidates(value.entries.values())
            : value.kind === "template"
              ? nestedCandidates(value.parts)
              : undefined;
    if (found) return found;
  }
  return undefined;
}

function replaced(value: Value, open: Candidates, choice: Value): Value {
  if (value === open) return withSensitivity(choice, open.sensitive);
  const inner = (one: Value) => replaced(one, open, choice);
  const marks = value.sensitive ? { sensitive: true as const } : {};
  switch (value.kind) {
    case "sequence":
      return { ...sequence(value.form, value.elements.map(inner), value.elementType), ...marks };
    case "mapping": {
      const entries = [...value.entries].map(([name, one]) => [name, inner(one)] as const);
      return { ...mapping(value.form, entries, value.elementType), ...marks };
    }
    case "template": {
      const parts = value.parts.map(inner);
      return parts.every(({ kind }) => kind === "string")
        ? { kind: "string", text: parts.map((part) => (part.kind === "string" ? part.text : "")).join(""), ...marks }
        : { kind: "template", parts, ...marks };
    }
    default:
      return value;
  }
}

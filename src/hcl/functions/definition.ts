// How a function of Terraform is defined here: its parameters, and what it returns of known arguments.

import { type BigNumber, toInteger } from "../number.ts";
import type { Type } from "../type.ts";
import { expanded, failure, type MappingValue, type SequenceValue, type Value } from "../value.ts";

export interface FunctionContext {
  /** When the plan was made, as the plan's JSON has it. */
  readonly timestamp: string | undefined;
}

export interface FunctionDefinition {
  /** Arguments are converted to these types. */
  readonly parameters: readonly Type[];
  /** The type of all further arguments. */
  readonly rest?: Type;
  /** How many of the parameters may be left out. */
  readonly optional?: number;
  readonly acceptsNull?: true;
  /** The function also gets arguments of which parts are unknown. */
  readonly acceptsUnknown?: true;
  /** It looks at the collection itself, not at what is in its elements. */
  readonly isShallow?: true;
  /** Its result tells of the elements of its arguments, and is a secret where one of them is. */
  readonly readsElements?: true;
  readonly returns?: Type;
  readonly run: (values: readonly Value[], context: FunctionContext) => Value;
}

export type FunctionTable = { readonly [name: string]: FunctionDefinition };

/** A function of known arguments. */
export const define = (
  parameters: readonly Type[],
  run: FunctionDefinition["run"],
  options: Omit<FunctionDefinition, "parameters" | "run"> = {},
): FunctionDefinition => ({ parameters, run, ...options });

// The arguments have been converted before: these only open them.

export const textOf = (value: Value | undefined): string => (value?.kind === "string" ? value.text : "");

const zero: BigNumber = { mantissa: 0n, exponent: 0, precision: 64 };

export const bigNumberOf = (value: Value | undefined): BigNumber => (value?.kind === "number" ? value.number : zero);

/** Undefined for a fraction. */
export const integerOf = (value: Value | undefined): number | undefined => toInteger(bigNumberOf(value));

export const elementsOf = (value: Value | undefined): readonly Value[] =>
  value?.kind === "sequence" ? value.elements : [];

export const entriesOf = (value: Value | undefined): ReadonlyMap<string, Value> =>
  value?.kind === "mapping" ? value.entries : new Map();

/** A list, set, tuple, map or object as it is; an error for anything else. */
export function collectionOf(value: Value | undefined): SequenceValue | MappingValue | undefined {
  const collection = value && expanded(value);
  return collection?.kind === "sequence" || collection?.kind === "mapping" ? collection : undefined;
}

export const notACollection: Value = failure("a collection is required");

// Terraform's functions of numbers.

import { convert } from "../convert.ts";
import {
  add,
  type BigNumber,
  ceiling,
  compare,
  floor,
  fromFloat,
  fromInteger,
  isInteger,
  negate,
  parseNumber,
  toFloat,
} from "../number.ts";
import { failure, limitReached, number, type Value } from "../value.ts";
import { bigNumberOf, define, elementsOf, type FunctionTable, integerOf, textOf } from "./definition.ts";

const numberFrom = (text: string): Value => {
  const parsed = parseNumber(text);
  return parsed ? number(parsed) : failure("the result is no number");
};

const floatValue = (value: number): Value => {
  const exact = fromFloat(value);
  return exact ? number(exact) : limitReached;
};

const whole = (value: BigNumber, round: (value: BigNumber) => bigint): Value =>
  number(isInteger(value) ? value : fromInteger(round(value), value.precision));

const extreme =
  (sign: 1 | -1) =>
  (values: readonly Value[]): Value =>
    values.reduce((best, value) => (compare(bigNumberOf(value), bigNumberOf(best)) * sign > 0 ? value : best));

/** Digits that an integer of a base is written with. */
function parseInteger(text: string, base: number): bigint | undefined {
  const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const sign = text.startsWith("-") ? -1n : 1n;
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (body === "" || body.length > 4096) return undefined;
  let result = 0n;
  for (const char of body) {
    // Up to base 36 the letters of both cases mean the same.
    const digit = digits.indexOf(base <= 36 ? char.toLowerCase() : char);
    if (digit < 0 || digit >= base) return undefined;
    result = result * BigInt(base) + BigInt(digit);
  }
  return sign * result;
}

export const numberFunctions: FunctionTable = {
  abs: define(["number"], ([value]) => {
    const one = bigNumberOf(value);
    return number(one.mantissa < 0n ? negate(one) : one);
  }),
  ceil: define(["number"], ([value]) => whole(bigNumberOf(value), ceiling)),
  floor: define(["number"], ([value]) => whole(bigNumberOf(value), floor)),
  signum: define(["number"], ([value]) => {
    if (!isInteger(bigNumberOf(value))) return failure("signum needs an integer");
    const { mantissa } = bigNumberOf(value);
    return number(mantissa > 0n ? 1 : mantissa < 0n ? -1 : 0);
  }),
  log: define(["number", "number"], ([value, base]) =>
    floatValue(Math.log(toFloat(bigNumberOf(value))) / Math.log(toFloat(bigNumberOf(base)))),
  ),
  max: define(["number"], extreme(1), { rest: "number" }),
  min: define(["number"], extreme(-1), { rest: "number" }),
  pow: define(["number", "number"], ([value, power]) => {
    const [base, exponent] = [toFloat(bigNumberOf(value)), toFloat(bigNumberOf(power))];
    return floatValue(base ** exponent);
  }),
  parseint: define(["any", "number"], ([value, base]) => {
    if (value?.kind !== "string") return failure("parseint needs a string");
    const radix = integerOf(base);
    if (radix === undefined || radix < 2 || radix > 62) return failure("parseint needs a base from 2 to 62");
    const parsed = parseInteger(textOf(value), radix);
    return parsed === undefined ? failure("the text is no integer of this base") : numberFrom(`${parsed}`);
  }),
  sum: define(["any"], ([value]) => {
    const elements = elementsOf(value).map((one) => convert(one, "number"));
    if (elements.length === 0) return failure("sum needs at least one number");
    if (elements.some(({ kind }) => kind !== "number")) return failure("sum needs numbers");
    return number(elements.map(bigNumberOf).reduce((sum, one) => add(sum, one)));
  }),
};

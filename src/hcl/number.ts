// Terraform's numbers: binary floating point with 512 bits, computed and written as Go's big.Float does.
// https://pkg.go.dev/math/big#Float

/** `mantissa` × 2^`exponent`; the mantissa is odd, or zero. */
export interface BigNumber {
  readonly mantissa: bigint;
  readonly exponent: number;
  /** Bits to which results are rounded: a result takes the larger one of its operands. */
  readonly precision: number;
}

const literalPrecision = 512;

/** Precision of counts, lengths and indexes. */
const integerPrecision = 64;

/** Precision of what is computed with floats: powers and logarithms. */
const floatPrecision = 53;

/** Larger exponents than any configuration needs; they would cost memory. */
const maxExponent = 8192;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Below this, numbers of JavaScript do the same faster. */
const small = 1n << 31n;

function bitLength(value: bigint): number {
  const size = magnitude(value);
  if (size < small) return 32 - Math.clz32(Number(size));
  return size.toString(2).length;
}

const zeroOf = (precision: number): BigNumber => ({ mantissa: 0n, exponent: 0, precision });

/** Rounds to the nearest, and halves to even. `sticky`: there is more below the last bit. */
function rounded(mantissa: bigint, exponent: number, precision: number, sticky = false): BigNumber {
  if (mantissa === 0n) return zeroOf(precision);
  if (mantissa > -small && mantissa < small && precision >= 32 && !sticky) {
    const bits = Number(mantissa);
    const zeros = 31 - Math.clz32(bits & -bits);
    return { mantissa: BigInt(bits >> zeros), exponent: exponent + zeros, precision };
  }
  const excess = bitLength(mantissa) - precision;
  let value = magnitude(mantissa);
  let power = exponent;
  if (excess > 0) {
    const shift = BigInt(excess);
    const rest = value & ((1n << shift) - 1n);
    const half = 1n << (shift - 1n);
    value >>= shift;
    power += excess;
    if (rest > half || (rest === half && (sticky || (value & 1n) === 1n))) value += 1n;
  }
  // A run of zero bits at the end belongs to the exponent.
  const bits = value.toString(2);
  const zeros = bits.length - 1 - bits.lastIndexOf("1");
  value >>= BigInt(zeros);
  return { mantissa: mantissa < 0n ? -value : value, exponent: power + zeros, precision };
}

function quotient(numerator: bigint, denominator: bigint, exponent: number, precision: number): BigNumber {
  if (numerator === 0n) return zeroOf(precision);
  const shift = Math.max(0, precision + 3 - (bitLength(numerator) - bitLength(denominator)));
  const scaled = magnitude(numerator) << BigInt(shift);
  const divisor = magnitude(denominator);
  const whole = scaled / divisor;
  const isNegative = numerator < 0n !== denominator < 0n;
  // One more bit stands for all that the division leaves over.
  const exact = (whole << 1n) | (scaled % divisor === 0n ? 0n : 1n);
  return rounded(isNegative ? -exact : exact, exponent - shift - 1, precision);
}

export function fromInteger(value: number | bigint, precision?: number): BigNumber {
  const exact = BigInt(value);
  return rounded(exact, 0, precision ?? Math.max(integerPrecision, bitLength(exact)));
}

/** The exact value of a float; undefined for one that is infinite or no number. */
export function fromFloat(value: number): BigNumber | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return zeroOf(floatPrecision);
  let exponent = Math.floor(Math.log2(Math.abs(value))) - floatPrecision + 1;
  exponent = Math.max(exponent, -1074);
  // In two steps, as the power alone may be too large for a float.
  const half = Math.trunc(exponent / 2);
  const scaled = value / 2 ** half / 2 ** (exponent - half);
  return rounded(BigInt(Math.round(scaled)), exponent, floatPrecision);
}

/** Reads decimal notation, as in HCL, JSON and conversions from strings; undefined for anything else. */
export function parseNumber(text: string, precision = literalPrecision): BigNumber | undefined {
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,6}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  if (digits === "" || digits.length > maxExponent) return undefined;
  const power = Number(exponent) - fraction.length;
  if (Math.abs(power) > maxExponent) return undefined;
  const value = BigInt(sign === "-" ? `-${digits}` : digits);
  if (power >= 0) return rounded(value * 10n ** BigInt(power), 0, precision);
  return quotient(value, 10n ** BigInt(-power), 0, precision);
}

const common = (one: BigNumber, other: BigNumber): number => Math.max(one.precision, other.precision);

function aligned(one: BigNumber, other: BigNumber): [first: bigint, second: bigint, exponent: number] {
  const exponent = Math.min(one.exponent, other.exponent);
  const scale = ({ mantissa, exponent: power }: BigNumber) => mantissa << BigInt(power - exponent);
  return [scale(one), scale(other), exponent];
}

export function add(one: BigNumber, other: BigNumber): BigNumber {
  const [first, second, exponent] = aligned(one, other);
  return rounded(first + second, exponent, common(one, other));
}

export const negate = ({ mantissa, exponent, precision }: BigNumber): BigNumber => ({
  mantissa: -mantissa,
  exponent,
  precision,
});

export const subtract = (one: BigNumber, other: BigNumber): BigNumber => add(one, negate(other));

export function multiply(one: BigNumber, other: BigNumber): BigNumber {
  const product = rounded(one.mantissa * other.mantissa, one.exponent + other.exponent, literalPrecision);
  return { ...product, precision: Math.max(common(one, other), bitLength(product.mantissa)) };
}

/** Undefined for a division by zero. */
export const divide = (one: BigNumber, other: BigNumber): BigNumber | undefined =>
  other.mantissa === 0n
    ? undefined
    : quotient(one.mantissa, other.mantissa, one.exponent - other.exponent, common(one, other));

/** The remainder of a division that rounds towards zero; undefined for a division by zero. */
export function modulo(one: BigNumber, other: BigNumber): BigNumber | undefined {
  const ratio = divide(one, other);
  if (!ratio) return undefined;
  // All at the precision of the first operand: what does not fit in it is lost.
  const { precision } = one;
  const whole = rounded(truncate(ratio), 0, precision);
  const product = rounded(other.mantissa * whole.mantissa, other.exponent + whole.exponent, precision);
  const [first, second, exponent] = aligned(one, product);
  return rounded(first - second, exponent, precision);
}

export function compare(one: BigNumber, other: BigNumber): number {
  const [first, second] = aligned(one, other);
  return first < second ? -1 : first > second ? 1 : 0;
}

export const isInteger = ({ mantissa, exponent }: BigNumber): boolean => mantissa === 0n || exponent >= 0;

/** The integer part: rounded towards zero. */
export function truncate({ mantissa, exponent }: BigNumber): bigint {
  if (exponent >= 0) return mantissa << BigInt(exponent);
  const value = magnitude(mantissa) >> BigInt(-exponent);
  return mantissa < 0n ? -value : value;
}

export function floor(value: BigNumber): bigint {
  const whole = truncate(value);
  return isInteger(value) || value.mantissa > 0n ? whole : whole - 1n;
}

export const ceiling = (value: BigNumber): bigint => -floor(negate(value));

export const toFloat = (value: BigNumber): number => Number(formatNumber(value));

/** An integer that an index or a length can be; undefined for a fraction. */
export function toInteger(value: BigNumber): number | undefined {
  const whole = isInteger(value) ? Number(truncate(value)) : undefined;
  return Number.isSafeInteger(whole) ? whole : undefined;
}

const withoutZeros = (digits: string): string => digits.replace(/0+$/, "");

/** The shortest decimal notation that leads back to the same number at its precision, never with an exponent. */
export function formatNumber(value: BigNumber): string {
  const { mantissa, exponent, precision } = value;
  if (mantissa === 0n) return "0";
  const sign = mantissa < 0n ? "-" : "";
  if (exponent === 0 && mantissa > -small && mantissa < small) return `${mantissa}`;
  if (exponent >= 0 && bitLength(mantissa) + exponent <= precision) return `${truncate(value)}`;
  // With one bit more than the precision, one step up or down is half a unit in the last place.
  const shift = precision + 1 - bitLength(mantissa);
  const middle = magnitude(mantissa) << BigInt(shift);
  const power = exponent - shift;
  const scale = power < 0 ? 5n ** BigInt(-power) : 1n << BigInt(power);
  const decimals = power < 0 ? -power : 0;
  const texts = [middle, middle - 1n, middle + 1n].map((one) => `${one * scale}`);
  const width = Math.max(decimals + 1, ...texts.map((text) => text.length));
  const [exact = "", lower = "", upper = ""] = texts.map((text) => text.padStart(width, "0"));
  const kept = shortest(exact, lower, upper, (middle & 2n) === 0n, width);
  const whole = kept.slice(0, kept.length - decimals).replace(/^0+(?=.)/, "");
  const fraction = withoutZeros(kept.slice(kept.length - decimals));
  return `${sign}${whole}${decimals > 0 && fraction !== "" ? `.${fraction}` : ""}`;
}

/** Digits of the given width: as few as possible that are not zero at the end, between the bounds. */
function shortest(exact: string, lower: string, upper: string, isInclusive: boolean, width: number): string {
  const ends = {
    exact: withoutZeros(exact).length,
    lower: withoutZeros(lower).length,
    upper: withoutZeros(upper).length,
  };
  const start = exact.search(/[1-9]/);
  for (let index = start; index < ends.exact; index++) {
    const [digit, low, high] = [Number(exact[index]), Number(lower[index]), Number(upper[index])];
    const canRoundDown = low !== digit || (isInclusive && index + 1 === ends.lower);
    const canRoundUp = digit !== high && (isInclusive || digit + 1 < high || index + 1 < ends.upper);
    if (!canRoundDown && !canRoundUp) continue;
    const kept = BigInt(exact.slice(0, index + 1));
    const rest = exact.slice(index + 1);
    const roundsUp = canRoundUp && (!canRoundDown || isAboveHalf(rest, digit));
    return `${roundsUp ? kept + 1n : kept}`.padStart(index + 1, "0").padEnd(width, "0");
  }
  return exact;
}

function isAboveHalf(rest: string, lastDigit: number): boolean {
  const first = Number(rest[0] ?? 0);
  if (first !== 5) return first > 5;
  return withoutZeros(rest) !== "5" || lastDigit % 2 === 1;
}

/** All digits of a number: `digits` × 10^`exponent`, without zeros at either end; "0" for zero. */
export function decimalOf({ mantissa, exponent }: BigNumber): {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
} {
  const value = exponent >= 0 ? magnitude(mantissa) << BigInt(exponent) : magnitude(mantissa) * 5n ** BigInt(-exponent);
  const all = `${value}`;
  const digits = withoutZeros(all) || "0";
  return {
    isNegative: mantissa < 0n,
    digits,
    exponent: Math.min(exponent, 0) + (digits === "0" ? 0 : all.length - digits.length),
  };
}

// Terraform's format and formatlist.
// https://developer.hashicorp.com/terraform/language/functions/format

import { convert } from "../convert.ts";
import { templateOf } from "../distribute.ts";
import { type BigNumber, decimalOf, formatNumber, isInteger, truncate } from "../number.ts";
import { computed, failure, isWhollyKnown, nothing, sequence, string, type Value } from "../value.ts";
import { define, type FunctionTable, textOf } from "./definition.ts";
import { encodingFunctions } from "./encoding.ts";
import { graphemesOf } from "./graphemes.ts";

interface Verb {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly mode: string;
}

const verbPattern = /%([ +\-0#]*)(\d*)(?:\.(\d+))?(?:\[(\d+)\])?(.?)/gsu;

/** Wider than any text that is meant to be read. */
const maxWidth = 1000;

function formatted([format, ...values]: readonly Value[], name: string): Value {
  const text = textOf(format);
  const parts: Value[] = [];
  let from = 0;
  let next = 0;
  let highest = 0;
  for (const match of text.matchAll(verbPattern)) {
    const [whole, flags = "", width = "", precision, index, mode = ""] = match;
    parts.push(string(text.slice(from, match.index)));
    from = match.index + whole.length;
    if (mode === "%" && whole === "%%") {
      parts.push(string("%"));
      continue;
    }
    if (index !== undefined) next = Number(index) - 1;
    const value = values[next++];
    highest = Math.max(highest, next);
    if (!value) return failure(`${name} has too few arguments`);
    if (Number(width) > maxWidth || Number(precision ?? 0) > maxWidth) return failure(`${name} has too wide a field`);
    const verb: Verb = {
      flags,
      width: width === "" ? undefined : Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      mode,
    };
    const part = formatOne(verb, value, name);
    if (part.kind === "error") return part;
    parts.push(part);
  }
  // An index that goes back makes no argument superfluous.
  if (highest < values.length && !/%[^%]*\[/.test(text)) return failure(`${name} has too many arguments`);
  parts.push(string(text.slice(from)));
  return templateOf(parts);
}

function formatOne(verb: Verb, value: Value, name: string): Value {
  const { mode, flags, width } = verb;
  // Of null without a type, Terraform does not say what it makes.
  if (value.kind === "null" && value.type === undefined) return { ...computed(name, [value]), type: "string" };
  if (value.kind === "null" && mode !== "v") return failure(`${name} cannot format null`);
  if (!isWhollyKnown(value)) {
    const isPlain = width === undefined && verb.precision === undefined;
    if (isPlain && mode === "s") return convert(value, "string");
    // What %v makes of a value depends on its type.
    if (isPlain && mode === "v" && flags === "" && ["template", "encoded"].includes(value.kind)) return value;
    return { ...computed(name, [value]), type: "string" };
  }
  switch (mode) {
    case "v":
      if (!flags.includes("#") && value.kind === "string") return string(padded(value.text, verb));
      if (!flags.includes("#") && value.kind === "number") return string(padded(general(value), verb));
      return padText(json(value), verb);
    case "t": {
      const truth = convert(value, "bool");
      return truth.kind === "boolean" ? string(`${truth.truth}`) : truth;
    }
    case "s":
    case "q": {
      const text = convert(value, "string");
      if (text.kind !== "string") return text;
      const cut = verb.precision ? graphemesOf(text.text).slice(0, verb.precision).join("") : text.text;
      return mode === "s" ? string(padded(cut, verb)) : padText(json(string(cut)), verb);
    }
    case "b":
    case "d":
    case "o":
    case "x":
    case "X":
    case "e":
    case "E":
    case "f":
    case "g":
    case "G": {
      const number = convert(value, "number");
      return number.kind === "number" ? numeric(number, verb) : number;
    }
    default:
      return failure(`${name} has an unknown verb`);
  }
}

const json = (value: Value): Value => encodingFunctions.jsonencode?.run([value], { timestamp: undefined }) ?? nothing;

const padText = (value: Value, verb: Verb): Value =>
  value.kind === "string" ? string(padded(value.text, verb)) : value;

function padded(text: string, { width, flags }: Verb): string {
  const missing = (width ?? 0) - graphemesOf(text).length;
  if (missing <= 0) return text;
  return flags.includes("-") ? text + pads(flags, missing) : pads(flags, missing) + text;
}

const pads = (flags: string, count: number): string => (flags.includes("0") ? "0" : " ").repeat(count);

type NumberValue = Extract<Value, { kind: "number" }>;

/** Go's %g of a big.Float with all digits that are needed: with an exponent from a million on. */
function general({ number }: NumberValue): string {
  const text = formatNumber(number);
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "");
  const exponent = whole === "0" ? fraction.search(/[1-9]/) * -1 - 1 : whole.length - 1;
  if (digits === "" || (exponent >= -4 && exponent < 6)) return text;
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const power = `${Math.abs(exponent)}`.padStart(2, "0");
  return `${text.startsWith("-") ? "-" : ""}${mantissa}e${exponent < 0 ? "-" : "+"}${power}`;
}

function numeric(value: NumberValue, verb: Verb): Value {
  const { mode, precision } = verb;
  const { number } = value;
  let text: string;
  if ("bdoxX".includes(mode)) {
    if (!isInteger(number)) return failure("a whole number is required");
    const base = { b: 2, d: 10, o: 8, x: 16, X: 16 }[mode] ?? 10;
    text = truncate(number).toString(base);
    if (mode === "X") text = text.toUpperCase();
    if (precision !== undefined)
      text = text.replace(/^(-?)(.*)$/, (_, sign, digits) => sign + digits.padStart(precision, "0"));
  } else if (mode === "f") {
    text = fixed(number, precision ?? 6);
  } else {
    if (mode === "e" || mode === "E") text = scientific(number, (precision ?? 6) + 1);
    else if (precision === undefined) text = general(value);
    else text = shortened(number, Math.max(1, precision));
    if (mode === "E" || mode === "G") text = text.toUpperCase();
  }
  return string(signed(text, verb));
}

/** The leading digits, rounded half to even, and the power of ten of the first one. */
function leading(number: BigNumber, count: number): { digits: string; power: number; isNegative: boolean } {
  const { digits, exponent, isNegative } = decimalOf(number);
  const power = digits.length - 1 + exponent;
  if (count <= 0 && digits === "0") return { digits: "", power: 0, isNegative };
  if (digits.length <= count) return { digits: digits.padEnd(count, "0"), power, isNegative };
  const kept = digits.slice(0, Math.max(count, 0));
  const rest = count < 0 ? "0" : digits.slice(count);
  const isOdd = kept !== "" && Number(kept.at(-1)) % 2 === 1;
  const isUp = (rest[0] ?? "0") > "5" || (rest[0] === "5" && (/[1-9]/.test(rest.slice(1)) || isOdd));
  const rounded = `${BigInt(kept || "0") + (isUp ? 1n : 0n)}`.padStart(kept.length, "0");
  const isLonger = rounded.length > kept.length;
  return {
    digits: isLonger && kept !== "" ? rounded.slice(0, -1) : rounded,
    power: isLonger ? power + 1 : power,
    isNegative,
  };
}

/** Go's %f. */
function fixed(number: BigNumber, decimals: number): string {
  const { digits: all, exponent } = decimalOf(number);
  const whole = all.length + exponent;
  const { digits, power, isNegative } = leading(number, whole + decimals);
  const kept = whole + decimals < 0 ? "" : digits;
  // As an integer of the last decimal.
  const scaled = (
    kept === ""
      ? "0"
      : power >= whole && kept.length < power + 1 + decimals
        ? kept.padEnd(power + 1 + decimals, "0")
        : kept
  ).padStart(decimals + 1, "0");
  const text = decimals === 0 ? scaled : `${scaled.slice(0, -decimals)}.${scaled.slice(-decimals)}`;
  return `${isNegative ? "-" : ""}${text}`;
}

/** Go's %e, with a number of digits. */
function scientific(number: BigNumber, count: number): string {
  const { digits, power, isNegative } = leading(number, count);
  const mantissa = count > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${isNegative ? "-" : ""}${mantissa}e${power < 0 ? "-" : "+"}${`${Math.abs(power)}`.padStart(2, "0")}`;
}

/** Go's %g with at most a number of digits, and no zeros at the end. */
function shortened(number: BigNumber, count: number): string {
  const { digits, power, isNegative } = leading(number, count);
  const short = digits.replace(/0+$/, "") || "0";
  // Go takes an exponent already where fewer digits than the precision are there, unless they are all of the integer.
  const { length } = decimalOf(number).digits;
  const limit = count > length && length >= power + 1 ? length : count;
  if (power < -4 || power >= limit) {
    const mantissa = short.length > 1 ? `${short[0]}.${short.slice(1)}` : short;
    return `${isNegative ? "-" : ""}${mantissa}e${power < 0 ? "-" : "+"}${`${Math.abs(power)}`.padStart(2, "0")}`;
  }
  const text =
    power < 0
      ? `0.${"0".repeat(-power - 1)}${short}`
      : short.length <= power + 1
        ? short.padEnd(power + 1, "0")
        : `${short.slice(0, power + 1)}.${short.slice(power + 1)}`;
  return `${isNegative ? "-" : ""}${text}`;
}

function signed(text: string, verb: Verb): string {
  const { flags, width = 0 } = verb;
  const isNegative = text.startsWith("-");
  const sign = isNegative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const digits = isNegative ? text.slice(1) : text;
  const missing = width - sign.length - digits.length;
  if (missing <= 0) return sign + digits;
  if (flags.includes("-")) return sign + digits + " ".repeat(missing);
  return flags.includes("0") ? sign + "0".repeat(missing) + digits : " ".repeat(missing) + sign + digits;
}

/** `format` for each element of the lists among the arguments. */
function formatList([format = nothing, ...values]: readonly Value[]): Value {
  const lists = values.filter((value) => value.kind === "sequence");
  if (values.some((value) => value.kind === "unknown" || value.kind === "candidates"))
    return computed("formatlist", values);
  if (lists.some((list) => list.form === "set" && !isWhollyKnown(list))) return computed("formatlist", values);
  const [first] = lists;
  const length = first?.elements.length ?? 1;
  if (lists.some(({ elements }) => elements.length !== length)) return failure("formatlist needs lists of one length");
  const results = Array.from({ length }, (_, index) =>
    formatted(
      [format, ...values.map((value) => (value.kind === "sequence" ? (value.elements[index] ?? nothing) : value))],
      "formatlist",
    ),
  );
  return results.find(({ kind }) => kind === "error") ?? sequence("list", results, "string");
}

const withKnownFormat =
  (name: string, run: (values: readonly Value[]) => Value) =>
  (values: readonly Value[]): Value =>
    values[0]?.kind === "string" ? run(values) : { ...computed(name, values), type: "string" };

export const formatFunctions: FunctionTable = {
  format: define(
    ["string"],
    withKnownFormat("format", (values) => formatted(values, "format")),
    {
      rest: "any",
      acceptsNull: true,
      acceptsUnknown: true,
      readsElements: true,
      returns: "string",
    },
  ),
  formatlist: define(["string"], withKnownFormat("formatlist", formatList), {
    rest: "any",
    acceptsNull: true,
    acceptsUnknown: true,
    readsElements: true,
  }),
};

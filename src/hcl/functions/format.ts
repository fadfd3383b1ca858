// Terraform's format and formatlist.
// https://developer.hashicorp.com/terraform/language/functions/format

import { convert } from "../convert.ts";
import { templateOf } from "../distribute.ts";
import { formatNumber, isInteger, toFloat, truncate } from "../number.ts";
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

/** Go's %g with all digits that are needed: an exponent from 21 digits on. */
function general({ number }: NumberValue): string {
  const text = formatNumber(number);
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "");
  const exponent = whole === "0" ? fraction.search(/[1-9]/) * -1 - 1 : whole.length - 1;
  if (digits === "" || (exponent >= -4 && exponent < Math.max(digits.length, 21))) return text;
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
    text = fixed(formatNumber(number), precision ?? 6);
  } else {
    const float = toFloat(number);
    if (mode === "e" || mode === "E") text = withGoExponent(float.toExponential(precision ?? 6));
    else if (precision === undefined) text = general(value);
    else
      text = withGoExponent(float.toPrecision(Math.max(1, precision)))
        .replace(/(\.\d*?)0+(?=e|$)/, "$1")
        .replace(/\.(?=e|$)/, "");
    if (mode === "E" || mode === "G") text = text.toUpperCase();
  }
  return string(signed(text, verb));
}

const withGoExponent = (text: string): string =>
  text.replace(/e([+-])(\d)$/, (_, sign: string, digit: string) => `e${sign}0${digit}`);

/** Rounds decimal notation to a number of decimals, halves away from a zero that is exact. */
function fixed(text: string, decimals: number): string {
  const isNegative = text.startsWith("-");
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const digits = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  const rest = fraction.slice(decimals);
  const half = rest.padEnd(1, "0");
  const isUp =
    half[0] !== undefined && half[0] >= "5" && (/[1-9]/.test(half.slice(1)) || half[0] > "5" || digits % 2n === 1n);
  const rounded = `${isUp ? digits + 1n : digits}`.padStart(decimals + 1, "0");
  const result = decimals === 0 ? rounded : `${rounded.slice(0, -decimals)}.${rounded.slice(-decimals)}`;
  return `${isNegative ? "-" : ""}${result}`;
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
      returns: "string",
    },
  ),
  formatlist: define(["string"], withKnownFormat("formatlist", formatList), {
    rest: "any",
    acceptsNull: true,
    acceptsUnknown: true,
  }),
};

// Terraform's functions that encode, decode and hash.

import { load } from "../../load.ts";
import { parseJsonText } from "../json-syntax.ts";
import { formatNumber, parseNumber } from "../number.ts";
import { problemOf } from "../syntax.ts";
import {
  bool,
  computed,
  expanded,
  failure,
  isWhollyKnown,
  limitReached,
  nothing,
  number,
  object,
  sequence,
  string,
  tuple,
  unknown,
  type Value,
} from "../value.ts";
import { define, type FunctionTable, textOf } from "./definition.ts";

/** JSON text as Go writes it: without what HTML would read. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The JSON text of a known value; undefined where a number may have to be text. */
function jsonText(value: Value): string | undefined {
  switch (value.kind) {
    case "null":
      return "null";
    case "string":
      return quoted(value.text);
    case "number":
      return value.mayBeText ? undefined : formatNumber(value.number);
    case "boolean":
      return value.mayBeText ? undefined : `${value.truth}`;
    case "sequence": {
      const items = value.elements.map(jsonText);
      return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
    }
    case "mapping": {
      const items = [...value.entries].map(([name, one]) => {
        const text = jsonText(one);
        return text === undefined ? undefined : `${quoted(name)}:${text}`;
      });
      return items.includes(undefined) ? undefined : `{${items.join(",")}}`;
    }
    case "lazy":
      return jsonText(expanded(value));
    default:
      return undefined;
  }
}

function encoded([value = nothing]: readonly Value[]): Value {
  const whole = expanded(value);
  if (!isWhollyKnown(whole)) {
    // Which of several values, or none at all, is no text with holes.
    const hasParts = whole.kind === "sequence" || whole.kind === "mapping" || whole.kind === "template";
    return hasParts || whole.reference
      ? { kind: "encoded", value: whole }
      : { ...computed("jsonencode", [whole]), type: "string" };
  }
  const text = jsonText(whole);
  return text === undefined ? unknown({ kind: "type", by: "jsonencode" }) : string(text);
}

/** The JSON text of a value, with what is unknown in its place: where it is not a text, it stands in quotes all the same. */
export function encodedParts(value: Value): readonly Value[] {
  const whole = expanded(value);
  const text = jsonText(whole);
  if (text !== undefined) return [string(text)];
  const listed = (items: readonly (readonly Value[])[]) =>
    items.flatMap((item, index) => (index === 0 ? item : [string(","), ...item]));
  const inText = (part: Value) => (part.kind === "string" ? string(quoted(part.text).slice(1, -1)) : part);
  switch (whole.kind) {
    case "sequence":
      return [string("["), ...listed(whole.elements.map(encodedParts)), string("]")];
    case "mapping": {
      const entries = [...whole.entries].map(([name, one]) => [string(`${quoted(name)}:`), ...encodedParts(one)]);
      return [string("{"), ...listed(entries), string("}")];
    }
    case "template":
      return [string('"'), ...whole.parts.map(inText), string('"')];
    case "encoded":
      return [string('"'), ...encodedParts(whole.value).map(inText), string('"')];
    default:
      return [string('"'), whole, string('"')];
  }
}

/** A value with the types that JSON text has: tuples and objects. */
function asJson(value: Value): Value {
  if (value.kind === "sequence") return tuple(value.elements.map(asJson));
  if (value.kind === "mapping") return object([...value.entries].map(([name, one]) => [name, asJson(one)] as const));
  return value;
}

type JsonText = ReturnType<typeof parseJsonText>;

function fromJson(node: JsonText): Value {
  switch (node.kind) {
    case "string":
      return string(node.text);
    case "number": {
      const parsed = parseNumber(node.text);
      return parsed ? number(parsed) : limitReached;
    }
    case "literal":
      return node.value === null ? nothing : bool(node.value);
    case "array":
      return tuple(node.items.map(fromJson));
    case "object":
      return object(node.properties.map(({ name, value }) => [name, fromJson(value)] as const));
  }
}

function decoded([value = nothing]: readonly Value[]): Value {
  if (value.kind === "encoded") return asJson(value.value);
  if (value.kind !== "string") return computed("jsondecode", [value]);
  try {
    return fromJson(parseJsonText(value.text));
  } catch (error) {
    problemOf(error);
    return failure("the text is not valid JSON");
  }
}

/** Strict base64, as Go reads it; undefined for anything else. */
function bytesOf(text: string): Uint8Array | undefined {
  const plain = text.replace(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  return Buffer.from(plain, "base64");
}

function utf8(bytes: Uint8Array): Value {
  try {
    return string(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return failure("the result is not valid UTF-8");
  }
}

type Crypto = typeof import("node:crypto");

const hash = (algorithm: string, encoding: "hex" | "base64") =>
  define(
    ["string"],
    ([text]) => string((load("node:crypto") as Crypto).createHash(algorithm).update(textOf(text)).digest(encoding)),
    { returns: "string" },
  );

const namespaces: { readonly [name: string]: string } = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

/** https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
function uuidFive([namespace, name]: readonly Value[]): Value {
  const id = namespaces[textOf(namespace)] ?? textOf(namespace);
  const hex = id.replaceAll("-", "");
  if (!/^[0-9a-fA-F]{32}$/.test(hex)) return failure("uuidv5 needs a namespace");
  const digest = (load("node:crypto") as Crypto)
    .createHash("sha1")
    .update(Buffer.from(hex, "hex"))
    .update(textOf(name))
    .digest();
  digest[6] = ((digest[6] as number) & 0x0f) | 0x50;
  digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
  const text = digest.toString("hex");
  return string(
    [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20, 32)].join("-"),
  );
}

/** Rows of a CSV text by the names in its first row. https://www.rfc-editor.org/rfc/rfc4180 */
function csvRows([value]: readonly Value[]): Value {
  const rows = csvFields(textOf(value));
  if (!rows) return failure("the text is not valid CSV");
  const [names, ...records] = rows;
  if (!names) return failure("the text has no first row with names");
  if (new Set(names).size < names.length) return failure("two columns have one name");
  if (records.some((record) => record.length !== names.length)) return failure("a row has another number of fields");
  return sequence(
    "list",
    records.map((record) => object(names.map((name, index) => [name, string(record[index] ?? "")] as const))),
  );
}

function csvFields(text: string): string[][] | undefined {
  const rows: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: string[] = [];
  let position = 0;
  while (position < text.length || row.length > 0) {
    field.lastIndex = position;
    const match = field.exec(text);
    if (!match) return undefined;
    const [whole, quotedField, plain = "", end] = match;
    position += whole.length;
    row.push(quotedField === undefined ? plain : quotedField.replaceAll('""', '"').replaceAll("\r\n", "\n"));
    if (end === ",") {
      if (position >= text.length) row.push("");
      else continue;
    }
    // An empty line is no row.
    if (row.length > 1 || row[0] !== "" || quotedField !== undefined) rows.push(row);
    row = [];
    if (end === "" || position >= text.length) break;
  }
  return rows;
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** As Go's url.QueryEscape. */
const queryEscaped = (text: string): string =>
  encodeURIComponent(text.replace(loneSurrogate, "\ufffd"))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");

export const encodingFunctions: FunctionTable = {
  base64decode: define(
    ["string"],
    ([text]) => {
      const bytes = bytesOf(textOf(text));
      return bytes ? utf8(bytes) : failure("the text is not valid base64");
    },
    { returns: "string" },
  ),
  base64encode: define(["string"], ([text]) => string(Buffer.from(textOf(text)).toString("base64")), {
    returns: "string",
  }),
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  csvdecode: define(["string"], csvRows),
  jsondecode: define(["string"], decoded, { acceptsUnknown: true }),
  jsonencode: define(["any"], encoded, { acceptsUnknown: true, acceptsNull: true, readsElements: true }),
  md5: hash("md5", "hex"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  urlencode: define(["string"], ([text]) => string(queryEscaped(textOf(text))), { returns: "string" }),
  uuidv5: define(["string", "string"], uuidFive, { returns: "string" }),
};

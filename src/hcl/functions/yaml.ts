// Terraform's yamlencode: block style, with all strings and keys in quotes.

import { formatNumber } from "../number.ts";
import { expanded, nothing, string, unknown, type Value } from "../value.ts";
import { define, type FunctionTable } from "./definition.ts";

/** A string in double quotes, as YAML escapes it; undefined for characters whose escape is not certain. */
function quoted(text: string): string | undefined {
  if (/[^\t\r -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text)) return undefined;
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\t", "\\t").replaceAll("\r", "\\r")}"`;
}

/** Breaks a quoted string at the first space behind column 80, as the emitter of YAML does. */
function folded(text: string, column: number, indent: string): string {
  let result = "";
  let at = column;
  for (const [index, char] of [...text].entries()) {
    const isBreak = char === " " && at > 80 && index > 1 && index < text.length - 2 && text[index - 1] !== " ";
    if (isBreak) {
      result += `\n${indent}${text[index + 1] === " " ? "\\" : ""}`;
      at = indent.length;
    } else {
      result += char;
      at++;
    }
  }
  return result;
}

function scalar(value: Value, column: number, indent: string): string | undefined {
  switch (value.kind) {
    case "null":
      return "null";
    case "string": {
      const text = value.text.includes("\n") ? undefined : quoted(value.text);
      return text && folded(text, column, indent);
    }
    case "number":
      return value.mayBeText ? undefined : formatNumber(value.number);
    case "boolean":
      return value.mayBeText ? undefined : `${value.truth}`;
    default:
      return undefined;
  }
}

/** A literal block: only for lines that need no escape, and that do not start or end with spaces. */
function literalBlock(text: string, indent: string): string | undefined {
  const lines = text.replace(/\n+$/, "").split("\n");
  if (/^\s|[^\n -~]/.test(text) || lines.some((line) => /\s$/.test(line))) return undefined;
  const end = /\n*$/.exec(text)?.[0].length ?? 0;
  if (end > 1) return undefined;
  return `|${end === 0 ? "-" : ""}\n${lines.map((line) => (line === "" ? "" : `${indent}${line}`)).join("\n")}`;
}

/** What follows a key or a dash: on the same line, or below it. */
function node(value: Value, indent: string, afterDash: boolean, column: number): string | undefined {
  const one = expanded(value);
  if (one.kind === "string" && one.text.includes("\n")) {
    const block = literalBlock(one.text, `${indent}  `);
    return block === undefined ? undefined : ` ${block}`;
  }
  if (one.kind === "sequence") {
    if (one.elements.length === 0) return " []";
    const inner = afterDash ? `${indent}  ` : indent;
    const items = one.elements.map((element) => {
      const text = node(element, inner, true, inner.length + 2);
      return text === undefined ? undefined : `${inner}-${text}`;
    });
    if (items.includes(undefined)) return undefined;
    return afterDash ? ` ${items.join("\n").slice(inner.length)}` : `\n${items.join("\n")}`;
  }
  if (one.kind === "mapping") {
    if (one.entries.size === 0) return " {}";
    // The root stands in nothing.
    const inner = column === 0 ? "" : `${indent}  `;
    const items = [...one.entries].map(([name, element]) => {
      const [key, text] = [quoted(name), node(element, inner, false, inner.length + [...name].length + 4)];
      return key === undefined || text === undefined ? undefined : `${inner}${key}:${text}`;
    });
    if (items.includes(undefined)) return undefined;
    return afterDash ? ` ${items.join("\n").slice(inner.length)}` : `\n${items.join("\n")}`;
  }
  const text = scalar(one, column, `${indent}  `);
  return text === undefined ? undefined : ` ${text}`;
}

function encoded([value = nothing]: readonly Value[]): Value {
  const one = expanded(value);
  const isBlock = one.kind === "mapping" || one.kind === "sequence";
  const text = isBlock ? node(one, "", false, 0) : scalar(one, 0, "");
  const isLong = !isBlock && (text?.length ?? 0) > 80;
  if (text === undefined || isLong) return unknown({ kind: "function", name: "yamlencode" });
  // Without quotes or lines of its own, the document needs an end.
  if (!isBlock) return string(one.kind === "string" ? `${text}\n` : `${text}\n...\n`);
  return string(`${text.trimStart()}\n`);
}

export const yamlFunctions: FunctionTable = {
  yamlencode: define(["any"], encoded, { acceptsNull: true, returns: "string" }),
};

// The JSON text of a policy, as the AWS provider writes it, with what it comes from in place of what is not known yet.

import type { Template } from "../../plan/block-config.ts";

/** A part of a JSON text; undefined where it can be any, and then it stands in quotes all the same. */
export type PolicyJson = PolicyString | readonly PolicyJson[] | PolicyObject | undefined;

/** A string of which parts may not be known yet. */
export interface PolicyString {
  readonly text: Template;
}

/** Members in their order. */
export interface PolicyObject {
  readonly members: readonly (readonly [name: string, value: PolicyJson])[];
}

/** With an indentation of two spaces, or without any white space. */
export function policyText(json: PolicyJson, isMinified: boolean): Template {
  const parts: Template[number][] = [];
  write(json, "\n");
  return parts;

  function write(value: PolicyJson, line: string): void {
    if (!value || "text" in value) {
      add('"');
      for (const part of value?.text ?? [undefined]) add(typeof part === "string" ? escaped(part) : part);
      add('"');
    } else if ("members" in value) {
      enclosed("{}", value.members, line, ([name, member], inner) => {
        add(`"${escaped(name)}":${isMinified ? "" : " "}`);
        write(member, inner);
      });
    } else enclosed("[]", value, line, write);
  }

  function enclosed<T>(
    brackets: "{}" | "[]",
    items: readonly T[],
    line: string,
    writeItem: (item: T, line: string) => void,
  ): void {
    const [start = "", end = ""] = brackets;
    if (items.length === 0) {
      add(brackets);
      return;
    }
    add(start);
    items.forEach((item, index) => {
      add(`${index > 0 ? "," : ""}${isMinified ? "" : `${line}  `}`);
      writeItem(item, `${line}  `);
    });
    add(isMinified ? end : `${line}${end}`);
  }

  function add(part: Template[number]): void {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
}

/** As Go's encoding/json does by default: https://pkg.go.dev/encoding/json#Marshal */
const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

// A policy that is JSON, as the AWS provider reads it before it merges it with others.
// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/policy_model.go

import type { Template } from "../../plan/block-config.ts";
import type { Policy, PolicyStatement } from "./iam-policy-merge.ts";
import { compareBytes, descending, oneOrList } from "./iam-policy-order.ts";
import type { PolicyJson, PolicyObject } from "./iam-policy-text.ts";

type Json = { readonly [name: string]: unknown };

/** Around the number of a part that is not known yet, in JSON that is parsed with it; no policy holds these characters. */
const [markStart, markEnd] = ["\uE000", "\uE001"];

/** The policy that a text is; undefined where it is none, or where more than parts of its strings is not known yet. */
export function policyIn(text: Template): Policy | undefined {
  if (text.some((part) => typeof part === "string" && /[\uE000\uE001]/.test(part))) return undefined;
  const marked = text.map((part, index) => (typeof part === "string" ? part : `${markStart}${index}${markEnd}`));
  try {
    return policyOf(JSON.parse(marked.join("")), text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function policyOf(json: unknown, source: Template): Policy {
  const { Version, Id, Statement = [] } = membersOf(json, ["Version", "Id", "Statement"]);
  if (!Array.isArray(Statement)) throw refusal();
  return { version: optional(Version), id: optional(Id), statements: Statement.map(statementOf) };

  function statementOf(statement: unknown): PolicyStatement {
    const { Sid, ...members } = membersOf(statement, ["Sid", ...Object.keys(readers)]);
    return {
      sid: optional(Sid),
      members: Object.entries(readers).flatMap(([name, read]) =>
        members[name] === undefined ? [] : [[name, read(members[name], textOf)] as const],
      ),
    };
  }

  function optional(value: unknown): Template | undefined {
    return value === undefined || value === "" ? undefined : textOf(value);
  }

  /** A string with the parts that are not known yet. */
  function textOf(value: unknown): Template {
    if (typeof value !== "string") throw refusal();
    const parts = value.split(/\uE000(\d+)\uE001/);
    return parts.map((part, index) => (index % 2 === 0 ? part : source[Number(part)])).filter((part) => part !== "");
  }
}

type Read = (value: unknown, textOf: (value: unknown) => Template) => PolicyJson;

const oneText: Read = (value, textOf) => ({ text: textOf(value) });

/** A list of one stays a list. */
const texts: Read = (value, textOf) =>
  Array.isArray(value) ? value.map((one) => ({ text: textOf(one) })) : oneText(value, textOf);

const principals: Read = (value, textOf) => {
  // Any text means everybody.
  if (typeof value === "string") return { text: ["*"] };
  const types = sortedMembers(value);
  const [type, another] = types;
  if (type && !another && type[0] === "*" && [type[1]].flat().join() === "*") return { text: ["*"] };
  return {
    members: types.map(([name, names]) => {
      if (!Array.isArray(names)) return [name, oneText(names, textOf)];
      const sorted = descending(names.map(textOf));
      return [name, sorted?.map((text) => ({ text }))];
    }),
  };
};

const conditions: Read = (value, textOf) => ({
  members: sortedMembers(value).map(([test, variables]): PolicyObject["members"][number] => [
    test,
    {
      members: sortedMembers(variables).map(([variable, values]) => [
        variable,
        oneOrList([typeof values === "boolean" ? `${values}` : values].flat().map(textOf)),
      ]),
    },
  ]),
});

/** In the order in which they are written. */
const readers: { readonly [name: string]: Read } = {
  Effect: oneText,
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
  Principal: principals,
  NotPrincipal: principals,
  Condition: conditions,
};

/** What the provider takes as an error, or what this file does not read as it does. */
const refusal = (): SyntaxError => new SyntaxError("no policy that can be merged");

/** The members of an object that may have these and no others. */
function membersOf(value: unknown, names: readonly string[]): Json {
  const members = sortedMembers(value);
  if (members.some(([name]) => !names.includes(name))) throw refusal();
  return Object.fromEntries(members);
}

/** A name of which a part is not known yet can be any. */
function sortedMembers(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refusal();
  const members = Object.entries(value);
  if (members.some(([name]) => name.includes(markStart))) throw refusal();
  return members.sort(([one], [other]) => compareBytes(one, other));
}

// The statements of a bucket policy, from its JSON.

import { type Condition, isPerson, open, type Statement, type Text, unsaid } from "./s3-policy.ts";

type Json = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where one thing may stand, a list may. */
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const textsOf = (value: unknown): Text[] =>
  listOf(value).map((one) => (typeof one === "object" ? undefined : String(one)));

/** The statements of a policy's JSON; nothing where it is none. */
export function statementsOfJson(text: string): Statement[] | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(policy) || policy.Statement === undefined) return undefined;
  return listOf(policy.Statement).map((one) => (isObject(one) ? statementOfJson(one) : open));
}

function statementOfJson(one: Json): Statement {
  const own = (name: string) => (Object.hasOwn(one, name) ? one[name] : undefined);
  const inverted = (name: string) => (own(name) === undefined ? [] : [undefined]);
  return {
    effect: textsOf(own("Effect"))[0],
    principals: [...principalsOf(own("Principal")), ...inverted("NotPrincipal")],
    actions: [...textsOf(own("Action")), ...inverted("NotAction")],
    resources: [...textsOf(own("Resource")), ...inverted("NotResource")],
    conditions: conditionsOf(own("Condition")),
  };
}

const principalsOf = (principal: unknown): Text[] =>
  isObject(principal)
    ? Object.entries(principal).flatMap(([type, names]) => (isPerson(type) ? textsOf(names) : []))
    : textsOf(principal);

function conditionsOf(condition: unknown): Condition[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) return [{ operator: undefined, key: undefined, values: [] }];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : { [unsaid]: "" }).map(([key, values]) => ({
      operator: operator.includes(unsaid) ? undefined : operator,
      key: key.includes(unsaid) ? undefined : key,
      values: textsOf(values),
    })),
  );
}

/**
 * A policy's JSON with a statement more that denies everybody plain HTTP to a bucket; undefined where the text is none,
 * or where HCL would read a part of it as an expression.
 */
export function denyingPlainHttp(text: string | undefined, bucket: string): string | undefined {
  if (text && (!statementsOfJson(text) || /[$%]\{/.test(text))) return undefined;
  const policy = text ? (JSON.parse(text) as Json) : { Version: "2012-10-17", Statement: [] };
  const [, partition = "aws"] = /"arn:(aws[\w-]*):s3:::/.exec(text ?? "") ?? [];
  const arn = `arn:${partition}:s3:::${bucket}`;
  const deny = {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return JSON.stringify({ ...policy, Statement: [...listOf(policy.Statement), deny] });
}

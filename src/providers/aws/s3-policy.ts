// What a bucket policy denies to everybody: its statements, from JSON or from a data source that is read after the apply.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { isShown, type Value } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";

/** A part of a policy; undefined where the plan does not tell it. */
type Text = string | undefined;

/** Whether something holds; undefined where the plan does not tell. */
type Answer = boolean | undefined;

interface Condition {
  readonly operator: Text;
  readonly key: Text;
  readonly values: readonly Text[];
}

export interface Statement {
  readonly effect: Text;
  /** Of people and accounts alone; "*" is everybody. */
  readonly principals: readonly Text[];
  readonly actions: readonly Text[];
  readonly resources: readonly Text[];
  readonly conditions: readonly Condition[];
}

/** A request to S3: over plain HTTP, or over a version of TLS, e.g. 1.2. */
export type Request = "plain HTTP" | number;

/** Nothing is known of it. */
const open: Statement = {
  effect: undefined,
  principals: [undefined],
  actions: [undefined],
  resources: [undefined],
  conditions: [],
};

/** Whether everybody's requests of a kind are denied: all those to the bucket itself, and all those to its objects. */
export const denials = (statements: readonly Statement[], request: Request): { bucket: Answer; objects: Answer } => {
  const reached = statements.map((one) => ({ denies: deniesAll(one, request), reach: one.resources.map(reachOf) }));
  const denied = (part: "bucket" | "objects") =>
    some(reached.map(({ denies, reach }) => every([denies, some(reach.map((one) => one[part]))])));
  return { bucket: denied("bucket"), objects: denied("objects") };
};

const deniesAll = ({ effect, principals, actions, conditions }: Statement, request: Request): Answer =>
  every([
    told(effect, (text) => text === "Deny"),
    some(principals.map((one) => told(one, (text) => text === "*"))),
    some(actions.map((one) => told(one, (text) => text === "*" || text.toLowerCase() === "s3:*"))),
    ...conditions.map((one) => holds(one, request)),
  ]);

/** S3 takes no resource of another bucket, so which bucket is named need not be compared. */
function reachOf(resource: Text): { readonly bucket: Answer; readonly objects: Answer } {
  if (resource === "*") return { bucket: true, objects: true };
  const [match, name = "", path] = /^arn:[^:]*:s3:::([^/]*)(?:\/(.*))?$/s.exec(resource ?? unsaid) ?? [];
  if (match === undefined || path?.includes(unsaid)) {
    const answer = (resource ?? unsaid).includes(unsaid) ? undefined : false;
    return { bucket: answer, objects: answer };
  }
  return path === undefined ? { bucket: true, objects: name.endsWith("*") } : { bucket: false, objects: path === "*" };
}

/** Whether a condition is met by every request of a kind; one on anything else is not met by some of them. */
function holds({ operator, key, values }: Condition, request: Request): Answer {
  if (key === undefined || operator === undefined) return undefined;
  const isSecure = request !== "plain HTTP";
  const any = (test: (text: string) => Answer) => some(values.map((one) => told(one, test)));
  const isMissing = (missing: boolean) => any((text) => text.toLowerCase() === String(missing));
  switch (key.toLowerCase()) {
    // In every request.
    case "aws:securetransport":
      if (operator === "Null") return isMissing(false);
      return /^Bool(IfExists)?$/.test(operator) ? any((text) => text.toLowerCase() === String(isSecure)) : undefined;
    // In those over TLS alone.
    case "s3:tlsversion": {
      if (operator === "Null") return isMissing(!isSecure);
      const [match, orEqual, ifExists] = /^NumericLessThan(Equals)?(IfExists)?$/.exec(operator) ?? [];
      if (match === undefined) return undefined;
      if (!isSecure) return ifExists !== undefined;
      return any((text) => request < Number(text) || (orEqual !== undefined && request === Number(text)));
    }
    default:
      return false;
  }
}

const told = (text: Text, test: (text: string) => Answer): Answer =>
  text === undefined || text.includes(unsaid) ? undefined : test(text);

const every = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;

const some = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;

// --- from JSON

/** Stands for a part of a text that the plan does not tell; no policy may hold this character. */
const unsaid = "\uFFFF";

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

const isPerson = (type: string): boolean => type === "AWS" || type === "*";

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
 * JSON syntax, which is what CDKTF writes, shows a policy's text although what stands in its "${…}" is known after apply
 * alone.
 */
export function statementsOfTemplate(text: string): Statement[] | undefined {
  if (text.includes("%{")) return undefined;
  const bucket = /^\$\{aws_s3_bucket\.[\w-]+(\[[^\]]*\])?\.arn\}$/;
  return statementsOfJson(
    text.replace(/\$\{[^}]*\}/g, (part) => (bucket.test(part) ? `arn:aws:s3:::${unsaid}` : unsaid)),
  );
}

// --- from data.aws_iam_policy_document

/** Where a policy's JSON can come from, and the attributes that hold it. */
export const documents = { aws_iam_policy_document: ["json", "minified_json"] };

/** More documents in one another than any real configuration has; ends a cycle in a file that is no real one. */
const maxDepth = 16;

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
export function statementsOfDocument(document: Block, depth = 0): readonly Statement[] {
  if (depth > maxDepth) return [open];
  const isWritten = (name: string) => document.value(name).state !== "absent";
  const isOverridden = ["override_json", "override_policy_documents"].some(isWritten);
  const own = document.blocks("statement").map((statement) => {
    const hasSid = statement.value("sid").state !== "absent";
    return { hasSid, statement: statementOfBlock(statement) };
  });
  // A statement replaces one of the same sid in a document that comes before it.
  const isReplacing = isOverridden || own.some(({ hasSid }) => hasSid);
  const sources = ["source_json", "source_policy_documents"].flatMap((name) => sourcesOf(document, name, depth));
  return [
    ...(sources.length > 0 && isReplacing ? [open] : sources),
    ...own.map(({ hasSid, statement }) => (isOverridden && hasSid ? open : statement)),
    ...(isOverridden ? [open] : []),
  ];
}

/** The statements of the documents that come before a document's own. */
function sourcesOf(document: Block, name: string, depth: number): readonly Statement[] {
  const sources = document.elements(name);
  const shown = sources.flatMap((one) => (isShown(one) ? (statementsOfJson(String(one.value)) ?? [open]) : []));
  const late = sources.filter((one) => !isShown(one)).length;
  if (late === 0) return shown;
  const link = document.link(name, documents);
  // As many as are not known yet: it is all of them.
  const isAll = link.state === "found" && link.resources.length === late;
  return [...shown, ...(isAll ? link.resources.flatMap((one) => statementsOfDocument(one, depth + 1)) : [open])];
}

function statementOfBlock(statement: Block): Statement {
  if (statement.presence === "unknown") return open;
  const texts = (block: Block, name: string) => block.elements(name).map(textOf);
  const inverted = (name: string) => (statement.value(name).state === "absent" ? [] : [undefined]);
  const notPrincipals = statement.blocks("not_principals", { set: true }).map(() => undefined);
  const effect = statement.value("effect");
  return {
    effect: effect.state === "absent" ? "Allow" : textOf(effect),
    principals: [
      ...statement.blocks("principals", { set: true }).flatMap((one) => {
        const type = textOf(one.value("type"));
        return type === undefined ? [undefined] : isPerson(type) ? texts(one, "identifiers") : [];
      }),
      ...notPrincipals,
    ],
    actions: [...texts(statement, "actions"), ...inverted("not_actions")],
    resources: [...resourcesOfBlock(texts(statement, "resources")), ...inverted("not_resources")],
    conditions: statement.blocks("condition", { set: true }).map((one) => ({
      operator: textOf(one.value("test")),
      key: textOf(one.value("variable")),
      values: texts(one, "values"),
    })),
  };
}

const textOf = (value: Value): Text => (isShown(value) ? String(value.value) : undefined);

/**
 * A new bucket's ARN is not known yet, nor is then any of its resources. There are two that can be meant: the bucket and
 * its objects; so whoever writes two of them means both.
 */
const resourcesOfBlock = (resources: readonly Text[]): readonly Text[] =>
  resources.filter((one) => one === undefined).length < 2
    ? resources
    : [`arn:aws:s3:::${unsaid}`, `arn:aws:s3:::${unsaid}/*`];

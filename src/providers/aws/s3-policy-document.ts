// The statements of a bucket policy, from a data.aws_iam_policy_document that is read after the apply.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document

import { isShown, type Value } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Template } from "../../plan/block-config.ts";
import type { Resource } from "../../plan/view.ts";
import { isPerson, open, type Statement, type Text, unsaid } from "./s3-policy.ts";
import { statementsOfJson } from "./s3-policy-json.ts";

/** Where a policy's JSON can come from, and the attributes that hold it. */
export const documents = { aws_iam_policy_document: ["json", "minified_json"] };

/** More documents in one another than any real configuration has; ends a cycle in a file that is no real one. */
const maxDepth = 16;

/** The document that a text is, with nothing around it. */
export function documentIn([part, another]: Template): Resource | undefined {
  if (typeof part !== "object" || another !== undefined) return undefined;
  const { resource, attribute } = part;
  return resource.type === "aws_iam_policy_document" && documents[resource.type].includes(attribute)
    ? resource
    : undefined;
}

/** A text in which the ARN of a new bucket is one of some bucket, and anything else that is not known yet is unsaid. */
export const filledIn = (parts: Template): string =>
  parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part?.resource.type === "aws_s3_bucket" && part.attribute === "arn" ? `arn:aws:s3:::${unsaid}` : unsaid;
    })
    .join("");

/** The statements of a document, as far as the plan shows them. */
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
  // One text in older providers, a list of them since.
  const sources = name === "source_json" ? textIn(document, name) : document.elements(name);
  const shown = sources.flatMap((one) => (isShown(one) ? (statementsOfJson(String(one.value)) ?? [open]) : []));
  const late = sources.filter((one) => !isShown(one)).length;
  if (late === 0) return shown;
  const link = document.link(name, documents);
  // As many as are not known yet: it is all of them.
  const isAll = link.state === "found" && link.resources.length === late && areDocuments(document, name, late);
  return [...shown, ...(isAll ? link.resources.flatMap((one) => statementsOfDocument(one, depth + 1)) : [open])];
}

function textIn(document: Block, name: string): readonly Value[] {
  const text = document.value(name);
  return text.state === "absent" ? [] : [text];
}

/** Whether the sources that are not known yet are documents as they are. */
function areDocuments(document: Block, name: string, count: number): boolean {
  return document.templates(name).filter((one) => documentIn(one) !== undefined).length === count;
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
    resources: [...resourcesOf(statement), ...inverted("not_resources")],
    conditions: statement.blocks("condition", { set: true }).map((one) => ({
      operator: textOf(one.value("test")),
      key: textOf(one.value("variable")),
      values: texts(one, "values"),
    })),
  };
}

const textOf = (value: Value): Text => (isShown(value) ? String(value.value) : undefined);

/** A new bucket's ARN is not known yet, nor is then what is made of it. */
function resourcesOf(statement: Block): readonly Text[] {
  const planned = statement.elements("resources").map(textOf);
  const written = statement.templates("resources");
  if (written.length === 0) return planned.map((one) => one ?? unsaid);
  return [...planned.filter((one) => one !== undefined), ...written.map(filledIn)];
}

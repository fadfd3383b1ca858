// What data.aws_iam_policy_document will be when it is read: the provider makes its JSON of nothing but its own blocks.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/policy_document_data_source.go
// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/policy_model.go

import { isShown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Template } from "../../plan/block-config.ts";
import type { ComputedAttributes } from "../../plan/computed-attributes.ts";
import { policyIn } from "./iam-policy-json.ts";
import { mergedPolicies, type Policy, type PolicyStatement } from "./iam-policy-merge.ts";
import { compareBytes, descending, distinct, oneOrList } from "./iam-policy-order.ts";
import { type PolicyJson, type PolicyObject, policyText } from "./iam-policy-text.ts";

export const computedAttributes: ComputedAttributes = {
  aws_iam_policy_document: {
    json: (document) => documentText(document, false),
    minified_json: (document) => documentText(document, true),
  },
};

function documentText(document: Block, isMinified: boolean): Template | undefined {
  // Older providers merge by other rules.
  if (["source_json", "override_json"].some((name) => document.value(name).state !== "absent")) return undefined;
  const sources = policiesOf(document, "source_policy_documents");
  const own = ownPolicy(document);
  const overrides = policiesOf(document, "override_policy_documents");
  const merged = sources && own && overrides && mergedPolicies([...sources, own, ...overrides]);
  return merged && policyText(merged, isMinified);
}

/** The policies of a list of documents; undefined where one of them is open. */
function policiesOf(document: Block, name: string): readonly Policy[] | undefined {
  const policies = textsOf(document, name)?.map(policyIn);
  return policies?.every((one) => one !== undefined) ? policies : undefined;
}

function ownPolicy(document: Block): Policy | undefined {
  const statements = document.blocks("statement");
  if (statements.some(({ presence }) => presence === "unknown")) return undefined;
  return {
    version: textOf(document, "version") ?? ["2012-10-17"],
    id: textOf(document, "policy_id"),
    statements: statements.map(statementOf),
  };
}

function statementOf(statement: Block): PolicyStatement {
  const listed = (json: string, name: string, read: (texts: readonly Template[]) => PolicyJson): Members => {
    const texts = textsOf(statement, name);
    return texts?.length === 0 ? [] : [[json, texts && read(texts)]];
  };
  const blocks = (json: string, name: string, read: (blocks: readonly Block[]) => PolicyJson): Members => {
    const found = statement.blocks(name, { set: true });
    const isOpen = found.some(({ presence }) => presence === "unknown");
    return found.length === 0 ? [] : [[json, isOpen ? undefined : read(found)]];
  };
  return {
    sid: textOf(statement, "sid"),
    members: [
      ["Effect", { text: textOf(statement, "effect") ?? ["Allow"] }],
      ...listed("Action", "actions", setOf),
      ...listed("NotAction", "not_actions", setOf),
      ...listed("Resource", "resources", setOfResources),
      ...listed("NotResource", "not_resources", setOfResources),
      ...blocks("Principal", "principals", principalsOf),
      ...blocks("NotPrincipal", "not_principals", principalsOf),
      ...blocks("Condition", "condition", conditionsOf),
    ],
  };
}

type Members = PolicyObject["members"];

/** Identifiers by type; everybody of every type is written as "*". */
function principalsOf(blocks: readonly Block[]): PolicyJson {
  const byType = new Map<string, PolicyJson>();
  for (const block of blocks) {
    const type = block.value("type");
    if (!isShown(type)) return undefined;
    const name = String(type.value);
    const identifiers = textsOf(block, "identifiers")?.map(withVariables);
    // Two blocks of a type stand in an order that the provider alone knows.
    byType.set(name, byType.has(name) ? undefined : identifiers && setOf(identifiers));
  }
  const everybody = byType.get("*");
  if (byType.size === 1 && byType.has("*")) {
    if (!everybody) return undefined;
    if ("text" in everybody && everybody.text.length === 1 && everybody.text[0] === "*") return everybody;
  }
  return { members: inOrder(byType) };
}

/** Values by variable, by operator. */
function conditionsOf(blocks: readonly Block[]): PolicyJson {
  const byTest = new Map<string, Map<string, PolicyJson>>();
  for (const block of blocks) {
    const [test, variable] = [block.value("test"), block.value("variable")];
    if (!isShown(test) || !isShown(variable)) return undefined;
    const values = byTest.get(String(test.value)) ?? new Map<string, PolicyJson>();
    const texts = textsOf(block, "values");
    // Their order counts, and that of two blocks is known to the provider alone.
    const isTwice = values.has(String(variable.value));
    values.set(String(variable.value), texts && !isTwice ? oneOrList(texts.map(withVariables)) : undefined);
    byTest.set(String(test.value), values);
  }
  return { members: inOrder(byTest).map(([test, values]) => [test, { members: inOrder(values) }]) };
}

const inOrder = <T>(byName: ReadonlyMap<string, T>) => [...byName].sort(([one], [other]) => compareBytes(one, other));

// --- texts

/** The text of an attribute; undefined where it is not set. */
function textOf(block: Block, name: string): Template | undefined {
  const value = block.value(name);
  if (value.state === "absent") return undefined;
  if (isShown(value)) return [String(value.value)];
  const [text = [undefined], another] = block.templates(name);
  return another ? [undefined] : text;
}

/** The texts of a list or set; undefined where it is not known how many there are. */
function textsOf(block: Block, name: string): readonly Template[] | undefined {
  const elements = block.elements(name);
  if (elements.every(isShown)) return elements.map(({ value }) => [String(value)]);
  const texts = block.templates(name);
  return block.size(name) === texts.length ? texts : undefined;
}

function setOf(texts: readonly Template[]): PolicyJson {
  const sorted = descending(distinct(texts));
  return sorted && oneOrList(sorted);
}

/** Their variables are replaced after they are sorted, and those of principals before. */
const setOfResources = (texts: readonly Template[]): PolicyJson => {
  const sorted = descending(distinct(texts));
  return sorted && oneOrList(sorted.map(withVariables));
};

/** `&{…}` stands for the variables of a policy, because Terraform's language has `${…}` for its own. */
const withVariables = (text: Template): Template =>
  text.map((part) => (typeof part === "string" ? part.replaceAll("&{", "${") : part));

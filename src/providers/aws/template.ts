// What a CloudFormation template, or the desired state of a Cloud Control resource, says literally, and where.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html

import type * as Yaml from "yaml";
import { type Fact, isShown, known } from "../../facts/fact.ts";
import { load } from "../../load.ts";
import type { Known } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";

/** A part of a text that holds objects. */
export interface TemplatePart {
  /** The resource of Terraform that has the text as an attribute. */
  readonly resource: Resource;
  /** The attribute, and the path in its text; the attribute alone where the text is sensitive. */
  readonly at: string;
  readonly isSensitive: boolean;
  /** undefined for nothing, and for what a function of CloudFormation decides. */
  readonly value: unknown;
}

/** A resource that a template makes whatever its parameters are. */
export interface TemplateResource {
  readonly type: string;
  /** Its logical id, for people. */
  readonly name: DisplayText;
  readonly properties: TemplatePart;
}

/** AWS takes no longer template in a request (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
const maxLength = 51_200;

/** Brackets within brackets, which cost the parser of YAML its time; a template has far fewer. */
const maxDepth = 100;

/** The resources of a template in an attribute; none where it is not shown, or cannot be read. */
export function resourcesIn(resource: Resource, attribute: string): TemplateResource[] {
  const whole = textPart(resource, attribute);
  const resources = part(whole, "Resources");
  return keysOf(resources).flatMap((id) => {
    const one = part(resources, id);
    const type = part(one, "Type").value;
    // One with a condition may not be made at all.
    if (typeof type !== "string" || part(one, "Condition").value !== undefined) return [];
    return [
      {
        type,
        name: whole.isSensitive ? text`a resource of the template` : nameText(id),
        properties: part(one, "Properties"),
      },
    ];
  });
}

/** The objects in an attribute's text, which is JSON or YAML. */
export function textPart(resource: Resource, attribute: string): TemplatePart {
  const value = resource.value(attribute);
  const isSensitive = isShown(value) && value.sensitive === true;
  return { resource, at: attribute, isSensitive, value: isShown(value) ? parsed(String(value.value)) : undefined };
}

function parsed(source: string): unknown {
  try {
    if (/^\s*\{/.test(source)) return JSON.parse(source);
    return source.length > maxLength || isDeep(source) ? undefined : parsedYaml(source);
  } catch {
    return undefined;
  }
}

function isDeep(source: string): boolean {
  let depth = 0;
  for (const character of source) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > maxDepth) return true;
  }
  return false;
}

/** Short forms of functions, such as `!Ref Name`, become an object of one function: their text is no literal. */
function parsedYaml(source: string): unknown {
  const { isNode, parseDocument, visit } = load("yaml") as typeof Yaml;
  const document = parseDocument(source, { schema: "core", resolveKnownTags: false });
  if (document.errors.length > 0) return undefined;
  visit(document, (_, node) =>
    isNode(node) && node.tag?.startsWith("!") ? document.createNode(shortForm) : undefined,
  );
  return document.toJS();
}

const shortForm = { "Fn::ShortForm": true };

/** What is below a part. */
export function part(of: TemplatePart, key: string | number): TemplatePart {
  const step = typeof key === "number" ? `[${key}]` : /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return { ...of, at: of.isSensitive ? of.at : of.at + step, value: inside(of.value, key) };
}

/** By an own key: a template can have any. */
const inside = (value: unknown, key: string | number): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? ((value as { readonly [key: string | number]: unknown })[key] ?? undefined)
    : undefined;

export const keysOf = ({ value }: TemplatePart): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** The elements of a list; none where a function makes it. */
export const elementsOf = (of: TemplatePart): TemplatePart[] =>
  Array.isArray(of.value) ? of.value.map((_, index) => part(of, index)) : [];

/** Whether it is an object, but no function of CloudFormation, which has one key such as Ref or Fn::If. */
export const isObject = (of: TemplatePart): boolean => {
  const keys = keysOf(of);
  return keys.length > 0 && !keys.some((key) => key === "Ref" || key.startsWith("Fn::"));
};

/** A literal in the model's words, at its place; undefined for what is no literal, or one that `read` does not recognise. */
export function literal<T>(of: TemplatePart, read: (value: unknown) => T | undefined): Fact<T> | undefined {
  const word = read(of.value);
  return word === undefined ? undefined : factHere(of, word);
}

/** A value that a part has, or that its absence means. */
export const factHere = <T>(of: TemplatePart, value: T): Known<T> & { readonly place: Fact["place"] } => ({
  ...known(value, of.isSensitive),
  place: { address: of.resource.address, at: of.at },
});

/** true and false, which CloudFormation takes as texts too. */
export const flag = (value: unknown): boolean | undefined =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;

/** A literal text, for people. */
export const textOf = ({ value, isSensitive }: TemplatePart, instead: DisplayText): DisplayText =>
  typeof value === "string" && !isSensitive ? nameText(value) : instead;

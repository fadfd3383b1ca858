// The constants of a configuration, as the JSON of a plan shows them.
// https://developer.hashicorp.com/terraform/internals/json-format#expression-representation

import { type Constant, convert } from "./convert.ts";
import { evaluate } from "./evaluate.ts";
import type { Json } from "./json.ts";
import { bareIn, constantScope } from "./module-scope.ts";
import { partsOf, referencesIn } from "./references.ts";
import type { Attribute, Block, Expression, SourceFile } from "./syntax.ts";
import { type Type, typeFrom } from "./type.ts";
import { jsonOf, type Value } from "./value.ts";

/** More steps than a constant of a real configuration takes. */
const maxSteps = 1_000_000;

/**
 * What the JSON of a plan has to show of an attribute as its constant: a value; none; or one of the two, where this cannot be
 * told. Terraform evaluates it without names and functions.
 */
export type ShownConstant =
  | { readonly kind: "value"; readonly json: Json }
  | { readonly kind: "none" }
  | { readonly kind: "open" };

export function constantIn({ expression, file, written }: Attribute): ShownConstant {
  // In JSON syntax it is the text, with its templates unread.
  if (written) return { kind: "value", json: written() };
  if (expression.kind === "call") return { kind: "none" };
  if (callsFunction(expression) || referencesIn(expression).length > 0) return { kind: "open" };
  const json = jsonOf(evaluated(expression, file));
  return json === undefined ? { kind: "open" } : { kind: "value", json };
}

/** The default of a variable, converted to its type as Terraform shows it. */
export function defaultIn({ body, file }: Block): ShownConstant {
  const attribute = body.attribute("default");
  if (!attribute) return { kind: "none" };
  const json = attribute.written?.();
  if (json !== undefined && /[$%]\{/.test(JSON.stringify(json))) return { kind: "open" };
  const written = body.attribute("type");
  const type: Type | undefined = written ? typeFrom(bareIn(written)) : "any";
  if (type === undefined) return { kind: "open" };
  const constant: Constant = (expression) => evaluated(expression, file);
  const converted = jsonOf(convert(evaluated(attribute.expression, attribute.file), type, constant));
  return converted === undefined ? { kind: "open" } : { kind: "value", json: converted };
}

const evaluated = (expression: Expression, file: SourceFile): Value =>
  evaluate(expression, constantScope(file, { steps: maxSteps, depth: 0 }));

const callsFunction = (expression: Expression): boolean =>
  expression.kind === "call" || partsOf(expression).some(callsFunction);

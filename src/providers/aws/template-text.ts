// The text of a CloudFormation template, JSON or YAML: whether any of its resources may serve HTTPS.

import { isShown, type Value } from "../../facts/fact.ts";
import { cloudFormationTypes } from "./cloudformation-types.ts";

/** `AWS::EC2::Instance`; pseudo parameters such as AWS::Region and functions such as Fn::Sub have two parts only. */
const resourceTypes = /\b[A-Z]\w*::\w+::\w+/g;

/** Transforms, modules and custom resources make further resources. */
const expansions = /\bTransform\b|::MODULE\b|\bCustom::|\bAWS::CloudFormation::(CustomResource|Macro)\b/;

/** False only where the text is shown, and names nothing but types of AWS that serve no HTTPS. */
export function mayServeHttps(template: Value): boolean {
  if (!isShown(template)) return true;
  const text = String(template.value);
  const types = text.match(resourceTypes) ?? [];
  const isQuiet = (type: string) => type.startsWith("AWS::") && !Object.hasOwn(cloudFormationTypes, type);
  return types.length === 0 || expansions.test(text) || !types.every(isQuiet);
}

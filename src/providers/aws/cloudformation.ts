// Stacks of CloudFormation and resources of Cloud Control → endpoints, as far as the text in them says so literally.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-guide.html

import { defineAdapter } from "../../facts/adapter.ts";
import { isShown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import { cloudFormationTypes } from "./cloudformation-types.ts";
import { resourcesIn, textPart } from "./template.ts";
import { endpointsOf } from "./template-endpoint.ts";
import { mayServeHttps } from "./template-text.ts";

const stacks: { readonly [type: string]: string } = {
  aws_cloudformation_stack: "CloudFormation stack",
  aws_cloudformation_stack_set: "CloudFormation stack set",
};

export default defineAdapter({
  id: "aws/cloudformation",
  resourceTypes: [...Object.keys(stacks), "aws_cloudcontrolapi_resource"],
  cannotShow: [
    "What a template's parameters, functions and conditions decide: its literals alone are judged, of distributions, listeners, API domain names and search domains, and reports name the stack as not judged.",
  ],
  endpoints: (resource) =>
    endpointsOf(resource.type in stacks ? resourcesIn(resource, "template_body") : controlled(resource)),
  notJudged: { what: "CloudFormation stack or Cloud Control resource", kindOf },
});

/** The one resource of Cloud Control: its type beside its properties. */
function controlled(resource: Resource) {
  const type = resource.value("type_name");
  if (!isShown(type)) return [];
  const properties = textPart(resource, "desired_state");
  return [{ type: String(type.value), name: nameText(resource.address), properties }];
}

/** What is read of them is never the whole. */
function kindOf(resource: Resource): string | undefined {
  const stack = stacks[resource.type];
  if (stack !== undefined) return mayServeHttps(resource.value("template_body")) ? stack : undefined;
  const type = resource.value("type_name");
  if (!isShown(type)) return "Cloud Control resource";
  const name = String(type.value);
  return Object.hasOwn(cloudFormationTypes, name) ? cloudFormationTypes[name] : undefined;
}

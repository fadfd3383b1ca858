// Who may invoke a function by its URL: CloudFront alone, or others too.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html

import { isShown, type Value } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { linkedBy } from "../users.ts";

/**
 * Whether a URL is the origin of a distribution and nothing else. With AWS_IAM, Lambda answers signed requests alone, of
 * those whom the function's policy lets in: CloudFront signs them by an origin access control, and its distribution is
 * named in the policy. No browser signs requests, so none asks such a URL itself, and its hop is judged as the
 * distribution's origin.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function isOriginAlone(url: Resource): boolean {
  const authorization = url.value("authorization_type");
  if (!isShown(authorization) || authorization.value !== "AWS_IAM") return false;
  const { origins, permissions } = accessOf(url.scope.view);
  const own = origins.filter((origin) => leadsTo(origin, url));
  const callers = permissions.filter((permission) => mayBeOf(permission, url));
  return own.some(isSigned) && callers.length > 0 && callers.every(isDistribution);
}

const distributionTypes = ["aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"];
const distributions = Object.fromEntries(distributionTypes.map((type) => [type, ["arn"]]));
const urls = { aws_lambda_function_url: ["function_url", "url_id"] };
const functions = { aws_lambda_function: ["function_name", "arn", "id", "qualified_arn"], aws_lambda_alias: ["arn"] };

const accessOf = oncePer((view: View) => ({
  origins: distributionTypes
    .flatMap((type) => view.resources(type))
    .flatMap((distribution) => distribution.blocks("origin", { set: true })),
  permissions: view.resources("aws_lambda_permission").filter(mayInvokeByUrl),
}));

function leadsTo(origin: Block, url: Resource): boolean {
  const [domain, address] = [origin.value("domain_name"), url.value("function_url")];
  if (isShown(domain) && isShown(address)) return String(address.value) === `https://${domain.value}/`;
  return linkedBy(origin, "domain_name", urls).includes(url);
}

/** lambda:InvokeFunction alone does not let anybody use the URL. */
function mayInvokeByUrl(permission: Resource): boolean {
  const action = permission.value("action");
  return !isShown(action) || ["lambda:InvokeFunctionUrl", "lambda:*", "*"].includes(String(action.value));
}

/** One whose plan shows how CloudFront signs: `never` leaves the requests as they are. */
const isSigned = (origin: Block): boolean =>
  linkedBy(origin, "origin_access_control_id", { aws_cloudfront_origin_access_control: ["id"] }).some((control) =>
    ["always", "no-override"].includes(String(control.planned("signing_behavior"))),
  );

/** Without the ARN of a distribution, or of those of an account, CloudFront is let in for everybody. */
function isDistribution(permission: Resource): boolean {
  const [principal, source] = [permission.value("principal"), permission.value("source_arn")];
  if (!isShown(principal) || principal.value !== "cloudfront.amazonaws.com") return false;
  if (isShown(source)) return /^arn:[^:*?]+:cloudfront::\d{12}:distribution\//.test(String(source.value));
  return linkedBy(permission, "source_arn", distributions).length > 0;
}

/** Whether a permission is for the function of a URL, or may be. */
function mayBeOf(permission: Resource, url: Resource): boolean {
  const [one, other] = [permission.value("function_name"), url.value("function_name")];
  if (isShown(one) && isShown(other)) return nameOf(one) === nameOf(other);
  const [mine, its] = [linkedBy(permission, "function_name", functions), linkedBy(url, "function_name", functions)];
  return mine.length === 0 || its.length === 0 || mine.some((resource) => its.includes(resource));
}

/** The name alone, of a name, of an ARN and of a partial ARN, each with or without a qualifier. */
function nameOf(value: Value): string {
  const text = isShown(value) ? String(value.value) : "";
  return /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d{12}:function:)?([^:]+)/.exec(text)?.[1] ?? text;
}

// A cache behavior → the Strict-Transport-Security header of its answers: by a response headers policy, or by a function.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html

import type { Hsts } from "../../facts/endpoint.ts";
import {
  agreed,
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  mapped,
  replaced,
  type Stand,
  standAt,
  unknown,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { hstsOfFunction } from "./cloudfront-function.ts";
import { managedHeadersPolicies } from "./cloudfront-values.ts";

export function hstsOf(behavior: Block): Hsts {
  const policy = policyHsts(behavior);
  const functions = functionHsts(behavior);
  const sources = [policy, ...functions];
  const seconds = (hsts: Hsts) => (isShown(hsts.maxAge) ? hsts.maxAge.value : -1);
  const best = sources.reduce((one, other) => (seconds(other) > seconds(one) ? other : one));
  if (seconds(best) > 0) return best;
  return sources.find((one) => one.maxAge.state === "unknown") ?? functions[0] ?? policy;
}

const headersPolicyTargets = { aws_cloudfront_response_headers_policy: ["id"] };

/** The managed policy that the remedies name: SecurityHeadersPolicy. */
const [securityHeadersPolicy] = managedHeadersPolicies;

function policyHsts(behavior: Block): Hsts {
  const stand = standAt(behavior, "response_headers_policy_id", securityHeadersPolicy.id);
  const link = behavior.link("response_headers_policy_id", headersPolicyTargets);
  if (link.state === "absent") {
    return directives(known(none), { ...stand, note: "no response headers policy is attached" });
  }
  if (link.state === "unknown") return directives(link, stand);
  if (link.state === "outside") {
    const id = isShown(link.value) ? link.value.value : undefined;
    const managed = managedHeadersPolicies.find((one) => one.id === id);
    if (managed) return directives(known(managed.hsts), { ...stand, note: `by ${managed.name}` });
    return directives(unknown("the response headers policy is defined outside this plan"), stand);
  }
  const [first, ...others] = link.resources.map((resource) => resourceHsts(resource, stand));
  if (!first) return directives(known(none), stand);
  if (others.length === 0) return first;
  const which = `the plan does not tell which it is of ${link.resources.map((one) => one.address).join(", ")}`;
  const all = [first, ...others];
  return {
    maxAge: replaced(
      first.maxAge,
      agreed(
        all.map((one) => one.maxAge),
        which,
      ),
    ),
    includeSubDomains: replaced(
      first.includeSubDomains,
      agreed(
        all.map((one) => one.includeSubDomains),
        which,
      ),
    ),
    preload: replaced(
      first.preload,
      agreed(
        all.map((one) => one.preload),
        which,
      ),
    ),
  };
}

const none: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

function directives(value: Decided<HstsDirectives>, stand: Stand): Hsts {
  const whole: Fact<HstsDirectives> = { ...value, ...stand };
  return {
    maxAge: mapped(whole, (one) => one.maxAge),
    includeSubDomains: mapped(whole, (one) => one.includeSubDomains),
    preload: mapped(whole, (one) => one.preload),
  };
}

/** aws_cloudfront_response_headers_policy, of this plan or looked up. */
function resourceHsts(policy: Resource, { place }: Stand): Hsts {
  const related = [policy.address];
  const managed = managedByName(policy);
  if (managed) return directives(known(managed.hsts), { place, related, note: `by ${managed.name}` });
  const computed = policy.mode === "data";
  const header = policy.block("security_headers_config").block("strict_transport_security");
  const custom = customHeader(policy);
  if (header.presence === "absent" && custom) return directives(custom, { place, related });
  if (header.presence === "absent") {
    const remedy = { address: policy.address, attribute: `${header.at}.access_control_max_age_sec`, value: 31_536_000 };
    const note = `${policy.address} has no strict_transport_security`;
    return directives(known(none), { place, related, note, ...(computed ? {} : { remedy }) });
  }
  const at = <T>(read: Fact<T>): Fact<T> => ({ ...read, place, related });
  const flag = (name: string) =>
    at(
      fact(header, name, {
        read: (value) => (typeof value === "boolean" ? value : undefined),
        absent: false,
        remedy: true,
      }),
    );
  return {
    maxAge: at(
      fact(header, "access_control_max_age_sec", {
        read: (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined),
        absent: 0,
        remedy: 31_536_000,
      }),
    ),
    includeSubDomains: flag("include_subdomains"),
    preload: flag("preload"),
  };
}

function managedByName(policy: Resource) {
  const name = policy.mode === "data" ? policy.value("name") : undefined;
  return name?.state === "known" ? managedHeadersPolicies.find((one) => one.name === name.value) : undefined;
}

function customHeader(policy: Resource): Decided<HstsDirectives> | undefined {
  for (const item of policy.block("custom_headers_config").blocks("items", { set: true })) {
    const name = item.value("header");
    if (!isShown(name) || String(name.value).toLowerCase() !== "strict-transport-security") continue;
    const text = item.value("value");
    if (isShown(text)) return { ...text, value: parseHsts(String(text.value)) };
    return unknown(causeOf(text));
  }
  return undefined;
}

function functionHsts(behavior: Block): Hsts[] {
  const functions = behavior.blocks("function_association", { set: true }).flatMap((association) => {
    if (!runsOn(association, ["viewer-response"])) return [];
    return [codeHsts(association)];
  });
  const lambdas = behavior.blocks("lambda_function_association", { set: true }).flatMap((association) => {
    if (!runsOn(association, ["viewer-response", "origin-response"])) return [];
    const stand = standAt(association, "lambda_arn");
    return [directives(unknown("a Lambda@Edge function may set the header, and a plan does not show its code"), stand)];
  });
  return [...functions, ...lambdas];
}

function runsOn(association: Block, events: readonly string[]): boolean {
  const event = association.value("event_type");
  return !isShown(event) || events.includes(String(event.value));
}

function codeHsts(association: Block): Hsts {
  const stand = standAt(association, "function_arn");
  const link = association.link("function_arn", { aws_cloudfront_function: ["arn"] });
  if (link.state === "unknown") return directives(link, stand);
  if (link.state !== "found" || !link.resources[0]) {
    return directives(unknown("the CloudFront function is defined outside this plan"), stand);
  }
  if (link.resources.length > 1)
    return directives(unknown("the plan does not tell which CloudFront function it is"), stand);
  const [resource] = link.resources;
  const related = [resource.address];
  const code = resource.value("code");
  if (!isShown(code))
    return directives(unknown(`the code of ${resource.address} is ${causeOf(code)}`), { ...stand, related });
  const found = hstsOfFunction(String(code.value));
  if (found.kind === "unclear") return directives(unknown(`${resource.address}: ${found.why}`), { ...stand, related });
  const header = found.kind === "sets" ? parseHsts(found.header) : none;
  const note = found.kind === "sets" ? `by ${resource.address}` : `${resource.address} does not set the header`;
  return directives({ ...code, value: header }, { ...stand, related, note });
}

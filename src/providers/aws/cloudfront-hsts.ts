// A cache behavior → the Strict-Transport-Security header of its answers: by a response headers policy, or by a function.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html

import { ambiguous, because, type Cause, definedElsewhere, describeCause, kindOf } from "../../cause.ts";
import type { Hsts } from "../../facts/endpoint.ts";
import {
  agreed,
  causeOf,
  type Decided,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  replaced,
  type Stand,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import { directives, eachDirective } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Link } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { hstsOfAnswers, hstsOfFunction } from "./cloudfront-function.ts";
import { originHstsOf } from "./cloudfront-origin-hsts.ts";
import { managedHeadersPolicies } from "./cloudfront-values.ts";

/** What a step on the way to the viewer makes of the header; `yields` where it leaves one that is there. */
interface Effect {
  readonly hsts: Hsts;
  readonly yields: boolean;
}

/**
 * The header of the answers of a behavior, step by step: the origin's, or that of Lambda@Edge on it; the response headers
 * policy's; last the function's that runs on the viewer's response. A function that answers every request itself leaves
 * none of these steps a say.
 */
export function hstsOf(behavior: Block): Hsts {
  return answersOf(behavior) ?? functionsOf(behavior).reduce(after, beforeFunctions(behavior));
}

/**
 * The header where the origin answers with an error, and a custom error page turns it into 200: functions do not run on
 * the viewer's response then. Nothing where they would change nothing.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export function hstsOnErrorPages(behavior: Block): Hsts | undefined {
  const page = behavior.resource.blocks("custom_error_response", { set: true }).find(isOrdinary);
  const functions = functionsOf(behavior);
  if (!page || functions.length === 0 || answersOf(behavior)) return undefined;
  const before = beforeFunctions(behavior);
  if (sends(before) || !sends(functions.reduce(after, before))) return undefined;
  const code = valueText(page.value("error_code"), text`errors`);
  const note = text`functions do not run on the viewer's response where the origin answers ${code}, and a custom error page turns it into 200`;
  const explained = <T>(fact: Fact<T>): Fact<T> => ({ ...fact, note });
  return {
    maxAge: explained(before.maxAge),
    includeSubDomains: explained(before.includeSubDomains),
    preload: explained(before.preload),
  };
}

/** Whether viewers see an error of the origin as an answer like any other. */
function isOrdinary(page: Block): boolean {
  const code = page.value("response_code");
  return isShown(code) && Number(code.value) >= 200 && Number(code.value) < 300;
}

const after = (before: Hsts, { hsts, yields }: Effect): Hsts => (yields && sends(before) ? before : hsts);

function beforeFunctions(behavior: Block): Hsts {
  const [last] = lambdasOf(behavior, "viewer-response");
  if (last) return last;
  const policy = policyOf(behavior);
  const isSent = sends(policy.hsts);
  if (policy.removes || (isSent && !policy.yields)) return policy.hsts;
  const [lambda] = lambdasOf(behavior, "origin-response");
  // Where the policy sends a header, all that Lambda@Edge could do is send another.
  if (lambda) return isSent ? policy.hsts : lambda;
  const origin = originHstsOf(behavior);
  return origin && (!isSent || sends(origin)) ? origin : policy.hsts;
}

/** Whether a header is sent, or may be. */
const sends = ({ maxAge }: Hsts): boolean => !isShown(maxAge) || maxAge.value > 0;

const headersPolicyOf = (behavior: Block): Link =>
  behavior.link("response_headers_policy_id", { aws_cloudfront_response_headers_policy: ["id"] });

/** The managed policy that the remedies name: SecurityHeadersPolicy. */
const [securityHeadersPolicy] = managedHeadersPolicies;

/**
 * The response headers policy: what it sends, and whether it takes the origin's header away. CloudFront removes headers
 * first, and adds those of the other sections then: one that is in both is sent.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-remove-headers
 */
function policyOf(behavior: Block): Effect & { readonly removes: boolean } {
  const link = headersPolicyOf(behavior);
  const hsts = policyHsts(behavior, link);
  const [policy, another] = link.state === "found" ? link.resources : [];
  // The managed policies leave the origin's header (see their table).
  const isManaged = link.state === "outside" && sends(hsts);
  if (!policy || another) return { hsts, yields: isManaged && isShown(hsts.maxAge), removes: false };
  const removed = policy
    .block("remove_headers_config")
    .blocks("items", { set: true })
    .map((item) => item.value("header"));
  return {
    hsts,
    yields: managedByName(policy) !== undefined || !overrides(policy),
    removes: removed.some((name) => isShown(name) && isHeader(name.value)),
  };
}

const isHeader = (name: unknown): boolean => String(name).toLowerCase() === "strict-transport-security";

/** Whether a policy replaces the origin's header: so it is where the plan does not tell. */
function overrides(policy: Resource): boolean {
  const header = policy.block("security_headers_config").block("strict_transport_security");
  const override = header.value("override");
  return !isShown(override) || override.value !== false;
}

function policyHsts(behavior: Block, link = headersPolicyOf(behavior)): Hsts {
  const stand = standAt(behavior, "response_headers_policy_id", securityHeadersPolicy.id);
  if (link.state === "absent") {
    return stated(known(none), { ...stand, note: text`no response headers policy is attached` });
  }
  if (link.state === "unknown") return stated(link, stand);
  if (link.state === "outside") {
    const id = isShown(link.value) ? link.value.value : undefined;
    const isSecret = isSensitive(link.value);
    const managed = managedHeadersPolicies.find((one) => one.id === id);
    const note = managed && !isSecret ? text`by ${managed.name}` : undefined;
    if (managed) return stated(known(managed.hsts, isSecret), { ...stand, note });
    return stated(unknown(definedElsewhere("the response headers policy")), stand);
  }
  const [first, ...others] = link.resources.map((resource) => resourceHsts(resource, stand));
  if (!first) return stated(known(none), stand);
  if (others.length === 0) return first;
  const which = ambiguous(link.resources);
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

/** Each remedy here sends a header of a year, and no more than that. */
const stated = (header: Decided<HstsDirectives>, stand: Stand): Hsts =>
  directives(
    header.state === "unknown" || !stand.remedy
      ? { ...header, ...stand }
      : { ...header, ...stand, cures: [{ remedy: stand.remedy, value: securityHeadersPolicy.hsts }] },
  );

const none: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

/** aws_cloudfront_response_headers_policy, of this plan or looked up. */
function resourceHsts(policy: Resource, { place }: Stand): Hsts {
  const related = [policy.address];
  const managed = managedByName(policy);
  if (managed) return stated(known(managed.hsts), { place, related, note: text`by ${managed.name}` });
  const computed = policy.mode === "data";
  const header = policy.block("security_headers_config").block("strict_transport_security");
  const custom = customHeader(policy);
  if (header.presence === "absent" && custom) return customHsts(custom, { place, related });
  if (header.presence === "absent") {
    const attribute = `${header.at}.access_control_max_age_sec`;
    const remedy = {
      address: policy.address,
      attribute,
      value: 31_536_000,
      with: [{ attribute: "override", value: true }],
    };
    const note = text`${nameText(policy.address)} has no strict_transport_security`;
    return stated(known(none), { place, related, note, ...(computed ? {} : { remedy }) });
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
  const security: Hsts = {
    maxAge: at(
      fact(header, "access_control_max_age_sec", {
        read: readSeconds,
        absent: 0,
        remedy: 31_536_000,
      }),
    ),
    includeSubDomains: flag("include_subdomains"),
    preload: flag("preload"),
  };
  return custom ? weakerOf(security, customHsts(custom, { place, related })) : security;
}

/**
 * A policy that has the header in two sections adds both, and a browser processes the first one alone (RFC 6797 section
 * 8.1). AWS does not say which of them that is: neither can be relied on where the other asks for less.
 */
function weakerOf(security: Hsts, custom: Hsts): Hsts {
  const note = text`the policy has the header among its custom headers too, and AWS does not say which of the two comes first`;
  const weaker = <T extends number | boolean>(one: Fact<T>, other: Fact<T>): Fact<T> =>
    !isShown(other) || (isShown(one) && other.value < one.value) ? { ...other, note } : one;
  return {
    maxAge: weaker(security.maxAge, custom.maxAge),
    includeSubDomains: weaker(security.includeSubDomains, custom.includeSubDomains),
    preload: weaker(security.preload, custom.preload),
  };
}

/** CloudFront adds a custom header without a value too: browsers ignore it. */
const customHsts = (item: Block, stand: Stand): Hsts =>
  eachDirective((choose, remedy) => {
    const name = item.value("header");
    if (!isShown(name)) return { ...unknown(causeOf(name)), ...stand };
    const read = (value: unknown) => choose(parseHsts(String(value)));
    return { ...fact(item, "value", { read, absent: choose(none), remedy }), ...stand };
  });

const readSeconds = (value: unknown): number | undefined =>
  (typeof value === "number" || typeof value === "string") && /^\d+$/.test(String(value)) ? Number(value) : undefined;

function managedByName(policy: Resource) {
  const name = policy.mode === "data" ? valueText(policy.value("name"), undefined) : undefined;
  return managedHeadersPolicies.find((one) => one.name === name);
}

/** The custom header that is it, or may be. */
const customHeader = (policy: Resource): Block | undefined =>
  policy
    .block("custom_headers_config")
    .blocks("items", { set: true })
    .find((item) => {
      const name = item.value("header");
      return !isShown(name) || isHeader(name.value);
    });

function lambdasOf(behavior: Block, event: "origin-response" | "viewer-response"): Hsts[] {
  const associations = behavior.blocks("lambda_function_association", { set: true });
  return associations
    .filter((one) => runsOn(one, event))
    .map((one) => {
      const note = text`a Lambda@Edge function may set or remove the header, and a plan does not show its code`;
      return stated(unknown({ reason: "application", note }), standAt(one, "lambda_arn"));
    });
}

function runsOn(association: Block, wanted: string): boolean {
  const event = association.value("event_type");
  return !isShown(event) || event.value === wanted;
}

const associated = (behavior: Block, event: string): Block[] =>
  behavior.blocks("function_association", { set: true }).filter((one) => runsOn(one, event));

const functionsOf = (behavior: Block): Effect[] => associated(behavior, "viewer-response").map(effectOf);

/** What a function answers every request with, before anything else is asked. */
function answersOf(behavior: Block): Hsts | undefined {
  const [association] = associated(behavior, "viewer-request");
  const resource = association && functionOf(association);
  if (!association || !resource || "kind" in resource) return undefined;
  const code = resource.value("code");
  const found = isShown(code) ? hstsOfAnswers(String(code.value)) : undefined;
  if (!isShown(code) || !found) return undefined;
  const stand = { ...standAt(association, "function_arn"), related: [resource.address] };
  const name = nameText(resource.address);
  if (found.kind === "unclear") return stated(unknown(because`${name}: ${found.why}`), stand);
  if (found.kind === "sets") {
    return stated({ ...code, value: parseHsts(found.header) }, { ...stand, note: text`by ${name}` });
  }
  if (sends(policyHsts(behavior))) {
    const note = text`${name} answers every request itself, without the header, and AWS does not say whether the response headers policy adds it`;
    return stated(unknown({ reason: "undocumented", note }), stand);
  }
  const note = text`${name} answers every request itself, without the header`;
  return stated({ ...code, value: none }, { ...stand, note });
}

/** The function that an association names, or why the plan does not show which. */
function functionOf(association: Block): Resource | { readonly kind: "unknown"; readonly cause: Cause } {
  const link = association.link("function_arn", { aws_cloudfront_function: ["arn"] });
  if (link.state === "unknown") return { kind: "unknown", cause: link.cause };
  const [resource, another] = link.state === "found" ? link.resources : [];
  if (!resource) return { kind: "unknown", cause: definedElsewhere("the CloudFront function") };
  if (another) return { kind: "unknown", cause: because`the plan does not tell which CloudFront function it is` };
  return resource;
}

function effectOf(association: Block): Effect {
  const stand = standAt(association, "function_arn");
  const open = (cause: Cause, related: readonly string[] = []): Effect => ({
    hsts: stated(unknown(cause), { ...stand, related }),
    yields: false,
  });
  const resource = functionOf(association);
  if ("kind" in resource) return open(resource.cause);
  const related = [resource.address];
  const code = resource.value("code");
  const name = nameText(resource.address);
  if (!isShown(code)) {
    const note = text`the code of ${name} is ${describeCause(causeOf(code))}`;
    return open({ reason: "other", note, kind: kindOf(causeOf(code)) }, related);
  }
  const found = hstsOfFunction(String(code.value));
  if (found.kind === "unclear") return open(because`${name}: ${found.why}`, related);
  const sets = found.kind === "sets";
  const note = sets ? text`by ${name}` : text`${name} does not set the header`;
  const value = sets ? parseHsts(found.header) : none;
  return { hsts: stated({ ...code, value }, { ...stand, related, note }), yields: !sets || found.yields };
}

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
import { directives } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { hstsOfFunction } from "./cloudfront-function.ts";
import { managedHeadersPolicies } from "./cloudfront-values.ts";

/**
 * A header comes from the response headers policy or from a function, which runs after it and has the last word. Code
 * at the edge that a plan does not show counts where nothing else sends the header.
 */
export function hstsOf(behavior: Block): Hsts {
  const policy = policyHsts(behavior);
  const first = sends(policy) ? policy : (lambdasOf(behavior)[0] ?? policy);
  return functionsOf(behavior).reduce((before, { hsts, yields }) => (yields && sends(before) ? before : hsts), first);
}

/** Whether a header is sent, or may be. */
const sends = ({ maxAge }: Hsts): boolean => !isShown(maxAge) || maxAge.value > 0;

const headersPolicyTargets = { aws_cloudfront_response_headers_policy: ["id"] };

/** The managed policy that the remedies name: SecurityHeadersPolicy. */
const [securityHeadersPolicy] = managedHeadersPolicies;

function policyHsts(behavior: Block): Hsts {
  const stand = standAt(behavior, "response_headers_policy_id", securityHeadersPolicy.id);
  const link = behavior.link("response_headers_policy_id", headersPolicyTargets);
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
  if (header.presence === "absent" && custom) return stated(custom, { place, related });
  if (header.presence === "absent") {
    const remedy = { address: policy.address, attribute: `${header.at}.access_control_max_age_sec`, value: 31_536_000 };
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
  return {
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
}

const readSeconds = (value: unknown): number | undefined =>
  (typeof value === "number" || typeof value === "string") && /^\d+$/.test(String(value)) ? Number(value) : undefined;

function managedByName(policy: Resource) {
  const name = policy.mode === "data" ? valueText(policy.value("name"), undefined) : undefined;
  return managedHeadersPolicies.find((one) => one.name === name);
}

function customHeader(policy: Resource): Decided<HstsDirectives> | undefined {
  for (const item of policy.block("custom_headers_config").blocks("items", { set: true })) {
    const name = item.value("header");
    if (!isShown(name)) return unknown(causeOf(name));
    if (String(name.value).toLowerCase() !== "strict-transport-security") continue;
    const header = item.value("value");
    return isShown(header) ? { ...header, value: parseHsts(String(header.value)) } : unknown(causeOf(header));
  }
  return undefined;
}

function lambdasOf(behavior: Block): Hsts[] {
  const associations = behavior.blocks("lambda_function_association", { set: true });
  return associations
    .filter((one) => runsOn(one, ["viewer-response", "origin-response"]))
    .map((one) => {
      const note = text`a Lambda@Edge function may set the header, and a plan does not show its code`;
      return stated(unknown({ reason: "application", note }), standAt(one, "lambda_arn"));
    });
}

function runsOn(association: Block, events: readonly string[]): boolean {
  const event = association.value("event_type");
  return !isShown(event) || events.includes(String(event.value));
}

/** What a function makes of the header; `yields` where it leaves one that is there. */
interface Effect {
  readonly hsts: Hsts;
  readonly yields: boolean;
}

const functionsOf = (behavior: Block): Effect[] =>
  behavior
    .blocks("function_association", { set: true })
    .filter((one) => runsOn(one, ["viewer-response"]))
    .map(effectOf);

function effectOf(association: Block): Effect {
  const stand = standAt(association, "function_arn");
  const open = (cause: Cause, related: readonly string[] = []): Effect => ({
    hsts: stated(unknown(cause), { ...stand, related }),
    yields: false,
  });
  const link = association.link("function_arn", { aws_cloudfront_function: ["arn"] });
  if (link.state === "unknown") return open(link.cause);
  const [resource, another] = link.state === "found" ? link.resources : [];
  if (!resource) return open(definedElsewhere("the CloudFront function"));
  if (another) return open(because`the plan does not tell which CloudFront function it is`);
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

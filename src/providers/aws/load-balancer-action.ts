// What a listener or one of its rules does with a request: what becomes of plain HTTP, and which targets it leads to.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html

import { because, definedElsewhere, notSet } from "../../cause.ts";
import type { PlainHttp, Upstream } from "../../facts/endpoint.ts";
import {
  agreed,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  mapped,
  type Stand,
  standAt,
  unknown,
  type Value,
  valueText,
} from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Link } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { targetGroups } from "./load-balancer-listeners.ts";
import { finalActions, redirectProtocols, secureRedirectProtocols, targetProtocols } from "./load-balancer-values.ts";

/** A listener's `default_action`, or a rule's `action`. */
const actionsOf = (holder: Resource): readonly Block[] =>
  holder.blocks(holder.type.endsWith("_rule") ? "action" : "default_action");

const kindOf = (action: Block): Fact<"forward" | "redirect" | "answer"> =>
  fact(action, "type", {
    read: (value) => lookUp(finalActions, value),
    absent: { unknown: notSet("the type of the action") },
  });

/** What happens to a request over plain HTTP. */
export function plainHttpOf(holder: Resource): PlainHttp {
  const actions = actionsOf(holder);
  // Authentication comes before the one action that ends it.
  const final = actions.filter((action) => isShown(kindOf(action)));
  const treatments = (final.length > 0 ? final : actions).map(treatmentBy);
  const served = treatments.find((one) => isShown(one) && one.value === "served");
  const open = treatments.find((one) => !isShown(one));
  return served ?? open ?? treatments[0] ?? { ...unknown(because`it has no action`), ...standAt(holder, "") };
}

function treatmentBy(action: Block): PlainHttp {
  const kind = kindOf(action);
  if (!isShown(kind)) return kind;
  if (kind.value === "redirect") return redirected(action.block("redirect"));
  if (kind.value === "answer") return answered(action.block("fixed_response"));
  return { ...mapped(kind, () => "served" as const), note: text`it forwards to its targets` };
}

function redirected(redirect: Block): PlainHttp {
  const treatment = fact<"served" | "redirected">(redirect, "protocol", {
    read: (value) => lookUp(redirectProtocols, value),
    absent: "served",
    remedy: "HTTPS",
  });
  return isShown(treatment) && treatment.value === "served"
    ? { ...treatment, note: text`it redirects to plain HTTP again` }
    : treatment;
}

/** An error, which says nothing that is anybody's secret, is a refusal: so CloudFront refuses too, by 403. */
const answered = (answer: Block): PlainHttp =>
  fact(answer, "status_code", {
    read: (value) =>
      /^[45]\d\d$/.test(String(value)) ? "refused" : /^2\d\d$/.test(String(value)) ? "served" : undefined,
    absent: { unknown: notSet("the status of the answer") },
  });

/** The protocol that a request over HTTPS is redirected to. */
export function redirectOf(holder: Resource): Fact<"https" | "http"> | undefined {
  const final = actionsOf(holder).find((action) => isShown(kindOf(action)));
  const kind = final && kindOf(final);
  if (!final || !kind || !isShown(kind) || kind.value !== "redirect") return undefined;
  return fact<"https" | "http">(final.block("redirect"), "protocol", {
    read: (value) => lookUp(secureRedirectProtocols, value),
    absent: "https",
    remedy: "HTTPS",
  });
}

interface Forward {
  readonly link: Exclude<Link, { state: "absent" }>;
  readonly stand: Stand;
}

/** The target groups that an action leads to, weighted or not. */
function forwardsOf(action: Block): Forward[] {
  const weighted = action.block("forward").blocks("target_group", { set: true });
  const named: [Block, string][] = [
    [action, "target_group_arn"],
    ...weighted.map((one): [Block, string] => [one, "arn"]),
  ];
  return named.flatMap(([block, attribute]) => {
    const link = block.link(attribute, targetGroups);
    return link.state === "absent" ? [] : [{ link, stand: standAt(block, attribute) }];
  });
}

/** The target groups that a listener or its rules forward to, each once. */
export const upstreamsOf = (holders: readonly Resource[]): Upstream[] => [
  ...new Map(
    holders
      .flatMap(actionsOf)
      .flatMap(forwardsOf)
      .map(upstreamOf)
      .map((one) => [one.name, one]),
  ).values(),
];

/** The target groups of this plan that a listener surely forwards to. */
export const groupsOf = (listener: Resource): readonly Resource[] =>
  actionsOf(listener)
    .flatMap(forwardsOf)
    .flatMap(({ link }) => (link.state === "found" && link.resources.length === 1 ? link.resources : []));

/**
 * Of the IP addresses that can be targets, none is public.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type
 */
const reach = "private";

function upstreamOf({ link, stand }: Forward): Upstream {
  // Of two rules the attributes are named alike.
  const place = text`${nameText(stand.place.address)} ${nameText(stand.place.at)}`;
  if (link.state === "unknown") return { name: place, reach, protocol: { ...link, ...stand }, routes: [] };
  if (link.state === "outside") {
    const open = { ...unknown(definedElsewhere("the target group")), ...stand };
    return { name: nameOfArn(link.value) ?? place, reach, protocol: open, routes: [] };
  }
  const { resources } = link;
  const name = nameText(resources.map(({ address }) => address).join(" or "));
  const protocols = resources.map((group) => protocolOf(group, stand));
  const [first] = protocols;
  if (first && protocols.length === 1) return { name, reach, protocol: first, routes: [] };
  const which = because`the plan does not tell which it is of ${name}`;
  return { name, reach, protocol: { ...agreed(protocols, which), ...stand }, routes: [] };
}

/** arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/NAME/0123456789abcdef */
function nameOfArn(arn: Value): DisplayText | undefined {
  if (!isShown(arn)) return undefined;
  const value = /:targetgroup\/([^/]+)\//.exec(String(arn.value))?.[1];
  return value === undefined ? undefined : valueText({ ...arn, value }, undefined);
}

/** The hop to a group's targets; what was looked up is to be mended elsewhere. */
function protocolOf(group: Resource, stand: Stand): Upstream["protocol"] {
  const type = group.value("target_type");
  const isTcp = group.planned("protocol") === "TCP";
  const own =
    group.mode === "managed"
      ? standAt(group, "protocol", isTcp ? "TLS" : "HTTPS")
      : { ...stand, related: [group.address] };
  if (isShown(type) && type.value === "lambda") {
    return { ...known("https"), ...own, note: text`a Lambda function is invoked by its HTTPS API` };
  }
  const hop = fact(group, "protocol", {
    read: (value) => lookUp(targetProtocols, value),
    absent: { unknown: notSet("the protocol of the target group") },
  });
  return { ...hop, ...own, ...(isTcp ? { note: text`TCP carries on what was decrypted, in plain text` } : {}) };
}

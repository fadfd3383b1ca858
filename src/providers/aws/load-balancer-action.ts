// What a listener or one of its rules does with a request: what becomes of plain HTTP, and which targets it leads to.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html

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
} from "../../facts/fact.ts";
import type { Block, Link } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { finalActions, redirectProtocols, targetProtocols } from "./load-balancer-values.ts";

/** A listener's `default_action`, or a rule's `action`. */
const actionsOf = (holder: Resource): readonly Block[] =>
  holder.blocks(holder.type.endsWith("_rule") ? "action" : "default_action");

const kindOf = (action: Block): Fact<"forward" | "redirect" | "answer"> =>
  fact(action, "type", {
    read: (value) => lookUp(finalActions, value),
    absent: { unknown: "the type of the action is not set" },
  });

/** What happens to a request over plain HTTP. */
export function plainHttpOf(holder: Resource): PlainHttp {
  const actions = actionsOf(holder);
  // Authentication comes before the one action that ends it.
  const final = actions.filter((action) => isShown(kindOf(action)));
  const treatments = (final.length > 0 ? final : actions).map(treatmentBy);
  const served = treatments.find((one) => isShown(one) && one.value === "served");
  const open = treatments.find((one) => !isShown(one));
  return served ?? open ?? treatments[0] ?? { ...unknown("it has no action"), ...standAt(holder, "") };
}

function treatmentBy(action: Block): PlainHttp {
  const kind = kindOf(action);
  if (!isShown(kind)) return kind;
  if (kind.value === "redirect") return redirected(action.block("redirect"));
  if (kind.value === "answer") return answered(action.block("fixed_response"));
  return { ...mapped(kind, () => "served" as const), note: "it forwards to its targets" };
}

function redirected(redirect: Block): PlainHttp {
  const treatment = fact<"served" | "redirected">(redirect, "protocol", {
    read: (value) => lookUp(redirectProtocols, value),
    absent: "served",
    remedy: "HTTPS",
  });
  return isShown(treatment) && treatment.value === "served"
    ? { ...treatment, note: "it redirects to plain HTTP again" }
    : treatment;
}

/** An error, which says nothing that is anybody's secret, is a refusal: so CloudFront refuses too, by 403. */
const answered = (answer: Block): PlainHttp =>
  fact(answer, "status_code", {
    read: (value) =>
      /^[45]\d\d$/.test(String(value)) ? "refused" : /^2\d\d$/.test(String(value)) ? "served" : undefined,
    absent: { unknown: "the status of the answer is not set" },
  });

const targetGroups = { aws_lb_target_group: ["arn", "id"], aws_alb_target_group: ["arn", "id"] };

/** The target groups that a listener or a rule forwards to, each once. */
export function upstreamsOf(holders: readonly Resource[]): Upstream[] {
  const upstreams = new Map<string, Upstream>();
  for (const action of holders.flatMap(actionsOf)) {
    for (const upstream of forwardsOf(action)) upstreams.set(upstream.name, upstream);
  }
  return [...upstreams.values()];
}

function forwardsOf(action: Block): Upstream[] {
  const weighted = action.block("forward").blocks("target_group", { set: true });
  const named: [Block, string][] = [
    [action, "target_group_arn"],
    ...weighted.map((one): [Block, string] => [one, "arn"]),
  ];
  return named.flatMap(([block, attribute]) => {
    const link = block.link(attribute, targetGroups);
    return link.state === "absent" ? [] : [upstreamOf(link, standAt(block, attribute))];
  });
}

function upstreamOf(link: Exclude<Link, { state: "absent" }>, stand: Stand): Upstream {
  if (link.state === "unknown") return { name: stand.place.at, protocol: { ...link, ...stand }, routes: [] };
  if (link.state === "outside") {
    const open = { ...unknown("the target group is defined outside this plan"), ...stand };
    return { name: nameOfArn(link.value) ?? stand.place.at, protocol: open, routes: [] };
  }
  const { resources } = link;
  const name = resources.map(({ address }) => address).join(" or ");
  const protocols = resources.map((group) => protocolOf(group, stand));
  const [first] = protocols;
  if (first && protocols.length === 1) return { name, protocol: first, routes: [] };
  const which = `the plan does not tell which it is of ${name}`;
  return { name, protocol: { ...agreed(protocols, which), ...stand }, routes: [] };
}

/** arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/NAME/0123456789abcdef */
const nameOfArn = (value: (Link & { state: "outside" })["value"]): string | undefined =>
  value.state === "known" ? /:targetgroup\/([^/]+)\//.exec(String(value.value))?.[1] : undefined;

/** The hop to a group's targets; what was looked up is to be mended elsewhere. */
function protocolOf(group: Resource, stand: Stand): Upstream["protocol"] {
  const type = group.value("target_type");
  const isTcp = group.planned("protocol") === "TCP";
  const own =
    group.mode === "managed"
      ? standAt(group, "protocol", isTcp ? "TLS" : "HTTPS")
      : { ...stand, related: [group.address] };
  if (isShown(type) && type.value === "lambda") {
    return { ...known("https"), ...own, note: "a Lambda function is invoked by its HTTPS API" };
  }
  const hop = fact(group, "protocol", {
    read: (value) => lookUp(targetProtocols, value),
    absent: { unknown: "the protocol of the target group is not set" },
  });
  return { ...hop, ...own, ...(isTcp ? { note: "TCP carries on what was decrypted, in plain text" } : {}) };
}

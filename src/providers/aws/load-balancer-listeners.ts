// The listeners of a load balancer, and those that its TCP is passed on to, one way or another.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html

import { isShown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { linkedBy, usersOf } from "../users.ts";

export const balancers = { aws_lb: ["arn", "id"], aws_alb: ["arn", "id"] };

const listeners = {
  types: ["aws_lb_listener", "aws_alb_listener"],
  attribute: "load_balancer_arn",
  targets: balancers,
};

export const listenersOf = (balancer: Resource): readonly Resource[] => usersOf(balancer, listeners);

export const targetGroups = { aws_lb_target_group: ["arn", "id"], aws_alb_target_group: ["arn", "id"] };

const attachments = {
  types: ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"],
  attribute: "target_group_arn",
  targets: targetGroups,
};

/** The listeners of application load balancers that a target group leads to, each at the port of an attachment. */
export function listenersBehind(group: Resource): Resource[] {
  const type = group.value("target_type");
  if (!isShown(type) || type.value !== "alb") return [];
  // Attachments that may be to this group, or to another, can lead to the same listener.
  const behind = usersOf(group, attachments).flatMap((attachment) => {
    const port = attachment.planned("port") ?? group.planned("port");
    return linkedBy(attachment, "target_id", balancers)
      .flatMap(listenersOf)
      .filter((listener) => String(listener.planned("port")) === String(port));
  });
  return [...new Set(behind)];
}

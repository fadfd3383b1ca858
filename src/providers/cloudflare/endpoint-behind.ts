// A host name or an address that a record or a pool leads to → the endpoint of this plan that answers there.

import { isShown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { resourceBehind } from "../host.ts";
import { linkedBy, usersOf } from "../users.ts";

/** The address of the one endpoint that an attribute leads to. */
export function endpointBehind(block: Block, attribute: string): string | undefined {
  const resource = resourceBehind(block, attribute);
  if (!resource) return undefined;
  const answering = answeringFor(resource);
  const [first, ...more] = answering.length > 1 ? answering.filter(isHttps) : answering;
  return (first && more.length === 0 ? first : resource).address;
}

const isHttps = (resource: Resource): boolean => {
  const protocol = resource.value("protocol");
  return resource.type.endsWith("_https_proxy") || (isShown(protocol) && protocol.value === "HTTPS");
};

/** A load balancer answers through its listeners, an address of Google Cloud through the proxies of its forwarding rules. */
function answeringFor(resource: Resource): readonly Resource[] {
  const naming = (types: readonly string[], attribute: string, ids: readonly string[]) =>
    usersOf(resource, { types, attribute, targets: { [resource.type]: ids } });
  switch (resource.type) {
    case "aws_lb":
    case "aws_alb":
      return naming(["aws_lb_listener", "aws_alb_listener"], "load_balancer_arn", ["arn", "id"]);
    case "google_compute_global_address":
      return naming(["google_compute_global_forwarding_rule"], "ip_address", ["address", "id", "self_link"]).flatMap(
        proxiesOf,
      );
    case "google_compute_global_forwarding_rule":
      return proxiesOf(resource);
    default:
      return [];
  }
}

const proxiesOf = (rule: Resource): readonly Resource[] =>
  linkedBy(rule, "target", {
    google_compute_target_https_proxy: ["id", "self_link"],
    google_compute_target_http_proxy: ["id", "self_link"],
    google_compute_target_ssl_proxy: ["id", "self_link"],
  });

// The origin of a cache behavior → the Strict-Transport-Security header that it sends, where this plan shows it.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html

import { because } from "../../cause.ts";
import type { Hsts } from "../../facts/endpoint.ts";
import { agreed, isShown, lookUp, replaced, type Stand, standAt, type Value } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { usersOf } from "../users.ts";
import { originProtocols, viewerProtocols } from "./cloudfront-values.ts";
import { hstsOf } from "./load-balancer-tls.ts";
import { listenerProtocols } from "./load-balancer-values.ts";

/** Nothing where an origin that the behavior asks does not show what it sends, or may send nothing. */
export function originHstsOf(behavior: Block): Hsts | undefined {
  const found = originsOf(behavior).map((origin) => headerOf(origin, behavior));
  const all = found.flatMap((one) => one ?? []);
  const [first] = all;
  if (!first || all.length < found.length) return undefined;
  if (all.length === 1) return first;
  const differing = because`the origins of its group send different headers`;
  const agreeing = <K extends keyof Hsts>(part: K) =>
    replaced(
      first[part],
      agreed<number | boolean>(
        all.map((one) => one[part]),
        differing,
      ),
    ) as Hsts[K];
  return {
    maxAge: agreeing("maxAge"),
    includeSubDomains: agreeing("includeSubDomains"),
    preload: agreeing("preload"),
  };
}

/** The origin that a behavior names, or the members of the group that it names. */
function originsOf(behavior: Block): Block[] {
  const distribution = behavior.resource;
  const target = behavior.value("target_origin_id");
  if (!isShown(target)) return [];
  const isNamed = (block: Block, names: readonly string[], id: unknown) =>
    names.some((name) => block.planned(name) === id);
  // Multi-tenant distributions name their origins `id`.
  const named = (id: unknown) =>
    distribution.blocks("origin", { set: true }).filter((one) => isNamed(one, ["origin_id", "id"], id));
  const group = distribution
    .blocks("origin_group", { set: true })
    .find((one) => isNamed(one, ["origin_id", "id"], target.value));
  return group ? group.blocks("member").flatMap((member) => named(member.planned("origin_id"))) : named(target.value);
}

const attribute = "routing_http_response_strict_transport_security_header_value";

const balancers = { aws_lb: ["dns_name"], aws_alb: ["dns_name"] };

/** An application load balancer of this plan, asked over HTTPS, whose listener puts the header into every answer. */
function headerOf(origin: Block, behavior: Block): Hsts | undefined {
  const hop = origin.block("custom_origin_config");
  if (hop.presence !== "present" || !isHttps(hop, behavior)) return undefined;
  const link = origin.link("domain_name", balancers);
  const [balancer, another] = link.state === "found" ? link.resources : [];
  if (!balancer || another || balancer.mode !== "managed") return undefined;
  const listener = listenerOn(balancer, hop.value("https_port"));
  if (!listener || listener.value(attribute).state === "absent") return undefined;
  const note = text`by ${nameText(listener.address)}`;
  // The remedy stays the listener's.
  const stand: Stand = { ...standAt(origin, "domain_name"), related: [listener.address], note };
  const { maxAge, includeSubDomains, preload } = hstsOf(listener);
  return {
    maxAge: { ...maxAge, ...stand },
    includeSubDomains: { ...includeSubDomains, ...stand },
    preload: { ...preload, ...stand },
  };
}

function isHttps(hop: Block, behavior: Block): boolean {
  const protocol = lookUp(originProtocols, hop.planned("origin_protocol_policy"));
  const viewer = lookUp(viewerProtocols, behavior.planned("viewer_protocol_policy"));
  return protocol === "https" || (protocol === "viewer" && (viewer === "redirected" || viewer === "refused"));
}

/** The one HTTPS listener on a port; nothing where another may have the port. */
function listenerOn(balancer: Resource, port: Value): Resource | undefined {
  const listeners = usersOf(balancer, {
    types: ["aws_lb_listener", "aws_alb_listener"],
    attribute: "load_balancer_arn",
    targets: { aws_lb: ["arn", "id"], aws_alb: ["arn", "id"] },
  });
  if (!isShown(port)) return undefined;
  const [listener, other] = listeners.filter((one) => {
    const own = one.value("port");
    return !isShown(own) || Number(own.value) === Number(port.value);
  });
  if (!listener || other || !isShown(listener.value("port"))) return undefined;
  return lookUp(listenerProtocols, listener.planned("protocol")) === "https" ? listener : undefined;
}

// aws_globalaccelerator_listener → endpoint: TCP that is passed on as it comes, to load balancers' listeners.
// https://docs.aws.amazon.com/global-accelerator/latest/dg/about-listeners.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import { isShown, known, standAt, type Value } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { linkedBy, usersOf } from "../users.ts";
import { balancers, listenersOf } from "./load-balancer-listeners.ts";

/** TLS begins and ends behind it: what is said of certificates and versions is said of what stands there. */
export default defineAdapter({
  id: "aws/global-accelerator",
  resourceTypes: ["aws_globalaccelerator_listener"],
  cannotShow: ["What endpoints of Global Accelerator outside of the plan speak."],
  endpoints(listener) {
    const upstreams = isTcp(listener) ? groupsOf(listener).flatMap((group) => upstreamsOf(group, listener)) : [];
    if (upstreams.length === 0) return [];
    const base = { address: listener.address, kind: "Global Accelerator listener", names: [], certificates: [] };
    return [{ ...base, routes: [], upstreams } satisfies Endpoint];
  },
});

function isTcp(listener: Resource): boolean {
  const protocol = listener.value("protocol");
  return !isShown(protocol) || protocol.value === "TCP";
}

const groupsOf = (listener: Resource): readonly Resource[] =>
  usersOf(listener, {
    types: ["aws_globalaccelerator_endpoint_group"],
    attribute: "listener_arn",
    targets: { aws_globalaccelerator_listener: ["id", "arn"] },
  });

function upstreamsOf(group: Resource, listener: Resource): Upstream[] {
  return group.blocks("endpoint_configuration", { set: true }).flatMap((configuration): Upstream[] => {
    return linkedBy(configuration, "endpoint_id", balancers)
      .flatMap(listenersOf)
      .filter((one) => isReached(one.value("port"), listener, group))
      .map((one) => upstreamTo(one, configuration));
  });
}

function upstreamTo(listener: Resource, configuration: Block): Upstream {
  const stand = standAt(configuration, "endpoint_id");
  const note = text`Global Accelerator passes TCP on as it comes, and decrypts nothing`;
  const { address } = listener;
  return {
    name: nameText(address),
    reach: "public",
    protocol: { ...known("viewer"), ...stand, note },
    endpoint: address,
    routes: [],
  };
}

/** Whether connections come to a port, or may: through a range of the listener, or an override of the group. */
function isReached(port: Value, listener: Resource, group: Resource): boolean {
  if (!isShown(port)) return true;
  const overrides = group.blocks("port_override");
  const isOverridden = (number: number) => overrides.some((one) => isSurely(one.value("listener_port"), number));
  return (
    overrides.some((one) => canBe(one.value("endpoint_port"), port.value)) ||
    listener.blocks("port_range").some((range) => {
      const [from, to] = [range.value("from_port"), range.value("to_port")];
      if (!isShown(from) || !isShown(to)) return true;
      const number = Number(port.value);
      return Number(from.value) <= number && number <= Number(to.value) && !isOverridden(number);
    })
  );
}

const isSurely = (value: Value, number: unknown): boolean => isShown(value) && Number(value.value) === Number(number);

const canBe = (value: Value, number: unknown): boolean => !isShown(value) || isSurely(value, number);

// Listeners of which the plan shows the protocol: HTTPS needs TCP.

import { expect, test } from "vitest";
import { kindOf } from "../support/not-judged.ts";

test.each([
  ["UDP", undefined],
  ["udp", undefined],
  ["TCP", "load balancer listener"],
  ["HTTPS", "load balancer listener"],
  ["TERMINATED_HTTPS", "load balancer listener"],
  [null, "load balancer listener"],
])("%j: %s", (protocol, what) => expect(kindOf("openstack_lb_listener_v2", { protocol })).toBe(what));

test("a protocol that is not known yet may be TCP", () =>
  expect(kindOf("openstack_lb_listener_v2", {}, { protocol: true })).toBe("load balancer listener"));

test("an attribute of another name", () => {
  expect(kindOf("alicloud_nlb_listener", { listener_protocol: "UDP" })).toBeUndefined();
  expect(kindOf("alicloud_nlb_listener", { listener_protocol: "TCPSSL" })).toBe("NLB listener");
});

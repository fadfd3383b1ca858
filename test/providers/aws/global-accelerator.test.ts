// Global Accelerator's listeners → endpoints: the load balancers' listeners behind them; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import { chainsOf } from "../../../src/facts/chain.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { outcomes } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const real = endpointsOf("aws-global-accelerator");
const address = "aws_globalaccelerator_listener.made";

describe("of a real plan", () => {
  const behind = (name: string) =>
    at(real, `aws_globalaccelerator_listener.${name}`).upstreams.map((one) => one.endpoint);

  test("the listeners that its ports lead to, also by an override", () => {
    expect(behind("web")).toEqual(["aws_lb_listener.secure"]);
    expect(behind("all").sort()).toEqual(["aws_lb_listener.redirect", "aws_lb_listener.secure"]);
  });

  test("UDP is none of ours", () => expect(real.has("aws_globalaccelerator_listener.udp")).toBe(false));

  test("nothing of TLS is judged but where it ends", () => {
    const { names, certificate, minimumTls, routes, upstreams } = at(real, "aws_globalaccelerator_listener.web");
    expect([names, certificate, minimumTls, routes]).toEqual([[], undefined, undefined, []]);
    expect([said(upstreams[0]?.protocol), upstreams[0]?.protocol.place]).toEqual([
      "viewer",
      { address: "aws_globalaccelerator_endpoint_group.web", at: expect.stringMatching(/endpoint_id$/) },
    ]);
    expect(outcomes("aws-global-accelerator", "minimum-tls-1-2")).toEqual({ "aws_lb_listener.secure": "pass" });
  });

  test("the way from the accelerator to the load balancer", () => {
    expect(chainsOf([...real.values()])).toContainEqual([
      "aws_globalaccelerator_listener.web",
      "aws_lb_listener.secure",
    ]);
  });
});

describe("ports", () => {
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/it/1";
  const reached = (range: JsonObject, override: JsonObject[] = [], unknown: JsonObject = {}) =>
    endpointsOf(
      plan({
        changes: {
          "aws_lb.it": { after: { arn } },
          "aws_lb_listener.it": { after: { arn: "listener", load_balancer_arn: arn, port: 443, protocol: "HTTP" } },
          [address]: { after: { id: "made", protocol: "TCP", port_range: [range] }, after_unknown: unknown as never },
          "aws_globalaccelerator_endpoint_group.it": {
            after: { listener_arn: "made", endpoint_configuration: [{ endpoint_id: arn }], port_override: override },
          },
        },
      }),
    ).has(address);

  test.each([
    [{ from_port: 443, to_port: 443 }, true],
    [{ from_port: 1, to_port: 65_535 }, true],
    [{ from_port: 444, to_port: 500 }, false],
    [{ from_port: 80, to_port: 442 }, false],
  ])("%j: %s", (range, expected) => expect(reached(range)).toBe(expected));

  test("another port of the accelerator's leads there, or this one elsewhere", () => {
    const range = { from_port: 443, to_port: 443 };
    expect(reached({ from_port: 8443, to_port: 8443 }, [{ listener_port: 8443, endpoint_port: 443 }])).toBe(true);
    expect(reached(range, [{ listener_port: 443, endpoint_port: 8443 }])).toBe(false);
    expect(reached(range, [{ listener_port: 80, endpoint_port: 8080 }])).toBe(true);
  });

  test("of a load balancer by its older name, and a port that is not known yet", () => {
    const changes = {
      "aws_alb.it": { after: { arn: "its ARN", id: "its id" } },
      "aws_alb_listener.it": {
        after: { load_balancer_arn: "its id", protocol: "HTTP" },
        after_unknown: { port: true },
      },
      [address]: { after: { id: "made", protocol: "TCP", port_range: [{ from_port: 443, to_port: 443 }] } },
      "aws_globalaccelerator_endpoint_group.it": {
        after: { listener_arn: "made", endpoint_configuration: [{ endpoint_id: "its ARN" }] },
      },
    };
    expect(at(endpointsOf(plan({ changes })), address).upstreams.map((one) => one.endpoint)).toEqual([
      "aws_alb_listener.it",
    ]);
  });

  test("not known yet", () => {
    expect(reached({}, [], { port_range: [{ from_port: true, to_port: true }] })).toBe(true);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: { id: "text", protocol: "text", port_range: [{ from_port: "number", to_port: "number" }] },
      "aws_globalaccelerator_endpoint_group.it": {
        listener_arn: "text",
        endpoint_configuration: [{ endpoint_id: "text" }],
        port_override: [{ listener_port: "number", endpoint_port: "number" }],
      },
      "aws_lb.it": { arn: "text" },
    },
    words: ["TCP", "UDP", "", "constructor"],
    passing: {},
  }));

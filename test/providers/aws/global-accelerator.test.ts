// Global Accelerator's listeners → endpoints: the load balancers' listeners behind them; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import { chainsOf } from "../../../src/facts/chain.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { outcomes } from "../../support/plans.ts";
import { type Random, random } from "../../support/random.ts";
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

describe("ports at random", () => {
  const ports = Array.from({ length: 12 }, (_, index) => index + 1);
  const [accelerator, balancer] = ["made", "its ARN"];

  /** Ranges of a listener, overrides within them, and the ports of a load balancer's listeners. */
  function ranged({ pick, number }: Random) {
    const ranges = Array.from({ length: pick([1, 2]) }, () => {
      const from = pick(ports);
      return { from_port: from, to_port: Math.min(from + number(4), 12) };
    });
    const open = ports.filter((port) => ranges.some((one) => one.from_port <= port && port <= one.to_port));
    const moved = open.filter(() => number(3) === 0);
    const overrides = moved.map((port) => ({ listener_port: port, endpoint_port: pick(ports) }));
    const behind = ports.filter(() => number(2) === 0);
    // A client's port is that of the load balancer, unless it is overridden.
    const taken = open.map((port) => overrides.find((one) => one.listener_port === port)?.endpoint_port ?? port);
    return { ranges, overrides, behind, expected: behind.filter((port) => taken.includes(port)) };
  }

  /** The ports of the listeners that are found behind it. */
  function reached({ ranges, overrides, behind }: ReturnType<typeof ranged>, late: () => boolean) {
    const masks = (list: readonly object[]) =>
      list.map((one) => Object.fromEntries(Object.keys(one).map((name) => [name, late()])));
    const listeners = behind.map((port) => [
      `aws_lb_listener.port_${port}`,
      { after: { load_balancer_arn: balancer, protocol: "HTTP", port }, after_unknown: { port: late() } },
    ]);
    const changes = {
      "aws_lb.it": { after: { arn: balancer } },
      ...Object.fromEntries(listeners),
      [address]: {
        after: { id: accelerator, protocol: "TCP", port_range: ranges },
        after_unknown: { port_range: masks(ranges) },
      },
      "aws_globalaccelerator_endpoint_group.it": {
        after: {
          listener_arn: accelerator,
          endpoint_configuration: [{ endpoint_id: balancer }],
          port_override: overrides,
        },
        after_unknown: { port_override: masks(overrides) },
      },
    };
    const upstreams = endpointsOf(plan({ changes })).get(address)?.upstreams ?? [];
    return upstreams.map(({ endpoint }) => Number(endpoint?.replace(/^.*_/, "")));
  }

  const seeds = Array.from({ length: 300 }, (_, seed) => seed);

  test("lead to the listeners that connections come to, and to no other", () => {
    for (const seed of seeds) {
      const one = ranged(random(seed));
      expect(
        reached(one, () => false),
        `seed ${seed}: ${JSON.stringify(one)}`,
      ).toEqual(one.expected);
    }
  });

  test("that are not known leave no listener out", () => {
    for (const seed of seeds) {
      const source = random(seed);
      const one = ranged(source);
      const found = reached(one, () => source.chance(0.2));
      expect(found, `seed ${seed}: ${JSON.stringify(one)}`).toEqual(expect.arrayContaining(one.expected));
    }
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
      "aws_lb.it": { arn: "text", load_balancer_type: "text" },
      "aws_lb_listener.it": {
        load_balancer_arn: "text",
        port: "number",
        protocol: "text",
        ssl_policy: "text",
        certificate_arn: "text",
      },
    },
    words: ["TCP", "TCP", "TLS", "application", "constructor", ""],
    passing: {
      "ats-connection": among(null, ""),
      // The way behind it is as the viewer came; what is said of TLS is said where it ends.
      "origin-https-only": (_, path) => path.endsWith("endpoint_id"),
      "https-only": among("TLS"),
      "certificate-present": among("TCP", "TLS", "application", "constructor"),
    },
  }));

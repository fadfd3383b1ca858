// Monitors of load balancers → upstreams: how they probe origins, and whose endpoint they are part of.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { zonePlan } from "../../support/cloudflare.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "cloudflare_load_balancer_monitor.made";
const pool = "cloudflare_load_balancer_pool.made";
const balancer = "cloudflare_load_balancer.made";

const probes = (values: JsonObject, late = {}) => {
  const made = plan({
    changes: { [address]: { after: values, after_unknown: late } },
    root: { resources: [configured(address, { type: { constant_value: "https" } })] },
  });
  const upstreams = endpointsOf(made).get(address)?.upstreams ?? [];
  return upstreams.map(({ protocol, certificate }) => [said(protocol), said(certificate)]);
};

test.each([
  ["http", "http", undefined],
  ["HTTP", "http", undefined],
  ["https", "https", "verified"],
  ["HTTPS", "https", "verified"],
  ["h2", '? "h2" is not a value that tlsgate recognises', undefined],
  [null, "http", undefined],
])("type %s: %s, certificate %s", (type, ...expected) => expect(probes({ type })).toEqual([expected]));

test.each(["tcp", "TCP", "udp_icmp", "icmp_ping", "smtp"])("type %s is no HTTP, and no endpoint", (type) =>
  expect(probes({ type })).toEqual([]),
);

test.each([
  [true, "not verified"],
  [false, "verified"],
  [null, "verified"],
  ["yes", '? "yes" is not a value that tlsgate recognises'],
])("allow_insecure %s: certificate %s", (allow_insecure, expected) => {
  expect(probes({ type: "https", allow_insecure })).toEqual([["https", expected]]);
  expect(probes({ type: "http", allow_insecure })).toEqual([["http", undefined]]);
});

test("a type that the plan does not tell is not judged as HTTPS", () =>
  expect(probes({ allow_insecure: true }, { type: true })).toEqual([["? known after apply", undefined]]));

test("what is to be set", () => {
  const { protocol, certificate } =
    at(endpointsOf(plan({ changes: { [address]: { after: { type: "https" } } } })), address).upstreams[0] ?? {};
  expect(protocol?.remedy).toEqual({ address, attribute: "type", value: "https" });
  expect(certificate?.remedy).toEqual({ address, attribute: "allow_insecure", value: false });
});

describe("whose upstream it is", () => {
  /** All endpoints with what they probe, where a balancer's pool names the monitor. */
  const owners = (values: JsonObject, pools: JsonObject = { default_pools: ["pool-1"] }) => {
    const made = zonePlan({
      [address]: { id: "monitor-1", type: "https" },
      [pool]: { id: "pool-1", monitor: "monitor-1", origins: [] },
      [balancer]: { name: "www", ...values, ...pools },
    });
    return [...endpointsOf(made).values()]
      .filter(({ upstreams }) => upstreams.length > 0)
      .map((one) => [one.address, one.upstreams.map(({ name }) => name)]);
  };
  const name = `an origin that ${address} probes`;

  test("a load balancer's that is proxied, whatever the plan tells of its zone", () => {
    expect(owners({ proxied: true })).toEqual([[balancer, [name]]]);
    expect(owners({ proxied: true }, { fallback_pool_id: "pool-1", default_pool_ids: ["pool-1"] })).toEqual([
      [balancer, [name]],
    ]);
  });

  test("else its own", () => {
    expect(owners({ proxied: false })).toEqual([[address, [name]]]);
    expect(owners({})).toEqual([[address, [name]]]);
    expect(owners({ proxied: true }, { default_pools: ["pool-2"] })).toEqual([[address, [name]]]);
  });

  test("by references, of one that several pools and load balancers share", () => {
    const others = ["one", "two"];
    const pools = others.map((other) => `cloudflare_load_balancer_pool.${other}`);
    const balancers = others.map((other) => `cloudflare_load_balancer.${other}`);
    const made = plan({
      changes: {
        [address]: { after: { type: "https" }, after_unknown: { id: true } },
        ...Object.fromEntries(pools.map((one) => [one, { after: {}, after_unknown: { id: true, monitor: true } }])),
        ...Object.fromEntries(
          balancers.map((one) => [
            one,
            { after: { name: "www.example.com", proxied: true, zone_id: "1" }, after_unknown: { default_pools: true } },
          ]),
        ),
      },
      root: {
        resources: [
          configured(address),
          ...pools.map((one) => configured(one, { monitor: refersTo(`${address}.id`) })),
          ...balancers.map((one) => configured(one, { default_pools: refersTo(...pools.map((id) => `${id}.id`)) })),
        ],
      },
    });
    const endpoints = endpointsOf(made);
    expect(endpoints.has(address)).toBe(false);
    for (const one of balancers) expect(at(endpoints, one).upstreams.map((upstream) => upstream.name)).toEqual([name]);
  });

  test("not of a monitor that is looked up", () => {
    const made = plan({
      changes: {
        [`data.${address}`]: { after: { id: "monitor-1", type: "http" } },
        [pool]: { after: { id: "pool-1", monitor: "monitor-1" } },
        [balancer]: { after: { name: "www.example.com", proxied: true, zone_id: "1", default_pools: ["pool-1"] } },
      },
    });
    expect(at(endpointsOf(made), balancer).upstreams).toEqual([]);
  });
});

test("in real plans", () => {
  const said5 = (name: string, owner: string) =>
    at(endpointsOf(name), owner).upstreams.map((upstream) => [upstream.name, said(upstream.certificate)]);
  expect(said5("cloudflare5-bad-weak", "cloudflare_load_balancer_monitor.http")).toEqual([
    ["an origin that cloudflare_load_balancer_monitor.http probes", "not verified"],
  ]);
  expect(said5("cloudflare5-good", "cloudflare_load_balancer.www")).toContainEqual([
    "an origin that cloudflare_load_balancer_monitor.https probes",
    "verified",
  ]);
});

describe("random monitors never throw, and none passes but by the table", () => {
  fuzz({
    resources: { [address]: { type: "text", allow_insecure: "flag", follow_redirects: "flag" } },
    words: ["http", "https", "HTTPS", "tcp", "icmp_ping", "http2", "toString"],
    passing: {
      "origin-https-only": (value, path) =>
        path === "type" ? /^https$/i.test(String(value)) : value === false || value === null,
    },
  });
});

// Load balancers → endpoints: their names, their zone's settings, certificates that cover them, pools behind them.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, settings, zonePlan } from "../../support/cloudflare.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "cloudflare_load_balancer.made";

const balancer = (values: JsonObject, options: Parameters<typeof zonePlan>[1] = {}, others = {}) =>
  endpointAt(zonePlan({ [address]: { name: "www", proxied: true, ...values }, ...others }, options), address);

test("one that is not proxied is no endpoint", () => {
  expect(balancer({ proxied: false })).toBeUndefined();
  expect(balancer({ proxied: null })).toBeUndefined();
  expect(balancer({ proxied: null }, { late: { [address]: { proxied: true } } })).toBeDefined();
});

test("has the settings of its zone", () => {
  const others = settings({ min_tls_version: "1.2", always_use_https: "on" });
  const endpoint = balancer({}, { zone: "created" }, others);
  expect(endpoint && saidOf(endpoint)).toMatchObject({ minimumTls: "TLS 1.2", plainHttp: "redirected", maxAge: 0 });
  expect(endpoint?.names.map(said)).toEqual(["www.example.com"]);
});

describe("its certificate", () => {
  const pack = { "cloudflare_certificate_pack.pack": { hosts: ["*.example.com"], validation_method: "http" } };

  test("is one that was ordered", () => {
    const endpoint = balancer({}, { zone: "created" }, pack);
    expect(said(endpoint?.certificate)).toBe("own");
    expect(endpoint?.certificates.flatMap(({ certificate }) => certificate.names.map(said))).toEqual(["*.example.com"]);
  });

  test("is neither of Universal SSL nor of Total TLS", () => {
    const total = { "cloudflare_total_tls.site": { enabled: true } };
    const open = "? Universal SSL does not cover load balancers by default, and no other certificate is in this plan";
    expect(said(balancer({}, { zone: "created" })?.certificate)).toBe(open);
    expect(said(balancer({}, { zone: "created" }, total)?.certificate)).toBe(open);
  });

  test("may be ordered elsewhere for a zone that exists", () => expect(balancer({})?.certificate).toBeUndefined());
});

describe("its pools", () => {
  const names = (pools: JsonObject) => {
    const others = {
      ...settings({ ssl: "strict", always_use_https: "on" }),
      "cloudflare_load_balancer_pool.one": { id: "pool-1", origins: [{ address: "203.0.113.1" }] },
      "cloudflare_load_balancer_pool.two": { id: "pool-2", origins: [{ address: "203.0.113.2" }] },
    };
    const endpoint = balancer(pools, {}, others);
    return endpoint?.upstreams.map(({ name, protocol }) => `${name}: ${said(protocol)}`);
  };

  test("by id, in the words of both providers, each once", () => {
    const [one, two] = ["cloudflare_load_balancer_pool.one: viewer", "cloudflare_load_balancer_pool.two: viewer"];
    expect(names({ default_pools: ["pool-1"], fallback_pool: "pool-2" })).toEqual([one, two]);
    expect(names({ default_pool_ids: ["pool-2", "pool-1"], fallback_pool_id: "pool-1" })).toEqual([two, one]);
    expect(names({ default_pools: ["pool-9"] })).toEqual([]);
  });

  test("by reference, with what stands behind the one origin of a pool", () => {
    const pool = "cloudflare_load_balancer_pool.one";
    const origin = { address: refersTo("aws_lb.app.dns_name") };
    // Of a set, an origin that is written twice is one.
    for (const origins of [[origin], [origin, origin]]) {
      const made = plan({
        changes: {
          "aws_lb.app": { after: {}, after_unknown: { dns_name: true } },
          [pool]: { after: { origins: [{ name: "app" }] }, after_unknown: { id: true, origins: [{ address: true }] } },
          [address]: { after: { name: "www", proxied: true, zone_id: "1" }, after_unknown: { default_pools: true } },
          "cloudflare_zone_setting.ssl": { after: { zone_id: "1", setting_id: "ssl", value: "full" } },
        },
        root: {
          resources: [
            configured("aws_lb.app"),
            configured(pool, { origins }),
            configured(address, { default_pools: refersTo(`${pool}.id`) }),
            configured("cloudflare_zone_setting.ssl"),
          ],
        },
      });
      const [upstream, ...others] = at(endpointsOf(made), address).upstreams;
      expect([upstream?.name, upstream?.endpoint, said(upstream?.certificate), others]).toEqual([
        "aws_lb.app",
        "aws_lb.app",
        "not verified",
        [],
      ]);
    }
  });
});

// DigitalOcean's global load balancers: domains, redirect and what they forward to; on plans made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "digitalocean_loadbalancer.made";

const settings = { target_protocol: "https", target_port: 443 };
const domain = { name: "www.a.test", certificate_name: "le" };

const made = (after: JsonObject, changes = {}, written = {}) =>
  at(
    endpointsOf(
      plan({
        changes: {
          [address]: { after: { type: "GLOBAL", glb_settings: [settings], domains: [domain], ...after } },
          ...changes,
        },
        root: { resources: [configured(address, { glb_settings: [{}], domains: [{}, {}], ...written })] },
      }),
    ),
    address,
  );

describe("which is one", () => {
  test.each([
    [{ type: "GLOBAL" }, true],
    [{ type: "global" }, true],
    [{ type: null, glb_settings: [settings] }, true],
    [{ type: "REGIONAL", glb_settings: [settings] }, false],
    [{ type: null, glb_settings: null }, false],
  ])("%j: %s", (after, isGlobal) => {
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http" };
    const endpoint = made({ forwarding_rule: [rule], ...after } as never);
    expect(endpoint.kind).toBe(isGlobal ? "DigitalOcean global load balancer" : "DigitalOcean load balancer");
  });
});

describe("a domain", () => {
  test("with a certificate", () => {
    const le = { after: { name: "le", type: "lets_encrypt", domains: ["www.a.test"] } };
    const { names, certificate, certificates, minimumTls, forwardSecrecy } = made(
      {},
      { "digitalocean_certificate.le": le },
    );
    expect([names.map(said), said(certificate)]).toEqual([["www.a.test"], "own"]);
    expect(only(certificates).certificate.address).toBe("digitalocean_certificate.le");
    expect([said(minimumTls), said(forwardSecrecy)]).toEqual([
      "TLS 1.2",
      expect.stringMatching(/^\? DigitalOcean publishes/),
    ]);
  });

  test.each([
    [{ is_managed: true }, "own"],
    [{ is_managed: false }, "missing"],
    [{}, "missing"],
    [{ is_managed: "yes" }, '? "yes" is not a value that tlsgate recognises'],
    [{ is_managed: false, certificate_name: "elsewhere" }, "own"],
  ])("%j: %s", (values, expected) => {
    expect(said(made({ domains: [{ name: "a.test", ...values }] }).certificate)).toBe(expected);
  });

  test("one without a certificate is enough to fail, and none is nothing", () => {
    expect(said(made({ domains: [domain, { name: "b.test" }] }).certificate)).toBe("missing");
    expect(said(made({ domains: [{ name: "b.test", is_managed: true }, domain] }).certificate)).toBe("own");
    expect(made({ domains: null }).certificate).toBeUndefined();
  });
});

test("domains that nobody has written, and the provider fills in", () => {
  const changes = { [address]: { after: { type: "GLOBAL" }, after_unknown: { domains: true } } };
  const { names, certificate } = at(
    endpointsOf(plan({ changes, root: { resources: [configured(address)] } })),
    address,
  );
  expect([names, certificate]).toEqual([[], undefined]);
});

describe("plain HTTP", () => {
  const untold = "? DigitalOcean does not say what plain HTTP gets where redirect_http_to_https is off";
  test.each([
    [true, "redirected"],
    [false, untold],
    [null, untold],
    ["true", '? "true" is not a value that tlsgate recognises'],
  ])("redirect_http_to_https %j: %s", (redirect_http_to_https, expected) => {
    const { plainHttp } = only(made({ redirect_http_to_https } as never).routes);
    expect(said(plainHttp)).toBe(expected);
    expect(plainHttp?.remedy).toEqual({ address, attribute: "redirect_http_to_https", value: true });
  });
});

describe("the hop", () => {
  test.each(["http", "https"])("in %s", (target_protocol) => {
    const { name, protocol, minimumTls } = only(made({ glb_settings: [{ target_protocol }] }).upstreams);
    expect([name, said(protocol), said(minimumTls)]).toEqual([
      "the backends",
      target_protocol,
      target_protocol === "https" ? "TLS 1.2" : undefined,
    ]);
  });

  test("to a regional load balancer of this plan", () => {
    const regional = "digitalocean_loadbalancer.regional";
    const plans = plan({
      changes: {
        [address]: {
          after: { type: "GLOBAL", glb_settings: [settings], domains: [domain] },
          after_unknown: { target_load_balancer_ids: true },
        },
        [regional]: { after: { type: "REGIONAL" }, after_unknown: { id: true } },
      },
      root: {
        resources: [
          configured(address, { target_load_balancer_ids: refersTo(`${regional}.id`) }),
          configured(regional),
        ],
      },
    });
    const { name, endpoint, protocol } = only(at(endpointsOf(plans), address).upstreams);
    expect([name, endpoint, said(protocol)]).toEqual([regional, regional, "https"]);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        type: "text",
        redirect_http_to_https: "flag",
        domains: [{ name: "text", is_managed: "flag", certificate_name: "text" }],
        glb_settings: [{ target_protocol: "text" }],
      },
    },
    words: ["GLOBAL", "GLOBAL", "global", "http", "https", "HTTPS", "a.test", "", "constructor"],
    passing: {
      "ats-connection": () => true,
      "https-only": among(true),
      "minimum-tls-1-2": () => true,
      "certificate-present": Boolean,
      "origin-https-only": among("https"),
      "origin-minimum-tls-1-2": among("https"),
    },
  }));

// Services of type LoadBalancer → endpoints: on a real plan; what no provider plans is made by hand.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { predefinedPolicies } from "../../../src/providers/aws/classic-load-balancer-values.ts";
import { securityPolicies } from "../../../src/providers/aws/load-balancer-values.ts";
import { backendProtocols, balancerTypes } from "../../../src/providers/kubernetes/service-values.ts";
import { only } from "../../support/distribution.ts";
import { findings } from "../../support/plans.ts";
import { said, saidBy } from "../../support/said.ts";
import { endpointsAt, fuzzObjects, manifest, plainHttp, some, tls, typed, word } from "./made-objects.ts";

const address = "kubernetes_service_v1.made";
const annotation = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

const http = { name: "http", port: 80, target_port: "8080" };
const https = { name: "https", port: 443, target_port: "8443" };

const named = <T>(annotations: { readonly [name: string]: T }): { readonly [name: string]: T } =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [annotation(name), value]));

const endpoints = (annotations: JsonObject, ports: JsonObject[] = [http, https], type = "LoadBalancer") =>
  endpointsAt({ [address]: typed(named(annotations), { type, port: ports }) }, address);

const routes = (made: readonly Endpoint[]) => Object.assign({}, ...made.map(plainHttp));

const behind = "? what answers behind it redirects plain HTTP or not, outside the plan";

test("of a real plan: port 80 alone", () => {
  const own = findings("kubernetes-bad").filter((one) => one.address === "kubernetes_service_v1.lb");
  expect(own.map(({ policy, outcome, at }) => [policy, outcome, at])).toEqual([
    ["ats-connection", "fail", "spec[0].port"],
    ["https-only", "fail", "spec[0].port[0].port"],
  ]);
});

describe("what is passed on", () => {
  test.each<[string, JsonObject[], unknown]>([
    ["plain HTTP alone is served", [http], { "port 80": "served" }],
    ["beside HTTPS it may be redirected", [http, https], { "port 80": behind }],
    ["HTTPS alone says nothing", [https], {}],
    ["other ports say nothing", [{ name: "postgres", port: 5432 }], {}],
    ["a name tells too", [{ name: "http-web", port: 3000 }], { "port 3000": "served" }],
    ["and so does a protocol", [{ app_protocol: "http", port: 3000 }], { "port 3000": "served" }],
    ["HTTPS on a port of plain HTTP", [{ name: "https", port: 80 }], {}],
  ])("%s", (_, ports, expected) => expect(routes(endpoints({}, ports))).toEqual(expected));

  test("no load balancer, no endpoint", () => {
    expect(endpoints({}, [http], "ClusterIP")).toEqual([]);
    expect(endpointsAt({ [address]: { after: { metadata: [{}], spec: [{ port: [http] }] } } }, address)).toEqual([]);
  });

  test("a manifest says the same in the API's own words", () => {
    const own = "kubernetes_manifest.made";
    const spec = { type: "LoadBalancer", ports: [{ appProtocol: "http", port: 3000 }] };
    expect(plainHttp(only(endpointsAt({ [own]: manifest("v1", "Service", spec) }, own)))).toEqual({
      "port 3000": "served",
    });
  });
});

describe("with a certificate of AWS", () => {
  const sound = { "ssl-cert": arn, "ssl-ports": "443", "backend-protocol": "http" };

  test("a classic load balancer that speaks HTTP does so on each port, whatever it is called", () => {
    const ports = [{ name: "web", port: 3000 }, https];
    expect(routes(endpoints({ "backend-protocol": "http" }, ports))).toEqual({
      "port 3000": "served",
      "port 443": "served",
    });
  });

  test("the named ports are encrypted, by number or by name; the others are not", () => {
    for (const ports of ["443", "https", "8443, https"]) {
      const [own, rest] = endpoints({ ...sound, "ssl-ports": ports });
      expect([own && plainHttp(own), rest && plainHttp(rest)]).toEqual([
        { "port 443": "refused" },
        { "port 80": "served" },
      ]);
    }
  });

  test("all ports where none is named; which ones * means is open", () => {
    expect(routes(endpoints({ ...sound, "ssl-ports": null }))).toEqual({ "port 80": "refused", "port 443": "refused" });
    const star = '? "*" is not a value that tlsgate recognises';
    expect(routes(endpoints({ ...sound, "ssl-ports": "*" }))).toEqual({ "port 80": star, "port 443": star });
  });

  test.each(Object.entries(balancerTypes))(
    "%s: a network load balancer passes on what it does not decrypt",
    (type, kind) => {
      expect(kind).toBe("network");
      expect(routes(endpoints({ ...sound, type }))).toEqual({ "port 443": "refused", "port 80": behind });
    },
  );

  test.each(Object.entries(backendProtocols))("backends by %s", (name, { listener, plain, backend }) => {
    const [own] = endpoints({ ...sound, "backend-protocol": name });
    expect(said(only(own?.upstreams ?? []).protocol)).toBe(backend);
    // The header can be sent where HTTP is spoken, not by TLS alone.
    expect(own?.routes[0]?.hsts !== undefined).toBe(listener === "https");
    expect(routes(endpoints({ ...sound, "backend-protocol": name }))["port 80"]).toBe(
      plain === "http" ? "served" : behind,
    );
  });

  test("TCP by default, and what is to be set", () => {
    const [own] = endpoints({ ...sound, "backend-protocol": null });
    const { protocol } = only(own?.upstreams ?? []);
    expect([said(protocol), protocol.remedy?.value, own?.routes[0]?.hsts]).toEqual(["http", "ssl", undefined]);
  });

  test("the application's headers are unknown", () => {
    const [own] = endpoints(sound);
    expect(said(own?.routes[0]?.hsts?.maxAge)).toMatch(/^\? the application sends/);
  });

  test("its certificates", () => {
    const [own] = endpoints({ ...sound, "ssl-cert": `${arn},${arn}` });
    expect([said(own?.certificate), own?.certificates.length]).toEqual(["own", 2]);
    const changes = {
      [address]: {
        ...typed(named(sound), { type: "LoadBalancer", port: [https] }),
        after_unknown: { metadata: [{ annotations: named({ "ssl-cert": true }) }] },
      },
    };
    expect(said(endpointsAt(changes, address)[0]?.certificate)).toMatch(/^\? known after apply/);
  });

  const security = (policy: string | null, type: string | null = null) => {
    const [own] = endpoints({ ...sound, type, "ssl-negotiation-policy": policy });
    return own && tls(own);
  };

  test.each(Object.entries(securityPolicies))("%s", (name, one) => {
    expect(security(name)).toEqual(saidBy(one));
  });

  test.each(Object.entries(predefinedPolicies))("of classic load balancers: %s", (name, version) => {
    expect(security(name)).toEqual([version, false, false]);
  });

  test("by default, and what is to be set", () => {
    expect(security(null)).toEqual(["TLS 1.0", false, false]);
    const remedy = (type: string | null) => endpoints({ ...sound, type })[0]?.minimumTls?.remedy?.value;
    expect([remedy(null), remedy("nlb")]).toEqual([
      "ELBSecurityPolicy-TLS-1-2-2017-01",
      "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    ]);
  });
});

test.each(["azure-load-balancer-internal", "azure-load-balancer-resource-group"])("%s changes nothing", (name) => {
  const annotations = {
    [`service.beta.kubernetes.io/${name}`]: "true",
    "cloud.google.com/load-balancer-type": "Internal",
  };
  const made = endpointsAt({ [address]: typed(annotations, { type: "LoadBalancer", port: [http] }) }, address);
  expect(routes(made)).toEqual({ "port 80": "served" });
});

test("annotations of another cloud may decide", () => {
  const name = "service.beta.kubernetes.io/do-loadbalancer-redirect-http-to-https";
  const made = endpointsAt({ [address]: typed({ [name]: "true" }, { type: "LoadBalancer", port: [http] }) }, address);
  expect(routes(made)).toEqual({ "port 80": `? ${name} is for a load balancer that tlsgate does not know` });
});

describe("values at random", () => {
  fuzzObjects({
    make: (source) => ({
      [address]: {
        metadata: [
          {
            annotations: some(source, {
              [annotation("ssl-cert")]: () => word(source, arn),
              [annotation("ssl-ports")]: () => word(source, "443", "https"),
              [annotation("backend-protocol")]: () => word(source, "http", "https", "ssl", "tcp"),
              [annotation("type")]: () => word(source, "nlb", "external"),
              [annotation("ssl-negotiation-policy")]: () =>
                word(source, "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-2016-08"),
            }),
          },
        ],
        spec: [
          {
            type: source.chance(0.9) ? "LoadBalancer" : word(source),
            port: source.chance(0.8) ? [http, https] : [http],
          },
        ],
      },
    }),
    passing: {
      // Beside the port of HTTPS, another may speak plain HTTP.
      "ats-connection": (value) => !value || Array.isArray(value) || /^ELBSecurityPolicy-/.test(String(value)),
      "https-only": (value) => value === arn || (typeof value === "string" && value !== ""),
      "certificate-present": (value) => typeof value === "string" && value !== "",
      "minimum-tls-1-2": (value) => value === "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      "forward-secrecy": (value) => value === "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      "strong-ciphers": (value) => value === "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      "private-hop-https": (value) => value === "https" || value === "ssl",
    },
  });
});

// Istio's objects → endpoints of viewers and hops within the mesh: made by hand, by Istio's own reference.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import {
  clientModes,
  minimumVersions,
  peerModes,
  serverModes,
  serverProtocols,
} from "../../../src/providers/kubernetes/istio-values.ts";
import { only } from "../../support/distribution.ts";
import { said } from "../../support/said.ts";
import {
  type Changes,
  certificateNames,
  endpointsAt,
  fuzzObjects,
  hsts,
  manifest,
  plainHttp,
  some,
  tls,
  word,
} from "./made-objects.ts";

const address = "kubernetes_manifest.made";
const networking = "networking.istio.io/v1";

const http: JsonObject = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] };
const https: JsonObject = {
  port: { number: 443, name: "https", protocol: "HTTPS" },
  hosts: ["web/shop.example.com", "*"],
  tls: { mode: "SIMPLE", credentialName: "shop-tls" },
};

const gateway = (servers: JsonObject[], others: Changes = {}): readonly Endpoint[] =>
  endpointsAt({ ...others, [address]: manifest(networking, "Gateway", { servers }) }, address);

const service = (routes: JsonObject[], gateways: string[] = ["made"]): Changes => ({
  "kubernetes_manifest.service": manifest(networking, "VirtualService", {
    hosts: ["shop.example.com"],
    gateways,
    http: routes,
  }),
});

const secured = (settings: JsonObject) =>
  only(gateway([{ ...https, tls: { ...(https.tls as JsonObject), ...settings } }]));

describe("a server", () => {
  test.each(Object.entries(serverProtocols))("speaks %s", (protocol, expected) => {
    const made = gateway([{ ...https, port: { number: 1, protocol } }]);
    if (expected === "other") return expect(made).toEqual([]);
    const { minimumTls, routes } = only(made);
    expect([minimumTls !== undefined, only(routes).hsts !== undefined]).toEqual([
      expected !== "http",
      expected === "https",
    ]);
    return expect(plainHttp(only(made))).toEqual({ "port 1": expected === "http" ? "served" : "refused" });
  });

  test("of a protocol that is not recognised", () => {
    const { minimumTls, certificate } = only(gateway([{ ...https, port: { protocol: "QUIC" } }]));
    expect([minimumTls, certificate].map(said)).toEqual(
      Array(2).fill('? "QUIC" is not a value that tlsgate recognises'),
    );
  });

  test.each(Object.entries(serverModes))("%s", (mode, where) => {
    const { certificate, minimumTls } = secured({ mode });
    const expected = {
      here: ["own", "TLS 1.2"],
      mesh: [undefined, undefined],
      behind: Array(2).fill("? TLS is passed on to what answers behind it"),
    };
    expect([certificate, minimumTls].map(said)).toEqual(expected[where]);
  });

  test.each(Object.entries(minimumVersions))("%s", (minProtocolVersion, version) => {
    expect(tls(secured({ minProtocolVersion }))).toEqual([version, true, true]);
  });

  test("Istio's defaults, and what is to be set", () => {
    const shop = secured({});
    expect([tls(shop), shop.minimumTls?.remedy?.value]).toEqual([["TLS 1.2", true, true], "TLSV1_2"]);
    expect(tls(secured({ minProtocolVersion: "TLSV1_9" }))[0]).toMatch(/is not a value that tlsgate recognises/);
  });

  test.each<[string[], unknown]>([
    [["ECDHE-RSA-AES128-GCM-SHA256"], [true, true]],
    [
      ["ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA"],
      [false, false],
    ],
    [["ECDHE-RSA-AES128-SHA"], [true, false]],
    [["HIGH"], Array(2).fill('? ["HIGH"] is not a value that tlsgate recognises')],
  ])("%j", (cipherSuites, expected) => expect(tls(secured({ cipherSuites })).slice(1)).toEqual(expected));

  test("its names, without the namespace and the one that stands for all", () => {
    expect(secured({}).names.map(said)).toEqual(["shop.example.com"]);
  });

  test("its certificates", () => {
    expect(certificateNames(secured({}))).toEqual([["? the certificate is in a Secret that this plan does not hold"]]);
    const none = secured({ credentialName: null });
    expect([said(none.certificate), none.certificate?.place.at]).toEqual([
      "missing",
      "manifest.spec.servers[0].tls.credentialName",
    ]);
    expect(certificateNames(secured({ credentialName: null, credentialNames: ["a", "b"] }))).toHaveLength(2);
    expect(certificateNames(secured({ credentialName: null, serverCertificate: "/etc/tls.crt" }))).toEqual([
      ["? the certificate is a file of the gateway"],
    ]);
  });
});

describe("plain HTTP", () => {
  const treatment = (settings: JsonObject | null, others: Changes = {}) =>
    plainHttp(only(gateway([{ ...http, tls: settings }], others)))["port 80"];
  const redirect = { redirect: { scheme: "https" } };

  test.each<[string, JsonObject | null, Changes, unknown]>([
    ["served by default", null, {}, "served"],
    ["redirected by the server", { httpsRedirect: true }, {}, "redirected"],
    ["not by one that is switched off", { httpsRedirect: false }, {}, "served"],
    ["redirected by each route", null, service([redirect, redirect]), "redirected"],
    ["not by one of two", null, service([redirect, {}]), "served"],
    ["nor to another address", null, service([{ redirect: { uri: "/" } }]), "served"],
    ["by routes of the Gateway's full name", null, service([redirect], ["web/made"]), "redirected"],
    ["not by those of another", null, service([redirect], ["made-too"]), "served"],
    ["not recognised", { httpsRedirect: "yes" }, {}, '? "yes" is not a value that tlsgate recognises'],
  ])("%s", (_, settings, others, expected) => expect(treatment(settings, others)).toBe(expected));

  test("what is to be set, and where", () => {
    const at = "manifest.spec.servers[0].tls.httpsRedirect";
    expect(only(only(gateway([http])).routes).plainHttp).toMatchObject({
      place: { address, at },
      remedy: { attribute: at, value: true },
    });
  });
});

describe("HSTS", () => {
  const header = (value: string, operation = "set", name = "Strict-Transport-Security") => ({
    headers: { response: { [operation]: { [name]: value } } },
  });
  const sent = (...routes: JsonObject[]) => hsts(only(gateway([https], service(routes))));

  test("set or added by a route; the weakest counts", () => {
    expect(sent(header("max-age=31536000; includeSubDomains; preload"))).toEqual([31_536_000, true, true]);
    expect(sent(header("max-age=60", "add", "strict-transport-security"))[0]).toBe(60);
    expect(sent(header("max-age=31536000"), header("max-age=60"))[0]).toBe(60);
  });

  test("removed by a route, but for what it sets itself", () => {
    const removed = { headers: { response: { remove: ["x-powered-by", "Strict-Transport-Security"] } } };
    expect(sent(removed)).toEqual([0, false, false]);
    expect(sent({}, removed)[0]).toBe(0);
    const { response } = header("max-age=31536000").headers;
    expect(sent({ headers: { response: { ...removed.headers.response, ...response } } })[0]).toBe(31_536_000);
    expect(sent({ headers: { response: { remove: ["x-powered-by"] } } })[0]).toMatch(/^\? what answers behind it/);
  });

  test("not told by other headers, other routes, or none", () => {
    for (const made of [sent(header("1", "set", "X-Header")), sent(header("max-age=31536000"), {}), sent()]) {
      expect(made[0]).toMatch(/^\? what answers behind it/);
    }
  });
});

describe("a DestinationRule", () => {
  const destination = (trafficPolicy: JsonObject) =>
    endpointsAt(
      { [address]: manifest(networking, "DestinationRule", { host: "shop.web.svc.cluster.local", trafficPolicy }) },
      address,
    );

  test.each(Object.entries(clientModes))("%s", (mode, expected) => {
    const upstream = only(only(destination({ tls: { mode } })).upstreams);
    expect([upstream.name, said(upstream.protocol), upstream.certificate]).toEqual([
      "shop.web.svc.cluster.local",
      expected,
      undefined,
    ]);
  });

  test("each port of its own", () => {
    const { upstreams } = only(
      destination({
        tls: { mode: "ISTIO_MUTUAL" },
        portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }],
      }),
    );
    expect(upstreams.map(({ protocol }) => [said(protocol), protocol.place.at])).toEqual([
      ["https", "manifest.spec.trafficPolicy.tls.mode"],
      ["http", "manifest.spec.trafficPolicy.portLevelSettings[0].tls.mode"],
    ]);
  });

  test("whether certificates are verified, where it says so", () => {
    const check = (insecureSkipVerify: boolean) =>
      said(only(only(destination({ tls: { mode: "SIMPLE", insecureSkipVerify } })).upstreams).certificate);
    expect([check(true), check(false)]).toEqual(["not verified", "verified"]);
  });

  test("without TLS settings the mesh decides", () =>
    expect(destination({ loadBalancer: { simple: "RANDOM" } })).toEqual([]));
});

test("a VirtualService of another namespace has a Gateway of its own by that name", () => {
  const elsewhere = (gateways: string[]): Changes => ({
    "kubernetes_manifest.service": manifest(
      networking,
      "VirtualService",
      { gateways, http: [{ redirect: { scheme: "https" } }] },
      { namespace: "other" },
    ),
  });
  expect(plainHttp(only(gateway([http], elsewhere(["made"]))))).toEqual({ "port 80": "served" });
  expect(plainHttp(only(gateway([http], elsewhere(["web/made"]))))).toEqual({ "port 80": "redirected" });
});

test("a DestinationRule is judged subset by subset too", () => {
  const spec = {
    host: "shop",
    trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
    subsets: [{ name: "v1" }, { name: "v2", trafficPolicy: { portLevelSettings: [{ tls: { mode: "DISABLE" } }] } }],
  };
  const { upstreams } = only(endpointsAt({ [address]: manifest(networking, "DestinationRule", spec) }, address));
  expect(upstreams.map(({ protocol }) => [said(protocol), protocol.place.at])).toEqual([
    ["https", "manifest.spec.trafficPolicy.tls.mode"],
    ["http", "manifest.spec.subsets[1].trafficPolicy.portLevelSettings[0].tls.mode"],
  ]);
});

describe("a PeerAuthentication", () => {
  const peers = (spec: JsonObject) =>
    plainHttp(only(endpointsAt({ [address]: manifest("security.istio.io/v1", "PeerAuthentication", spec) }, address)));

  test.each(Object.entries(peerModes))("%s", (mode, expected) => {
    expect(peers({ mtls: { mode } })).toEqual({ "*": expected });
    expect(peers({ mtls: { mode: "STRICT" }, portLevelMtls: { 8080: { mode } } })).toEqual({
      "*": "refused",
      "port 8080": expected,
    });
  });

  test("without a mode, or with none", () => {
    expect(peers({})["*"]).toMatch(/^\? no mode is set/);
    expect(peers({ mtls: { mode: "UNSET" } })["*"]).toMatch(/^\? no mode is set/);
    expect(peers({ mtls: { mode: "LATER" } })["*"]).toMatch(/is not a value that tlsgate recognises/);
  });
});

describe("values at random", () => {
  const object = (apiVersion: string, kind: string, spec: JsonObject) => ({
    manifest: { apiVersion, kind, metadata: { name: "made" }, spec },
  });
  fuzzObjects({
    make: (source) => ({
      [address]: object(networking, "Gateway", {
        servers: [
          {
            port: { number: 443, protocol: word(source, "HTTP", "HTTPS", "TLS") },
            hosts: [word(source, "a.test")],
            tls: some(source, {
              mode: () => word(source, "SIMPLE", "MUTUAL"),
              httpsRedirect: () => source.chance(0.5),
              credentialName: () => word(source, "tls"),
              minProtocolVersion: () => word(source, "TLSV1_2", "TLSV1_0"),
              cipherSuites: () => [word(source, "ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA")],
            }),
          },
        ],
      }),
      "kubernetes_manifest.service": object(networking, "VirtualService", {
        gateways: ["made"],
        http: [
          some(source, {
            redirect: () => ({ scheme: word(source, "https") }),
            headers: () => ({ response: { set: { "Strict-Transport-Security": word(source, "max-age=31536000") } } }),
          }),
        ],
      }),
      "kubernetes_manifest.rule": object(networking, "DestinationRule", {
        host: "a",
        trafficPolicy: { tls: { mode: word(source, "SIMPLE", "DISABLE") } },
      }),
      "kubernetes_manifest.peers": object("security.istio.io/v1", "PeerAuthentication", {
        mtls: { mode: word(source, "STRICT", "PERMISSIVE") },
      }),
    }),
    passing: {
      "ats-connection": (value) => !value || ["TLSV1_2", "ECDHE-RSA-AES128-GCM-SHA256"].includes(String(value)),
      "https-only": (value) => value === true || ["https", "HTTPS", "TLS", "STRICT"].includes(String(value)),
      "certificate-present": (value) => typeof value === "string" && value !== "",
      "minimum-tls-1-2": (value) => !value || value === "TLSV1_2",
      "forward-secrecy": (value) => !value || String(value) === "ECDHE-RSA-AES128-GCM-SHA256",
      "strong-ciphers": (value) => !value || String(value) === "ECDHE-RSA-AES128-GCM-SHA256",
      "hsts-enabled": (value) => value === "max-age=31536000",
      "private-hop-https": (value) => value === "SIMPLE",
      // Of a host that is not shown.
      "origin-https-only": (value) => value === "SIMPLE",
    },
  });
});

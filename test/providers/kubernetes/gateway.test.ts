// Gateways of the Gateway API with their HTTPRoutes → endpoints: made by hand, by the API's own documents.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { listenerProtocols, redirectSchemes, tlsModes } from "../../../src/providers/kubernetes/gateway-values.ts";
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
  tls,
  word,
} from "./made-objects.ts";

const address = "kubernetes_manifest.made";
const version = "gateway.networking.k8s.io/v1";

const http: JsonObject = { name: "http", port: 80, protocol: "HTTP" };
const https: JsonObject = {
  name: "https",
  port: 443,
  protocol: "HTTPS",
  hostname: "shop.example.com",
  tls: { certificateRefs: [{ name: "shop-tls" }] },
};

const gateway = (listeners: JsonObject[], others: Changes = {}, metadata: JsonObject = {}): readonly Endpoint[] =>
  endpointsAt({ ...others, [address]: manifest(version, "Gateway", { listeners }, metadata) }, address);

const route = (rules: JsonObject[], parent: JsonObject = {}, metadata: JsonObject = {}) => ({
  "kubernetes_manifest.route": manifest(
    version,
    "HTTPRoute",
    { parentRefs: [{ name: "made", ...parent }], rules },
    { name: "route", ...metadata },
  ),
});

const redirect = (requestRedirect: JsonObject) => ({ filters: [{ type: "RequestRedirect", requestRedirect }] });

test("a GRPCRoute serves plain HTTP beside an HTTPRoute that redirects it", () => {
  const listener = { name: "http", port: 80, protocol: "HTTP" };
  const redirecting = route([redirect({ scheme: "https" })]);
  const grpc = {
    "kubernetes_manifest.grpc": manifest(version, "GRPCRoute", { parentRefs: [{ name: "made" }], rules: [{}] }),
  };
  expect(plainHttp(only(gateway([listener], redirecting)))).toEqual({ "listener http": "redirected" });
  expect(plainHttp(only(gateway([listener], { ...redirecting, ...grpc })))).toEqual({ "listener http": "served" });
});

describe("a listener's protocol", () => {
  test.each(Object.entries(listenerProtocols))("%s", (protocol, expected) => {
    const made = gateway([{ ...https, protocol }]);
    if (expected === "other") return expect(made).toEqual([]);
    const { minimumTls, routes } = only(made);
    expect([minimumTls !== undefined, only(routes).hsts !== undefined]).toEqual([
      expected !== "http",
      expected === "https",
    ]);
    return expect(said(only(routes).plainHttp)).toBe(
      expected === "http" ? "? no HTTPRoute of this plan is attached to it" : "refused",
    );
  });

  test("that is not recognised", () => {
    const { minimumTls, certificate, routes } = only(gateway([{ ...https, protocol: "example.com/quic" }]));
    const open = '? "example.com/quic" is not a value that tlsgate recognises';
    expect([minimumTls, certificate, only(routes).plainHttp].map(said)).toEqual([open, open, open]);
  });

  test("each listener is an endpoint of its own, and its class decides what it negotiates", () => {
    const [first, second] = gateway([http, https]);
    expect([first?.names, second?.names.map(said), second && tls(second)]).toEqual([
      [],
      ["shop.example.com"],
      Array(3).fill("? the Gateway's class decides"),
    ]);
    expect(second?.routes[0]?.path).toBe("listener https");
  });
});

describe("plain HTTP", () => {
  const treatment = (...how: Parameters<typeof route>) =>
    plainHttp(only(gateway([http], route(...how))))["listener http"];

  test.each(Object.entries(redirectSchemes))("a redirect to %s", (scheme, expected) => {
    expect(treatment([redirect({ scheme, statusCode: 301 })])).toBe(expected);
  });

  test.each<[string, JsonObject[], unknown]>([
    ["no redirect", [{ backendRefs: [{ name: "shop", port: 80 }] }], "served"],
    ["a redirect that keeps the scheme", [redirect({ hostname: "www.example.com" })], "served"],
    ["another filter", [{ filters: [{ type: "URLRewrite" }] }], "served"],
    ["one rule of two", [redirect({ scheme: "https" }), {}], "served"],
    ["not recognised", [redirect({ scheme: "HTTPS" })], '? "HTTPS" is not a value that tlsgate recognises'],
  ])("%s", (_, rules, expected) => expect(treatment(rules)).toBe(expected));

  const sound = [redirect({ scheme: "https" })];
  const none = "? no HTTPRoute of this plan is attached to it";

  test.each<[string, JsonObject, JsonObject, unknown]>([
    ["its Gateway alone", {}, {}, "redirected"],
    ["the listener too", { sectionName: "http" }, {}, "redirected"],
    ["another listener", { sectionName: "https" }, {}, none],
    ["its port", { port: 80 }, {}, "redirected"],
    ["another port", { port: 443 }, {}, none],
    ["another Gateway", { name: "other" }, {}, none],
    ["the Gateway's namespace", { namespace: "web" }, { namespace: "shop" }, "redirected"],
    ["no namespace, from another", {}, { namespace: "shop" }, none],
  ])("a route that names %s", (_, parent, metadata, expected) =>
    expect(treatment(sound, parent, metadata)).toBe(expected),
  );

  test("what is to be set, and where", () => {
    const { routes } = only(gateway([http], route([redirect({})])));
    const at = "manifest.spec.rules[0].filters[0].requestRedirect.scheme";
    expect(only(routes).plainHttp).toMatchObject({
      place: { address: "kubernetes_manifest.route", at },
      remedy: { attribute: at, value: "https" },
    });
  });
});

describe("HSTS", () => {
  const header = (value: string, name = "Strict-Transport-Security", operation = "set") => ({
    filters: [{ type: "ResponseHeaderModifier", responseHeaderModifier: { [operation]: [{ name, value }] } }],
  });
  const sent = (...rules: JsonObject[]) => hsts(only(gateway([https], route(rules))));

  test("set or added by a rule, in small letters or not", () => {
    const value = "max-age=31536000; includeSubDomains; preload";
    expect(sent(header(value))).toEqual([31_536_000, true, true]);
    expect(sent(header(value, "strict-transport-security", "add"))).toEqual([31_536_000, true, true]);
  });

  test("the weakest rule counts, and those that redirect do not", () => {
    expect(sent(header("max-age=31536000"), header("max-age=60"))[0]).toBe(60);
    expect(sent(header("max-age=31536000"), redirect({ hostname: "a.test" }))[0]).toBe(31_536_000);
    expect(sent(header("max-age=31536000"), {})[0]).toMatch(/^\? what answers behind it/);
  });

  test("removed by a rule, but for what it sets itself", () => {
    const removed = (more: object = {}) => ({
      filters: [
        {
          type: "ResponseHeaderModifier",
          responseHeaderModifier: { remove: ["x-powered-by", "STRICT-transport-security"], ...more },
        },
      ],
    });
    expect(sent(removed())).toEqual([0, false, false]);
    expect(sent({}, removed())[0]).toBe(0);
    expect(sent(removed({ set: [{ name: "Strict-Transport-Security", value: "max-age=31536000" }] }))[0]).toBe(
      31_536_000,
    );
    expect(sent(removed({ remove: ["x-powered-by"] }))[0]).toMatch(/^\? what answers behind it/);
  });

  test("another header, or no route", () => {
    expect(sent(header("max-age=60", "X-Frame-Options"))[0]).toMatch(/^\? what answers behind it/);
    expect(hsts(only(gateway([https])))[0]).toMatch(/^\? what answers behind it/);
  });
});

describe("TLS", () => {
  test.each(Object.entries(tlsModes))("%s", (mode, where) => {
    const { certificate } = only(gateway([{ ...https, tls: { ...(https.tls as JsonObject), mode } }]));
    expect(said(certificate)).toBe(where === "here" ? "own" : "? TLS is passed on to what answers behind it");
  });

  test("certificates: named, missing, or by options of the class", () => {
    const whose = (settings: JsonObject) => only(gateway([{ ...https, tls: settings }])).certificate;
    expect([said(whose({})), whose({})?.place.at]).toEqual([
      "missing",
      "manifest.spec.listeners[0].tls.certificateRefs",
    ]);
    expect(said(whose({ options: { "networking.gke.io/pre-shared-certs": "shop" } }))).toBe(
      "? tls.options may name a certificate",
    );
    expect(said(whose({ mode: "Later" }))).toBe('? "Later" is not a value that tlsgate recognises');
  });

  test("requested by cert-manager, or in the Secret", () => {
    const annotations = { "cert-manager.io/issuer": "ca" };
    expect(certificateNames(only(gateway([https], {}, { annotations })))).toEqual([["shop.example.com"]]);
    expect(certificateNames(only(gateway([https])))).toEqual([
      ["? the certificate is in a Secret that this plan does not hold"],
    ]);
  });
});

test("Istio's kind of the same name is another", () => {
  const changes = { [address]: manifest("example.com/v1", "Gateway", { listeners: [http] }) };
  expect(endpointsAt(changes, address)).toEqual([]);
});

describe("values at random", () => {
  fuzzObjects({
    make: (source) => ({
      [address]: {
        manifest: {
          apiVersion: version,
          kind: "Gateway",
          metadata: { name: "made" },
          spec: {
            listeners: [
              {
                name: "only",
                port: source.pick([80, 443]),
                protocol: word(source, "HTTP", "HTTPS", "TLS"),
                hostname: word(source, "a.test"),
                tls: source.chance(0.7)
                  ? {
                      mode: word(source, "Terminate", "Passthrough"),
                      certificateRefs: source.chance(0.7) ? [{ name: word(source, "tls") }] : [],
                    }
                  : null,
              },
            ],
          },
        },
      },
      "kubernetes_manifest.route": {
        manifest: {
          apiVersion: version,
          kind: "HTTPRoute",
          metadata: { name: "route" },
          spec: {
            parentRefs: [{ name: word(source, "made") }],
            rules: [
              source.chance(0.5)
                ? redirect({ scheme: word(source, "https", "http") })
                : {
                    filters: [
                      {
                        type: word(source, "ResponseHeaderModifier"),
                        responseHeaderModifier: {
                          set: [
                            {
                              name: word(source, "Strict-Transport-Security"),
                              value: word(source, "max-age=31536000"),
                            },
                          ],
                        },
                      },
                    ],
                  },
            ],
          },
        },
      },
    }),
    passing: {
      "https-only": (value) => ["https", "HTTPS", "TLS"].includes(String(value)),
      "certificate-present": (value) => Array.isArray(value) && value.length > 0,
      "hsts-enabled": (value) => value === "max-age=31536000",
    },
  });
});

// Ingresses of GKE → endpoints: made by hand, with the objects that they name.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { said } from "../../support/said.ts";
import {
  type Changes,
  certificateNames,
  endpointsAt,
  fuzzObjects,
  manifest,
  plainHttp,
  some,
  tls,
  typed,
  word,
} from "./made-objects.ts";

const address = "kubernetes_ingress_v1.made";
const managed = "networking.gke.io/managed-certificates";
const shared = "ingress.gcp.kubernetes.io/pre-shared-cert";
const frontend = "networking.gke.io/v1beta1.FrontendConfig";
const allow = "kubernetes.io/ingress.allow-http";

const spec: JsonObject = {
  ingress_class_name: "gce",
  tls: [{ hosts: [], secret_name: "shop-tls" }],
  rule: [{ host: "shop.example.com", http: [{ path: [{ backend: [{ service: [{ name: "shop" }] }] }] }] }],
};

const ingress = (annotations: JsonObject = {}, others: Changes = {}, more: JsonObject = {}): Endpoint =>
  only(endpointsAt({ ...others, [address]: typed(annotations, { ...spec, ...more }) }, address));

const config = (frontendSpec: JsonObject): Changes => ({
  "kubernetes_manifest.frontend": manifest("networking.gke.io/v1beta1", "FrontendConfig", frontendSpec),
});

describe("plain HTTP", () => {
  test.each<[string, JsonObject, Changes, unknown]>([
    ["served by default", {}, {}, "served"],
    ["refused", { [allow]: "false" }, {}, "refused"],
    ["allowed", { [allow]: "true" }, {}, "served"],
    ["not recognised", { [allow]: "no" }, {}, '? "no" is not a value that tlsgate recognises'],
    ["redirected", { [frontend]: "made" }, config({ redirectToHttps: { enabled: true } }), "redirected"],
    ["not redirected", { [frontend]: "made" }, config({ redirectToHttps: { enabled: false } }), "served"],
    ["not redirected by default", { [frontend]: "made" }, config({}), "served"],
    [
      "by a FrontendConfig of another plan",
      { [frontend]: "other" },
      config({}),
      "? the FrontendConfig is defined outside this plan",
    ],
  ])("%s", (_, annotations, others, expected) =>
    expect(plainHttp(ingress(annotations, others))).toEqual({ "*": expected }),
  );

  test("of an internal Ingress, which takes no redirect", () => {
    const redirecting = config({ redirectToHttps: { enabled: true }, sslPolicy: "modern" });
    const made = ingress({ [frontend]: "made" }, redirecting, { ingress_class_name: "gce-internal" });
    expect(plainHttp(made)).toEqual({ "*": "served" });
    expect(tls(made)[0]).toBe("? Google documents no SSL policy of a FrontendConfig for an internal Ingress");
    const closed = ingress({ [frontend]: "made", [allow]: "false" }, redirecting, {
      ingress_class_name: "gce-internal",
    });
    expect(plainHttp(closed)).toEqual({ "*": "refused" });
  });

  test("is what an Ingress without certificates speaks alone", () => {
    const { certificate, minimumTls, routes } = ingress({}, {}, { tls: [] });
    expect([said(certificate), minimumTls, only(routes).hsts]).toEqual(["missing", undefined, undefined]);
  });

  test("is judged where it is to be mended", () => {
    const off = ingress({ [frontend]: "made" }, config({ redirectToHttps: { enabled: false } }));
    const at = "manifest.spec.redirectToHttps.enabled";
    expect(only(off.routes).plainHttp).toMatchObject({
      place: { address: "kubernetes_manifest.frontend", at },
      remedy: { attribute: at, value: true },
    });
    expect(only(ingress().routes).plainHttp?.place.at).toBe(`metadata[0].annotations["${allow}"]`);
  });
});

describe("TLS", () => {
  const weak = ["TLS 1.0", false, false];

  test("Google's default without an SSL policy", () => {
    expect(tls(ingress())).toEqual(weak);
    const shop = ingress({ [frontend]: "made" }, config({}));
    expect([tls(shop), shop.minimumTls?.place.at]).toEqual([weak, "manifest.spec.sslPolicy"]);
  });

  test("the SSL policy that the FrontendConfig names", () => {
    const policy = { after: { name: "strong", min_tls_version: "TLS_1_2", profile: "RESTRICTED" } };
    const others = { ...config({ sslPolicy: "strong" }), "google_compute_ssl_policy.strong": policy };
    expect(tls(ingress({ [frontend]: "made" }, others))).toEqual(["TLS 1.2", true, true]);
    const open = "? the SSL policy is defined outside this plan";
    expect(tls(ingress({ [frontend]: "made" }, config({ sslPolicy: "strong" })))).toEqual([open, open, open]);
  });

  test("one that a proxy uses too is judged there", () => {
    const others = {
      ...config({ sslPolicy: "weak" }),
      "google_compute_ssl_policy.weak": { after: { name: "weak", id: "weak" } },
      "google_compute_target_https_proxy.other": { after: { ssl_policy: "weak" } },
    };
    const cause = "? google_compute_ssl_policy.weak is judged where a proxy of this plan uses it";
    expect(tls(ingress({ [frontend]: "made" }, others))[0]).toBe(cause);
  });

  test("of a FrontendConfig of another plan", () => {
    expect(tls(ingress({ [frontend]: "made" }))[0]).toBe("? the FrontendConfig is defined outside this plan");
  });
});

describe("certificates", () => {
  const none = { tls: [] };

  test("that Google manages, by the names of their objects", () => {
    const own = {
      "kubernetes_manifest.own": manifest("networking.gke.io/v1", "ManagedCertificate", {
        domains: ["shop.example.com"],
      }),
    };
    const shop = ingress({ [managed]: "made, other" }, own, none);
    expect([said(shop.certificate), certificateNames(shop)]).toEqual([
      "own",
      [["shop.example.com"], ["? the certificate is defined outside this plan"]],
    ]);
    expect(shop.certificates[0]?.certificate).toMatchObject({
      address: "kubernetes_manifest.own",
      renewal: { value: "automatic" },
    });
  });

  test("of Compute Engine, by their names", () => {
    const own = {
      "google_compute_managed_ssl_certificate.own": {
        after: { name: "shop", managed: [{ domains: ["shop.example.com."] }] },
      },
    };
    expect(certificateNames(ingress({ [shared]: "shop" }, own, none))).toEqual([["shop.example.com"]]);
    expect(ingress({ [shared]: "shop" }, own, none).certificate?.place.at).toBe(`metadata[0].annotations["${shared}"]`);
  });

  test("that are known after apply", () => {
    const changes = {
      [address]: {
        ...typed({}, { ...spec, tls: [] }),
        after_unknown: { metadata: [{ annotations: { [shared]: true } }] },
      },
    };
    expect(certificateNames(only(endpointsAt(changes, address)))[0]).toEqual([
      expect.stringMatching(/^\? known after apply/),
    ]);
  });
});

describe("services", () => {
  const service = (annotations: JsonObject): Changes => ({
    "kubernetes_service_v1.shop": typed(annotations, { type: "NodePort" }, { name: "shop" }),
  });
  const protocol = (others: Changes) => said(only(ingress({}, others).upstreams).protocol);

  test.each<[unknown, unknown]>([
    ['{"https":"HTTPS"}', "https"],
    ['{"grpc":"HTTP2"}', "https"],
    ['{"http":"HTTP"}', "http"],
    ['{"http":"HTTP","https":"HTTPS"}', expect.stringMatching(/is not a value that tlsgate recognises/)],
    ["[]", expect.stringMatching(/is not a value that tlsgate recognises/)],
    ["HTTPS", expect.stringMatching(/is not a value that tlsgate recognises/)],
  ])("%s", (value, expected) => {
    expect(protocol(service({ "cloud.google.com/app-protocols": value as string }))).toEqual(expected);
  });

  test("speak plain HTTP by default; of another plan they are unknown", () => {
    expect(protocol(service({}))).toBe("http");
    expect(protocol({})).toBe("? the Service, whose annotations decide, is defined outside this plan");
  });
});

describe("values at random", () => {
  fuzzObjects({
    make: (source) => ({
      [address]: {
        metadata: [
          {
            name: "made",
            namespace: "web",
            annotations: some(source, {
              [allow]: () => word(source, "true", "false"),
              [frontend]: () => word(source, "made"),
              [managed]: () => word(source, "made"),
            }),
          },
        ],
        spec: [{ ...spec, tls: source.chance(0.5) ? (spec.tls ?? null) : [] }],
      },
      "kubernetes_manifest.frontend": {
        manifest: {
          apiVersion: "networking.gke.io/v1beta1",
          kind: "FrontendConfig",
          metadata: { name: "made", namespace: "web" },
          spec: { redirectToHttps: { enabled: source.chance(0.5) }, sslPolicy: word(source, "strong") },
        },
      },
      "google_compute_ssl_policy.strong": {
        name: "strong",
        min_tls_version: word(source, "TLS_1_2", "TLS_1_0"),
        profile: word(source, "RESTRICTED", "COMPATIBLE"),
      },
    }),
    passing: {
      "ats-connection": () => true,
      "https-only": (value) => value === true || value === "false",
      "certificate-present": (value) => typeof value === "object" || (typeof value === "string" && value !== ""),
      "minimum-tls-1-2": (value) => value === "TLS_1_2" || value === "RESTRICTED",
      "forward-secrecy": (value) => value === "RESTRICTED",
      "strong-ciphers": (value) => value === "RESTRICTED",
    },
  });
});

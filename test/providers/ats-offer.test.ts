// What App Transport Security needs, as each cloud says it: a suite of ECDHE with AES, and HTTPS beside plain HTTP.

import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collect } from "../../src/facts/collect.ts";
import type { Endpoint } from "../../src/facts/endpoint.ts";
import type { JsonObject } from "../../src/plan/plan.ts";
import { readPlan } from "../../src/plan/read.ts";
import { viewPlan } from "../../src/plan/view.ts";
import { adapters } from "../../src/providers/registry.ts";
import { type Change, configured, plan } from "../support/made.ts";
import { planPath } from "../support/plans.ts";
import { said } from "../support/said.ts";

type Changes = { readonly [address: string]: Partial<Change> };

const endpointsOf = (changes: Changes): readonly Endpoint[] => {
  const root = { resources: Object.keys(changes).map((address) => configured(address)) };
  return collect(viewPlan(plan({ changes, root }), "after"), adapters).endpoints;
};

const offered = (changes: Changes): unknown[] =>
  endpointsOf(changes).flatMap(({ ecdheAes }) => (ecdheAes ? [said(ecdheAes)] : []));

const one = (address: string, after: JsonObject): Changes => ({ [address]: { after } });

const notRecognised = expect.stringContaining("is not a value that tlsgate recognises");
const openSince = expect.stringMatching(/^\? .*TLS 1\.3/);

describe("classic load balancers", () => {
  const withPolicy = (...attribute: JsonObject[]): Changes => ({
    "aws_elb.made": {
      after: { name: "made", listener: [{ lb_port: 443, lb_protocol: "https", ssl_certificate_id: "a" }] },
    },
    "aws_lb_ssl_negotiation_policy.made": { after: { load_balancer: "made", lb_port: 443, attribute } },
  });
  const on = (name: string): JsonObject => ({ name, value: "true" });
  const off = (name: string): JsonObject => ({ name, value: "false" });

  test.each<[string, JsonObject[], unknown]>([
    ["a predefined policy", [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-2015-02" }], true],
    ["TLS 1.2 with a suite", [on("Protocol-TLSv1.2"), on("ECDHE-RSA-AES128-SHA")], true],
    ["TLS 1.2 switched off", [on("Protocol-TLSv1"), off("Protocol-TLSv1.2"), on("ECDHE-RSA-AES128-SHA")], false],
    [
      "RSA key transport, and what it does not name may be on",
      [on("Protocol-TLSv1.2"), on("AES128-SHA")],
      expect.stringMatching(/^\?/),
    ],
    ["a suite without a version", [on("ECDHE-RSA-AES128-SHA")], expect.stringMatching(/^\?/)],
  ])("%s", (_, attributes, expected) => expect(offered(withPolicy(...attributes))).toEqual([expected]));
});

describe("OpenSearch domains", () => {
  test.each([
    ["Policy-Min-TLS-1-0-2019-07", "? AWS publishes no list of the policy's cipher suites"],
    ["Policy-Min-TLS-1-2-2019-07", "? AWS publishes no list of the policy's cipher suites"],
    ["Policy-Min-TLS-1-2-PFS-2023-10", true],
    ["Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08", true],
    ["Policy-Min-TLS-1-9", notRecognised],
  ])("%s", (tls_security_policy, expected) => {
    expect(offered(one("aws_opensearch_domain.made", { domain_endpoint_options: [{ tls_security_policy }] }))).toEqual([
      expected,
    ]);
  });
});

describe("application gateways", () => {
  const gateway = (policy: JsonObject): Changes =>
    one("azurerm_application_gateway.made", {
      http_listener: [{ name: "https", protocol: "Https", ssl_certificate_name: "a" }],
      ssl_policy: [policy],
    });
  const rsa = ["TLS_RSA_WITH_AES_128_GCM_SHA256"];

  test.each<[string, JsonObject, unknown]>([
    ["a predefined policy", { policy_name: "AppGwSslPolicy20150501" }, true],
    [
      "suites of its own",
      {
        policy_type: "Custom",
        min_protocol_version: "TLSv1_2",
        cipher_suites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
      },
      true,
    ],
    [
      "suites of its own without one",
      { policy_type: "Custom", min_protocol_version: "TLSv1_2", cipher_suites: rsa },
      false,
    ],
    [
      "the same with the suites of TLS 1.3",
      { policy_type: "CustomV2", min_protocol_version: "TLSv1_2", cipher_suites: rsa },
      true,
    ],
    ["all but TLS 1.1 disabled", { disabled_protocols: ["TLSv1_0", "TLSv1_2", "TLSv1_3"] }, false],
    ["old versions disabled", { disabled_protocols: ["TLSv1_0", "TLSv1_1"] }, expect.stringMatching(/^\?/)],
    ["a policy of another name", { policy_name: "AppGwSslPolicy20990101" }, notRecognised],
  ])("%s", (_, policy, expected) => expect(offered(gateway(policy))).toEqual([expected]));
});

describe("Front Door", () => {
  const domain = (ciphers: JsonObject): Changes =>
    one("azurerm_cdn_frontdoor_custom_domain.made", {
      host_name: "www.example.com",
      tls: [
        { certificate_type: "ManagedCertificate", cipher_suite: [{ type: "Customized", custom_ciphers: [ciphers] }] },
      ],
    });

  test.each<[string, JsonObject, unknown]>([
    ["ECDHE", { tls12: ["ECDHE_RSA_AES128_GCM_SHA256"] }, true],
    ["ECDHE beside a name of another", { tls12: ["NEW", "ECDHE_RSA_AES128_GCM_SHA256"] }, true],
    ["DHE alone", { tls12: ["DHE_RSA_AES128_GCM_SHA256"] }, openSince],
    ["DHE, and TLS 1.3", { tls12: ["DHE_RSA_AES128_GCM_SHA256"], tls13: ["TLS_AES_128_GCM_SHA256"] }, true],
    ["another name", { tls12: ["NEW"] }, notRecognised],
  ])("%s", (_, ciphers, expected) => expect(offered(domain(ciphers))).toEqual([expected]));
});

describe("SSL policies of Google Cloud", () => {
  test.each<[string, JsonObject, unknown]>([
    ["COMPATIBLE, which is the default", {}, true],
    [
      "a list with one",
      { profile: "CUSTOM", custom_features: ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"] },
      true,
    ],
    ["a list without one", { profile: "CUSTOM", custom_features: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] }, openSince],
    [
      "a list without one from TLS 1.3",
      { profile: "CUSTOM", min_tls_version: "TLS_1_3", custom_features: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] },
      true,
    ],
    ["an empty list", { profile: "CUSTOM", custom_features: [] }, "? custom_features is not set"],
    ["another name in the list", { profile: "CUSTOM", custom_features: ["NEW"] }, notRecognised],
    ["a profile of another name", { profile: "NEWEST" }, notRecognised],
  ])("%s", (_, after, expected) => expect(offered(one("google_compute_ssl_policy.made", after))).toEqual([expected]));
});

describe("host names of Cloudflare", () => {
  const setting = (...value: string[]): Changes =>
    one("cloudflare_hostname_tls_setting.made", { hostname: "a.example.com", setting_id: "ciphers", value });

  test.each<[string, string[], unknown]>([
    ["one of several", ["AES128-SHA", "ECDHE-RSA-AES128-SHA"], true],
    ["RSA key transport alone", ["AES128-SHA"], openSince],
    ["ChaCha20 alone", ["ECDHE-RSA-CHACHA20-POLY1305"], openSince],
    ["another name", ["NEW"], notRecognised],
  ])("%s", (_, names, expected) => expect(offered(setting(...names))).toEqual([expected]));
});

describe("listeners of Oracle Cloud", () => {
  const listener = (tls: JsonObject): Changes =>
    one("oci_load_balancer_listener.made", {
      protocol: "HTTP",
      ssl_configuration: [{ certificate_name: "a", ...tls }],
    });

  test.each<[string, JsonObject, unknown]>([
    ["the defaults", {}, true],
    ["old versions beside a new one", { protocols: ["TLSv1", "TLSv1.2"] }, true],
    ["old versions alone", { protocols: ["TLSv1", "TLSv1.1"] }, false],
    ["a version of another name", { protocols: ["TLSv1", "TLSv9"] }, notRecognised],
    ["suites of another name", { cipher_suite_name: "oci-new" }, expect.stringContaining("is not a value")],
  ])("%s", (_, tls, expected) => expect(offered(listener(tls))).toEqual([expected]));
});

describe("Fastly", () => {
  const activation = (...tls_protocols: string[]): Changes => ({
    "data.fastly_tls_configuration.made": { after: { id: "c", tls_protocols } },
    "fastly_tls_activation.made": { after: { domain: "www.example.com", certificate_id: "a", configuration_id: "c" } },
  });

  test.each<[string, string[], unknown]>([
    ["TLS 1.3", ["1.2", "1.3"], true],
    ["TLS 1.2 alone", ["1.2"], "? the TLS configuration decides on cipher suites, and a plan does not show them"],
    ["TLS 1.1", ["1.0", "1.1"], false],
  ])("%s", (_, protocols, expected) => expect(offered(activation(...protocols))).toEqual([expected]));
});

describe("ingress-nginx", () => {
  const config = (data: JsonObject): Changes =>
    one("kubernetes_config_map_v1.made", { metadata: [{ name: "ingress-nginx-controller" }], data });

  test.each<[string, JsonObject, unknown]>([
    ["the defaults", {}, true],
    ["weak suites beside TLS 1.3, which has its own", { "ssl-ciphers": "AES128-SHA" }, true],
    ["weak suites without TLS 1.3", { "ssl-ciphers": "AES128-SHA", "ssl-protocols": "TLSv1.2" }, false],
    [
      "one suite without TLS 1.3",
      { "ssl-ciphers": "AES128-SHA:ECDHE-RSA-AES128-SHA", "ssl-protocols": "TLSv1 TLSv1.2" },
      true,
    ],
    ["TLS 1.1", { "ssl-protocols": "TLSv1 TLSv1.1" }, false],
    ["OpenSSL's shorthands without TLS 1.3", { "ssl-ciphers": "HIGH", "ssl-protocols": "TLSv1.2" }, notRecognised],
    ["another version", { "ssl-protocols": "TLSv9" }, notRecognised],
  ])("%s", (_, data, expected) => expect(offered(config(data))).toEqual([expected]));
});

describe("gateways of Istio", () => {
  const gateway = (tls: JsonObject): Changes =>
    one("kubernetes_manifest.made", {
      manifest: {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "made", namespace: "web" },
        spec: {
          servers: [{ port: { number: 443, protocol: "HTTPS" }, tls: { mode: "SIMPLE", credentialName: "a", ...tls } }],
        },
      },
    });

  test.each<[string, JsonObject, unknown]>([
    ["the defaults", {}, true],
    ["weak suites beside TLS 1.3", { cipherSuites: ["AES128-SHA"] }, true],
    ["weak suites up to TLS 1.2", { cipherSuites: ["AES128-SHA"], maxProtocolVersion: "TLSV1_2" }, false],
    ["up to TLS 1.1", { minProtocolVersion: "TLSV1_0", maxProtocolVersion: "TLSV1_1" }, false],
    ["another version", { maxProtocolVersion: "TLSV9" }, notRecognised],
  ])("%s", (_, tls, expected) => expect(offered(gateway(tls))).toEqual([expected]));
});

describe("HTTPS beside plain HTTP", () => {
  const beside = (changes: Changes): unknown[] =>
    endpointsOf(changes).flatMap(({ httpsBeside }) => (httpsBeside ? [said(httpsBeside)] : []));
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1";
  const listener = (protocol: string, load_balancer_arn: string): Partial<Change> => ({
    after: { protocol, load_balancer_arn, default_action: [{ type: "forward" }] },
  });
  const gateway = (...http_listener: JsonObject[]): Changes =>
    one("azurerm_application_gateway.made", { http_listener });
  const servers = (...all: JsonObject[]): Changes =>
    one("kubernetes_manifest.made", {
      manifest: {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "made", namespace: "web" },
        spec: { servers: all },
      },
    });

  test.each<[string, Changes, unknown[]]>([
    [
      "a listener of the same load balancer",
      {
        "aws_lb.a": { after: { arn } },
        "aws_lb_listener.http": listener("HTTP", arn),
        "aws_lb_listener.https": listener("HTTPS", arn),
      },
      [true],
    ],
    [
      "a listener of another load balancer",
      {
        "aws_lb.a": { after: { arn } },
        "aws_lb_listener.http": listener("HTTP", arn),
        "aws_lb_listener.https": listener("HTTPS", `${arn}1`),
      },
      [false],
    ],
    [
      "a load balancer of another configuration",
      { "aws_lb_listener.http": listener("HTTP", arn) },
      ["? an HTTPS listener of the same load balancer may be defined outside this plan"],
    ],
    [
      "a load balancer of another configuration, with both listeners in this one",
      { "aws_lb_listener.http": listener("HTTP", arn), "aws_lb_listener.https": listener("HTTPS", arn) },
      [true],
    ],
    [
      "a classic load balancer",
      one("aws_elb.a", {
        listener: [
          { lb_port: 80, lb_protocol: "http" },
          { lb_port: 443, lb_protocol: "https" },
        ],
      }),
      [true],
    ],
    [
      "a classic load balancer without",
      one("aws_elb.a", { listener: [{ lb_port: 80, lb_protocol: "http" }] }),
      [false],
    ],
    [
      "an application gateway's listener for the same name",
      gateway(
        { name: "a", protocol: "Http", host_name: "a.test" },
        { name: "b", protocol: "Https", host_name: "a.test" },
      ),
      [true],
    ],
    [
      "an application gateway's listener for another name",
      gateway(
        { name: "a", protocol: "Http", host_name: "a.test" },
        { name: "b", protocol: "Https", host_name: "b.test" },
      ),
      [false],
    ],
    [
      "a server of the same gateway",
      servers(
        { port: { number: 80, protocol: "HTTP" }, hosts: ["*"] },
        { port: { number: 443, protocol: "HTTPS" }, hosts: ["*"], tls: { mode: "SIMPLE", credentialName: "a" } },
      ),
      [true],
    ],
    ["a gateway without one", servers({ port: { number: 80, protocol: "HTTP" }, hosts: ["*"] }), [false]],
    [
      "a website of S3",
      one("aws_s3_bucket_website_configuration.a", { bucket: "a", index_document: [{ suffix: "a" }] }),
      [false],
    ],
    [
      "proxies of one URL map",
      {
        "google_compute_url_map.a": { after: { id: "projects/p/global/urlMaps/a", name: "a" } },
        "google_compute_target_http_proxy.a": { after: { url_map: "projects/p/global/urlMaps/a" } },
        "google_compute_target_https_proxy.a": { after: { url_map: "projects/p/global/urlMaps/a" } },
      },
      [true],
    ],
    [
      "proxies of different URL maps under the same address",
      {
        "google_compute_target_http_proxy.a": { after: { id: "projects/p/global/targetHttpProxies/a", url_map: "a" } },
        "google_compute_target_https_proxy.a": {
          after: { id: "projects/p/global/targetHttpsProxies/a", url_map: "b" },
        },
        "google_compute_global_forwarding_rule.a": {
          after: { target: "projects/p/global/targetHttpProxies/a", ip_address: "192.0.2.1" },
        },
        "google_compute_global_forwarding_rule.b": {
          after: { target: "projects/p/global/targetHttpsProxies/a", ip_address: "192.0.2.1" },
        },
      },
      [true],
    ],
    ["a proxy alone", { "google_compute_target_http_proxy.a": { after: { url_map: "a" } } }, [false]],
  ])("%s", (_, changes, expected) => expect(beside(changes)).toEqual(expected));
});

test("each endpoint of a real plan that speaks TLS, or plain HTTP alone, says what App Transport Security finds", () => {
  // Parts of an endpoint, whose TLS is said elsewhere; sites that no page describes; names that nothing is set up for.
  const parts =
    /^(Cloudflare (zone|host name|page rule|ruleset)|R2 custom domain|deployment site|Front Door route|Azure |API of API Management|load balancer listener rule|VPC Lattice listener rule|mesh workloads|ingress$|Transfer server|Elastic Beanstalk)| of a template$/;
  const silent = readdirSync(new URL("../plans", import.meta.url)).flatMap((name) => {
    const { endpoints } = collect(viewPlan(readPlan(planPath(name)), "after"), adapters);
    return endpoints.flatMap(({ kind, address, routes, minimumTls, ecdheAes, httpsBeside }) => {
      const isServed = routes.some(({ plainHttp }) => plainHttp?.state === "known" && plainHttp.value === "served");
      const isSilent = minimumTls ? !ecdheAes : isServed && !httpsBeside;
      return isSilent && !parts.test(kind) ? [`${name}: ${address}, ${kind}`] : [];
    });
  });
  expect(silent).toEqual([]);
});

// What the grammar of names suggests, held against the tables of the providers: it says what they say, or nothing.

import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../src/facts/collect.ts";
import { suggestProtocol, suggestSecrecy, suggestSuite, suggestTls } from "../../src/facts/suggest.ts";
import type { JsonObject } from "../../src/plan/plan.ts";
import * as gateway from "../../src/providers/azure/application-gateway-values.ts";
import * as cdn from "../../src/providers/azure/cdn-values.ts";
import * as frontDoor from "../../src/providers/azure/front-door-values.ts";
import * as storage from "../../src/providers/azure/storage-values.ts";
import * as webApp from "../../src/providers/azure/web-app-values.ts";
import * as monitor from "../../src/providers/cloudflare/load-balancer-values.ts";
import * as zone from "../../src/providers/cloudflare/zone-values.ts";
import * as balancer from "../../src/providers/digitalocean/load-balancer-values.ts";
import * as backend from "../../src/providers/fastly/backend-values.ts";
import * as tls from "../../src/providers/fastly/tls-values.ts";
import { adapters } from "../../src/providers/registry.ts";
import { plan } from "../support/made.ts";

type Table<T> = { readonly [name: string]: T };
type Grammar = (name: string) => string | undefined;

/** Names of a table that say something, each with what that is, and with what the table says. */
const told = <T>(table: Table<T>, grammar: Grammar, truth: (row: T) => string, spelt = (name: string) => name) =>
  Object.entries(table).flatMap(([name, row]) => {
    const suggestion = grammar(spelt(name));
    return suggestion === undefined ? [] : [[name, suggestion, truth(row)] as const];
  });

const expectTruth = (found: readonly (readonly [string, string, string])[], names: readonly string[]) => {
  expect(found.filter(([, suggestion, truth]) => suggestion !== truth)).toEqual([]);
  expect(found.map(([name]) => name)).toEqual(names);
};

describe("TLS versions", () => {
  const itself = (version: string) => version;

  test.each([
    ["application gateway", gateway.protocolVersions, []],
    ["CDN", cdn.domainTlsVersions, ["None"]],
    ["Front Door", frontDoor.tlsVersions, []],
    ["storage", storage.minimumTlsVersions, []],
  ])("%s", (_, table, silent: readonly string[]) =>
    expectTruth(
      told(table, suggestTls, itself),
      Object.keys(table).filter((name) => !silent.includes(name)),
    ),
  );

  test.each([
    ["App Service", webApp.minimumTlsVersions],
    ["Front Door (classic)", frontDoor.classicTlsVersions],
    ["Cloudflare", zone.minimumTlsVersions],
    ["Fastly, backends", backend.backendTlsVersions],
    ["Fastly, TLS configurations", tls.tlsProtocols],
  ])("%s, whose names are numbers alone: with a word before them", (_, table) => {
    expectTruth(
      told(table, suggestTls, itself, (name) => `TLSv${name}`),
      Object.keys(table),
    );
    expectTruth(told(table, suggestTls, itself), []);
  });
});

describe("cipher suites", () => {
  const words = ({ forwardSecrecy, aeadOnly }: { forwardSecrecy: boolean; aeadOnly: boolean }) =>
    `${forwardSecrecy ? "" : "no "}forward secrecy, ${aeadOnly ? "" : "no "}AEAD`;

  test("Cloudflare", () =>
    expectTruth(
      told(zone.cipherSuites, suggestSuite, words),
      // Those of TLS 1.3 have names of Cloudflare's own.
      Object.keys(zone.cipherSuites).filter((name) => !name.startsWith("AEAD-")),
    ));

  test("Front Door", () =>
    expectTruth(told(frontDoor.customCiphers, frontDoor.suggestCustom, words), Object.keys(frontDoor.customCiphers)));

  test("App Service, where one stands for all before it", () =>
    expectTruth(
      told(webApp.minimumCipherSuites, suggestSecrecy, ({ forwardSecrecy }) =>
        forwardSecrecy ? "forward secrecy" : "no forward secrecy",
      ),
      Object.keys(webApp.minimumCipherSuites),
    ));

  test.each(["", "TLS_1_3", "modern", "HIGH:!aNULL", "toString"])("nothing of %j", (name) =>
    expect([suggestSuite(name), suggestSecrecy(name)]).toEqual([undefined, undefined]),
  );
});

describe("protocols", () => {
  const words: Table<string> = {
    https: "HTTPS",
    tls: "HTTPS",
    redirected: "HTTPS",
    http: "plain HTTP",
    served: "plain HTTP",
  };

  test.each<[string, Table<string>, readonly string[]]>([
    ["application gateway, listeners", gateway.listenerProtocols, ["Tcp"]],
    ["application gateway, backends", gateway.backendProtocols, ["Tcp"]],
    ["CDN, redirects", cdn.redirectProtocols, ["MatchRequest"]],
    ["Front Door, origins", frontDoor.forwardingProtocols, ["MatchRequest"]],
    ["Front Door (classic), redirects", frontDoor.classicRedirectProtocols, ["MatchRequest"]],
    ["Cloudflare, monitors", monitor.monitorTypes, ["icmp_ping", "smtp", "tcp", "udp_icmp"]],
    ["DigitalOcean, clients", balancer.entryProtocols, ["tcp", "udp"]],
    ["DigitalOcean, droplets", balancer.targetProtocols, []],
  ])("%s", (_, table, silent) =>
    expectTruth(
      told(table, suggestProtocol, (row) => words[row] ?? row),
      Object.keys(table).filter((name) => !silent.includes(name)),
    ),
  );

  test.each([
    ["http/2", "HTTPS"],
    ["H2C", undefined],
    ["HTTP1", "plain HTTP"],
  ])("%s: %s", (name, suggestion) => expect(suggestProtocol(name)).toBe(suggestion));
});

describe("words of Cloudflare's", () => {
  test("encryption modes", () => {
    const modes = Object.keys(zone.encryptionModes);
    expect(modes.map((mode) => zone.suggestMode(mode.toUpperCase()))).toEqual(modes);
    expect(["Full (strict)", "full_strict", "flexible_ssl", "best"].map(zone.suggestMode)).toEqual([
      "strict",
      "strict",
      "flexible",
      undefined,
    ]);
  });

  test("switches", () => {
    const names = Object.keys(zone.switches);
    expect(names.map((name) => zone.suggestSwitch(name.toUpperCase()))).toEqual(names);
    expect(["enabled", "onn", "true"].map(zone.suggestSwitch)).toEqual([undefined, undefined, undefined]);
  });
});

describe("is said wherever the tables are read", () => {
  const listener = { name: "web", protocol: "HTTPS" };
  const pool = { name: "pool", protocol: "HTTPS" };
  const rule = { name: "web", http_listener_name: "web", backend_http_settings_name: "pool" };
  const front = { name: "www", host_name: "www.example.com" };
  const classic = { frontend_endpoints: ["www"], accepted_protocols: ["Http"] };
  const redirect = { ...classic, redirect_configuration: [{ redirect_protocol: "Https" }] };
  const forward = { ...classic, forwarding_configuration: [{ forwarding_protocol: "http" }] };
  const delivery = { name: "all", order: 1, url_redirect_action: [{ protocol: "HTTPS" }] };
  const site = (config: object) => ({ site_config: [config] });
  const domain = (suite: object) => ({ host_name: "www.example.com", tls: [{ cipher_suite: [suite] }] });
  const setting = (setting_id: string, value: unknown) => ({ zone_id: "1", setting_id, value });

  test.each<[string, object, string]>([
    ["azurerm_application_gateway", { http_listener: [listener] }, "HTTPS"],
    [
      "azurerm_application_gateway",
      {
        http_listener: [{ ...listener, protocol: "Https" }],
        request_routing_rule: [rule],
        backend_http_settings: [pool],
      },
      "HTTPS",
    ],
    ["azurerm_cdn_endpoint", { global_delivery_rule: [delivery] }, "HTTPS"],
    ["azurerm_cdn_frontdoor_custom_domain", domain({ type: "TLS13_2031" }), "TLS 1.3"],
    [
      "azurerm_cdn_frontdoor_custom_domain",
      domain({ type: "Customized", custom_ciphers: [{ tls12: ["AES256_SHA384"] }] }),
      "no forward secrecy, no AEAD",
    ],
    ["azurerm_cdn_frontdoor_route", { forwarding_protocol: "https" }, "HTTPS"],
    ["azurerm_frontdoor", { frontend_endpoint: [front], routing_rule: [redirect] }, "HTTPS"],
    ["azurerm_frontdoor", { frontend_endpoint: [front], routing_rule: [forward] }, "plain HTTP"],
    ["azurerm_linux_web_app", site({ minimum_tls_version: "TLS1_1" }), "TLS 1.1"],
    ["azurerm_linux_web_app", site({ minimum_tls_cipher_suite: "TLS_RSA_WITH_ARIA" }), "no forward secrecy"],
    ["azurerm_storage_account", { min_tls_version: "TLSv1.1" }, "TLS 1.1"],
    ["cloudflare_custom_hostname", { ssl: [{ settings: [{ http2: "ON" }] }] }, "on"],
    ["cloudflare_load_balancer_monitor", { type: "https2" }, "HTTPS"],
    ["cloudflare_zone_setting", setting("ciphers", ["ECDHE-RSA-AES512-SHA512"]), "forward secrecy, no AEAD"],
    ["cloudflare_zone_setting", setting("http2", "Off"), "off"],
    ["cloudflare_zone_setting", setting("ssl", "Full (strict)"), "strict"],
    ["cloudflare_zone_settings_override", { zone_id: "1", settings: [{ universal_ssl: "On" }] }, "on"],
    ["digitalocean_loadbalancer", { forwarding_rule: [{ entry_protocol: "https/2" }] }, "HTTPS"],
    [
      "digitalocean_loadbalancer",
      { forwarding_rule: [{ entry_protocol: "https", target_protocol: "HTTP" }] },
      "plain HTTP",
    ],
    ["fastly_service_vcl", { backend: [{ use_ssl: true, min_tls_version: "TLSv1.1" }] }, "TLS 1.1"],
  ])("%s %j: %s", (type, after, suggestion) => {
    const made = plan({ changes: { [`${type}.made`]: { after: after as JsonObject } } });
    const { endpoints } = inventoryOf(made, "after", adapters);
    expect(JSON.stringify(endpoints)).toContain(`"suggests":"${suggestion}"`);
  });
});

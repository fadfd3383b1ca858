// Application gateways → endpoints: one per listener, its certificate, names and versions of HTTP; real plans and made ones.

import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import applicationGateway from "../../../src/providers/azure/application-gateway.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan, viewAfter } from "../../support/made.ts";
import { said } from "../../support/said.ts";
import { certificate, gateway, listener, listenersOf, plainListener, realListeners, rule } from "./made-gateway.ts";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);
const listenerOf = (...made: Parameters<typeof listenersOf>) => only(listenersOf(...made));

describe.each(["azurerm4-good", "azurerm5-good"])("the gateway of %s", (name) => {
  const [https, http] = realListeners(name);

  test("has a listener of HTTPS", () => {
    expect([
      said(https?.certificate),
      said(https?.minimumTls),
      said(https?.forwardSecrecy),
      said(https?.aeadOnly),
    ]).toEqual(["own", "TLS 1.2", true, true]);
    expect(https?.routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), said(hsts?.maxAge)])).toEqual([
      ["* of the listener https", "refused", 31_536_000],
    ]);
    const hops = https?.upstreams.map((one) => [one.name, said(one.protocol), said(one.certificate)]);
    expect(hops).toEqual([["be-https", "https", "verified"]]);
    expect(said(https?.httpVersions)).toEqual(["HTTP/1.1"]);
  });

  test("and one of plain HTTP, which redirects to it", () => {
    expect([http?.certificate, http?.minimumTls, http?.httpVersions]).toEqual([undefined, undefined, undefined]);
    expect(http?.routes.map(({ plainHttp, hsts }) => [said(plainHttp), hsts])).toEqual([["redirected", undefined]]);
  });
});

test("a weak policy applies to nothing where no listener speaks HTTPS", () => {
  const plain = only(realListeners("azurerm4-bad-weak"));
  expect([plain.minimumTls, plain.forwardSecrecy, plain.aeadOnly]).toEqual([undefined, undefined, undefined]);
  expect(said(only(plain.routes).plainHttp)).toBe("served");
  expect(only(plain.upstreams)).toMatchObject({ name: "be-http", protocol: { value: "http" } });
});

describe("the protocol", () => {
  const protocol = (value: unknown) => listenersOf({ http_listener: [{ ...listener, protocol: value }] } as JsonObject);

  test("not recognised, or not set: all that depends on it is open", () => {
    const odd = only(protocol("Spdy"));
    expect([said(odd.certificate), said(odd.minimumTls), said(odd.aeadOnly), said(only(odd.routes).plainHttp)]).toEqual(
      [unrecognised, unrecognised, unrecognised, unrecognised],
    );
    expect(only(protocol("Spdy")).minimumTls?.remedy?.value).toBe("Https");
    expect(said(only(protocol(null)).minimumTls)).toBe("? the protocol of the listener is not set");
  });

  test("of listeners that the plan does not show: all that they may do is open", () => {
    const open = expect.stringMatching(/^\? known after apply/);
    const late = listenerOf({ http_listener: null }, { http_listener: true }, { http_listener: [{}] });
    expect([said(late.certificate), said(late.minimumTls), said(only(late.routes).plainHttp)]).toEqual([
      open,
      open,
      open,
    ]);
  });

  test("TLS is decrypted and passed on, without headers; TCP is none of ours", () => {
    const stream = (value: string) => ({
      http_listener: [],
      request_routing_rule: [],
      listener: [{ name: "stream", protocol: value, ssl_certificate_name: "own" }],
      backend: [{ name: "pool", protocol: "Tcp" }],
      routing_rule: [{ name: "stream", listener_name: "stream", backend_name: "pool" }],
    });
    const tls = only(listenersOf(stream("Tls")));
    expect([said(tls.certificate), said(tls.minimumTls), tls.httpVersions]).toEqual(["own", "TLS 1.2", undefined]);
    expect(only(tls.routes).hsts).toBeUndefined();
    expect(only(tls.upstreams)).toMatchObject({ name: "pool", protocol: { value: "http", remedy: { value: "Tls" } } });
    expect(listenersOf(stream("Tcp"))).toEqual([]);
  });
});

describe("the certificate", () => {
  test("of a vault, of a file, or none", () => {
    const vaults = listenerOf({});
    expect([said(vaults.certificate), only(vaults.certificates).certificate.names.map(said)]).toEqual([
      "own",
      ["? the certificate is defined outside this plan"],
    ]);
    const file = listenerOf({ ssl_certificate: [{ name: "own", data: "MIIK" }] });
    const uploaded = only(file.certificates).certificate;
    expect([uploaded.names.map(said), said(uploaded.renewal)]).toEqual([
      ["? a plan does not show what a PFX file holds"],
      "by import",
    ]);
    const none = listenerOf({ http_listener: [{ ...listener, ssl_certificate_name: "" }] });
    expect([said(none.certificate), none.certificates]).toEqual(["missing", []]);
    expect(none.certificate?.place.at).toBe("http_listener[0].ssl_certificate_name");
  });

  test("that no block shows is one all the same", () => {
    const found = listenerOf({ ssl_certificate: [] });
    expect([said(found.certificate), found.certificates]).toEqual(["own", []]);
  });

  test("whose ID alone will be known", () => {
    const late = { http_listener: [{ ssl_certificate_id: true }] };
    const change = { http_listener: [{ name: "https", protocol: "Https" }] };
    const made = plan({ changes: { [gateway]: { after: change, after_unknown: late as never } } });
    const { endpoints } = collect(viewAfter(made), [applicationGateway]);
    expect(said(only(endpoints).certificate)).toMatch(/^\? known after apply/);
  });
});

test("host names", () => {
  const names = (more: JsonObject) => listenerOf({ http_listener: [{ ...listener, ...more }] }).names.map(said);
  expect(names({})).toEqual([]);
  expect(names({ host_name: "a.test" })).toEqual(["a.test"]);
  expect(names({ host_names: ["a.test", "*.b.test"] })).toEqual(["a.test", "*.b.test"]);
  const late = listenerOf({}, { http_listener: [{ host_names: true }] });
  expect(late.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
});

describe("HTTP/2", () => {
  const versions = (changes: JsonObject, unknown?: JsonObject) => said(listenerOf(changes, unknown).httpVersions);

  test("is off unless it is switched on, by either name", () => {
    expect(versions({ http2_enabled: true })).toEqual(["HTTP/1.1", "HTTP/2"]);
    expect(versions({ http2_enabled: false })).toEqual(["HTTP/1.1"]);
    expect(versions({ http2_enabled: null })).toEqual(["HTTP/1.1"]);
    expect(versions({ http2_enabled: null, enable_http2: true })).toEqual(["HTTP/1.1", "HTTP/2"]);
    expect(versions({ http2_enabled: null }, { http2_enabled: true, enable_http2: true })).toEqual(["HTTP/1.1"]);
    expect(versions({ http2_enabled: "yes" })).toEqual(unrecognised);
  });
});

test("a listener without a rule answers nothing", () => {
  expect(listenerOf({ request_routing_rule: [] }).routes).toEqual([]);
  const two = listenersOf({ http_listener: [listener, plainListener] });
  expect(two.map(({ routes }) => routes.length)).toEqual([1, 0]);
  const unclear = listenerOf(
    { request_routing_rule: [rule] },
    { request_routing_rule: [{ http_listener_name: true }] },
  );
  expect(unclear.routes).toHaveLength(1);
});

test("a certificate by name among several", () => {
  const other = { name: "other", data: "MIIK" };
  const { certificates } = listenerOf({ ssl_certificate: [other, certificate] });
  expect(only(certificates).certificate.renewal).toBeUndefined();
});

describe("random gateways", () => {
  const policy = [
    {
      policy_type: "text",
      policy_name: "text",
      min_protocol_version: "text",
      cipher_suites: ["text"],
      disabled_protocols: ["text"],
    },
  ] as const;
  fuzz({
    resources: {
      [gateway]: {
        id: "text",
        http2_enabled: "flag",
        ssl_policy: policy,
        ssl_profile: [{ name: "text", ssl_policy: policy }],
        ssl_certificate: [{ name: "text", data: "text", key_vault_secret_id: "text" }],
        http_listener: [
          {
            name: "text",
            protocol: "text",
            ssl_certificate_name: "text",
            ssl_profile_name: "text",
            host_name: "text",
            host_names: ["text"],
          },
        ],
        listener: [{ name: "text", protocol: "text" }],
        redirect_configuration: [{ name: "text", target_listener_name: "text", target_url: "text" }],
        backend_http_settings: [
          {
            name: "text",
            protocol: "text",
            certificate_chain_validation_enabled: "flag",
            sni_validation_enabled: "flag",
          },
        ],
        rewrite_rule_set: [
          {
            name: "text",
            rewrite_rule: [
              {
                rule_sequence: "number",
                response_header_configuration: [{ header_name: "text", header_value: "text" }],
              },
            ],
          },
        ],
        url_path_map: [
          {
            name: "text",
            default_redirect_configuration_name: "text",
            path_rule: [{ paths: ["text"], backend_http_settings_name: "text" }],
          },
        ],
        request_routing_rule: [
          {
            http_listener_name: "text",
            redirect_configuration_name: "text",
            rewrite_rule_set_name: "text",
            backend_http_settings_name: "text",
            url_path_map_name: "text",
          },
        ],
      },
    },
    words: [
      ...["a", "a", "a", "b", "Http", "Https", "Tls", "Predefined", "CustomV2", "AppGwSslPolicy20220101S", "TLSv1_0"],
      ...[
        "AppGwSslPolicy20150501",
        "TLSv1_2",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "https://a.test",
        "constructor",
        "",
      ],
    ],
    passing: {
      "ats-connection": (value, path) =>
        /protocol$/.test(path) ||
        ["AppGwSslPolicy20220101S", "CustomV2", null, undefined, ""].includes(value as string) ||
        Array.isArray(value),
      "minimum-tls-1-2": (value) =>
        ["AppGwSslPolicy20220101S", "TLSv1_2", null, undefined, ""].includes(value as string) || Array.isArray(value),
      "forward-secrecy": (value) =>
        ["AppGwSslPolicy20220101S", null, undefined, ""].includes(value as string) || Array.isArray(value),
      "https-only": (value, path) =>
        path.endsWith("target_listener_name") ||
        (path.endsWith("target_url") ? value === "https://a.test" : value === "Https" || value === "Tls"),
      "modern-http": (value) => value === true,
      "origin-https-only": (value, path) =>
        path.endsWith("_enabled") ? value !== false : value === "Https" || value === "Tls",
      "certificate-present": (value) => typeof value === "string" && value !== "",
    },
  });
});

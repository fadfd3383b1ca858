// Classic CDN endpoints and their custom names: a real update, and what the provider would not plan any more by hand.

import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import type { Json, JsonObject } from "../../../src/plan/plan.ts";
import cdn from "../../../src/providers/azure/cdn.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan, viewAfter } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const endpoint = "azurerm_cdn_endpoint.made";
const domain = "azurerm_cdn_endpoint_custom_domain.made";
const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

const made = (
  changes: { readonly [address: string]: JsonObject },
  unknown: { readonly [address: string]: Json } = {},
) => {
  const all = Object.entries(changes).map(([address, after]) => [
    address,
    { after, after_unknown: (unknown[address] ?? {}) as never },
  ]);
  const { endpoints } = collect(viewAfter(plan({ changes: Object.fromEntries(all) })), [cdn]);
  return new Map(endpoints.map((one) => [one.address, one]));
};

const endpointOf = (after: JsonObject, unknown: JsonObject = {}) =>
  at(
    made({ [endpoint]: { origin: [{ host_name: "origin.example.net" }], ...after } }, { [endpoint]: unknown }),
    endpoint,
  );

const treatment = (after: JsonObject, unknown?: JsonObject) => said(only(endpointOf(after, unknown).routes).plainHttp);
const hsts = (after: JsonObject) => only(endpointOf(after).routes).hsts;
const header = (value: string | null, action = "Overwrite", name = "Strict-Transport-Security"): JsonObject => ({
  modify_response_header_action: [{ action, name, value }],
});

describe("a real update", () => {
  const real = endpointsOf("azurerm4-cdn-classic-update");
  const better = at(real, "azurerm_cdn_endpoint.better");
  const worse = at(real, "azurerm_cdn_endpoint.worse");

  test("redirects and sends HSTS by rules, or does neither", () => {
    expect(said(only(better.routes).plainHttp)).toBe("redirected");
    expect(said(only(better.routes).hsts?.maxAge)).toBe(31_536_000);
    expect(said(only(worse.routes).plainHttp)).toBe("served");
    expect(only(worse.routes).hsts?.maxAge).toMatchObject({ value: 0, note: "no delivery rule sets the header" });
  });

  test("answers under Azure's name, and asks its origin as it was asked", () => {
    expect([said(better.certificate), said(better.minimumTls), said(better.forwardSecrecy)]).toEqual([
      "provider",
      "TLS 1.2",
      true,
    ]);
    expect([only(better.upstreams).name, said(only(better.upstreams).protocol)]).toEqual([
      "origin.example.net",
      "viewer",
    ]);
  });

  test("says what it makes worse, and what it mends", () => {
    const found = findings("azurerm4-cdn-classic-update").filter(({ policy }) => policy === "https-only");
    expect(found.map(({ address, change }) => [address, change]).sort()).toEqual([
      ["azurerm_cdn_endpoint.better", "fixed"],
      ["azurerm_cdn_endpoint.worse", "introduced"],
    ]);
  });
});

describe("plain HTTP", () => {
  const toHttps = { url_redirect_action: [{ protocol: "Https", redirect_type: "Moved" }] };
  const scheme = (values: string[]) => ({ request_scheme_condition: [{ operator: "Equal", match_values: values }] });

  test.each([
    [true, "served"],
    [false, "refused"],
    // absent: the provider's default
    [null, "served"],
    ["no", unrecognised],
  ])("is_http_allowed %s: %s", (is_http_allowed, expected) => expect(treatment({ is_http_allowed })).toEqual(expected));

  test("known after apply, or redirected all the same", () => {
    const unknown = { is_http_allowed: true };
    expect(treatment({}, unknown)).toMatch(/^\? known after apply/);
    expect(treatment({ global_delivery_rule: [toHttps] }, unknown)).toBe("redirected");
  });

  test("by the global rule, or by one for plain HTTP", () => {
    expect(treatment({ global_delivery_rule: [toHttps] })).toBe("redirected");
    expect(treatment({ delivery_rule: [{ name: "a", order: 1, ...toHttps }] })).toBe("redirected");
    expect(treatment({ delivery_rule: [{ name: "a", order: 1, ...toHttps, ...scheme(["HTTP"]) }] })).toBe("redirected");
    expect(treatment({ delivery_rule: [{ name: "a", order: 1, ...toHttps, ...scheme(["HTTPS"]) }] })).toBe("served");
  });

  test("by one for some of it", () => {
    const device = { device_condition: [{ operator: "Equal", match_values: ["Mobile"] }] };
    expect(treatment({ delivery_rule: [{ name: "a", order: 1, ...toHttps, ...device }] })).toBe(
      "? the delivery rule a redirects only where its conditions match",
    );
  });

  test("to plain HTTP again", () => {
    expect(treatment({ global_delivery_rule: [{ url_redirect_action: [{ protocol: "Http" }] }] })).toBe("served");
    expect(treatment({ global_delivery_rule: [{ url_redirect_action: [{ protocol: null }] }] })).toBe("served");
  });

  test("alone, where HTTPS is off", () => {
    const plain = endpointOf({ is_https_allowed: false });
    expect([plain.certificate, plain.minimumTls, only(plain.routes).hsts]).toEqual([undefined, undefined, undefined]);
    expect(said(only(plain.routes).plainHttp)).toBe("served");
  });
});

describe("the header", () => {
  test("by the global rule, and then by the others in their order", () => {
    const rules = [
      { name: "b", order: 2, ...header("max-age=20") },
      { name: "a", order: 1, ...header("max-age=10") },
    ];
    expect(said(hsts({ global_delivery_rule: [header("max-age=60")] })?.maxAge)).toBe(60);
    expect(said(hsts({ global_delivery_rule: [header("max-age=60")], delivery_rule: rules })?.maxAge)).toBe(20);
    expect(said(hsts({ global_delivery_rule: [header(null, "Delete")] })?.maxAge)).toBe(0);
    expect(said(hsts({ global_delivery_rule: [header("max-age=60", "Put")] })?.maxAge)).toEqual(unrecognised);
    expect(said(hsts({ global_delivery_rule: [header("max-age=60", "Overwrite", "X-Other")] })?.maxAge)).toBe(0);
  });

  test("with its remedy", () => {
    const { maxAge } = hsts({ global_delivery_rule: [header("max-age=60")] }) ?? {};
    expect(maxAge?.remedy).toEqual({
      address: endpoint,
      attribute: "global_delivery_rule[0].modify_response_header_action[0].value",
      value: "max-age=31536000",
    });
    expect(maxAge?.related).toBeUndefined();
  });
});

describe("a custom name", () => {
  const id = "/subscriptions/1/endpoints/made";
  const named = (after: JsonObject, unknown: JsonObject = {}) =>
    at(
      made(
        {
          [endpoint]: { id, is_http_allowed: false },
          [domain]: { cdn_endpoint_id: id, host_name: "www.example.com", ...after },
        },
        { [domain]: unknown },
      ),
      domain,
    );

  test("with Azure's certificate", () => {
    const managed = { certificate_type: "Dedicated", protocol_type: "ServerNameIndication", tls_version: "TLS12" };
    const found = named({ cdn_managed_https: [managed] });
    expect(found.names.map(said)).toEqual(["www.example.com"]);
    expect([said(found.certificate), said(found.minimumTls), said(found.sni)]).toEqual(["own", "TLS 1.2", true]);
    const { certificate } = only(found.certificates);
    expect([certificate.names.map(said), said(certificate.renewal)]).toEqual([["www.example.com"], "automatic"]);
    expect(said(only(found.routes).plainHttp)).toBe("refused");
    expect(said(named({ cdn_managed_https: [{ protocol_type: "IPBased" }] }).sni)).toBe(false);
    expect(said(named({ cdn_managed_https: [{}] }).sni)).toBe("? protocol_type is not set");
  });

  test("with its owner's certificate", () => {
    const found = named({ user_managed_https: [{ key_vault_secret_id: "https://kv.vault.azure.net/secrets/a" }] });
    expect([said(found.certificate), said(found.minimumTls), found.sni]).toEqual(["own", "TLS 1.2", undefined]);
    expect(only(found.certificates).certificate.names.map(said)).toEqual([
      "? the certificate is defined outside this plan",
    ]);
  });

  test.each([
    ["TLS12", "TLS 1.2"],
    ["TLS10", "TLS 1.0"],
    ["None", "TLS 1.0"],
    // absent: the provider's default
    [null, "TLS 1.2"],
    ["TLS11", unrecognised],
  ])("from %s on: %s", (tls_version, expected) => {
    expect(said(named({ user_managed_https: [{ tls_version }] }).minimumTls)).toEqual(expected);
  });

  test("without HTTPS answers plain HTTP alone", () => {
    const bare = named({});
    expect([said(bare.certificate), bare.minimumTls, bare.certificates]).toEqual(["missing", undefined, []]);
    expect(only(bare.routes).hsts).toBeUndefined();
  });

  test("of which the plan does not tell", () => {
    const open = named({}, { cdn_managed_https: true });
    expect(said(open.certificate)).toBe("? the plan does not tell whether HTTPS is set up");
    expect(open.certificates).toEqual([]);
    expect(said(open.minimumTls)).toMatch(/^\? known after apply/);
  });

  test("of an endpoint outside the plan", () => {
    expect(named({ cdn_endpoint_id: "/subscriptions/1/endpoints/other" }).routes).toEqual([]);
  });
});

describe("random endpoints", () => {
  const action = { action: "text", name: "text", value: "text" } as const;
  const condition = { operator: "text", match_values: ["text"], negate_condition: "flag" } as const;
  const rule = {
    modify_response_header_action: [action],
    url_redirect_action: [{ protocol: "text" }],
    request_scheme_condition: [condition],
    url_path_condition: [condition],
  } as const;
  fuzz({
    resources: {
      [endpoint]: {
        id: "text",
        is_http_allowed: "flag",
        is_https_allowed: "flag",
        origin: [{ host_name: "text" }],
        global_delivery_rule: [rule],
        delivery_rule: [{ name: "text", order: "number", ...rule }],
      },
      [domain]: {
        cdn_endpoint_id: "text",
        host_name: "text",
        cdn_managed_https: [{ certificate_type: "text", protocol_type: "text", tls_version: "text" }],
        user_managed_https: [{ key_vault_secret_id: "text", tls_version: "text" }],
      },
    },
    words: [
      ...["Https", "Http", "MatchRequest", "HTTP", "HTTPS", "Equal", "Any", "Overwrite", "Append", "Delete", "TLS10"],
      ...[
        "TLS12",
        "ServerNameIndication",
        "IPBased",
        "Strict-Transport-Security",
        "max-age=31536000",
        "constructor",
        "",
      ],
    ],
    passing: {
      "ats-connection": (_, path) => path === "",
      "https-only": (value) => value === false || value === "Https",
      "minimum-tls-1-2": (value, path) => path === "" || ["TLS12", "", null, undefined].includes(value as string),
      "forward-secrecy": (_, path) => path === "",
      "sni-only": (value) => value === "ServerNameIndication",
      "origin-https-only": () => true,
      "certificate-present": () => true,
      "certificate-covers-domains": () => true,
      "certificate-auto-renewal": () => true,
    },
  });
});

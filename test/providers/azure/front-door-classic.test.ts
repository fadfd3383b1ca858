// Front Door (classic), which no provider plans to create any more: by hand.

import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import classic from "../../../src/providers/azure/front-door-classic.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan, viewAfter } from "../../support/made.ts";
import { said } from "../../support/said.ts";

const address = "azurerm_frontdoor.made";
const https = "azurerm_frontdoor_custom_https_configuration.made";
const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

const forward: JsonObject = { backend_pool_name: "pool", forwarding_protocol: "HttpsOnly" };
const rule: JsonObject = {
  name: "main",
  accepted_protocols: ["Https"],
  patterns_to_match: ["/*"],
  frontend_endpoints: ["own"],
  forwarding_configuration: [forward],
};
const sound: JsonObject = {
  frontend_endpoint: [{ name: "own", host_name: "www.example.com" }],
  backend_pool_settings: [{ enforce_backend_pools_certificate_name_check: true }],
  routing_rule: [rule],
};
const configuration: JsonObject = {
  frontend_endpoint_id: "/subscriptions/1/frontDoors/made/frontendEndpoints/own",
  custom_https_provisioning_enabled: true,
  custom_https_configuration: [{ certificate_source: "FrontDoor" }],
};

const frontends = (
  changes: JsonObject = {},
  more: { readonly [address: string]: JsonObject } = { [https]: configuration },
) => {
  const after = { [address]: { ...sound, ...changes }, ...more };
  const all = Object.entries(after).map(([name, values]) => [name, { after: values }]);
  return collect(viewAfter(plan({ changes: Object.fromEntries(all) })), [classic]).endpoints;
};
const frontend = (changes?: JsonObject, more?: { readonly [address: string]: JsonObject }) =>
  only(frontends(changes, more));
const withRule = (changes: JsonObject) => only(frontend({ routing_rule: [{ ...rule, ...changes }] }).routes);

test("a name of its owner's, with Azure's certificate for it", () => {
  const found = frontend();
  expect([found.names.map(said), said(found.certificate), said(found.minimumTls), said(found.forwardSecrecy)]).toEqual([
    ["www.example.com"],
    "own",
    "TLS 1.2",
    true,
  ]);
  const { certificate } = only(found.certificates);
  expect([certificate.names.map(said), said(certificate.renewal)]).toEqual([["www.example.com"], "automatic"]);
  expect(said(only(found.routes).hsts?.maxAge)).toMatch(/^\? a rules engine may set the header/);
});

test("a name of Azure's", () => {
  const found = frontend({ frontend_endpoint: [{ name: "own", host_name: "made.azurefd.net" }] }, {});
  expect([found.names, said(found.certificate), found.certificates]).toEqual([[], "provider", []]);
});

describe("the certificate", () => {
  const by = (changes: JsonObject) => frontend({}, { [https]: { ...configuration, ...changes } });

  test("is missing where HTTPS is not set up", () => {
    expect(said(frontend({}, {}).certificate)).toBe("missing");
    expect(frontend({}, {}).minimumTls).toBeUndefined();
    expect(only(frontend({}, {}).routes).hsts).toBeUndefined();
    const off = by({ custom_https_provisioning_enabled: false });
    expect([said(off.certificate), off.certificate?.place.address, off.certificates]).toEqual(["missing", https, []]);
    expect(said(by({ custom_https_provisioning_enabled: "on" }).certificate)).toEqual(unrecognised);
    expect(said(by({ frontend_endpoint_id: "/frontendEndpoints/other" }).certificate)).toBe("missing");
    const twice = { [https]: configuration, [`${https}2`]: configuration };
    expect(said(frontend({}, twice).certificate)).toMatch(/^\? the plan does not tell which/);
  });

  test.each([
    ["1.0", "TLS 1.0"],
    ["1.2", "TLS 1.2"],
    [null, "TLS 1.2"],
    ["1.1", unrecognised],
  ])("with the oldest version %s that Azure shows: %s", (minimum_tls_version, expected) => {
    expect(said(by({ custom_https_configuration: [{ minimum_tls_version }] }).minimumTls)).toEqual(expected);
  });

  test("of a vault is not shown", () => {
    const names = (certificate_source: string | null) =>
      only(by({ custom_https_configuration: [{ certificate_source }] }).certificates).certificate.names.map(said);
    expect(names("AzureKeyVault")).toEqual(["? the certificate is defined outside this plan"]);
    expect(names(null)).toEqual(["www.example.com"]);
    expect(names("Vault")).toEqual([unrecognised]);
  });
});

describe("plain HTTP", () => {
  const treatment = (changes: JsonObject) => said(withRule(changes).plainHttp);
  const both = { accepted_protocols: ["Http", "Https"] };

  test("is refused, served or redirected", () => {
    expect(treatment({})).toBe("refused");
    expect(treatment(both)).toBe("served");
    const redirect = (redirect_protocol: string) =>
      treatment({ ...both, redirect_configuration: [{ redirect_protocol }] });
    expect(redirect("HttpsOnly")).toBe("redirected");
    expect(redirect("HttpOnly")).toBe("served");
    expect(redirect("MatchRequest")).toBe("served");
    expect(redirect("Https")).toEqual(unrecognised);
  });

  test("by a rule of its own", () => {
    const plain = {
      name: "plain",
      accepted_protocols: ["Http"],
      redirect_configuration: [{ redirect_protocol: "HttpsOnly" }],
    };
    const { routes } = frontend({ routing_rule: [rule, { ...rule, ...plain }] });
    expect(routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), hsts !== undefined])).toEqual([
      ["/* (main)", "refused", true],
      ["/* (plain)", "redirected", false],
    ]);
  });

  test("of a rule that is off, or of another frontend", () => {
    expect(frontend({ routing_rule: [{ ...rule, enabled: false }] }).routes).toEqual([]);
    expect(frontend({ routing_rule: [{ ...rule, frontend_endpoints: ["other"] }] }).routes).toEqual([]);
  });
});

test.each([
  ["HttpsOnly", "https"],
  ["HttpOnly", "http"],
  ["MatchRequest", "viewer"],
  // absent: the provider's default
  [null, "https"],
  ["Https", unrecognised],
])("forwarding by %s: %s", (forwarding_protocol, expected) => {
  const changes = { routing_rule: [{ ...rule, forwarding_configuration: [{ ...forward, forwarding_protocol }] }] };
  const hop = only(frontend(changes).upstreams);
  expect([hop.name, said(hop.protocol), said(hop.certificate)]).toEqual(["pool", expected, "verified"]);
});

test("whether a backend's certificate is checked", () => {
  const check = (backend_pool_settings: JsonObject[]) =>
    said(only(frontend({ backend_pool_settings }).upstreams).certificate);
  expect(check([{ enforce_backend_pools_certificate_name_check: false }])).toBe("not verified");
  expect(check([])).toBe("? enforce_backend_pools_certificate_name_check is not set");
});

describe("random Front Doors", () => {
  fuzz({
    resources: {
      [address]: {
        frontend_endpoint: [{ name: "text", host_name: "text" }],
        backend_pool_settings: [{ enforce_backend_pools_certificate_name_check: "flag" }],
        routing_rule: [
          {
            name: "text",
            enabled: "flag",
            accepted_protocols: ["text"],
            patterns_to_match: ["text"],
            frontend_endpoints: ["text"],
            forwarding_configuration: [{ backend_pool_name: "text", forwarding_protocol: "text" }],
            redirect_configuration: [{ redirect_protocol: "text" }],
          },
        ],
      },
      [https]: {
        frontend_endpoint_id: "text",
        custom_https_provisioning_enabled: "flag",
        custom_https_configuration: [{ certificate_source: "text", minimum_tls_version: "text" }],
      },
    },
    words: [
      "a",
      "a",
      "/a",
      "a.azurefd.net",
      "Http",
      "Https",
      "HttpOnly",
      "HttpsOnly",
      "MatchRequest",
      "FrontDoor",
      "1.0",
      "1.2",
      "",
    ],
    passing: {
      "ats-connection": (_, path) => path === "",
      "https-only": (value, path) => path.endsWith("accepted_protocols") || value === "HttpsOnly",
      "minimum-tls-1-2": (value, path) => path === "" || ["1.2", "", null, undefined].includes(value as string),
      "forward-secrecy": (_, path) => path === "",
      "origin-https-only": (value) =>
        ["HttpsOnly", "MatchRequest", "", null, undefined, true].includes(value as string),
      "certificate-present": (value) => value === true || String(value).endsWith(".azurefd.net"),
      "certificate-covers-domains": () => true,
      "certificate-auto-renewal": () => true,
    },
  });
});

test.each([
  [["https"], "? the plan does not tell which protocols the rule accepts"],
  [["Https", "HTTP"], "? the plan does not tell which protocols the rule accepts"],
  [["Http", "other"], "served"],
])("protocols that are not recognised, %j: %s", (accepted_protocols, expected) =>
  expect(said(withRule({ accepted_protocols }).plainHttp)).toBe(expected),
);

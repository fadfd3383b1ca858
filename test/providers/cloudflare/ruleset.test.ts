// Rulesets → endpoints: redirects by value and by expression, HSTS headers of both providers, encryption modes of some requests.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, zonePlan } from "../../support/cloudflare.ts";
import { among, fuzz, type Schema } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { endpointsOf, said } from "../../support/said.ts";

const address = "cloudflare_ruleset.made";

const ofRule = (phase: string, rule: JsonObject, blocks = false, late = {}) =>
  endpointAt(zonePlan({ [address]: { phase, rules: [rule] } }, { blocks, late: { [address]: late } }), address);

describe("a redirect", () => {
  const treatment = (target_url: JsonObject, expression = "not ssl", more: JsonObject = {}) =>
    said(
      ofRule("http_request_dynamic_redirect", {
        expression,
        action: "redirect",
        action_parameters: { from_value: { target_url } },
        ...more,
      })?.routes[0]?.plainHttp,
    );

  test.each([
    ["https://example.com/", "redirected"],
    ["HTTPS://example.com/", "redirected"],
    ["http://example.com/", "served"],
    ["/elsewhere", undefined],
  ])("to the value %s: %s", (value, expected) => expect(treatment({ value })).toBe(expected));

  const unclear = "? tlsgate does not evaluate the expression of its target";

  test.each([
    ['concat("https://", http.host, http.request.uri.path)', "redirected"],
    ['concat( "http://", http.host)', "served"],
    ['concat("/new", http.request.uri.path)', undefined],
    [`wildcard_replace(http.request.full_uri, r"http://*", r"https://\${1}")`, "redirected"],
    [`wildcard_replace(http.request.full_uri, r"https://*", r"http://\${1}")`, "served"],
    ['regex_replace(http.request.full_uri, "^http://", "https://")', "redirected"],
    ["http.request.full_uri", unclear],
    ['lookup_json_string(http.request.uri.path, "to")', unclear],
    ["concat(http.request.uri.path, http.host)", unclear],
  ])("to the expression %s: %s", (expression, expected) => expect(treatment({ expression })).toBe(expected));

  test("that is known after apply is told of where the rule is about plain HTTP", () => {
    const late = { rules: [{ action_parameters: { from_value: { target_url: { value: true } } } }] };
    const rule = (expression: string) => ({
      expression,
      action_parameters: { from_value: { target_url: { value: null } } },
    });
    const of = (expression: string) =>
      said(ofRule("http_request_dynamic_redirect", rule(expression), false, late)?.routes[0]?.plainHttp);
    expect(of("not ssl")).toMatch(/^\? known after apply/);
    expect(of('http.host eq "www.example.com"')).toBeUndefined();
    expect(of("true")).toBeUndefined();
  });

  test("to HTTPS of requests that are HTTPS already says nothing of plain HTTP; one to plain HTTP does", () => {
    const expression = '(ssl and http.host eq "a.example.com")';
    expect(treatment({ value: "https://example.com/" }, expression)).toBeUndefined();
    expect(treatment({ value: "http://example.com/" }, expression)).toBe("served");
  });

  test("that is switched off", () => {
    expect(treatment({ value: "http://example.com/" }, "true", { enabled: false })).toBeUndefined();
    expect(treatment({ value: "http://example.com/" }, "true", { enabled: true })).toBe("served");
  });

  test("that may be switched off", () => {
    const late = { rules: [{ enabled: true }] };
    const parameters = { from_value: { target_url: { value: "https://example.com/" } }, ssl: "strict" };
    const rule = { expression: "not ssl", action_parameters: parameters };
    const route = ofRule("http_request_dynamic_redirect", rule, false, late)?.routes[0];
    expect(said(route?.plainHttp)).toMatch(/^\? known after apply/);
    const upstream = ofRule("http_config_settings", rule, false, late)?.upstreams[0];
    expect(said(upstream?.protocol)).toMatch(/^\? known after apply/);
  });

  test("of a real plan: provider 4 has blocks, provider 5 has objects", () => {
    const places = ["cloudflare4-good", "cloudflare5-bad-weak"].flatMap((name) =>
      findings(name).filter((one) => one.address.startsWith("cloudflare_ruleset.")),
    );
    expect(places.map(({ outcome, at }) => [outcome, at])).toEqual([
      ["pass", "rules[0].action_parameters[0].from_value[0].target_url[0].expression"],
      ["fail", "rules[0].action_parameters.from_value.target_url.value"],
    ]);
  });
});

describe("a response header", () => {
  const phase = "http_response_headers_transform";
  const value = "max-age=31536000; includeSubDomains; preload";
  const hsts = (headers: unknown, blocks = false, late = {}) => {
    const parameters = { headers };
    const rule = { expression: "true", action_parameters: blocks ? [parameters] : parameters } as JsonObject;
    return ofRule(phase, rule, blocks, late)?.routes[0]?.hsts;
  };

  test("as a block of provider 4, or in the map of provider 5", () => {
    const block = hsts([{ name: "X-Other" }, { name: "strict-transport-security", operation: "set", value }], true);
    const inMap = hsts({ "X-Other": {}, "Strict-Transport-Security": { operation: "set", value } });
    for (const found of [block, inMap]) {
      expect([found?.maxAge, found?.includeSubDomains, found?.preload].map(said)).toEqual([31_536_000, true, true]);
    }
    expect(inMap?.maxAge.place.at).toBe("rules[0].action_parameters.headers.Strict-Transport-Security.value");
  });

  test("that is removed, made by an expression, or another one", () => {
    expect(said(hsts({ "Strict-Transport-Security": { operation: "remove" } })?.maxAge)).toBe(0);
    expect(said(hsts({ "Strict-Transport-Security": { operation: "set", expression: "x" } })?.maxAge)).toBe(
      "? tlsgate does not evaluate the expression that makes the header",
    );
    expect(hsts({ "X-Frame-Options": { operation: "set", value: "DENY" } })).toBeUndefined();
    expect(said(hsts({ "Strict-Transport-Security": { operation: "set", value: "soon" } })?.maxAge)).toBe(0);
  });

  test.each(["set", "add"])("%s puts it there", (operation) =>
    expect(said(hsts({ "Strict-Transport-Security": { operation, value } })?.maxAge)).toBe(31_536_000),
  );

  test.each(["Set", "toString", null])("the operation %s is not recognised", (operation) =>
    expect(said(hsts({ "Strict-Transport-Security": { operation, value } })?.maxAge)).toMatch(/^\? /),
  );

  test("known after apply", () => {
    const late = { rules: [{ action_parameters: { headers: true } }] };
    expect(said(hsts(null, false, late)?.maxAge)).toMatch(/^\? known after apply/);
  });
});

describe("an encryption mode for some requests", () => {
  const mode = (ssl: unknown) => {
    const endpoint = ofRule("http_config_settings", { expression: "x", action_parameters: { ssl } as JsonObject });
    const { protocol, origin } = endpoint ? saidOf(endpoint) : {};
    return [protocol, origin];
  };

  test.each([
    ["off", "http", undefined],
    ["flexible", "http", undefined],
    ["full", "https", "not verified"],
    ["strict", "https", "verified"],
    ["origin_pull", "https", "verified"],
    ["Strict", '? "Strict" is not a value that tlsgate recognises; its name suggests strict', undefined],
    [null, undefined, undefined],
  ])("%s: %s, certificate %s", (ssl, ...expected) => expect(mode(ssl)).toEqual(expected));
});

test("a route is named by the rule's expression, as far as that may be told", () => {
  const parameters = { from_value: { target_url: { value: "https://example.com/" } } };
  const rule = { expression: "not ssl", action_parameters: parameters };
  const path = (late: JsonObject) => ofRule("http_request_dynamic_redirect", rule, false, late)?.routes[0]?.path;
  expect(path({})).toBe("not ssl");
  expect(path({ rules: [{ expression: true }] })).toBe("rules[0]");
});

test("rules that nobody wrote, and the provider fills in, are none", () => {
  const change = { after: { phase: "http_config_settings", zone_id: "1" }, after_unknown: { rules: true } };
  const made = plan({ changes: { [address]: change }, root: { resources: [configured(address)] } });
  expect(endpointsOf(made).size).toBe(0);
});

test("rules of other phases are no endpoint, nor are those of an unknown one", () => {
  expect(ofRule("http_request_firewall_custom", { expression: "not ssl", action: "block" })).toBeUndefined();
  const rule = { expression: "not ssl", action_parameters: { from_value: { target_url: { value: "https://x/" } } } };
  expect(ofRule("", rule, false, { phase: true })).toBeUndefined();
});

describe("random headers never throw, and none passes but by its text", () => {
  const header = { operation: "text", value: "text", expression: "text" } as const;
  const ruleOf = (headers: Schema): Schema => ({ expression: "text", action_parameters: { headers } });
  fuzz({
    resources: {
      "cloudflare_ruleset.new": { phase: "text", rules: [ruleOf({ "strict-transport-security": header })] },
      "cloudflare_ruleset.old": { phase: "text", rules: [ruleOf([{ ...header, name: "text" }])] },
    },
    words: [
      "http_response_headers_transform",
      "set",
      "remove",
      "max-age=31536000",
      "max-age=0",
      "true",
      "strict-transport-security",
    ],
    passing: { "hsts-enabled": among("max-age=31536000") },
  });
});

describe("random rulesets never throw, and none passes but by what it sets", () => {
  fuzz({
    resources: {
      "cloudflare_ruleset.a": {
        zone_id: "text",
        phase: "text",
        rules: [
          {
            expression: "text",
            enabled: "flag",
            action_parameters: {
              ssl: "text",
              from_value: { target_url: { value: "text", expression: "text" } },
            },
          },
        ],
      },
      "cloudflare_page_rule.a": {
        zone_id: "text",
        target: "text",
        status: "text",
        actions: { always_use_https: "flag", ssl: "text", forwarding_url: { url: "text" } },
      },
    },
    words: [
      ...["http_request_dynamic_redirect", "http_config_settings"],
      ...["not ssl", "true", "set", "remove", "disabled", "full", "strict", "off", "constructor"],
      ...["https://example.com/", "http://example.com/", "/x", 'concat("https://", http.host)', "http://*a/*"],
    ],
    passing: {
      "https-only": among(true, "https://example.com/", 'concat("https://", http.host)'),
      "origin-https-only": among("full", "strict"),
    },
  });
});

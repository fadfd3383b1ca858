// What a zone does with plain HTTP, and its HSTS header: by settings, by encryption mode, and by rules for all requests.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { modernSuites } from "../../../src/providers/cloudflare/zone-values.ts";
import { endpointAt, saidOf, setting, settings, zone, zonePlan } from "../../support/cloudflare.ts";
import { findings } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

describe("always_use_https", () => {
  const treatment = (value: unknown) =>
    saidOf(at(endpointsOf(zonePlan(settings({ always_use_https: value }))), "cloudflare_zone_setting.always_use_https"))
      .plainHttp;

  test.each([
    ["on", "redirected"],
    ["off", "served"],
    ["ON", '? "ON" is not a value that tlsgate recognises; its name suggests on'],
    [true, "? true is not a value that tlsgate recognises"],
    [false, "? false is not a value that tlsgate recognises"],
    ["", "? value is not set"],
  ])("%j: %s", (value, expected) => expect(treatment(value)).toBe(expected));
});

describe("encryption mode off", () => {
  test("sends HTTPS requests back to plain HTTP", () => {
    const made = zonePlan(settings({ ssl: "off" }));
    expect(at(endpointsOf(made), "cloudflare_zone_setting.ssl").routes[0]?.plainHttp).toMatchObject({
      value: "served",
      note: "encryption mode off sends HTTPS requests back to plain HTTP",
      remedy: { attribute: "value", value: "strict" },
    });
  });

  test("beside a redirect: both are told", () => {
    const made = zonePlan(settings({ always_use_https: "off", ssl: "off" }));
    const failed = findings(made).filter(({ policy, outcome }) => policy === "https-only" && outcome === "fail");
    expect(failed.map(({ address }) => address).sort()).toEqual([
      "cloudflare_zone_setting.always_use_https",
      "cloudflare_zone_setting.ssl",
    ]);
  });
});

const redirect = (expression: string, target = { value: "https://example.com/" } as JsonObject): JsonObject => ({
  phase: "http_request_dynamic_redirect",
  rules: [{ expression, action: "redirect", action_parameters: { from_value: { target_url: target } } }],
});

describe("a rule that redirects", () => {
  const ofZone = (resources: { [address: string]: JsonObject }) =>
    saidOf(at(endpointsOf(zonePlan(resources, { zone: "created" })), zone)).plainHttp;
  const withRule = (expression: string) => ofZone({ "cloudflare_ruleset.https": redirect(expression) });

  test.each(["not ssl", "(not ssl)", "( not  ssl )", "!ssl", '(http.request.scheme eq "http")', "true"])(
    "%s takes all plain HTTP requests",
    (expression) => expect(withRule(expression)).toBe("redirected"),
  );

  test.each(['(not ssl and http.host eq "a.example.com")', 'http.request.full_uri wildcard r"http://*.example.com/*"'])(
    "%s takes some of them",
    (expression) =>
      expect(withRule(expression)).toBe(
        "? cloudflare_ruleset.https redirects some requests to HTTPS, and the plan does not tell whether all",
      ),
  );

  test.each(['http.host eq "www.example.com"', "ssl", '(ssl and http.host eq "a.example.com")'])(
    "%s is about something else",
    (expression) => expect(withRule(expression)).toBe("served"),
  );

  test("by a page rule for the whole domain, or for a part of it", () => {
    const rule = (target: string) =>
      ofZone({ "cloudflare_page_rule.https": { target, status: "active", actions: { always_use_https: true } } });
    expect(rule("http://*example.com/*")).toBe("redirected");
    expect(rule("*example.com/*")).toBe("redirected");
    expect(rule("http://*.example.com/*")).toMatch(/^\? cloudflare_page_rule.https redirects some requests/);
    expect(rule("http://*ample.com/*")).toMatch(/^\? cloudflare_page_rule.https redirects some requests/);
  });

  describe("by a page rule, beside another one", () => {
    const beside = (other: JsonObject, own: JsonObject = {}) =>
      ofZone({
        "cloudflare_page_rule.https": { target: "http://*example.com/*", actions: { always_use_https: true }, ...own },
        "cloudflare_page_rule.other": { target: "*example.com/static/*", actions: { cache_level: "basic" }, ...other },
      });
    const partly = /^\? cloudflare_page_rule.https redirects some requests/;

    test.each<[string, JsonObject, JsonObject]>([
      ["of no priority", {}, {}],
      ["of a higher priority", { priority: 2 }, { priority: 1 }],
      ["of the same priority", { priority: 1 }, { priority: 1 }],
      ["that forwards to plain HTTP", { actions: { forwarding_url: { url: "http://a.test" } } }, {}],
    ])("that may come first: %s", (_, other, own) => expect(beside(other, own)).toMatch(partly));

    test.each<[string, JsonObject, JsonObject]>([
      ["of a lower priority", { priority: 1 }, { priority: 2 }],
      ["that is disabled", { status: "disabled" }, {}],
      ["for HTTPS", { target: "https://*example.com/static/*" }, {}],
      ["that redirects too", { actions: { always_use_https: true } }, {}],
    ])("that takes nothing from it: %s", (_, other, own) => expect(beside(other, own)).toBe("redirected"));
  });

  test("that may be switched off, or be another zone's", () => {
    const address = "cloudflare_ruleset.https";
    const late = (mask: JsonObject) => {
      const made = zonePlan(
        { [address]: redirect("not ssl") },
        { zone: "created", late: { [address]: mask as never } },
      );
      return saidOf(at(endpointsOf(made), zone)).plainHttp;
    };
    expect(late({ rules: [{ enabled: true }] })).toMatch(/^\? cloudflare_ruleset.https redirects some requests/);
    expect(late({ zone_id: true })).toMatch(/^\? cloudflare_ruleset.https redirects some requests/);
  });

  test("does not matter beside a setting that redirects, and helps beside one that does not", () => {
    const rule = { "cloudflare_ruleset.https": redirect("not ssl") };
    const off = at(
      endpointsOf(zonePlan({ ...settings({ always_use_https: "off" }), ...rule }, { zone: "created" })),
      zone,
    );
    expect(off.routes[0]?.plainHttp).toMatchObject({
      value: "redirected",
      place: { address: "cloudflare_ruleset.https" },
    });
    const on = at(
      endpointsOf(zonePlan({ ...settings({ always_use_https: "on" }), ...rule }, { zone: "created" })),
      zone,
    );
    expect(on.routes[0]?.plainHttp?.place.address).toBe("cloudflare_zone_setting.always_use_https");
  });
});

describe("security_header", () => {
  const address = "cloudflare_zone_setting.security_header";
  const header = (value: unknown) =>
    endpointAt(zonePlan(settings({ security_header: value })), address)?.routes[0]?.hsts;
  const wrapped = (values: JsonObject) => header({ strict_transport_security: values });

  test.each([
    [{ enabled: true, max_age: 31_536_000 }, 31_536_000],
    [{ enabled: true, max_age: 0 }, 0],
    [{ enabled: false, max_age: 31_536_000 }, 0],
    [{ enabled: false }, 0],
    [{ enabled: true }, "? max_age is not set"],
    [{ max_age: 31_536_000 }, "? enabled is not set"],
    [{ enabled: true, max_age: "31536000" }, '? "31536000" is not a value that tlsgate recognises'],
    [{ enabled: "true", max_age: 31_536_000 }, '? "true" is not a value that tlsgate recognises'],
    [{ enabled: true, max_age: -1 }, "? -1 is not a value that tlsgate recognises"],
  ])("%j: max-age %s", (values, expected) => expect(said(wrapped(values as JsonObject)?.maxAge)).toBe(expected));

  test("its other directives", () => {
    const values = { enabled: true, max_age: 31_536_000, include_subdomains: true, preload: true };
    const whole = wrapped(values);
    expect([said(whole?.includeSubDomains), said(whole?.preload)]).toEqual([true, true]);
    const bare = wrapped({ enabled: true, max_age: 31_536_000 });
    expect([said(bare?.includeSubDomains), said(bare?.preload)]).toEqual([false, false]);
  });

  const unwrapped = "? there is no strict_transport_security around its values";

  test.each([[{ enabled: true, max_age: 31_536_000 }], ["on"], [true], [[31_536_000]]])("%j is no header", (value) =>
    expect(said(header(value)?.maxAge)).toBe(unwrapped),
  );

  test("one of its values known after apply, or all of them", () => {
    const late = (mask: JsonObject | true, max_age: number | null = null) => {
      const value = mask === true ? null : { strict_transport_security: { enabled: true, max_age } };
      const made = zonePlan(
        { [address]: setting("security_header", value) },
        { late: { [address]: { value: mask as never } } },
      );
      return said(endpointAt(made, address)?.routes[0]?.hsts?.maxAge);
    };
    expect(late({ strict_transport_security: { max_age: true } })).toBe(
      "? known after apply, from terraform_data.late.output",
    );
    expect(late(true)).toBe("? known after apply, from terraform_data.late.output");
    expect(late({ strict_transport_security: { enabled: true } }, 31_536_000)).toMatch(/^\? known after apply/);
    expect(late({}, 31_536_000)).toBe(31_536_000);
  });
});

describe("a rule that sets the header", () => {
  const rule = (expression: string, operation = "set"): JsonObject => ({
    phase: "http_response_headers_transform",
    rules: [
      {
        expression,
        action: "rewrite",
        action_parameters: { headers: { "Strict-Transport-Security": { operation, value: "max-age=31536000" } } },
      },
    ],
  });
  const ofZone = (ruleset: JsonObject, more = {}) =>
    saidOf(at(endpointsOf(zonePlan({ "cloudflare_ruleset.hsts": ruleset, ...more }, { zone: "created" })), zone))
      .maxAge;

  test("on all answers, on some, or that removes it", () => {
    expect(ofZone(rule("true"))).toBe(31_536_000);
    expect(ofZone(rule("(ssl)"))).toBe(31_536_000);
    expect(ofZone(rule('http.host eq "a.example.com"'))).toMatch(
      /^\? cloudflare_ruleset.hsts sets the header on some answers/,
    );
    expect(ofZone(rule("true", "remove"))).toBe(0);
    expect(ofZone(rule('http.host eq "a.example.com"', "remove"))).toBe(0);
  });

  test("that may be switched off, or be another zone's", () => {
    const address = "cloudflare_ruleset.hsts";
    const late = (mask: JsonObject) =>
      saidOf(
        at(
          endpointsOf(zonePlan({ [address]: rule("true") }, { zone: "created", late: { [address]: mask as never } })),
          zone,
        ),
      );
    expect(late({ rules: [{ enabled: true }] }).maxAge).toMatch(/^\? known after apply/);
    expect(late({ zone_id: true }).maxAge).toMatch(/^\? cloudflare_ruleset.hsts sets the header on some answers/);
  });

  test("no header has no directives", () => {
    const hsts = at(endpointsOf(zonePlan({}, { zone: "created" })), zone).routes[0]?.hsts;
    expect([said(hsts?.maxAge), said(hsts?.includeSubDomains), said(hsts?.preload)]).toEqual([0, false, false]);
  });

  test("counts where the zone's own setting is off, as it is by default", () => {
    const own = (strict_transport_security: JsonObject) => settings({ security_header: { strict_transport_security } });
    expect(ofZone(rule("true"), own({ enabled: false }))).toBe(31_536_000);
    expect(ofZone(rule('http.host eq "a.example.com"'), own({ enabled: false }))).toMatch(
      /^\? cloudflare_ruleset.hsts/,
    );
    expect(ofZone(rule("true"), own({ enabled: true, max_age: 0 }))).toBe(0);
  });
});

describe("what is to be set, and where", () => {
  const remedies = (resources: { [address: string]: JsonObject }, options = {}) =>
    Object.fromEntries(
      findings(zonePlan(resources, options)).flatMap(({ policy, remedy }) =>
        remedy ? [[policy, [remedy.address, remedy.attribute, remedy.value]]] : [],
      ),
    );

  test("in the settings of provider 5", () => {
    const header = {
      strict_transport_security: { enabled: true, max_age: 1, include_subdomains: false, preload: false },
    };
    const made = remedies(settings({ always_use_https: "off", security_header: header, ssl: "full" }));
    const hsts = "cloudflare_zone_setting.security_header";
    const inside = "value.strict_transport_security";
    expect(made).toMatchObject({
      "https-only": ["cloudflare_zone_setting.always_use_https", "value", "on"],
      "hsts-enabled": [hsts, `${inside}.max_age`, 31_536_000],
      "hsts-include-subdomains": [hsts, `${inside}.include_subdomains`, true],
      "origin-https-only": ["cloudflare_zone_setting.ssl", "value", "strict"],
    });
    const off = remedies(settings({ security_header: { strict_transport_security: { enabled: false } } }));
    expect(off["hsts-enabled"]).toEqual([hsts, `${inside}.enabled`, true]);
  });

  test("in the settings of provider 4, where nothing is written in a new zone", () => {
    const address = "cloudflare_zone_settings_override.site";
    const made = remedies({ [address]: { settings: [{ ssl: "strict" }] } }, { zone: "created", blocks: true });
    expect(made).toMatchObject({
      "https-only": [address, "settings[0].always_use_https", "on"],
      "minimum-tls-1-2": [address, "settings[0].min_tls_version", "1.2"],
      "forward-secrecy": [address, "settings[0].ciphers", modernSuites],
    });
  });

  test("a rule's header", () => {
    const headers = { "Strict-Transport-Security": { operation: "set", value: "max-age=60" } };
    const rules = [{ expression: "true", action_parameters: { headers } }];
    const made = remedies({ "cloudflare_ruleset.hsts": { phase: "http_response_headers_transform", rules } });
    expect(made["hsts-enabled"]).toEqual([
      "cloudflare_ruleset.hsts",
      "rules[0].action_parameters.headers.Strict-Transport-Security.value",
      "max-age=31536000; includeSubDomains",
    ]);
  });
});

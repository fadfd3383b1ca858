// The rules of application gateways: redirects of plain HTTP, HSTS by rewrites, and the hop to backends.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { refersTo } from "../../support/made.ts";
import { said } from "../../support/said.ts";
import { gateway, listener, listenersOf, plainListener, rewrite, rule, settings } from "./made-gateway.ts";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

describe("plain HTTP", () => {
  const plain = (changes: JsonObject, rules: JsonObject = {}) =>
    only(
      listenersOf({
        http_listener: [plainListener],
        request_routing_rule: [{ http_listener_name: "http", ...rules }],
        ...changes,
      }),
    );
  const redirected = (configuration: JsonObject, listeners: JsonObject[] = []) => {
    const made = listenersOf({
      http_listener: [plainListener, ...listeners],
      request_routing_rule: [{ http_listener_name: "http", redirect_configuration_name: "away" }],
      redirect_configuration: [{ name: "away", ...configuration }],
    });
    return said(only(made[0]?.routes ?? []).plainHttp);
  };

  test("is served where nothing redirects it", () => {
    const route = only(plain({}).routes);
    expect([route.path, route.hsts]).toEqual(["* of the listener http", undefined]);
    expect(route.plainHttp).toMatchObject({
      value: "served",
      place: { address: gateway, at: "request_routing_rule[0].redirect_configuration_name" },
    });
  });

  test.each([
    [{ target_url: "https://www.example.com" }, "redirected"],
    [{ target_url: "HTTPS://www.example.com" }, "redirected"],
    [{ target_url: "http://www.example.com" }, "served"],
    [{ target_url: null }, "? the redirect has neither target_listener_name nor target_url"],
    [{ target_listener_name: "nowhere" }, "? the plan shows no http_listener of that name"],
  ])("%j: %s", (configuration, expected) => expect(redirected(configuration as JsonObject)).toBe(expected));

  test("is redirected to the listener of HTTPS, not to one of HTTP", () => {
    expect(redirected({ target_listener_name: "https" }, [listener])).toBe("redirected");
    expect(redirected({ target_listener_name: "HTTPS" }, [listener])).toBe("redirected");
    expect(redirected({ target_listener_name: "alt" }, [{ name: "alt", protocol: "Http" }])).toBe("served");
    expect(redirected({ target_listener_name: "alt" }, [{ name: "alt", protocol: "Spdy" }])).toEqual(unrecognised);
  });

  test("is served by a rule that writes the listener's name in another case", () => {
    const made = plain({}, { http_listener_name: "HTTP" });
    expect(said(only(made.routes).plainHttp)).toBe("served");
  });

  test("by a redirect that the plan does not show", () => {
    const open = only(plain({}, { redirect_configuration_name: "hidden" }).routes);
    expect(said(open.plainHttp)).toBe("? the plan shows no redirect_configuration of that name");
  });

  test("by a path map, or of a listener, that the plan does not show", () => {
    const hidden = only(plain({}, { url_path_map_name: "hidden" }).routes);
    expect(said(hidden.plainHttp)).toBe("? the plan shows no url_path_map of that name");
    const rules = { http_listener: [plainListener], request_routing_rule: [{ name: "main" }] };
    const late = only(listenersOf(rules, { request_routing_rule: [{ http_listener_name: true }] }));
    expect(said(only(late.routes).plainHttp)).toBe("? the plan does not tell which listener the rule is for");
  });

  test("path by path", () => {
    const map = {
      name: "paths",
      default_redirect_configuration_name: "away",
      path_rule: [{ paths: ["/health", "/ready"], backend_http_settings_name: "web" }],
    };
    const made = plain(
      { url_path_map: [map], redirect_configuration: [{ name: "away", target_url: "https://a.test" }] },
      { url_path_map_name: "paths" },
    );
    expect(made.routes.map(({ path, plainHttp }) => [path, said(plainHttp)])).toEqual([
      ["/health, /ready of the listener http", "served"],
      ["* of the listener http", "redirected"],
    ]);
    expect(made.upstreams.map(({ name, routes }) => [name, routes])).toEqual([
      ["web", ["/health, /ready of the listener http"]],
    ]);
  });
});

describe("the header", () => {
  const hsts = (rules: JsonObject[], more: JsonObject = {}) =>
    only(
      only(
        listenersOf({
          rewrite_rule_set: [{ name: "hsts", rewrite_rule: rules }],
          request_routing_rule: [{ ...rule, ...more }],
        }),
      ).routes,
    ).hsts;
  const maxAge = (rules: JsonObject[], more?: JsonObject) => said(hsts(rules, more)?.maxAge);

  test("by a rewrite, the last of which has the last word", () => {
    expect(maxAge([rewrite("max-age=31536000")])).toBe(31_536_000);
    expect(maxAge([rewrite("max-age=60", { rule_sequence: 2 }), rewrite("max-age=31536000")])).toBe(60);
    expect(maxAge([rewrite("")])).toBe(0);
    expect(maxAge([rewrite("max-age=60"), rewrite("", { rule_sequence: 2 })])).toBe(0);
  });

  test("on a condition", () => {
    const condition = [{ variable: "http_req_Host", pattern: "a.test" }];
    expect(maxAge([rewrite("max-age=31536000", { condition })])).toBe(
      "? the rewrite rule hsts changes the header only where its conditions match",
    );
    expect(maxAge([rewrite("max-age=31536000"), rewrite("max-age=31536000", { condition, rule_sequence: 2 })])).toBe(
      31_536_000,
    );
  });

  test("is not sent without a rewrite for it", () => {
    const none = hsts([], { rewrite_rule_set_name: "" });
    expect(none?.maxAge).toMatchObject({ value: 0, note: "it has no rewrite rule set" });
    expect(none?.maxAge.place.at).toBe("request_routing_rule[0].rewrite_rule_set_name");
    expect(hsts([])?.maxAge).toMatchObject({ value: 0, note: "no rule of its rewrite rule set sets the header" });
    expect(maxAge([], { rewrite_rule_set_name: "hidden" })).toBe("? the plan shows no rewrite_rule_set of that name");
    expect(maxAge([], { url_path_map_name: "hidden" })).toBe("? the plan shows no url_path_map of that name");
  });

  test("is not sent with a redirect, which no rewrite reaches", () => {
    const away = { redirect_configuration_name: "away" };
    expect(hsts([rewrite("max-age=31536000")], away)?.maxAge).toMatchObject({
      value: 0,
      note: "a redirect carries no header of a rewrite",
    });
  });

  test("with its remedy at the rewrite", () => {
    expect(hsts([rewrite("max-age=60")])?.maxAge.remedy).toEqual({
      address: gateway,
      attribute: "rewrite_rule_set[0].rewrite_rule[0].response_header_configuration[0].header_value",
      value: "max-age=31536000",
    });
  });
});

describe("the hop to a backend", () => {
  const hop = (changes: JsonObject) =>
    only(only(listenersOf({ backend_http_settings: [{ ...settings, ...changes }] })).upstreams);

  test.each([
    ["Https", "https"],
    ["Http", "http"],
    ["https", unrecognised],
    [null, "? the protocol of the backend is not set"],
  ])("%s: %s", (protocol, expected) => {
    expect(said(hop({ protocol }).protocol)).toEqual(expected);
    expect(hop({ protocol }).protocol.remedy).toMatchObject({
      attribute: "backend_http_settings[0].protocol",
      value: "Https",
    });
  });

  test("shows a certificate that is checked, unless that is switched off", () => {
    const check = (changes: JsonObject) => hop(changes).certificate;
    expect(said(check({}))).toBe("verified");
    expect(check({ protocol: "Http" })).toBeUndefined();
    expect(said(check({ protocol: "Https?" }))).toBe("verified");
    expect(said(check({ certificate_chain_validation_enabled: true, sni_validation_enabled: true }))).toBe("verified");
    for (const attribute of ["certificate_chain_validation_enabled", "sni_validation_enabled"]) {
      expect(check({ [attribute]: false })).toMatchObject({
        value: "not verified",
        place: { at: `backend_http_settings[0].${attribute}` },
        remedy: { value: true },
      });
      expect(said(check({ [attribute]: "no" }))).toEqual(unrecognised);
    }
    const both = { certificate_chain_validation_enabled: "no", sni_validation_enabled: false };
    expect(said(check(both))).toBe("not verified");
  });

  test("to an app of this plan, which the pool names", () => {
    const app = "azurerm_linux_web_app.made";
    const pool = { name: "pool", fqdns: ["app.azurewebsites.net"] };
    const changes = {
      backend_address_pool: [pool],
      request_routing_rule: [{ ...rule, backend_address_pool_name: "pool" }],
    };
    expect(only(only(listenersOf(changes)).upstreams).endpoint).toBeUndefined();
    const unknown = { backend_address_pool: [{ fqdns: true }] };
    const refers = { backend_address_pool: [{ fqdns: refersTo(`${app}.default_hostname`) }] };
    const made = listenersOf(changes, unknown, refers, {
      [app]: { after_unknown: { default_hostname: true } as never },
    });
    expect(only(only(made).upstreams).endpoint).toBe(app);
  });

  test("by settings that the plan does not show", () => {
    const open = only(only(listenersOf({ backend_http_settings: [] })).upstreams);
    expect([open.name, said(open.protocol)]).toEqual(["web", "? the plan shows no backend_http_settings of that name"]);
  });
});

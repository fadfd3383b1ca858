// URL maps: the ways through them, what each does to plain HTTP, and the host names they take.

import { describe, expect, test } from "vitest";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const map = "google_compute_url_map.made";
const http = "google_compute_target_http_proxy.made";
const https = "google_compute_target_https_proxy.made";
const app = "google_compute_backend_service.app";
const toApp = ref(`${app}.id`);
const redirect = { https_redirect: true, strip_query: false };

/** Path and treatment of each route of an HTTP proxy with a URL map. */
const treatments = (values: Values) =>
  at(
    endpointsOf(
      creating({ "terraform_data.late": {}, [app]: {}, [map]: values, [http]: { url_map: ref(`${map}.id`) } }),
    ),
    http,
  ).routes.map(({ path, plainHttp }) => [path, said(plainHttp), plainHttp?.place.at]);

const names = (host_rule: readonly Values[]) =>
  at(
    endpointsOf(
      creating({ [app]: {}, [map]: { default_service: toApp, host_rule }, [https]: { url_map: ref(`${map}.id`) } }),
    ),
    https,
  ).names.map(said);

describe("plain HTTP", () => {
  test.each<[string, Values, unknown[][]]>([
    ["a backend serves it", { default_service: toApp }, [["*", "served", "default_service"]]],
    [
      "a redirect to HTTPS",
      { default_url_redirect: [redirect] },
      [["*", "redirected", "default_url_redirect[0].https_redirect"]],
    ],
    [
      "a redirect that stays as it came",
      { default_url_redirect: [{ https_redirect: false, host_redirect: "www.example.com" }] },
      [["*", "served", "default_url_redirect[0].https_redirect"]],
    ],
    [
      "a redirect that says nothing of it",
      { default_url_redirect: [{ host_redirect: "www.example.com" }] },
      [["*", "served", "default_url_redirect[0].https_redirect"]],
    ],
    [
      "a redirect that is known after apply",
      { default_url_redirect: [{ https_redirect: ref("terraform_data.late.output") }] },
      [["*", "? known after apply, from terraform_data.late.output", "default_url_redirect[0].https_redirect"]],
    ],
    [
      "backends by weight",
      { default_route_action: [{ weighted_backend_services: [{ backend_service: toApp, weight: 1 }] }] },
      [["*", "served", "default_route_action[0].weighted_backend_services[0].backend_service"]],
    ],
    ["a weight without a backend", { default_route_action: [{ weighted_backend_services: [{ weight: 1 }] }] }, []],
    ["a map that leads nowhere", {}, []],
  ])("%s", (_, values, expected) => expect(treatments(values)).toEqual(expected));

  test("each matcher, path rule and route rule is a route of its own", () => {
    const values = {
      default_url_redirect: [redirect],
      host_rule: [{ hosts: ["a.example.com", "b.example.com"], path_matcher: "ab" }],
      path_matcher: [
        {
          name: "ab",
          default_url_redirect: [redirect],
          path_rule: [
            { paths: ["/health", "/ready"], service: toApp },
            { paths: ["/old/*"], url_redirect: [redirect] },
          ],
        },
        {
          name: "other",
          default_service: toApp,
          route_rules: [
            { priority: 1, url_redirect: [redirect] },
            { priority: 2, service: toApp },
          ],
        },
      ],
    };
    expect(treatments(values)).toEqual([
      ["*", "redirected", "default_url_redirect[0].https_redirect"],
      ["a.example.com/*, b.example.com/*", "redirected", "path_matcher[0].default_url_redirect[0].https_redirect"],
      [
        "a.example.com/health, a.example.com/ready, b.example.com/health, b.example.com/ready",
        "served",
        "path_matcher[0].path_rule[0].service",
      ],
      [
        "a.example.com/old/*, b.example.com/old/*",
        "redirected",
        "path_matcher[0].path_rule[1].url_redirect[0].https_redirect",
      ],
      ["/*", "served", "path_matcher[1].default_service"],
      ["path_matcher[1].route_rules[0]", "redirected", "path_matcher[1].route_rules[0].url_redirect[0].https_redirect"],
      ["path_matcher[1].route_rules[1]", "served", "path_matcher[1].route_rules[1].service"],
    ]);
  });

  test("a host rule for all hosts leaves nothing to the map's default", () => {
    const path_matcher = [{ name: "all", default_url_redirect: [redirect] }];
    const rule = (hosts: string[]) => [{ hosts, path_matcher: "all" }];
    const all = treatments({ default_service: toApp, host_rule: rule(["*"]), path_matcher });
    expect(all).toEqual([["/*", "redirected", "path_matcher[0].default_url_redirect[0].https_redirect"]]);
    const one = treatments({ default_service: toApp, host_rule: rule(["*.example.com"]), path_matcher });
    expect(one.map(([path]) => path)).toEqual(["*", "*.example.com/*"]);
  });

  test("a path that is known after apply is named by its place", () => {
    const path_rule = [{ paths: ref("terraform_data.late.output"), service: toApp }];
    const made = treatments({ default_service: toApp, path_matcher: [{ name: "m", path_rule }] });
    expect(made.map(([path]) => path)).toEqual(["*", "path_matcher[0].path_rule[0]"]);
  });

  test("of a dynamic block the plan does not tell", () => {
    const dynamic = { default_service: toApp, default_url_redirect: ref("terraform_data.late.output") };
    expect(treatments(dynamic)).toEqual([
      ["*", expect.stringMatching(/^\? known after apply/), "default_url_redirect[0].https_redirect"],
    ]);
  });

  test("the remedy of a redirect stands at the URL map", () => {
    const made = creating({ [map]: { default_url_redirect: [{}] }, [http]: { url_map: ref(`${map}.id`) } });
    expect(at(endpointsOf(made), http).routes[0]?.plainHttp).toMatchObject({
      note: "it redirects to plain HTTP again",
      remedy: { address: map, attribute: "default_url_redirect[0].https_redirect", value: true },
    });
  });

  test("of a real plan", () => {
    const [route] = at(endpointsOf("google-good"), "google_compute_target_http_proxy.redirect").routes;
    expect(route?.plainHttp).toMatchObject({
      value: "redirected",
      place: { address: "google_compute_url_map.redirect", at: "default_url_redirect[0].https_redirect" },
    });
  });
});

describe("host names", () => {
  test.each([
    [
      ["www.example.com", "shop.example.com"],
      ["www.example.com", "shop.example.com"],
    ],
    [["*"], []],
    [["*.example.com"], ["*.example.com"]],
    [["*-eu.example.com"], ["*.example.com"]],
    [["www.example.com:8443", "www.example.com"], ["www.example.com"]],
  ])("%j: %j", (hosts, expected) => expect(names([{ hosts, path_matcher: "m" }])).toEqual(expected));

  test("each once, whatever the number of rules", () => {
    const rule = (...hosts: string[]) => ({ hosts, path_matcher: "m" });
    expect(names([rule("a.test"), rule("b.test", "a.test")])).toEqual(["a.test", "b.test"]);
    expect(names([])).toEqual([]);
  });

  test("rules are a set: the plan orders them as it likes", () => {
    const late = { hosts: refersTo("terraform_data.late.output"), path_matcher: { constant_value: "late" } };
    const plain = { hosts: { constant_value: ["a.test"] }, path_matcher: { constant_value: "plain" } };
    const changes = {
      "terraform_data.late": { after: {}, after_unknown: { output: true } },
      [map]: {
        after: { id: "map", host_rule: [{ hosts: ["a.test"], path_matcher: "plain" }, { path_matcher: "late" }] },
        after_unknown: { host_rule: [{}, { hosts: true }] },
      },
      [https]: { after: { url_map: "map" } },
    };
    const resources = [
      configured("terraform_data.late"),
      configured(map, { host_rule: [late, plain] }),
      configured(https),
    ];
    const made = at(endpointsOf(plan({ changes, root: { resources } })), https);
    expect(made.names.map(said)).toEqual(["a.test", "? known after apply, from terraform_data.late.output"]);
  });

  test("of a real plan, at the rule", () => {
    const [name] = at(endpointsOf("google-good"), "google_compute_target_https_proxy.https").names;
    expect(name).toMatchObject({
      value: "static.shop.example.com",
      place: { address: "google_compute_url_map.https", at: "host_rule[0].hosts[0]" },
    });
  });
});

// Target proxies: what HTTPS, SSL and HTTP proxies are, and URL maps that no proxy of the plan uses.

import { describe, expect, test } from "vitest";
import { newestHttp } from "../../../src/providers/google/target-proxy-values.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const map = "google_compute_url_map.made";
const other = "google_compute_url_map.other";
const http = "google_compute_target_http_proxy.made";
const https = "google_compute_target_https_proxy.made";
const ssl = "google_compute_target_ssl_proxy.made";
const app = "google_compute_backend_service.app";

const redirect = { default_url_redirect: [{ https_redirect: true }] };
const serves = { default_service: ref(`${app}.id`) };
const outside = "? the URL map is defined outside this plan";

describe("an HTTPS proxy", () => {
  test("of a real plan", () => {
    const endpoint = at(endpointsOf("google-good"), "google_compute_target_https_proxy.https");
    expect(endpoint.kind).toBe("target HTTPS proxy");
    expect([said(endpoint.certificate), said(endpoint.minimumTls), said(endpoint.aeadOnly)]).toEqual([
      "own",
      "TLS 1.2",
      true,
    ]);
    expect(endpoint.routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), said(hsts?.maxAge)])).toEqual([
      ["*", "refused", 31_536_000],
      ["static.shop.example.com/*", "refused", 31_536_000],
    ]);
    expect(endpoint.upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([
      ["google_compute_backend_service.app", "https"],
    ]);
  });

  test("whose URL map the plan does not hold", () => {
    const endpoint = at(endpointsOf("google-bad-weak"), "google_compute_target_https_proxy.nopolicy");
    expect(endpoint.routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), said(hsts?.preload)])).toEqual([
      ["*", "refused", outside],
    ]);
    expect([endpoint.names, endpoint.upstreams]).toEqual([[], []]);
  });

  test("with one of two URL maps has neither's names", () => {
    const hosts = (name: string) => ({ ...serves, host_rule: [{ hosts: [name], path_matcher: "m" }] });
    const made = creating({
      [app]: {},
      [map]: hosts("a.test"),
      [other]: hosts("b.test"),
      [https]: { url_map: ref(`${map}.id`, `${other}.id`) },
    });
    const { names, routes, upstreams } = at(endpointsOf(made), https);
    expect([names, upstreams, routes.map(({ hsts }) => said(hsts?.maxAge))]).toEqual([
      [],
      [],
      [`? the plan does not tell which it is of ${map}, ${other}`],
    ]);
  });

  test.each([
    ["ENABLE", ["HTTP/1.1", "HTTP/2", "HTTP/3"]],
    ["DISABLE", ["HTTP/1.1", "HTTP/2"]],
    ["NONE", ["HTTP/1.1", "HTTP/2"]],
    [null, ["HTTP/1.1", "HTTP/2"]],
    ["enable", '? "enable" is not a value that tlsgate recognises'],
  ])("quic_override %s: %j", (quic_override, expected) => {
    expect(said(at(endpointsOf(creating({ [https]: { quic_override } })), https).httpVersions)).toEqual(expected);
  });

  test("there are no other words for QUIC", () =>
    expect(Object.keys(newestHttp)).toEqual(["ENABLE", "DISABLE", "NONE"]));
});

describe("an HTTP proxy", () => {
  const routes = (values: Values, more: { readonly [address: string]: Values }) =>
    at(endpointsOf(creating({ "terraform_data.late": {}, [app]: {}, ...more, [http]: values })), http).routes.map(
      ({ path, plainHttp }) => [path, said(plainHttp), plainHttp?.place.address],
    );

  test("says nothing of TLS", () => {
    const endpoint = at(endpointsOf("google-good"), "google_compute_target_http_proxy.redirect");
    expect(endpoint).toMatchObject({ kind: "target HTTP proxy", names: [], certificates: [], upstreams: [] });
    for (const name of ["certificate", "minimumTls", "forwardSecrecy", "aeadOnly", "httpVersions"] as const)
      expect(endpoint[name], name).toBeUndefined();
    for (const { hsts } of endpoint.routes) expect(hsts).toBeUndefined();
  });

  test("is judged by its URL map, where that is written", () => {
    expect(routes({ url_map: ref(`${map}.id`) }, { [map]: serves })).toEqual([["*", "served", map]]);
    expect(routes({ url_map: ref(`${map}.self_link`) }, { [map]: redirect })).toEqual([["*", "redirected", map]]);
  });

  test("tells of the hop to its backends too", () => {
    const made = creating({ [app]: { protocol: "HTTP" }, [map]: serves, [http]: { url_map: ref(`${map}.id`) } });
    expect(at(endpointsOf(made), http).upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([
      [app, "http"],
    ]);
  });

  test("outside the plan, or known after apply", () => {
    expect(routes({ url_map: "projects/p/global/urlMaps/web" }, {})).toEqual([["*", outside, http]]);
    const late = "? known after apply, from terraform_data.late.output";
    expect(routes({ url_map: ref("terraform_data.late.output") }, {})).toEqual([["*", late, http]]);
    expect(routes({}, {})).toEqual([["*", "? no URL map is set", http]]);
  });

  test("with one of two URL maps: what both do is known", () => {
    const either = (a: Values, b: Values) =>
      routes({ url_map: ref(`${map}.id`, `${other}.id`) }, { [map]: a, [other]: b });
    expect(either(redirect, redirect)).toEqual([["*", "redirected", http]]);
    expect(either(redirect, serves)).toEqual([["*", `? the plan does not tell which it is of ${map}, ${other}`, http]]);
  });

  test("of a region has URL maps of its own", () => {
    const regional = "google_compute_region_target_http_proxy.made";
    const own = "google_compute_region_url_map.made";
    const made = creating({ [own]: redirect, [regional]: { url_map: ref(`${own}.id`) } });
    expect(at(endpointsOf(made), regional).routes.map(({ plainHttp }) => said(plainHttp))).toEqual(["redirected"]);
  });

  test("by the link of a URL map that exists", () => {
    const changes = {
      [map]: { after: { id: "projects/p/global/urlMaps/web", ...redirect } },
      [http]: { after: { url_map: "https://www.googleapis.com/compute/v1/projects/p/global/urlMaps/web" } },
    };
    expect(at(endpointsOf(plan({ changes })), http).routes.map(({ plainHttp }) => said(plainHttp))).toEqual([
      "redirected",
    ]);
  });
});

describe("an SSL proxy", () => {
  const endpoint = (values: Values, more: { readonly [address: string]: Values } = {}) =>
    at(endpointsOf(creating({ ...more, [ssl]: values })), ssl);

  test("takes TLS alone, and does not look into it", () => {
    const made = endpoint({ backend_service: ref(`${app}.id`) }, { [app]: { protocol: "TCP" } });
    expect([made.kind, made.names, made.httpVersions]).toEqual(["target SSL proxy", [], undefined]);
    expect(made.routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), hsts])).toEqual([
      ["*", "refused", undefined],
    ]);
    expect(made.upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([[app, "http"]]);
    expect([said(made.minimumTls), said(made.certificate)]).toEqual(["TLS 1.0", "missing"]);
  });

  test("with a backend outside the plan", () => {
    const made = endpoint({ backend_service: "projects/p/global/backendServices/other" });
    expect(made.upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([
      ["other", "? the backend service is defined outside this plan"],
    ]);
  });
});

describe("a proxy of a service mesh", () => {
  const rule = (name: string, scheme: string) => ({
    [`google_compute_global_forwarding_rule.${name}`]: { target: ref(`${http}.id`), load_balancing_scheme: scheme },
  });
  const isThere = (rules: { readonly [address: string]: Values }) =>
    endpointsOf(creating({ [app]: {}, [map]: serves, [http]: { url_map: ref(`${map}.id`) }, ...rules })).has(http);

  test("is no endpoint", () => {
    expect(isThere(rule("mesh", "INTERNAL_SELF_MANAGED"))).toBe(false);
    expect(isThere({})).toBe(true);
    expect(isThere(rule("web", "EXTERNAL_MANAGED"))).toBe(true);
    expect(isThere({ ...rule("mesh", "INTERNAL_SELF_MANAGED"), ...rule("web", "EXTERNAL") })).toBe(true);
  });

  test.each([https, ssl])("%s neither", (address) => {
    const scheme = { load_balancing_scheme: "INTERNAL_SELF_MANAGED", target: ref(`${address}.self_link`) };
    expect(endpointsOf(creating({ [address]: {}, "google_compute_forwarding_rule.mesh": scheme })).has(address)).toBe(
      false,
    );
  });

  test("other proxies have rules of their own", () => {
    const rules = {
      "google_compute_global_forwarding_rule.other": {
        target: "projects/p/global/targetHttpProxies/other",
        load_balancing_scheme: "INTERNAL_SELF_MANAGED",
      },
    };
    expect(isThere(rules)).toBe(true);
  });
});

describe("a URL map that no proxy of the plan uses", () => {
  test("is judged by the headers of its backends alone", () => {
    const made = creating({ [app]: {}, [map]: { ...serves, path_matcher: [{ name: "m", ...redirect }] } });
    const endpoint = at(endpointsOf(made), map);
    expect(endpoint).toMatchObject({ kind: "URL map", names: [], certificates: [] });
    expect(endpoint.routes.map(({ path, plainHttp, hsts }) => [path, plainHttp, said(hsts?.maxAge)])).toEqual([
      [
        "*",
        undefined,
        "? the application behind it sends the Strict-Transport-Security header or not, outside the plan",
      ],
    ]);
    expect(endpoint.upstreams.map(({ name }) => name)).toEqual([app]);
  });

  test("and not at all where it only redirects, or where a proxy uses it", () => {
    expect(endpointsOf(creating({ [map]: redirect })).size).toBe(0);
    const grpc = { "google_compute_target_grpc_proxy.made": { url_map: ref(`${map}.id`) } };
    expect(endpointsOf(creating({ [app]: {}, [map]: serves, ...grpc })).size).toBe(0);
    const plain = { [http]: { url_map: ref(`${map}.id`) } };
    expect(endpointsOf(creating({ [app]: {}, [map]: serves, ...plain })).has(map)).toBe(false);
    expect(endpointsOf("google-good").has("google_compute_url_map.https")).toBe(false);
  });
});

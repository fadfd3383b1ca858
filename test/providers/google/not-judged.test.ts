// Forwarding rules of Google Cloud: judged with the proxy that they lead to, or not judged.

import { describe, expect, test } from "vitest";
import { notJudgedOf } from "../../support/not-judged.ts";
import { fixture } from "../../support/plans.ts";
import { creating, ref, type Values } from "./made-google.ts";

describe.each(["google_compute_global_forwarding_rule", "google_compute_forwarding_rule"])("%s", (type) => {
  const kindOf = (rule: Values, others: { readonly [address: string]: Values } = {}) =>
    notJudgedOf(creating({ [`${type}.it`]: rule, ...others }))[`${type}.it`];

  test.each([
    "google_compute_target_https_proxy",
    "google_compute_target_http_proxy",
    "google_compute_target_ssl_proxy",
    "google_compute_region_target_https_proxy",
    "google_compute_region_target_http_proxy",
  ])("that leads to a %s of the plan is judged with it", (proxy) =>
    expect(kindOf({ target: ref(`${proxy}.p.id`) }, { [`${proxy}.p`]: {} })).toBeUndefined(),
  );

  test.each<[string, Values, { readonly [address: string]: Values }?]>([
    ["a proxy outside of the plan", { target: "projects/p/global/targetHttpsProxies/elsewhere" }],
    [
      "a TCP proxy",
      { target: ref("google_compute_target_tcp_proxy.p.id") },
      { "google_compute_target_tcp_proxy.p": {} },
    ],
    [
      "a backend service",
      { backend_service: ref("google_compute_region_backend_service.b.id"), ip_protocol: "TCP" },
      { "google_compute_region_backend_service.b": { load_balancing_scheme: "EXTERNAL" } },
    ],
    ["every protocol", { ip_protocol: "L3_DEFAULT" }],
  ])("that leads to %s is not judged", (_, rule, others) => expect(kindOf(rule, others)).toBe("forwarding rule"));

  test.each<[string, Values]>([
    ["a service mesh", { load_balancing_scheme: "INTERNAL_SELF_MANAGED" }],
    ["the APIs of Google", { target: "all-apis", load_balancing_scheme: "" }],
    ["UDP", { ip_protocol: "UDP" }],
    ["a VPN", { ip_protocol: "ESP" }],
  ])("of %s serves no HTTPS", (_, rule) => expect(kindOf(rule)).toBeUndefined());
});

test("a real plan, whose forwarding rules lead to proxies", () => {
  expect(notJudgedOf(fixture("google-good"))).toEqual({});
});

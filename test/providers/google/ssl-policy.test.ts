// What a proxy negotiates: the versions and profiles of SSL policies, attached, left out, looked up or used by nobody.

import { describe, expect, test } from "vitest";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const policy = "google_compute_ssl_policy.made";
const proxy = "google_compute_target_https_proxy.made";

const security = (plan: Parameters<typeof endpointsOf>[0], address: string) => {
  const { minimumTls, forwardSecrecy, aeadOnly } = at(endpointsOf(plan), address);
  return [said(minimumTls), said(forwardSecrecy), said(aeadOnly)];
};

/** Of a policy that is attached. */
const of = (values: Values) =>
  security(creating({ [policy]: values, [proxy]: { ssl_policy: ref(`${policy}.id`) } }), proxy);

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

describe("a policy that is attached", () => {
  test.each<[string, Values, unknown[]]>([
    ["nothing set", {}, ["TLS 1.0", false, false]],
    ["MODERN alone", { profile: "MODERN" }, ["TLS 1.0", true, false]],
    ["MODERN from 1.1", { profile: "MODERN", min_tls_version: "TLS_1_1" }, ["TLS 1.1", true, false]],
    ["COMPATIBLE from 1.2", { profile: "COMPATIBLE", min_tls_version: "TLS_1_2" }, ["TLS 1.2", false, false]],
    ["RESTRICTED alone: its suites need TLS 1.2", { profile: "RESTRICTED" }, ["TLS 1.2", true, true]],
    ["RESTRICTED from 1.0", { profile: "RESTRICTED", min_tls_version: "TLS_1_0" }, ["TLS 1.2", true, true]],
    ["RESTRICTED from 1.3", { profile: "RESTRICTED", min_tls_version: "TLS_1_3" }, ["TLS 1.3", true, true]],
    ["FIPS", { profile: "FIPS_202205", min_tls_version: "TLS_1_2" }, ["TLS 1.2", true, true]],
    ["from 1.3, whatever the profile", { profile: "MODERN", min_tls_version: "TLS_1_3" }, ["TLS 1.3", true, true]],
  ])("%s", (_, values, expected) => expect(of(values)).toEqual(expected));

  const gcm = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  const cbc = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
  const rsa = "TLS_RSA_WITH_AES_128_GCM_SHA256";

  test.each<[string, unknown[], unknown[]]>([
    ["GCM raises the version", [gcm], ["TLS 1.2", true, true]],
    ["one with CBC does not", [gcm, cbc], ["TLS 1.1", true, false]],
    ["RSA key transport", [gcm, rsa], ["TLS 1.2", false, true]],
    ["a weak one decides beside one that is not recognised", ["NEW", cbc, rsa], ["TLS 1.1", false, false]],
    ["one that is not recognised", [gcm, "NEW"], [unrecognised, unrecognised, unrecognised]],
    ["none", [], Array(3).fill("? custom_features is not set")],
  ])("CUSTOM: %s", (_, custom_features, expected) => {
    expect(of({ profile: "CUSTOM", min_tls_version: "TLS_1_1", custom_features })).toEqual(expected);
  });

  test("an unknown part leaves open what hangs on it alone", () => {
    const late = ref("terraform_data.late.output");
    const cause = "? known after apply, from terraform_data.late.output";
    const given = (values: Values) =>
      security(
        creating({ "terraform_data.late": {}, [policy]: values, [proxy]: { ssl_policy: ref(`${policy}.id`) } }),
        proxy,
      );
    expect(given({ profile: late, min_tls_version: "TLS_1_2" })).toEqual(["TLS 1.2", cause, cause]);
    expect(given({ profile: late, min_tls_version: "TLS_1_1" })).toEqual([cause, cause, cause]);
    expect(given({ profile: "RESTRICTED", min_tls_version: late })).toEqual(["TLS 1.2", true, true]);
    expect(given({ profile: "MODERN", min_tls_version: late })).toEqual([cause, true, false]);
    expect(given({ profile: "CUSTOM", custom_features: late })).toEqual([cause, cause, cause]);
  });

  test("names that are not in the tables", () => {
    expect(of({ profile: "modern", min_tls_version: "TLS_1_2" })).toEqual(["TLS 1.2", unrecognised, unrecognised]);
    expect(of({ profile: "MODERN", min_tls_version: "TLS_1_4" })).toEqual([unrecognised, true, false]);
    expect(of({ profile: "constructor" })).toEqual([unrecognised, unrecognised, unrecognised]);
  });

  test("the finding stands at the proxy, the remedy at the policy", () => {
    const endpoint = at(
      endpointsOf(creating({ [policy]: {}, [proxy]: { ssl_policy: ref(`${policy}.self_link`) } })),
      proxy,
    );
    const place = { address: proxy, at: "ssl_policy" };
    expect(endpoint.minimumTls).toMatchObject({
      place,
      related: [policy],
      remedy: { address: policy, attribute: "min_tls_version", value: "TLS_1_2" },
    });
    expect(endpoint.forwardSecrecy).toMatchObject({ place, remedy: { attribute: "profile", value: "RESTRICTED" } });
    expect(endpoint.aeadOnly?.place).toEqual(place);
  });

  test("is not an endpoint of its own", () => {
    expect(endpointsOf(creating({ [policy]: {}, [proxy]: { ssl_policy: ref(`${policy}.id`) } })).has(policy)).toBe(
      false,
    );
  });
});

describe("where a policy comes from", () => {
  test("none is attached: Google's default", () => {
    expect(security(creating({ [proxy]: {} }), proxy)).toEqual(["TLS 1.0", false, false]);
    const { minimumTls } = at(endpointsOf(creating({ [proxy]: {} })), proxy);
    expect(minimumTls).toMatchObject({
      place: { address: proxy, at: "ssl_policy" },
      note: "no SSL policy is attached, so Google's default applies: COMPATIBLE from TLS 1.0",
    });
  });

  test("a link to one outside the plan, and to one that exists", () => {
    const link = "https://www.googleapis.com/compute/v1/projects/p/global/sslPolicies/strict";
    const outside = "? the SSL policy is defined outside this plan";
    expect(security(creating({ [proxy]: { ssl_policy: link } }), proxy)).toEqual([outside, outside, outside]);
    const existing = { after: { id: "projects/p/global/sslPolicies/strict", profile: "RESTRICTED" } };
    const changes = { [policy]: existing, [proxy]: { after: { ssl_policy: link } } };
    expect(security(plan({ changes }), proxy)).toEqual(["TLS 1.2", true, true]);
    const named = {
      [policy]: { after: { name: "strict", profile: "MODERN" } },
      [proxy]: { after: { ssl_policy: "strict" } },
    };
    expect(security(plan({ changes: named }), proxy)).toEqual(["TLS 1.0", true, false]);
  });

  test("one that was looked up has no remedy", () => {
    const data = "data.google_compute_ssl_policy.shared";
    const changes = {
      [data]: { after: { self_link: "link", profile: "MODERN", min_tls_version: "TLS_1_1" } },
      [proxy]: { after: { ssl_policy: "link" } },
    };
    const endpoint = at(endpointsOf(plan({ changes })), proxy);
    expect([said(endpoint.minimumTls), said(endpoint.forwardSecrecy)]).toEqual(["TLS 1.1", true]);
    expect(endpoint.minimumTls?.remedy).toBeUndefined();
    expect(endpoint.aeadOnly?.remedy).toBeUndefined();
    expect(endpoint.minimumTls?.related).toEqual([data]);
  });

  test("one of two: what both say is known", () => {
    const either = (first: Values, second: Values) =>
      security(
        creating({
          "google_compute_ssl_policy.a": first,
          "google_compute_ssl_policy.b": second,
          [proxy]: { ssl_policy: ref("google_compute_ssl_policy.a.id", "google_compute_ssl_policy.b.id") },
        }),
        proxy,
      );
    const which = "? the plan does not tell which it is of google_compute_ssl_policy.a, google_compute_ssl_policy.b";
    expect(either({ profile: "RESTRICTED" }, { profile: "MODERN" })).toEqual([which, true, which]);
  });

  test("known after apply", () => {
    const late = creating({ "terraform_data.late": {}, [proxy]: { ssl_policy: ref("terraform_data.late.output") } });
    const cause = "? known after apply, from terraform_data.late.output";
    expect(security(late, proxy)).toEqual([cause, cause, cause]);
  });

  test("regional proxies and SSL proxies have policies too", () => {
    const regional = "google_compute_region_target_https_proxy.made";
    const own = "google_compute_region_ssl_policy.made";
    expect(
      security(creating({ [own]: { profile: "MODERN" }, [regional]: { ssl_policy: ref(`${own}.id`) } }), regional),
    ).toEqual(["TLS 1.0", true, false]);
    const ssl = "google_compute_target_ssl_proxy.made";
    const both = creating({ [policy]: { profile: "RESTRICTED" }, [ssl]: { ssl_policy: ref(`${policy}.id`) } });
    expect(security(both, ssl)).toEqual(["TLS 1.2", true, true]);
    expect(endpointsOf(both).has(policy)).toBe(false);
  });
});

test("a policy that no proxy of the plan uses is judged alone, by what it says itself", () => {
  const alone = at(endpointsOf("google-bad-weak"), "google_compute_ssl_policy.custom");
  expect(alone).toMatchObject({ kind: "SSL policy", names: [], certificates: [], routes: [], upstreams: [] });
  expect([said(alone.minimumTls), said(alone.forwardSecrecy)]).toEqual(["TLS 1.2", false]);
  expect(alone.forwardSecrecy?.place).toEqual({ address: alone.address, at: "custom_features" });
  const regional = at(endpointsOf("google-bad-weak"), "google_compute_region_ssl_policy.regional");
  expect(regional.minimumTls).toMatchObject({ value: "TLS 1.1", place: { at: "min_tls_version" } });
  expect(endpointsOf("google-bad-weak").has("google_compute_ssl_policy.compat")).toBe(false);
});

test("a sensitive cipher suite is judged and not printed", () => {
  const change = {
    after: { profile: "CUSTOM", min_tls_version: "TLS_1_2", custom_features: ["SECRET"] },
    after_sensitive: { custom_features: [true] },
  };
  const root = { resources: [configured(policy)] };
  const [, forwardSecrecy] = security(plan({ changes: { [policy]: change }, root }), policy);
  expect(forwardSecrecy).toBe("? a sensitive value is not a value that tlsgate recognises");
});

describe("random policies", () => {
  const gcm = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  const cbc = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
  const weak = ["COMPATIBLE", "TLS_1_0", "TLS_1_1", "TLS_RSA_WITH_AES_128_GCM_SHA256", "", "modern", "toString"];
  const strong = ["TLS_1_2", "TLS_1_3", "MODERN", "RESTRICTED", "FIPS_202205", "CUSTOM", gcm, cbc];
  const only =
    (...allowed: readonly string[]) =>
    (value: unknown) =>
      [value].flat().length > 0 && [value].flat().every((one) => allowed.includes(one as string));
  fuzz({
    resources: { [policy]: { profile: "text", min_tls_version: "text", custom_features: ["text"] } },
    words: [...weak, ...strong],
    // It passes by the one attribute that decides: the version, the profile or the features.
    passing: {
      "ats-connection": (value) =>
        ["TLS_1_3", "COMPATIBLE", "MODERN", "RESTRICTED", "FIPS_202205", "", null].includes(value as string) ||
        [value].flat().some((one) => [gcm, cbc].includes(one as string)),
      "minimum-tls-1-2": only(
        "TLS_1_2",
        "TLS_1_3",
        "RESTRICTED",
        "FIPS_202205",
        gcm,
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
      ),
      "forward-secrecy": only("TLS_1_3", "MODERN", "RESTRICTED", "FIPS_202205", gcm, cbc),
      "strong-ciphers": only("TLS_1_3", "RESTRICTED", "FIPS_202205", gcm, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
    },
  });
});

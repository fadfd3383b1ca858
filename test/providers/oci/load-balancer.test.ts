// Listeners of Oracle Cloud, on a plan made by hand from the provider's documented schema.

import { describe, expect, test } from "vitest";
import { cipherSuites, tlsProtocols } from "../../../src/providers/oci/load-balancer-values.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { outcomes } from "../../support/plans.ts";
import { at, endpointsOf } from "../../support/said.ts";

const listener = "oci_load_balancer_listener";

const judged = (policy: string) => {
  const found = Object.entries(outcomes("oci-load-balancer", policy));
  return Object.fromEntries(found.map(([address, outcome]) => [address.replace(/^oci_load_balancer_/, ""), outcome]));
};

test.each([
  ["https-only", { good: "pass", silent: "pass", weak: "pass", newer: "pass", redirect: "pass", plain: "fail" }],
  ["minimum-tls-1-2", { good: "pass", silent: "pass", weak: "fail", newer: "pass" }],
  ["forward-secrecy", { good: "pass", silent: "pass", weak: "fail", newer: "unknown" }],
  ["strong-ciphers", { good: "pass", silent: "fail", weak: "fail", newer: "unknown" }],
  ["certificate-present", { good: "pass", silent: "pass", weak: "pass", newer: "pass" }],
])("%s", (policy, expected) => {
  const atListeners = Object.entries(judged(policy)).map(([address, outcome]) => [
    address.replace(/^(listener|rule_set)\./, ""),
    outcome,
  ]);
  expect(Object.fromEntries(atListeners)).toEqual(expected);
});

test("hsts-enabled: what a rule set adds; without one, the backend may send it", () =>
  expect(judged("hsts-enabled")).toEqual({
    "rule_set.secure": "pass",
    "listener.silent": "unknown",
    "listener.weak": "unknown",
    "listener.newer": "unknown",
  }));

test("private-hop-https: the backend set's TLS, and whether its certificate is checked", () =>
  expect(judged("private-hop-https")).toEqual({ "backend_set.encrypted": "pass", "backend_set.plain": "fail" }));

test("the name of a backend set that is sensitive is not shown", () => {
  const set = "oci_load_balancer_backend_set.it";
  const backends = (after_sensitive: object) => {
    const changes = {
      [`${listener}.it`]: { after: { protocol: "HTTP", default_backend_set_name: "a", ssl_configuration: [{}] } },
      [set]: { after: { name: "a" }, after_sensitive: after_sensitive as never },
    };
    return at(endpointsOf(plan({ changes })), `${listener}.it`).upstreams.map(({ name }) => name);
  };
  expect(backends({})).toEqual(["a"]);
  expect(backends({ name: true })).toEqual([set]);
});

/** The worst outcome of a policy wherever it stands, for one listener made by hand. */
function made(policy: string, ssl: object, more: object = {}) {
  const after = { protocol: "HTTP", ssl_configuration: [ssl], ...more };
  const root = { resources: [configured(`${listener}.it`, { ssl_configuration: [{}] })] };
  const found = outcomes(plan({ changes: { [`${listener}.it`]: { after: after as never } }, root }), policy);
  return found[`${listener}.it`];
}

describe("TLS", () => {
  test.each(Object.entries(tlsProtocols))("%s: %s", (protocol, version) => {
    const expected = version === "TLS 1.2" || version === "TLS 1.3" ? "pass" : "fail";
    expect(made("minimum-tls-1-2", { protocols: ["TLSv1.3", protocol] })).toBe(expected);
  });

  test.each(Object.entries(cipherSuites))("%s", (cipher_suite_name, { forwardSecrecy, aeadOnly }) => {
    expect(made("forward-secrecy", { cipher_suite_name })).toBe(forwardSecrecy ? "pass" : "fail");
    expect(made("strong-ciphers", { cipher_suite_name })).toBe(aeadOnly ? "pass" : "fail");
  });

  test.each(["tlsv1.2", "TLS 1.2", 1.2, ""])("%j is not recognised", (protocol) =>
    expect(made("minimum-tls-1-2", { protocols: [protocol] })).toBe("unknown"),
  );

  test("a suite of this plan is read by its ciphers", () => {
    const suite = (...ciphers: string[]) =>
      outcomes(
        plan({
          changes: {
            [`${listener}.it`]: { after: { protocol: "HTTP", ssl_configuration: [{ cipher_suite_name: "own" }] } },
            "oci_load_balancer_ssl_cipher_suite.own": { after: { name: "own", ciphers } },
          },
        }),
        "forward-secrecy",
      )["oci_load_balancer_ssl_cipher_suite.own"];
    expect(suite("ECDHE-RSA-AES128-GCM-SHA256", "TLS_AES_128_GCM_SHA256")).toBe("pass");
    expect(suite("ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA")).toBe("fail");
    expect(suite("ECDHE-RSA-AES128-GCM-SHA256", "NEWER")).toBe("unknown");
  });
});

test("without a certificate", () => {
  expect(made("certificate-present", {})).toBe("fail");
  expect(made("certificate-present", { certificate_ids: ["ocid1.certificate.oc1..example"] })).toBe("pass");
});

describe("a redirect", () => {
  const redirect = (rule: object) => {
    const items = [{ action: "REDIRECT", redirect_uri: [{ protocol: "HTTPS" }], ...rule }];
    const found = outcomes(
      plan({
        changes: {
          [`${listener}.it`]: { after: { protocol: "HTTP", rule_set_names: ["r"] } },
          "oci_load_balancer_rule_set.r": { after: { name: "r", items: items as never } },
        },
      }),
      "https-only",
    );
    return Object.values(found);
  };
  const at = (attribute_value: string, operator: string) => [{ attribute_name: "PATH", attribute_value, operator }];

  test.each([
    ["of every path", { conditions: at("/", "PREFIX_MATCH") }, "pass"],
    ["of one path", { conditions: at("/", "EXACT_MATCH") }, "fail"],
    ["of the paths below one", { conditions: at("/app", "PREFIX_MATCH") }, "fail"],
    ["to plain HTTP", { redirect_uri: [{ protocol: "HTTP" }] }, "fail"],
    ["to the protocol of the request, the default", { redirect_uri: [{ port: 443 }] }, "fail"],
    ["to what is not recognised", { redirect_uri: [{ protocol: "https" }] }, "unknown"],
  ])("%s", (_, rule, outcome) => expect(redirect(rule)).toEqual([outcome]));

  test("by a rule set from outside the plan is unknown", () => {
    const after = { protocol: "HTTP", rule_set_names: ["elsewhere"] };
    expect(Object.values(outcomes(plan({ changes: { [`${listener}.it`]: { after } } }), "https-only"))).toEqual([
      "unknown",
    ]);
  });
});

test("TLS in a dynamic block leaves plain HTTP open", () => {
  const after_unknown = { ssl_configuration: true } as never;
  const late = { [`${listener}.it`]: { after: { protocol: "HTTP" }, after_unknown } };
  expect(outcomes(plan({ changes: late }), "https-only")).toEqual({ [`${listener}.it`]: "unknown" });
  expect(outcomes(plan({ changes: late }), "minimum-tls-1-2")).toEqual({ [`${listener}.it`]: "unknown" });
});

test("TCP whose TLS ends here is judged by it, but for what only HTTP has", () => {
  const tcp = (policy: string) => made(policy, { protocols: ["TLSv1"] }, { protocol: "TCP" });
  expect(tcp("minimum-tls-1-2")).toBe("fail");
  expect(tcp("https-only")).toBe("pass");
  expect(tcp("hsts-enabled")).toBeUndefined();
});

describe("several rules", () => {
  const judge = (policy: string, listed: object, items: object[], unknown?: object) =>
    Object.values(
      outcomes(
        plan({
          changes: {
            [`${listener}.it`]: { after: { protocol: "HTTP", rule_set_names: ["r"], ...listed } as never },
            "oci_load_balancer_rule_set.r": {
              after: { name: "r", items } as never,
              after_unknown: { items: unknown ?? [] } as never,
            },
          },
        }),
        policy,
      ),
    );
  const redirect = (protocol: string, path = "/") => ({
    action: "REDIRECT",
    conditions: [{ attribute_name: "PATH", attribute_value: path, operator: "PREFIX_MATCH" }],
    redirect_uri: [{ protocol }],
  });

  test.each([
    [[redirect("HTTPS"), redirect("HTTPS", "/a")], "pass"],
    [[redirect("HTTPS"), redirect("HTTP", "/a")], "fail"],
    [[redirect("HTTPS"), redirect("odd", "/a")], "unknown"],
    [[redirect("HTTPS", "/a"), redirect("HTTPS", "/b")], "fail"],
  ])("redirect: %j", (items, outcome) => expect(judge("https-only", {}, items)).toEqual([outcome]));

  test("what they do is known after apply", () => {
    expect(judge("https-only", {}, [{ redirect_uri: [{ protocol: "HTTPS" }] }], [{ action: true }])).toEqual([
      "unknown",
    ]);
  });

  const tls = { ssl_configuration: [{ certificate_name: "site" }] };
  const header = "strict-transport-security";
  const adds = { action: "ADD_HTTP_RESPONSE_HEADER", header, value: "max-age=31536000" };

  test.each([
    [[adds], "pass"],
    [[adds, { action: "REMOVE_HTTP_RESPONSE_HEADER", header: "Server" }], "pass"],
    [[adds, { action: "REMOVE_HTTP_RESPONSE_HEADER", header }], "unknown"],
    [[adds, { action: "EXTEND_HTTP_RESPONSE_HEADER_VALUE", header, prefix: "max-age=0; " }], "unknown"],
    [[{ action: "EXTEND_HTTP_RESPONSE_HEADER_VALUE", header, suffix: "; preload" }], "unknown"],
    [[adds, { ...adds, value: "max-age=0" }], "unknown"],
  ])("header: %j", (items, outcome) => expect(judge("hsts-enabled", tls, items)).toEqual([outcome]));
});

describe("of the same load balancer", () => {
  const balancers = (policy: string, own: object, listed: object = {}) => {
    const set = (load_balancer_id: string, more: object) => ({ after: { name: "same", load_balancer_id, ...more } });
    const open = { ssl_configuration: [{ verify_peer_certificate: true }] };
    const changes = {
      [`${listener}.it`]: {
        after: { protocol: "HTTP", load_balancer_id: "own", default_backend_set_name: "same", ...listed },
      },
      "oci_load_balancer_backend_set.a": set("other", {}),
      "oci_load_balancer_backend_set.b": set("own", open),
      "oci_load_balancer_rule_set.a": set("other", {
        items: [{ action: "REDIRECT", redirect_uri: [{ protocol: "HTTPS" }] }],
      }),
      "oci_load_balancer_rule_set.b": set("own", own),
    };
    return outcomes(plan({ changes: changes as never }), policy);
  };

  test("a rule set of the same name elsewhere redirects nothing here", () =>
    expect(balancers("https-only", { items: [] }, { rule_set_names: ["same"] })).toEqual({
      [`${listener}.it`]: "fail",
    }));

  test("a backend set of the same name elsewhere is not the one behind it", () =>
    expect(balancers("private-hop-https", {}, { ssl_configuration: [{}] })).toEqual({
      "oci_load_balancer_backend_set.b": "pass",
    }));

  test.each(["path_route_set_name", "routing_policy_name", "default_backend_set_name"])(
    "%s leads where the plan does not show",
    (attribute) => {
      const listed = { ssl_configuration: [{}], [attribute]: "elsewhere" };
      expect(balancers("private-hop-https", {}, listed)).toMatchObject({ [`${listener}.it`]: "unknown" });
    },
  );
});

describe("at random", () => {
  const isNew = (value: unknown) => value == null || (Array.isArray(value) && value.every((one) => one === "TLSv1.2"));
  const strong = "oci-tls-12-ssl-cipher-suite-v3";
  const usual = "oci-default-ssl-cipher-suite-v1";
  fuzz({
    resources: {
      [`${listener}.it`]: {
        protocol: "text",
        default_backend_set_name: "text",
        ssl_configuration: [{ certificate_name: "text", protocols: ["text"], cipher_suite_name: "text" }],
      },
      "oci_load_balancer_backend_set.b": {
        name: "text",
        ssl_configuration: [{ verify_peer_certificate: "flag", protocols: ["text"] }],
      },
    },
    words: ["HTTP", "TCP", "TLSv1", "TLSv1.2", strong, usual, "oci-modern-ssl-cipher-suite-v1", "odd"],
    passing: {
      "ats-connection": (value) => value == null || value === "" || /^oci-/.test(String(value)),
      "https-only": (_, at) => at === "ssl_configuration[0]",
      "minimum-tls-1-2": isNew,
      "private-hop-https": (value, at) => at === "ssl_configuration" || value === true || isNew(value),
      "certificate-present": () => true,
      "forward-secrecy": (value) => value == null || value === strong || value === usual,
      "strong-ciphers": among(strong),
    },
  });
});

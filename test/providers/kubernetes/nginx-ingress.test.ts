// Ingresses of ingress-nginx → endpoints: on real plans; what no provider plans is made by hand.

import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { backendProtocols, verification } from "../../../src/providers/kubernetes/nginx-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan } from "../../support/made.ts";
import { fixture, outcomes } from "../../support/plans.ts";
import { said } from "../../support/said.ts";
import {
  type Changes,
  certificateNames,
  endpointsAt,
  fuzzObjects,
  hsts,
  plainHttp,
  some,
  tls,
  typed,
  word,
} from "./made-objects.ts";

const address = "kubernetes_ingress_v1.made";
const annotation = (name: string) => `nginx.ingress.kubernetes.io/${name}`;
const elsewhere = "? the ConfigMap of ingress-nginx is not in this plan";

const backend = { service: [{ name: "shop", port: [{ number: 80 }] }] };
const rule = (host: string | null) => ({
  host,
  http: [{ path: [{ path: "/", path_type: "Prefix", backend: [backend] }] }],
});
const secured: JsonObject = {
  ingress_class_name: "nginx",
  tls: [{ hosts: ["shop.example.com"], secret_name: "shop-tls" }],
  rule: [rule("shop.example.com")],
};
const plain: JsonObject = { ...secured, tls: [] };

const config = (data: JsonObject, name = "ingress-nginx-controller"): Changes => ({
  "kubernetes_config_map_v1.controller": { after: { metadata: [{ name, namespace: "ingress-nginx" }], data } },
});

const endpoints = (annotations: JsonObject = {}, spec: JsonObject = secured, others: Changes = {}) =>
  endpointsAt({ ...others, [address]: typed(annotations, spec) }, address);

const ingress = (...how: Parameters<typeof endpoints>): Endpoint => only(endpoints(...how));

describe("of the real plans", () => {
  const of = (name: string, resource: string) =>
    only(inventoryOf(fixture(name), "after", adapters).endpoints.filter((one) => one.address === resource));

  test("a sound one", () => {
    const shop = of("kubernetes-good", "kubernetes_ingress_v1.nginx");
    expect(tls(shop)).toEqual(["TLS 1.2", true, true]);
    expect(hsts(shop)).toEqual([31_536_000, true, true]);
    expect([said(shop.certificate), certificateNames(shop), plainHttp(shop)]).toEqual([
      "own",
      [["shop.example.com"]],
      { "*": "redirected" },
    ]);
    expect(shop.minimumTls?.place).toEqual({ address: "kubernetes_config_map_v1.nginx", at: 'data["ssl-protocols"]' });
  });

  test("bad ones, each judged where it is to be mended", () => {
    expect(outcomes("kubernetes-bad", "https-only")).toMatchObject({
      "kubernetes_ingress_v1.plain": "fail",
      "kubernetes_ingress_v1.noredirect": "fail",
    });
    expect(outcomes("kubernetes-bad", "minimum-tls-1-2")).toMatchObject({ "kubernetes_config_map_v1.nginx": "fail" });
    const { routes } = of("kubernetes-bad", "kubernetes_ingress_v1.noredirect");
    const at = `metadata[0].annotations["${annotation("ssl-redirect")}"]`;
    expect(only(routes).plainHttp).toMatchObject({
      place: { address: "kubernetes_ingress_v1.noredirect", at },
      remedy: { attribute: at, value: "true" },
    });
  });
});

describe("plain HTTP", () => {
  test.each<[string, JsonObject, JsonObject, unknown]>([
    ["redirected by default", {}, secured, "redirected"],
    ["not where the annotation says so", { [annotation("ssl-redirect")]: "false" }, secured, "served"],
    [
      "by force, whatever else is said",
      { [annotation("ssl-redirect")]: "false", [annotation("force-ssl-redirect")]: "true" },
      secured,
      "redirected",
    ],
    ["not without tls", {}, plain, "served"],
    ["nor by ssl-redirect without tls", { [annotation("ssl-redirect")]: "true" }, plain, "served"],
    ["by force without tls", { [annotation("force-ssl-redirect")]: "true" }, plain, "redirected"],
    [
      "by a redirect to another address",
      { [annotation("permanent-redirect")]: "https://example.com" },
      plain,
      "redirected",
    ],
    ["not by one to plain HTTP", { [annotation("permanent-redirect")]: "http://example.com" }, plain, "served"],
    [
      "not recognised",
      { [annotation("ssl-redirect")]: "yes" },
      secured,
      '? "yes" is not a value that tlsgate recognises',
    ],
  ])("%s", (_, annotations, spec, expected) =>
    expect(plainHttp(ingress(annotations, spec))).toEqual({ "*": expected }),
  );

  test("the ConfigMap decides where the annotation is silent", () => {
    const off = config({ "ssl-redirect": "false" });
    expect(plainHttp(ingress({}, secured, off))).toEqual({ "*": "served" });
    expect(plainHttp(ingress({ [annotation("ssl-redirect")]: "true" }, secured, off))).toEqual({ "*": "redirected" });
    expect(plainHttp(ingress({}, plain, config({ "force-ssl-redirect": "true" })))).toEqual({ "*": "redirected" });
  });

  test("an annotation that is known after apply", () => {
    const changes = { [address]: { ...typed({}, secured), after_unknown: { metadata: [{ annotations: true }] } } };
    expect(plainHttp(only(endpointsAt(changes, address)))["*"]).toMatch(/^\? known after apply/);
  });
});

describe("the certificate", () => {
  test("missing where there are hosts and no tls", () => {
    expect(said(ingress({}, plain).certificate)).toBe("missing");
    expect(ingress({}, { ...plain, rule: [rule(null)] }).certificate).toBeUndefined();
    expect(said(ingress({ [annotation("force-ssl-redirect")]: "true" }, plain).certificate)).toMatch(
      /^\? it has no tls/,
    );
  });

  test("the controller's default one, where no Secret is named", () => {
    const { certificate } = ingress({}, { ...secured, tls: [{ hosts: ["shop.example.com"] }] });
    expect(said(certificate)).toMatch(/^\? no Secret is named/);
  });

  test("in a Secret of another plan", () => {
    expect(certificateNames(ingress())).toEqual([["? the certificate is in a Secret that this plan does not hold"]]);
  });

  test("requested by cert-manager: for the hosts, with the key that is asked for", () => {
    const shop = ingress({
      "cert-manager.io/cluster-issuer": "letsencrypt",
      "cert-manager.io/private-key-algorithm": "ECDSA",
      "cert-manager.io/private-key-size": "384",
    });
    const { certificate } = only(shop.certificates);
    expect([certificateNames(shop), said(certificate.key), said(certificate.renewal)]).toEqual([
      [["shop.example.com"]],
      { algorithm: "ECDSA", size: 384 },
      "automatic",
    ]);
  });

  test("passed through: the service answers for it", () => {
    const shop = ingress({ [annotation("ssl-passthrough")]: "true" });
    expect([shop.certificate, shop.minimumTls].map(said)).toEqual(
      Array(2).fill("? TLS is passed on to the service, which answers it"),
    );
  });
});

describe("hosts that no tls names", () => {
  const spec = { ...secured, rule: [rule("shop.example.com"), rule("admin.example.com"), rule("WWW.Example.com")] };

  test("are not covered, and served over plain HTTP unless that is forced", () => {
    const [own, rest] = endpoints({}, spec);
    expect(own?.names.map(said)).toEqual(["shop.example.com"]);
    expect(rest?.names.map(said)).toEqual(["admin.example.com", "WWW.Example.com"]);
    expect([rest && plainHttp(rest), rest && certificateNames(rest)]).toEqual([
      { "admin.example.com": "served", "WWW.Example.com": "served" },
      [["shop.example.com"]],
    ]);
    const [, forced] = endpoints({ [annotation("force-ssl-redirect")]: "true" }, spec);
    expect(forced && plainHttp(forced)).toEqual({ "admin.example.com": "redirected", "WWW.Example.com": "redirected" });
  });

  test("none where a wildcard covers them, or a tls block is for all hosts", () => {
    const tlsFor = (hosts: string[]) => endpoints({}, { ...spec, tls: [{ hosts, secret_name: "tls" }] });
    expect(tlsFor(["*.example.com"])).toHaveLength(1);
    expect(tlsFor([])).toHaveLength(1);
    expect(tlsFor(["*.example.org"])).toHaveLength(2);
  });
});

describe("the controller's ConfigMap", () => {
  test("outside the plan, its settings are unknown", () => {
    expect(tls(ingress())).toEqual(Array(3).fill(elsewhere));
    expect(hsts(ingress())).toEqual(Array(3).fill(elsewhere));
    expect(tls(ingress({}, secured, config({ "ssl-protocols": "TLSv1" }, "something-else")))[0]).toBe(elsewhere);
  });

  test("in the plan, what it does not say is the documented default", () => {
    const shop = ingress({}, secured, config({}));
    expect([tls(shop), hsts(shop)]).toEqual([
      ["TLS 1.2", true, true],
      [31_536_000, true, false],
    ]);
  });

  test("of two, what both say", () => {
    const two = (first: string, second: string) =>
      ingress({}, secured, {
        ...config({ "ssl-protocols": first }),
        "kubernetes_config_map.other": {
          after: { metadata: [{ name: "internal-ingress-nginx-controller" }], data: { "ssl-protocols": second } },
        },
      });
    expect(tls(two("TLSv1.3", "TLSv1.3"))[0]).toBe("TLS 1.3");
    expect(tls(two("TLSv1.3", "TLSv1"))[0]).toBe("? the plan does not tell which ConfigMap the controller reads");
  });

  test("an Ingress may ask for other ciphers", () => {
    const name = annotation("ssl-ciphers");
    expect(tls(ingress({ [name]: "ECDHE-RSA-AES128-SHA" }, secured, config({})))).toEqual(["TLS 1.2", true, false]);
    expect(tls(ingress({ [name]: "AES128-GCM-SHA256" }, secured, config({})))).toEqual(["TLS 1.2", false, true]);
    expect(tls(ingress({ [name]: "HIGH:!aNULL" }, secured, config({})))[1]).toMatch(
      /not a value that tlsgate recognises/,
    );
  });
});

describe("HSTS by a snippet", () => {
  const name = annotation("configuration-snippet");
  const header = 'more_set_headers "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload";';
  const off = { hsts: "false" };

  test.each<[string, string, JsonObject, unknown]>([
    ["where the controller allows it", header, { ...off, "allow-snippet-annotations": "true" }, 63_072_000],
    ["ignored by default", header, off, 0],
    [
      "beside the controller's own",
      'add_header Strict-Transport-Security "max-age=1" always;',
      { "allow-snippet-annotations": "true" },
      "? the controller and its snippet both set the header, and one of them counts",
    ],
    [
      "in a comment beside the controller's own",
      "# no Strict-Transport-Security here",
      { "allow-snippet-annotations": "true" },
      31_536_000,
    ],
    [
      "on a condition",
      `if ($arg_a) {\n${header}\n}`,
      { ...off, "allow-snippet-annotations": "true" },
      "? tlsgate does not evaluate its snippet",
    ],
    [
      "in nginx's own words",
      'add_header Strict-Transport-Security "max-age=60" always;',
      { ...off, "allow-snippet-annotations": "true" },
      60,
    ],
    [
      "of another header",
      'more_set_headers "X-Frame-Options: DENY";',
      { ...off, "allow-snippet-annotations": "true" },
      0,
    ],
    [
      "with a variable in it",
      'more_set_headers "Strict-Transport-Security: $age";',
      { ...off, "allow-snippet-annotations": "true" },
      "? tlsgate does not evaluate its snippet",
    ],
  ])("%s", (_, snippet, data, expected) => {
    expect(hsts(ingress({ [name]: snippet }, secured, config(data)))[0]).toBe(expected);
  });

  test("unknown where the controller is", () => {
    expect(hsts(ingress({ [name]: header }))[0]).toMatch(
      /^\? its snippet sets the header if the controller allows snippets/,
    );
  });
});

describe("TLS by a snippet", () => {
  const name = annotation("server-snippet");
  const versions = (snippet: string, data: JsonObject) =>
    tls(ingress({ [name]: snippet }, secured, config(data))).map(String);
  const allowed = { "allow-snippet-annotations": "true" };
  const weak = "ssl_protocols TLSv1 TLSv1.2;";

  test("is not known where the controller allows it", () => {
    const open = "? its snippet may set ssl_protocols or ssl_ciphers";
    expect(versions(weak, allowed)).toEqual([open, open, open]);
  });

  test.each<[string, string, JsonObject]>([
    ["is ignored by default", weak, {}],
    ["of something else", "client_max_body_size 1m;", allowed],
    ["in a comment", `# ${weak}`, allowed],
  ])("%s", (_, snippet, data) => expect(versions(snippet, data)).toEqual(["TLS 1.2", "true", "true"]));

  test("that is not known", () => {
    const changes = {
      ...config(allowed),
      [address]: {
        ...typed({}, secured),
        after_unknown: { metadata: [{ annotations: { [name]: true } }] },
      },
    };
    expect(tls(only(endpointsAt(changes, address)))[0]).toMatch(/^\? known after apply/);
  });
});

describe("locations that no redirect is for", () => {
  const treatment = (locations: string, annotations: JsonObject = {}) =>
    plainHttp(ingress(annotations, secured, config({ "no-tls-redirect-locations": locations })))["*"];

  test("are served, forced or not", () => {
    expect(treatment("/old, /")).toBe("served");
    expect(treatment("/", { [annotation("force-ssl-redirect")]: "true" })).toBe("served");
    const { routes } = ingress({}, secured, config({ "no-tls-redirect-locations": "/" }));
    expect(only(routes).plainHttp?.place.at).toBe('data["no-tls-redirect-locations"]');
  });

  test("are the paths of an Ingress that begin with them", () => {
    expect(treatment("/.well-known/acme-challenge")).toBe("redirected");
    expect(treatment("/health")).toBe("redirected");
  });
});

describe("services behind it", () => {
  test.each(Object.entries(backendProtocols))("%s", (name, expected) => {
    const { upstreams } = ingress({ [annotation("backend-protocol")]: name.toLowerCase() });
    expect([only(upstreams).name, said(only(upstreams).protocol)]).toEqual(["shop", expected]);
  });

  test("plain HTTP by default, and what is to be set", () => {
    const { protocol } = only(ingress().upstreams);
    expect([said(protocol), protocol.remedy?.value]).toEqual(["http", "HTTPS"]);
  });

  test.each(Object.entries(verification))("certificates: %s", (name, expected) => {
    expect(said(only(ingress({ [annotation("proxy-ssl-verify")]: name }).upstreams).certificate)).toBe(expected);
  });

  test("certificates are not verified by default; versions only where they are set", () => {
    const { certificate, minimumTls } = only(ingress().upstreams);
    expect([said(certificate), minimumTls]).toEqual(["not verified", undefined]);
    const old = ingress({ [annotation("proxy-ssl-protocols")]: "TLSv1 TLSv1.2" });
    expect(said(only(old.upstreams).minimumTls)).toBe("TLS 1.0");
  });
});

test("what is deleted says nothing, what stays is judged before and after", () => {
  const before = typed({}, plain).after ?? null;
  const endpointsIn = (moment: "before" | "after", after: JsonObject | null) =>
    inventoryOf(
      plan({ changes: { [address]: { actions: after ? ["no-op"] : ["delete"], before, after } } }),
      moment,
      adapters,
    ).endpoints;
  expect(endpointsIn("after", null)).toEqual([]);
  expect(endpointsIn("before", null)).toHaveLength(1);
  expect(endpointsIn("after", before)).toHaveLength(1);
});

test("an older resource names its services otherwise", () => {
  const spec = {
    ...secured,
    rule: [{ http: [{ path: [{ backend: [{ service_name: "old", service_port: "80" }] }] }] }],
  };
  const old = "kubernetes_ingress.made";
  expect(only(endpointsAt({ [old]: typed({}, spec) }, old)).upstreams.map(({ name }) => name)).toEqual(["old"]);
});

test("what is configured by a reference alone is unknown with it", () => {
  const changes = {
    [address]: {
      ...typed({}, secured),
      after_unknown: { metadata: [{ annotations: { [annotation("ssl-redirect")]: true } }] },
    },
  };
  const annotations = { references: ["terraform_data.redirect.output", "terraform_data.redirect"] };
  const root = {
    resources: [configured(address, { metadata: [{ annotations }] }), configured("terraform_data.redirect")],
  };
  const made = plan({
    changes: { ...changes, "terraform_data.redirect": { after: {}, after_unknown: { output: true } } },
    root,
  });
  const { routes } = only(inventoryOf(made, "after", adapters).endpoints);
  expect(said(only(routes).plainHttp)).toBe("? known after apply, from terraform_data.redirect.output");
});

describe("values at random", () => {
  fuzzObjects({
    make: (source) => {
      const annotations = some(source, {
        [annotation("ssl-redirect")]: () => word(source, "true", "false"),
        [annotation("force-ssl-redirect")]: () => word(source, "true", "false"),
        [annotation("backend-protocol")]: () => word(source, "HTTPS", "HTTP", "GRPCS"),
        [annotation("proxy-ssl-verify")]: () => word(source, "on", "off"),
        [annotation("configuration-snippet")]: () =>
          word(source, 'more_set_headers "Strict-Transport-Security: max-age=1";'),
      });
      const data = some(source, {
        "ssl-protocols": () => word(source, "TLSv1.2 TLSv1.3", "TLSv1 TLSv1.2"),
        "ssl-ciphers": () => word(source, "ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA"),
        hsts: () => word(source, "true", "false"),
        "hsts-max-age": () => word(source, "31536000", "60"),
        "ssl-redirect": () => word(source, "true", "false"),
        "use-http2": () => word(source, "true", "false"),
      });
      const hosts = source.chance(0.8) ? ["a.example.com"] : [];
      const spec = {
        ingress_class_name: source.chance(0.9) ? "nginx" : word(source),
        tls: source.chance(0.7) ? [{ hosts, secret_name: word(source, "tls") }] : [],
        rule: [rule("a.example.com")],
      };
      return {
        [address]: { metadata: [{ name: "made", annotations }], spec: [spec] },
        "kubernetes_config_map_v1.controller": { metadata: [{ name: "ingress-nginx-controller" }], data },
      };
    },
    // An empty text says nothing, as in a provider's own state.
    passing: {
      "ats-connection": (value) => !value || value === "TLSv1.2 TLSv1.3" || value === "ECDHE-RSA-AES128-GCM-SHA256",
      "https-only": (value, { at }) => value === "true" || (!value && /redirect/.test(at)),
      "certificate-present": (value) => typeof value === "string" && value !== "",
      "minimum-tls-1-2": (value) => !value || value === "TLSv1.2 TLSv1.3",
      "forward-secrecy": (value) => !value || value === "ECDHE-RSA-AES128-GCM-SHA256",
      "strong-ciphers": (value) => !value || value === "ECDHE-RSA-AES128-GCM-SHA256",
      "modern-http": (value) => !value || value === "true",
      "hsts-enabled": (value) => !value || value === "31536000",
      "hsts-include-subdomains": (value) => !value || value === "true",
      "private-hop-https": (value) => value === "HTTPS" || value === "GRPCS" || value === "on",
    },
  });
});

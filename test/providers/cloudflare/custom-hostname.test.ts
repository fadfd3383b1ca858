// Custom hostnames → endpoints: certificates that Cloudflare orders or a customer brings, TLS of their own or of the zone.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, settings, zonePlan } from "../../support/cloudflare.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { certificatesOf, said } from "../../support/said.ts";

const address = "cloudflare_custom_hostname.made";

const planOf = (ssl: JsonObject | JsonObject[] | null, more: Parameters<typeof zonePlan>[1] = {}, others = {}) =>
  zonePlan({ [address]: { hostname: "shop.customer.test", ssl }, ...others }, more);

const hostname = (...args: Parameters<typeof planOf>) => {
  const endpoint = endpointAt(planOf(...args), address);
  if (!endpoint) throw new Error("no endpoint");
  return endpoint;
};

describe("its certificate", () => {
  test("is ordered by the block, and by nothing else", () => {
    expect(said(hostname({ method: "http", type: "dv" }).certificate)).toBe("own");
    expect(hostname(null).certificate).toMatchObject({
      value: "missing",
      place: { address, at: "ssl" },
      note: "without ssl Cloudflare orders no certificate for it",
    });
    expect(hostname(null).minimumTls).toBeUndefined();
    expect(hostname(null).certificates).toEqual([]);
  });

  test("known after apply", () => {
    const late = { [address]: { ssl: true as const } };
    expect(said(hostname(null, { late }).certificate)).toBe("? known after apply, from terraform_data.late.output");
  });

  test("is for the name, and for what is below it where it is a wildcard", () => {
    const names = (ssl: JsonObject) => hostname(ssl).certificates[0]?.certificate.names.map(said);
    expect(names({ type: "dv" })).toEqual(["shop.customer.test"]);
    expect(names({ type: "dv", wildcard: false })).toEqual(["shop.customer.test"]);
    expect(names({ type: "dv", wildcard: true })).toEqual(["shop.customer.test", "*.shop.customer.test"]);
  });

  test("renews itself, or by email; with txt the customer's DNS decides", () => {
    const renewal = (method: string) => said(certificatesOf(planOf({ method })).get(address)?.renewal);
    expect([renewal("http"), renewal("email"), renewal("txt")]).toEqual(["automatic", "by email", undefined]);
    expect(renewal("pigeon")).toMatch(/^\? "pigeon" is not a value/);
  });

  test("that is uploaded is read", () => {
    const broken = "? the certificate's body is no PEM certificate";
    const own = hostname({ custom_certificate: "no certificate" }).certificates[0]?.certificate;
    expect([own?.names.map(said), said(own?.key), said(own?.renewal)]).toEqual([[broken], broken, "by import"]);
    const bundle = hostname({ custom_cert_bundle: [{ custom_certificate: "none" }] }).certificates[0]?.certificate;
    expect(bundle?.names[0]?.place.at).toBe("ssl.custom_cert_bundle[0].custom_certificate");
  });
});

describe("its TLS", () => {
  test("its own, as objects of provider 5 or blocks of provider 4", () => {
    const own: JsonObject = { min_tls_version: "1.1", ciphers: ["AES128-SHA"], http2: "off" };
    for (const endpoint of [hostname({ settings: own }), hostname([{ settings: [own] }], { blocks: true })]) {
      expect(saidOf(endpoint)).toMatchObject({ minimumTls: "TLS 1.1", forwardSecrecy: false, aeadOnly: false });
      expect(said(endpoint.httpVersions)).toEqual(["HTTP/1.1"]);
    }
    expect(said(hostname({ settings: { http2: "on" } }).httpVersions)).toEqual(["HTTP/1.1", "HTTP/2"]);
  });

  test("or that of its zone, at the place of that", () => {
    const others = settings({ min_tls_version: "1.2", ciphers: ["ECDHE-RSA-AES128-GCM-SHA256"] });
    const endpoint = hostname({ type: "dv" }, {}, others);
    expect(endpoint.minimumTls).toMatchObject({
      value: "TLS 1.2",
      place: { address: "cloudflare_zone_setting.min_tls_version" },
    });
    expect(saidOf(endpoint)).toMatchObject({ forwardSecrecy: true, aeadOnly: true });
    expect(saidOf(hostname({ settings: { min_tls_version: "1.0" } }, {}, others)).minimumTls).toBe("TLS 1.0");
  });

  test("or Cloudflare's default in a new zone, or what is set outside the plan", () => {
    expect(saidOf(hostname({ type: "dv" }, { zone: "created" }))).toMatchObject({
      minimumTls: "TLS 1.0",
      forwardSecrecy: false,
    });
    expect(saidOf(hostname({ type: "dv" }))).toMatchObject({ minimumTls: undefined, forwardSecrecy: undefined });
  });

  test("one value known after apply", () => {
    const late = { [address]: { ssl: { settings: { min_tls_version: true } } } };
    const endpoint = hostname({ settings: { min_tls_version: null } }, { late });
    expect(said(endpoint.minimumTls)).toMatch(/^\? known after apply/);
    expect(said(endpoint.certificate)).toBe("own");
  });
});

describe("random hostnames never throw, and none passes but by the tables", () => {
  const ssl = { method: "text", type: "text", wildcard: "flag", custom_certificate: "text" } as const;
  const tls = { min_tls_version: "text", ciphers: ["text"], http2: "text" } as const;
  fuzz({
    resources: {
      "cloudflare_custom_hostname.new": { hostname: "text", ssl: { ...ssl, settings: tls } },
      "cloudflare_custom_hostname.old": { hostname: "text", ssl: [{ ...ssl, settings: [tls] }] },
      "cloudflare_hostname_tls_setting.text": { hostname: "text", setting_id: "text", value: "text" },
      "cloudflare_hostname_tls_setting.list": { hostname: "text", setting_id: "text", value: ["text"] },
      "cloudflare_r2_custom_domain.a": { domain: "text", enabled: "flag", min_tls: "text", ciphers: ["text"] },
    },
    words: [
      ...["1.0", "1.1", "1.2", "1.3", "1.4", "on", "off", "http", "txt", "dv", "a.test", "min_tls_version", "ciphers"],
      ...["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "AES128-SHA", "http2", "toString"],
    ],
    passing: {
      "ats-connection": (value) =>
        value === "1.3" || [value].flat().some((one) => /^ECDHE-RSA-AES128-/.test(String(one))),
      "minimum-tls-1-2": among("1.2", "1.3"),
      "forward-secrecy": (value) => value === "1.3" || isOnly(value, /^ECDHE-/),
      "strong-ciphers": (value) => value === "1.3" || isOnly(value, /-GCM-/),
      "modern-http": among("on"),
      "certificate-present": (value, path) => path === "" || (path === "ssl" && value !== null),
      "certificate-covers-domains": (value) => typeof value === "string",
      "certificate-auto-renewal": among("http"),
    },
  });
});

const isOnly = (value: unknown, pattern: RegExp): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => pattern.test(one));

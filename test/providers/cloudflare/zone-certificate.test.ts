// The certificates of a zone: ordered, uploaded, of Total TLS, of Universal SSL; and what they cover.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { saidOf, settings, zone, zonePlan } from "../../support/cloudflare.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, certificatesOf, endpointsOf, said } from "../../support/said.ts";

type Whose = "created" | "before" | "outside";
interface Parts {
  readonly [address: string]: JsonObject;
}

const record = (name: string): Parts => ({
  [`cloudflare_dns_record.${name.split(".")[0]}`]: { name, type: "A", content: "203.0.113.10", proxied: true },
});
const pack = (...hosts: string[]): Parts => ({
  "cloudflare_certificate_pack.pack": { hosts, validation_method: "http" },
});
const universal = (enabled: boolean | null): Parts => ({ "cloudflare_universal_ssl_setting.site": { enabled } });
const total = (enabled: boolean): Parts => ({ "cloudflare_total_tls.site": { enabled } });

const present = (parts: Parts, whose: Whose) => {
  const endpoints = endpointsOf(zonePlan(parts, { zone: whose }));
  return saidOf(at(endpoints, whose === "outside" ? (Object.keys(parts)[0] ?? "") : zone)).certificate;
};

const covered = (parts: Parts, whose: Whose, more: JsonObject = {}) =>
  findings(zonePlan(parts, { zone: whose, more }))
    .filter(({ policy }) => policy === "certificate-covers-domains")
    .map(({ outcome }) => outcome);

describe("whether there is one", () => {
  const open = "? Universal SSL is off, and another certificate may be ordered outside this plan";

  test.each<[string, Parts, Whose, unknown]>([
    ["Universal SSL, of each new zone", {}, "created", "own"],
    ["Universal SSL that is off in a new zone", universal(false), "created", "missing"],
    ["Universal SSL that is off in a zone that exists", universal(false), "before", open],
    ["Universal SSL that is off in a zone outside", universal(false), "outside", open],
    ["Universal SSL that is on in a zone outside", universal(true), "outside", "own"],
    ["Universal SSL that is not said to be on", universal(null), "outside", "? enabled is not set"],
    ["a pack beside it", { ...universal(false), ...pack("example.com") }, "created", "own"],
    ["Total TLS beside it", { ...universal(false), ...total(true) }, "created", "own"],
    ["Total TLS that is off beside it", { ...universal(false), ...total(false) }, "created", "missing"],
    ["a pack of a zone outside", pack("example.com"), "outside", "own"],
    ["none in the plan of a zone that exists", settings({ ssl: "full" }), "before", undefined],
  ])("%s", (_, parts, whose, expected) => expect(present(parts, whose)).toBe(expected));
});

test("Total TLS orders none for a tunnel's name", () => {
  const deep = "dev.www.example.com";
  const tunnel = "cloudflare_zero_trust_tunnel_cloudflared.site";
  const to = (content: string | null) => ({
    "cloudflare_dns_record.dev": { name: deep, type: "CNAME", content, proxied: true },
    ...total(true),
  });
  expect(covered(to("6ff42ae2.cfargotunnel.com"), "created")).toEqual(["fail"]);
  const made = plan({
    changes: {
      [zone]: { after: { name: "example.com", type: "full" }, after_unknown: { id: true } },
      [tunnel]: { after: {}, after_unknown: { id: true } },
      "cloudflare_dns_record.dev": {
        after: { name: deep, type: "CNAME", proxied: true },
        after_unknown: { zone_id: true, content: true },
      },
      "cloudflare_total_tls.site": { after: { enabled: true }, after_unknown: { zone_id: true } },
    },
    root: {
      resources: [
        configured(zone),
        configured(tunnel),
        configured("cloudflare_dns_record.dev", {
          zone_id: refersTo(`${zone}.id`),
          content: refersTo(`${tunnel}.id`),
        }),
        configured("cloudflare_total_tls.site", { zone_id: refersTo(`${zone}.id`) }),
      ],
    },
  });
  expect(findings(made).find(({ policy }) => policy === "certificate-covers-domains")?.outcome).toBe("fail");
});

describe("which names it covers", () => {
  test.each<[string, Parts, Whose, string[]]>([
    ["Universal SSL: one label", record("www.example.com"), "created", ["pass"]],
    ["Universal SSL: the domain itself", record("example.com"), "created", ["pass"]],
    ["Universal SSL: not two labels", record("dev.www.example.com"), "created", ["fail"]],
    ["Total TLS: whatever is proxied", { ...record("dev.www.example.com"), ...total(true) }, "created", ["pass"]],
    ["a pack for it", { ...record("dev.www.example.com"), ...pack("*.www.example.com") }, "created", ["pass"]],
    ["a pack for others", { ...record("dev.www.example.com"), ...pack("*.example.com") }, "created", ["fail"]],
    [
      "a pack, and maybe more elsewhere",
      { ...pack("example.com"), ...record("www.example.com") },
      "outside",
      ["unknown"],
    ],
    ["a pack of a zone outside", { ...pack("*.example.com"), ...record("www.example.com") }, "outside", ["pass"]],
    ["Universal SSL of a zone outside", { ...universal(true), ...record("www.example.com") }, "outside", ["unknown"]],
    ["Universal SSL of a zone that exists", { ...universal(true), ...record("www.example.com") }, "before", ["pass"]],
    ["nothing in the plan", record("www.example.com"), "before", []],
  ])("%s", (_, parts, whose, expected) => expect(covered(parts, whose)).toEqual(expected));

  test("in a zone whose DNS is elsewhere, Universal SSL covers each proxied name", () => {
    expect(covered(record("dev.www.example.com"), "created", { type: "partial" })).toEqual(["pass"]);
    expect(covered(record("dev.www.example.com"), "created", { type: "secondary" })).toEqual(["fail"]);
    expect(covered(record("dev.www.example.com"), "created", { type: null })).toEqual(["fail"]);
  });

  test("the certificate stands at what orders it", () => {
    const parts = { ...universal(true), ...total(true), ...pack("a.example.com"), ...record("www.example.com") };
    const certificates = at(endpointsOf(zonePlan(parts, { zone: "before" })), zone).certificates;
    expect(certificates.map(({ certificate: { address, names } }) => [address, ...names.map(said)])).toEqual([
      ["cloudflare_certificate_pack.pack", "a.example.com"],
      [undefined, "? another certificate of its zone may cover it"],
      ["cloudflare_total_tls.site", "www.example.com"],
      ["cloudflare_universal_ssl_setting.site", "example.com", "*.example.com"],
    ]);
  });

  test("a record that is not proxied is another's", () => {
    const direct = { "cloudflare_dns_record.www": { name: "a.b.example.com", type: "A", proxied: false } };
    expect(covered(direct, "created")).toEqual([]);
  });

  test("a relative name of provider 4, and the domain as @", () => {
    const named = (name: string) => ({
      "cloudflare_record.made": { name, type: "A", value: "203.0.113.10", proxied: true },
    });
    const names = (name: string, whose: Whose = "created") =>
      [...endpointsOf(zonePlan(named(name), { zone: whose })).values()].flatMap((one) => one.names.map(said));
    expect(names("www")).toEqual(["www.example.com"]);
    expect(names("@")).toEqual(["example.com"]);
    expect(names("WWW.Example.com.")).toEqual(["www.example.com"]);
    expect(names("notexample.com")).toEqual(["notexample.com.example.com"]);
    expect(names("www.shop.test", "outside")).toEqual(["www.shop.test"]);
    expect(names("www", "outside")).toEqual(["? the plan does not tell the domain of its zone"]);
  });
});

describe("what a certificate is", () => {
  const certificate = (address: string, values: JsonObject, late = {}) =>
    at(certificatesOf(zonePlan({ [address]: values }, { late: { [address]: late } })), address);

  test("a pack: its hosts and its renewal", () => {
    const made = (validation_method: string | null) =>
      certificate("cloudflare_certificate_pack.pack", { hosts: ["example.com", "*.example.com"], validation_method });
    expect(made("http").names.map(said)).toEqual(["example.com", "*.example.com"]);
    expect(["http", "email", "txt", null].map((method) => said(made(method).renewal))).toEqual([
      "automatic",
      "by email",
      undefined,
      undefined,
    ]);
    expect(said(made("fax").renewal)).toBe('? "fax" is not a value that tlsgate recognises');
    expect(made("http").key).toBeUndefined();
  });

  test("one of its hosts known after apply", () => {
    const late = { hosts: [false, true] };
    const made = certificate("cloudflare_certificate_pack.pack", { hosts: ["example.com", null] }, late);
    expect(made.names.map(said)).toEqual(["example.com", expect.stringMatching(/^\? known after apply/)]);
  });

  test("one of the origin CA, for the origin alone", () => {
    const made = certificate("cloudflare_origin_ca_certificate.origin", { hostnames: ["origin.example.com"] });
    expect([made.names.map(said), made.renewal, made.key]).toEqual([["origin.example.com"], undefined, undefined]);
  });

  test("an uploaded one, in provider 5 and in the block of provider 4", () => {
    const pem = (name: string) =>
      readFileSync(new URL(`../../facts/certificates/${name}.pem`, import.meta.url), "utf8");
    const own = (text: string) => [{ certificate: text }, { custom_ssl_options: [{ certificate: text }] }];
    for (const values of own(pem("p-256"))) {
      const made = certificate("cloudflare_custom_ssl.own", values);
      expect(made.names.map(said)).toEqual(["p256.example.com"]);
      expect([said(made.key), said(made.renewal)]).toEqual([{ algorithm: "ECDSA", size: 256 }, "by import"]);
    }
    for (const values of own(pem("ed25519"))) {
      expect(said(certificate("cloudflare_custom_ssl.own", values).key)).toBe(
        "? the certificate's key could not be read",
      );
    }
    const late = certificate("cloudflare_custom_ssl.own", {}, { certificate: true });
    expect(late.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
  });
});

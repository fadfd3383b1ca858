// Zones → endpoints: of this plan, looked up, outside of it; what they say by default, and what they leave to others.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, setting, settings, zone, zonePlan } from "../../support/cloudflare.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const record = { name: "www.example.com", type: "CNAME", content: "origin.example.net", proxied: true };

const nothing = {
  certificate: undefined,
  minimumTls: undefined,
  forwardSecrecy: undefined,
  aeadOnly: undefined,
  plainHttp: undefined,
  maxAge: undefined,
  protocol: undefined,
  origin: undefined,
};

describe("what is not set", () => {
  test("has Cloudflare's default in a zone that this plan creates", () => {
    const endpoint = at(endpointsOf(zonePlan({}, { zone: "created" })), zone);
    expect(saidOf(endpoint)).toEqual({
      certificate: "own",
      minimumTls: "TLS 1.0",
      forwardSecrecy: false,
      aeadOnly: false,
      plainHttp: "served",
      maxAge: 0,
      protocol: "? ssl is not set, and Cloudflare chooses the encryption mode of a new zone",
      origin: undefined,
    });
    expect(said(endpoint.httpVersions)).toEqual(["HTTP/1.1", "HTTP/2"]);
    expect(endpoint.minimumTls).toMatchObject({
      place: { address: zone, at: "" },
      note: "min_tls_version is not set, so Cloudflare's default applies",
    });
    expect(endpoint.minimumTls?.remedy).toBeUndefined();
  });

  test("is set elsewhere for a zone that exists: nothing is said of it", () => {
    expect(endpointsOf(zonePlan({}, { zone: "before" })).size).toBe(0);
    const made = zonePlan(settings({ min_tls_version: "1.2" }), { zone: "before" });
    expect(saidOf(at(endpointsOf(made), zone))).toEqual({ ...nothing, minimumTls: "TLS 1.2" });
  });

  test("is set elsewhere for a zone outside the plan, which stands at the first of its settings", () => {
    const made = zonePlan({ "cloudflare_dns_record.www": record, ...settings({ brotli: "on", ssl: "strict" }) });
    const [address, ...others] = endpointsOf(made).keys();
    expect([address, others]).toEqual(["cloudflare_zone_setting.brotli", []]);
    expect(saidOf(at(endpointsOf(made), "cloudflare_zone_setting.brotli"))).toEqual({
      ...nothing,
      protocol: "https",
      origin: "verified",
    });
  });

  test("a zone whose settings are about something else is no endpoint", () =>
    expect(endpointsOf(zonePlan(settings({ brotli: "on", tls_1_3: "on" }))).size).toBe(0));

  test("what a deleted setting leaves behind is not known, so nothing is said", () => {
    const gone = { actions: ["delete"], before: { ...setting("min_tls_version", "1.2"), zone_id: "1" }, after: null };
    expect(endpointsOf(plan({ changes: { "cloudflare_zone_setting.gone": gone as never } })).size).toBe(0);
  });
});

test("what is made of a zone's sensitive domain is secret too", () => {
  const address = "cloudflare_record.www";
  const made = plan({
    changes: {
      [zone]: { after: { name: "example.com" }, after_unknown: { id: true }, after_sensitive: { name: true } },
      [address]: { after: { name: "www", type: "A", proxied: true }, after_unknown: { zone_id: true } },
    },
    root: { resources: [configured(zone), configured(address, { zone_id: refersTo(`${zone}.id`) })] },
  });
  const { names, certificates } = at(endpointsOf(made), zone);
  expect(names.map(said)).toEqual([{ secret: "www.example.com" }]);
  expect(certificates.flatMap(({ certificate }) => certificate.names.map(said))).toEqual([
    { secret: "example.com" },
    { secret: "*.example.com" },
  ]);
});

describe("which zone a setting is of", () => {
  const floor = { ...setting("min_tls_version", "1.2") };

  test("by reference", () => {
    const made = zonePlan({ "cloudflare_zone_setting.tls": floor }, { zone: "created" });
    expect(said(at(endpointsOf(made), zone).minimumTls)).toBe("TLS 1.2");
  });

  test("by an id that the plan shows", () => {
    const ids = {
      "cloudflare_zone_setting.one": { ...floor, zone_id: "1" },
      "cloudflare_zone_setting.two": { ...floor, zone_id: "2" },
    };
    expect([...endpointsOf(zonePlan(ids)).keys()]).toEqual([
      "cloudflare_zone_setting.one",
      "cloudflare_zone_setting.two",
    ]);
  });

  test("by a lookup, whose name is the zone's", () => {
    const lookup = {
      mode: "data" as const,
      address: "data.cloudflare_zone.site",
      type: "cloudflare_zone",
      name: "site",
    };
    const made = plan({
      changes: {
        "cloudflare_certificate_pack.pack": { after: { zone_id: "1", hosts: ["*.example.com"], type: "advanced" } },
        "cloudflare_record.www": { after: { ...record, name: "www", zone_id: "1" } },
      },
      prior_state: {
        values: { root_module: { resources: [{ ...lookup, values: { id: "1", name: "example.com" } }] } },
      } as never,
    });
    const endpoint = at(endpointsOf(made), "cloudflare_certificate_pack.pack");
    expect(endpoint.names.map(said)).toEqual(["www.example.com"]);
  });

  test("one of two, so that what is not set in either may be this", () => {
    const zones = { "cloudflare_zone.one": "one.example", "cloudflare_zone.two": "two.example" };
    const made = plan({
      changes: {
        ...Object.fromEntries(
          Object.entries(zones).map(([address, name]) => [address, { after: { name }, after_unknown: { id: true } }]),
        ),
        "cloudflare_zone_setting.tls": { after: floor, after_unknown: { zone_id: true } },
      },
      root: {
        resources: [
          ...Object.keys(zones).map((address) => configured(address)),
          configured("cloudflare_zone_setting.tls", {
            zone_id: refersTo("cloudflare_zone.one.id", "cloudflare_zone.two.id"),
          }),
        ],
      },
    });
    const endpoints = endpointsOf(made);
    const open = "? cloudflare_zone_setting.tls may set min_tls_version: the plan does not tell";
    expect(said(at(endpoints, "cloudflare_zone.one").minimumTls)).toBe(open);
    expect(said(at(endpoints, "cloudflare_zone.two").minimumTls)).toBe(open);
    expect(said(at(endpoints, "cloudflare_zone_setting.tls").minimumTls)).toBe("TLS 1.2");
  });

  test("known after apply, as is which setting it is", () => {
    const address = "cloudflare_zone_setting.late";
    const late = { [address]: { setting_id: true as const } };
    const made = zonePlan({ [address]: { value: "1.2" } }, { zone: "created", late });
    expect(saidOf(at(endpointsOf(made), zone))).toMatchObject({
      minimumTls: `? ${address} may set min_tls_version: the plan does not tell`,
      plainHttp: `? ${address} may set always_use_https: the plan does not tell`,
      maxAge: `? ${address} may set security_header: the plan does not tell`,
    });
  });
});

describe("HTTP versions", () => {
  const versions = (value: unknown) =>
    said(endpointAt(zonePlan(settings({ http2: value })), "cloudflare_zone_setting.http2")?.httpVersions);
  test("by the setting", () => {
    expect(versions("on")).toEqual(["HTTP/1.1", "HTTP/2"]);
    expect(versions("off")).toEqual(["HTTP/1.1"]);
    expect(versions(true)).toBe("? true is not a value that tlsgate recognises");
  });
});

describe("real plans", () => {
  test("CloudFront behind a zone of another plan", () => {
    const endpoint = at(endpointsOf("multi-aws-cloudflare"), "cloudflare_zone_setting.https");
    expect(endpoint.names.map(said)).toEqual(["www.shop.example.com"]);
    expect(endpoint.upstreams.map(({ name, endpoint: behind }) => [name, behind])).toEqual([
      ["aws_cloudfront_distribution.d", "aws_cloudfront_distribution.d"],
    ]);
    expect(said(endpoint.upstreams[0]?.protocol)).toBe("? the encryption mode of its zone is set outside this plan");
  });

  test("a certificate that Cloudflare's records validate is present and ready", () => {
    const about = findings("multi-aws-cloudflare").filter(({ policy }) =>
      /^certificate-(validated|present)$/.test(policy),
    );
    expect(about.map(({ address, outcome }) => [address, outcome])).toEqual([
      ["aws_cloudfront_distribution.d", "pass"],
      ["aws_cloudfront_distribution.d", "pass"],
    ]);
  });

  test("a sound zone passes whatever is judged of it but preloading", () => {
    const names = ["cloudflare5-good", "cloudflare4-good"];
    const bad = names.flatMap((name) => findings(name).filter(({ outcome }) => outcome !== "pass"));
    expect(bad.map(({ policy }) => policy)).toEqual(["hsts-preload"]);
  });
});

describe("random zones never throw, and none passes but by the tables", () => {
  const hsts = {
    strict_transport_security: { enabled: "flag", max_age: "number", include_subdomains: "flag", preload: "flag" },
  } as const;
  const dynamic = { zone_id: "text", setting_id: "text" } as const;
  fuzz({
    resources: {
      "cloudflare_zone.a": { id: "text", name: "text", type: "text" },
      "cloudflare_zone_setting.text": { ...dynamic, value: "text" },
      "cloudflare_zone_setting.number": { ...dynamic, value: "number" },
      "cloudflare_zone_setting.flag": { ...dynamic, value: "flag" },
      "cloudflare_zone_setting.list": { ...dynamic, value: ["text"] },
      "cloudflare_zone_setting.hsts": { ...dynamic, value: hsts },
      "cloudflare_zone_setting.flat": { ...dynamic, value: hsts.strict_transport_security },
      "cloudflare_zone_settings_override.a": {
        zone_id: "text",
        settings: [
          {
            min_tls_version: "text",
            always_use_https: "text",
            ssl: "text",
            ciphers: ["text"],
            universal_ssl: "text",
            http2: "text",
            security_header: [hsts.strict_transport_security],
          },
        ],
      },
      "cloudflare_universal_ssl_setting.a": { zone_id: "text", enabled: "flag" },
      "cloudflare_total_tls.a": { zone_id: "text", enabled: "flag" },
      "cloudflare_certificate_pack.a": { zone_id: "text", hosts: ["text"], validation_method: "text" },
      "cloudflare_custom_ssl.a": { zone_id: "text", certificate: "text", custom_ssl_options: { certificate: "text" } },
      "cloudflare_dns_record.a": { zone_id: "text", name: "text", type: "text", content: "text", proxied: "flag" },
      "cloudflare_load_balancer.a": { zone_id: "text", name: "text", proxied: "flag", default_pools: ["text"] },
    },
    words: [
      ...["min_tls_version", "always_use_https", "security_header", "ciphers", "ssl", "http2", "min_tls", "hsts"],
      ...["1.0", "1.1", "1.2", "1.3", "1.4", "on", "off", "ON", "flexible", "full", "strict", "origin_pull", "Strict"],
      ...["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "AES128-SHA", "AES128-GCM-SHA256", "constructor"],
      ...[
        "example.com",
        "www.example.com",
        "*.example.com",
        "9a7806061c88ada191ed06f989cc3dac",
        "txt",
        "http",
        "email",
      ],
    ],
    passing: {
      "ats-connection": (value, path) =>
        path === "" ||
        value === "1.3" ||
        value == null ||
        [value].flat().length === 0 ||
        [value].flat().some((one) => /^ECDHE-RSA-AES128-/.test(String(one))),
      "minimum-tls-1-2": among("1.2", "1.3"),
      "https-only": among("on"),
      "hsts-include-subdomains": among(true),
      "origin-https-only": among("full", "strict", "origin_pull"),
      "forward-secrecy": (value) => value === "1.3" || isOnly(value, /^ECDHE-/),
      "strong-ciphers": (value) => value === "1.3" || isOnly(value, /-GCM-/),
      "modern-http": (value, path) => value === "on" || path === "",
      "certificate-present": (value, path) => path === "" || value === true || value === "on",
      "certificate-auto-renewal": among("http"),
    },
  });
});

const isOnly = (value: unknown, pattern: RegExp): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => pattern.test(one));

describe("a zone that is paused", () => {
  const own = settings({ min_tls_version: "1.2", always_use_https: "on" });
  const paused = (more: JsonObject) => at(endpointsOf(zonePlan(own, { zone: "created", more })), zone);
  const open = "? the zone is paused, so what stands behind its records answers without Cloudflare";

  test("vouches for nothing", () => {
    const { certificate, minimumTls, forwardSecrecy, plainHttp, maxAge, protocol } = saidOf(paused({ paused: true }));
    expect([certificate, minimumTls, forwardSecrecy, plainHttp, maxAge]).toEqual([open, open, open, open, open]);
    expect(protocol).toBeUndefined();
    expect(paused({ paused: true }).minimumTls?.remedy).toEqual({ address: zone, attribute: "paused", value: false });
  });

  test("is one that is not, where it says so", () => {
    expect(saidOf(paused({ paused: false }))).toMatchObject({ minimumTls: "TLS 1.2", plainHttp: "redirected" });
  });
});

test("a record of which the plan does not tell whether it is proxied", () => {
  const record = "cloudflare_dns_record.www";
  const made = zonePlan(
    { [record]: { name: "www.example.com", type: "A", content: "192.0.2.1" } },
    { zone: "created", late: { [record]: { proxied: true } } },
  );
  expect(at(endpointsOf(made), zone).names.map(said)).toEqual(["? known after apply, from terraform_data.late.output"]);
});

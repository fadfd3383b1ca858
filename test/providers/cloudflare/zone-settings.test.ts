// The settings of a zone: each spelling and type of provider 5, those of provider 4, written twice, and not at all.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { modernSuites } from "../../../src/providers/cloudflare/zone-values.ts";
import { saidOf, setting, settings, zone, zonePlan } from "../../support/cloudflare.ts";
import { configured, plan } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const strange = (value: unknown) => `? ${JSON.stringify(value)} is not a value that tlsgate recognises`;

describe("min_tls_version", () => {
  const floor = (value: unknown) =>
    said(
      at(endpointsOf(zonePlan(settings({ min_tls_version: value }))), "cloudflare_zone_setting.min_tls_version")
        .minimumTls,
    );

  test.each([
    ["1.0", "TLS 1.0"],
    ["1.1", "TLS 1.1"],
    ["1.2", "TLS 1.2"],
    ["1.3", "TLS 1.3"],
    [1, "TLS 1.0"],
    [1.1, "TLS 1.1"],
    [1.2, strange(1.2)],
    [1.3, strange(1.3)],
    [0.9, strange(0.9)],
    ["9.9", strange("9.9")],
    ["TLSv1.2", `${strange("TLSv1.2")}; its name suggests TLS 1.2`],
    [true, strange(true)],
    [["1.2"], strange(["1.2"])],
    [{ value: "1.2" }, strange({ value: "1.2" })],
    ["__proto__", strange("__proto__")],
    [null, "? value is not set"],
  ])("%j: %s", (value, expected) => expect(floor(value)).toBe(expected));

  test("known after apply", () => {
    const address = "cloudflare_zone_setting.late";
    const made = zonePlan({ [address]: setting("min_tls_version", null) }, { late: { [address]: { value: true } } });
    expect(said(at(endpointsOf(made), address).minimumTls)).toBe(
      "? known after apply, from terraform_data.late.output",
    );
  });

  test("what is to be set, and where", () => {
    const address = "cloudflare_zone_setting.min_tls_version";
    const [found] = findings(zonePlan(settings({ min_tls_version: "1.0" }))).filter(
      ({ outcome }) => outcome === "fail",
    );
    expect(found).toMatchObject({
      policy: "minimum-tls-1-2",
      address,
      at: "value",
      remedy: { address, attribute: "value", value: "1.2" },
    });
  });
});

describe("the id of a setting", () => {
  const floorBy = (id: string) => {
    const address = "cloudflare_zone_setting.made";
    const endpoint = endpointsOf(zonePlan({ [address]: setting(id, "1.2") })).get(address);
    return said(endpoint?.minimumTls);
  };

  test.each(["min_tls", "tls_min_version", "minimum_tls_version", "MIN_TLS_VERSION"])("%s is no setting", (id) =>
    expect(floorBy(id)).toBe(`? "${id}" is not a setting of Cloudflare's; its name suggests "min_tls_version"`),
  );

  test.each(["tls_1_3", "tls_client_auth", "brotli", "ssl_recommender"])("%s is another setting", (id) =>
    expect(floorBy(id)).toBeUndefined(),
  );

  test("is what is to be set", () => {
    const address = "cloudflare_zone_setting.made";
    const open = endpointsOf(zonePlan({ [address]: setting("min_tls", "1.2") })).get(address)?.minimumTls;
    const remedy = { address, attribute: "setting_id", value: "min_tls_version" };
    expect(open).toMatchObject({ place: { address, at: "setting_id" }, remedy });
  });

  test("a misspelt list of cipher suites is none", () => {
    const made = zonePlan(settings({ cipher: [] }), { zone: "created" });
    expect(saidOf(at(endpointsOf(made), zone)).forwardSecrecy).toContain('its name suggests "ciphers"');
  });

  test("a misspelt switch is no redirect, and a misspelt header no header", () => {
    const made = zonePlan(
      settings({ always_use_ssl: "on", hsts: { strict_transport_security: { enabled: true } }, ssl_mode: "strict" }),
    );
    const { plainHttp, maxAge, protocol } = saidOf(at(endpointsOf(made), "cloudflare_zone_setting.always_use_ssl"));
    expect([plainHttp, maxAge, protocol]).toEqual([
      expect.stringContaining('suggests "always_use_https"'),
      expect.stringContaining('suggests "security_header"'),
      expect.stringContaining('suggests "ssl"'),
    ]);
  });
});

describe("ciphers", () => {
  const suites = (value: unknown) => {
    const made = zonePlan(settings({ ciphers: value }));
    const { forwardSecrecy, aeadOnly } = saidOf(at(endpointsOf(made), "cloudflare_zone_setting.ciphers"));
    return [forwardSecrecy, aeadOnly];
  };

  test.each([
    [["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"], true, true],
    [["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA"], true, false],
    [["AES128-GCM-SHA256"], false, true],
    [["ECDHE-RSA-AES128-GCM-SHA256", "DES-CBC3-SHA"], false, false],
    [[], false, false],
    [["ecdhe-rsa-aes128-gcm-sha256"], strange("ecdhe-rsa-aes128-gcm-sha256"), strange("ecdhe-rsa-aes128-gcm-sha256")],
    // What is weak decides, whatever the rest is.
    [["NEW-SUITE", "AES128-SHA"], false, false],
    ["ECDHE-RSA-AES128-GCM-SHA256", strange("ECDHE-RSA-AES128-GCM-SHA256"), strange("ECDHE-RSA-AES128-GCM-SHA256")],
    [{}, strange({}), strange({})],
    [[null], strange(null), strange(null)],
  ])("%j: forward secrecy %s, AEAD only %s", (value, ...expected) => expect(suites(value)).toEqual(expected));

  test.each([[["AES128-SHA"]], [[]]])("what is to be set in place of %j", (value) => {
    const address = "cloudflare_zone_setting.ciphers";
    const remedy = { address, attribute: "value", value: modernSuites };
    expect(endpointsOf(zonePlan(settings({ ciphers: value }))).get(address)?.forwardSecrecy).toMatchObject({ remedy });
  });

  test("one of them known after apply", () => {
    const address = "cloudflare_zone_setting.made";
    const late = { [address]: { value: [false, true] } };
    const some = (suite: string) => zonePlan({ [address]: setting("ciphers", [suite, null]) }, { late });
    expect(said(at(endpointsOf(some("AES128-SHA")), address).forwardSecrecy)).toBe(false);
    expect(said(at(endpointsOf(some("ECDHE-RSA-AES128-GCM-SHA256")), address).forwardSecrecy)).toMatch(
      /^\? known after/,
    );
  });

  test("TLS 1.3 alone needs no list", () => {
    const made = zonePlan(settings({ min_tls_version: "1.3" }), { zone: "created" });
    expect(saidOf(at(endpointsOf(made), zone))).toMatchObject({ forwardSecrecy: true, aeadOnly: true });
  });
});

describe("cloudflare_zone_settings_override", () => {
  const address = "cloudflare_zone_settings_override.site";
  const override = (values: JsonObject, whose: "created" | "outside" = "outside", mask: JsonObject = {}) =>
    zonePlan(
      { [address]: { settings: [values] } },
      { zone: whose, late: { [address]: { settings: [mask] as never } }, blocks: true },
    );

  test("what is written", () => {
    const made = override({
      min_tls_version: "1.1",
      always_use_https: "off",
      ssl: "full",
      ciphers: ["AES128-SHA"],
      security_header: [{ enabled: true, max_age: 31_536_000 }],
    });
    expect(saidOf(at(endpointsOf(made), address))).toEqual({
      certificate: undefined,
      minimumTls: "TLS 1.1",
      forwardSecrecy: false,
      aeadOnly: false,
      plainHttp: "served",
      maxAge: 31_536_000,
      protocol: "viewer",
      origin: "not verified",
    });
  });

  test("what is not written stays as it is, and nothing is said of it", () => {
    const made = zonePlan({ [address]: { settings: [{ brotli: "on" }] } }, { blocks: true });
    expect(endpointsOf(made).get(address)).toBeUndefined();
  });

  test("what is not written, and known after apply, is what the zone keeps: that is not known", () => {
    const late = ["min_tls_version", "always_use_https", "ciphers", "security_header", "http2"];
    const made = endpointsOf(
      plan({
        changes: {
          [address]: {
            after: { zone_id: "a", settings: [{ ssl: "strict" }] },
            after_unknown: { settings: [Object.fromEntries(late.map((one) => [one, true]))] },
          },
        },
        root: {
          resources: [
            configured(address, {
              zone_id: { constant_value: "a" },
              settings: [{ ssl: { constant_value: "strict" } }],
            }),
          ],
        },
      }),
    );
    const kept = (name: string) => `? ${name} is not set, and the value that the zone keeps is known after apply`;
    const endpoint = at(made, address);
    expect(saidOf(endpoint)).toMatchObject({
      minimumTls: kept("min_tls_version"),
      forwardSecrecy: kept("ciphers"),
      plainHttp: kept("always_use_https"),
      maxAge: kept("security_header"),
      // What becomes of plain HTTP is judged at always_use_https.
      protocol: "https",
    });
    expect(said(endpoint.httpVersions)).toBe(kept("http2"));
    expect(endpoint.minimumTls).toMatchObject({
      kind: "open",
      remedy: { address, attribute: "settings[0].min_tls_version", value: "1.2" },
    });
  });

  test("what is not written has its default in a new zone, at the place where it would be written", () => {
    const made = zonePlan({ [address]: { settings: [{ ssl: "strict" }] } }, { zone: "created", blocks: true });
    expect(at(endpointsOf(made), zone).minimumTls).toMatchObject({
      value: "TLS 1.0",
      place: { address, at: "settings[0].min_tls_version" },
      remedy: { address, attribute: "settings[0].min_tls_version", value: "1.2" },
    });
  });

  test("Universal SSL", () => {
    const certificate = (universal_ssl: string, whose: "created" | "outside") =>
      said(at(endpointsOf(override({ universal_ssl }, whose)), whose === "created" ? zone : address).certificate);
    expect(certificate("on", "outside")).toBe("own");
    expect(certificate("off", "created")).toBe("missing");
    expect(certificate("off", "outside")).toMatch(/^\? Universal SSL is off, and another certificate/);
    expect(certificate("perhaps", "created")).toBe(strange("perhaps"));
  });
});

describe("a setting that is written more than once", () => {
  test("is judged each time, at its own place", () => {
    const outcome = (name: string) =>
      findings("cloudflare5-dynamic-types").find(
        ({ address, policy }) => address === `cloudflare_zone_setting.${name}` && policy === "minimum-tls-1-2",
      )?.outcome;
    expect(["number10", "number12", "impossible", "typo"].map(outcome)).toEqual([
      "fail",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  test("by both providers' resources", () => {
    const made = zonePlan({
      ...settings({ ssl: "strict" }),
      "cloudflare_zone_settings_override.site": { settings: [{ ssl: "flexible" }] },
    });
    const modes = findings(made).filter(({ policy, outcome }) => policy === "origin-https-only" && outcome === "fail");
    expect(modes.map(({ address }) => address)).toEqual(["cloudflare_zone_settings_override.site"]);
  });
});

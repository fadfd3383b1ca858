// Spectrum applications → endpoints: where TLS ends at the edge, and plain HTTP.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, zonePlan } from "../../support/cloudflare.ts";
import { fuzz } from "../../support/fuzz.ts";
import { said } from "../../support/said.ts";

const address = "cloudflare_spectrum_application.made";

const application = (values: JsonObject, late = {}) => {
  const dns = { name: "ssh.example.com", type: "CNAME" };
  const made = zonePlan({ [address]: { protocol: "tcp/443", dns, ...values } }, { late: { [address]: late } });
  return endpointAt(made, address);
};

test.each([
  ["flexible", "http", undefined],
  ["full", "https", "not verified"],
  ["strict", "https", "verified"],
  ["Strict", '? "Strict" is not a value that tlsgate recognises; its name suggests strict', undefined],
])("tls %s: %s, certificate %s", (tls, ...expected) => {
  const endpoint = application({ tls });
  const { protocol, origin } = endpoint ? saidOf(endpoint) : {};
  expect([protocol, origin]).toEqual(expected);
  expect(endpoint?.names.map(said)).toEqual(["ssh.example.com"]);
});

test("with TLS off it passes on what it gets", () => {
  expect(application({ tls: "off" })).toBeUndefined();
  expect(application({})).toBeUndefined();
  expect(application({ tls: "off", traffic_type: "https" })).toBeUndefined();
  expect(application({ tls: "off", traffic_type: "direct" })).toBeUndefined();
});

test("TCP of the port of HTTP is passed on to what may redirect", () => {
  const open = "? its origin redirects plain HTTP or not, outside the plan";
  for (const values of [{}, { tls: "off" }, { traffic_type: "direct" }]) {
    const passed = application({ protocol: "tcp/80", ...values });
    expect(passed && saidOf(passed).plainHttp).toBe(open);
  }
  expect(application({ protocol: "tcp/22" })).toBeUndefined();
  expect(application({ protocol: "tcp/80", tls: "full" })?.routes).toEqual([]);
});

test("plain HTTP", () => {
  const plain = application({ tls: "off", traffic_type: "http" });
  expect(plain && saidOf(plain).plainHttp).toBe("served");
  const late = application({ tls: "off", traffic_type: null }, { traffic_type: true });
  expect(late && saidOf(late).plainHttp).toMatch(/^\? known after apply/);
});

describe("random applications never throw, and none passes but by the table", () => {
  fuzz({
    resources: {
      [address]: {
        protocol: "text",
        tls: "text",
        traffic_type: "text",
        dns: { name: "text" },
        origin_dns: { name: "text" },
      },
    },
    words: ["off", "flexible", "full", "strict", "http", "https", "direct", "tcp/80", "toString"],
    passing: { "origin-https-only": (value) => value === "full" || value === "strict" },
  });
});

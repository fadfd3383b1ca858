// Custom domains of R2 → endpoints: version, cipher suites, certificate.

import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, zonePlan } from "../../support/cloudflare.ts";

const address = "cloudflare_r2_custom_domain.made";

const domain = (values: JsonObject, late = {}) => {
  const made = zonePlan(
    { [address]: { domain: "assets.example.com", enabled: true, ...values } },
    { late: { [address]: late } },
  );
  const endpoint = endpointAt(made, address);
  return endpoint && saidOf(endpoint);
};

test.each([
  ["1.0", "TLS 1.0"],
  ["1.1", "TLS 1.1"],
  ["1.2", "TLS 1.2"],
  ["1.3", "TLS 1.3"],
  [null, "TLS 1.0"],
  ["1.4", '? "1.4" is not a value that tlsgate recognises'],
])("min_tls %s: %s", (min_tls, expected) => expect(domain({ min_tls })?.minimumTls).toBe(expected));

test("known after apply", () =>
  expect(domain({ min_tls: null }, { min_tls: true })?.minimumTls).toMatch(/^\? known after apply/));

test("its cipher suites, where it lists some", () => {
  expect(domain({ ciphers: ["AES128-SHA"] })).toMatchObject({ forwardSecrecy: false, aeadOnly: false });
  expect(domain({})).toMatchObject({ forwardSecrecy: undefined, aeadOnly: undefined, certificate: "own" });
});

test("one that is switched off is no endpoint", () => expect(domain({ enabled: false })).toBeUndefined());

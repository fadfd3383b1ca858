// Names of Workers and of Pages → endpoints, with the settings of their zone.

import { expect, test } from "vitest";
import { endpointAt, saidOf, settings, zonePlan } from "../../support/cloudflare.ts";
import { said } from "../../support/said.ts";

test("a Worker's name is in a zone, and has its settings", () => {
  const address = "cloudflare_workers_custom_domain.api";
  const values = { hostname: "api.example.com", service: "api" };
  const made = zonePlan({ [address]: values, ...settings({ min_tls_version: "1.0", always_use_https: "on" }) });
  const endpoint = endpointAt(made, address);
  expect(endpoint?.kind).toBe("Workers custom domain");
  expect(endpoint?.names.map(said)).toEqual(["api.example.com"]);
  expect(endpoint && saidOf(endpoint)).toMatchObject({
    certificate: "own",
    minimumTls: "TLS 1.0",
    plainHttp: "redirected",
  });
});

test.each([
  ["cloudflare_workers_domain.old", { hostname: "api.example.com" }, "Workers custom domain"],
  ["cloudflare_worker_domain.older", { hostname: "api.example.com" }, "Workers custom domain"],
  ["cloudflare_pages_domain.new", { name: "api.example.com" }, "Pages custom domain"],
  ["cloudflare_pages_domain.old", { domain: "api.example.com" }, "Pages custom domain"],
])("%s", (address, values, kind) => {
  const endpoint = endpointAt(zonePlan({ [address]: values }), address);
  expect([endpoint?.kind, endpoint?.names.map(said), endpoint?.routes]).toEqual([kind, ["api.example.com"], []]);
});

// API Management services and their domains → endpoints: on real plans, and on some made by hand.

import { describe, expect, test } from "vitest";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "azurerm_api_management.made";

describe.each(["azurerm4-good", "azurerm5-good"])("%s", (name) => {
  const made = at(endpointsOf(name), "azurerm_api_management.apim");

  test("everything old is off", () => {
    expect([made.minimumTls, made.forwardSecrecy].map(said)).toEqual(["TLS 1.2", true]);
    expect(said(only(made.upstreams).minimumTls)).toBe("TLS 1.2");
    expect([said(made.certificate), made.names]).toEqual(["provider", []]);
  });

  test("suites with CBC cannot all be switched off", () => {
    expect(said(made.aeadOnly)).toBe(false);
    expect(made.aeadOnly?.noFix).toBe("suites with CBC are among those that are always on");
  });
});

test("azurerm4-bad-weak", () => {
  const made = at(endpointsOf("azurerm4-bad-weak"), "azurerm_api_management.apim");
  expect([made.minimumTls, made.forwardSecrecy].map(said)).toEqual(["SSLv3", false]);
  expect(made.forwardSecrecy?.place.at).toBe("security[0].triple_des_ciphers_enabled");
  expect(said(only(made.upstreams).minimumTls)).toBe("TLS 1.0");
});

describe("domains in a resource apart", () => {
  const domains = "azurerm_api_management_custom_domain.made";
  const of = (api_management_id: string) =>
    at(
      endpointsOf(
        plan({
          changes: {
            [address]: {
              after: { id: "/services/made", sku_name: "Basic_1", security: [{ frontend_tls11_enabled: true }] },
            },
            [domains]: { after: { api_management_id, gateway: [{ host_name: "a.test", certificate: "AAAA" }] } },
          },
        }),
      ),
      domains,
    );

  test("of a service of this plan, at which its protocols stand", () => {
    const made = of("/services/made");
    expect([made.names.map(said), said(made.certificate)]).toEqual([["a.test"], "own"]);
    expect([said(made.minimumTls), made.minimumTls?.place.address]).toEqual(["TLS 1.1", address]);
  });

  test("of a service that is looked up, which shows no protocols", () => {
    const looked = "data.azurerm_api_management.made";
    const made = plan({
      changes: {
        [looked]: { actions: ["read"], after: { id: "/services/b" } },
        [domains]: { after: { api_management_id: "/services/b", gateway: [{ host_name: "a.test" }] } },
      },
    });
    expect(said(at(endpointsOf(made), domains).minimumTls)).toBe("? the service is defined outside this plan");
  });

  test("of a service outside this plan", () => {
    const { minimumTls, forwardSecrecy } = of("/services/elsewhere");
    const cause = "? the service is defined outside this plan";
    expect([said(minimumTls), said(forwardSecrecy)]).toEqual([cause, cause]);
  });
});

describe("values at random", () => {
  const host = { host_name: "text", key_vault_certificate_id: "text", certificate: "text" } as const;
  fuzz({
    resources: {
      [address]: {
        sku_name: "text",
        protocols: [{ http2_enabled: "flag" }],
        hostname_configuration: [{ proxy: [host] }],
      },
    },
    words: ["Developer_1", "Consumption_0", "a.test", "made.azure-api.net", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      // Of a service without a security block.
      "minimum-tls-1-2": among(undefined),
      "origin-minimum-tls-1-2": among(undefined),
      "forward-secrecy": among(undefined),
      "modern-http": among(true),
      "certificate-present": (value) => value !== "" && value !== null,
    },
  });
});

// Host names of API Management → names and certificates: of each site, and from each source.

import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "azurerm_api_management.made";
const key = "https://shop.vault.azure.net/secrets/api";
const named = (hosts: JsonObject) =>
  at(endpointsOf(plan({ changes: { [address]: { after: { hostname_configuration: [hosts] } } } })), address);

test.each(["proxy", "developer_portal", "management", "portal", "scm"])("of the %s", (site) => {
  const made = named({ [site]: [{ host_name: "a.test", key_vault_certificate_id: key }] });
  expect([made.names.map(said), said(made.certificate)]).toEqual([["a.test"], "own"]);
  const { names } = only(made.certificates).certificate;
  expect(names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
});

test.each([
  [{ key_vault_certificate_id: key }, "own"],
  [{ key_vault_id: key }, "own"],
  [{ certificate: "AAAA" }, "own"],
  [{ certificate_source: "Managed" }, "own"],
  [{}, "missing"],
])("with %j: %s", (source, expected) =>
  expect(said(named({ proxy: [{ host_name: "a.test", ...source }] }).certificate)).toBe(expected),
);

test("known after apply", () => {
  const attribute = "key_vault_certificate_id";
  const vault = "azurerm_key_vault_certificate.api";
  const late = (reference: string) =>
    at(
      endpointsOf(
        plan({
          changes: {
            [address]: {
              after: { sku_name: "Basic_1", hostname_configuration: [{ proxy: [{ host_name: "a.test" }] }] },
              after_unknown: { hostname_configuration: [{ proxy: [{ [attribute]: true }] }] },
            },
            [vault]: { after: {}, after_unknown: { secret_id: true } },
          },
          root: {
            resources: [
              configured(address, { hostname_configuration: [{ proxy: [{ [attribute]: refersTo(reference) }] }] }),
              configured(vault),
            ],
          },
        }),
      ),
      address,
    );
  expect(said(late(`${vault}.secret_id`).certificate)).toBe("own");
  expect(only(late(`${vault}.secret_id`).certificates).certificate.address).toBe(vault);
  expect(said(late("local.secret").certificate)).toMatch(/^\? known after apply/);
});

test("one without a certificate is enough", () => {
  const hosts = [{ host_name: "a.test", certificate: "AAAA" }, { host_name: "b.test" }];
  const made = named({ proxy: hosts });
  expect([said(made.certificate), made.certificate?.place.at]).toEqual([
    "missing",
    "hostname_configuration[0].proxy[1].key_vault_certificate_id",
  ]);
});

test("Azure's own name is none of the owner's", () => {
  const made = named({ proxy: [{ host_name: "made.azure-api.net" }] });
  expect([made.names, said(made.certificate)]).toEqual([[], "provider"]);
});

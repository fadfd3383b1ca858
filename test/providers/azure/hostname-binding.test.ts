// Host names of App Service → endpoints: their certificate, by a binding or a thumbprint, and the app's own TLS.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { sslStates } from "../../../src/providers/azure/hostname-binding-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, type Made, plan, refersTo } from "../../support/made.ts";
import { outcomes } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const type = "azurerm_app_service_custom_hostname_binding";
const address = `${type}.made`;
const binding = "azurerm_app_service_certificate_binding.made";
const managed = "azurerm_app_service_managed_certificate.made";

/** As a plan lists `made[each.key].id`. */
const byKey = (name: string) => ({ references: [name, "each.key"] });

const endpoint = (made: Made, name = address) => at(endpointsOf(plan(made)), name);

const named = (after: JsonObject = {}, unknown: JsonObject = {}) =>
  endpoint({
    changes: {
      [address]: {
        after: { hostname: "a.test", app_service_name: "elsewhere", ...after },
        after_unknown: unknown as never,
      },
    },
    root: { resources: [configured(address)] },
  });

describe.each(["azurerm4-good", "azurerm5-good"])("of %s", (name) => {
  const made = at(endpointsOf(name), `${type}.b`);

  test("a managed certificate for the very name", () => {
    expect(made.names.map(said)).toEqual(["www.shop.example.com"]);
    expect(said(made.certificate)).toBe("own");
    expect(said(made.sni)).toBe(true);
    const { certificate } = only(made.certificates);
    expect(certificate.address).toBe("azurerm_app_service_managed_certificate.c");
    expect(certificate.names.map(said)).toEqual(["www.shop.example.com"]);
    expect(said(certificate.renewal)).toBe("automatic");
    expect(outcomes(name, "certificate-covers-domains")[`${type}.b`]).toBe("pass");
  });

  test("TLS and plain HTTP are the app's, and stand there", () => {
    expect(said(made.minimumTls)).toBe("TLS 1.2");
    expect(made.minimumTls?.place.address).toBe("azurerm_linux_web_app.app");
    expect(only(made.routes).plainHttp?.place).toEqual({ address: "azurerm_linux_web_app.app", at: "https_only" });
    expect(outcomes(name, "minimum-tls-1-2")[`${type}.b`]).toBeUndefined();
  });
});

test("no certificate", () => {
  const made = named();
  expect([said(made.certificate), made.certificates, made.sni]).toEqual(["missing", [], undefined]);
  expect(made.certificate?.note).toBe("this plan binds none to it");
  expect(said(named({}, { ssl_state: true, thumbprint: true }).certificate)).toBe("missing");
});

test.each([
  ["SniEnabled", "own", true],
  ["IpBasedEnabled", "own", false],
])("ssl_state %s: %s, SNI %s", (ssl_state, certificate, sni) => {
  const made = named({ ssl_state, thumbprint: "ABCD" });
  expect([said(made.certificate), said(made.sni)]).toEqual([certificate, sni]);
  expect(made.sni?.remedy?.value).toBe("SniEnabled");
  const { names } = only(made.certificates).certificate;
  expect(names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
});

test("ssl_state Disabled binds none, and no other name is known", () => {
  expect(said(named({ ssl_state: "Disabled" }).certificate)).toBe("missing");
  expect(said(named({ ssl_state: "sniEnabled" }).certificate)).toMatch(/not a value that tlsgate recognises$/);
  expect(Object.keys(sslStates)).toEqual(["SniEnabled", "IpBasedEnabled", "Disabled"]);
});

test("a thumbprint of this plan's certificate", () => {
  const certificate = "azurerm_app_service_certificate.made";
  const made = endpoint({
    changes: {
      [address]: { after: { hostname: "a.test", ssl_state: "SniEnabled" }, after_unknown: { thumbprint: true } },
      [certificate]: { after: { pfx_blob: "AAAA" }, after_unknown: { thumbprint: true } },
    },
    root: {
      resources: [configured(address, { thumbprint: refersTo(`${certificate}.thumbprint`) }), configured(certificate)],
    },
  });
  expect(only(made.certificates).certificate.address).toBe(certificate);
});

describe("a certificate binding", () => {
  const other = `${type}.other`;
  const id = { id: true };
  const bound = (references: string[], ssl_state = "SniEnabled") => {
    return endpoint({
      changes: {
        [address]: { after: { hostname: "a.test" }, after_unknown: id },
        [other]: { after: { hostname: "b.test" }, after_unknown: id },
        [binding]: { after: { ssl_state }, after_unknown: { hostname_binding_id: true, certificate_id: true } },
        [managed]: { after: {}, after_unknown: { id: true, host_names: true, custom_hostname_binding_id: true } },
      },
      root: {
        resources: [
          configured(address),
          configured(other),
          configured(binding, {
            hostname_binding_id: refersTo(...references),
            certificate_id: refersTo(`${managed}.id`),
            ssl_state: { constant_value: ssl_state },
          }),
          configured(managed, { custom_hostname_binding_id: refersTo(`${address}.id`) }),
        ],
      },
    });
  };

  test("for this name", () => {
    const made = bound([`${address}.id`], "IpBasedEnabled");
    expect([said(made.certificate), said(made.sni)]).toEqual(["own", false]);
    expect(made.certificate?.related).toEqual([binding]);
    expect(only(made.certificates).certificate.names.map(said)).toEqual(["a.test"]);
  });

  test("for another one", () => expect(said(bound([`${other}.id`]).certificate)).toBe("missing"));

  test("for one of each key: that of the same key", () => {
    const hosts = ["a.test", "b.test"];
    const each = (name: string, after: JsonObject, unknown: JsonObject) =>
      Object.fromEntries(
        hosts.map((key) => [`${name}["${key}"]`, { after: { ...after, hostname: key }, after_unknown: unknown }]),
      );
    const forEach = { for_each_expression: { references: ["var.hosts"] } };
    const made = endpointsOf(
      plan({
        changes: {
          ...each(address, {}, id),
          ...each(binding, { ssl_state: "SniEnabled" }, { hostname_binding_id: true, certificate_id: true }),
          ...each(managed, {}, { ...id, host_names: true, custom_hostname_binding_id: true }),
        } as NonNullable<Made["changes"]>,
        root: {
          resources: [
            configured(address, {}, forEach),
            configured(binding, { hostname_binding_id: byKey(address), certificate_id: byKey(managed) }, forEach),
            configured(managed, { custom_hostname_binding_id: byKey(address) }, forEach),
          ],
        },
      }),
    );
    for (const key of hosts) expect(said(at(made, `${address}["${key}"]`).certificate)).toBe("own");
  });

  test("for one of two", () => {
    const made = bound([`${address}.id`, `${other}.id`]);
    expect(said(made.certificate)).toMatch(/^\? the plan does not tell whether/);
    expect(made.certificates).toEqual([]);
  });

  test("for one that the plan does not tell", () =>
    expect(said(bound(["local.id"]).certificate)).toBe(
      `? the plan does not tell whether ${binding} is for this host name`,
    ));
});

describe("the app", () => {
  test("outside this plan", () => {
    const made = named();
    const cause = "? the app is defined outside this plan";
    expect([made.minimumTls, made.forwardSecrecy, made.aeadOnly].map(said)).toEqual([cause, cause, cause]);
    expect(said(only(made.routes).plainHttp)).toBe(cause);
    expect(made.minimumTls?.place).toEqual({ address, at: "app_service_name" });
  });

  test("looked up", () => {
    const looked = "data.azurerm_linux_web_app.made";
    const made = endpoint({
      changes: {
        [address]: { after: { hostname: "a.test", app_service_name: "shop" } },
        [looked]: { actions: ["read"], after: { name: "shop", site_config: [{ minimum_tls_version: "1.0" }] } },
      },
    });
    expect(said(made.minimumTls)).toBe("? the app is defined outside this plan");
  });

  test("a function app, by its name", () => {
    const name = "azurerm_linux_function_app.made";
    const made = endpoint({
      changes: {
        [address]: { after: { hostname: "a.test", app_service_name: "orders" } },
        [name]: { after: { name: "orders", site_config: [{ minimum_tls_version: "1.3" }] } },
      },
    });
    expect([said(made.minimumTls), made.minimumTls?.place.address]).toEqual(["TLS 1.3", name]);
  });

  test("a slot, by its ID", () => {
    const slot = "azurerm_linux_web_app_slot.made";
    const name = "azurerm_app_service_slot_custom_hostname_binding.made";
    const made = endpoint(
      {
        changes: {
          [name]: { after: { hostname: "a.test", app_service_slot_id: "/slots/blue" } },
          [slot]: { after: { id: "/slots/blue", name: "blue", site_config: [{ minimum_tls_version: "1.1" }] } },
        },
      },
      name,
    );
    expect(said(made.minimumTls)).toBe("TLS 1.1");
    expect(made.minimumTls?.place.address).toBe(slot);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: { hostname: "text", app_service_name: "text", ssl_state: "text", thumbprint: "text" },
      [binding]: { hostname_binding_id: "text", certificate_id: "text", ssl_state: "text" },
    },
    words: ["a.test", "SniEnabled", "IpBasedEnabled", "Disabled", "/hostNameBindings/a.test", "", "constructor"],
    passing: {
      "certificate-present": among("SniEnabled", "IpBasedEnabled"),
      "sni-only": among("SniEnabled"),
    },
  }));

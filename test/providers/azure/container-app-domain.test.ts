// Domains of container apps → endpoints: the certificate of each, and the app's ingress; on domains made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { bindingTypes } from "../../../src/providers/azure/container-app-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, certificatesOf, endpointsOf, said } from "../../support/said.ts";

const app = "azurerm_container_app.made";
const domain = "azurerm_container_app_custom_domain.made";
const uploaded = "azurerm_container_app_environment_certificate.made";
const managed = "azurerm_container_app_environment_managed_certificate.made";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

describe("a domain", () => {
  const of = (after: JsonObject, unknown: JsonObject = {}, expressions = {}, changes = {}) =>
    at(
      endpointsOf(
        plan({
          changes: { [domain]: { after: { name: "a.test", ...after }, after_unknown: unknown as never }, ...changes },
          root: { resources: [configured(domain, expressions)] },
        }),
      ),
      domain,
    );

  test("of an app of this plan", () => {
    const made = of(
      { container_app_id: "/apps/made" },
      {},
      {},
      {
        [app]: { after: { id: "/apps/made", ingress: [{ allow_insecure_connections: true }] } },
      },
    );
    expect(made.names.map(said)).toEqual(["a.test"]);
    expect(said(only(made.routes).plainHttp)).toBe("served");
    expect(only(made.routes).plainHttp?.place.address).toBe(app);
  });

  test("of an app and with a certificate that are looked up", () => {
    const read = (id: string) => ({
      actions: ["read"],
      after: { id, ingress: [{ allow_insecure_connections: true }] },
    });
    const attribute = "container_app_environment_certificate_id";
    const made = of(
      { container_app_id: "/apps/b", [attribute]: "/certificates/b" },
      {},
      {},
      {
        "data.azurerm_container_app.b": read("/apps/b"),
        "data.azurerm_container_app_environment_certificate.b": read("/certificates/b"),
      },
    );
    expect(said(only(made.routes).plainHttp)).toBe("? the container app is defined outside this plan");
    const { names } = only(made.certificates).certificate;
    expect(names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
  });

  test("of an app that answers no HTTP", () => {
    const changes = { [app]: { after: { id: "/apps/made", ingress: [{ transport: "tcp" }] } } };
    const made = of({ container_app_id: "/apps/made" }, {}, {}, changes);
    expect(said(only(made.routes).plainHttp)).toBe(`? ${app} has no ingress that speaks HTTP`);
  });

  test("of an app outside this plan: TLS is that of any other", () => {
    const made = of({ container_app_id: "/apps/elsewhere" });
    expect(said(made.minimumTls)).toBe("TLS 1.2");
    expect(said(only(made.routes).plainHttp)).toBe("? the container app is defined outside this plan");
  });

  test.each([
    ["SniEnabled", "own"],
    ["Disabled", "missing"],
    ["Sni", unrecognised],
    [null, "? certificate_binding_type is not set"],
  ])("certificate_binding_type %j: %s", (certificate_binding_type, expected) => {
    const made = of({ container_app_environment_certificate_id: "/certificates/a", certificate_binding_type });
    expect(said(made.certificate)).toEqual(expected);
    expect(made.certificate?.remedy).toEqual({
      address: domain,
      attribute: "certificate_binding_type",
      value: "SniEnabled",
    });
    const { names } = only(made.certificates).certificate;
    expect(names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
    expect(Object.keys(bindingTypes)).toEqual(["SniEnabled", "Disabled"]);
  });

  test("with an uploaded certificate of this plan", () => {
    const attribute = "container_app_environment_certificate_id";
    const made = of(
      { certificate_binding_type: "SniEnabled" },
      { [attribute]: true },
      { [attribute]: refersTo(`${uploaded}.id`) },
      {
        [uploaded]: { after: { certificate_blob_base64: "AAAA" }, after_unknown: { id: true } },
      },
    );
    const { certificate } = only(made.certificates);
    expect([certificate.address, said(certificate.renewal)]).toEqual([uploaded, "by import"]);
  });

  test("with Azure's own certificate, for the same name", () => {
    const changes = { [managed]: { after: { subject_name: "a.test" } } };
    const made = of({}, {}, {}, changes);
    expect(said(made.certificate)).toBe("own");
    const { certificate } = only(made.certificates);
    expect([certificate.names.map(said), said(certificate.renewal)]).toEqual([["a.test"], "automatic"]);
    const other = of({ name: "b.test" }, {}, {}, changes);
    expect(said(other.certificate)).toMatch(/^\? the domain names no certificate/);
    expect(other.certificates).toEqual([]);
  });
});

test("a certificate from a key vault is renewed there, or not", () => {
  const vault = { certificate_key_vault: [{ key_vault_secret_id: "https://shop.vault.azure.net/secrets/site" }] };
  const made = at(certificatesOf(plan({ changes: { [uploaded]: { after: vault } } })), uploaded);
  expect([made.address, made.renewal]).toEqual([uploaded, undefined]);
});

describe("values at random", () =>
  fuzz({
    resources: {
      [app]: { id: "text", ingress: [{ transport: "text", allow_insecure_connections: "flag" }] },
      [domain]: {
        name: "text",
        container_app_id: "text",
        container_app_environment_certificate_id: "text",
        certificate_binding_type: "text",
      },
      [managed]: { subject_name: "text" },
    },
    words: ["a.test", "/apps/made", "auto", "http", "tcp", "SniEnabled", "Disabled", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "https-only": among(false, null, undefined),
      "minimum-tls-1-2": () => true,
      "modern-http": () => true,
      // Without an ID it is Azure's own certificate of this plan that counts.
      "certificate-present": (value, path) => path !== "certificate_binding_type" || value === "SniEnabled",
      "certificate-covers-domains": () => true,
      "certificate-auto-renewal": () => true,
    },
  }));

// Certificates of App Service: names, and who renews them; on certificates made by hand.

import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, certificatesOf, said } from "../../support/said.ts";

const managed = "azurerm_app_service_managed_certificate.made";
const uploaded = "azurerm_app_service_certificate.made";

const certificate = (address: string, after: JsonObject, unknown: JsonObject = {}, expressions = {}) => {
  const changes = { [address]: { after, after_unknown: unknown as never } };
  return at(certificatesOf(plan({ changes, root: { resources: [configured(address, expressions)] } })), address);
};

test("a managed one is renewed by itself, and its issuer alone decides on the key", () => {
  const { renewal, key } = certificate(managed, { custom_hostname_binding_id: "/sites/a/hostNameBindings/a.test" });
  expect([said(renewal), key]).toEqual(["automatic", undefined]);
});

test("the name in a sensitive ID is sensitive too", () => {
  const after = { custom_hostname_binding_id: "/sites/a/hostNameBindings/a.test" };
  const change = { after, after_unknown: { host_names: true }, after_sensitive: { custom_hostname_binding_id: true } };
  const { names } = at(certificatesOf(plan({ changes: { [managed]: change } })), managed);
  expect(names.map(said)).toEqual([{ secret: "a.test" }]);
});

test.each([
  [{ host_names: ["a.test", "b.test"] }, {}, ["a.test", "b.test"]],
  [{ custom_hostname_binding_id: "/sites/a/hostNameBindings/a.test" }, { host_names: true }, ["a.test"]],
  [{ custom_hostname_binding_id: "no ID" }, {}, ["? the plan does not show its host name"]],
  [{}, { host_names: true, custom_hostname_binding_id: true }, [expect.stringMatching(/^\? known after apply/)]],
])("names of a managed one with %j: %j", (after, unknown, names) => {
  const written = { custom_hostname_binding_id: refersTo("local.binding") };
  expect(certificate(managed, after, unknown, written).names.map(said)).toEqual(names);
});

test("of a slot's host name", () => {
  const slot = "azurerm_app_service_slot_custom_hostname_binding.made";
  const made = plan({
    changes: {
      [slot]: { after: { hostname: "blue.test" }, after_unknown: { id: true } },
      [managed]: { after: {}, after_unknown: { host_names: true, custom_hostname_binding_id: true } },
    },
    root: {
      resources: [configured(slot), configured(managed, { custom_hostname_binding_id: refersTo(`${slot}.id`) })],
    },
  });
  expect(at(certificatesOf(made), managed).names.map(said)).toEqual(["blue.test"]);
});

test("an uploaded one", () => {
  const made = certificate(uploaded, { pfx_blob: "AAAA" }, { host_names: true });
  expect(made.names.map(said)).toEqual(["? Azure reads the certificate's names when it is uploaded"]);
  expect(said(made.renewal)).toBe("by import");
  expect(certificate(uploaded, { pfx_blob: "AAAA", host_names: ["a.test"] }).names.map(said)).toEqual(["a.test"]);
});

test("one from a key vault", () => {
  const id = "https://shop.vault.azure.net/secrets/site";
  const made = certificate(uploaded, { key_vault_secret_id: id });
  expect(made.names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
  expect(made.renewal).toBeUndefined();
  const shown = certificate(uploaded, { key_vault_secret_id: id, host_names: ["a.test"] });
  expect(shown.names.map(said)).toEqual(["a.test"]);
});

// Domains of SignalR and Web PubSub → endpoints: names, and certificates from key vaults; made by hand.

import { describe, expect, test } from "vitest";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

describe.each([
  ["azurerm_signalr_service", "SignalR domain", "signalr_custom_certificate_id"],
  ["azurerm_web_pubsub", "Web PubSub domain", "web_pubsub_custom_certificate_id"],
])("of %s", (type, kind, attribute) => {
  const address = `${type}_custom_domain.made`;
  const holder = `${type}_custom_certificate.made`;
  const vault = "azurerm_key_vault_certificate.made";

  test("with a certificate of this plan's key vault", () => {
    const made = plan({
      changes: {
        [address]: { after: { domain_name: "a.test" }, after_unknown: { [attribute]: true } },
        [holder]: { after: {}, after_unknown: { id: true, custom_certificate_id: true } },
        [vault]: { after: {}, after_unknown: { id: true } },
      },
      root: {
        resources: [
          configured(address, { [attribute]: refersTo(`${holder}.id`) }),
          configured(holder, { custom_certificate_id: refersTo(`${vault}.id`) }),
          configured(vault),
        ],
      },
    });
    const endpoint = at(endpointsOf(made), address);
    expect([endpoint.kind, endpoint.names.map(said), said(endpoint.certificate)]).toEqual([kind, ["a.test"], "own"]);
    expect(only(endpoint.certificates).certificate.address).toBe(vault);
  });

  test("with one from outside, and TLS that no page tells", () => {
    const endpoint = at(
      endpointsOf(
        plan({ changes: { [address]: { after: { domain_name: "a.test", [attribute]: "/certificates/a" } } } }),
      ),
      address,
    );
    const { names } = only(endpoint.certificates).certificate;
    expect(names.map(said)).toEqual(["? the certificate is defined outside this plan"]);
    for (const fact of [endpoint.minimumTls, endpoint.forwardSecrecy, endpoint.aeadOnly])
      expect(said(fact)).toMatch(/^\? Microsoft does not say which/);
    expect(said(only(endpoint.routes).plainHttp)).toMatch(/^\? Microsoft does not say what plain HTTP/);
  });

  describe("values at random", () =>
    fuzz({
      resources: { [address]: { domain_name: "text", [attribute]: "text" } },
      words: ["a.test", "/certificates/a", "", "constructor"],
      passing: { "certificate-present": () => true },
    }));
});

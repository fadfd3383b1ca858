// Front Door → endpoints: its names, TLS and certificates, and which route answers under which name; real plans and made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { but, domain, domainOf, endpoint, frontDoorOf, group, origin, route } from "./made-front-door.ts";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

describe.each(["azurerm4-good", "azurerm5-good"])("the custom domain of %s", (name) => {
  const real = at(endpointsOf(name), "azurerm_cdn_frontdoor_custom_domain.d");

  test("has a name, a certificate for it, and TLS 1.2", () => {
    expect(real.names.map(said)).toEqual(["shop.example.com"]);
    expect([said(real.certificate), said(real.minimumTls), said(real.forwardSecrecy)]).toEqual([
      "own",
      "TLS 1.2",
      true,
    ]);
    const { certificate } = only(real.certificates);
    expect([certificate.names.map(said), said(certificate.renewal)]).toEqual([["shop.example.com"], "automatic"]);
    expect(said(real.httpVersions)).toContain("HTTP/2");
  });

  test("sends HSTS by a rule of a rule set that only references lead to", () => {
    const { hsts, plainHttp, path } = only(real.routes);
    expect([path, said(plainHttp)]).toEqual(["/*", "redirected"]);
    expect([said(hsts?.maxAge), said(hsts?.includeSubDomains), said(hsts?.preload)]).toEqual([31_536_000, true, true]);
    expect(hsts?.maxAge).toMatchObject({
      place: { address: "azurerm_cdn_frontdoor_route.r", at: "cdn_frontdoor_rule_set_ids" },
      related: ["azurerm_cdn_frontdoor_rule.hsts"],
    });
  });

  test("has an origin that shows the right certificate", () => {
    const hop = only(real.upstreams);
    expect([hop.name, said(hop.protocol), said(hop.certificate)]).toEqual(["origin.example.net", "https", "verified"]);
    expect(hop.certificate?.place.address).toBe("azurerm_cdn_frontdoor_origin.o");
    expect(endpointsOf(name).has("azurerm_cdn_frontdoor_origin.o")).toBe(false);
  });
});

describe("the TLS floor", () => {
  const floor = (tls: JsonObject) => said(domainOf(but(domain, { tls: [tls] })).minimumTls);

  test.each([
    [{ minimum_version: "TLS12" }, "TLS 1.2"],
    [{ minimum_version: "TLS13" }, "TLS 1.3"],
    [{ minimum_version: "TLS10" }, "TLS 1.0"],
    [{ minimum_tls_version: "TLS10" }, "TLS 1.0"],
    [{ minimum_version: null, minimum_tls_version: "TLS12" }, "TLS 1.2"],
    // Both: of the one that is not written azurerm 4 plans what is there today.
    [{ minimum_version: "TLS12", minimum_tls_version: "TLS10" }, "TLS 1.0"],
    [{ minimum_version: "TLS10", minimum_tls_version: "TLS12" }, "TLS 1.0"],
    [{ minimum_version: "TLS12", minimum_tls_version: "TLS12" }, "TLS 1.2"],
    [{ minimum_version: "TLS14", minimum_tls_version: "TLS12" }, unrecognised],
    [{ minimum_version: "TLS12", minimum_tls_version: "TLS14" }, unrecognised],
    // absent: Azure's default
    [{}, "TLS 1.2"],
    [{ minimum_version: "" }, "TLS 1.2"],
  ])("%j: %s", (tls, expected) => expect(floor(tls)).toEqual(expected));

  test.each(["TLS11", "tls12", "1.2", 12, "constructor"])("%j is not recognised", (minimum_version) =>
    expect(floor({ minimum_version })).toEqual(unrecognised),
  );

  test("known after apply", () => {
    const late = domainOf({ [domain]: { after: { tls: [{}] }, unknown: { tls: [{ minimum_version: true }] } } });
    expect(said(late.minimumTls)).toMatch(/^\? known after apply/);
  });

  test("what is to be set, and where", () => {
    const { minimumTls } = domainOf(but(domain, { tls: [{ minimum_version: "TLS10" }] }));
    const attribute = "tls[0].minimum_version";
    expect(minimumTls).toMatchObject({
      place: { address: domain, at: attribute },
      remedy: { attribute, value: "TLS12" },
    });
  });
});

describe("the cipher suites", () => {
  const suites = (cipher_suite: unknown) => {
    const made = domainOf(but(domain, { tls: [{ cipher_suite }] } as JsonObject));
    return [said(made.forwardSecrecy), said(made.aeadOnly)];
  };
  const custom = (...tls12: unknown[]) => suites([{ type: "Customized", custom_ciphers: [{ tls12 }] }]);

  test("absent: the set that Azure takes", () => expect(suites([])).toEqual([true, false]));

  test.each([
    ["TLS12_2023", true, true],
    ["TLS12_2022", true, false],
    ["TLS10_2019", false, false],
  ])("%s: forward secrecy %s, AEAD only %s", (type, ...expected) => expect(suites([{ type }])).toEqual(expected));

  test.each(["TLS12_2031", "tls12_2023", "toString"])("%s is not recognised", (type) =>
    expect(suites([{ type }])).toEqual([unrecognised, unrecognised]),
  );

  test("a list of one's own is as good as its worst", () => {
    expect(custom("ECDHE_RSA_AES128_GCM_SHA256", "ECDHE_RSA_AES256_GCM_SHA384")).toEqual([true, true]);
    expect(custom("ECDHE_RSA_AES128_GCM_SHA256", "ECDHE_RSA_AES128_SHA256")).toEqual([true, false]);
    const name = '? "AES128_GCM_SHA256" is not a value that tlsgate recognises';
    const odd = `${name}; its name suggests no forward secrecy, AEAD`;
    expect(custom("ECDHE_RSA_AES128_GCM_SHA256", "AES128_GCM_SHA256")).toEqual([odd, odd]);
    expect(custom()).toEqual(["? tls12 is not set", "? tls12 is not set"]);
  });
});

describe("the certificate", () => {
  const certificate = (tls: JsonObject) => domainOf(but(domain, { tls: [tls] }));

  test("is Azure's for the name unless it is said otherwise", () => {
    expect(said(certificate({}).certificate)).toBe("own");
    expect(said(certificate({ certificate_type: "Managed" }).certificate)).toEqual(unrecognised);
    expect(certificate({ certificate_type: "Managed" }).certificates).toEqual([]);
  });

  test("of a wildcard is not known to be renewed", () => {
    const { certificates } = domainOf(but(domain, { host_name: "*.example.com" }));
    expect(said(only(certificates).certificate.renewal)).toMatch(/^\? Azure does not rotate/);
  });

  test("of its owner's is in a secret, or missing", () => {
    expect(said(certificate({ certificate_type: "CustomerCertificate" }).certificate)).toBe("missing");
    const literal = certificate({
      certificate_type: "CustomerCertificate",
      cdn_frontdoor_secret_id: "/subscriptions/1",
    });
    expect(said(literal.certificate)).toBe("own");
    expect(only(literal.certificates).certificate.names.map(said)).toEqual([
      "? the certificate is defined outside this plan",
    ]);
  });

  test("of a secret of this plan has the names that Azure reads, or those of its vault's policy", () => {
    const secret = "azurerm_cdn_frontdoor_secret.made";
    const tls = { certificate_type: "CustomerCertificate", cdn_frontdoor_secret_id: "/secrets/made" };
    const read = (customer_certificate: JsonObject, more = {}) =>
      only(
        domainOf({
          ...but(domain, { tls: [tls] }),
          [secret]: {
            after: { id: "/secrets/made", secret: [{ customer_certificate: [customer_certificate] }] },
            unknown: { id: false },
          },
          ...more,
        }).certificates,
      ).certificate;
    expect(read({ subject_alternative_names: ["a.test", "b.test"] }).names.map(said)).toEqual(["a.test", "b.test"]);
    const vault = "azurerm_key_vault_certificate.made";
    const policy = {
      x509_certificate_properties: [{ subject: "CN=x.test", subject_alternative_names: [{ dns_names: ["y.test"] }] }],
    };
    const found = read(
      { key_vault_certificate_id: "https://kv.vault.azure.net/certificates/made" },
      {
        [vault]: {
          after: { versionless_id: "https://kv.vault.azure.net/certificates/made", certificate_policy: [policy] },
        },
      },
    );
    expect([found.address, found.names.map(said)]).toEqual([vault, ["y.test"]]);
  });
});

describe("which names a route answers under", () => {
  test("a custom domain alone", () => expect([...frontDoorOf().keys()]).toEqual([domain]));

  test("the endpoint's own name too, unless that is switched off", () => {
    const both = frontDoorOf(but(route, { link_to_default_domain: true }));
    expect([...both.keys()]).toEqual([domain, endpoint]);
    const own = at(both, endpoint);
    expect([said(own.certificate), said(own.minimumTls), said(own.forwardSecrecy)]).toEqual([
      "provider",
      "TLS 1.2",
      true,
    ]);
    expect([own.names, own.aeadOnly, own.routes.length]).toEqual([[], undefined, 1]);
  });

  test("a domain that an association brings", () => {
    const association = {
      "azurerm_cdn_frontdoor_custom_domain_association.made": {
        refers: { cdn_frontdoor_custom_domain_id: [`${domain}.id`], cdn_frontdoor_route_ids: [`${route}.id`] },
      },
    };
    const loose = but(route, {}, { cdn_frontdoor_custom_domain_ids: [] });
    expect(domainOf(loose).routes).toEqual([]);
    expect(domainOf({ ...loose, ...association }).routes.map(({ path }) => path)).toEqual(["/*"]);
  });

  test("names of another plan: the route stands for itself", () => {
    const changes = { [domain]: undefined, ...but(route, { link_to_default_domain: false }) };
    const found = at(frontDoorOf(changes), route);
    expect(found).toMatchObject({ kind: "Front Door route", names: [], certificates: [] });
    expect([found.certificate, found.minimumTls]).toEqual([undefined, undefined]);
    expect(said(only(found.routes).plainHttp)).toBe("redirected");
  });
});

describe("origins", () => {
  const hop = (after: JsonObject) => only(domainOf(but(origin, after)).upstreams);

  test("whose certificate is not checked by name", () => {
    const { certificate } = hop({ certificate_name_check_enabled: false });
    expect(certificate).toMatchObject({
      value: "not verified",
      place: { address: origin, at: "certificate_name_check_enabled" },
      remedy: { value: true },
    });
    expect(said(hop({ certificate_name_check_enabled: null }).certificate)).toBe(
      "? certificate_name_check_enabled is not set",
    );
    expect(said(hop({ certificate_name_check_enabled: "no" }).certificate)).toEqual(unrecognised);
  });

  test("that this plan makes are an endpoint of their own", () => {
    const app = "azurerm_linux_web_app.made";
    const next = domainOf({
      [app]: { after: {}, unknown: { default_hostname: true } },
      ...but(origin, {}, { host_name: [`${app}.default_hostname`] }),
    });
    expect(only(next.upstreams).endpoint).toBe(app);
    expect(hop({}).endpoint).toBeUndefined();
  });

  test("of a real plan that names its group by a literal are judged by themselves too", () => {
    const real = endpointsOf("azurerm4-bad-weak");
    const alone = at(real, "azurerm_cdn_frontdoor_origin.o");
    expect(said(only(alone.upstreams).protocol)).toBe("? the routes that lead to it are defined outside this plan");
    expect(said(only(alone.upstreams).certificate)).toBe("not verified");
    const hops = at(real, "azurerm_cdn_frontdoor_route.r").upstreams;
    expect([only(hops).name, said(only(hops).protocol)]).toEqual(["origin.example.net", "http"]);
  });

  test("of no route of this plan", () => {
    expect(frontDoorOf({ [route]: undefined }).has(origin)).toBe(true);
  });

  test("of another plan: the group stands for them", () => {
    expect(only(domainOf({ [origin]: undefined }).upstreams).name).toBe(group);
    const id = "/subscriptions/1/originGroups/web";
    const outside = but(route, { cdn_frontdoor_origin_group_id: id });
    const { cdn_frontdoor_origin_group_id: _, ...refers } = outside[route]?.refers ?? {};
    const literal = { ...outside[route], refers };
    expect(only(domainOf({ [route]: literal, [origin]: undefined }).upstreams).name).toBe("web");
  });
});

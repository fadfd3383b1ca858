// Names with TLS at Fastly, where their service is of this plan, and where it is not.

import { describe, expect, test } from "vitest";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { type Made, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const keys = (changes: Made["changes"]) => [...endpointsOf(plan({ changes: changes ?? {} })).keys()].sort();

const subscription = (...domains: string[]) => ({ after: { domains, certificate_authority: "certainly" } });
const service = (...names: string[]) => ({ after: { domain: names.map((name) => ({ name })) } });

test("of a real plan: the one name that no service has", () => {
  const real = endpointsOf("fastly-good");
  expect([...real.keys()].sort()).toEqual([
    "fastly_service_vcl.shop",
    "fastly_service_vcl.snippet",
    "fastly_tls_activation.a",
  ]);
  const { kind, names, certificate, minimumTls, routes, upstreams } = at(real, "fastly_tls_activation.a");
  expect([kind, names.map(said), said(certificate)]).toEqual(["Fastly TLS activation", ["custom.example.com"], "own"]);
  expect(certificate?.place.at).toBe("certificate_id");
  expect(said(minimumTls)).toMatch(/^\? the TLS configuration is named by its id alone/);
  expect([routes, upstreams]).toEqual([[], []]);
});

describe("a subscription", () => {
  const it = "fastly_tls_subscription.it";

  test.each([
    [["a.test"], ["a.test"], false],
    [["a.test", "b.test"], ["b.test"], false],
    [["*.a.test"], ["www.a.test"], false],
    [["*.a.test"], ["a.test"], true],
    [["a.test"], ["b.test"], true],
    [["a.test"], [], true],
  ])("for %j beside a service of %j: %s", (domains, names, isEndpoint) => {
    const changes = { [it]: subscription(...domains), "fastly_service_compute.it": service(...names) };
    expect(keys(changes).includes(it)).toBe(isEndpoint);
  });

  test("alone", () => {
    const { kind, names, certificate, certificates } = at(
      endpointsOf(plan({ changes: { [it]: subscription("a.test", "b.test") } })),
      it,
    );
    expect([kind, names.map(said), said(certificate)]).toEqual([
      "Fastly TLS subscription",
      ["a.test", "b.test"],
      "own",
    ]);
    expect(certificate?.place.at).toBe("domains");
    expect(only(certificates).certificate.address).toBe(it);
  });

  test("for names that are known after apply", () => {
    const changes = { [it]: { after: { domains: [null] }, after_unknown: { domains: [true] } as never } };
    expect(said(only(at(endpointsOf(plan({ changes })), it).names))).toMatch(/^\? known after apply/);
  });
});

test("a platform certificate", () => {
  const it = "fastly_tls_platform_certificate.it";
  const after = { domains: ["a.test"], configuration_id: "conf" };
  expect(keys({ [it]: { after } })).toEqual([it]);
  expect(at(endpointsOf(plan({ changes: { [it]: { after } } })), it).kind).toBe("Fastly platform TLS certificate");
  expect(keys({ [it]: { after }, "fastly_service_vcl.it": service("a.test") })).toEqual(["fastly_service_vcl.it"]);
});

describe("values at random", () =>
  fuzz({
    resources: {
      "fastly_tls_activation.made": { domain: "text", certificate_id: "text", configuration_id: "text" },
      "fastly_tls_certificate.made": { id: "text", domains: ["text"] },
      "data.fastly_tls_configuration.made": { id: "text", tls_protocols: ["text"], http_protocols: ["text"] },
    },
    words: ["a.test", "c", "c", "1.0", "1.2", "1.3", "http/2", "", "constructor"],
    passing: {
      "ats-connection": Boolean,
      "certificate-present": () => true,
      "certificate-covers-domains": Boolean,
      "minimum-tls-1-2": Boolean,
      "forward-secrecy": Boolean,
      "strong-ciphers": Boolean,
      "modern-http": Boolean,
    },
  }));

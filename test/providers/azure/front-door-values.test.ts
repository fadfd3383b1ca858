// Front Door's value tables: each row by what it means.

import { expect, test } from "vitest";
import {
  certificateTypes,
  cipherSuiteTypes,
  classicRedirectProtocols,
  classicTlsVersions,
  customCiphers,
  defaultSuites,
  forwardingProtocols,
  recommendedSuites,
  tlsVersions,
} from "../../../src/providers/azure/front-door-values.ts";

test("versions are as their names say", () => {
  expect(tlsVersions).toEqual({ TLS10: "TLS 1.0", TLS12: "TLS 1.2", TLS13: "TLS 1.3" });
  expect(classicTlsVersions).toEqual({ "1.0": "TLS 1.0", "1.2": "TLS 1.2" });
});

test("the sets of cipher suites: forward secret since TLS 1.2 is the least, AEAD alone since 2023", () => {
  expect(cipherSuiteTypes).toEqual({
    TLS12_2023: { forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
    TLS12_2022: { forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
    TLS10_2019: { forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  });
  expect(cipherSuiteTypes[recommendedSuites]?.aeadOnly).toBe(true);
  expect(cipherSuiteTypes[defaultSuites]?.forwardSecrecy).toBe(true);
});

test.each(Object.entries(customCiphers))("%s is what its name says", (name, { forwardSecrecy, aeadOnly, ecdheAes }) => {
  expect(forwardSecrecy).toBe(/^(EC)?DHE_/.test(name));
  expect(aeadOnly).toBe(/_GCM_/.test(name));
  expect(ecdheAes).toBe(/^ECDHE_/.test(name));
});

test("all suites that Azure takes are there", () => {
  expect(Object.keys(customCiphers).filter((name) => name.startsWith("ECDHE_RSA_AES"))).toHaveLength(4);
  expect(Object.keys(customCiphers).filter((name) => name.startsWith("DHE_RSA_AES"))).toHaveLength(2);
});

test("protocols and kinds of certificate", () => {
  expect(forwardingProtocols).toEqual({ HttpOnly: "http", HttpsOnly: "https", MatchRequest: "viewer" });
  expect(classicRedirectProtocols).toEqual({ HttpsOnly: "redirected", HttpOnly: "served", MatchRequest: "served" });
  expect(certificateTypes).toEqual({ ManagedCertificate: "managed", CustomerCertificate: "customer" });
});

// Application gateways' value tables: each row by what it means.

import { expect, test } from "vitest";
import {
  backendProtocols,
  defaultPolicy,
  listenerProtocols,
  policyTypes,
  predefinedPolicies,
  protocolVersions,
  recommendedPolicy,
} from "../../../src/providers/azure/application-gateway-values.ts";

test.each([
  ["20150501", "TLS 1.0", false, false],
  ["20170401", "TLS 1.1", false, false],
  ["20170401S", "TLS 1.2", false, false],
  ["20220101", "TLS 1.2", true, false],
  ["20220101S", "TLS 1.2", true, true],
])("AppGwSslPolicy%s: %s, forward secrecy %s, AEAD only %s", (name, minimumTls, forwardSecrecy, aeadOnly) => {
  expect(predefinedPolicies[`AppGwSslPolicy${name}`]).toEqual({ minimumTls, forwardSecrecy, aeadOnly, ecdheAes: true });
});

test("there are five, and the remedies name the best", () => {
  expect(Object.keys(predefinedPolicies)).toHaveLength(5);
  expect(predefinedPolicies[recommendedPolicy]).toEqual({
    minimumTls: "TLS 1.2",
    forwardSecrecy: true,
    aeadOnly: true,
    ecdheAes: true,
  });
  expect(predefinedPolicies[defaultPolicy]).toMatchObject({
    minimumTls: "TLS 1.2",
    forwardSecrecy: true,
    aeadOnly: false,
  });
});

test("versions are as their names say", () => {
  expect(protocolVersions).toEqual({ TLSv1_0: "TLS 1.0", TLSv1_1: "TLS 1.1", TLSv1_2: "TLS 1.2", TLSv1_3: "TLS 1.3" });
});

test("kinds of policy, and protocols: what is decrypted and passed on by TCP is plain text", () => {
  expect(policyTypes).toEqual({ Predefined: "predefined", Custom: "custom", CustomV2: "custom" });
  expect(listenerProtocols).toEqual({ Http: "http", Https: "https", Tls: "tls", Tcp: "other" });
  expect(backendProtocols).toEqual({ Http: "http", Https: "https", Tls: "https", Tcp: "http" });
});

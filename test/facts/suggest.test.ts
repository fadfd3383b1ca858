// What an unknown name suggests.

import { expect, test } from "vitest";
import {
  suggestKey,
  suggestProtocol,
  suggestSecrecy,
  suggestSecurity,
  suggestSuite,
  suggestTls,
} from "../../src/facts/suggest.ts";

test.each([
  ["TLSv1.2_2027", "TLS 1.2"],
  ["TLSv1", "TLS 1.0"],
  ["TLSv1_2016", "TLS 1.0"],
  ["TLS_1_3", "TLS 1.3"],
  ["TLS12", "TLS 1.2"],
  ["TLS1_1", "TLS 1.1"],
  ["ELBSecurityPolicy-TLS13-1-2-New-2027-01", "TLS 1.2"],
  ["ELBSecurityPolicy-TLS-1-1-2027-01", "TLS 1.1"],
  ["SecurityPolicy_TLS13_1_2_PFS_2027", "TLS 1.2"],
  ["SecurityPolicy_TLS13_2027_EDGE", "TLS 1.3"],
  ["Policy-Min-TLS-1-0-2027-07", "TLS 1.0"],
  ["tls_cipher_policy_1_2", undefined],
  ["AppGwSslPolicy20270101", undefined],
  ["TLS199", undefined],
  ["TLS_1_4", undefined],
  ["TLSv1.9_2030", undefined],
  ["2016-08", undefined],
])("%s: %s", (name, suggestion) => expect(suggestTls(name)).toBe(suggestion));

test.each([
  ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "forward secrecy, AEAD"],
  ["ECDHE-RSA-AES128-SHA256", "forward secrecy, no AEAD"],
  ["AES128-GCM-SHA256", "no forward secrecy, AEAD"],
  ["AES128-SHA", "no forward secrecy, no AEAD"],
  ["my-suite", undefined],
])("the suite %s: %s", (name, suggestion) => {
  expect(suggestSuite(name)).toBe(suggestion);
  expect(suggestSecrecy(name)).toBe(suggestion?.split(", ")[0]);
});

test.each([
  ["HttpsOnly", "HTTPS"],
  ["TLS_PASSTHROUGH", "HTTPS"],
  ["ssl", "HTTPS"],
  ["HTTP2", "HTTPS"],
  ["http/3", "HTTPS"],
  ["HTTP", "plain HTTP"],
  ["http1only", "plain HTTP"],
  ["TCP", undefined],
])("the protocol %s: %s", (name, suggestion) => expect(suggestProtocol(name)).toBe(suggestion));

test.each([
  ["ELBSecurityPolicy-TLS13-1-3-2027-01", "TLS 1.3 with forward secrecy"],
  ["SecurityPolicy_TLS12_PFS_2027", "TLS 1.2 with forward secrecy"],
  ["SecurityPolicy_TLS12_2027", "TLS 1.2"],
  // Not a word of its own.
  ["TLS12_NOPFSX", "TLS 1.2"],
  ["PFS_2027", undefined],
])("the security policy %s: %s", (name, suggestion) => expect(suggestSecurity(name)).toBe(suggestion));

test.each([
  ["RSA_8192", "RSA with 8192 bits"],
  ["rsa-1024", "RSA with 1024 bits"],
  ["EC_secp384r1", "ECDSA with 384 bits"],
  ["EC_prime256v1", "ECDSA with 256 bits"],
  ["ECDSA_P-521", "ECDSA with 521 bits"],
  ["ED25519", undefined],
])("the key %s: %s", (name, suggestion) => expect(suggestKey(name)).toBe(suggestion));

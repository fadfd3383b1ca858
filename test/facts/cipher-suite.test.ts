// Cipher suites by their names at IANA and in OpenSSL.

import { describe, expect, test } from "vitest";
import { suiteOf, suitesOf } from "../../src/facts/cipher-suite.ts";

const suite = (forwardSecret: boolean, aead: boolean, since: string, ecdheAes = false) => ({
  forwardSecret,
  aead,
  since,
  ecdheAes,
});

test.each([
  ["TLS_AES_128_GCM_SHA256", suite(true, true, "TLS 1.3", true)],
  ["TLS_CHACHA20_POLY1305_SHA256", suite(true, true, "TLS 1.3")],
  ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", suite(true, true, "TLS 1.2", true)],
  ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", suite(true, true, "TLS 1.2")],
  ["TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", suite(true, false, "TLS 1.2")],
  ["TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", suite(true, false, "SSLv3")],
  ["TLS_RSA_WITH_AES_128_GCM_SHA256", suite(false, true, "TLS 1.2")],
  ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", suite(false, false, "SSLv3")],
  ["TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", suite(false, true, "TLS 1.2")],
  ["TLS_DH_anon_WITH_AES_128_GCM_SHA256", suite(false, true, "TLS 1.2")],
  ["ECDHE-RSA-AES128-GCM-SHA256", suite(true, true, "TLS 1.2", true)],
  ["ECDHE-ECDSA-CHACHA20-POLY1305", suite(true, true, "TLS 1.2")],
  ["DHE-RSA-AES256-SHA", suite(true, false, "SSLv3")],
  ["ECDHE-RSA-AES256-SHA384", suite(true, false, "TLS 1.2", true)],
  ["ADH-AES128-GCM-SHA256", suite(false, true, "TLS 1.2")],
  ["AES128-GCM-SHA256", suite(false, true, "TLS 1.2")],
  ["AES128-SHA", suite(false, false, "SSLv3")],
  ["DES-CBC3-SHA", suite(false, false, "SSLv3")],
  ["RC4-MD5", suite(false, false, "SSLv3")],
  ["EDH-RSA-DES-CBC3-SHA", suite(true, false, "SSLv3")],
])("%s", (name, expected) => expect(suiteOf(name)).toEqual(expected));

test.each([
  "",
  "HIGH",
  "!aNULL",
  "ECDHE",
  "ECDHE+AESGCM",
  "@SECLEVEL=1",
  "TLS_",
  "Server-Defined-Cipher-Order",
  "ECDHE-RSA-",
])("%j is no suite", (name) => expect(suiteOf(name)).toBeUndefined());

describe("App Transport Security accepts", () => {
  // https://developer.apple.com/library/archive/documentation/General/Reference/InfoPlistKeyReference/Articles/CocoaKeys.html
  test.each([
    ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"],
    ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"],
    ["TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE-ECDSA-AES256-SHA384"],
    ["TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"],
    ["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE-ECDSA-AES128-SHA256"],
    ["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"],
    ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"],
    ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
    ["TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE-RSA-AES256-SHA384"],
    ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256"],
    ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"],
    ["TLS_AES_256_GCM_SHA384"],
  ])("%s", (...names) => expect(names.map((name) => suiteOf(name)?.ecdheAes)).toEqual(names.map(() => true)));

  test.each([
    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "ECDHE-RSA-AES256-SHA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "TLS_CHACHA20_POLY1305_SHA256",
    "DHE-RSA-AES128-GCM-SHA256",
    "AES128-GCM-SHA256",
  ])("not %s", (name) => expect(suiteOf(name)?.ecdheAes).toBe(false));

  test("a list that holds one of them", () => {
    expect(suitesOf(["DHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-CHACHA20-POLY1305"])?.ecdheAes).toBe(false);
    expect(suitesOf(["AES128-SHA", "ECDHE-RSA-AES128-SHA"])?.ecdheAes).toBe(true);
  });
});

test("a list is as weak as its weakest suite, and nothing is said of a list that holds a name which is no suite", () => {
  expect(suitesOf(["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA"])).toEqual({
    forwardSecrecy: true,
    aeadOnly: false,
    ecdheAes: true,
  });
  expect(suitesOf(["ECDHE-RSA-AES128-GCM-SHA256", "AES128-GCM-SHA256"])).toEqual({
    forwardSecrecy: false,
    aeadOnly: true,
    ecdheAes: true,
  });
  expect(suitesOf(["ECDHE-RSA-AES128-GCM-SHA256", "HIGH"])).toBeUndefined();
  expect(suitesOf([])).toBeUndefined();
});

// App Service's tables: what each floor of versions and of cipher suites means.

import { expect, test } from "vitest";
import { suiteOf, suitesOf } from "../../../src/facts/cipher-suite.ts";
import {
  minimumCipherSuites,
  minimumTlsVersions,
  recommendedSuite,
} from "../../../src/providers/azure/web-app-values.ts";

const order = Object.keys(minimumCipherSuites);

test("17 suites, those of TLS 1.3 first, those without forward secrecy last", () => {
  expect(order).toHaveLength(17);
  expect(order.map((name) => suiteOf(name)?.since === "TLS 1.3")).toEqual(order.map((_, rank) => rank < 2));
  expect(order.map((name) => suiteOf(name)?.forwardSecret)).toEqual(order.map((_, rank) => rank < 11));
});

test.each(order.map((name, rank) => [name, rank] as const))("%s and all before it", (name, rank) =>
  expect(suitesOf(order.slice(0, rank + 1))).toEqual(minimumCipherSuites[name]),
);

test("the recommended suite is forward secret, and good for RSA certificates", () => {
  expect(minimumCipherSuites[recommendedSuite]).toEqual({ forwardSecrecy: true, aeadOnly: false, ecdheAes: true });
  expect(recommendedSuite).toMatch(/_ECDHE_RSA_.*_GCM_/);
});

test.each(Object.entries(minimumTlsVersions))("%s is %s", (name, version) => expect(version).toBe(`TLS ${name}`));

test("four versions", () => expect(Object.keys(minimumTlsVersions)).toEqual(["1.0", "1.1", "1.2", "1.3"]));

// The profiles of SSL policies: what each row says, and that none is stronger than Google's table allows.

import { expect, test } from "vitest";
import {
  defaultProfile,
  defaultVersion,
  minimumVersions,
  profiles,
} from "../../../src/providers/google/ssl-policy-values.ts";

test.each([
  ["TLS_1_0", "TLS 1.0"],
  ["TLS_1_1", "TLS 1.1"],
  ["TLS_1_2", "TLS 1.2"],
  ["TLS_1_3", "TLS 1.3"],
])("%s: %s", (name, version) => expect(minimumVersions[name]).toBe(version));

test.each([
  ["COMPATIBLE", "TLS 1.0", false, false],
  ["MODERN", "TLS 1.0", true, false],
  ["RESTRICTED", "TLS 1.2", true, true],
  ["FIPS_202205", "TLS 1.2", true, true],
])("%s: suites since %s, forward secrecy %s, AEAD only %s", (name, since, forwardSecrecy, aeadOnly) => {
  expect(profiles[name]).toEqual({ since, forwardSecrecy, aeadOnly, ecdheAes: true });
});

test("there are no others, and CUSTOM is for its features to tell", () => {
  expect([Object.keys(minimumVersions).length, Object.keys(profiles).length]).toEqual([4, 4]);
  expect([defaultVersion, defaultProfile]).toEqual(["TLS 1.0", "COMPATIBLE"]);
});

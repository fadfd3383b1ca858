// Functions of the first generation: what they do with plain HTTP.

import { describe, expect, test } from "vitest";
import { securityLevels } from "../../../src/providers/google/cloud-functions-values.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const address = "google_cloudfunctions_function.made";

const endpoint = (values: Values) =>
  endpointsOf(creating({ "terraform_data.late": {}, [address]: values })).get(address);
const treatment = (https_trigger_security_level: unknown) =>
  said(endpoint({ trigger_http: true, https_trigger_security_level })?.routes[0]?.plainHttp);

test.each([
  ["SECURE_ALWAYS", "redirected"],
  ["SECURE_OPTIONAL", "served"],
  ["SECURITY_LEVEL_UNSPECIFIED", "served"],
  [null, "served"],
  ["secure_always", '? "secure_always" is not a value that tlsgate recognises'],
  ["constructor", '? "constructor" is not a value that tlsgate recognises'],
])("%s: %s", (level, expected) => expect(treatment(level)).toBe(expected));

test("there are no other levels", () => expect(Object.keys(securityLevels)).toHaveLength(3));

test("known after apply", () => {
  expect(treatment(ref("terraform_data.late.output"))).toBe("? known after apply, from terraform_data.late.output");
});

test("left out, it is the API's default, though the provider plans to read it", () => {
  const made = endpoint({ trigger_http: true });
  expect(made).toMatchObject({ kind: "Cloud Functions function", names: [], certificates: [], upstreams: [] });
  expect(said(made?.certificate)).toBe("provider");
  expect(made?.routes[0]).toMatchObject({
    path: "*",
    plainHttp: {
      value: "served",
      note: "not set, so the provider's default applies",
      remedy: { address, attribute: "https_trigger_security_level", value: "SECURE_ALWAYS" },
    },
  });
  const untold = "? Google does not say which TLS versions and cipher suites functions take";
  expect([said(made?.minimumTls), said(made?.forwardSecrecy), said(made?.aeadOnly)]).toEqual([untold, untold, untold]);
  expect(made?.routes[0]?.hsts).toBeUndefined();
});

test("a function that events alone call is no endpoint", () => {
  expect(endpoint({ trigger_http: false })).toBeUndefined();
  expect(endpoint({ event_trigger: [{ event_type: "google.storage.object.finalize" }] })).toBeUndefined();
  expect(endpoint({ trigger_http: ref("terraform_data.late.output") })).toBeDefined();
});

describe("random functions", () => {
  fuzz({
    resources: { [address]: { trigger_http: "flag", https_trigger_security_level: "text" } },
    words: ["SECURE_ALWAYS", "SECURE_OPTIONAL", "", "secure_always", "toString"],
    passing: { "https-only": among("SECURE_ALWAYS"), "certificate-present": (value) => typeof value === "object" },
  });
});

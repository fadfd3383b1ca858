// The backends of Fastly's services: TLS, its versions and the check of certificates; on real plans and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { backendTlsVersions } from "../../../src/providers/fastly/backend-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "fastly_service_vcl.made";

const backend = (values: JsonObject, unknown: JsonObject = {}) => {
  const change = { after: { backend: [values] }, after_unknown: { backend: [unknown] } as never };
  return only(at(endpointsOf(plan({ changes: { [address]: change } })), address).upstreams);
};

const unset = "? min_tls_version is not set, and Fastly documents no default for it";

test("of real plans: all of a backend is secret, its name too", () => {
  const of = (name: string, service: string) => {
    const [first] = at(endpointsOf(name), `fastly_service_vcl.${service}`).upstreams;
    return [first?.name, said(first?.protocol), said(first?.minimumTls), said(first?.certificate)];
  };
  const [https, verified] = [{ secret: "https" }, { secret: "verified" }];
  expect(of("fastly-good", "shop")).toEqual(["backend[0]", https, { secret: "TLS 1.2" }, verified]);
  expect(of("fastly-good", "snippet")).toEqual(["backend[0]", https, unset, verified]);
  expect(of("fastly-bad", "plain")).toEqual(["backend[0]", { secret: "http" }, undefined, undefined]);
  expect(of("fastly-bad", "weak")).toEqual(["backend[0]", https, { secret: "TLS 1.0" }, { secret: "not verified" }]);
});

test("why nothing of it is shown", () => {
  const [first] = at(endpointsOf("fastly-bad"), "fastly_service_vcl.weak").upstreams;
  for (const fact of [first?.protocol, first?.minimumTls, first?.certificate]) {
    expect(fact?.note).toBe("the provider marks all of a backend as sensitive");
  }
  expect(backend({ use_ssl: true }).protocol.note).toBeUndefined();
});

test.each([
  [true, "https"],
  [false, "http"],
  [null, "http"],
  ["true", '? "true" is not a value that tlsgate recognises'],
])("use_ssl %j: %s", (use_ssl, expected) => {
  const { protocol } = backend({ use_ssl, port: 443 });
  expect(said(protocol)).toBe(expected);
  expect(protocol).toMatchObject({ place: { at: "backend[0].use_ssl" }, remedy: { value: true } });
});

test.each([
  [true, "verified"],
  [null, "verified"],
  [false, "not verified"],
  [0, "? 0 is not a value that tlsgate recognises"],
])("ssl_check_cert %j: %s", (ssl_check_cert, expected) => {
  const { certificate } = backend({ use_ssl: true, ssl_check_cert });
  expect(said(certificate)).toBe(expected);
  expect(certificate).toMatchObject({ place: { at: "backend[0].ssl_check_cert" }, remedy: { value: true } });
});

describe("the versions", () => {
  test("that Fastly knows", () =>
    expect(backendTlsVersions).toEqual({
      "1.0": "TLS 1.0",
      "1.1": "TLS 1.1",
      "1.2": "TLS 1.2",
      "1.3": "TLS 1.3",
    }));

  test.each<[string | null, string | null, unknown, string]>([
    ...Object.entries(backendTlsVersions).map(
      ([min, version]) => [min, null, version, "min_tls_version"] as [string, null, string, string],
    ),
    ["1.2", "1.3", "TLS 1.2", "min_tls_version"],
    [null, "1.3", unset, "min_tls_version"],
    ["", "1.2", unset, "min_tls_version"],
    // What is never newer than TLS 1.1 is as old, whatever its oldest version is.
    [null, "1.1", "TLS 1.1", "max_tls_version"],
    ["1.2", "1.0", "TLS 1.0", "max_tls_version"],
    ["1.0", "1.1", "TLS 1.0", "min_tls_version"],
    ["1.4", null, '? "1.4" is not a value that tlsgate recognises', "min_tls_version"],
    ["1", null, '? "1" is not a value that tlsgate recognises', "min_tls_version"],
    ["TLSv1.2", null, expect.stringMatching(/is not a value that tlsgate recognises/), "min_tls_version"],
    ["toString", null, '? "toString" is not a value that tlsgate recognises', "min_tls_version"],
  ])("from %s to %s: %s", (min_tls_version, max_tls_version, expected, at) => {
    const { minimumTls } = backend({ use_ssl: true, min_tls_version, max_tls_version });
    expect(said(minimumTls)).toEqual(expected);
    expect(minimumTls?.place.at).toBe(`backend[0].${at}`);
    expect(minimumTls?.remedy?.value).toBe(at === "min_tls_version" ? "1.2" : "1.3");
  });

  test("known after apply", () => {
    const { protocol, minimumTls } = backend({}, { use_ssl: true, min_tls_version: true });
    expect([said(protocol), said(minimumTls)]).toEqual(Array(2).fill(expect.stringMatching(/^\? known after apply/)));
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      "fastly_service_compute.made": {
        backend: [{ use_ssl: "flag", ssl_check_cert: "flag", min_tls_version: "text", max_tls_version: "text" }],
      },
    },
    words: [...Object.keys(backendTlsVersions), "TLSv1.2", "", "constructor"],
    passing: {
      "https-only": () => true,
      "origin-https-only": (value, path) => value === true || (path.endsWith("ssl_check_cert") && value == null),
      "origin-minimum-tls-1-2": among("1.2", "1.3"),
    },
  }));

// Container apps → endpoints: the ingress, and what it makes of plain HTTP; on apps made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { transports } from "../../../src/providers/azure/container-app-values.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { endpointsOf, said } from "../../support/said.ts";

const app = "azurerm_container_app.made";

const ingress = (values: JsonObject, unknown: JsonObject = {}) => {
  const change = { after: { ingress: [values] }, after_unknown: { ingress: [unknown] } as never };
  const written = { ingress: [{ transport: refersTo("var.a"), allow_insecure_connections: refersTo("var.b") }] };
  return endpointsOf(plan({ changes: { [app]: change }, root: { resources: [configured(app, written)] } })).get(app);
};

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

describe("plain HTTP", () => {
  test.each([
    [true, "served"],
    [false, "redirected"],
    [null, "redirected"],
    ["no", unrecognised],
  ])("allow_insecure_connections %j: %s", (allow_insecure_connections, expected) => {
    const { plainHttp } = only(ingress({ allow_insecure_connections })?.routes ?? []);
    expect(said(plainHttp)).toEqual(expected);
    const attribute = "ingress[0].allow_insecure_connections";
    expect(plainHttp?.remedy).toEqual({ address: app, attribute, value: false });
  });

  test.each([{ transport: true }, { allow_insecure_connections: true }])("with %j known after apply", (unknown) =>
    expect(said(only(ingress({}, unknown)?.routes ?? []).plainHttp)).toMatch(/^\? known after apply/),
  );
});

test.each([
  ["auto", true],
  ["http", true],
  ["http2", true],
  ["tcp", false],
])("transport %s is HTTP: %s", (transport, isHttp) => {
  expect(ingress({ transport }) !== undefined).toBe(isHttp);
  expect(Object.keys(transports)).toEqual(["auto", "http", "http2", "tcp"]);
});

test("a transport that is not recognised is not taken for TCP", () =>
  expect(said(only(ingress({ transport: "udp" })?.routes ?? []).plainHttp)).toEqual(unrecognised));

test("what the platform fixes", () => {
  const made = ingress({});
  expect(said(made?.minimumTls)).toBe("TLS 1.2");
  expect(said(made?.httpVersions)).toEqual(["HTTP/1.1", "HTTP/2"]);
  expect([said(made?.certificate), made?.names]).toEqual(["provider", []]);
  const open = "? Microsoft does not say which cipher suites Container Apps offers";
  expect([said(made?.forwardSecrecy), said(made?.aeadOnly)]).toEqual([open, open]);
});

test("no ingress, no endpoint", () =>
  expect(endpointsOf(plan({ changes: { [app]: { after: { ingress: [] } } } })).size).toBe(0));

describe("values at random", () =>
  fuzz({
    resources: { [app]: { ingress: [{ transport: "text", allow_insecure_connections: "flag" }] } },
    words: ["auto", "http", "http2", "tcp", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      "https-only": among(false, null, undefined),
      "minimum-tls-1-2": () => true,
      "modern-http": () => true,
      "certificate-present": () => true,
    },
  }));

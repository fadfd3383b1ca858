// The ConfigMap of ingress-nginx → what its controller does, whether an Ingress of the plan uses it or not.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { readCiphers, readProtocols } from "../../../src/providers/kubernetes/nginx-config.ts";
import { defaultCiphers, protocols } from "../../../src/providers/kubernetes/nginx-values.ts";
import { only } from "../../support/distribution.ts";
import { said } from "../../support/said.ts";
import { endpointsAt, hsts, plainHttp, tls } from "./made-objects.ts";

const address = "kubernetes_config_map_v1.made";

const controller = (data: JsonObject, name = "ingress-nginx-controller", type = address) =>
  endpointsAt({ [type]: { after: { metadata: [{ name }], data } } }, type);

test.each([
  "ingress-nginx-controller",
  "web-ingress-nginx-controller",
  "nginx-configuration",
  "nginx-ingress-controller",
])("%s is a name of it", (name) =>
  expect(tls(only(controller({ "ssl-protocols": "TLSv1.1" }, name)))[0]).toBe("TLS 1.1"),
);

test.each(["nginx-config", "ingress-nginx-controller-leader", "my-nginx-configuration", "app"])(
  "%s is none",
  (name) => {
    expect(controller({ "ssl-protocols": "TLSv1.1" }, name)).toEqual([]);
  },
);

test("its defaults", () => {
  const shop = only(controller({}));
  expect([tls(shop), hsts(shop), plainHttp(shop), said(shop.httpVersions)]).toEqual([
    ["TLS 1.2", true, true],
    [31_536_000, true, false],
    { "*": undefined },
    ["HTTP/1.1", "HTTP/2"],
  ]);
  expect(shop.minimumTls).toMatchObject({
    place: { address, at: 'data["ssl-protocols"]' },
    remedy: { attribute: 'data["ssl-protocols"]', value: "TLSv1.2 TLSv1.3" },
    note: "not set, so the provider's default applies",
  });
});

test("what it says", () => {
  const shop = only(
    controller({
      "ssl-protocols": "TLSv1.3",
      "ssl-ciphers": "ECDHE-RSA-AES128-SHA:AES128-SHA",
      "hsts-max-age": "60",
      "hsts-include-subdomains": "false",
      "hsts-preload": "true",
      "use-http2": "false",
    }),
  );
  expect([tls(shop), hsts(shop), said(shop.httpVersions)]).toEqual([
    ["TLS 1.3", false, false],
    [60, false, true],
    ["HTTP/1.1"],
  ]);
  expect(hsts(only(controller({ hsts: "false", "hsts-preload": "true" })))).toEqual([0, false, false]);
});

test("what is not recognised, not known, or only partly shown", () => {
  const odd = only(controller({ "ssl-protocols": "TLSv9", "ssl-ciphers": "HIGH", hsts: "yes", "hsts-max-age": "1y" }));
  expect([...tls(odd), ...hsts(odd)].every((one) => /is not a value that tlsgate recognises$/.test(String(one)))).toBe(
    true,
  );
  const late = {
    [address]: { after: { metadata: [{ name: "ingress-nginx-controller" }] }, after_unknown: { data: true } },
  };
  expect(tls(only(endpointsAt(late, address)))[0]).toMatch(/^\? known after apply/);
  const part = only(controller({ hsts: "false" }, undefined, "kubernetes_config_map_v1_data.made"));
  expect([tls(part)[0], hsts(part)[0]]).toEqual(["? the plan does not show the whole ConfigMap", 0]);
});

test("snippets of its own that set versions or suites", () => {
  const open = "? it sets ssl_protocols or ssl_ciphers in words that tlsgate does not read";
  expect(tls(only(controller({ "server-snippet": "ssl_protocols TLSv1;" })))).toEqual([open, open, open]);
  expect(tls(only(controller({ "http-snippet": "ssl_ciphers ALL;" })))[0]).toBe(open);
  expect(tls(only(controller({ "http-snippet": "gzip on;" })))[0]).toBe("TLS 1.2");
});

describe("protocols", () => {
  test.each(Object.entries(protocols))("%s", (name, version) => {
    expect(readProtocols(name)).toBe(version);
    expect(readProtocols(`TLSv1.3  ${name}`)).toBe(version);
  });

  test.each(["", "TLSv1.2,TLSv1.3", "tlsv1.2", "constructor", 1, null])("%s is none", (value) => {
    expect(readProtocols(value)).toBeUndefined();
  });

  test("SSLv2 counts as the oldest", () => expect(protocols.SSLv2).toBe("SSLv3"));
});

test("the suites that it takes where none are set", () => {
  expect(readCiphers(defaultCiphers)).toEqual({ forwardSecrecy: true, aeadOnly: true, ecdheAes: true });
  expect(defaultCiphers.split(":")).toHaveLength(8);
  expect(readCiphers("")).toBeUndefined();
});

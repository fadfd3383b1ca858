// DigitalOcean's CDN endpoints: a name of their owner's and its certificate; on real plans and on made ones.

import { describe, expect, test } from "vitest";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "digitalocean_cdn.assets";

test("a name of its owner's, with a certificate of this plan", () => {
  const { kind, names, certificate, certificates, upstreams } = at(endpointsOf("digitalocean-good"), address);
  expect([kind, names.map(said), said(certificate), upstreams]).toEqual([
    "DigitalOcean CDN endpoint",
    ["assets.example.com"],
    "own",
    [],
  ]);
  expect(only(certificates).certificate.names.map(said)).toEqual(["shop.example.com"]);
});

test("DigitalOcean's name alone", () => {
  const { names, certificate, certificates } = at(endpointsOf("digitalocean-bad"), address);
  expect([names, said(certificate), certificates]).toEqual([[], "provider", []]);
});

test("no setting is about the rest", () => {
  const { minimumTls, forwardSecrecy, aeadOnly, routes } = at(endpointsOf("digitalocean-bad"), address);
  const { plainHttp, hsts } = only(routes);
  const causes = [minimumTls, forwardSecrecy, aeadOnly, plainHttp, hsts?.maxAge].map(said);
  for (const cause of causes) expect(cause).toMatch(/^\? (DigitalOcean does not say|the Space sends)/);
});

describe("made by hand", () => {
  const made = (after: object, after_unknown = {}) =>
    at(
      endpointsOf(
        plan({
          changes: { [address]: { after: after as never, after_unknown } },
          root: { resources: [configured(address)] },
        }),
      ),
      address,
    );

  test("a name without a certificate", () => {
    const { certificate } = made({ custom_domain: "a.test" });
    expect([said(certificate), certificate?.place.at]).toEqual(["missing", "certificate_name"]);
  });

  test("a name that is known after apply", () => {
    const changes = { [address]: { after: {}, after_unknown: { custom_domain: true } } };
    const { names, certificate } = at(endpointsOf(plan({ changes })), address);
    expect([said(only(names)), said(certificate)]).toEqual([expect.stringMatching(/^\? known after apply/), "missing"]);
  });
});

describe("values at random", () =>
  fuzz({
    resources: { [address]: { origin: "text", custom_domain: "text", certificate_name: "text" } },
    words: ["a.test", "le", "", "needs-cloudflare-cert", "__proto__"],
    passing: { "certificate-present": (value, path) => path === "custom_domain" || Boolean(value) },
  }));

// Lightsail's load balancers → endpoints: redirection and certificates; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { type Made, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const real = endpointsOf("aws-lightsail");
const balancer = (name: string) => at(real, `aws_lightsail_lb.${name}`);

const made = (changes: Made["changes"]) =>
  at(
    endpointsOf(plan({ changes: { "aws_lightsail_lb.made": { after: { name: "made" } }, ...changes } })),
    "aws_lightsail_lb.made",
  );

describe("plain HTTP", () => {
  const plainHttp = (endpoint: ReturnType<typeof made>) => only(endpoint.routes).plainHttp;

  test("of a real plan", () => {
    expect(["redirected", "both", "plain"].map((name) => said(plainHttp(balancer(name))))).toEqual([
      "redirected",
      "served",
      "served",
    ]);
    const policy = "aws_lightsail_lb_https_redirection_policy.both";
    expect(plainHttp(balancer("both"))?.remedy).toEqual({ address: policy, attribute: "enabled", value: true });
    expect(plainHttp(balancer("plain"))).toMatchObject({
      place: { address: "aws_lightsail_lb.plain", at: "" },
      note: expect.stringMatching(/^port 80 is open/),
    });
  });

  test("by the policy that names it", () => {
    const policy = (enabled: unknown, lb_name = "made") => ({
      "aws_lightsail_lb_https_redirection_policy.it": { after: { lb_name, enabled } as never },
    });
    expect(said(plainHttp(made(policy(true))))).toBe("redirected");
    expect(said(plainHttp(made(policy(true, "other"))))).toBe("served");
    expect(said(plainHttp(made(policy("true"))))).toBe('? "true" is not a value that tlsgate recognises');
    expect(said(plainHttp(made(policy(null))))).toBe("? enabled is not set");
    const second = { "aws_lightsail_lb_https_redirection_policy.other": { after: { lb_name: "made", enabled: true } } };
    expect(said(plainHttp(made({ ...policy(true), ...second })))).toBe("? more than one policy redirects it, or not");
  });
});

describe("HTTPS", () => {
  test("the one policy that the provider leaves: TLS 1.0", () => {
    const { minimumTls, forwardSecrecy, aeadOnly, routes } = balancer("redirected");
    expect([said(minimumTls), minimumTls?.noFix]).toEqual(["TLS 1.0", expect.stringContaining("TLS-2016-08")]);
    for (const fact of [forwardSecrecy, aeadOnly]) expect(said(fact)).toMatch(/^\? AWS does not publish/);
    expect(said(only(routes).hsts?.maxAge)).toMatch(/^\? the instance sends/);
  });

  test("its certificate: of this plan, from elsewhere, none", () => {
    const { certificate, certificates } = balancer("redirected");
    expect([said(certificate), only(certificates).certificate.names.map(said)]).toEqual([
      "own",
      ["www.example.com", "shop.example.com"],
    ]);
    const outside = only(balancer("both").certificates).certificate;
    expect([outside.address, outside.names.map(said)]).toEqual([
      undefined,
      ["? the certificate is defined outside this plan"],
    ]);
    const { minimumTls, certificate: none, certificates: no } = balancer("plain");
    expect([minimumTls, none, no]).toEqual([undefined, undefined, []]);
    const nameless = made({ "aws_lightsail_lb_certificate_attachment.it": { after: { lb_name: "made" } } });
    expect([said(nameless.certificate), nameless.certificates]).toEqual(["missing", []]);
  });

  test("a certificate that is not known yet", () => {
    const change = { after: { lb_name: "made" }, after_unknown: { certificate_name: true } };
    const { certificate, certificates } = made({ "aws_lightsail_lb_certificate_attachment.it": change });
    expect(said(certificate)).toMatch(/^\? known after apply/);
    expect(only(certificates).certificate.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply/)]);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_lightsail_lb.made": { name: "text" },
      "aws_lightsail_lb_certificate_attachment.it": { lb_name: "text", certificate_name: "text" },
      "aws_lightsail_lb_https_redirection_policy.it": { lb_name: "text", enabled: "flag" },
    },
    words: ["made", "other", "", "constructor"],
    passing: { "https-only": (value) => value === true, "certificate-present": Boolean },
  }));

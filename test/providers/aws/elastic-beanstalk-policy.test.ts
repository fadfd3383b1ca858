// The security policies of Elastic Beanstalk's secure listeners, by options.

import { describe, expect, test } from "vitest";
import { known } from "../../../src/plan/value.ts";
import { predefinedPolicies } from "../../../src/providers/aws/classic-load-balancer-values.ts";
import { optionsOf } from "../../../src/providers/aws/elastic-beanstalk-option.ts";
import { applicationSecurity, classicSecurity } from "../../../src/providers/aws/elastic-beanstalk-policy.ts";
import { recommendedPolicy, securityPolicies } from "../../../src/providers/aws/load-balancer-values.ts";
import { resource, viewAfter } from "../../support/made.ts";
import { said, saidBy } from "../../support/said.ts";

const address = "aws_elastic_beanstalk_environment.made";

const options = (...settings: readonly (readonly [namespace: string, name: string, value: string])[]) => {
  const setting = settings.map(([namespace, name, value]) => ({ namespace, name, value }));
  return optionsOf(resource(viewAfter({ changes: { [address]: { after: { setting } } } }), address));
};

const all = (tls: ReturnType<typeof classicSecurity>) =>
  [tls.minimumTls, tls.forwardSecrecy, tls.aeadOnly].map((one) => said(one));

describe("of an application load balancer", () => {
  const listener = known("aws:elbv2:listener:443");
  const by = (value: string) => applicationSecurity(options([listener.value, "SSLPolicy", value]), listener);

  test.each(Object.entries(securityPolicies))("%s", (name, security) => {
    expect(all(by(name))).toEqual(saidBy(security));
  });

  test("none written: Elastic Load Balancing's default", () => {
    expect(all(applicationSecurity(options(), listener))).toEqual(["TLS 1.0", false, false]);
  });

  test("what is to be set, and where", () => {
    expect(by("ELBSecurityPolicy-2016-08").minimumTls).toMatchObject({
      place: { address, at: "setting[0].value" },
      remedy: { address, attribute: "setting[0].value", value: recommendedPolicy },
    });
  });

  test("a name that no table holds: what it suggests", () => {
    expect(said(by("ELBSecurityPolicy-TLS13-1-2-Res-2030-01").minimumTls)).toMatch(/not a value .* suggests TLS 1.2/);
  });
});

describe("of a classic one", () => {
  const site = { namespace: known("aws:elb:listener:443"), port: known("443") };
  const policy = "aws:elb:policies:modern";
  const modern = [policy, "SSLReferencePolicy", "ELBSecurityPolicy-TLS-1-2-2017-01"] as const;

  test.each(Object.entries(predefinedPolicies))("%s accepts %s, and RSA key transport and CBC", (name, floor) => {
    const found = options([policy, "SSLReferencePolicy", name], [policy, "LoadBalancerPorts", "443"]);
    expect(all(classicSecurity(found, site))).toEqual([floor, false, false]);
  });

  test.each([
    ["443", "TLS 1.2"],
    ["80, 443", "TLS 1.2"],
    [":all", "TLS 1.2"],
    ["8443", "TLS 1.0"],
  ])("a policy for ports %s", (ports, expected) => {
    expect(said(classicSecurity(options(modern, [policy, "LoadBalancerPorts", ports]), site).minimumTls)).toBe(
      expected,
    );
  });

  test("a policy that the listener names", () => {
    const by = (names: string) =>
      classicSecurity(options(modern, [site.namespace.value, "PolicyNames", names]), site).minimumTls;
    expect([said(by("sticky,modern")), said(by("sticky"))]).toEqual(["TLS 1.2", "TLS 1.0"]);
  });

  test("none", () => {
    expect(all(classicSecurity(options(), site))).toEqual(["TLS 1.0", false, false]);
    expect(classicSecurity(options(), site).forwardSecrecy?.remedy).toBeUndefined();
  });

  test("what is to be set, and where; a policy without a value", () => {
    const by = (value: string) =>
      classicSecurity(options([policy, "SSLReferencePolicy", value], [policy, "LoadBalancerPorts", "443"]), site)
        .minimumTls;
    expect(by("ELBSecurityPolicy-2016-08")?.remedy).toEqual({
      address,
      attribute: "setting[0].value",
      value: "ELBSecurityPolicy-TLS-1-2-2017-01",
    });
    expect(said(by(""))).toBe("? SSLReferencePolicy has no value");
  });

  test("one of its owner's, or a name that no table holds", () => {
    const ports = [policy, "LoadBalancerPorts", "443"] as const;
    const custom = classicSecurity(options([policy, "SSLProtocols", "TLSv1.2"], ports), site);
    expect(all(custom)).toEqual(Array(3).fill("? a policy of its own, and what it does not name may be on"));
    const other = classicSecurity(options([policy, "SSLReferencePolicy", "__proto__"], ports), site);
    expect(all(other)).toEqual(Array(3).fill('? "__proto__" is not a value that tlsgate recognises'));
  });
});

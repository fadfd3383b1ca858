// Classic load balancers → endpoints: on a real plan; policies and values that need no provider are made by hand.

import { describe, expect, test } from "vitest";
import { policies } from "../../../policies/registry.ts";
import { collect } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import { evaluate } from "../../../src/findings/evaluate.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { viewPlan } from "../../../src/plan/view.ts";
import { predefinedPolicies } from "../../../src/providers/aws/classic-load-balancer-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { type Made, plan } from "../../support/made.ts";
import { fixture } from "../../support/plans.ts";
import { random } from "../../support/random.ts";
import { said } from "../../support/said.ts";

const real = collect(viewPlan(fixture("aws-classic-load-balancer"), "after"), adapters).endpoints;

/** The endpoint of a port. */
function port(address: string, number: number): Endpoint {
  return only(
    real.filter((one) => one.address === address && one.routes.some(({ path }) => path === `port ${number}`)),
  );
}

const sound: JsonObject = {
  lb_port: 443,
  lb_protocol: "https",
  instance_port: 8443,
  instance_protocol: "https",
  ssl_certificate_id: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
};

const made = (changes: JsonObject, around: Made["changes"] = {}): readonly Endpoint[] => {
  const after = { name: "made", listener: [{ ...sound, ...changes }] };
  return collect(viewPlan(plan({ changes: { "aws_elb.made": { after }, ...around } }), "after"), adapters).endpoints;
};

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises(; its name suggests .+)?$/);

describe("the listener's protocol", () => {
  test.each([
    ["http", "served"],
    ["HTTP", "served"],
    ["https", "refused"],
    ["SSL", "refused"],
    ["gopher", unrecognised],
    ["constructor", unrecognised],
    [null, "? lb_protocol is not set"],
  ])("%s: plain HTTP is %s", (lb_protocol, expected) => {
    expect(said(only(only(made({ lb_protocol })).routes).plainHttp)).toEqual(expected);
  });

  test("TCP is passed on: on port 80 what answers behind it decides, on others nothing is said", () => {
    expect(made({ lb_protocol: "tcp" })).toEqual([]);
    const { plainHttp } = only(only(made({ lb_protocol: "TCP", lb_port: 80 })).routes);
    expect([said(plainHttp), plainHttp]).toMatchObject([
      "? what answers behind it redirects plain HTTP or not, outside the plan",
      { kind: "outside", place: { at: "listener[0].lb_protocol" } },
    ]);
  });

  test("of a real plan: three ports of one load balancer, each judged by itself", () => {
    expect(real.map(({ address, routes }) => [address, only(routes).path]).sort()).toEqual([
      ["aws_elb.custom", "port 443"],
      ["aws_elb.front", "port 443"],
      ["aws_elb.front", "port 80"],
      ["aws_elb.front", "port 8443"],
    ]);
    const plainHttp = port("aws_elb.front", 80);
    expect([plainHttp.minimumTls, plainHttp.certificate, only(plainHttp.routes).hsts]).toEqual(
      Array(3).fill(undefined),
    );
    expect(only(plainHttp.routes).plainHttp?.remedy).toMatchObject({
      attribute: "listener[1].lb_protocol",
      value: "https",
    });
  });
});

describe("the security policy", () => {
  test("attached to a port, by name; no other port takes it", () => {
    const modern = port("aws_elb.front", 443).minimumTls;
    expect([said(modern), modern?.place]).toEqual([
      "TLS 1.2",
      { address: "aws_load_balancer_policy.modern", at: "policy_attribute[0].value" },
    ]);
    const other = port("aws_elb.front", 8443).minimumTls;
    expect([said(other), other?.note]).toEqual([
      "TLS 1.0",
      expect.stringContaining("ELBSecurityPolicy-2016-08 applies"),
    ]);
  });

  test("a custom one: its versions, and the ciphers that it surely offers", () => {
    const { minimumTls, forwardSecrecy, aeadOnly } = port("aws_elb.custom", 443);
    expect([said(minimumTls), said(forwardSecrecy), said(aeadOnly)]).toEqual(["TLS 1.2", false, false]);
  });

  const by = (attributes: { readonly [name: string]: string }) => {
    const attribute = Object.entries(attributes).map(([name, value]) => ({ name, value }));
    const after = { load_balancer: "made", lb_port: 443, attribute };
    return only(made({}, { "aws_lb_ssl_negotiation_policy.it": { after } }));
  };

  test.each(Object.entries(predefinedPolicies))("%s accepts %s", (value, floor) => {
    const { minimumTls, forwardSecrecy } = by({ "Reference-Security-Policy": value });
    expect([said(minimumTls), said(forwardSecrecy)]).toEqual([floor, false]);
  });

  test.each<[string, { [name: string]: string }, unknown]>([
    ["a name from another table", { "Reference-Security-Policy": "ELBSecurityPolicy-TLS13-1-2-2021-06" }, unrecognised],
    ["a name of every object", { "Reference-Security-Policy": "__proto__" }, unrecognised],
    ["an old version", { "Protocol-TLSv1.2": "true", "Protocol-TLSv1": "true" }, "TLS 1.0"],
    ["SSLv3", { "Protocol-SSLv3": "true" }, "SSLv3"],
    ["nothing said of an old one", { "Protocol-TLSv1.2": "true" }, expect.stringMatching(/^\? .*Protocol-TLSv1 is on/)],
    ["no version", { "AES128-SHA": "true" }, "? a custom policy that names no version"],
  ])("%s", (_, attributes, expected) => expect(said(by(attributes).minimumTls)).toEqual(expected));

  test("strong ciphers alone prove nothing of those that are not named", () => {
    const { forwardSecrecy, aeadOnly } = by({ "ECDHE-RSA-AES128-GCM-SHA256": "true", "AES128-SHA": "false" });
    expect([said(forwardSecrecy), said(aeadOnly)]).toEqual(Array(2).fill(expect.stringMatching(/^\? a custom policy/)));
  });

  test("one from outside of the plan, or not known, is unknown", () => {
    const binding = { load_balancer_name: "made", load_balancer_port: 443, policy_names: ["elsewhere"] };
    const outside = { "aws_load_balancer_listener_policy.it": { after: binding } };
    expect(said(only(made({}, outside)).minimumTls)).toBe("? a policy of its port is defined outside this plan");
    const late = { after: { ...binding, policy_names: null }, after_unknown: { policy_names: true } };
    expect(said(only(made({}, { "aws_load_balancer_listener_policy.it": late })).minimumTls)).toMatch(
      /^\? the policy of its port is known after apply/,
    );
  });
});

test("certificates: of the load balancer's region, or of IAM; none is missing", () => {
  const region = (address: string, number: number) => said(only(port(address, number).certificates).region);
  expect(region("aws_elb.front", 443)).toEqual({ actual: "eu-west-1", required: "eu-west-1" });
  expect(region("aws_elb.custom", 443)).toEqual({ actual: "us-east-1", required: "eu-west-1" });
  expect(region("aws_elb.front", 8443)).toBeUndefined();
  expect(said(only(made({ ssl_certificate_id: null })).certificate)).toBe("missing");
});

test("what its instances send as HSTS, a plan does not show", () => {
  expect(said(only(port("aws_elb.front", 443).routes).hsts?.maxAge)).toMatch(
    /^\? a classic load balancer adds no headers/,
  );
  expect(only(port("aws_elb.custom", 443).routes).hsts).toBeUndefined();
});

test.each([
  ["https", "https"],
  ["ssl", "https"],
  ["http", "http"],
  ["tcp", "http"],
  ["gopher", unrecognised],
])("instances that speak %s", (instance_protocol, expected) => {
  expect(said(only(only(made({ instance_protocol })).upstreams).protocol)).toEqual(expected);
});

test("values at random never throw, and pass only what the tables allow", () => {
  const words = [
    "http",
    "https",
    "ssl",
    "tcp",
    "SSLNegotiationPolicyType",
    "true",
    "false",
    "Protocol-TLSv1.2",
    "",
    null,
  ];
  const names = ["Reference-Security-Policy", "Protocol-TLSv1", "Protocol-TLSv1.2", "AES128-SHA", "__proto__"];
  const values = [...Object.keys(predefinedPolicies), "true", "false", "constructor", null];
  const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));
  const passed = new Set<string>();
  for (let seed = 0; seed < 1000; seed++) {
    const source = random(seed);
    const word = () => source.pick<string | null>(words);
    const attribute = Array.from({ length: source.number(4) }, () => ({
      name: source.pick(names),
      value: source.pick<string | null>(values),
    }));
    const listener = { ...sound, lb_protocol: word(), instance_protocol: word(), ssl_certificate_id: word() };
    const hidden = () => source.chance(0.1);
    const changes = {
      "aws_elb.made": {
        after: { name: "made", listener: [listener] },
        after_unknown: { listener: [{ lb_protocol: hidden() }] },
      },
      "aws_lb_ssl_negotiation_policy.it": {
        after: { load_balancer: "made", lb_port: source.pick([443, 80]), attribute },
        after_unknown: { attribute: hidden() },
        after_sensitive: { attribute: hidden() },
      },
    };
    const about = `seed ${seed}: ${JSON.stringify(changes)}`;
    const evaluated = () => evaluate(plan({ changes }), { policies, adapters, enforcement }).findings;
    expect(evaluated, about).not.toThrow();
    for (const { policy, outcome } of evaluated()) {
      if (outcome !== "pass") continue;
      passed.add(policy);
      const on = attribute
        .filter(({ value }) => value !== "false" && value !== null)
        .map((one) => Object.values(one).join("="));
      if (policy === "minimum-tls-1-2")
        expect(on.join(), about).toMatch(/ELBSecurityPolicy-TLS-1-2-2017-01|Protocol-TLSv1.2=/);
      if (policy === "https-only") expect(["https", "ssl"], about).toContain(listener.lb_protocol);
      if (policy === "private-hop-https") expect(["https", "ssl"], about).toContain(listener.instance_protocol);
      expect(["forward-secrecy", "strong-ciphers", "hsts-enabled"], about).not.toContain(policy);
    }
  }
  expect([...passed]).toEqual(expect.arrayContaining(["minimum-tls-1-2", "https-only", "private-hop-https"]));
});

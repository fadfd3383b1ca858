// Listeners of load balancers and their rules → endpoints: on a real plan; what no provider plans is made by hand.

import { describe, expect, test } from "vitest";
import { policies } from "../../../policies/registry.ts";
import { evaluate } from "../../../src/findings/evaluate.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { securityPolicies } from "../../../src/providers/aws/load-balancer-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { configured, entry, plan, refersTo } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { type Random, random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const endpoints = endpointsOf("aws-load-balancer");
const real = (name: string) => at(endpoints, `aws_${name}`);

const address = "aws_lb_listener.made";
const arn = (kind: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/${kind}/front/0123456789abcdef`;
const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const hstsHeader = "routing_http_response_strict_transport_security_header_value";

const redirect: JsonObject = { type: "redirect", redirect: [{ protocol: "HTTPS", status_code: "HTTP_301" }] };
const sound: JsonObject = {
  load_balancer_arn: arn("app"),
  port: 443,
  protocol: "HTTPS",
  ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  certificate_arn: certificate,
  [hstsHeader]: "max-age=63072000; includeSubDomains; preload",
  default_action: [redirect],
};

/** The endpoints of a listener made by hand, by address; sound but for what a test says. */
const made = (changes: JsonObject = {}, unknown: JsonObject = {}) =>
  endpointsOf(plan({ changes: { [address]: { after: { ...sound, ...changes }, after_unknown: unknown as never } } }));

const listener = (changes: JsonObject = {}, unknown: JsonObject = {}) => at(made(changes, unknown), address);

test("a server certificate of IAM is one, though its ARN is known after apply", () => {
  const iam = "aws_iam_server_certificate.site";
  const { certificate_arn: _, ...after } = sound;
  const changes = {
    [address]: { after, after_unknown: { certificate_arn: true } },
    [iam]: { after: {}, after_unknown: { arn: true } },
  };
  const root = { resources: [configured(address, { certificate_arn: refersTo(`${iam}.arn`) }), configured(iam)] };
  expect(said(at(endpointsOf(plan({ changes, root })), address).certificate)).toBe("own");
});

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises(; its name suggests .+)?$/);

describe("the security policy", () => {
  const security = (ssl_policy: string | number | null) => {
    const { minimumTls, forwardSecrecy, aeadOnly } = listener({ ssl_policy });
    return [said(minimumTls), said(forwardSecrecy), said(aeadOnly)];
  };

  test.each([
    ["ELBSecurityPolicy-TLS13-1-3-2021-06", "TLS 1.3", true, true],
    ["ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "TLS 1.2", true, true],
    ["ELBSecurityPolicy-TLS13-1-2-2021-06", "TLS 1.2", true, false],
    ["ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", "TLS 1.2", false, false],
    ["ELBSecurityPolicy-TLS13-1-1-2021-06", "TLS 1.1", false, false],
    ["ELBSecurityPolicy-TLS13-1-0-PQ-2025-09", "TLS 1.0", false, false],
    // absent: AWS's default
    [null, "TLS 1.0", false, false],
    ["", "TLS 1.0", false, false],
  ])("%s: %s, forward secrecy %s, AEAD only %s", (name, ...expected) => expect(security(name)).toEqual(expected));

  test.each(["ELBSecurityPolicy-TLS13-1-2-Res-2031-01", "elbsecuritypolicy-2016-08", 12, "constructor", "__proto__"])(
    "%j is not recognised",
    (name) => expect(security(name)).toEqual([unrecognised, unrecognised, unrecognised]),
  );

  test("of a real plan: left out, it is not unknown but AWS's default", () => {
    expect(said(real("alb_listener.defaults").minimumTls)).toBe("TLS 1.0");
    expect(said(real("lb_listener.tls").minimumTls)).toBe("TLS 1.2");
    expect(said(real("lb_listener.unheard_of").minimumTls)).toEqual(unrecognised);
    expect(said(real("lb_listener.late_policy").minimumTls)).toBe(
      "? known after apply, from terraform_data.late.output",
    );
    expect(real("alb_listener.defaults").minimumTls?.remedy).toEqual({
      address: "aws_alb_listener.defaults",
      attribute: "ssl_policy",
      value: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    });
  });
});

describe("the protocol", () => {
  test("HTTP says nothing of TLS", () => {
    const plainHttp = real("lb_listener.redirect");
    expect(plainHttp).toMatchObject({ kind: "load balancer listener", certificates: [], upstreams: [] });
    for (const name of ["certificate", "minimumTls", "forwardSecrecy", "aeadOnly", "httpVersions"] as const)
      expect(plainHttp[name], name).toBeUndefined();
    for (const { hsts } of plainHttp.routes) expect(hsts).toBeUndefined();
  });

  test("left out, it is HTTP on an application load balancer", () => {
    expect(real("alb_listener.silent").routes.map(({ plainHttp }) => said(plainHttp))).toEqual(["served"]);
    expect(listener({ protocol: null, default_action: [{ type: "forward" }] }).minimumTls).toBeUndefined();
    expect(made({ protocol: null, load_balancer_arn: arn("gwy") }).size).toBe(0);
    const open = listener({ protocol: null, load_balancer_arn: "arn", default_action: [{ type: "forward" }] });
    expect([said(open.minimumTls), said(only(open.routes).plainHttp)]).toEqual(
      Array(2).fill("? protocol is not set, and the plan does not tell what kind of load balancer it is"),
    );
  });

  test.each(["TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"])("%s is none of ours", (protocol) => {
    expect(made({ protocol }).size).toBe(0);
  });

  test("known after apply, or not recognised: what depends on it is open, and a redirect stays one", () => {
    const open = "? known after apply, from terraform_data.late.output";
    const late = real("lb_listener.late");
    expect([said(late.certificate), said(late.minimumTls), said(only(late.routes).plainHttp)]).toEqual([
      open,
      open,
      open,
    ]);
    const odd = listener({ protocol: "HTTP/3" });
    expect([said(odd.aeadOnly), said(only(odd.routes).plainHttp)]).toEqual([unrecognised, "redirected"]);
  });

  test("TLS of a network load balancer has a policy and a certificate, and no headers", () => {
    const tls = real("lb_listener.tls");
    expect([said(tls.certificate), said(tls.forwardSecrecy), said(tls.aeadOnly)]).toEqual(["own", true, true]);
    expect(only(tls.routes)).toMatchObject({ path: "*", plainHttp: { value: "refused" } });
    expect([only(tls.routes).hsts, tls.httpVersions]).toEqual([undefined, undefined]);
  });
});

describe("plain HTTP", () => {
  const treatment = (...default_action: JsonObject[]) => {
    const { plainHttp } = only(listener({ protocol: "HTTP", default_action }).routes);
    return [said(plainHttp), plainHttp?.place.at];
  };
  const type = "default_action[0].type";
  const protocol = "default_action[0].redirect[0].protocol";
  const status = "default_action[0].fixed_response[0].status_code";

  test.each<[string, JsonObject, unknown, string]>([
    ["forward", { type: "forward" }, "served", type],
    ["redirect to HTTPS", redirect, "redirected", protocol],
    ["redirect to HTTP", { type: "redirect", redirect: [{ protocol: "HTTP" }] }, "served", protocol],
    ["redirect as it came", { type: "redirect", redirect: [{ protocol: "#{protocol}" }] }, "served", protocol],
    ["redirect by default", { type: "redirect", redirect: [{}] }, "served", protocol],
    ["redirect in small letters", { type: "redirect", redirect: [{ protocol: "https" }] }, unrecognised, protocol],
    ["answer 200", { type: "fixed-response", fixed_response: [{ status_code: "200" }] }, "served", status],
    ["answer 404", { type: "fixed-response", fixed_response: [{ status_code: "404" }] }, "refused", status],
    ["answer 503", { type: "fixed-response", fixed_response: [{ status_code: "503" }] }, "refused", status],
    ["answer 5xx", { type: "fixed-response", fixed_response: [{ status_code: "5xx" }] }, unrecognised, status],
    ["something new", { type: "teleport" }, unrecognised, type],
    ["something inherited", { type: "toString" }, unrecognised, type],
  ])("%s", (_, action, expected, place) => expect(treatment(action)).toEqual([expected, place]));

  test("the one action that ends it decides, and the worst of two", () => {
    expect(treatment({ type: "authenticate-oidc" }, { type: "forward" })[0]).toBe("served");
    expect(treatment({ type: "authenticate-oidc" }, redirect)[0]).toBe("redirected");
    expect(treatment(redirect, { type: "forward" })).toEqual(["served", "default_action[1].type"]);
    expect(treatment()[0]).toBe("? it has no action");
  });

  test("each rule of a listener is a route of it, judged where it is written", () => {
    const { routes } = real("lb_listener.redirect");
    expect(routes.map(({ path, plainHttp }) => [path, said(plainHttp), plainHttp?.place.address])).toEqual([
      ["*", "redirected", "aws_lb_listener.redirect"],
      ["/health, /ready", "served", "aws_lb_listener_rule.health"],
      ["/moved/*", "redirected", "aws_lb_listener_rule.moved"],
    ]);
    expect(endpoints.has("aws_lb_listener_rule.health")).toBe(false);
    expect(only(real("lb_listener.refuses").routes).plainHttp).toMatchObject({ value: "refused" });
  });

  test("a rule of a listener from elsewhere is judged alone: only a redirect is surely none", () => {
    const stray = only(real("lb_listener_rule.stray").routes);
    expect([stray.path, said(stray.plainHttp)]).toEqual(["/stray/*", "? its listener is defined outside this plan"]);
    const other = only(real("lb_listener_rule.stray_redirect").routes);
    expect([other.path, said(other.plainHttp)]).toEqual(["aws_lb_listener_rule.stray_redirect", "redirected"]);
  });

  test.each([
    ["HTTP", ["served"]],
    ["HTTPS", []],
  ])("a rule of a listener that was looked up and speaks %s", (spoken, expected) => {
    const rule = { listener_arn: "looked-up", action: [{ type: "forward" }] };
    const looked = { after: { arn: "looked-up", protocol: spoken } };
    const changes = { "data.aws_lb_listener.it": looked, "aws_lb_listener_rule.made": { after: rule } };
    const { routes } = at(endpointsOf(plan({ changes })), "aws_lb_listener_rule.made");
    expect(routes.map(({ plainHttp }) => said(plainHttp))).toEqual(expected);
  });

  test("a rule of one of two listeners serves neither for certain", () => {
    const changes = {
      "aws_lb_listener.a": { after: { ...sound, protocol: "HTTP" }, after_unknown: { arn: true } },
      "aws_lb_listener.b": { after: sound, after_unknown: { arn: true } },
      "aws_lb_listener_rule.made": {
        after: { action: [{ type: "forward" }] },
        after_unknown: { listener_arn: true },
      },
    };
    const either = refersTo("aws_lb_listener.a.arn", "aws_lb_listener.b.arn");
    const resources = [
      ...["a", "b"].map((name) => configured(`aws_lb_listener.${name}`)),
      configured("aws_lb_listener_rule.made", { listener_arn: either }),
    ];
    const { routes } = at(endpointsOf(plan({ changes, root: { resources } })), "aws_lb_listener.a");
    expect(routes.map(({ plainHttp }) => said(plainHttp))).toEqual([
      "redirected",
      "? the plan does not tell which it is of aws_lb_listener.a, aws_lb_listener.b",
    ]);
  });
});

describe("HSTS", () => {
  const values = (header: string | number | null) => {
    const { hsts } = only(listener({ [hstsHeader]: header }).routes);
    return [said(hsts?.maxAge), said(hsts?.includeSubDomains), said(hsts?.preload)];
  };

  test.each([
    ["max-age=63072000; includeSubDomains; preload", 63_072_000, true, true],
    ["max-age=60", 60, false, false],
    ["nonsense", 0, false, false],
  ])("%s", (header, ...expected) => expect(values(header)).toEqual(expected));

  const ofApplication = "? the application sends the Strict-Transport-Security header or not, outside the plan";

  test("without a header of its own, the application's", () => {
    expect(values(null)).toEqual(Array(3).fill(ofApplication));
    // Read back from what exists, "" is what was never set.
    expect(values("")).toEqual(Array(3).fill(ofApplication));
    const { hsts } = only(real("alb_listener.defaults").routes);
    expect([said(hsts?.maxAge), hsts?.maxAge]).toMatchObject([ofApplication, { kind: "outside" }]);
  });

  test.each([undefined, true])('set to "", none', (isUnknown) => {
    const after = { ...sound, [hstsHeader]: isUnknown ? null : "" };
    const changes = { [address]: { after, after_unknown: isUnknown ? { [hstsHeader]: true } : {} } };
    const root = { resources: [configured(address, { [hstsHeader]: { constant_value: "" } })] };
    const { hsts } = only(at(endpointsOf(plan({ changes, root })), address).routes);
    expect([hsts?.maxAge, hsts?.preload]).toMatchObject([
      { value: 0, cures: [{ value: 31_536_000 }] },
      { value: false },
    ]);
  });

  test("an expression that comes to nothing sets none; one of another resource may", () => {
    const { [hstsHeader]: _, ...after } = sound;
    const sent = (reference: string) => {
      const changes = {
        [address]: { after, after_unknown: { [hstsHeader]: true } },
        "terraform_data.late": { after: {}, after_unknown: { output: true } },
      };
      const resources = [configured(address, { [hstsHeader]: refersTo(reference) }), configured("terraform_data.late")];
      const root = { resources, variables: { header: { default: "x" } } };
      const json = plan({ changes, root, variables: { header: { value: "x" } } });
      return said(only(at(endpointsOf(json), address).routes).hsts?.maxAge);
    };
    expect(sent("var.header")).toBe(ofApplication);
    expect(sent("terraform_data.late.output")).toBe("? known after apply, from terraform_data.late.output");
  });

  test("of a version of the provider without the attribute, no fix names it", () => {
    const { [hstsHeader]: _, ...older } = sound;
    const change = { ...entry(address, { after: older }), provider_name: "registry.terraform.io/hashicorp/aws" };
    const { hsts } = only(at(endpointsOf(plan({ resource_changes: [change] })), address).routes);
    expect(hsts?.maxAge).toMatchObject({ kind: "outside", place: { address, at: "" } });
    expect(hsts?.maxAge.remedy).toBeUndefined();
  });

  test("a number is not recognised, and what is to be set", () => {
    expect(values(31_536_000)).toEqual([unrecognised, unrecognised, unrecognised]);
    const { hsts } = only(real("alb_listener.defaults").routes);
    expect([hsts?.maxAge, hsts?.includeSubDomains, hsts?.preload].map((one) => one?.remedy?.value)).toEqual([
      "max-age=31536000",
      "max-age=31536000; includeSubDomains",
      "max-age=31536000; includeSubDomains; preload",
    ]);
  });
});

describe("certificates", () => {
  const regions = (name: string) =>
    real(name).certificates.map(({ certificate: { address }, region, ready }) => [address, said(region), said(ready)]);

  test("the listener's own, then those added to it, each needed in the load balancer's region", () => {
    expect(regions("lb_listener.https")).toEqual([
      ["aws_acm_certificate.site", { actual: "eu-west-1", required: "eu-west-1" }, true],
      ["aws_acm_certificate.elsewhere", { actual: "us-east-1", required: "eu-west-1" }, false],
    ]);
    expect(said(only(listener().certificates).region)).toEqual({ actual: "eu-west-1", required: "eu-west-1" });
    const far = listener({ certificate_arn: certificate.replace("eu-west-1", "us-east-1") });
    expect(said(only(far.certificates).region)).toEqual({ actual: "us-east-1", required: "eu-west-1" });
  });

  test("one of IAM has no region", () => {
    expect(only(real("alb_listener.defaults").certificates).region).toBeUndefined();
  });

  test("none: missing; not known: unknown", () => {
    const none = listener({ certificate_arn: null });
    expect([said(none.certificate), none.certificates]).toEqual(["missing", []]);
    expect(said(real("lb_listener.late_policy").certificate)).toMatch(/^\? known after apply/);
  });
});

test("HTTP/2 is the load balancer's to switch off", () => {
  expect(said(real("lb_listener.https").httpVersions)).toEqual(["HTTP/1.1", "HTTP/2"]);
  const old = real("alb_listener.defaults").httpVersions;
  expect([said(old), old?.place]).toEqual([["HTTP/1.1"], { address: "aws_alb.old", at: "enable_http2" }]);
  expect(said(listener().httpVersions)).toBe("? the load balancer is defined outside this plan");
});

describe("targets", () => {
  const hops = (name: string) => real(name).upstreams.map(({ name, protocol }) => [name, said(protocol)]);
  const group = (key: string) => `aws_lb_target_group.group["${key}"]`;

  test("of the listener and of its rules, weighted or not, by the protocol of their group", () => {
    expect(hops("lb_listener.https").sort()).toEqual([
      ["aws_lb_target_group.function", "https"],
      [group("HTTP"), "http"],
      [group("HTTPS"), "https"],
    ]);
    expect(hops("lb_listener.tls")).toEqual([[group("TCP"), "http"]]);
    expect(hops("lb_listener.reencrypted")).toEqual([[group("TLS"), "https"]]);
    expect(hops("lb_listener.late_policy")[0]?.[1]).toMatch(/^\? known after apply/);
  });

  test("judged where the group says it", () => {
    const remedies = (name: string) => only(real(name).upstreams).protocol.remedy;
    expect(remedies("lb_listener_rule.stray")).toEqual({
      address: group("HTTP"),
      attribute: "protocol",
      value: "HTTPS",
    });
    expect(remedies("lb_listener.tls")).toMatchObject({ address: group("TCP"), value: "TLS" });
  });

  test("of two rules, though both are known after apply and named alike", () => {
    const unknown = { listener_arn: true, action: [{ target_group_arn: true }] };
    const rule = { after: { action: [{ type: "forward" }] }, after_unknown: unknown };
    const names = ["a", "b"].map((name) => `aws_lb_listener_rule.${name}`);
    const changes = {
      [address]: { after: { ...sound, default_action: [redirect] }, after_unknown: { arn: true } },
      ...Object.fromEntries(names.map((name) => [name, rule])),
    };
    const resources = [
      configured(address),
      ...names.map((name) => configured(name, { listener_arn: refersTo(`${address}.arn`) })),
    ];
    const { upstreams } = at(endpointsOf(plan({ changes, root: { resources } })), address);
    expect(upstreams.map(({ name }) => name)).toEqual(names.map((name) => `${name} action[0].target_group_arn`));
  });

  test("from outside of the plan, by its name", () => {
    const target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef";
    const { name, protocol } = only(listener({ default_action: [{ type: "forward", target_group_arn }] }).upstreams);
    expect([name, said(protocol)]).toEqual(["shop", "? the target group is defined outside this plan"]);
  });
});

test("a sound listener passes every policy, but for what a plan cannot know of a group with plain HTTP", () => {
  const own = findings("aws-load-balancer").filter((one) => one.address === "aws_lb_listener.https");
  expect(own.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  expect(new Set(own.map(({ policy }) => policy))).toEqual(
    new Set([
      "ats-connection",
      ...["certificate-present", "certificate-region", "certificate-validated", "forward-secrecy", "hsts-enabled"],
      ...["hsts-include-subdomains", "hsts-preload", "https-only", "minimum-tls-1-2", "strong-ciphers"],
    ]),
  );
});

describe("values at random, of the types that the provider's schema says", () => {
  const strong = Object.keys(securityPolicies).filter((name) => securityPolicies[name]?.minimumTls.match(/1\.[23]/));
  const text = (source: Random) =>
    source.pick<string | null>([
      ...["HTTP", "HTTPS", "TLS", "TCP", "forward", "redirect", "fixed-response", "#{protocol}", "200", "403"],
      ...["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "max-age=31536000", certificate],
      ...["", "TLSv9", "https", "constructor", "__proto__", "\u0000", "🙂", arn("app"), arn("net"), null],
    ]);
  const often = (source: Random, ...values: string[]) => (source.chance(0.6) ? source.pick(values) : text(source));
  const action = (source: Random): JsonObject => ({
    type: often(source, "forward", "redirect", "fixed-response"),
    target_group_arn: text(source),
    redirect: source.chance(0.6) ? [{ protocol: often(source, "HTTPS", "HTTP") }] : [],
    fixed_response: source.chance(0.3) ? [{ status_code: text(source) }] : [],
    forward: source.chance(0.3) ? [{ target_group: [{ arn: text(source) }] }] : [],
  });
  const some = <T>(source: Random, make: (source: Random) => T) =>
    Array.from({ length: source.pick([0, 1, 1, 1, 2]) }, () => make(source));
  const mask = (source: Random, value: JsonObject) =>
    Object.fromEntries(Object.keys(value).map((name) => [name, source.chance(0.1)]));

  const passing: { readonly [policy: string]: (value: unknown, isHttps: boolean) => boolean } = {
    "minimum-tls-1-2": (value) => strong.includes(String(value)),
    "forward-secrecy": (value) => value === "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "hsts-enabled": (value) => value === "max-age=31536000",
    // A redirect without a protocol keeps that of the request.
    "https-only": (value, isHttps) =>
      ["HTTPS", "TLS", "403"].includes(String(value)) ||
      (isHttps && ["#{protocol}", "undefined", "null", ""].includes(String(value))),
    "certificate-present": (value) => typeof value === "string" && value !== "",
  };
  const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));
  const dig = (values: unknown, path: string): unknown =>
    (path.match(/[^.[\]]+/g) ?? []).reduce((held, step) => (held as JsonObject | null)?.[step], values);
  const passed = new Set<string>();

  test.each(Array.from({ length: 10 }, (_, index) => index))("seeds from %i00 on", (hundred) => {
    for (let seed = hundred * 100; seed < hundred * 100 + 100; seed++) {
      const source = random(seed);
      const after: JsonObject = {
        load_balancer_arn: often(source, arn("app"), arn("net")),
        protocol: often(source, "HTTP", "HTTPS", "TLS"),
        ssl_policy: often(source, "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"),
        certificate_arn: text(source),
        [hstsHeader]: often(source, "max-age=31536000"),
        default_action: some(source, action),
      };
      const rule: JsonObject = { listener_arn: text(source), action: some(source, action) };
      const changes = {
        [address]: { after, after_unknown: mask(source, after), after_sensitive: mask(source, after) },
        "aws_lb_listener_rule.made": { after: rule, after_unknown: mask(source, rule) },
      };
      const about = `seed ${seed}: ${JSON.stringify(changes)}`;
      const evaluated = () => evaluate(plan({ changes }), { policies, adapters, enforcement }).findings;
      expect(evaluated, about).not.toThrow();
      for (const { policy, outcome, address: where, at: path } of evaluated()) {
        if (outcome !== "pass" || !passing[policy]) continue;
        passed.add(policy);
        const value = dig(where === address ? after : rule, path);
        expect(
          passing[policy]?.(value, after.protocol === "HTTPS"),
          `${about}, ${policy} passes with ${JSON.stringify(value)} at ${path}`,
        ).toBe(true);
      }
    }
  });

  test("each of the policies passes now and then", () => {
    expect(Object.keys(passing).filter((policy) => !passed.has(policy))).toEqual([]);
  });
});

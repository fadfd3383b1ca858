// Elastic Beanstalk's environments → endpoints: listeners by options; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject, Plan } from "../../../src/plan/plan.ts";
import { viewPlan } from "../../../src/plan/view.ts";
import { balancerTypes, environmentTypes, flags } from "../../../src/providers/aws/elastic-beanstalk-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { fuzz } from "../../support/fuzz.ts";
import { configured, type Made, plan } from "../../support/made.ts";
import { fixture } from "../../support/plans.ts";
import { said } from "../../support/said.ts";

const address = "aws_elastic_beanstalk_environment.made";

const endpointsOf = (read: Plan, of: string) =>
  collect(viewPlan(read, "after"), adapters).endpoints.filter((one) => one.address === of);

const real = (name: string) =>
  endpointsOf(fixture("aws-elastic-beanstalk"), `aws_elastic_beanstalk_environment.${name}`);

type Setting = readonly [namespace: string, name: string, value: unknown];

const settings = (list: readonly Setting[]) =>
  list.map(([namespace, name, value]) => ({ namespace, name, value }) as JsonObject);

const made = (
  list: readonly Setting[],
  more: JsonObject = {},
  changes: Made["changes"] = {},
  unknown: JsonObject = {},
) =>
  endpointsOf(
    plan({
      changes: {
        [address]: { after: { setting: settings(list), ...more }, after_unknown: unknown as never },
        ...changes,
      },
    }),
    address,
  );

const application: Setting = ["aws:elasticbeanstalk:environment", "LoadBalancerType", "application"];
const off: Setting = ["aws:elbv2:listener:default", "ListenerEnabled", "false"];
const secure: Setting = ["aws:elbv2:listener:443", "Protocol", "HTTPS"];

const port = (endpoints: readonly Endpoint[], number: number): Endpoint =>
  only(endpoints.filter(({ routes }) => routes.some(({ path }) => path === `port ${number}`)));

const plainHttp = (endpoint: Endpoint) => only(endpoint.routes).plainHttp;

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

test("no listener that is shown, and options that are not known yet", () => {
  const balanced: Setting = ["aws:elasticbeanstalk:environment", "EnvironmentType", "LoadBalanced"];
  const notShared: Setting = ["aws:elasticbeanstalk:environment", "LoadBalancerIsShared", "false"];
  const late: Setting = ["x", "y", "z"];
  expect(made([application, off])).toEqual([]);
  const endpoint = only(
    made([balanced, notShared, application, off, late], {}, {}, { setting: [{}, {}, {}, {}, { namespace: true }] }),
  );
  expect(said(plainHttp(endpoint))).toMatch(/^\? known after apply/);
});

describe("of a real plan", () => {
  test("HTTPS alone, with a certificate that waits for its issue", () => {
    const endpoint = only(real("secure"));
    expect([endpoint.minimumTls, endpoint.forwardSecrecy, endpoint.aeadOnly, endpoint.certificate].map(said)).toEqual([
      "TLS 1.2",
      true,
      true,
      "own",
    ]);
    const use = only(endpoint.certificates);
    expect([use.certificate.address, said(use.ready)]).toEqual(["aws_acm_certificate.site", true]);
    expect(said(use.region)).toEqual({ actual: "eu-west-1", required: "eu-west-1" });
    expect([said(plainHttp(endpoint)), said(only(endpoint.upstreams).protocol)]).toEqual(["refused", "https"]);
    expect(said(only(endpoint.routes).hsts?.maxAge)).toMatch(/^\? the application sends/);
  });

  test("settings of a dynamic block; port 80 is open by default", () => {
    const both = real("both");
    expect(both.map((one) => [only(one.routes).path, said(plainHttp(one))])).toEqual([
      ["port 80", "served"],
      ["port 443", "refused"],
    ]);
    expect(said(port(both, 443).minimumTls)).toBe("TLS 1.0");
    expect(plainHttp(port(both, 80))).toMatchObject({
      place: { address: "aws_elastic_beanstalk_environment.both", at: "setting" },
      note: "Protocol of aws:elbv2:listener:default is not set, and HTTP is the default",
    });
    expect([said(port(both, 443).certificate), said(only(port(both, 443).upstreams).protocol)]).toEqual([
      "missing",
      "http",
    ]);
  });

  test("a classic load balancer", () => {
    const endpoint = port(real("classic"), 443);
    expect([endpoint.minimumTls, endpoint.forwardSecrecy, endpoint.aeadOnly].map(said)).toEqual([
      "TLS 1.2",
      false,
      false,
    ]);
    expect(said(only(endpoint.certificates).ready)).toBe(false);
    expect(said(plainHttp(port(real("classic"), 80)))).toBe("served");
  });

  test("a saved configuration: of this plan, behind the environment's own settings", () => {
    const endpoint = port(real("from_saved"), 443);
    expect([said(plainHttp(endpoint)), plainHttp(endpoint)?.place.address]).toEqual([
      "refused",
      "aws_elastic_beanstalk_configuration_template.saved",
    ]);
    expect([said(endpoint.minimumTls), endpoint.minimumTls?.place.address]).toEqual([
      "TLS 1.0",
      "aws_elastic_beanstalk_environment.from_saved",
    ]);
  });

  test("a saved configuration from elsewhere", () => {
    const endpoint = only(real("from_elsewhere"));
    const cause = "? its saved configuration is defined outside this plan";
    expect([said(endpoint.minimumTls), said(plainHttp(endpoint))]).toEqual([cause, cause]);
  });

  test("a single instance answers as its proxy does; a worker answers nobody", () => {
    const single = only(real("single"));
    expect([said(plainHttp(single)), single.certificate]).toEqual([
      expect.stringMatching(/^\? a single instance answers as the proxy/),
      undefined,
    ]);
    expect(real("worker")).toEqual([]);
  });
});

describe("the architecture", () => {
  test.each([
    [["LoadBalancerType", "network"], 0],
    [["LoadBalancerType", "classic"], 1],
    [["LoadBalancerIsShared", "true"], 0],
    [["LoadBalancerIsShared", "false"], 1],
  ] as const)("%j: %i listeners", ([name, value], count) => {
    expect(made([["aws:elasticbeanstalk:environment", name, value]])).toHaveLength(count);
  });

  test.each(["LoadBalancerType", "EnvironmentType"])("%s that is not recognised", (name) => {
    const endpoint = only(made([["aws:elasticbeanstalk:environment", name, "constructor"]]));
    expect([said(plainHttp(endpoint)), said(endpoint.minimumTls)]).toEqual([unrecognised, unrecognised]);
  });

  test("settings that are not known", () => {
    const late = only(made([], { setting: [{}] }, {}, { setting: [{ namespace: true, name: true, value: true }] }));
    expect(said(plainHttp(late))).toMatch(/^\? known after apply/);
    const whole = only(made([], {}, {}, { setting: true }));
    expect(said(plainHttp(whole))).toMatch(/^\? known after apply/);
  });

  test("the tables", () => {
    expect(environmentTypes).toEqual({ LoadBalanced: "balanced", SingleInstance: "single" });
    expect(balancerTypes).toEqual({ classic: "classic", application: "application", network: "network" });
    expect(flags).toEqual({ true: true, false: false });
  });
});

describe("listeners", () => {
  test.each([
    ["HTTP", "served"],
    ["HTTPS", "refused"],
    ["GOPHER", unrecognised],
    [null, "served"],
  ])("of an application load balancer that speaks %s", (protocol, expected) => {
    const endpoints = made([application, off, ["aws:elbv2:listener:8443", "Protocol", protocol]]);
    expect(said(plainHttp(only(endpoints)))).toEqual(expected);
  });

  test.each([
    ["HTTP", "served"],
    ["https", "refused"],
    ["SSL", "refused"],
    ["GOPHER", unrecognised],
  ])("of a classic one that speaks %s", (protocol, expected) => {
    const endpoint = port(made([["aws:elb:listener:8443", "ListenerProtocol", protocol]]), 8443);
    expect(said(plainHttp(endpoint))).toEqual(expected);
    // Over TLS without HTTP there are no headers.
    expect(endpoint.routes[0]?.hsts === undefined).toBe(protocol !== "https");
  });

  test("TCP is passed on; what is off is not there", () => {
    const [tcp] = only(made([["aws:elb:listener", "ListenerProtocol", "TCP"]])).routes;
    expect(said(tcp?.plainHttp)).toBe("? what answers behind it redirects plain HTTP or not, outside the plan");
    expect(made([["aws:elb:listener", "ListenerEnabled", "false"]])).toEqual([]);
    expect(made([application, off, secure, ["aws:elbv2:listener:443", "ListenerEnabled", "false"]])).toEqual([]);
    expect(said(plainHttp(only(made([application, [off[0], off[1], "off"]]))))).toEqual(unrecognised);
  });

  test("plain HTTP that is written: what is to be set, and where", () => {
    const [endpoint] = made([application, ["aws:elbv2:listener:default", "Protocol", "HTTP"]]);
    expect(endpoint && plainHttp(endpoint)).toMatchObject({
      note: "it forwards to the application",
      remedy: { address, attribute: "setting[1].value", value: "HTTPS" },
    });
  });
});

describe("the deprecated options of a classic load balancer", () => {
  const option = (name: string, value: string): Setting => ["aws:elb:loadbalancer", name, value];
  const paths = (endpoints: readonly Endpoint[]) => endpoints.map(({ routes }) => only(routes).path);

  test("switch port 80 off, and a secure listener on", () => {
    expect(paths(made([option("LoadBalancerHTTPPort", "OFF")]))).toEqual([]);
    expect(paths(made([option("LoadBalancerHTTPPort", "80"), option("LoadBalancerHTTPSPort", "OFF")]))).toEqual([
      "port 80",
    ]);
    expect(paths(made([option("LoadBalancerHTTPSPort", "8443")]))).toEqual(["port 80", "port 8443"]);
    const late = made([option("LoadBalancerHTTPPort", "off")]);
    expect(said(plainHttp(only(late)))).toEqual(unrecognised);
  });

  test("say its certificate and its protocol", () => {
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const secure = [option("LoadBalancerHTTPSPort", "443"), option("LoadBalancerHTTPPort", "OFF")];
    const endpoint = only(made([...secure, option("SSLCertificateId", arn)]));
    expect([said(endpoint.certificate), said(endpoint.minimumTls), said(plainHttp(endpoint))]).toEqual([
      "own",
      "TLS 1.0",
      "refused",
    ]);
    expect(said(only(made(secure)).certificate)).toBe("missing");
    expect(said(only(endpoint.routes).hsts?.maxAge)).toMatch(/^\? the application sends/);
    expect(only(only(made([...secure, option("LoadBalancerSSLPortProtocol", "SSL")])).routes).hsts).toBeUndefined();
  });
});

describe("the instances", () => {
  test.each([
    [[], "http"],
    [[["aws:elasticbeanstalk:environment:process:default", "Protocol", "HTTPS"]], "https"],
    [[["aws:elasticbeanstalk:environment:process:default", "Protocol", "GOPHER"]], unrecognised],
    [
      [
        ["aws:elbv2:listener:443", "DefaultProcess", "api"],
        ["aws:elasticbeanstalk:environment:process:api", "Protocol", "HTTPS"],
      ],
      "https",
    ],
  ] as const)("behind an application load balancer, by %j: %s", (process, expected) => {
    const endpoint = only(made([application, off, secure, ...(process as readonly Setting[])]));
    expect(said(only(endpoint.upstreams).protocol)).toEqual(expected);
  });

  test.each([
    ["HTTPS", "https"],
    ["SSL", "https"],
    ["HTTP", "http"],
    ["TCP", "http"],
    ["GOPHER", unrecognised],
    [null, "http"],
  ])("behind a classic one that asks them by %s: %s", (protocol, expected) => {
    const list: Setting[] = [
      ["aws:elb:listener:443", "ListenerProtocol", "HTTPS"],
      ["aws:elb:listener:443", "InstanceProtocol", protocol],
    ];
    expect(said(only(port(made(list), 443).upstreams).protocol)).toEqual(expected);
  });
});

test("processes that rules lead to are upstreams too", () => {
  const api: Setting = ["aws:elasticbeanstalk:environment:process:api", "Protocol", "HTTPS"];
  const { upstreams } = only(made([application, off, secure, api]));
  expect(upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([
    ["process default", "http"],
    ["process api", "https"],
  ]);
});

test("plain HTTP to the instances: what is to be set, and where", () => {
  const process: Setting = ["aws:elasticbeanstalk:environment:process:default", "Protocol", "HTTP"];
  const remedy = { address, attribute: "setting[3].value", value: "HTTPS" };
  expect(only(only(made([application, off, secure, process])).upstreams).protocol.remedy).toEqual(remedy);
  const list: Setting[] = [
    ["aws:elb:listener", "ListenerEnabled", "false"],
    ["aws:elb:listener:443", "ListenerProtocol", "HTTPS"],
    ["aws:elb:listener:443", "SSLCertificateId", "arn"],
    ["aws:elb:listener:443", "InstanceProtocol", "HTTP"],
  ];
  expect(only(only(made(list)).upstreams).protocol.remedy).toEqual(remedy);
});

test("a server certificate of IAM has no region", () => {
  const arn = "arn:aws:iam::123456789012:server-certificate/site";
  const endpoint = only(made([application, off, secure, ["aws:elbv2:listener:443", "SSLCertificateArns", arn]]));
  expect([said(endpoint.certificate), only(endpoint.certificates).region]).toEqual(["own", undefined]);
});

test("a certificate known after apply", () => {
  const list: Setting[] = [application, off, secure, ["aws:elbv2:listener:443", "SSLCertificateArns", null]];
  const unknown = { setting: list.map((_, index) => (index === 3 ? { value: true } : {})) };
  const changes = { [address]: { after: { setting: settings(list) }, after_unknown: unknown as never } };
  const root = { resources: [configured(address, { setting: [{ value: { references: ["local.arn"] } }] })] };
  expect(said(only(endpointsOf(plan({ changes, root }), address)).certificate)).toMatch(/^\? known after apply/);
});

describe("values at random", () =>
  fuzz({
    resources: { [address]: { tier: "text", setting: [{ namespace: "text", name: "text", value: "text" }] } },
    words: [
      "aws:elasticbeanstalk:environment",
      "LoadBalancerType",
      "application",
      "aws:elbv2:listener:443",
      "Protocol",
      "HTTPS",
      "aws:elb:listener:443",
      "ListenerProtocol",
      "SSLPolicy",
      "",
      "constructor",
    ],
    passing: { "ats-connection": (_, path) => path === "setting", "https-only": (value) => value === "HTTPS" },
  }));

// The names that viewers reach a listener by, and whether its certificates cover them; on a real plan and made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { configured, type Made, plan, refersTo } from "../../support/made.ts";
import { findings, outcomes } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const name = "aws-load-balancer-names";
const endpoints = endpointsOf(name);
const namesOf = (address: string) => at(endpoints, address).names.map(said);

describe("of a real plan", () => {
  test("records of its load balancer and of a network load balancer before it, then hosts of rules, each once", () => {
    expect(namesOf("aws_lb_listener.https").sort()).toEqual([
      "*.eu.example.com",
      "WWW.example.com",
      "admin.example.com",
      "eu.shop.example.com",
      "example.com",
      "static.example.com",
    ]);
    expect(namesOf("aws_lb_listener.tcp")).toEqual([]);
  });

  test("records of a classic load balancer and of a domain of API Gateway", () => {
    expect(namesOf("aws_elb.classic")).toEqual(["classic.example.com"]);
    expect(namesOf("aws_apigatewayv2_domain_name.api")).toEqual(["www.example.com", "api.example.com"]);
  });

  test("any certificate of the listener may cover a name; what none covers fails where it is written", () => {
    expect(outcomes(name, "certificate-covers-domains")).toEqual({
      "aws_route53_record.apex": "pass",
      "aws_route53_record.admin": "fail",
      "aws_route53_record.network": "fail",
      "aws_lb_listener_rule.hosts": "fail",
      "aws_route53_record.classic": "fail",
      "aws_apigatewayv2_domain_name.api": "pass",
      'aws_route53_record.api["api.example.com"]': "fail",
    });
    const hosts = findings(name).filter(({ address }) => address === "aws_lb_listener_rule.hosts");
    expect(hosts.filter(({ outcome }) => outcome === "fail").map(({ message }) => message)).toEqual([
      "*.eu.example.com is not covered by its certificate for Example.com, www.example.com, *.shop.example.com",
    ]);
  });
});

const listener = "aws_lb_listener.made";
const rule = "aws_lb_listener_rule.made";
const certificate = "aws_acm_certificate.made";

/** The names of a listener by the hosts of its one rule, and what is said of them. */
function hosts(
  values: JsonObject["x"],
  certified: JsonObject = { domain_name: "www.example.com" },
  unknown: JsonObject = {},
) {
  const changes: Made["changes"] = {
    [listener]: { after: { protocol: "HTTPS", certificate_arn: "arn" }, after_unknown: { arn: true } },
    [rule]: {
      after: { condition: [{ host_header: [{ values }] }], priority: 1 },
      after_unknown: { listener_arn: true, ...unknown },
    },
    [certificate]: { after: { arn: "arn", ...certified } },
  };
  const resources = [configured(listener), configured(rule, { listener_arn: refersTo(`${listener}.arn`) })];
  return at(endpointsOf(plan({ changes, root: { resources } })), listener).names.map(said);
}

describe("hosts of rules", () => {
  test.each<[string, unknown[]]>([
    ["www.example.com", ["www.example.com"]],
    ["10.0.0.1", []],
    ["internal", []],
    ["[::1]", []],
    ["*", []],
    ["*.example.com", []],
    ["www.*", []],
    ["w?w.example.com", []],
    ["*.other.com", ["*.other.com"]],
    ["*.EXAMPLE.com", []],
    ["*.w.*.com", []],
  ])("%s", (host, expected) => expect(hosts([host])).toEqual(expected));

  test("a pattern is none while the certificate's names are known after apply", () => {
    expect(hosts(["*.other.com"], {}, {})).toEqual([]);
    const late = { condition: [{ host_header: [{ values: [true] }] }] };
    expect(hosts([null], undefined, late)).toEqual([]);
  });

  test("a wildcard of the certificate's domain covers no deeper pattern", () => {
    expect(hosts(["*.a.example.com"], { domain_name: "*.example.com" })).toEqual(["*.a.example.com"]);
    expect(hosts(["*.example.com"], { domain_name: "*.example.com" })).toEqual([]);
  });

  test("not of a rule that comes after one for every request, nor of one that may be another listener's", () => {
    const all = "aws_lb_listener_rule.all";
    const of = (priority: number, listeners: readonly string[]) => {
      const changes: Made["changes"] = {
        ...Object.fromEntries(
          listeners.map((one) => [
            one,
            { after: { protocol: "HTTPS", certificate_arn: "arn" }, after_unknown: { arn: true } },
          ]),
        ),
        [rule]: {
          after: { condition: [{ host_header: [{ values: ["a.example.com"] }] }], priority },
          after_unknown: { listener_arn: true },
        },
        [all]: {
          after: { condition: [{ path_pattern: [{ values: ["/*"] }] }], priority: 5 },
          after_unknown: { listener_arn: true },
        },
      };
      const arn = refersTo(...listeners.map((one) => `${one}.arn`));
      const resources = [
        ...listeners.map((one) => configured(one)),
        ...[rule, all].map((one) => configured(one, { listener_arn: arn })),
      ];
      return at(endpointsOf(plan({ changes, root: { resources } })), listener).names.map(said);
    };
    expect(of(1, [listener])).toEqual(["a.example.com"]);
    expect(of(9, [listener])).toEqual([]);
    expect(of(1, [listener, "aws_lb_listener.other"])).toEqual([]);
  });
});

// Rules of a listener: which of them take every request, and what that leaves to the others; on a real plan and made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { findings, outcomes } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const endpoints = endpointsOf("aws-load-balancer-rules");
const real = (name: string) => at(endpoints, `aws_lb_listener.${name}`);

const listener = "aws_lb_listener.made";
const redirect: JsonObject = { type: "redirect", redirect: [{ protocol: "HTTPS" }] };
const forward: JsonObject = { type: "forward" };
const path = (...values: string[]): JsonObject => ({ path_pattern: [{ values }] });

interface RuleValues {
  readonly action?: JsonObject;
  readonly condition?: readonly JsonObject[];
  readonly priority?: number;
  readonly unknown?: JsonObject;
}

/** What becomes of plain HTTP, by address, on a listener that forwards by default. */
function treatments(rules: readonly RuleValues[], listeners = ["made"]) {
  const changes = Object.fromEntries([
    ...listeners.map((name) => [
      `aws_lb_listener.${name}`,
      { after: { protocol: "HTTP", default_action: [forward] }, after_unknown: { arn: true } },
    ]),
    ...rules.map(({ action = redirect, condition = [path("/*")], priority, unknown }, index) => [
      `aws_lb_listener_rule.r${index}`,
      { after: { action: [action], condition, priority }, after_unknown: { listener_arn: true, ...unknown } },
    ]),
  ]);
  const arn = refersTo(...listeners.map((name) => `aws_lb_listener.${name}.arn`));
  const resources = [
    ...listeners.map((name) => configured(`aws_lb_listener.${name}`)),
    ...rules.map((_, index) => configured(`aws_lb_listener_rule.r${index}`, { listener_arn: arn })),
  ];
  const { routes } = at(endpointsOf(plan({ changes, root: { resources } })), listener);
  return Object.fromEntries(routes.map(({ plainHttp }) => [plainHttp?.place.address.split(".")[1], said(plainHttp)]));
}

describe("a rule that takes every request", () => {
  test.each<[string, readonly JsonObject[], boolean]>([
    ["/*", [path("/*")], true],
    ["*", [path("*")], true],
    ["one of two patterns", [path("/api/*", "/*")], true],
    ["any host", [{ host_header: [{ values: ["*"] }] }], true],
    ["any path of any host", [path("*"), { host_header: [{ values: ["*"] }] }], true],
    ["no condition", [], true],
    ["as provider 2 writes it", [{ field: "path-pattern", values: ["/*"] }], true],
    ["/", [path("/")], false],
    ["/api/*", [path("/api/*")], false],
    ["one host", [{ host_header: [{ values: ["*.example.com"] }] }], false],
    ["any path of one host", [path("/*"), { host_header: [{ values: ["www.example.com"] }] }], false],
    ["a method", [{ http_request_method: [{ values: ["GET"] }] }], false],
    ["a header that is there", [{ http_header: [{ http_header_name: "x", values: ["*"] }] }], false],
    ["another field of provider 2", [{ field: "host-header", values: ["/*"] }], false],
  ])("%s", (_, condition, isAll) => {
    expect(treatments([{ condition }])).toEqual({ made: isAll ? "redirected" : "served", r0: "redirected" });
  });

  test("not where its conditions are known after apply, or its listener may be another", () => {
    expect(treatments([{ condition: [], unknown: { condition: true } }]).made).toBe("served");
    expect(treatments([{}], ["made", "other"]).made).toBe("served");
  });
});

describe("what it leaves to the others", () => {
  const late = { action: forward, condition: [path("/late/*")] };

  test("nothing to the default action and to rules after it; those before it are as they are", () => {
    expect(treatments([{ priority: 10 }, { ...late, priority: 5 }, { ...late, priority: 20 }])).toEqual({
      made: "redirected",
      r0: "redirected",
      r1: "served",
      r2: "redirected",
    });
  });

  test("without a priority it comes before the default action, and before no rule for certain", () => {
    expect(treatments([{}, { ...late, priority: 20 }])).toEqual({ made: "redirected", r0: "redirected", r1: "served" });
  });

  test("the first of two takes all", () => {
    const forwarding = { action: forward, condition: [path("*")] };
    expect(treatments([{ priority: 2 }, { ...forwarding, priority: 1 }])).toEqual({ r1: "served" });
    expect(treatments([{ priority: 1 }, { ...forwarding, priority: 2 }]).r1).toBe("redirected");
  });

  test("of a real plan", () => {
    expect(outcomes("aws-load-balancer-rules", "https-only")).toMatchObject({
      "aws_lb_listener.redirected": "pass",
      "aws_lb_listener_rule.all": "pass",
      "aws_lb_listener_rule.before": "fail",
      "aws_lb_listener_rule.after": "pass",
      "aws_lb_listener.partly": "fail",
      "aws_lb_listener_rule.some": "pass",
    });
    const [hidden] = real("redirected").routes.filter(
      ({ plainHttp }) => plainHttp?.place.address === listenerOf("redirected"),
    );
    expect(hidden?.plainHttp?.related).toEqual(["aws_lb_listener_rule.all"]);
  });
});

const listenerOf = (name: string) => `aws_lb_listener.${name}`;

describe("a redirect of HTTPS", () => {
  test("to plain HTTP is a failure of its own, by the default action or by a rule", () => {
    const found = findings("aws-load-balancer-rules").filter(
      ({ policy, address }) => policy === "https-only" && address.includes("leaving"),
    );
    expect(found.map(({ address, outcome, message }) => [address, outcome === "fail" ? message : outcome])).toEqual([
      [listenerOf("leaving"), "pass"],
      [listenerOf("leaving"), "redirects HTTPS to plain HTTP on *"],
      ['aws_lb_listener_rule.leaving["#{protocol}"]', "pass"],
      ['aws_lb_listener_rule.leaving["HTTP"]', "redirects HTTPS to plain HTTP on /http/*"],
      ['aws_lb_listener_rule.leaving["HTTPS"]', "pass"],
    ]);
    expect(found[1]?.remedy).toEqual({
      address: listenerOf("leaving"),
      attribute: "default_action[0].redirect[0].protocol",
      value: "HTTPS",
    });
  });

  test.each<[string, JsonObject, unknown]>([
    ["the protocol left out", { type: "redirect", redirect: [{}] }, "https"],
    [
      "an odd protocol",
      { type: "redirect", redirect: [{ protocol: "http" }] },
      '? "http" is not a value that tlsgate recognises',
    ],
    ["no redirect", forward, undefined],
  ])("%s", (_, action, expected) => {
    const after = { protocol: "HTTPS", default_action: [action] };
    const { routes } = at(endpointsOf(plan({ changes: { [listener]: { after } } })), listener);
    expect(routes.map(({ redirectsTo }) => said(redirectsTo)).at(-1)).toBe(expected);
  });

  test("by a rule of a listener that was looked up", () => {
    const action = [{ type: "redirect", redirect: [{ protocol: "HTTP" }] }];
    const changes = {
      "data.aws_lb_listener.it": { after: { arn: "looked-up", protocol: "HTTPS" } },
      "aws_lb_listener_rule.made": { after: { listener_arn: "looked-up", action } },
    };
    const { routes } = at(endpointsOf(plan({ changes })), "aws_lb_listener_rule.made");
    expect(routes.map(({ redirectsTo }) => said(redirectsTo))).toEqual(["http"]);
  });
});

describe("TCP of a network load balancer", () => {
  test("leads to an application load balancer of this plan", () => {
    const behind = (port: string) =>
      real(`tcp["${port}"]`).upstreams.map(({ endpoint, protocol }) => [endpoint, said(protocol)]);
    expect(behind("80")).toEqual([[listenerOf("redirected"), "viewer"]]);
    expect(behind("443")).toEqual([[listenerOf("leaving"), "viewer"]]);
    expect(real('tcp["80"]').routes).toEqual([]);
  });

  test("on port 80 to what no plan shows; on other ports nothing is said", () => {
    const { routes } = real('passing["80"]');
    expect(routes.map(({ plainHttp }) => [said(plainHttp), plainHttp])).toMatchObject([
      ["? what answers behind it redirects plain HTTP or not, outside the plan", { kind: "outside" }],
    ]);
    expect(["443", "5432"].map((port) => endpoints.has(`${listenerOf("passing")}["${port}"]`))).toEqual([false, false]);
    expect(endpoints.has(`${listenerOf("tcp")}["8080"]`)).toBe(false);
  });
});

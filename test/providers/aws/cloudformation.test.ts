// Templates of CloudFormation and resources of Cloud Control: literals are judged, whatever else there is is not judged.

import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import { isShown } from "../../../src/facts/fact.ts";
import { viewPlan } from "../../../src/plan/view.ts";
import cloudformation from "../../../src/providers/aws/cloudformation.ts";
import { plan } from "../../support/made.ts";
import { notJudgedOf } from "../../support/not-judged.ts";
import { findings, fixture, outcomes } from "../../support/plans.ts";

const endpointsOf = (type: string, after: object, after_sensitive: object = {}): readonly Endpoint[] =>
  collect(
    viewPlan(
      plan({ changes: { [`${type}.it`]: { after: after as never, after_sensitive: after_sensitive as never } } }),
      "after",
    ),
    [cloudformation],
  ).endpoints;

const inTemplate = (resources: object): readonly Endpoint[] =>
  endpointsOf("aws_cloudformation_stack", { template_body: JSON.stringify({ Resources: resources }) });

const listener = (properties: object): Endpoint | undefined =>
  inTemplate({ Web: { Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: properties } })[0];

const distribution = (config: object): Endpoint | undefined =>
  inTemplate({ Site: { Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig: config } } })[0];

const plainHttpOf = (endpoint: Endpoint | undefined) =>
  endpoint?.routes.map(({ path, plainHttp }) => [path, plainHttp && isShown(plainHttp) ? plainHttp.value : undefined]);

const shownIn = (one: { readonly state: string } | undefined): unknown =>
  one && "value" in one ? one.value : one?.state;

describe("a distribution", () => {
  const behavior = (policy: unknown, more: object = {}) => ({
    ViewerProtocolPolicy: policy,
    TargetOriginId: "o",
    ...more,
  });

  test("routes by their behaviors, each at its place", () => {
    const found = distribution({
      DefaultCacheBehavior: behavior("redirect-to-https"),
      CacheBehaviors: [
        behavior("allow-all", { PathPattern: "/a/*" }),
        behavior("https-only", { PathPattern: { Ref: "P" } }),
      ],
    });
    expect(plainHttpOf(found)).toEqual([
      ["* of Site", "redirected"],
      ["/a/* of Site", "served"],
      ["* of Site", "refused"],
    ]);
    expect(found?.routes[1]?.plainHttp?.place).toEqual({
      address: "aws_cloudformation_stack.it",
      at: "template_body.Resources.Site.Properties.DistributionConfig.CacheBehaviors[0].ViewerProtocolPolicy",
    });
  });

  test.each([[{ Ref: "Policy" }], [{ "Fn::If": ["c", "allow-all", "https-only"] }], ["no-such-policy"], [undefined]])(
    "no route where the policy is %j",
    (policy) => expect(distribution({ DefaultCacheBehavior: behavior(policy) })?.routes).toEqual([]),
  );

  test.each<[string, object, readonly unknown[]]>([
    ["nothing", {}, ["provider", "TLS 1.0"]],
    ["CloudFront's own", { ViewerCertificate: { CloudFrontDefaultCertificate: "true" } }, ["provider", "TLS 1.0"]],
    ["nothing for a name", { Aliases: ["www.example.com"] }, ["missing", "TLS 1.0"]],
    ["nothing for names of a function", { Aliases: { Ref: "Names" } }, [undefined, "TLS 1.0"]],
    [
      "a certificate and a policy",
      { ViewerCertificate: { AcmCertificateArn: { Ref: "C" }, MinimumProtocolVersion: "TLSv1.2_2021" } },
      [undefined, "TLS 1.2"],
    ],
    ["a certificate and no policy", { ViewerCertificate: { AcmCertificateArn: { Ref: "C" } } }, [undefined, "TLS 1.0"]],
  ])("with %s: %j", (_, config, expected) => {
    const found = distribution({ Enabled: true, ...config });
    expect([shownIn(found?.certificate), shownIn(found?.minimumTls)]).toEqual(expected);
  });

  test.each([
    { ViewerCertificate: { "Fn::If": ["c", {}, {}] } },
    { ViewerCertificate: { AcmCertificateArn: "a", MinimumProtocolVersion: { Ref: "V" } } },
    { ViewerCertificate: { AcmCertificateArn: "a", MinimumProtocolVersion: "TLSv9" } },
  ])("nothing of TLS with %j", (config) =>
    expect(distribution({ DefaultCacheBehavior: behavior("allow-all"), ...config })?.minimumTls).toBeUndefined(),
  );

  test("origins that a behavior uses and that do not follow the viewer", () => {
    const origin = (id: string, policy: unknown) => ({ Id: id, CustomOriginConfig: { OriginProtocolPolicy: policy } });
    const found = distribution({
      DefaultCacheBehavior: { TargetOriginId: "http" },
      CacheBehaviors: [{ TargetOriginId: "https" }, { TargetOriginId: "viewer" }, { TargetOriginId: "open" }],
      Origins: [
        origin("http", "http-only"),
        origin("https", "https-only"),
        origin("viewer", "match-viewer"),
        origin("open", { Ref: "P" }),
        origin("unused", "http-only"),
      ],
    });
    expect(found?.upstreams.map(({ name, protocol }) => [name, shownIn(protocol)])).toEqual([
      ["http of Site", "http"],
      ["https of Site", "https"],
    ]);
  });

  test("nothing of one that a function makes", () =>
    expect(
      inTemplate({ Site: { Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig: { Ref: "C" } } } }),
    ).toEqual([]));
});

describe("a listener", () => {
  const redirect = (protocol?: unknown) => [{ Type: "redirect", RedirectConfig: { Protocol: protocol } }];

  test.each<[string, unknown, unknown]>([
    ["forwards", [{ Type: "forward" }], "served"],
    ["redirects to HTTPS", redirect("HTTPS"), "redirected"],
    ["redirects to HTTP", redirect("HTTP"), "served"],
    ["redirects to the same protocol", redirect(), "served"],
  ])("of HTTP that %s", (_, actions, expected) =>
    expect(plainHttpOf(listener({ Protocol: "HTTP", DefaultActions: actions }))).toEqual([["* of Web", expected]]),
  );

  test.each<[string, object]>([
    ["answers by itself", { Protocol: "HTTP", DefaultActions: [{ Type: "fixed-response" }] }],
    ["redirects to what a parameter says", { Protocol: "HTTP", DefaultActions: redirect({ Ref: "P" }) }],
    ["has an action of a function", { Protocol: "HTTP", DefaultActions: { "Fn::If": [] } }],
    ["has a protocol of a parameter", { Protocol: { Ref: "P" }, SslPolicy: "ELBSecurityPolicy-2016-08" }],
    ["passes TCP on", { Protocol: "TCP", DefaultActions: [{ Type: "forward" }] }],
    ["has a policy of a parameter", { Protocol: "HTTPS", SslPolicy: { Ref: "P" } }],
  ])("nothing of one that %s", (_, properties) => expect(listener(properties)).toBeUndefined());

  test("a rule of the template can take all requests before its default action", () => {
    const resources = (action: object) => ({
      Web: { Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: { Protocol: "HTTP", DefaultActions: action } },
      Rule: { Type: "AWS::ElasticLoadBalancingV2::ListenerRule", Properties: {} },
    });
    expect(inTemplate(resources([{ Type: "forward" }]))).toEqual([]);
    expect(inTemplate(resources(redirect("HTTPS")))).toHaveLength(1);
  });

  test.each([
    ["HTTPS", "ELBSecurityPolicy-TLS13-1-0-2021-06", "TLS 1.0"],
    ["TLS", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "TLS 1.2"],
    ["HTTPS", undefined, "TLS 1.0"],
  ])("of %s with the policy %s: %s", (protocol, policy, version) =>
    expect(shownIn(listener({ Protocol: protocol, SslPolicy: policy })?.minimumTls)).toBe(version),
  );
});

describe("other types", () => {
  test("domain names of API Gateway, by their security policies", () => {
    const [rest, http] = inTemplate({
      Rest: { Type: "AWS::ApiGateway::DomainName", Properties: { SecurityPolicy: "TLS_1_0" } },
      Http: {
        Type: "AWS::ApiGatewayV2::DomainName",
        Properties: { DomainNameConfigurations: [{ SecurityPolicy: "TLS_1_2" }] },
      },
      None: { Type: "AWS::ApiGatewayV2::DomainName", Properties: {} },
    });
    expect([shownIn(rest?.minimumTls), shownIn(http?.minimumTls)]).toEqual(["TLS 1.0", "TLS 1.2"]);
  });

  test.each(["AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"])("%s", (type) => {
    const domain = (options: object) =>
      inTemplate({ D: { Type: type, Properties: { DomainEndpointOptions: options } } })[0];
    expect(plainHttpOf(domain({ EnforceHTTPS: "false" }))).toEqual([["* of D", "served"]]);
    expect(plainHttpOf(domain({ EnforceHTTPS: true }))).toEqual([["* of D", "refused"]]);
    expect(shownIn(domain({ TLSSecurityPolicy: "Policy-Min-TLS-1-0-2019-07" })?.minimumTls)).toBe("TLS 1.0");
    expect(domain({ EnforceHTTPS: { Ref: "P" } })).toBeUndefined();
    expect(domain({})).toBeUndefined();
  });

  test("any other, and one that a condition may leave out, make none", () => {
    const bad = { Protocol: "HTTP", DefaultActions: [{ Type: "forward" }] };
    expect(
      inTemplate({
        Role: { Type: "AWS::IAM::Role" },
        Strange: { Type: "constructor" },
        Sometimes: { Type: "AWS::ElasticLoadBalancingV2::Listener", Condition: "IsTest", Properties: bad },
        Broken: "text",
      }),
    ).toEqual([]);
  });
});

describe("the text", () => {
  const web = '{"Resources":{"Web":{"Type":"AWS::ApiGateway::DomainName","Properties":{"SecurityPolicy":"TLS_1_0"}}}}';
  const yaml = "Resources:\n  Web:\n    Type: AWS::ApiGateway::DomainName\n    Properties:\n      SecurityPolicy: ";
  const stack = (template_body: string) => endpointsOf("aws_cloudformation_stack", { template_body });

  test("is JSON or YAML, of a stack or a stack set", () => {
    expect(stack(web)).toHaveLength(1);
    expect(stack(`${yaml}TLS_1_0\n`)).toHaveLength(1);
    expect(endpointsOf("aws_cloudformation_stack_set", { template_body: web })).toHaveLength(1);
  });

  test.each([
    ["a short form of a function", `${yaml}!Ref TLS_1_0\n`],
    ["no YAML", "Resources: [\n"],
    ["no JSON", web.slice(0, -1)],
    ["a list", "[]"],
    ["empty", ""],
    ["longer than AWS takes", `${yaml}TLS_1_0\n#${" ".repeat(51_200)}`],
    [
      "made of aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
        { length: 20 },
        (_, i) =>
          `b${i}: &b${i} [${Array(9)
            .fill(i ? `*b${i - 1}` : "*a")
            .join(",")}]`,
      ).join("\n")}\n`,
    ],
    ["nested without end", "[".repeat(100_000)],
    ["of strange keys", '{"Resources":{"__proto__":{"Type":"AWS::ApiGateway::DomainName"},"constructor":1}}'],
  ])("that is %s makes none", (_, text) => expect(stack(text)).toEqual([]));

  test("that is not shown makes none", () =>
    expect(
      collect(
        viewPlan(
          plan({ changes: { "aws_cloudformation_stack.it": { after_unknown: { template_body: true } } } }),
          "after",
        ),
        [cloudformation],
      ).endpoints,
    ).toEqual([]));

  test("that is sensitive is judged, and none of its words is told", () => {
    const [endpoint] = endpointsOf("aws_cloudformation_stack", { template_body: web }, { template_body: true });
    expect(endpoint?.minimumTls).toMatchObject({ value: "TLS 1.0", sensitive: true, place: { at: "template_body" } });
    const after = {
      template_body: JSON.stringify({
        Resources: {
          Hidden: {
            Type: "AWS::CloudFront::Distribution",
            Properties: {
              DistributionConfig: {
                DefaultCacheBehavior: { ViewerProtocolPolicy: "allow-all", PathPattern: "/hidden" },
              },
            },
          },
        },
      }),
    };
    const made = plan({
      changes: { "aws_cloudformation_stack.it": { after, after_sensitive: { template_body: true } } },
    });
    const told = JSON.stringify(findings(made));
    expect(told).toContain("https-only");
    expect(told).not.toMatch(/hidden/i);
  });
});

describe("Cloud Control", () => {
  const controlled = (type_name: string, state: object) =>
    endpointsOf("aws_cloudcontrolapi_resource", { type_name, desired_state: JSON.stringify(state) });

  test("by its type and its desired state", () => {
    const [found] = controlled("AWS::ApiGateway::DomainName", { SecurityPolicy: "TLS_1_0" });
    expect(found?.minimumTls).toMatchObject({ value: "TLS 1.0", place: { at: "desired_state.SecurityPolicy" } });
    expect(controlled("AWS::ECS::Cluster", { SecurityPolicy: "TLS_1_0" })).toEqual([]);
  });
});

test("real stacks: what they say literally, and each of them is not judged for the rest", () => {
  expect(outcomes("aws-templates", "https-only")).toEqual({
    "aws_cloudformation_stack.bad": "fail",
    "aws_cloudformation_stack.yaml": "pass",
    "aws_cloudcontrolapi_resource.search": "fail",
  });
  expect(outcomes("aws-templates", "minimum-tls-1-2")).toEqual({
    "aws_cloudformation_stack.bad": "fail",
    "aws_cloudformation_stack.yaml": "fail",
    "aws_cloudformation_stack.secret": "fail",
    "aws_cloudcontrolapi_resource.search": "pass",
  });
  expect(outcomes("aws-templates", "origin-https-only")).toEqual({ "aws_cloudformation_stack.bad": "fail" });
  expect(outcomes("aws-templates", "certificate-present")).toEqual({ "aws_cloudformation_stack.bad": "pass" });
  const places = findings("aws-templates").filter(({ outcome }) => outcome === "fail");
  expect(places.map(({ at }) => at).filter((at) => at.includes("Chosen"))).toEqual([]);
  expect(notJudgedOf(fixture("aws-templates"))).toEqual({
    "aws_cloudformation_stack.bad": "CloudFormation stack",
    "aws_cloudformation_stack.yaml": "CloudFormation stack",
    "aws_cloudformation_stack.secret": "CloudFormation stack",
    "aws_cloudcontrolapi_resource.search": "OpenSearch domain",
  });
  expect(JSON.stringify(findings("aws-templates"))).not.toContain("Secret");
});

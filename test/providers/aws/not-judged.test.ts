// What of AWS is not judged: Cloud Control by its type, stacks by their templates, and awscc by the names of CloudFormation.

import { describe, expect, test } from "vitest";
import { awsccTypeOf } from "../../../src/providers/aws/cloudformation-types.ts";
import { kindOf } from "../../support/not-judged.ts";

describe("aws_cloudcontrolapi_resource", () => {
  const controlled = (type_name: string) => kindOf("aws_cloudcontrolapi_resource", { type_name });

  test("is what its type says", () => {
    expect(controlled("AWS::CloudFront::Distribution")).toBe("CloudFront distribution");
    expect(controlled("AWS::ElasticLoadBalancingV2::Listener")).toBe("load balancer listener");
  });

  test("serves nothing by another type", () => {
    expect(controlled("AWS::ECS::Cluster")).toBeUndefined();
    expect(controlled("constructor")).toBeUndefined();
  });

  test("may be any, where its type is not known yet", () =>
    expect(kindOf("aws_cloudcontrolapi_resource", {}, { type_name: true })).toBe("Cloud Control resource"));
});

describe.each(["aws_cloudformation_stack", "aws_cloudformation_stack_set"])("%s", (type) => {
  const what = type === "aws_cloudformation_stack" ? "CloudFormation stack" : "CloudFormation stack set";
  const byTemplate = (template_body: string) => kindOf(type, { template_body });
  const role = { Type: "AWS::IAM::Role", Properties: { Name: { "Fn::Sub": "AWS::Region" } } };
  const withRole = (more: object) => byTemplate(JSON.stringify({ Resources: { Role: role, ...more } }));

  test.each([
    ["a type that may serve HTTPS", { Cdn: { Type: "AWS::CloudFront::Distribution" } }],
    ["a stack of its own", { Inner: { Type: "AWS::CloudFormation::Stack" } }],
    ["a custom resource", { Own: { Type: "Custom::Website" } }],
    ["a module", { Web: { Type: "Acme::Web::Site::MODULE" } }],
    ["a type of another publisher", { Web: { Type: "Acme::Web::Site" } }],
    ["a macro", { "Fn::Transform": { Name: "Expand" } }],
  ])("with %s", (_, more) => expect(withRole(more)).toBe(what));

  test("serves nothing, where all types are known to serve nothing", () => {
    expect(withRole({})).toBeUndefined();
    expect(byTemplate("Resources:\n  Role:\n    Type: AWS::IAM::Role\n")).toBeUndefined();
  });

  test("reads YAML as well", () => {
    expect(byTemplate("Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n")).toBe(what);
    expect(byTemplate("Transform: AWS::Serverless-2016-10-31\nResources:\n  R:\n    Type: AWS::IAM::Role\n")).toBe(
      what,
    );
  });

  test("may serve, where the template is not shown or not read", () => {
    expect(kindOf(type, { template_url: "https://templates.example.com/a.yaml" }, { template_body: true })).toBe(what);
    expect(byTemplate("")).toBe(what);
  });
});

test.each([
  ["aws_cloudformation_stack_instances", "instances of a CloudFormation stack set"],
  ["aws_mwaa_environment", "Airflow environment"],
  ["aws_workspacesweb_portal", "WorkSpaces web portal"],
  ["awscc_mwaa_environment", "Airflow environment"],
  ["aws_vpc", undefined],
])("%s: %s", (type, what) => expect(kindOf(type, {})).toBe(what));

test.each([
  ["AWS::AppSync::GraphQLApi", "awscc_appsync_graph_ql_api"],
  ["AWS::ElasticLoadBalancingV2::ListenerRule", "awscc_elasticloadbalancingv2_listener_rule"],
  ["AWS::Neptune::DBCluster", "awscc_neptune_db_cluster"],
  ["AWS::ApiGateway::DomainNameV2", "awscc_apigateway_domain_name_v2"],
  ["AWS::ServiceCatalog::CloudFormationProvisionedProduct", "awscc_servicecatalog_cloudformation_provisioned_product"],
])("%s is %s", (type, awscc) => {
  expect(awsccTypeOf(type)).toBe(awscc);
  expect(kindOf(awscc, {})).toBeTypeOf("string");
});

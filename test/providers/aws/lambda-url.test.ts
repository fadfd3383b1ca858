// Function URLs → endpoints: a name of AWS's own, of which no page tells the TLS.

import { describe, expect, test } from "vitest";
import type { JsonObject, Mask } from "../../../src/plan/plan.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

test("of a real plan: nothing is judged that no page tells", () => {
  const url = at(endpointsOf("aws-managed-endpoints"), "aws_lambda_function_url.site");
  expect(url).toMatchObject({ kind: "Lambda function URL", names: [], certificates: [], upstreams: [] });
  expect(said(url.certificate)).toBe("provider");
  const untold = "? AWS does not say which TLS versions and cipher suites function URLs take";
  expect([said(url.minimumTls), said(url.forwardSecrecy), said(url.aeadOnly)]).toEqual([untold, untold, untold]);
  expect(url.routes.map(({ plainHttp, hsts }) => [said(plainHttp), said(hsts?.maxAge)])).toEqual([
    [
      "? AWS calls function URLs HTTP(S) endpoints, and does not say what plain HTTP gets",
      "? the function sends the Strict-Transport-Security header or not, outside the plan",
    ],
  ]);
});

test("one that CloudFront alone may invoke is its origin, and no endpoint", () => {
  const endpoints = endpointsOf("aws-lambda-url-behind-cloudfront");
  const urls = [...endpoints.keys()].filter((address) => address.startsWith("aws_lambda_function_url."));
  expect(urls.map((address) => address.split(".")[1]).sort()).toEqual([
    "alone",
    "any_distribution",
    "not_let_in",
    "open",
    "shared",
    "unsigned",
  ]);
  const { upstreams } = at(endpoints, "aws_cloudfront_distribution.api");
  expect(upstreams.map(({ protocol, minimumTls }) => [said(protocol), said(minimumTls)])).toEqual(
    Array.from({ length: 7 }, () => ["https", "TLS 1.2"]),
  );
});

describe("a permission of a function", () => {
  const around = (permission: JsonObject, unknown: Mask) =>
    endpointsOf(
      plan({
        changes: {
          "aws_lambda_function_url.made": {
            after: {
              function_name: "orders",
              authorization_type: "AWS_IAM",
              function_url: "https://a.lambda-url.eu-west-1.on.aws/",
            },
          },
          "aws_lambda_permission.cloudfront": {
            after: {
              action: "lambda:InvokeFunctionUrl",
              function_name: "orders",
              principal: "cloudfront.amazonaws.com",
              source_arn: "arn:aws:cloudfront::123456789012:distribution/E1",
            },
          },
          "aws_lambda_permission.other": { after: permission, after_unknown: unknown },
          "aws_cloudfront_origin_access_control.made": { after: { id: "O", signing_behavior: "always" } },
          "aws_cloudfront_distribution.made": {
            after: {
              origin: [{ origin_id: "a", domain_name: "a.lambda-url.eu-west-1.on.aws", origin_access_control_id: "O" }],
            },
          },
        },
      }),
    ).has("aws_lambda_function_url.made");
  const other = { action: "lambda:InvokeFunctionUrl", function_name: "orders", principal: "123456789012" };

  test.each<[string, boolean, JsonObject, Mask]>([
    ["of the same name", true, other, {}],
    ["by its ARN", true, { ...other, function_name: "arn:aws:lambda:eu-west-1:123456789012:function:orders:live" }, {}],
    ["by a part of its ARN", true, { ...other, function_name: "123456789012:function:orders" }, {}],
    ["with any action", true, { ...other, action: "lambda:*" }, {}],
    ["with an action that is not known", true, { ...other, action: null }, { action: true }],
    ["of a function that is not known", true, { ...other, function_name: null }, { function_name: true }],
    ["of a principal that is not known", true, { ...other, principal: null }, { principal: true }],
    ["of CloudFront, for every distribution", true, { ...other, principal: "cloudfront.amazonaws.com" }, {}],
    [
      "of CloudFront, for what is not known",
      true,
      { ...other, principal: "cloudfront.amazonaws.com", source_arn: null },
      { source_arn: true },
    ],
    [
      "of CloudFront, for distributions of all accounts",
      true,
      { ...other, principal: "cloudfront.amazonaws.com", source_arn: "arn:aws:cloudfront::*:distribution/*" },
      {},
    ],
    [
      "of CloudFront, for the distributions of an account",
      false,
      {
        ...other,
        principal: "cloudfront.amazonaws.com",
        source_arn: "arn:aws:cloudfront::123456789012:distribution/*",
      },
      {},
    ],
    ["of another function", false, { ...other, function_name: "others" }, {}],
    ["that is not for the URL", false, { ...other, action: "lambda:InvokeFunction" }, {}],
  ])("%s: an endpoint is %s", (_, isEndpoint, permission, unknown) => {
    expect(around(permission, unknown)).toBe(isEndpoint);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_lambda_function_url.made": {
        function_name: "text",
        authorization_type: "text",
        cors: [{ allow_origins: ["text"] }],
      },
    },
    words: ["NONE", "AWS_IAM", "", "*", "constructor"],
    passing: { "certificate-present": () => true },
  }));

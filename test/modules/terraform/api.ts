// The API behind CloudFront, as construct and as Terraform module.

import { Api, type ApiProps } from "../../../modules/api-endpoint.ts";
import { Certificate, type EdgeCertificateArn } from "../../../modules/certificate.ts";
import { Logs } from "../../../modules/logs.ts";
import { Origin } from "../../../modules/origin.ts";
import { SecurityHeaders } from "../../../modules/security-headers.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const arn: EdgeCertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/edge";
const url = { functionUrl: "https://abc123.lambda-url.eu-west-1.on.aws/", functionName: "orders" };

const serve = (name: string, props: ApiProps, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => void new Api(scope, id, props),
  inputs: { name: `stack/api/${name}/cdn`, ...inputs },
});

const zones = { "example.com": "Z1" } as const;
const gateway = "abc123.execute-api.eu-west-1.amazonaws.com";

export const api: EqualModule = {
  module: "api",
  cases: [
    serve(
      "plain",
      { domains: ["plain-api.example.com"], zones, origin: Origin.https(gateway, { id: "origin", path: "/prod" }) },
      { domains: ["plain-api.example.com"], zones, origin: { domain: gateway, path: "/prod" } },
    ),
    serve(
      "for-scripts",
      {
        domains: ["scripts-api.example.com"],
        zones,
        origin: Origin.https(gateway, { id: "origin" }),
        cors: { origins: ["https://app.example.com"], methods: ["GET", "POST"], credentials: true },
        cachePaths: ["/public/*", "*.json"],
        logs: Logs.none(),
      },
      {
        domains: ["scripts-api.example.com"],
        zones,
        origin: { domain: gateway },
        cors: { origins: ["https://app.example.com"], methods: ["GET", "POST"], credentials: true },
        cache_paths: ["/public/*", "*.json"],
        logs: null,
      },
    ),
    serve(
      "function",
      {
        domains: ["function-api.example.com"],
        zones,
        origin: Origin.lambdaUrl(url, { id: "origin" }),
        certificate: Certificate.fromArn(arn),
        priceClass: "PriceClass_100",
        geo: { deny: ["AQ"] },
        tags: { team: "web" },
      },
      {
        domains: ["function-api.example.com"],
        zones,
        origin: { type: "lambda", domain: url.functionUrl, function_name: url.functionName },
        certificate: { arn },
        price_class: "PriceClass_100",
        geo: { deny: ["AQ"] },
        tags: { team: "web" },
      },
    ),
    serve(
      "with-headers",
      {
        domains: ["headers-api.example.com"],
        zones,
        origin: Origin.https(gateway, { id: "origin" }),
        headers: SecurityHeaders.api({ hsts: { maxAgeDays: 365 }, remove: ["server"] }),
        logs: Logs.firehose(stream),
      },
      {
        domains: ["headers-api.example.com"],
        zones,
        origin: { domain: gateway },
        headers: { hsts: { max_age_days: 365 }, remove: ["server"] },
        logs: { to: "firehose", stream_arn: stream },
      },
    ),
    serve(
      "waived",
      {
        domains: ["meters-api.example.com"],
        zones,
        origin: Unsafe.plainHttpOrigin("meters.example.com", waive("origin-https-only"), { id: "origin" }),
      },
      {
        domains: ["meters-api.example.com"],
        zones,
        origin: { type: "http", domain: "meters.example.com" },
        waivers: [waiverInput("origin-https-only")],
      },
    ),
  ],
};

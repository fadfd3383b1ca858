// An API that scripts of one site may call, with one path that is cached.

import { LambdaFunctionUrl } from "@cdktf/provider-aws/lib/lambda-function-url/index.js";
import { Construct } from "constructs";
import { Api } from "../../../modules/api-endpoint.ts";
import { Origin } from "../../../modules/origin.ts";

export function api(scope: Construct): void {
  const here = new Construct(scope, "api");
  new Api(here, "api", {
    domains: ["api.example.com"],
    zones: { "example.com": "Z1" },
    origin: Origin.lambdaUrl(
      new LambdaFunctionUrl(here, "orders", { functionName: "orders", authorizationType: "AWS_IAM" }),
    ),
    cors: { origins: ["https://app.example.com"], methods: ["GET", "POST"], credentials: true },
    cachePaths: ["/public/*"],
  });
}

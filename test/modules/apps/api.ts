// An API that scripts of one site may call, with one path that is cached.

import type { Construct } from "constructs";
import { Api } from "../../../modules/api-endpoint.ts";
import { Origin } from "../../../modules/origin.ts";

export function api(scope: Construct): void {
  new Api(scope, "api", {
    domains: ["api.example.com"],
    zones: { "example.com": "Z1" },
    origin: Origin.lambdaUrl({ functionUrl: "https://abc123.lambda-url.eu-west-1.on.aws/", functionName: "orders" }),
    cors: { origins: ["https://app.example.com"], methods: ["GET", "POST"], credentials: true },
    cachePaths: ["/public/*"],
  });
}

// A single-page app, with its API under the same domain.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Origin, SecurityHeaders, StaticWebsite } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "single-page-app");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const website = new StaticWebsite(stack, "app", {
  domains: ["app.example.com"],
  zones: { "example.com": "Z0123456789ABCDEFGHIJ" },
  // Every path without an extension gets index.html, and the app's router takes it from there.
  spa: true,
  headers: SecurityHeaders.strict({ csp: "default-src 'self'; frame-ancestors 'none'; upgrade-insecure-requests" }),
  behaviors: {
    "/api/*": {
      origin: Origin.https("backend.example.com"),
      viewerProtocol: "https-only",
      methods: "all",
      cache: "disabled",
      forward: "all-except-host",
    },
  },
});

new TerraformOutput(stack, "url", { value: website.url });
new TerraformOutput(stack, "bucket", { value: website.bucketName });

app.synth();

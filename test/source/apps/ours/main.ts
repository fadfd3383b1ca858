// A CDKTF app with a website of tlsgate/modules.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { Origin } from "../../../../modules/origin.ts";
import { StaticWebsite } from "../../../../modules/static-website.ts";

const app = new App();
const stack = new TerraformStack(app, "stack");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
// @website new
new StaticWebsite(stack, "website", {
  domains: ["example.com"], // @domains domains
  zones: { "example.com": "Z1" },
  minimumTls: "TLSv1.2_2021", // @floor minimumTls
  behaviors: {
    "/a/*": { origin: Origin.https("a.example.com") },
    "/b/*": {
      origin: Origin.https("b.example.com"),
      viewerProtocol: "https-only", // @ordered viewerProtocol
    },
  },
});
app.synth();

// Old domains that redirect to the new one.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { Redirect } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "redirect");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

new Redirect(stack, "redirect", {
  from: ["example.net", "www.example.net", "example.org"],
  to: "https://www.example.com",
  // Each domain belongs to the zone with the longest suffix of it.
  zones: { "example.net": "Z0123456789ABCDEFGHIJ", "example.org": "Z9876543210JIHGFEDCBA" },
  status: 308,
});

app.synth();

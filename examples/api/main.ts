// An API that scripts of one site may call.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Api, Origin } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "api");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const api = new Api(stack, "api", {
  domains: ["api.example.com"],
  zones: { "example.com": "Z0123456789ABCDEFGHIJ" },
  origin: Origin.https("backend.example.com"),
  cors: { origins: ["https://app.example.com"], methods: ["GET", "POST"] },
  // Answers are cached here alone, for as long as their Cache-Control says.
  cachePaths: ["/public/*"],
});

new TerraformOutput(stack, "url", { value: api.url });

app.synth();

// A website from a private bucket, at its domain and at www.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { StaticWebsite } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "website");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const website = new StaticWebsite(stack, "website", {
  // The first is the website; the others redirect to it.
  domains: ["example.com", "www.example.com"],
  // The hosted zone in Route 53, by name.
  zones: { "example.com": "Z0123456789ABCDEFGHIJ" },
  notFoundPage: "/404.html",
});

new TerraformOutput(stack, "url", { value: website.url });
new TerraformOutput(stack, "bucket", { value: website.bucketName });

app.synth();

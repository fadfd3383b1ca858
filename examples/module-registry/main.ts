// A registry of Terraform modules from a private bucket: it serves the files that `tlsgate modules publish` writes.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Origin, PrivateBucket, StaticWebsite } from "tlsgate/modules";
import { locationHeader } from "./location-header.js";

const app = new App();
const stack = new TerraformStack(app, "module-registry");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const bucket = new PrivateBucket(stack, "files");
const origin = Origin.s3(bucket);

const registry = new StaticWebsite(stack, "registry", {
  domains: ["modules.example.com"],
  zones: { "example.com": "Z0123456789ABCDEFGHIJ" },
  bucket,
  // With status 404, which Terraform reports as "Module not found".
  notFoundPage: "/index.html",
  // Terraform asks for files without an extension: versions, download and SHA256SUMS.
  directoryIndexes: false,
  // It reads the location of a package from a header.
  behaviors: { "*/download": { origin, viewerResponse: { code: locationHeader } } },
});

new TerraformOutput(stack, "url", { value: registry.url });
new TerraformOutput(stack, "bucket", { value: registry.bucketName });

app.synth();

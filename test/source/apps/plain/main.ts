// A CDKTF app with a site, and a distribution by a class that only hands its properties on.

import {
  CloudfrontDistribution,
  type CloudfrontDistributionConfig,
} from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Site } from "./site.ts";

class Behind extends CloudfrontDistribution {
  constructor(scope: Construct, id: string, config: CloudfrontDistributionConfig) {
    super(scope, id, config); // @super super
  }
}

const app = new App();
const stack = new TerraformStack(app, "stack");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new Site(stack, "site", { domain: "example.com" }); // @site new
new Behind(stack, "behind", {
  enabled: true,
  defaultCacheBehavior: {
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    targetOriginId: "a",
    viewerProtocolPolicy: "allow-all", // @behind viewerProtocolPolicy
  },
  origin: [{ originId: "a", domainName: "b.example.com" }],
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { cloudfrontDefaultCertificate: true },
});
app.synth();

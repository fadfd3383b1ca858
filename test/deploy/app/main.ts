// Two stacks: a shop on CloudFront as CDKTF itself offers it, and its documents by the constructs, which also lead to the shop.

import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformLocal, TerraformOutput, TerraformStack } from "cdktf";
import { Certificate, Distribution, Logs, Origin, PrivateBucket, Validation } from "tlsgate/modules";

const zones = { "example.test": process.env.ZONE_ID ?? "" };
const viewerProtocol = process.env.VIEWER_PROTOCOL ?? "redirect-to-https";

const app = new App();

function stackOf(name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new AwsProvider(stack, "aws", { region: "us-east-1", s3UsePathStyle: true });
  return stack;
}

const shop = stackOf("shop");
const certificate = new Certificate(shop, "certificate", {
  domains: ["shop.example.test"],
  validation: Validation.dns(zones),
});
const headers = new CloudfrontResponseHeadersPolicy(shop, "headers", {
  name: "shop",
  securityHeadersConfig: {
    strictTransportSecurity: { accessControlMaxAgeSec: 63072000, includeSubdomains: true, override: true },
  },
});
// Where the plan's JSON ends: it does not show what a local value holds.
const headersId = new TerraformLocal(shop, "headers-id", headers.id);
const cdn = new CloudfrontDistribution(shop, "cdn", {
  enabled: true,
  aliases: ["shop.example.test"],
  origin: [
    {
      originId: "shop",
      domainName: "origin.example.test",
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
      },
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: "shop",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    responseHeadersPolicyId: headersId.asString,
    viewerProtocolPolicy: viewerProtocol,
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: {
    acmCertificateArn: certificate.certificateArn,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: "TLSv1.2_2021",
  },
  waitForDeployment: false,
});
new TerraformOutput(shop, "certificate-arn", { value: certificate.certificateArn });

const docs = stackOf("docs");
new Distribution(docs, "site", {
  domains: ["docs.example.test"],
  zones,
  certificate: new Certificate(docs, "certificate", {
    domains: ["docs.example.test"],
    validation: Validation.dns(zones),
  }),
  origin: Origin.s3(new PrivateBucket(docs, "files")),
  behaviors: { "/shop/*": { origin: Origin.https(cdn.domainName) } },
  logs: Logs.s3(),
});

app.synth();

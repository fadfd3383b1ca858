// A site as a class of its own: its distribution is written in several ways, each property marked with what finds it.

import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone/index.js";
import { TerraformHclModule } from "cdktf";
import { Construct } from "constructs";

export interface SiteProps {
  readonly domain: string;
}

const tls = {
  sslSupportMethod: "sni-only",
  minimumProtocolVersion: "TLSv1", // @floor minimumProtocolVersion
} as const;

export class Site extends Construct {
  constructor(scope: Construct, id: string, { domain }: SiteProps) {
    super(scope, id);
    new DataAwsRoute53Zone(this, "zone", { name: domain }); // @zone new
    new TerraformHclModule(this, "remote", { source: "example/site/aws" }); // @module new
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: domain,
      keyAlgorithm: "RSA_2048", // @key keyAlgorithm
    });
    const viewerCertificate = { acmCertificateArn: certificate.arn, ...tls };
    const behavior = { targetOriginId: "a", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"] };
    // @cdn new
    new CloudfrontDistribution(this, "cdn", {
      enabled: true,
      aliases: [
        domain,
        "www.example.com", // @alias "www
      ],
      defaultCacheBehavior: { ...behavior, viewerProtocolPolicy: "allow-all" }, // @default viewerProtocolPolicy
      orderedCacheBehavior: [
        { ...behavior, pathPattern: "/a/*", viewerProtocolPolicy: "https-only" },
        {
          ...behavior,
          pathPattern: "/b/*",
          viewerProtocolPolicy: "allow-all", // @ordered viewerProtocolPolicy
        },
      ],
      origin: [
        {
          originId: "a",
          domainName: "a.example.com",
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "http-only", // @origin originProtocolPolicy
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate, // @certificate viewerCertificate
    });
  }
}

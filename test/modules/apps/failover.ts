// A distribution whose bucket is backed by a server, under a certificate over two zones; and another one beside it.

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { Construct } from "constructs";
import { Certificate, Validation } from "../../../modules/certificate.ts";
import { Distribution } from "../../../modules/distribution.ts";
import { Logs } from "../../../modules/logs.ts";
import { Origin } from "../../../modules/origin.ts";

export function failover(scope: Construct): void {
  const here = new Construct(scope, "failover");
  const domains = ["shop.example.com", "shop.example.net"] as const;
  const zones = { "example.com": "Z1", "example.net": "Z4" };
  const certificate = new Certificate(here, "certificate", {
    domains,
    validation: Validation.dns(zones),
    keyAlgorithm: "EC_prime256v1",
  });
  const bucket = new S3Bucket(here, "bucket", {});
  // A bucket that is no PrivateBucket brings its own policy.
  new S3BucketPolicy(here, "policy", {
    bucket: bucket.id,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, `${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    }),
  });
  const server = Origin.https("backup.example.com");
  new Distribution(here, "cdn", {
    domains,
    zones,
    certificate,
    origin: Origin.failover(Origin.s3(bucket), server),
    behaviors: { "/cart": { origin: server, methods: "all", cache: "disabled" }, "*.png": {} },
    geo: { deny: ["AQ"] },
    ipv6: false,
  });
  // Its certificate has a name of the first one: they share the record that validates it.
  const assets = ["assets.shop.example.com", "shop.example.com"] as const;
  new Distribution(here, "assets", {
    domains: ["assets.shop.example.com"],
    zones,
    certificate: new Certificate(here, "shared", { domains: assets, validation: Validation.dns(zones) }),
    origin: server,
    logs: Logs.s3({ path: "{DistributionId}/{yyyy}/{MM}/{dd}", format: "parquet" }),
  });
}
